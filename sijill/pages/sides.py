"""What a round's page sets side by side: values on which sources differ, and who said what in the articles about it.

Separate from the round's page because both are drawn from many facts and articles, each list bounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from ..model import Entity, Fields, Reading
from ..safe import Html, element, join
from .entity import cited
from .facts import Notes, value_of
from .site import Site

__all__ = ["disputed", "said_by_speaker"]

MOST_DISPUTED = 12
MOST_ARTICLES = 30
MOST_SPEAKERS = 24
MOST_SAID = 6


def disputed(notes: Notes, round: Entity) -> list[tuple[str, list[Html]]]:
    """What it is about, and each value with its citation: none is preferred."""
    site = notes.site
    facts = {(fact.prop, fact.fields): fact for fact in round.facts}
    seen: set[tuple[str, frozenset[Fields]]] = set()
    rows: list[tuple[str, list[Html]]] = []
    for fact in round.facts:
        key = (fact.prop, frozenset((fact.fields, *fact.against)))
        if not fact.against or key in seen:
            continue
        if len(rows) == MOST_DISPUTED:
            break
        seen.add(key)
        values = []
        for fields in (fact.fields, *fact.against):
            own = facts.get((fact.prop, fields))
            value = value_of(site, fact.prop, fields, round.id, notes.dates)
            values.append(cited(notes, value, own) if own is not None else value)
        label = site.strings.find(f"prop.{fact.prop}.round") or site.strings.find(f"prop.{fact.prop}.any")
        rows.append((label or site.strings("prop.other"), values))
    return rows


def said_by_speaker(site: Site, round: Entity) -> list[tuple[Html, Html]]:
    """Speakers in the articles that name this round more than any other, each with links to the sentences."""
    said: defaultdict[str, list[Html]] = defaultdict(list)
    for article in list(dict.fromkeys(quote.article for quote in site.quotes[round.id]))[:MOST_ARTICLES]:
        reading = site.readings[article]
        if not _is_about(reading, round.id):
            continue
        for statement in reading.statements:
            if statement.speaker is not None and len(said[statement.speaker]) < MOST_SAID:
                href = site.sentence_href(article, statement.verb.sentence.anchor)
                said[statement.speaker].append(element("a", element("q", statement.verb.quote), href=href))
    speakers = sorted(said, key=lambda id: (-len(said[id]), id))[:MOST_SPEAKERS]
    known = site.archive.entities
    return [(site.source(id), join(said[id], " ")) for id in speakers if id in known or id in site.parties]


def _is_about(reading: Reading, round: str) -> bool:
    """Whether an article names a round as often as any other; mere asides to another round are not about it."""
    counts = Counter(link.entity for link in reading.links if link.mention.kind == "round" and link.entity)
    return counts[round] == max(counts.values(), default=0)
