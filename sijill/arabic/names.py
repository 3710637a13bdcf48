"""Where a person's name starts and, above all, where it ends."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import fold, language_data

LENGTH_AT_MOST = 5
"""Words of a name, its particles included."""

NEVER_IN_NAMES = (
    "stop",
    "verb",
    "title_head",
    "counterpart",
    "honorific",
    "month",
    "weekday",
    "relative_day",
    "round_head",
    "process_noun",
    "delegation_head",
    "document_head",
    "ordinal",
    "party",
    "title_body",
    "title_field",
)
ENDINGS_OF_NOUNS = ("ات", "يه", "تين", "هم", "ها", "نا")
"""Endings that an unknown word of a foreign or Arabic name hardly has, and that many nouns and verbs have."""


class Name(NamedTuple):
    """A name in words `start` to `end`. `known`: the registry holds this very form."""

    start: int
    end: int
    cut: int
    known: bool


def name_at(passage: Passage, index: int, titled: bool) -> Name | None:
    """The name at word `index`, or None. `titled`: a title stands right before it, so that unknown words may be a
    name."""
    if index >= len(passage):
        return None
    known = passage.hit("name", index, bare=titled)
    if known is None:
        return _grow(passage, index, titled)
    grown = _grow(passage, index, titled) if known.end - index == 1 and "given" in passage.forms[index] else None
    return grown or Name(index, known.end, known.cut, True)


def _grow(passage: Passage, index: int, titled: bool) -> Name | None:
    """A name that starts with a given name or particle, or right behind a title with an unknown word."""
    cut = 0
    if passage.text.raw[slice(*passage.span(index, index + 1))] in _never():
        return None
    given = passage.hit("given", index, bare=titled)
    if given is None and titled:
        given = passage.hit("given_ambiguous", index, bare=True)
    binds = passage.hit("binds_next", index, bare=True)
    if given is None and binds is None:
        if not titled or not _unknown(passage, index) or not _could_start(passage.word(index)):
            return None
    elif given is not None:
        cut = given.cut
    at, length = index + 1, 1
    open_ended = given is not None or binds is not None
    while at < len(passage) and length < LENGTH_AT_MOST:
        if passage.starts("binds_previous", at, bare=True):
            at, length = at + 1, length + 1
            open_ended = True
            continue
        binds_on = passage.starts("binds_next", at, bare=True) or passage.starts("binds_inside", at, bare=True)
        if binds_on and _extends(passage, at + 1):
            at, length = at + 1, length + 1
            open_ended = True
            continue
        if not open_ended or not _extends(passage, at):
            break
        open_ended = passage.starts("given", at, bare=True) and length < 3
        at, length = at + 1, length + 1
    if length == 1 and (given is not None or binds is not None):
        return None  # a given name alone names nobody
    if length == 1:
        # Two unknown words behind a title are a name of two where nothing that could belong to it follows.
        return Name(index, at + (_extends(passage, at) and not _extends(passage, at + 1)), 0, False)
    return Name(index, at, cut, False)


def starts_with_given_name(passage: Passage, index: int) -> bool:
    """Whether a given name without the article stands here and the word behind it can go on with the name."""
    return (
        "given" in passage.forms[index]
        and not passage.word(index).startswith("ال")
        and passage.starts("given", index, bare=True)
        and _extends(passage, index + 1)
    )


def _extends(passage: Passage, index: int) -> bool:
    """Whether the word can be a further part of a name."""
    if index < len(passage) and passage.text.raw[slice(*passage.span(index, index + 1))] in _never():
        return False
    return index < len(passage) and (passage.starts("given", index, bare=True) or _unknown(passage, index))


@cache
def _never() -> frozenset[str]:
    """Words as written that no name holds, though folding makes them like one: the preposition «على» is not «علي»."""
    return frozenset(language_data("names")["not_names_exact"])


def _unknown(passage: Passage, index: int) -> bool:
    word = passage.word(index)
    if len(word) < 2 or not word.isalpha() or not "\u0621" <= word[0] <= "\u064a":
        return False
    forms = passage.forms[index]
    if any(category in forms for category in NEVER_IN_NAMES):
        return all(
            category not in forms or not passage.starts(category, index, bare=category not in ("stop", "verb"))
            for category in NEVER_IN_NAMES
        )
    return not word.endswith(ENDINGS_OF_NOUNS) or len(word) < 5


def _could_start(word: str) -> bool:
    """Whether an unknown word may be the first of a name: no article, no feminine ending, no melted preposition."""
    return not word.startswith(("ال", "لل", "وال", "بال", "فال")) and not word.endswith("ه")


def skeleton(name: str) -> str:
    """The consonants of a folded name without its spaces: «دي ميستورا» and «ديمستورا» have one skeleton.

    >>> skeleton("ستافان دي ميستورا") == skeleton("ستيفان ديمستورا")
    True
    """
    return "".join(letter for letter in name if letter not in " اوييئءؤه")


def slug(name: str) -> str:
    """A provisional id from a folded name: its letters by `data/translit.toml`, words joined by dashes.

    Letters without a row, and everything that is not a letter, become nothing; two names with one slug are one id.
    """
    table = _transliteration()
    words = ("".join(table.get(letter, "") for letter in word) for word in name.split())
    return "-".join(word for word in words if word) or "x"


@cache
def _transliteration() -> dict[str, str]:
    rows: dict[str, str] = language_data("translit")["letters"]
    return {fold(letter): ascii_form for letter, ascii_form in rows.items()}


__all__ = ["Name", "name_at", "skeleton", "slug", "starts_with_given_name"]
