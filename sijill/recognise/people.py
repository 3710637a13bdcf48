"""The forms by which an article names again the people that it has named in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from sijill.arabic.lexicon import LETTERS
from sijill.arabic.names import NAMES_KEPT, short_of
from sijill.recognise.spot import WORDED, Spot

__all__ = ["Forms", "given_names", "short_forms"]

AND = "و"
Forms: TypeAlias = Mapping[str, tuple[int, list[tuple[str, ...]]]]
"""A form's first word, with or without a proclitic → the proclitic's letters, and the whole forms, longest first."""


def short_forms(people: Iterable[Spot], surname: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Forms:
    """The full name and surname forms of every person named in full."""
    forms: dict[str, set[tuple[str, ...]]] = {}
    for key in {spot.key for spot in people if spot.origin != WORDED}:
        parts = tuple(key.split())
        first = short_of(key)
        for form in (parts, (first,) if first else surname(parts)):
            if form:
                forms.setdefault(form[0], set()).add(form)
    longest = {word: sorted(group, key=_longest_first) if len(group) > 1 else [*group] for word, group in forms.items()}
    found = {joined: (1, group) for word, group in longest.items() for joined in _with_letters(word)}
    return found | {word: (0, group) for word, group in longest.items()}


def _longest_first(form: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(form), form


def given_names(people: Iterable[Spot]) -> Mapping[str, str]:
    """The full name of each person whom the article names in full and whose first name nobody else in it bears."""
    full: dict[str, list[str]] = {}
    for key in {spot.key for spot in people if " " in spot.key}:
        full.setdefault(key.partition(" ")[0], []).append(key)
    return {first: keys[0] for first, keys in full.items() if len(keys) == 1}


@lru_cache(maxsize=NAMES_KEPT)
def _with_letters(word: str) -> tuple[str, ...]:
    """The word behind each proclitic that it may have."""
    return tuple(f"{letter}{word}" for letter in LETTERS if len(word) > (1 if letter == AND else 2))
