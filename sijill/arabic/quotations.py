"""Which words of a paragraph stand between quotation marks, also where some are missing: « and “ tell which way they
turn, and one that closes nothing, as the end of an earlier paragraph leaves it, opens nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sijill.arabic.lexicon import Passage

__all__ = ["closes", "is_quoted"]

OPENS, CLOSES = "«“", "»”"
"""Straight marks are written for both."""
KEY = ("quotations",)


def _quotations(passage: Passage) -> list[tuple[int, int]]:
    """(opening, closing) mark of each quotation, in order. One that is opened anew before it is closed begins there."""
    marks = passage.where("quote")
    if not marks:
        return []
    found: list[tuple[int, int]] | None = passage.told.get(KEY)
    if found is None:
        found = passage.told[KEY] = []
        signs = [(mark, passage.text.raw[passage.span(mark, mark + 1)[0]]) for mark in marks]
        turned = "".join(sign for _, sign in signs if sign in OPENS + CLOSES)
        opens, closes = OPENS, CLOSES
        if turned[:1] in tuple(CLOSES) and sum(turned.count(sign) for sign in OPENS) * 2 == len(turned):
            opens, closes = CLOSES, OPENS  # »so«, throughout
        opened = -1
        for mark, sign in signs:
            if sign in opens or opened < 0 and sign not in closes:
                opened = mark
            elif opened >= 0:
                found.append((opened, mark))
                opened = -1
    return found


def is_quoted(passage: Passage, index: int) -> bool:
    """Whether word `index` stands in a quotation."""
    found = _quotations(passage)
    before = bisect_right(found, (index, passage.size)) - 1
    return before >= 0 and index < found[before][1]


def closes(passage: Passage, index: int) -> bool:
    """Whether word `index` is the mark that closes a quotation."""
    found = _quotations(passage)
    before = bisect_left(found, (index, 0)) - 1
    return before >= 0 and found[before][1] == index
