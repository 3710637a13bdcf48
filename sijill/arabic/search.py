"""Under which keys a word is found: folded, and without what may stand before and behind it.

The browser does the same with the same tables (`templates/assets/search.js`); both are held to one file of examples.
Apart from `text.py`, whose folding keeps offsets and serves the rules of reading: searching forgives more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from sijill.arabic.text import language_data

__all__ = [
    "EXACT",
    "canonical",
    "folded",
    "is_word",
    "joined_words",
    "keys_of",
    "perhaps_joined",
    "tables",
    "words_in",
]

EXACT, BARE, PROCLITIC, SUFFIX, SAME, PLURAL = range(6)
"""How far a key is from its word; nearer ones are shown first."""
SHORTEST = 3
"""Letters that must remain when a particle is taken off; digits («الـ11») and words of `short` may stand alone."""
SHORTEST_OF_BOTH = 4
"""Letters that must remain when a particle and an ending are taken off at once («لنائبه»)."""
DROPPED = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Vowel marks, tatweel and direction marks, as ranges of a character class that Python and browsers both read."""


@cache
def tables() -> Mapping[str, Any]:
    """What the browser needs to know too."""
    data = language_data("search")
    plurals = {plural: one for one, many in data["plurals"].items() for plural in many}
    leading = [each for each in data["proclitics"] if set(each) <= set(data["particles"])]
    with_particle = [each + name for name in data["joined"] for each in leading if len(name) >= SHORTEST]
    same = {other: group[0] for group in data["same"] for other in group[1:]}
    return MappingProxyType(
        {
            "dropped": DROPPED,
            "letters": {pair[0]: pair[1] for pair in data["letters"]},
            **{name: data[name] for name in ("with_article", "proclitics", "future", "short", "suffixes", "whole")},
            "certain": data["certain_suffixes"],
            "particles": data["particles"],
            "leading": leading,
            "joined": [*data["joined"], *with_particle],
            "plurals": plurals,
            "same": same,
        }
    )


@cache
def _folding() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    return re.compile(f"[{DROPPED}]+"), tuple(tables()["letters"].items())


def folded(text: str) -> str:
    """The text without marks, with one letter for each that is written in several ways; ة stays."""
    dropped, letters = _folding()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = dropped.sub("", text)
    for (
        written,
        compared,
    ) in letters:  # many times faster than translate, and the same: no letter here is a result there
        text = text.replace(written, compared)
    return text.lower()


def words_in(text: str) -> list[str]:
    """The words of a folded text in order: runs of letters and digits."""
    return _WORDS.findall(text)


_WORDS = re.compile(r"[^\W_]+")


def canonical(word: str) -> str:
    """A folded word as keys are compared: ة is written ه as often as not."""
    return word.replace("ة", "ه")


def is_word(stem: str, known: Callable[[str], bool]) -> bool:
    """Whether the archive or the language's tables have a folded word."""
    key = canonical(stem)
    return known(key) or key in _same() or key in _plurals() or key in _whole()


def keys_of(word: str, known: Callable[[str], bool]) -> dict[str, int]:
    """The keys of a folded word, each with how far it is from it. `known`: whether a key is a word of the archive."""
    rules = tables()
    found: dict[str, int] = {}

    def add(stem: str, how: int) -> None:
        key = canonical(stem)
        found[key] = min(how, found.get(key, how))

    def remains(rest: str) -> bool:
        return len(rest) >= SHORTEST or rest.isdigit() or rest in _short()

    def without_endings(stem: str, certain: bool = False) -> Iterator[str]:
        for suffix, instead, least in rules["suffixes"]:
            rest = stem.removesuffix(suffix)
            long = len(rest) >= least or least <= SHORTEST and rest in _short()
            if rest != stem and long and is_word(rest + instead, known):
                yield rest + instead
        for suffix, instead, least in rules["certain"] if certain else ():
            rest = stem.removesuffix(suffix)
            if rest != stem and len(rest) >= least:
                yield rest + instead

    stems: dict[str, int] = {word: EXACT}
    if canonical(word) not in _whole():
        for prefix in rules["with_article"]:
            rest = word.removeprefix(prefix)
            if rest != word and remains(rest):
                stems.setdefault(rest, BARE if prefix == "ال" else PROCLITIC)
        if len(stems) > 1:  # the article is never part of a key: half of all words would stand in one file
            del stems[word]
        bare_is_whole = any(canonical(bare) in _whole() for bare in without_endings(word))  # «سياسية» has no particle
        for prefix in () if bare_is_whole else rules["proclitics"]:
            rest = word.removeprefix(prefix)
            if rest == word or not remains(rest) or rest in _short() and prefix not in rules["particles"]:
                continue
            if prefix[-1] == "س" and rest[0] not in rules["future"] or prefix[1:] and canonical(word[1:]) in _whole():
                continue
            if rest.isdigit() or is_word(rest, known):
                stems.setdefault(rest, PROCLITIC)
            else:
                for bare in without_endings(rest):
                    if len(bare) >= SHORTEST_OF_BOTH:
                        add(bare, SUFFIX)
    for stem, how in tuple(stems.items()):
        if how and stem.startswith("ال") and len(stem) >= SHORTEST + 2:
            stems.setdefault(stem[2:], how)  # «لألمانيا», «الالتزام»: as «ألمانيا» and «التزام» are taken
    closed = not _whole().isdisjoint(map(canonical, stems))
    for stem, how in stems.items():
        add(stem, how)
        if not closed:
            for bare in without_endings(stem, certain=True):
                add(bare, SUFFIX)
    for key, how in (*found.items(), (canonical(word), EXACT)):  # the word itself too: in «ألغام» the article is none
        if key in _same():
            add(_same()[key], max(how, SAME))
        if key in _plurals():
            add(_plurals()[key], max(how, PLURAL))
    return found


@cache
def _whole() -> frozenset[str]:
    return frozenset(map(canonical, tables()["whole"]))


@cache
def _short() -> frozenset[str]:
    return frozenset(tables()["short"])


@cache
def _same() -> Mapping[str, str]:
    return {canonical(one): canonical(other) for one, other in tables()["same"].items()}


@cache
def _plurals() -> Mapping[str, str]:
    return {canonical(one): canonical(other) for one, other in tables()["plurals"].items()}


def joined_words(words: Sequence[str]) -> list[str]:
    """Names of two words as one: «دي ميستورا» gives «ديميستورا» too, and «لعبد الرحمن» «لعبدالرحمن»."""
    names = _joined()
    return [] if names.isdisjoint(words) else [one + other for one, other in pairwise(words) if one in names]


def perhaps_joined(words: Sequence[str]) -> list[tuple[str, str]]:
    """Where a particle and a name's short first word make a word that may be another: «ودي ميستورا» gives «وديميستورا».

    Each with the name in it, «ديميستورا»: true where the archive has that (`is_word`)."""
    short = _short_joined()
    if short.keys().isdisjoint(words):
        return []
    return [(one + other, short[one] + other) for one, other in pairwise(words) if one in short]


@cache
def _joined() -> frozenset[str]:
    return frozenset(tables()["joined"])


@cache
def _short_joined() -> Mapping[str, str]:
    rules = tables()
    short = [name for name in rules["joined"] if len(name) < SHORTEST]
    return {each + name: name for name in short for each in rules["leading"] if each + name not in _joined()}
