"""Rules take turns: each goes through all that ask it before the next one does."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["turns"]


def turns(asked: Iterable[Iterable[int]], rules: int) -> list[list[int]]:
    """By rule, in their order, the numbers of those that ask it; `asked`: for each, the places of the rules it asks.

    A processor keeps at hand what it did last: rule by rule an article is read faster than paragraph by paragraph,
    though that takes a few instructions more (decision 3).
    """
    numbers: list[list[int]] = [[] for _ in range(rules)]
    for number, places in enumerate(asked):
        for place in places:
            numbers[place].append(number)
    return numbers
