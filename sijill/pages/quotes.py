"""Sentences that name an entity, with the name marked: «ورد ذكره في», grouped by article and split into pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..model import Entity, Page
from ..safe import Html, Span, escape, isolated, marked
from ..urls import article_url, listing_url, mentions_url, url_of
from .dates import Dates
from .frame import page
from .site import Quote, Site

__all__ = ["PER_PAGE", "entity_pager", "mentions_page", "page_count", "pager", "quote_groups", "source_line"]

PER_PAGE = 100


def page_count(site: Site, entity: Entity) -> int:
    """Pages that the entity's sentences fill; at least one, which is its own page."""
    return max(1, -(-len(site.quotes[entity.id]) // PER_PAGE))


def quote_groups(site: Site, quotes: Sequence[Quote], dates: Dates) -> list[dict[str, object]]:
    """One group an article: its title, source line, and its sentences as markup."""
    groups: list[dict[str, object]] = []
    for article, members in groupby(quotes, key=lambda each: each.article):
        reading = site.readings[article]
        groups.append(
            {
                "href": site.href(article_url(article)),
                "title": reading.title,
                "source": source_line(site, article, dates),
                "quotes": [
                    (site.sentence_href(article, quote.sentence.anchor), marked_sentence(quote)) for quote in members
                ],
            }
        )
    return groups


def marked_sentence(quote: Quote) -> Html:
    """The whole sentence, with the entity marked."""
    return marked(quote.sentence.text, ([Span(start, end, "<mark>", "</mark>") for start, end in quote.marks],))


def source_line(site: Site, article: str, dates: Dates) -> Html:
    """Date and publisher of an article; what is not known is said."""
    reading = site.readings[article]
    key = ("outlet", reading.source)
    outlet = site.kept.get(key)
    if outlet is None:
        site.kept[key] = outlet = isolated(reading.source) if reading.source else escape(site.strings("source.unknown"))
    return Html(f'{dates.published(reading)}<span class="dot"> </span>{outlet}')


def pager(site: Site, addresses: Sequence[str], number: int) -> dict[str, object] | None:
    """Links between the pages of one list; None where there is one page."""
    if len(addresses) < 2:
        return None
    return {
        "newer": site.href(addresses[number - 2]) if number > 1 else "",
        "older": site.href(addresses[number]) if number < len(addresses) else "",
        "position": site.strings(
            "pager.position", page=site.strings.figure(number), pages=site.strings.figure(len(addresses))
        ),
    }


def entity_pager(site: Site, entity: Entity, number: int) -> dict[str, object] | None:
    pages = page_count(site, entity)
    return pager(site, [mentions_url(entity.kind, entity.id, each) for each in range(1, pages + 1)], number)


def mentions_page(site: Site, entity: Entity, number: int) -> Page:
    """The `number`-th page of an entity's sentences, from 2."""
    strings = site.strings
    quotes = site.quotes[entity.id]
    first = (number - 1) * PER_PAGE
    lot = quotes[first : first + PER_PAGE]
    dates = Dates(strings)
    title = strings("mentions.title", name=entity.name, page=strings.figure(number))
    view = {
        "entity_name": entity.name,
        "entity_href": site.href(url_of(entity.kind, entity.id)),
        "range": strings(
            "mentions.range",
            first=strings.figure(first + 1),
            last=strings.figure(first + len(lot)),
            all=strings.count("count.sentence_of", len(quotes)),
        ),
        "groups": quote_groups(site, lot, dates),
        "pager": entity_pager(site, entity, number),
    }
    return page(
        site,
        mentions_url(entity.kind, entity.id, number),
        "mentions.html",
        view,
        title=title,
        description=strings("mentions.description", name=entity.name),
        section=entity.kind,
        crumbs=[
            (strings(f"kind.{entity.kind}.many"), listing_url(entity.kind)),
            (entity.name, url_of(entity.kind, entity.id)),
        ],
    )
