"""What stands at former addresses: pages that lead to the present ones, and feeds for the programs that ask again.

Separate so that all that an id ever had below it is listed in one place: whoever kept a link finds the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..model import Page
from ..urls import article_url, feed_url, mentions_url, preview_url, redirects
from .feeds import entity_feed, feed_of
from .plan import Plan
from .previews import preview_page
from .quotes import page_count
from .site import Site

__all__ = ["former_plans", "former_urls"]


def former_urls(site: Site) -> Iterator[tuple[str, str]]:
    """Former address of a page and its present one."""
    for kind, former, id in redirects(site.archive):
        if kind == "article":
            yield article_url(former), article_url(id)
        else:
            for number in range(1, page_count(site, site.archive.entities[id]) + 1):
                yield mentions_url(kind, former, number), mentions_url(kind, id, number)


def former_plans(site: Site) -> Iterator[Plan]:
    """Everything at former addresses."""
    for former, present in former_urls(site):
        yield Plan(former, partial(_redirect, site, former, present))
    for kind, former, id in redirects(site.archive):
        if kind == "article":
            continue
        entity = site.archive.entities[id]
        preview, feed = preview_url(kind, former), feed_url(kind, former)
        yield Plan(preview, partial(preview_page, site, entity, preview))  # pages kept open still ask for it
        if feed_of(site, entity):
            yield Plan(feed, partial(entity_feed, site, entity, feed))


def _redirect(site: Site, former: str, present: str) -> Page:
    view = {
        "language": site.config.language,
        "target": site.href(present),
        "canonical": site.absolute(present),
        "title": site.strings("redirect.title"),
    }
    return Page(former, "redirect.html", view)
