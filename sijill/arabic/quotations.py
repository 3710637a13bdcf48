"""Which words of a paragraph stand between quotation marks, also where some are missing: « and » tell which way they
turn, and one that closes nothing, as the end of an earlier paragraph leaves it, opens nothing."""

from __future__ import annotations

from sijill.arabic.lexicon import Passage
from sijill.arabic.signs import QUOTE

__all__ = ["quotations"]

OPENS, CLOSES = "«", "»"
"""Other marks are written for both."""
KEY = ("quotations",)


def quotations(passage: Passage) -> list[tuple[int, int]]:
    """(opening, closing) mark of each quotation, in order. One that is opened anew before it is closed begins there."""
    found: list[tuple[int, int]] | None = passage.told.get(KEY)
    if found is None:
        found = passage.told[KEY] = []
        opened = -1
        for mark in passage.at(QUOTE):
            sign = passage.text.raw[passage.span(mark, mark + 1)[0]]
            if sign == OPENS or opened < 0 and sign != CLOSES:
                opened = mark
            elif opened >= 0:
                found.append((opened, mark))
                opened = -1
    return found
