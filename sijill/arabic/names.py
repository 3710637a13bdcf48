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
MELTED = ("لل", "بال", "وال", "فال", "كال")
"""Proclitics with the article: no name starts so, and none goes on so."""
PARTICLES = ("binds_next", "binds_inside")


class Name(NamedTuple):
    """A name in words `start` to `end`. `known`: the registry holds this very form."""

    start: int
    end: int
    cut: int
    known: bool


def name_at(passage: Passage, index: int, titled: bool, unknown: bool = True) -> Name | None:
    """The name at word `index`, or None.

    `titled`: a title stands right before it. `unknown`: behind that title, a word that no list holds may be a name.
    """
    if index >= len(passage):
        return None
    known = passage.hit("name", index, bare=titled)
    if known is None:
        return _grow(passage, index, titled, unknown)
    single = known.end - index == 1
    longer = single and ("given" in passage.forms[index] or known.value == "guarded")
    grown = _grow(passage, index, titled, unknown) if longer else None
    return grown if grown is not None and grown.end > known.end else Name(index, known.end, known.cut, True)


def _grow(passage: Passage, index: int, titled: bool, unknown: bool) -> Name | None:
    """A name that starts with a given name or particle, or right behind a title with an unknown word."""
    if _as_written(passage, index) in _never():
        return None
    given = passage.hit("given", index, bare=titled)
    if given is None and titled:
        given = passage.hit("given_ambiguous", index, bare=True)
    binds = passage.starts("binds_next", index, bare=True)
    first_known = given is not None or binds
    if not first_known and not (titled and unknown and _unknown(passage, index) and _could_start(passage.word(index))):
        return None
    at = _end_of_name(passage, index + 1, first_known)
    if at - index == 1 and first_known:
        return None  # a given name alone names nobody
    if (
        at - index == 1
        and _extends(passage, at)
        and not _extends(passage, at + 1)
        and passage.word(at)[-1] not in "هاة"
    ):
        at += 1  # two unknown words behind a title are a name of two where nothing more could belong to it
    if at - index == 1 and passage.word(index).endswith("ا") and passage.word(at)[:1].isalpha():
        return None  # «الوزير اتصالا …» is an object in the accusative more often than a name
    return Name(index, at, given.cut if given is not None else 0, False)


def _end_of_name(passage: Passage, at: int, open_ended: bool) -> int:
    """The word behind a name whose first word stands before `at`.

    `open_ended`: that first word is a given name or a particle.
    """
    length = 1
    while at < len(passage) and length < LENGTH_AT_MOST:
        if passage.starts("binds_previous", at, bare=True):
            open_ended = True
        elif passage.starts("binds_next", at, bare=True):
            if not _binds(passage, at + 1):
                return at
            at, length, open_ended = at + 1, length + 1, passage.starts("given", at + 1, bare=True)
        elif passage.starts("binds_inside", at, bare=True) and _goes_on(passage, at + 1):
            open_ended = True
        elif open_ended and _extends(passage, at) and (length == 1 or not _joined(passage, at)):
            open_ended = passage.starts("given", at, bare=True) and length < 3
        else:
            return at
        at, length = at + 1, length + 1
    return at


def _binds(passage: Passage, index: int) -> bool:
    """Whether a particle («بن», «عبد») can bind this word, which may be a title elsewhere («بن سلطان»)."""
    word = passage.word(index)
    if passage.starts("binds_inside", index, bare=True):
        return _extends(passage, index + 1)
    return _extends(passage, index) or (len(word) > 2 and word.isalpha() and "title_head" in passage.forms[index])


def _joined(passage: Passage, index: int) -> bool:
    """Whether «و» joins the word to what stands before: «صدام حسين وشوهدت»."""
    return passage.word(index).startswith("و") and not passage.starts("given", index, bare=True)


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether the word goes on with a name and does not look like a present form: «بوش لا يملك» is no name."""
    return _extends(passage, index) and not passage.word(index).startswith(("ي", "ت", "ن", "ا"))


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
    if index >= len(passage) or _as_written(passage, index) in _never():
        return False
    return passage.starts("given", index, bare=True) or _unknown(passage, index)


def _as_written(passage: Passage, index: int) -> str:
    start, end = passage.span(index, index + 1)
    return passage.text.raw[start:end]


@cache
def _never() -> frozenset[str]:
    """Words as written that no name holds, though folding makes them like one: the preposition «على» is not «علي»."""
    return frozenset(language_data("names")["not_names_exact"])


def _unknown(passage: Passage, index: int) -> bool:
    """A word that no list holds, proclitics considered, and that looks like no noun and no noun with a preposition."""
    word = passage.word(index)
    arabic = word.isalpha() and "\u0621" <= word[0] <= "\u064a"
    if len(word) < 2 or not arabic or word.startswith(MELTED):
        return False
    if any(category in passage.forms[index] for category in PARTICLES):
        return False
    if any(passage.starts(category, index) for category in NEVER_IN_NAMES if category in passage.forms[index]):
        return False
    return not word.endswith(ENDINGS_OF_NOUNS) or len(word) < 5


def _could_start(word: str) -> bool:
    """Whether an unknown word may be the first of a name: no article, no feminine ending."""
    return not word.startswith("ال") and not word.endswith("ه")


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


__all__ = ["LENGTH_AT_MOST", "Name", "name_at", "skeleton", "slug", "starts_with_given_name"]
