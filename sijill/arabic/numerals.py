"""Numbers as words and as digits: ordinals 1–30 with the slips that newspapers make, and «الـ11»."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import language_data

__all__ = ["digits_at", "forms_before_digits", "ordinal_at", "ordinal_forms"]

HIGHEST = 60
"""No conference has reached a round of this number: a larger one is a year or a count."""


def ordinal_forms() -> Iterator[tuple[str, int]]:
    """Every ordinal form with its number."""
    for number, forms in language_data("numerals")["ordinals"].items():
        for form in forms:
            yield form, int(number)


def forms_before_digits() -> Iterator[str]:
    """What may stand between a noun and its number in digits."""
    yield from language_data("numerals")["before_digits"]


def digits_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A number in digits at word `index`, with or without «ال», a dash or «رقم» before it: (number, word behind it)."""
    at = index
    if "before_digits" in passage.forms[at] and passage.starts("before_digits", at, bare=True):
        at += 1
    if passage.word(at) == "-":
        at += 1
    word = passage.word(at)
    return (int(word), at + 1) if word.isdecimal() and len(word) <= 6 else None


def ordinal_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """An ordinal at word `index`, in words or digits: (number, word behind it)."""
    hit = passage.hit("ordinal", index, bare=True)
    if hit is not None:
        return hit.value, hit.end
    found = digits_at(passage, index)
    return found if found is not None and 1 <= found[0] <= HIGHEST else None
