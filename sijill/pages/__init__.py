"""Archive to pages: what each page shows, as plain data. One module a page kind; knows neither templates nor disk.

`plans` lists every page without making it, so that workers can share them out; `article_page` needs the article's body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from ..model import KINDS, Entity, Kind, Page
from .articles import article_page
from .cards import cards_of
from .chronology import chronology_page
from .data import data_page
from .delegations import delegation_page
from .documents import document_page
from .feeds import entity_feed, feed_of, site_feed
from .fixed import headers_page, home_page, method_page, missing_page, robots_page, sitemap_pages
from .former import former_plans
from .listings import articles_page, articles_pages, listing_page, listing_pages
from .network import network_page
from .officials import official_page
from .participation import participation_page
from .previews import preview_page
from .processes import process_page
from .quotes import mentions_page, page_count
from .rounds import round_page
from .search import document_of, named_of, search_page, search_words
from .site import Site, root_of, site_of, styled
from .statements import all_said, statements_data, statements_index, statements_page, statements_pages

__all__ = [
    "Plan",
    "Site",
    "article_page",
    "cards_of",
    "data_page",
    "document_of",
    "named_of",
    "pages",
    "plans",
    "root_of",
    "search_words",
    "site_of",
    "sitemap_pages",
    "styled",
]

Plan: TypeAlias = Callable[[], Page]
"""Makes one page when called."""

ENTITY_PAGES: Mapping[Kind, Callable[[Site, Entity], Page]] = {
    "process": process_page,
    "round": round_page,
    "delegation": delegation_page,
    "official": official_page,
    "document": document_page,
}


def plans(site: Site) -> tuple[Plan, ...]:
    """Every page but the articles' own, and the sitemap and the data page, which tell of what was made."""
    fixed = (home_page, search_page, method_page, missing_page, robots_page, headers_page)
    found: list[Plan] = [partial(make, site) for make in fixed]
    for kind in KINDS:
        found.extend(partial(listing_page, site, kind, number) for number in range(1, listing_pages(site, kind) + 1))
    found.extend(partial(articles_page, site, number) for number in range(1, articles_pages(site) + 1))
    said = all_said(site)
    found.append(partial(statements_index, site, said))
    found.extend(partial(make, site) for make in (chronology_page, participation_page, network_page))
    found.extend(statements_data(said))
    found.extend(partial(statements_page, site, said, number) for number in range(1, statements_pages(said) + 1))
    if site.newest:
        found.append(partial(site_feed, site))
    for entity in site.archive.entities.values():
        found.append(partial(ENTITY_PAGES[entity.kind], site, entity))
        found.append(partial(preview_page, site, entity))
        if feed_of(site, entity):
            found.append(partial(entity_feed, site, entity))
        found.extend(partial(mentions_page, site, entity, number) for number in range(2, page_count(site, entity) + 1))
    found.extend(former_plans(site))
    return tuple(found)


def pages(site: Site) -> Iterator[Page]:
    """The pages of `plans`, one at a time."""
    return (plan() for plan in plans(site))
