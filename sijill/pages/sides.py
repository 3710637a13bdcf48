"""What a round's page sets side by side: values on which sources differ, and who said what in the articles about it.

Separate from the round's page because both are drawn from many facts and articles, each list bounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from ..model import Entity, Fields, Reading, Statement
from ..safe import Html, escape
from ..urls import STATEMENTS
from .entity import cited, statement_row
from .facts import Notes, value_of

__all__ = ["disputed", "said_by_speaker"]

MOST_DISPUTED = 8
MOST_VALUES = 6
MOST_ARTICLES = 30
MOST_SPEAKERS = 20
MOST_SAID = 2


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
        every = (fact.fields, *fact.against)
        for fields in every[:MOST_VALUES]:
            own = facts.get((fact.prop, fields))
            value = value_of(site, fact.prop, fields, round.id, notes.dates)
            values.append(cited(notes, value, own) if own is not None else value)
        if len(every) > MOST_VALUES:
            values.append(escape(site.strings.count("count.more_forms", len(every) - MOST_VALUES)))
        label = site.strings.find(f"prop.{fact.prop}.round") or site.strings.find(f"prop.{fact.prop}.any")
        rows.append((label or site.strings("prop.other"), values))
    return rows


def said_by_speaker(notes: Notes, round: Entity) -> list[dict[str, object]]:
    """Speakers in the articles that name this round more than any other, each with the newest of what they said."""
    site = notes.site
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for article in list(dict.fromkeys(quote.article for quote in site.quotes[round.id]))[:MOST_ARTICLES]:
        reading = site.readings[article]
        if _is_about(reading, round.id):
            for statement in reading.statements:
                if statement.speaker in site.archive.entities or statement.speaker in site.parties:
                    said[statement.speaker or ""].append(statement)
    rows: list[dict[str, object]] = []
    for id in sorted(said, key=lambda id: (-len(said[id]), id))[:MOST_SPEAKERS]:
        rest = len(said[id]) - MOST_SAID
        rows.append(
            {
                "speaker": site.source(id),
                "statements": [statement_row(site, each, notes.dates) for each in said[id][:MOST_SAID]],
                "more": site.strings.count("count.more_statements", rest) if rest > 0 else "",
                "more_href": f"{site.href(STATEMENTS)}?speaker={id}&round={round.id}",
            }
        )
    return rows


def _is_about(reading: Reading, round: str) -> bool:
    """Whether an article names a round as often as any other; mere asides to another round are not about it."""
    counts = Counter(link.entity for link in reading.links if link.mention.kind == "round" and link.entity)
    return counts[round] == max(counts.values(), default=0)
