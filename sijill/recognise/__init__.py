"""From paragraphs to spots: a visible list of rules, and one policy for what happens where two of them find the
same words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter, le

from sijill.arabic.lexicon import Passage
from sijill.model import Kind
from sijill.recognise import bare_names, beside, delegations, documents, officials, rounds
from sijill.recognise.people import given_names, short_forms
from sijill.recognise.round_city import numbered_city
from sijill.recognise.second import Named, beside_rules
from sijill.recognise.spot import HOLDING, Spot, holds
from sijill.recognise.subjects import on_subject
from sijill.turns import turns

__all__ = ["spots_of"]

_first, _behind = attrgetter("first"), attrgetter("behind")
Rule = Callable[[Passage, int], Iterator[Spot]]

RULES: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (documents.resolutions, ("document_head",)),
    (documents.listed, ("document_head",)),
    (documents.symbols, ("document_symbol",)),
    (documents.named, ("document_name",)),
    (rounds.named, ("round_name",)),
    (rounds.named_shortly, ("round_short_name",)),
    (rounds.headed, ("round_head",)),
    (numbered_city, ("city", "host")),
    (officials.titled, ("title_head", "counterpart")),
    (bare_names.honoured, ("honorific",)),
    (delegations.named, ("delegation_name",)),
    (delegations.headed, ("delegation_head",)),
    (delegations.of_home, ("delegation_head",)),
    (delegations.with_pronoun, ("delegation_own",)),
    (delegations.united, ("delegation_united",)),
    (delegations.represented, ("delegation_person",)),
    (delegations.participants, ("attends.behind",)),
    (bare_names.known, ("name",)),
    (bare_names.spoken, ("verb", "name")),
    (bare_names.heading, ("leads.under", "leads.with_pronoun", "leads.verbs")),
    (bare_names.in_a_row, ("member.row",)),
    (bare_names.apposed, ("title_head",)),
)
"""Each rule with the categories by whose phrases it finds anything: it is asked only of paragraphs that may hold one.
Earlier rules win the words that a later one wants too, but a nominal official yields to everything else."""
_CATEGORIES = frozenset(category for _, by in RULES for category in by)
COMBINATIONS_KEPT = 1 << 11
"""Sets of categories of which it is kept what rules they need; in thousands of articles there were five hundred."""


def spots_of(
    passages: tuple[Passage, ...],
    surname: Callable[[tuple[str, ...]], tuple[str, ...]],
    named: Sequence[Sequence[Named]] = (),
) -> tuple[Spot, ...]:
    """All spots of an article in the order of its text, none sharing a word with another but for a person within a
    delegation's name. `named`: the persons that a second recogniser sees in each paragraph."""
    found = _of_rules(passages)
    for number, names in enumerate(named):
        found[number] += beside_rules(passages[number], number, names, found[number])
    people = [spot for spots in found for spot in spots if spot.kind == "official" and spot.form == "full"]
    forms = short_forms(people, surname)
    if forms:
        given = given_names(people)
        for number, passage in enumerate(passages):  # one step after another, as with rules: see `turns`
            found[number] += bare_names.repeated(passage, number, forms)
        for number, passage in enumerate(passages):
            found[number] += bare_names.by_given_name(passage, number, given)
    numbers = documents.cited([spot for spots in found for spot in spots if spot.kind == "document"])
    if numbers:
        for number, passage in enumerate(passages):
            found[number] += documents.repeated(passage, number, numbers)
    apart = [_without_overlaps(here, passage) for passage, here in zip(passages, found, strict=True)]
    spots: list[Spot] = []
    for passage, here in zip(passages, apart, strict=True):
        spots += beside.under_delegations(passage, here)
    return on_subject(delegations.backed(spots, passages), passages)


def _of_rules(passages: Sequence[Passage]) -> list[list[Spot]]:
    """What the rules find in each paragraph, in their order."""
    found: list[list[Spot]] = [[] for _ in passages]
    asked = (_asked(passage.holds & _CATEGORIES) for passage in passages)
    for (rule, _), numbers in zip(RULES, turns(asked, len(RULES)), strict=True):
        for number in numbers:
            found[number] += rule(passages[number], number)
    return found


@lru_cache(maxsize=COMBINATIONS_KEPT)
def _asked(held: frozenset[str]) -> tuple[int, ...]:
    """The rules, by their place, that may find something where phrases of these categories may start."""
    return tuple(place for place, (_, by) in enumerate(RULES) if not held.isdisjoint(by))


def _without_overlaps(spots: list[Spot], passage: Passage) -> list[Spot]:
    """The overlap policy: rules in their order, nominals last; of two spots on the same words the first stays, and what
    a name holds beside it: a delegation's a person, a document's a numbered round («بيان جنيف 1»), a round's a
    delegation («جولة محادثات بين النظام وممثلي المعارضة في أستانا»)."""
    if len(spots) < 2:
        return spots
    nominals = [spot for spot in spots if spot.form == "nominal"]
    if nominals:
        spots = [spot for spot in spots if spot.form != "nominal"]
        titles = {spot.title for spot in spots if spot.title is not None}
        spots += [spot for spot in nominals if spot.title not in titles]
    ordered = sorted(spots, key=_first)
    if all(map(le, map(_behind, ordered), map(_first, ordered[1:]))):  # none wants another's words
        return ordered
    within = _held(spots)
    if within:
        inner = {spot for _, spot in within}
        spots = [spot for spot in spots if spot not in inner]
    taken: set[int] = set()
    named: set[int] = set()
    kept = []
    for whole, spot in within:  # «وفد نظام الرئيس فلان»
        if spot.form != "nominal" and named.isdisjoint(range(spot.first, spot.behind)):
            named.update(range(spot.first, spot.behind))
            kept.append(beside.within(passage, whole, spot) if spot.kind == "official" else spot)
    for spot in spots:
        words = range(spot.first, spot.behind)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(spot)
    return sorted(kept, key=_first)


def _held(spots: list[Spot]) -> list[tuple[Spot, Spot]]:
    """What stands within the name of something else, behind that."""
    wholes = [spot for spot in spots if spot.kind in HOLDING and spot.behind - spot.first > 1]
    if not wholes:
        return []
    held: dict[Kind, list[Spot]] = {
        "delegation": [spot for spot in spots if spot.kind == "official"],
        "document": [spot for spot in spots if spot.kind == "round" and spot.number is not None],
        "round": [spot for spot in spots if spot.kind == "delegation" and spot.origin == "rule:delegation"],
    }
    for parts in held.values():
        parts.sort(key=_first)
    return [(whole, spot) for whole in wholes for spot in _beginning_in(held[whole.kind], whole) if holds(whole, spot)]


def _beginning_in(parts: list[Spot], whole: Spot) -> list[Spot]:
    """Of these spots, in the order of the text, those that begin among the words of another."""
    return parts[bisect_left(parts, whole.first, key=_first) : bisect_left(parts, whole.behind, key=_first)]
