"""Where a paragraph's sentences start and end, as offsets into the text as published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sijill.arabic.text import language_data

__all__ = ["LONGEST", "sentences"]

LONGEST = 4000
"""Characters at which what nobody ends is cut at a space: the longest sentence of 300,000 in the news has 2,313. What
looks around in a sentence may then look at all of it."""

_LETTERS = r"[\u0620-\u0652]"
_END = re.compile(
    # The sign comes first in the pattern, since only then Python leaps from one to the next.
    r"[.!?؟…](?:[.!?؟…]*[\"'”“»«)\]’]*(?=\s|$)"
    # no space behind the stop, as whole archives have it: «في البلاد.وقال», «في البلاد .وقال»
    rf"|(?:(?<={_LETTERS}{{3}}[.؟!])|(?<=[\s»”\")][.؟!]))(?={_LETTERS}{{2}}))"
)


@cache
def _abbreviations() -> frozenset[str]:
    data = language_data("abbreviations")
    return frozenset(form.rstrip(".") for group in ("dotted", "initials", "latin") for form in data[group])


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences, in order, without the white space around them; none for blank text.

    A full stop behind an abbreviation («د.») or a single letter ends no sentence, whatever follows; one behind a word
    ends it, even where no space follows.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        first, end = match.span()
        if end == first + 1 and text[first] == "." and _last_word(text[start:first]) in _abbreviations():
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    if len(text) > LONGEST:
        found = [part for first, last in found for part in _cut(text, first, last)]
    rests = [(last, rest) for first, last in found if (rest := text[first:last].lstrip())]
    return tuple([(last - len(rest), last - len(rest) + len(rest.rstrip())) for last, rest in rests])


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, in parts where it is too long."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        at = space if space > 0 else start + LONGEST
        yield start, at
        start = at
    yield start, end


def _last_word(text: str) -> str:
    words = text.rsplit(None, 1)
    return words[-1].lstrip('(«"“[') if words else ""
