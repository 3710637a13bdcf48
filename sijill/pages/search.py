"""The search page, and what of the archive can be searched; the finding itself is the browser's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import KINDS, Article, Page, Reading
from ..search import Document, Named
from ..strings import PLURALS
from ..urls import ARTICLES, SEARCH, article_url, listing_url
from .dates import plain_dates
from .frame import page
from .site import Site

__all__ = ["document_of", "named_of", "search_page", "search_words"]

FILTERS = ("kind", "process", "year", "source")
SHOWN = ("entities", "sentences", "sentence", "more", "nothing", "unknown")
MOST_NAMED = 2_000
"""Entities that a search knows by name, those most written of: all are fetched before the first search."""


def search_page(site: Site) -> Page:
    """The field and its filters; without a script, the way to the lists."""
    strings = site.strings
    title = strings("search.title")
    view = {
        "heading": title,
        "lede": strings("search.lede"),
        "index_href": site.href(f"{SEARCH}"),
        "filters": [(name, strings(f"search.by.{name}"), strings("search.every")) for name in FILTERS],
        "lists": [
            *((strings(f"kind.{kind}.many"), site.href(listing_url(kind))) for kind in KINDS),
            (strings("nav.articles"), site.href(ARTICLES)),
        ],
    }
    return page(site, SEARCH, "search.html", view, title=title, description=strings("search.lede"), section="search")


def document_of(site: Site, article: Article, reading: Reading, sentences: Iterator[tuple[str, str]]) -> Document:
    """An article as it is searched. `sentences`: anchor and text of each."""
    strings = site.strings
    day = reading.date.isoformat() if reading.date is not None else ""
    rounds = (site.archive.entities.get(link.entity) for link in reading.links if link.entity is not None)
    processes = {
        process.id
        for each in rounds
        if each is not None and each.kind in ("round", "process")
        for process in (each if each.kind == "process" else site.process_of(each),)
        if process is not None
    }
    return Document(
        site.href(article_url(reading.article)),
        article.title,
        plain_dates(strings, day) if day else strings("source.undated"),
        day[:4],
        reading.source,
        tuple(sorted(processes)),
        tuple(sentences),
    )


def named_of(site: Site) -> tuple[Named, ...]:
    """The entities by their names and by the words that articles and editors use for them."""
    found = []
    for entity in site.archive.entities.values():
        record = entity.record
        names = dict.fromkeys((entity.name, *(record.variants if record is not None else ())))
        found.append(
            Named(entity.kind, entity.name, str(site.hrefs[entity.id]), site.articles[entity.id], tuple(names))
        )
    found.sort(key=lambda one: (-one.articles, one.kind, one.name))
    return tuple(found[:MOST_NAMED])


def search_words(site: Site) -> Mapping[str, object]:
    """The words that the script prints, and the digits that it prints them with."""
    strings = site.strings
    kinds: dict[str, str] = {kind: strings(f"kind.{kind}.many") for kind in KINDS}
    return {
        **{key: strings(f"search.{key}") for key in SHOWN},
        "publisher": strings("source.unknown"),
        "kinds": kinds | {"sentence": strings("search.sentences")},
        "one": {kind: strings(f"kind.{kind}.one") for kind in KINDS},
        "count": {form: strings(f"count.result.{form}") for form in PLURALS},
        "digits": "".join(strings.figure(each) for each in range(10)),
    }
