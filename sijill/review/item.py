"""The values of review: a question with its evidence, and what each answer would write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from sijill.model import Claim, Correction, EntityId, Evidence, Judgement, Kind, Link, Mention, Reading, Sentence

__all__ = [
    "ITEM_KINDS",
    "Decision",
    "Item",
    "ItemKind",
    "NewRecord",
    "Words",
    "best_of",
    "words_of_claim",
    "words_of_mention",
]

ItemKind: TypeAlias = Literal["alike", "name", "loaded", "round", "disputed"]
ITEM_KINDS: Final[Mapping[ItemKind, str]] = {
    "alike": "possible duplicate",
    "name": "name without a record",
    "loaded": "loaded name without a neutral one",
    "round": "unresolved round",
    "disputed": "contradicting fact",
}
"""Each kind with what it is called."""


class Words(NamedTuple):
    """Words of an article that a question rests on: offsets within the sentence."""

    article: str
    path: str
    paragraph: int
    sentence: Sentence
    start: int
    end: int
    about: str = ""
    """Whom they speak of, where a question is about two."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that could be written."""

    kind: Kind
    id: EntityId
    name: str
    latin: str = ""
    party: str = ""
    """Officials: empty where no article tells it, and then it must be asked for."""
    process: str = ""
    number: str = ""
    variants: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    role: str = ""
    """Officials: an office as an article words it."""
    source: str = ""
    """Where the role was read."""


class Decision(NamedTuple):
    """What one answer writes: a record, or rows that are neither signed nor dated yet."""

    says: str
    """In a few English words, for whoever chooses."""
    record: NewRecord | None = None
    rows: tuple[Judgement | Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question."""

    kind: ItemKind
    subject: tuple[str, ...]
    """The ids, or the article and the words, that it is about."""
    shown: tuple[str, ...]
    """The same for people."""
    why: str
    score: float
    """How sure the proposal is, from 0 to 1."""
    gain: int
    """How many places of the archive an answer settles."""
    evidence: tuple[Words, ...]
    accept: Decision | None
    reject: Decision
    keep: Decision | None = None
    """A third answer: it stays as it is, and is asked no more."""


def words_of_mention(mention: Mention, readings: Mapping[str, Reading], about: str = "") -> Words:
    return _words(mention, readings, about)


def words_of_claim(claim: Claim, readings: Mapping[str, Reading], about: str = "") -> Words:
    return _words(claim.evidence, readings, about)


def _words(place: Mention | Evidence, readings: Mapping[str, Reading], about: str) -> Words:
    at = place.sentence.start
    path = readings[place.article].path
    return Words(place.article, path, place.paragraph, place.sentence, place.start - at, place.end - at, about)


def best_of(links: Iterable[Link]) -> Mention | None:
    """The mention that tells most: in full, with a title, in the newest article."""
    ranked = sorted((link.mention for link in links), key=lambda one: (one.form != "full", not one.role))
    return ranked[0] if ranked else None
