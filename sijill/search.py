"""The search index: sentences by key in files that a browser fetches as it needs them.

Separate from pages because it is data for a script; its words are those of the articles, its rules those of
`arabic/search.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from operator import sub
from typing import NamedTuple

import orjson

from sijill.arabic.search import (
    canonical,
    folded,
    is_word,
    joined_words,
    keys_of,
    perhaps_joined,
    tables,
    words_in,
)

__all__ = ["Document", "Named", "search_files"]

FOLDER = "search/"
MOST = 1_000
"""Sentences kept for one form of a word, the newest: a list that nobody reads to its end need not be fetched."""
FIRST_LETTERS = 2
"""Letters of a key that name its file."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SHORT = 36 * 36


class Document(NamedTuple):
    """An article to be found."""

    href: str
    title: str
    day: str
    """As the site writes days; empty where there is none."""
    year: str
    source: str
    processes: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    """Anchor and text of each."""


class Named(NamedTuple):
    """An entity to be found by any of its names."""

    kind: str
    name: str
    href: str
    articles: int
    names: tuple[str, ...]


def search_files(
    documents: Iterable[Document], entities: Iterable[Named], words: Mapping[str, object]
) -> Iterator[tuple[str, bytes]]:
    """Names within the site, and bytes. `documents` come newest first."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    perhaps: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    counts: list[int] = []
    years, sources, processes = _Places(), _Places(), _Places()
    about: list[list[object]] = []
    first = 0
    for number, document in enumerate(documents):
        for at, spoken in enumerate(_spoken(document), first):
            for word in {*spoken, *joined_words(spoken)}:
                places[word].append(at)
            for pair in {*perhaps_joined(spoken)}:
                perhaps[pair].append(at)
        first += len(document.sentences)
        counts.append(len(document.sentences))
        about.append(
            [years.of(document.year), sources.of(document.source), [processes.of(one) for one in document.processes]]
        )
        yield (
            f"{FOLDER}d/{number}.json",
            orjson.dumps([document.href, document.title, document.day, document.source, document.sentences]),
        )
    named = [(*one[:4], [_name(each) for each in one.names]) for one in entities]
    spelt = [name.split() for *_, names in named for name in names]
    known = _known(chain(places, *spelt, *map(joined_words, spelt)))
    for (word, called), found in perhaps.items():
        if is_word(called, known.__contains__):
            places[word] = sorted({*places[word], *found})
    shards = _shards(places, known)
    for name, shard in sorted(shards.items()):
        yield f"{FOLDER}k/{_file(name)}.json", orjson.dumps(shard)
    yield (
        f"{FOLDER}index.json",
        orjson.dumps(
            {
                "rules": dict(tables()),
                "counts": counts,
                "about": about,
                "years": years.all(),
                "sources": sources.all(),
                "processes": processes.all(),
                "shards": sorted(shards),
                "entities": named,
                "words": dict(words),
            }
        ),
    )


def _spoken(document: Document) -> Iterator[list[str]]:
    """The words of each sentence. An article is folded in one go: a line of it is a sentence."""
    lines = folded("\n".join([text.replace("\n", " ") for _, text in document.sentences])).split("\n")
    return map(words_in, lines) if document.sentences else iter(())


def _known(words: Iterable[str]) -> frozenset[str]:
    """What counts as a word: what articles write, and what entities are called."""
    return frozenset(key for word in words for key in (canonical(word), canonical(word.removeprefix("ال"))))


def _shards(places: Mapping[str, list[int]], known: frozenset[str]) -> dict[str, dict[str, dict[str, str]]]:
    """By first letters: key → form → the places of its sentences."""
    shards: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for word in sorted(places):
        packed = _packed(places[word][:MOST])
        for key in keys_of(word, known.__contains__):
            shards[key[:FIRST_LETTERS]].setdefault(key, {})[word] = packed
    return shards


def _packed(places: list[int]) -> str:
    """Rising numbers as the steps between them, in base 36."""
    short = _short()
    steps = map(sub, places, [0, *places[:-1]])
    return ".".join([short[step] if step < SHORT else _base36(step) for step in steps])


@cache
def _short() -> tuple[str, ...]:
    """The steps that nearly all are, written once."""
    return tuple(map(_base36, range(SHORT)))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, 36)
        digits = DIGITS[last] + digits
    return digits or "0"


def _file(letters: str) -> str:
    """An ASCII name for the file of keys that begin so."""
    return "-".join(f"{ord(letter):x}" for letter in letters)


def _name(text: str) -> str:
    return " ".join(words_in(folded(text)))


class _Places:
    """Values in the order in which they are first asked for, each with its place."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def of(self, value: str) -> int:
        return self._at.setdefault(value, len(self._at))

    def all(self) -> list[str]:
        return list(self._at)
