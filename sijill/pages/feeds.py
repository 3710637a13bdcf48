"""Atom feeds (RFC 4287): the newest articles of the site, and those that name one round, delegation or official.

Separate because feeds have rules of their own: ids that outlive addresses, absolute links, and the content's dates,
never the clock's. An article without a day is in no feed, since Atom demands a day and we know none.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..model import Entity, Kind, Page, Reading
from ..safe import plain
from ..urls import FEED, article_url, feed_url
from .site import Site

__all__ = ["FED", "entity_feed", "feed_of", "site_feed"]

FED: frozenset[Kind] = frozenset({"round", "delegation", "official"})
MOST_ENTRIES = 20
MOST_SENTENCES = 3
LONGEST_SUMMARY = 600
TAG_YEAR = "2026"
"""The year in which the ids of feeds were first given out, as RFC 4151 asks for it. It must never change."""


def feed_of(site: Site, entity: Entity) -> str:
    """The address of an entity's feed; empty where it has none."""
    return feed_url(entity.kind, entity.id) if entity.kind in FED and site.newest else ""


def site_feed(site: Site) -> Page:
    """The newest articles."""
    dated = [reading for reading in site.archive.readings if reading.date is not None][:MOST_ENTRIES]
    entries = [_entry(site, reading, _opening(reading)) for reading in dated]
    return _feed(site, FEED, "/", site.config.title, site.config.tagline, entries)


def entity_feed(site: Site, entity: Entity, url: str = "") -> Page:
    """The newest articles that name an entity, each with the sentences that do. `url` is a former address."""
    found: dict[str, list[str]] = {}
    for quote in site.quotes[entity.id]:
        if quote.article in found:
            found[quote.article].append(quote.sentence.text)
        elif len(found) == MOST_ENTRIES:
            break
        elif site.readings[quote.article].date is not None:
            found[quote.article] = [quote.sentence.text]
    entries = [_entry(site, site.readings[article], sentences) for article, sentences in found.items()]
    title = site.strings("feed.title", name=entity.name, site=site.config.title)
    subtitle = site.strings("feed.subtitle", name=entity.name)
    present = feed_url(entity.kind, entity.id)
    page = _feed(site, present, present.removesuffix("feed.xml"), title, subtitle, entries)
    return Page(url or present, page.template, page.view)


def _feed(site: Site, url: str, about: str, title: str, subtitle: str, entries: list[dict[str, str]]) -> Page:
    newest = max((entry["updated"] for entry in entries), default=_moment(site.newest))
    view = {
        "id": _tag(site, url),
        "language": site.config.language,
        "title": plain(title),
        "subtitle": plain(subtitle),
        "updated": newest,
        "address": site.absolute(url),
        "page": site.absolute(about),
        "author": plain(site.config.title),
        "entries": entries,
    }
    return Page(url, "feed.xml", view)


def _entry(site: Site, reading: Reading, sentences: Iterable[str]) -> dict[str, str]:
    """An article. Its id is made of the first stem that it had, so that renaming its file makes no second entry."""
    day = reading.date.isoformat() if reading.date is not None else ""
    return {
        "id": _tag(site, article_url(reading.former[0] if reading.former else reading.article)),
        "title": plain(reading.title),
        "href": site.absolute(article_url(reading.article)),
        "updated": _moment(day),
        "published": "" if reading.date_why else _moment(day),
        "author": plain(reading.author or reading.source or site.strings("source.unknown")),
        "summary": _short(sentences),
    }


def _opening(reading: Reading) -> Iterable[str]:
    """The first sentences below the title that name anything."""
    return dict.fromkeys(each.mention.sentence.text for each in reading.links if each.mention.paragraph > 0)


def _short(sentences: Iterable[str]) -> str:
    text = " ".join(plain(each) for each, _ in zip(sentences, range(MOST_SENTENCES), strict=False))
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rpartition(' ')[0]}…"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _tag(site: Site, url: str) -> str:
    return f"tag:{urlsplit(site.config.base_url).hostname or 'localhost'},{TAG_YEAR}:{site.root}{url}"
