"""People who may be one: names that are one but for vowels, letters that are written by turns, a middle name or a slip.

No two names are compared that share no key, so the work grows with the names, not with their pairs. That names are
alike proves nothing: the score says how alike, and the editor decides from what is said of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from sijill.arabic.names import skeleton
from sijill.arabic.text import fold, folded_all, language_data, words_of
from sijill.model import Archive, Entity, EntityId, Judgement, Registry
from sijill.review.item import Decision, Item, best_of, words_of_mention
from sijill.review.names import most_said

__all__ = ["alike"]

VOWELS, TURNS, MIDDLE, SLIP, GIVEN_SLIP, OTHER_GIVEN = 0.95, 0.9, 0.8, 0.7, 0.6, 0.4
"""One but for vowels and spaces · for letters written by turns · for a name between · for one consonant · for one of
the given name · for two given names that are both usual (سليم, سالم): hardly one person."""
TWO_PARTIES = 0.6
"""What is left of a score where the two belong to different parties."""
SLIP_AT_LEAST = 5
"""Consonants of a name in which one may be a slip."""
BLOCK = 12
"""Names that share a key and are all compared with each other; of more only neighbours are."""
ARTICLE = "ال"


class _Name(NamedTuple):
    owner: EntityId
    words: tuple[str, ...]
    """Folded, without the article."""


def alike(archive: Archive, registry: Registry) -> Iterator[Item]:
    """A question for each pair of officials whose names are alike, of whom not both have a record, and on whom no
    editor has judged."""
    now = archive.aliases
    judged = {frozenset((now.get(one.left, one.left), now.get(one.right, one.right))) for one in registry.judgements}
    best: dict[tuple[EntityId, EntityId], tuple[float, str]] = {}
    for one, other in _pairs(archive):
        pair = (min(one.owner, other.owner), max(one.owner, other.owner))
        both = all(archive.entities[id].record is not None for id in pair)
        if both or frozenset(pair) in judged:
            continue
        score, why = _score(one.words, other.words)
        if score > best.get(pair, (0.0, ""))[0]:
            best[pair] = score, why
    readings = {reading.article: reading for reading in archive.readings}
    for (left, right), (score, why) in sorted(best.items()):
        if archive.entities[left].record is not None or archive.entities[right].record is None:
            left, right = right, left  # the one that stays, if they are one, comes last
        two = archive.entities[left], archive.entities[right]
        parties = [_party(entity) for entity in two]
        if all(parties) and parties[0] != parties[1]:
            score, why = score * TWO_PARTIES, f"{why}; of two parties, {parties[0]} and {parties[1]}"
        if two[1].record is not None:
            why = f"{why}; {right} has a record"
        mentions = [(entity, best_of(entity.links)) for entity in two]
        yield Item(
            kind="alike",
            subject=(left, right),
            shown=(two[0].name, two[1].name),
            why=why,
            score=round(score, 2),
            gain=min(len(entity.links) for entity in two if entity.record is None),
            evidence=tuple(
                words_of_mention(mention, readings, entity.name) for entity, mention in mentions if mention is not None
            ),
            accept=Decision("they are one", rows=(Judgement(left, right, True, "", ""),)),
            reject=Decision("they are two", rows=(Judgement(left, right, False, "", ""),)),
        )


def _pairs(archive: Archive) -> Iterator[tuple[_Name, _Name]]:
    """Names of two people that share a key."""
    shelves: defaultdict[str, dict[_Name, None]] = defaultdict(dict)
    for entity in archive.of("official"):
        for name in _names(entity):
            for key in _keys(name.words):
                shelves[key][name] = None
    for names in shelves.values():
        if len(names) > 1:
            near = combinations(names, 2) if len(names) <= BLOCK else pairwise(sorted(names))
            yield from ((one, other) for one, other in near if one.owner != other.owner)


def _names(entity: Entity) -> set[_Name]:
    """The full names of a person: of one word alone nobody can be told."""
    forms = {link.mention.text for link in entity.links if link.mention.form == "full"} | {entity.name}
    if entity.record is not None:
        forms.update(entity.record.variants)
    return {_Name(entity.id, words) for form in forms if len(words := _words(form)) > 1}


def _words(form: str) -> tuple[str, ...]:
    words = (word for word in words_of(form).words if word.isalpha())
    return tuple(word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word for word in words)


def _keys(words: tuple[str, ...]) -> set[str]:
    """What names that may be one have in common: all consonants but one, or those of the first and the last word."""
    whole = "".join(map(_shape, words))
    keys = {whole, f"{_shape(words[0])}/{_shape(words[-1])}"}
    if len(whole) >= SLIP_AT_LEAST:
        keys.update(whole[:at] + whole[at + 1 :] for at in range(len(whole)))
    return keys


def _score(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
    """How alike two names are, and in what they differ; 0 where they are not."""
    shapes = [tuple(map(_shape, words)) for words in (one, other)]
    whole = ["".join(found) for found in shapes]
    given = one[0] != other[0] and {one[0], other[0]} <= _given()
    if whole[0] == whole[1]:
        if given:
            return OTHER_GIVEN, "the consonants are the same, but both given names are usual ones"
        if skeleton(" ".join(one)) == skeleton(" ".join(other)):
            return VOWELS, "the same but for vowels and spaces"
        return TURNS, "the same but for letters that are written by turns"
    ends = [(found[0], found[-1]) for found in shapes]
    if len(one) != len(other):
        return (MIDDLE, "the same but for a name between") if ends[0] == ends[1] and not given else (0.0, "")
    differing = [at for at in range(len(one)) if shapes[0][at] != shapes[1][at]]
    if (
        len(differing) != 1
        or given
        and differing == [0]
        or not _one_apart(shapes[0][differing[0]], shapes[1][differing[0]])
    ):
        return 0.0, ""
    if differing == [0]:
        return GIVEN_SLIP, "the given names differ by one consonant"
    return SLIP, "the same but for one consonant"


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the two the same."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    return one[at + (len(one) == len(other)) :] == other[at + 1 :]


def _party(entity: Entity) -> str:
    if entity.record is not None:
        return entity.record.party
    return most_said(entity.facts, "affiliation", "party")[0]


@lru_cache(maxsize=1 << 15)
def _shape(word: str) -> str:
    """The consonants of a word, with one letter for those that are written by turns, none twice in a row."""
    bones = skeleton(word).translate(_twins())
    return "".join(letter for at, letter in enumerate(bones) if not at or bones[at - 1] != letter)


@cache
def _twins() -> Mapping[int, str]:
    groups: list[str] = language_data("review")["twins"]
    return {ord(fold(letter)): fold(group[0]) for group in groups for letter in group if len(fold(letter)) == 1}


@cache
def _given() -> frozenset[str]:
    return folded_all(language_data("names")["given"])
