"""Whether the words around «محادثات أستانا» make one event of them, or leave them the process as a whole.

Apart from `holding` because only the linker asks this; the claims ask for days and places alone.
"""

from __future__ import annotations

from enum import Enum

from sijill.arabic.lexicon import Passage
from sijill.holding import tie_of
from sijill.recognise.spot import Spot


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
    tie = tie_of(spot, passage)
    if tie is not None:
        if passage.starts("since", tie.at - 1):
            return Cue.NONE
        return Cue.AHEAD if tie.verb.time in ("ahead", "open") else Cue.EVENT
    for index in range(max(0, spot.first - 4), spot.first):
        hit = passage.hit("event_before", index)
        if hit is not None and hit.end == spot.first:
            return Cue.EVENT
        if passage.starts("event_distance", index) and any(
            passage.starts("event_distance_units", at) for at in range(index + 1, spot.first)
        ):
            return Cue.EVENT
    return Cue.NONE
