"""Whose an office is that stands alone: «السفير الإيراني», «الدبلوماسي الروسي», «وزير خارجية س يقول» in a headline.

Apart from the linker because nothing but the article itself is asked: whom it introduced with the title, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sijill.arabic.lexicon import Hit, Passage, once
from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.speech import says
from sijill.arabic.text import fold, language_data
from sijill.arabic.titles import Title, listed
from sijill.model import EntityId
from sijill.recognise.spot import Spot

__all__ = ["holders", "speaks"]

PartyOf = Callable[[EntityId], str]
WHOLE = 3
"""Words of an office that says of what and of which state («وزير الخارجية الروسي»)."""
PASSED = COMMAS | {QUOTE}
"""Signs between a name and the verb whose subject it is."""


class _Introduced(NamedTuple):
    """Somebody with the title that the article gives to him, where it does, and whose official he is."""

    passage: Passage
    title: Title
    party: str | None
    who: EntityId


def holders(
    officials: Sequence[Spot], passages: Sequence[Passage], people: Mapping[Spot, EntityId], party_of: PartyOf
) -> dict[Spot, EntityId]:
    """The holder of each office alone among `officials`, as far as the article tells; `people` are those it names.

    An office is of whoever was introduced, before, with a title that holds all its words; in the headline, of whomever
    the article introduces so at all, and one that only one can have of whom it introduces with the same words. A title
    that says whose official he is and no office is of whoever spoke last.
    """
    found: dict[Spot, EntityId] = {}
    introduced: dict[tuple[object, ...], _Introduced] = {}
    """Once for each title with its words, since an article says it again and again."""
    named: list[Spot] = []
    ahead: list[tuple[Spot, Title, frozenset[str], frozenset[str]]] = []
    for spot in officials:
        if spot in people:
            named.append(spot)
        if spot.title is None:
            continue
        passage = passages[spot.paragraph]
        if spot.form != "nominal":
            if spot in people:
                party = spot.title.party or party_of(people[spot])
                told = passage.words[spot.title.start : spot.title.end]
                one = _Introduced(passage, spot.title, party, people[spot])
                introduced.setdefault((told, spot.title.cut, party, people[spot]), one)
            continue
        words, others = _signature(passage, spot.title), _others(passage, spot.title)
        if spot.title.party is not None and spot.title.head in listed("general") and words <= listed("general"):
            fitting = _spoke_last(spot, spot.title, named, people, passages, party_of)
        elif words or spot.title.party is not None:
            fitting = _fitting(spot.title, words, others, introduced.values())
        else:
            continue  # «المصدر المعارض»: nothing that would tell offices apart
        if len(fitting) == 1:
            found[spot] = next(iter(fitting))
        elif not fitting and len(passages) > 1 and _tells_one(passage, spot, spot.title, words):
            ahead.append((spot, spot.title, words, others))
    for spot, title, words, others in ahead:
        # «رئيس البرلمان» is no head of one of its committees who is named further on.
        same = [
            one for one in introduced.values() if spot.paragraph == 0 or _signature(one.passage, one.title) == words
        ]
        if len(fitting := _fitting(title, words, others, same)) == 1:
            found[spot] = next(iter(fitting))
    return found


def _tells_one(passage: Passage, spot: Spot, title: Title, words: frozenset[str]) -> bool:
    """Whether an office may be of one whom the text names behind it: «وزير الخارجية الروسي», and in the headline, that
    is of those in the text, «السفير الروسي»; not «مسؤول أمريكي», «وزير بريطاني»."""
    if title.head in listed("general") or title.party is None:
        return False
    if title.ruler or spot.paragraph == 0 and (passage.word(title.start).startswith(ARTICLE) or len(words) > 1):
        return True
    long = len(words) > 1 or title.end - title.start >= WHOLE
    if spot.paragraph == 0:  # «مبعوث الأمم المتحدة»; «وزير في الحكومة البريطانية» is any
        whose = passage.hit("party", title.start + 1, bare=True)
        long = long and whose is not None and whose.value.sort == "name"
    return long and title.head not in listed("held_by_many")


def _fitting(
    title: Title, words: frozenset[str], others: frozenset[str], introduced: Iterable[_Introduced]
) -> set[EntityId]:
    """Those whose titles hold all words of this one, and say of nobody else to whom they are sent; not of whoever had
    the office formerly, where this one says all of it."""
    whole = title.party is not None and title.end - title.start >= WHOLE
    not_now = _former() - words if whole else frozenset[str]()
    office = _office(title.head)
    return {
        one.who
        for one in introduced
        if (not words or _office(one.title.head) == office)
        and title.party in (None, one.party)
        and words <= (told := _signature(one.passage, one.title))
        and not_now.isdisjoint(told)
        and not (others and (besides := _others(one.passage, one.title)) and others.isdisjoint(besides))
    }


def _spoke_last(
    spot: Spot,
    title: Title,
    named: Sequence[Spot],
    people: Mapping[Spot, EntityId],
    passages: Sequence[Passage],
    party_of: PartyOf,
) -> set[EntityId]:
    """The official who spoke last, by his name, in the paragraph of `spot` or the one before; nobody where he is of
    another party than the title says, or a source without a name stands between them."""
    for last in reversed(named):
        if spot.paragraph - last.paragraph > 1:
            break
        if not speaks(passages[last.paragraph], last):
            continue
        told = last.title.party if last.title is not None else None
        fits = title.party == (party_of(people[last]) or told)
        return {people[last]} if fits and not _anonymous_between(last, spot, passages) else set()
    return set()


def speaks(passage: Passage, spot: Spot) -> bool:
    """Whether a verb of saying stands right before a name and its office, or right behind, signs aside."""
    first, behind = spot.first, spot.behind
    if spot.title is not None:
        first, behind = min(first, spot.title.start), max(behind, spot.title.end)
    first -= passage.word(first - 1) in PASSED
    behind += passage.word(behind) in PASSED
    return first > 0 and says(passage, first - 1) or behind < passage.size and says(passage, behind)


def _anonymous_between(last: Spot, spot: Spot, passages: Sequence[Passage]) -> bool:
    here = passages[spot.paragraph]
    if last.paragraph == spot.paragraph:
        return here.any("speech.anonymous", last.behind, spot.first)
    before = passages[last.paragraph]
    return before.any("speech.anonymous", last.behind, before.size) or here.any("speech.anonymous", 0, spot.first)


@once
def _signature(passage: Passage, title: Title) -> frozenset[str]:
    """The words of a title that tell offices apart: without the article, parties and links, deputies and envoys as
    one."""
    words = set()
    behind_party = ministry = 0
    for at in range(title.start, title.end):
        word = passage.word(at).removeprefix("ال") if at > title.start else title.head
        if "party" in passage.forms[at]:
            party = passage.hit("party", at)
            if not _field(passage, at, party):
                behind_party = party.end if party is not None else at + 1
                ministry = behind_party if word in listed("ministries") else ministry
        # «وزارة الخارجية الروسية» stands for its state, and says which office it is.
        told = at >= behind_party or at < ministry and passage.starts("title_field", at, bare=True)
        if told and "title_link" not in passage.forms[at] and len(word) >= 3:
            words.add(_office(word))
    return frozenset(words - listed("left_out_later"))


@once
def _others(passage: Passage, title: Title) -> frozenset[str]:
    """Whom a title names besides whose it is: «السفير الروسي لدى الأمم المتحدة» is not the one «لدى دمشق»."""
    hits = [passage.hit("party", at) for at in passage.between("party", title.start, title.end)]
    named = {hit.value.party for hit in hits if hit is not None and hit.value.sort != "own"}
    return frozenset(named - {title.party})


def _field(passage: Passage, index: int, party: Hit | None) -> bool:
    """Whether a word that names a party is what an office is about: «وزير الدفاع الروسي» is not «وزير الخارجية»."""
    return passage.starts("title_field", index) and (party is None or party.value.sort == "own")


def _office(word: str) -> str:
    return _offices().get(word, word)


@cache
def _offices() -> dict[str, str]:
    """Word of a title → the first of those that name the same office."""
    groups: list[list[str]] = language_data("titles")["same_office"]
    return {fold(word): fold(group[0]) for group in groups for word in group}


@cache
def _former() -> frozenset[str]:
    """Words of a title that its holder has no more, as a signature has them."""
    return frozenset(fold(word).removeprefix(ARTICLE) for word in language_data("titles")["former"])
