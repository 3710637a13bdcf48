"""Whether the words around «محادثات أستانا» make one event of them, or leave them the process as a whole.

Apart from `holding` because only the linker asks this; the claims ask for days and places alone.
"""

from __future__ import annotations

from enum import Enum
from functools import cache

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import language_data
from sijill.holding import tie_of
from sijill.recognise.spot import Spot

__all__ = ["Cue", "cue_of"]

SINCE_WITHIN = 4
"""Words between «منذ» and the verb, the year among them."""
PART_WITHIN = 6
"""Words between «مشاركة» and the talks, whoever takes part among them."""
PARTY_AT_MOST = 5
"""Words of a party's name that talks belong to."""
YEAR = 4
"""Digits of a year."""


class Cue(Enum):
    """Whether the words make talks one event."""

    NONE = "none"
    EVENT = "event"
    AHEAD = "ahead"
    BETWEEN = "between"
    """Talks of two who are named: no round of a process."""


def cue_of(spot: Spot, passage: Passage) -> Cue:
    """What the words around talks say of them."""
    if passage.starts("between", spot.behind, bare=True) and spot.origin != "rule:talks":
        return Cue.BETWEEN
    if spot.cut and _of_a_party(spot, passage):  # «قمة الدول الضامنة لمحادثات أستانا ستعقد»: the verb is another's
        return Cue.NONE
    tie = tie_of(spot, passage)
    if tie is not None:
        if passage.starts("since", tie.at - 1) or _for_years(passage, tie.at):
            return Cue.NONE
        return Cue.AHEAD if tie.verb.time in ("ahead", "open") else Cue.EVENT
    if spot.origin == "rule:talks":
        if passage.starts("event_soon", spot.behind, bare=True):
            return Cue.AHEAD
        if passage.word(spot.behind).startswith(_future()):
            return Cue.EVENT
    for index in range(max(0, spot.first - 4), spot.first):
        hit = passage.hit("event_before", index)
        if hit is not None and hit.end == spot.first:
            return Cue.EVENT
        if passage.starts("event_distance", index) and any(
            passage.starts("event_distance_units", at) for at in range(index + 1, spot.first)
        ):
            return Cue.EVENT
    return Cue.EVENT if _takes_part(spot, passage) else Cue.NONE


def _of_a_party(spot: Spot, passage: Passage) -> bool:
    """Whether a party's name ends right before talks that say what it does for them."""
    near = passage.between("party", spot.first - PARTY_AT_MOST, spot.first)
    hits = (passage.hit("party", index) for index in near)
    return any(hit is not None and hit.end == spot.first and hit.value.kind != "state" for hit in hits)


def _takes_part(spot: Spot, passage: Passage) -> bool:
    """«مشاركة الوفد الحكومي في محادثات أستانا»: somebody's part in them."""
    if not passage.starts("in", spot.first - 1, bare=True):
        return False
    return any(
        passage.starts(category, index)
        for index in range(max(0, spot.first - PART_WITHIN), spot.first - 1)
        for category in ("attends.behind", "attends.verbs")
    )


def _for_years(passage: Passage, index: int) -> bool:
    """«منذ عام 2017 تعقد الدول اجتماعات أستانا»: what has been held since some year is no one event."""
    return any(
        passage.starts("since", at) and any(len(word) == YEAR and word.isdecimal() for word in passage.words[at:index])
        for at in range(max(0, index - SINCE_WITHIN), index)
    )


@cache
def _future() -> tuple[str, ...]:
    """How a verb begins that says what talks are about to do."""
    return tuple(language_data("rounds")["future"]["prefixes"])
