"""Lists of everything of one kind, and of articles: the ways into the archive that need no search."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..model import Entity, Kind, Page
from ..safe import Html, escape, join, latin
from ..urls import ARTICLES, fixed_url, listing_url
from .dates import Dates
from .entity import first
from .facts import Notes
from .frame import page
from .processes import round_rows
from .quotes import pager
from .related import article_row
from .site import Site, sort_key

__all__ = ["articles_page", "articles_pages", "listing_page", "listing_pages", "shown_processes"]

PER_PAGE = 100
"""Names on one page of a list; processes' rounds are not split."""
UNDATED = "9999"
"""Sorts after every year."""
ARTICLES_PER_PAGE = 50


def listing_pages(site: Site, kind: Kind) -> int:
    """How many pages the list of a kind fills."""
    if kind in ("round", "process"):
        return 1
    return max(1, -(-len(site.archive.of(kind)) // PER_PAGE))


def listing_page(site: Site, kind: Kind, number: int = 1) -> Page:
    """One page of the list of everything of a kind."""
    entities = site.archive.of(kind)
    notes = Notes(site, Dates(site.strings))
    jumps: list[tuple[str, str]] = []
    if kind == "round":
        groups = _rounds(site, notes)
    elif kind == "process":
        groups = [{"label": "", "rows": [_row(site, each) for each in _processes(site)]}]
    else:
        ordered = sorted(entities, key=lambda each: (_order(site, kind, each), each.id))
        lot = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
        groups = _grouped(site, kind, lot)
        jumps = _jumps(site, kind, ordered)
    return _list(
        site,
        listing_url(kind),
        number,
        listing_pages(site, kind),
        template="rounds.html" if kind == "round" else "listing.html",
        title=site.strings(f"kind.{kind}.many"),
        lede=site.strings(f"listing.{kind}"),
        count=site.strings.count(f"count.{kind}", len(entities)),
        section=kind,
        view={"groups": groups, "jumps": jumps, "provisional": any(each.record is None for each in entities)},
    )


def articles_pages(site: Site) -> int:
    """How many pages the list of articles fills."""
    return max(1, -(-len(site.archive.readings) // ARTICLES_PER_PAGE))


def articles_page(site: Site, number: int = 1) -> Page:
    """One page of the articles, newest first."""
    readings = site.archive.readings
    dates = Dates(site.strings)
    lot = readings[(number - 1) * ARTICLES_PER_PAGE : number * ARTICLES_PER_PAGE]
    return _list(
        site,
        ARTICLES,
        number,
        articles_pages(site),
        template="articles.html",
        title=site.strings("nav.articles"),
        lede=site.strings("listing.article"),
        count=site.strings.count("count.article", len(readings)),
        section="article",
        view={"rows": [article_row(site, reading, dates) for reading in lot]},
    )


def shown_processes(site: Site) -> list[Entity]:
    """The processes that the settings name, in their order; without settings all of them."""
    entities = site.archive.entities
    named = [entities[id] for id in site.config.processes if id in entities]
    return named or list(site.archive.of("process"))


def _processes(site: Site) -> list[Entity]:
    shown = shown_processes(site)
    return shown + [each for each in site.archive.of("process") if each not in shown]


def _list(
    site: Site,
    folder: str,
    number: int,
    pages: int,
    *,
    template: str,
    title: str,
    lede: str,
    count: str,
    section: str,
    view: dict[str, object],
) -> Page:
    whole = title if number == 1 else site.strings("listing.page_title", title=title, page=site.strings.figure(number))
    addresses = [fixed_url(folder, each) for each in range(1, pages + 1)]
    return page(
        site,
        fixed_url(folder, number),
        template,
        {"heading": title, "lede": lede, "count": count, "pager": pager(site, addresses, number), **view},
        title=whole,
        description=lede,
        section=section,
        crumbs=[(title, folder)] if number > 1 else [],
    )


def _rounds(site: Site, notes: Notes) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    known = _processes(site)
    for process in known:
        rounds = site.rounds.get(process.id, ())
        if rounds:
            groups.append({"label": site.link(process.id), "rows": round_rows(site, notes, rounds)})
    ids = {process.id for process in known}
    rest = [each for process, rounds in sorted(site.rounds.items()) if process not in ids for each in rounds]
    if rest:
        groups.append({"label": site.strings("listing.other_rounds"), "rows": round_rows(site, notes, tuple(rest))})
    return groups


def _grouped(site: Site, kind: Kind, entities: Sequence[Entity]) -> list[dict[str, object]]:
    """Officials under letters and documents under years; delegations are too few to need either."""
    if kind == "delegation":
        return [{"label": "", "rows": [_row(site, each) for each in entities]}]
    return [
        {"label": _label(site, mark), "id": _anchor(mark), "rows": [_row(site, each) for each in found]}
        for mark, found in groupby(entities, key=lambda each: _mark(site, kind, each))
    ]


def _jumps(site: Site, kind: Kind, ordered: Sequence[Entity]) -> list[tuple[str, str]]:
    """Address and name of each letter or year of the whole list, on whichever page it begins."""
    if kind == "delegation":
        return []
    found: dict[str, int] = {}
    for at, each in enumerate(ordered):
        found.setdefault(_mark(site, kind, each), at // PER_PAGE + 1)
    return [
        (f"{site.href(fixed_url(listing_url(kind), number))}#{_anchor(mark)}", _label(site, mark))
        for mark, number in found.items()
    ]


def _mark(site: Site, kind: Kind, entity: Entity) -> str:
    """What a name stands under: its first letter, or a document's year."""
    return _order(site, kind, entity)[: 4 if kind == "document" else 1]


def _label(site: Site, mark: str) -> str:
    return site.strings("listing.undated") if mark == UNDATED[:4] else site.strings.figure(mark)


def _anchor(mark: str) -> str:
    return "l-" + "-".join(f"{ord(letter):x}" for letter in mark)


def _order(site: Site, kind: Kind, entity: Entity) -> str:
    """Documents by the day of issue, others by name: without the word that begins every delegation's, or a title."""
    name = entity.name
    if kind == "delegation":
        name = name.removeprefix(f"{site.strings('sort.delegation')} ")
    elif kind == "document":
        return f"{_issued(entity) or UNDATED} {sort_key(site.strings, name)}"
    elif kind == "official":
        name = _without_titles(name, frozenset(site.strings("sort.titles").split()))
    return sort_key(site.strings, name)


def _without_titles(name: str, titles: frozenset[str]) -> str:
    """A name of titles alone keeps the last."""
    words = name.split()
    while len(words) > 1 and words[0] in titles:
        del words[0]
    return " ".join(words)


def _issued(document: Entity) -> str:
    fact = first(document, "issued")
    return next((value for _, value in fact.fields), "") if fact is not None else ""


def _row(site: Site, entity: Entity) -> dict[str, object]:
    count = site.articles[entity.id]
    return {
        "name": site.link(entity.id),
        "latin": latin(entity.latin) if entity.latin else "",
        "note": _note(site, entity),
        "articles": site.strings.count("count.article", count) if count else "",
        "provisional": entity.record is None,
    }


def _note(site: Site, entity: Entity) -> Html:
    """The few words that tell one row from another."""
    record = entity.record
    if entity.kind == "official":
        party = record.party if record is not None else ""
        if not party and (said := first(entity, "affiliation")) is not None:
            party = said.get("party") or ""
        return escape(site.parties.get(party, site.name(party))) if party else Html("")
    if entity.kind == "delegation" and record is not None:
        return escape(site.strings.find(f"capacity.{record.capacity}") or "")
    if entity.kind == "process":
        return escape(site.strings.count("count.round", len(site.rounds.get(entity.id, ()))))
    if entity.kind == "document":
        issuer = first(entity, "issuer")
        pieces = [Dates(site.strings).one(issued)] if (issued := _issued(entity)) else []
        pieces += [escape(value) for _, value in issuer.fields] if issuer is not None else []
        return join(pieces, site.strings("fact.comma"))
    return Html("")
