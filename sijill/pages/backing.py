"""What stands behind a fact, in one line: links to sentences, and to sources of registry facts, which are told apart.

Separate from the facts of an entity's page because the figures show evidence where there is no numbered list of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model import Entity, Fact
from ..safe import Html, element, escape, isolated, join
from ..urls import url_of
from .dates import Dates
from .facts import Notes, number_facts, reason_tag, source_view
from .site import Site

__all__ = ["Proof", "backing", "proof", "row_numbers", "weight"]

MOST = 2
"""Of each kind; the rest is counted."""


class Proof(NamedTuple):
    """Where one click leads from a figure's cell."""

    href: str
    registry: bool
    """No article says so, only the registry: the row with its sources on the entity's page."""


def weight(facts: Iterable[Fact]) -> int:
    """How often something is said."""
    return sum(len(fact.claims) + len(fact.records) for fact in facts)


def row_numbers(site: Site, entity: Entity) -> Mapping[int, int]:
    """The number that each fact has on the page of an entity, by the fact's identity."""
    notes = Notes(site, Dates(site.strings))
    number_facts(entity, notes)
    return notes.rows


def proof(site: Site, fact: Fact, entity: Entity, numbers: Mapping[int, int]) -> Proof:
    """The newest sentence that says so; for what only the registry says, its row on the page of `entity`."""
    if fact.claims:
        evidence = fact.claims[0].evidence
        return Proof(site.sentence_href(evidence.article, evidence.sentence.anchor), False)
    number = numbers.get(id(fact))
    return Proof(f"{site.href(url_of(entity.kind, entity.id))}#{f'f{number}' if number else 'groups'}", True)


def backing(site: Site, *facts: Fact, tagged: bool = False) -> Html:
    """The sentences and registry sources of facts. `tagged`: say where a date was worked out."""
    strings = site.strings
    claims = [claim for fact in facts for claim in fact.claims]
    sources: dict[str, Html] = {}
    for text in (text for fact in facts for entry in fact.records for text in entry.sources):
        name, shown = _source(site, text)
        sources.setdefault(name, shown)  # two links that read the same would look like one
    parts: list[Html] = []
    articles: defaultdict[str, list[Html]] = defaultdict(list)
    for claim in claims[:MOST]:
        evidence = claim.evidence
        href = site.sentence_href(evidence.article, evidence.sentence.anchor)
        articles[evidence.article].append(element("a", strings("fact.sentence"), href=href))
    told = [
        join([join(links, strings("fact.comma")), element("cite", site.readings[article].title)], " ")
        for article, links in articles.items()
    ]
    if told:
        parts.append(join(told, strings("fact.semicolon")))
    if len(claims) > MOST:
        parts.append(escape(strings.count("count.more_claims", len(claims) - MOST)))
    if sources:
        parts.append(element("span", strings("fact.from_registry"), class_="tag"))
        parts.append(join(list(sources.values())[:MOST], strings("fact.comma")))
    whys = {claim.why for claim in claims if claim.why}
    if tagged and whys and not sources and all(claim.why for claim in claims):
        parts.append(reason_tag(site, min(whys)))
    return join(parts, " ")


def _source(site: Site, text: str) -> tuple[str, Html]:
    """How a registry source reads, its host or its description, and the same as it is shown."""
    view = source_view(site, text, 1)
    name = str(view["host"] or text)
    shown = isolated(name)
    return name, element("a", shown, href=str(view["href"]), rel="nofollow noopener") if view["href"] else shown
