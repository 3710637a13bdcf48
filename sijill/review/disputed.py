"""Facts of which only one can be true: an article against a record, or articles among themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sijill.facts import ONLY_ONE, agree, thing_of
from sijill.model import Archive, Claim, Correction, Fact, Fields, Link
from sijill.review.item import Decision, Item, words_of_claim

__all__ = ["disputed"]

AGAINST_RECORD, BETWEEN_ARTICLES, EVEN = 0.8, 0.6, 0.3
MOST_EVIDENCE = 3


def disputed(archive: Archive) -> Iterator[Item]:
    """A question for each value of articles that a record, or better backed articles, contradict, unless an editor has
    confirmed it."""
    readings = {reading.article: reading for reading in archive.readings}
    confirmed: set[Claim | Link] = {one.was for reading in archive.readings for one in reading.overruled}
    facts = {(fact.prop, fact.fields): fact for entity in archive.entities.values() for fact in entity.facts}
    things: defaultdict[object, list[Fact]] = defaultdict(list)
    for fact in facts.values():
        things[thing_of(fact.prop, fact.fields)].append(fact)
    for fact in facts.values():
        claims = [claim for claim in fact.claims if claim not in confirmed]
        if not claims or fact.records or not fact.against:
            continue
        others = things[thing_of(fact.prop, fact.fields)]
        held = [other for other in others if other.records]
        if any(agree(fact.prop, fact.fields, dict(other.fields)) for other in held):
            continue
        rivals = [one for one in held or others if not agree(fact.prop, fact.fields, dict(one.fields))]
        better = held[0] if held else max(rivals, key=_rank)
        if not held and _rank(better) < _rank(fact):
            continue  # the other value is the one that is asked about
        even = not held and len(better.claims) == len(fact.claims)
        changes = _changes(fact, better)
        of = "the record's" if held else f"{len(better.claims):,} other claim{'s' * (len(better.claims) > 1)}'"
        backing = [claim for claim in better.claims[:1] if not held]
        yield Item(
            kind="disputed",
            subject=(claims[0].evidence.article, fact.prop, *(value for _, value in fact.fields)),
            shown=(claims[0].evidence.quote,),
            why=f"{fact.prop} {_shown(fact.fields)} contradicts {of} {_shown(better.fields)}",
            score=AGAINST_RECORD if held else EVEN if even else BETWEEN_ARTICLES,
            gain=len(claims),
            evidence=tuple(words_of_claim(claim, readings) for claim in (*claims[:MOST_EVIDENCE], *backing)),
            accept=None
            if even or not changes
            else Decision(f"it was misread: {_shown(changes)}", rows=tuple(_rows(claims, fact.fields, changes))),
            reject=Decision("it was read rightly", rows=tuple(_rows(claims, fact.fields, _own(fact)))),
        )


def _rank(fact: Fact) -> tuple[int, Fields]:
    return len(fact.claims), fact.fields


def _changes(fact: Fact, better: Fact) -> Fields:
    """The fields in which the better value differs."""
    names = ONLY_ONE[fact.prop][1]
    return tuple(
        (name, value) for name, value in better.fields if name in names and fact.get(name) not in (None, value)
    )


def _own(fact: Fact) -> Fields:
    """A field of the value, to confirm it by."""
    return tuple(pair for pair in fact.fields if pair[0] in ONLY_ONE[fact.prop][1])[:1]


def _rows(claims: list[Claim], fields: Fields, changes: Fields) -> Iterator[Correction]:
    """A row for each claim and field."""
    read = dict(fields)
    for claim in claims:
        evidence = claim.evidence
        row = Correction(
            None,
            None,
            "",
            "",
            article=evidence.article,
            sentence=evidence.sentence.anchor,
            words=" ".join(evidence.quote.split()),
            claim=claim.prop,
        )
        yield from (replace(row, field=name, read=read[name], right=value) for name, value in changes)


def _shown(fields: Fields) -> str:
    return "(" + ", ".join(f"{name} {value}" for name, value in fields) + ")"
