"""How sure a mention is: no surer than that the words are one, and no surer than whose they are.

The levels are what they claim to be: of the mentions of our gold that bear one, at least this share is right (a test
counts). Rules name a level for the words; the reason of a link gives one for whose they are.
"""

from __future__ import annotations

from sijill.model import EntityId

__all__ = ["CERTAIN", "GUESS", "LIKELY", "confidence"]

CERTAIN, LIKELY, GUESS = 0.98, 0.9, 0.6
"""Said outright · worked out from the article, the registry or the calendar · the form alone speaks for it."""
OUTRIGHT = frozenset(
    ("registry-name", "registry-spelling", "named-in-full", "number", "number-and-place", "party", "date-in-text")
)
"""Reasons that are words of the article; all others are worked out."""


def confidence(score: float, entity: EntityId | None, why: str) -> float:
    """The confidence of a mention that a rule gives this score. One that is left open is as sure as its rule."""
    return min(score, CERTAIN if entity is None or why in OUTRIGHT else LIKELY)
