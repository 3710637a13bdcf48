"""Where everything stands on the site: id to ASCII address, former ids, and addresses that two things would share.

Addresses are permanent, so nothing that may change (a name, a date, a position) is ever part of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from .model import Archive, EntityId, Issue, Kind
from .slugs import folded, taken

__all__ = [
    "ARTICLES",
    "CHRONOLOGY",
    "DATA",
    "FEED",
    "FOLDERS",
    "HEADERS",
    "HOME",
    "METHOD",
    "MISSING",
    "NETWORK",
    "PARTICIPATION",
    "ROBOTS",
    "SEARCH",
    "STATEMENTS",
    "article_url",
    "collisions",
    "feed_url",
    "fixed_url",
    "listing_url",
    "mentions_url",
    "preview_url",
    "redirects",
    "url_of",
]

FOLDERS: Mapping[Kind, str] = {
    "process": "processes",
    "round": "rounds",
    "delegation": "delegations",
    "official": "officials",
    "document": "documents",
}

HOME = "/"
ARTICLES = "/articles/"
METHOD = "/method/"
SEARCH = "/search/"
STATEMENTS = "/statements/"
DATA = "/data/"
CHRONOLOGY = "/chronology/"
PARTICIPATION = "/participation/"
NETWORK = "/network/"
FEED = "/feed.xml"
MISSING = "/404.html"
ROBOTS = "/robots.txt"
HEADERS = "/_headers"

_FORMER = "a former"
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def url_of(kind: Kind, id: EntityId) -> str:
    """`/rounds/astana-11/`."""
    return f"/{FOLDERS[kind]}/{id}/"


def mentions_url(kind: Kind, id: EntityId, number: int) -> str:
    """The page with the `number`-th lot of sentences; the first lot is on the entity's own page."""
    return url_of(kind, id) if number == 1 else f"{url_of(kind, id)}mentions/{number}/"


def feed_url(kind: Kind, id: EntityId) -> str:
    """The Atom feed of an entity, below its page."""
    return f"{url_of(kind, id)}feed.xml"


def preview_url(kind: Kind, id: EntityId) -> str:
    """The few lines that a link to the entity shows when it is pointed at."""
    return f"{url_of(kind, id)}preview.json"


def article_url(stem: str) -> str:
    """`/articles/astana-11/`."""
    return f"{ARTICLES}{stem}/"


def listing_url(kind: Kind) -> str:
    """`/rounds/`."""
    return f"/{FOLDERS[kind]}/"


def fixed_url(folder: str, number: int) -> str:
    """The `number`-th page of a listing that stands at `folder`."""
    return folder if number == 1 else f"{folder}page/{number}/"


def redirects(archive: Archive) -> Iterator[tuple[Kind | Literal["article"], str, str]]:
    """Kind, former id and present id, in the order of the former ids; entities first, then articles."""
    for former, id in sorted(archive.aliases.items()):
        entity = archive.entities.get(id)
        if entity is not None and former != id:
            yield entity.kind, former, id
    for reading in archive.readings:
        for former in reading.former:
            if former != reading.article:
                yield "article", former, reading.article


def collisions(archive: Archive) -> tuple[Issue, ...]:
    """One error for each address that cannot stand: shared by two things, or made of letters that none can hold.

    Disks and servers take letter case and the composition of letters for the same, so addresses must differ in more.
    """
    first: dict[str, tuple[str, str]] = {}
    issues: list[Issue] = []
    for url, id, path, what in _addresses(archive):
        if not id or not _SAFE.issuperset(id):
            message = f"{what} would stand at {url}, which no address may be"
            issues.append(Issue("error", path, 0, message, "use lower-case Latin letters, digits and hyphens"))
            continue
        if what.startswith(_FORMER) and (why := taken(id)):
            issues.append(Issue("error", path, 0, f"{what} would stand at {url}, and {id} {why}", "remove it"))
            continue
        other = first.setdefault(folded(url), (what, path))
        if other != (what, path):
            message = f"{what} would stand at {url}, where {other[0]} stands"
            issues.append(Issue("error", path, 0, message, f"rename one of them; the other is in {other[1]}"))
    return tuple(issues)


def _addresses(archive: Archive) -> Iterable[tuple[str, str, str, str]]:
    """Address, id, the file to blame and a description: entities first, then articles, then former ids."""
    for entity in archive.entities.values():
        if entity.record is not None:
            path = entity.record.path
        else:
            path = entity.links[0].mention.article if entity.links else entity.id
        yield url_of(entity.kind, entity.id), entity.id, path, f"{entity.kind} {entity.id}"
    for reading in archive.readings:
        yield article_url(reading.article), reading.article, reading.path, f"article {reading.path}"
    for reading in archive.readings:
        for name in reading.former:
            if name != reading.article:
                yield article_url(name), name, reading.path, f"{_FORMER} name of {reading.path}"
    for former, id in sorted(archive.aliases.items()):
        entity = archive.entities[id]
        path = entity.record.path if entity.record is not None else id
        yield url_of(entity.kind, former), former, path, f"{_FORMER} id of {path}"
