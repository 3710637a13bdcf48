"""Rounds by a city and a number without a noun: «أستانا 11», «جنيف الثالث», «جنيف واحد», «أستانا بجولتها الثامنة»."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.signs import CLOSING
from sijill.confidence import CERTAIN
from sijill.recognise.round_numbers import Number, numbers_at, slipped
from sijill.recognise.spot import Spot

__all__ = ["CITY_ALONE", "behind_city", "numbered_city"]

BEFORE_ORDINAL = ("before_ordinal", "event_verb", "event_before", "event_results")
"""What stands before a round that is called by its city and an ordinal alone."""
NUMBERS = frozenset({"ordinal", "before_digits", "number_name", "in", "round_own"})
"""What a word can be that begins the number behind a city."""
CITY_ALONE = "rule:round-city"
"""Origin of «أستانا 11»: no noun says that it is a round."""
PHRASE_AT_MOST = 4
"""Words of it."""


def numbered_city(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """The city and a number alone: «أستانا 11», «جنيف-2», «أستانا» 7, «جنيف (2)», «أستانا 10 و11», «نور سلطان 14»."""
    cities = passage.where("city")
    if hosts := [index for index in passage.where("host") if _names_talks(passage, index)]:
        cities = sorted({*cities, *hosts})
    for index in cities:
        hit = passage.hit("city", index) or passage.hit("host", index)
        if hit is None or passage.word(hit.end).isalpha() and NUMBERS.isdisjoint(passage.forms[hit.end]):
            continue  # most cities: no number can follow
        at = hit.end + (slipped(passage, hit.end) or _slash(passage, hit.end))
        quoted = passage.word(at) == '"' and index > 0 and passage.word(index - 1) == '"'
        closing = CLOSING.get(passage.word(at + quoted), "")
        bracketed = bool(closing)
        digits = digits_at(passage, at + quoted + bracketed)
        numbers = numbers_at(passage, at + quoted + bracketed)
        if own := None if _where_they_meet(passage, index, hit.end) else _own_number(passage, hit.end):
            numbers = [own]
        elif not numbers or bracketed and passage.word(numbers[0].behind) != closing:
            continue
        if digits is None and own is None and not _named_by_ordinal(passage, index, hit.cut, numbers[-1].behind):
            continue
        if not quoted and (last := _last_of(passage, index, numbers[-1])) is not None:
            numbers = [*numbers, last]
        first, cut = (index - 1, 0) if quoted else (index, hit.cut)
        for number in numbers:
            if number is not numbers[0]:
                first, cut = number.first, number.cut
            yield Spot(
                paragraph,
                first,
                number.behind + bracketed,
                cut,
                "round",
                CITY_ALONE,
                process=hit.value,
                number=number.value,
                score=CERTAIN,
            )


def _last_of(passage: Passage, index: int, first: Number) -> Number | None:
    """«من جنيف 1 إلى 8»: the number of the last of a row."""
    if not (passage.starts("of", index - 1, bare=True) and passage.starts("to", first.behind, bare=True)):
        return None
    numbers = numbers_at(passage, first.behind + 1)
    return numbers[0] if len(numbers) == 1 and numbers[0].value > first.value else None


def _slash(passage: Passage, index: int) -> bool:
    """Whether a slash stands between the city and its number: «جنيف/2», no date («أستانا/28/11»)."""
    return passage.word(index) == "/" and passage.word(index + 1).isdecimal() and passage.word(index + 2) != "/"


def behind_city(passage: Passage, index: int) -> bool:
    """Whether «بجولتها» stands right behind the city whose talks it is of, with which it is one round."""
    at = index - passage.starts("in", index - 1, bare=True)
    if not (passage.starts("round_own", index) and passage.starts("city", at - 1)):
        return False
    return not _where_they_meet(passage, at - 1, at) and _own_number(passage, at) is not None


def _where_they_meet(passage: Passage, index: int, behind: int) -> bool:
    """«يلتقون في أستانا في جولتهم الأولى»: the city at word `index` says where, and the round is theirs."""
    return passage.starts("in", index - 1, bare=True) and passage.starts("in", behind, bare=True)


def _own_number(passage: Passage, index: int) -> Number | None:
    """«أستانا بجولتها الحادية عشرة», «جنيف في نسختها الثامنة»: the number that a pronoun gives to the city."""
    at = index + passage.starts("in", index, bare=True)
    own = passage.hit("round_own", at)
    numbers = [] if own is None or (own.cut == 0) == (at == index) else numbers_at(passage, own.end)
    return numbers[0] if len(numbers) == 1 else None


def _named_by_ordinal(passage: Passage, index: int, cut: int, behind: int) -> bool:
    """Whether the city at word `index` and the words of a number are a round: «جنيف الثالث», «بيان جنيف واحد»."""
    if passage.word(index - 1) == '"' == passage.word(behind):
        return True
    if passage.starts("behind_ordinal", behind):
        return False
    if not cut and passage.starts("number_name", behind - 1, bare=True):  # «استحقاق جنيف ثمانية»
        return True
    if cut and not passage.words[index].startswith("ل"):  # «بين جنيف الأول وجنيف الثاني»
        return passage.words[index].startswith("و") and _ends_at(passage, ("ordinal", "number_name"), index)
    # «لجنيف الثالث»; at the beginning, or behind a sign
    return bool(cut) or not passage.word(index - 1).isalpha() or _ends_at(passage, BEFORE_ORDINAL, index)


def _ends_at(passage: Passage, categories: tuple[str, ...], index: int) -> bool:
    """Whether a phrase of one of these categories stands right before word `index`."""
    return any(
        (hit := passage.hit(category, at)) is not None and hit.end == index
        for category in categories
        for at in passage.between(category, index - PHRASE_AT_MOST, index)
    )


def _names_talks(passage: Passage, index: int) -> bool:
    """Whether another name of the city stands here for its talks: none behind a preposition («في نور سلطان 14»)."""
    there = passage.starts("in", index - 1) or passage.starts("to", index - 1) or passage.starts("locative", index - 1)
    return passage.starts("place", index, bare=True) and not there
