"""Dates as news writes them, resolved to days by the date of publication.

A date is given as its first and last day; nothing is guessed that the words and the publication date do not settle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.text import language_data

YEAR_WORDS = frozenset({"عام", "سنه", "العام", "السنه", "من"})


class Days(NamedTuple):
    """One or more days in a text: `first` to `last`, the words they stand in, and how they were worked out."""

    first: dt.date
    last: dt.date
    start: int
    end: int
    """Words `start` to `end`, not included."""
    why: str
    """Empty where the words give day, month and year."""


def date_phrases() -> Iterator[tuple[str, str, Any]]:
    """(category, form, value) for the lexicon."""
    data = language_data("dates")
    for month in data["month"]:
        for name in month["names"]:
            yield "month", name, month["number"]
    for number, names in data["weekdays"].items():
        for name in names:
            yield "weekday", name, int(number)
    for form, offset in data["relative_days"].items():
        yield "relative_day", form, offset
    for category in ("this_month", "next", "last"):
        for form in data[category]:
            yield category, form, category


def _days(passage: Passage, index: int) -> tuple[list[int], int] | None:
    """Day numbers at word `index`: «28», «الـ28 والـ29», «28 و29», «28-29»: (days, word behind them)."""
    found = digits_at(passage, index)
    if found is None or not 1 <= found[0] <= 31:
        return None
    numbers, at = [found[0]], found[1]
    while True:
        step = at
        if passage.word(step) in ("و", "وال", "-", "حتي", "الي"):
            step += 1
            more = digits_at(passage, step)
        else:
            more = None
        if more is None or not numbers[-1] < more[0] <= 31:
            return numbers, at
        numbers.append(more[0])
        at = more[1]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _nearest_year(month: int, day: int, published: dt.date, tense: str | None) -> int:
    """The year that puts a day and month nearest to publication, or on the side that «المقبل» or «الماضي» says."""

    def distance(year: int) -> int:
        date = _date(year, month, day) or dt.date(year, month, 28)
        days = (date - published).days
        if tense == "next" and days < -1 or tense == "last" and days > 1:
            return 10_000 + abs(days)
        return abs(days)

    return min((published.year - 1, published.year, published.year + 1), key=distance)


def _calendar(passage: Passage, index: int, published: dt.date | None) -> Days | None:
    """Day numbers, «من», a month in one or two calendars' words, then a year or «الجاري»."""
    found = _days(passage, index)
    if found is None:
        return None
    numbers, at = found
    if passage.word(at) in ("من", "/", "شهر"):
        at += 1
    month = passage.hit("month", at, bare=True)
    if month is None:
        if passage.word(at - 1) == "من" or passage.starts("this_month", at):
            this = passage.hit("this_month", at)
            if this is not None and published is not None:
                return _span(
                    [(published.year, published.month, n) for n in numbers], index, this.end, "date-from-publication"
                )
        return None
    at = month.end
    if passage.word(at) in ("/", "(", "-"):
        double = passage.hit("month", at + 1, bare=True)
        if double is not None and double.value == month.value:
            at = double.end + (passage.word(double.end) == ")")
    else:
        double = passage.hit("month", at, bare=True)
        if double is not None and double.value == month.value:
            at = double.end
    if passage.word(at) in YEAR_WORDS and passage.word(at + 1).isdecimal():
        at += 1
    year = passage.word(at)
    if year.isdecimal() and len(year) == 4:
        return _span([(int(year), month.value, n) for n in numbers], index, at + 1, "")
    if published is None:
        return None
    tense = next((name for name in ("this_month", "next", "last") if passage.starts(name, at)), None)
    if tense == "this_month":
        return (
            _span([(published.year, published.month, n) for n in numbers], index, at + 1, "date-from-publication")
            if month.value == published.month
            else None
        )
    chosen = _nearest_year(month.value, numbers[0], published, tense)
    return _span([(chosen, month.value, n) for n in numbers], index, at + (tense is not None), "date-from-publication")


def _span(days: list[tuple[int, int, int]], start: int, end: int, why: str) -> Days | None:
    dates = [date for date in (_date(*day) for day in days) if date is not None]
    return Days(dates[0], dates[-1], start, end, why) if len(dates) == len(days) else None


def days_in(passage: Passage, published: dt.date | None, first: int = 0, end: int | None = None) -> list[Days]:
    """The days that words `first` to `end` name, in the order of the text."""
    found: list[Days] = []
    at, stop = first, len(passage) if end is None else end
    while at < stop:
        days = _calendar(passage, at, published)
        if days is None and published is not None:
            days = _relative(passage, at, published)
        if days is None:
            at += 1
        else:
            found.append(days)
            at = days.end
    return found


def _relative(passage: Passage, index: int, published: dt.date) -> Days | None:
    """«أمس», «أول أمس», «غداً», «يوم غد الخميس», and a weekday on the side of publication that its adjective says."""
    forms = passage.forms[index]
    if "relative_day" in forms:
        hit = passage.hit("relative_day", index)
        if hit is not None:
            # «اليوم الأول» is the first day of something, not today.
            if hit.value == 0 and (passage.starts("ordinal", hit.end) or (index and passage.word(index - 1) == "حتي")):
                return None
            day = published + dt.timedelta(days=hit.value)
            weekday = passage.hit("weekday", hit.end)
            end = weekday.end if weekday is not None and weekday.value == day.isoweekday() else hit.end
            return Days(day, day, index, end, "date-from-publication")
    if "weekday" in forms:
        hit = passage.hit("weekday", index)
        if hit is not None:
            ahead = (hit.value - published.isoweekday()) % 7
            if passage.starts("next", hit.end):
                day = published + dt.timedelta(days=ahead or 7)
            elif passage.starts("last", hit.end):
                day = published + dt.timedelta(days=(ahead or 7) - 7)
            elif ahead == 0:
                day = published
            else:
                return None
            return Days(day, day, index, hit.end + (day != published), "date-from-publication")
    return None
