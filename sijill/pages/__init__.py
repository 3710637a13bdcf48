"""Archive to pages: what each page shows, as plain data. One module a page kind; knows neither templates nor disk.

`plans` lists every page without making it, so that workers can share them out; `article_page` needs the article's body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ..model import KINDS, Entity, Kind, Page
from ..urls import (
    ARTICLES,
    CHRONOLOGY,
    FEED,
    HEADERS,
    HOME,
    METHOD,
    MISSING,
    NETWORK,
    PARTICIPATION,
    ROBOTS,
    SEARCH,
    feed_url,
    fixed_url,
    listing_url,
    mentions_url,
    preview_url,
    url_of,
)
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
from .plan import Plan
from .previews import preview_page
from .processes import process_page
from .quotes import mentions_page, page_count
from .rounds import round_page
from .search import document_of, named_of, search_page, search_words
from .site import Site, root_of, site_of, styled
from .statements import statements_plans

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


ENTITY_PAGES: Mapping[Kind, Callable[[Site, Entity], Page]] = {
    "process": process_page,
    "round": round_page,
    "delegation": delegation_page,
    "official": official_page,
    "document": document_page,
}
FIXED: Mapping[str, Callable[[Site], Page]] = {
    HOME: home_page,
    SEARCH: search_page,
    METHOD: method_page,
    MISSING: missing_page,
    ROBOTS: robots_page,
    HEADERS: headers_page,
    CHRONOLOGY: chronology_page,
    PARTICIPATION: participation_page,
    NETWORK: network_page,
}


def plans(site: Site) -> tuple[Plan, ...]:
    """Every page but the articles' own, and the sitemap and the data page, which tell of what was made."""
    found = [Plan(url, partial(make, site)) for url, make in FIXED.items()]

    def plan(url: str, make: Callable[..., Page], *given: object) -> None:
        found.append(Plan(url, partial(make, site, *given)))

    for kind in KINDS:
        for number in range(1, listing_pages(site, kind) + 1):
            plan(fixed_url(listing_url(kind), number), listing_page, kind, number)
    for number in range(1, articles_pages(site) + 1):
        plan(fixed_url(ARTICLES, number), articles_page, number)
    found.extend(statements_plans(site))
    if site.newest:
        plan(FEED, site_feed)
    for entity in site.archive.entities.values():
        kind, id = entity.kind, entity.id
        plan(url_of(kind, id), ENTITY_PAGES[kind], entity)
        plan(preview_url(kind, id), preview_page, entity)
        if feed_of(site, entity):
            plan(feed_url(kind, id), entity_feed, entity)
        for number in range(2, page_count(site, entity) + 1):
            plan(mentions_url(kind, id, number), mentions_page, entity, number)
    found.extend(former_plans(site))
    return tuple(found)


def pages(site: Site) -> Iterator[Page]:
    """The pages of `plans`, one at a time."""
    return (plan.make() for plan in plans(site))
