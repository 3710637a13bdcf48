"""Which articles a change of the registry touches most likely: for a preview, which cannot wait for all to be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from sijill.arabic.text import fold
from sijill.sources import Held, Source

__all__ = ["touched"]

MOST = 64
"""Articles that are read in a fifth of a second."""
_WORD = re.compile(r"\w+")


def touched(
    sources: Sequence[Source], held: Held, forms: Iterable[str], looked_at: Collection[str], most: int = MOST
) -> frozenset[Source]:
    """At most so many of the articles that have all words of one of these forms, in whatever order; those of the stems
    that are looked at before all others, and with or without such words."""
    words = {tuple(_WORD.findall(fold(form))) for form in forms}
    first = (source for source in sources if source.stem in looked_at)
    return frozenset(islice(chain(first, _with(words, sources, held)), most))


def _with(forms: Collection[tuple[str, ...]], sources: Sequence[Source], held: Held) -> Iterator[Source]:
    for source in sources:
        data = held.read(source)
        if isinstance(data, bytes):
            text = fold(data.decode(errors="ignore"))
            if any(all(word in text for word in words) for words in forms):
                yield source
