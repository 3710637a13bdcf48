"""Delegations: «الوفد السوري», «وفدي النظام والمعارضة», «ممثلي الدول الضامنة، روسيا وإيران …»."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.delegations import delegations_at, party_at
from sijill.arabic.lexicon import Passage
from sijill.recognise.spot import Spot

LISTED = frozenset({"name", "own", "rule"})


def headed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Every delegation phrase, and the states listed in apposition to the guarantors or with them."""
    for index, forms in enumerate(passage.forms):
        if "delegation_head" not in forms:
            continue
        found = delegations_at(passage, index)
        for one in found:
            yield Spot(paragraph, one.start, one.end, one.cut, "delegation", "rule:delegation", key=one.party)
        if found and found[-1].party == "guarantor-states":
            yield from listed(passage, paragraph, found[-1].end)


def listed(passage: Passage, paragraph: int, index: int) -> Iterator[Spot]:
    """Parties in a row from word `index`, joined by commas and «و»: «، روسيا وإيران والنظام التركي»."""
    at = index
    while at < len(passage):
        if passage.word(at) in ("،", ",", "(", ":", "و"):
            at += 1
            continue
        quoted = passage.word(at) == '"' or passage.word(at + 1) == '"' and passage.word(at) == "و"
        party = party_at(passage, at + quoted, LISTED)
        if party is None:
            return
        yield Spot(paragraph, at + quoted, party.end, party.cut, "delegation", "rule:delegation-list", key=party.value.party,
                   form="short", score=0.8)  # fmt: skip
        at = party.end + (quoted and passage.word(party.end) == '"')
