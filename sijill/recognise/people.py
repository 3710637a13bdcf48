"""The forms by which an article names again the people that it has named in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from sijill.arabic.lexicon import LETTERS
from sijill.arabic.names import short_of
from sijill.recognise.spot import Spot

__all__ = ["Forms", "short_forms"]

AND = "و"
Forms: TypeAlias = Mapping[str, tuple[int, list[tuple[str, ...]]]]
"""A form's first word, with or without a proclitic → the proclitic's letters, and the whole forms, longest first."""


def short_forms(spots: Iterable[Spot], surname: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Forms:
    """The full name and surname forms of every person named in full."""
    forms: dict[str, set[tuple[str, ...]]] = {}
    for key in {spot.key for spot in spots if spot.kind == "official" and spot.form != "nominal"}:
        parts = tuple(key.split())
        first = short_of(key)
        for form in (parts, (first,) if first else surname(parts)):
            if form:
                forms.setdefault(form[0], set()).add(form)
    longest = {word: sorted(group, key=lambda form: (-len(form), form)) for word, group in forms.items()}
    found = {
        f"{letter}{word}": (1, group)
        for word, group in longest.items()
        for letter in LETTERS
        if len(word) > (1 if letter == AND else 2)
    }
    return found | {word: (0, group) for word, group in longest.items()}
