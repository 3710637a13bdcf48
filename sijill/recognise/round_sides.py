"""Between whom talks are held: the words that stand between them and their city («بين النظام والمعارضة في جنيف»).

Apart from the grammar's steps because two of them read it: right behind the talks, and inside a clause of holding.
"""

from __future__ import annotations

from functools import cache

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import language_data

__all__ = ["sides_end"]

SIDES_AT_MOST = 12
"""Words of the two sides, their delegations' included."""


def sides_end(passage: Passage, index: int) -> int:
    """The word behind both sides of a process at «بين», or behind one of them at «مع»; 0 if others are named there."""
    if not passage.starts("between", index, bare=True):
        return 0
    sides: set[str] = set()
    at, end = index + 1, min(passage.size, index + SIDES_AT_MOST)
    while at < end:
        both = passage.hit("sides.both", at)
        party = passage.hit("party", at)
        if both is not None:
            sides, at = set(_parties()), both.end
        elif party is not None and party.value.party in _parties():
            sides.add(party.value.party)
            at = party.end
        elif party is None and passage.starts("sides.links", at):
            at += 1
        else:
            break
    wanted = len(_parties()) if passage.starts("sides.between", index, bare=True) else 1
    return at if len(sides) >= wanted else 0


@cache
def _parties() -> frozenset[str]:
    return frozenset(language_data("rounds")["sides"]["parties"])
