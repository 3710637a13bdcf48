"""Which texts are the same, or nearly: by a sketch of each text, so that a thousand more cost a thousand times one.

A sketch is the smallest hashes of all runs of words (bottom-k MinHash); the share of two sketches that agrees estimates
the share of the runs that the texts have in common. Letters are folded first, so that spelling makes no difference.
"""

from __future__ import annotations

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from sijill.arabic.text import words_of_phrases

__all__ = ["Shelf", "Sketch", "sketch"]

RUN = 4
"""Words in a run: fewer are stock phrases of the trade, more break at every edited word."""
SIZE = 96
NEAR = 0.5
"""From here texts are nearly the same: an edited reprint shares two thirds, two reports on one day a tenth."""

Sketch = tuple[int, ...]


def sketch(paragraphs: Iterable[str]) -> Sketch:
    """The smallest hashes of a text's runs of words, in order."""
    words = [word for words in words_of_phrases(paragraphs) for word in words]
    runs = {" ".join(words[start : start + RUN]) for start in range(max(len(words) - RUN + 1, 1))}
    return tuple(heapq.nsmallest(SIZE, {_hash(run) for run in runs}))


def _hash(run: str) -> int:
    """Two checksums of different ends: the same in every process and on every machine, unlike Python's own hash."""
    data = run.encode()
    return zlib.crc32(data) << 32 | zlib.adler32(data[::-1])


class Shelf:
    """Texts by what they share."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self.holders: defaultdict[int, list[str]] = defaultdict(list)

    def add(self, name: str, of: Sketch) -> None:
        self.sketches[name] = of
        for value in of:
            self.holders[value].append(name)

    def closest(self, of: Sketch) -> tuple[str, float]:
        """The name of the text that shares most, and how much; no name where none shares half."""
        shared = Counter(name for value in of for name in self.holders.get(value, ()))
        best, most = "", 0.0
        for name, count in sorted(shared.items()):
            if count < NEAR * min(len(of), len(self.sketches[name])) / 2:
                continue
            other = self.sketches[name]
            both = heapq.nsmallest(SIZE, {*of, *other})
            share = len(set(both) & set(of) & set(other)) / len(both)
            if share > most:
                best, most = name, share
        return (best, most) if most >= NEAR else ("", 0.0)
