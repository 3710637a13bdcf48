"""The words of a calendar date: numbers of days, a month in one or two calendars' words, a year. What they mean on a
day of publication is told in `dates.py`."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at

__all__ = ["DASH", "STARTS", "MonthOfYear", "Written", "date_of", "month_at", "month_of_year", "written_at"]

YEARS = range(1900, 2100)
STARTS = frozenset({"ordinal", "before_digits"})
"""What a day's number can begin with that is no digit."""
DASH = "-"
DOUBLING = frozenset({"/", "(", "-", "،"})
"""Signs between a month and its name in another calendar's words."""


class Written(NamedTuple):
    """A calendar date as its words give it."""

    numbers: tuple[int, ...]
    """Numbers of days, rising."""
    month: int
    """0 where the words say «الجاري» alone."""
    year: int | None
    side: str
    """this_month, next or last, where the words say so."""
    start: int
    end: int
    hijri: bool = False


def written_at(passage: Passage, index: int) -> Written | None:
    """The calendar date whose day number stands at word `index`."""
    word = passage.word(index)
    if not word or not word.isdecimal() and word != DASH and STARTS.isdisjoint(passage.forms[index]):
        return None
    return _numeric(passage, index) or _worded(passage, index)


class MonthOfYear(NamedTuple):
    """A year, and its month where the words give one."""

    year: int
    month: int
    """0 where they give none."""
    behind: int

    def is_that_of(self, day: dt.date) -> bool:
        return (day.year, day.month) == (self.year, self.month)


def month_of_year(passage: Passage, index: int) -> MonthOfYear | None:
    """«عام 2014», «2014», «كانون الثاني/يناير 2014», «مارس من عام 2016» at word `index`."""
    month, at = month_at(passage, index) or (0, index)
    year, behind = _year(passage, at)
    return None if year is None or year not in YEARS else MonthOfYear(year, month, behind)


def month_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """The month at word `index`, in the words of one or two calendars, and the word behind it: «كانون الثاني/يناير»,
    «نيسان (أبريل)»."""
    month = passage.hit("month", index, bare=True)
    if month is None:
        return None
    signed = passage.word(month.end) in DOUBLING
    double = passage.hit("month", month.end + signed, bare=True)
    if double is None or double.value != month.value:
        return month.value, month.end
    return month.value, double.end + (passage.word(double.end) == ")")


def date_of(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _numeric(passage: Passage, index: int) -> Written | None:
    """«28/11/2018», «29-30/1/2018», «28-11-2018», «2018-11-28»."""
    parts: list[int] = []
    signs: list[str] = []
    at = index
    while passage.word(at).isdecimal() and len(passage.word(at)) <= 4 and len(parts) < 4:
        parts.append(int(passage.word(at)))
        at += 1
        if passage.word(at) not in ("/", "-", "."):
            break
        signs.append(passage.word(at))
        at += 1
    signs = signs[: max(0, len(parts) - 1)]
    if len(parts) == 3 and len(set(signs)) == 1:
        year, month, day = parts if parts[0] in YEARS else reversed(parts)
        days: tuple[int, ...] = (day,)
    elif len(parts) == 4 and signs[0] == "-" and signs[1] == signs[2]:
        days, month, year = (parts[0], parts[1]), parts[2], parts[3]
    else:
        return None
    if year not in YEARS or date_of(year, month, days[0]) is None or days[0] > days[-1]:
        return None
    end = index + 2 * len(parts) - 1
    return Written(days, month, year, "", index, end)


def _worded(passage: Passage, index: int) -> Written | None:
    """Day numbers, «من», a month in one or two calendars' words, then a year or «الجاري»."""
    found = _numbers(passage, index)
    before = passage.hit("month", index - 1)
    if found is None or before is not None and before.end > index:  # «كانون الثاني/يناير»: the month's own word
        return None
    if passage.starts("date.part", index - 1):  # «في النصف الثاني من يناير»
        return None
    numbers, at = found
    joined = at
    while passage.word(at) == "/" or passage.starts("date.month", at, bare=True):
        at += 1
    hijri = passage.hit("hijri_month", at, bare=True)
    if hijri is not None:
        return _hijri(passage, numbers, index, hijri.value, hijri.end)
    named = month_at(passage, at)
    if named is None:
        this = passage.hit("this_month", at, bare=True)
        if this is None or at > joined + 1 and not passage.starts("of", joined, bare=True):
            return None
        return Written(tuple(numbers), 0, None, "this_month", index, this.end)
    month, at = named
    year, behind = _year(passage, at)
    if year is not None:
        return Written(tuple(numbers), month, year, "", index, behind)
    side = next((name for name in ("this_month", "next", "last") if passage.starts(name, at, bare=True)), "")
    return Written(tuple(numbers), month, None, side, index, at + bool(side))


def _year(passage: Passage, at: int) -> tuple[int | None, int]:
    """The year at word `at`, and the word behind it: «2018», «من عام 2018», «سنة 2018م»."""
    while passage.starts("date.year", at, bare=True) and not passage.word(at).isdecimal():
        at += 1
    word = passage.word(at)
    if not word.isdecimal() or len(word) != 4:
        return None, at
    return int(word), at + 1 + (passage.word(at + 1) == "م")


def _hijri(passage: Passage, numbers: list[int], start: int, month: int, at: int) -> Written | None:
    year, behind = _year(passage, at)
    if year is not None and not 1300 <= year <= 1500:
        year = None
    if numbers[-1] > 30:
        return None
    behind += passage.starts("date.hijri", behind, bare=True)
    return Written(tuple(numbers), month, year, "", start, behind, hijri=True)


def _number(passage: Passage, index: int) -> tuple[int, int] | None:
    """A day's number in digits or as an ordinal («الرابع والعشرين»): (number, word behind it)."""
    hit = passage.hit("ordinal", index)
    found = digits_at(passage, index) if hit is None else (hit.value, hit.end)
    return found if found is not None and 1 <= found[0] <= 31 else None


def _numbers(passage: Passage, index: int) -> tuple[list[int], int] | None:
    """Day numbers at word `index`: «28», «الـ28 والـ29», «28 و29», «28-29», «السابع والثامن»."""
    found = _number(passage, index)
    if found is None:
        return None
    numbers, at = [found[0]], found[1]
    while True:
        step = at
        if passage.word(step) in ("و", "وال", "-") or passage.starts("date.range", step, bare=True):
            more = digits_at(passage, step + 1) or _number(passage, step + 1)
        elif passage.word(step).startswith("و"):
            more = _number(passage, step)
        else:
            more = None
        if more is None or not numbers[-1] < more[0] <= 31:
            return numbers, at
        numbers.append(more[0])
        at = more[1]
