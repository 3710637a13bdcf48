"""A second recogniser beside the rules: it labels words, and where the policy «rules first» lets it, a label becomes
a person's name. Which engine gives the labels is not known here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from sijill.arabic.lexicon import Passage
from sijill.arabic.names import LENGTH_AT_MOST
from sijill.model import Sentence
from sijill.recognise.beside import title_behind
from sijill.recognise.spot import Spot

PERSON = frozenset({"PERS", "PER"})
"""How the label sets of models call a person, behind `B-` and `I-`."""

AT_LEAST = 0.8
"""The probability that each word of a name must have."""

LENGTH_AT_LEAST = 2
"""Words of a name: a surname alone is a person only where the article names somebody in full with it."""

NEVER = ("verb", "round_head", "delegation_head", "document_head", "month", "weekday", "relative_day")
"""What no word of a name is, however sure the engine may be."""

TATWEEL = "\u0640"

Label: TypeAlias = tuple[str, float]
"""`B-PERS`, `I-LOC`, `O` … and its probability."""


class ModelError(Exception):
    """The engine, or its model, cannot be used: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


class Labeller(Protocol):
    """An engine that labels words."""

    origin: str
    """What a mention found by it gets for an origin: `model:…`."""
    version: str
    """Changes with everything that its labels depend on."""

    def labels(self, sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
        """One label for each word of each sentence. The same sentences get the same labels, whatever was asked
        before. Raises ModelError."""


class Named(NamedTuple):
    """Words `first` to `behind` of a paragraph that an engine takes for a person, and how sure it is of the least
    sure of them."""

    first: int
    behind: int
    score: float
    origin: str


def people(
    passages: Sequence[Passage], sentences: Sequence[Sequence[Sentence]], labeller: Labeller
) -> tuple[tuple[Named, ...], ...]:
    """The persons of each paragraph, by the labels of its words."""
    places: list[tuple[int, int]] = []
    asked: list[list[str]] = []
    for number, passage in enumerate(passages):
        for sentence in sentences[number]:
            first, behind = passage.text.before(sentence.start), passage.text.before(sentence.end)
            if first < behind:
                places.append((number, first))
                asked.append([_as_printed(passage, index) for index in range(first, behind)])
    found: list[list[Named]] = [[] for _ in passages]
    answers = labeller.labels(asked)
    for (number, first), words, labels in zip(places, asked, answers, strict=True):
        if len(labels) != len(words):
            raise ValueError(f"{len(labels)} labels for {len(words)} words")
        found[number] += _persons(labels, first, labeller.origin)
    return tuple(map(tuple, found))


def _as_printed(passage: Passage, index: int) -> str:
    """The word with its letters as published, but without vowel marks, direction marks and tatweel: models are trained
    on such words."""
    start, end = passage.span(index, index + 1)
    return "".join(
        letter
        for letter in passage.text.raw[start:end]
        if letter != TATWEEL and unicodedata.category(letter) not in ("Mn", "Cf")
    )


def _persons(labels: Sequence[Label], first: int, origin: str) -> Iterator[Named]:
    """Runs of one person's labels; a run that starts with `I-` counts as well, as after a cut between windows."""
    start, scores = 0, list[float]()
    for index, (label, score) in enumerate((*labels, ("O", 1.0))):
        part, _, kind = label.partition("-")
        person = kind in PERSON
        if scores and not (person and part == "I"):
            yield Named(first + start, first + index, min(scores), origin)
            scores = []
        if person:
            if not scores:
                start = index
            scores.append(score)


def beside_rules(passage: Passage, paragraph: int, named: Sequence[Named], spots: Sequence[Spot]) -> Iterator[Spot]:
    """The policy «rules first»: names on words that no rule's spot or title holds, each with the title beside it."""
    taken = {index for spot in spots for index in _words_of(spot)}
    alone = {spot.behind: spot for spot in spots if spot.form == "nominal"}
    for one in named:
        first, behind = _trimmed(passage, one)
        if one.score < AT_LEAST or not LENGTH_AT_LEAST <= behind - first <= LENGTH_AT_MOST:
            continue
        words = range(first, behind)
        if not taken.isdisjoint(words) or any(_is_no_name(passage, index) for index in words):
            continue
        known = passage.hit("name", first) or passage.hit("given", first)
        cut = known.cut if known is not None else 0
        key = " ".join([passage.word(first)[cut:], *(passage.word(index) for index in words[1:])])
        before = alone.get(_behind_title(passage, first)) if not cut else None
        title = before.title if before is not None else title_behind(passage, behind)
        yield Spot(
            paragraph, first, behind, cut, "official", one.origin, key=key, title=title, score=round(one.score, 2)
        )


def _words_of(spot: Spot) -> set[int]:
    title = range(spot.title.start, spot.title.end) if spot.title is not None else ()
    return {*range(spot.first, spot.behind), *title}


def _trimmed(passage: Passage, one: Named) -> tuple[int, int]:
    """Without signs at either end, and without honorifics before the name."""
    first, behind = one.first, one.behind
    while first < behind and (not passage.word(first).isalpha() or passage.starts("honorific", first, bare=True)):
        first += 1
    while behind > first and not passage.word(behind - 1).isalpha():
        behind -= 1
    return first, behind


def _behind_title(passage: Passage, first: int) -> int:
    """The word at which a title before the name must end: honorifics may stand between."""
    while first > 0 and passage.starts("honorific", first - 1, bare=True):
        first -= 1
    return first


def _is_no_name(passage: Passage, index: int) -> bool:
    return not passage.word(index).isalpha() or any(
        category in passage.forms[index] and passage.starts(category, index) for category in NEVER
    )


__all__ = ["PERSON", "Label", "Labeller", "ModelError", "Named", "beside_rules", "people"]
