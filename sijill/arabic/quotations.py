"""Which words of a paragraph stand between quotation marks, also where some are missing: « and “ tell which way they
turn, and one that closes nothing, as the end of an earlier paragraph leaves it, opens nothing."""

from __future__ import annotations

from sijill.arabic.lexicon import Passage

__all__ = ["quotations"]

OPENS, CLOSES = "«“", "»”"
"""Straight marks are written for both."""
KEY = ("quotations",)


def quotations(passage: Passage) -> list[tuple[int, int]]:
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
