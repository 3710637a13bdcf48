"""Articles that belong with an article, because they name what few others name.

Separate from the article's page because it looks at other articles; bounded, since what many name counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict

from ..model import Reading
from ..safe import element, isolated, join
from ..urls import article_url
from .dates import Dates
from .site import Site

__all__ = ["article_row", "related_articles"]

MOST = 5
MOST_SHARED = 4
LEAST = 2
"""Entities that two articles must share."""


def related_articles(site: Site, reading: Reading, dates: Dates) -> list[dict[str, object]]:
    """The nearest articles first, each with the rarest names that it shares with this one."""
    shared: defaultdict[str, list[str]] = defaultdict(list)
    weight: dict[str, int] = {}
    for id in sorted({link.entity for link in reading.links if link.entity is not None}):
        if others := site.rare.get(id):
            weight[id] = 1000 // site.articles[id]
            for other in others:
                shared[other].append(id)
    shared.pop(reading.article, None)
    near = [(sum([weight[id] for id in ids]), other) for other, ids in shared.items() if len(ids) >= LEAST]
    near.sort(key=lambda each: (-each[0], each[1]))
    rows: list[dict[str, object]] = []
    for _, other in near[:MOST]:
        ids = sorted(shared[other], key=lambda id: (-weight[id], id))[:MOST_SHARED]
        row = article_row(site, site.readings[other], dates)
        row["shared"] = join([site.link(id) for id in ids], site.strings("fact.comma"))
        rows.append(row)
    return rows


def article_row(site: Site, reading: Reading, dates: Dates) -> dict[str, object]:
    """An article in a list."""
    named = len({link.entity for link in reading.links if link.entity is not None})
    return {
        "name": element("a", reading.title, href=site.href(article_url(reading.article))),
        "when": dates.published(reading),
        "outlet": isolated(reading.source or site.strings("source.unknown")),
        "named": site.strings.count("count.entity", named) if named else "",
    }
