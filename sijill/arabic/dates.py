"""Dates as news writes them, resolved to days by the date of publication.

A date is given as its first and last day; nothing is guessed that the words and the publication date do not settle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from sijill.arabic.hijri import gregorian
from sijill.arabic.lexicon import Passage
from sijill.arabic.text import language_data
from sijill.arabic.written import DASH, STARTS, Written, date_of, written_at

__all__ = ["Days", "date_phrases", "days_in", "resolved"]

FROM_PUBLICATION, FROM_HIJRI = "date-from-publication", "date-from-hijri"
SLIP = 3
"""A weekday named beside «اليوم» or «أمس» wins over a publication date that is at most so many days off."""
BEGINS = STARTS | {"relative_day", "weekday"}
"""What days can begin with."""
AHEAD, BEHIND = "ahead", "behind"
"""On which side of publication days lie, where the verb beside them tells."""


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
    for table, category in (("month", "month"), ("hijri_month", "hijri_month")):
        for month in data[table]:
            for name in month["names"]:
                yield category, name, month["number"]
    for number, names in data["weekdays"].items():
        for name in names:
            yield "weekday", name, int(number)
    for form, offset in data["relative_days"].items():
        yield "relative_day", form, offset
    for category in ("this_month", "next", "last"):
        for form in data[category]:
            yield category, form, category
    for category, forms in data["links"].items():
        for form in forms:
            yield f"date.{category}", form, category
    for form in data["times"]:
        yield "date.time", form, None
    for form, days in data["durations"].items():
        yield "duration", form, days


def days_in(
    passage: Passage,
    published: dt.date | None,
    first: int = 0,
    end: int | None = None,
    side: str = "",
    about: dt.date | None = None,
) -> list[Days]:
    """The days that words `first` to `end` name, in the order of the text.

    `side` is where the days lie that the words do not place; `about` gives years where the day of publication itself
    is not known.
    """
    found: list[Days] = []
    loose = False
    at, stop = first, passage.size if end is None else end
    while at < stop:
        word = passage.word(at)
        if not word.isdecimal() and word != DASH and BEGINS.isdisjoint(passage.forms[at]):
            at += 1  # most words: no day can begin here
            continue
        written = written_at(passage, at)
        if written is not None and side == BEHIND and not written.side:
            written = written._replace(side="last")
        days = dated = None if written is None else resolved(written, published or about)
        if days is None and published is not None:
            days = _relative(passage, at, published, side)
        if days is None:
            at = at + 1 if written is None else written.end
            continue
        at = days.end
        if found and _ranges(passage, found[-1], days):
            found[-1] = Days(found[-1].first, days.last, found[-1].start, days.end, found[-1].why or days.why)
        elif days.why == FROM_HIJRI and found and days.start - found[-1].end <= 3:
            continue  # the Gregorian date beside it says it without doubt
        elif found and found[-1].why == FROM_HIJRI and days.start - found[-1].end <= 3:
            found[-1] = days
        elif dated is not None and loose and _apposed(passage, found[-1].end, days.start):
            found[-1] = days._replace(start=found[-1].start)
        else:
            found.append(days)
        loose = dated is None
    return found


def _apposed(passage: Passage, first: int, end: int) -> bool:
    """«يومي الأربعاء والخميس 28 و29 تشرين الثاني»: whether the date says which weekdays they are."""
    return all(
        passage.word(at) in ("،", "(") or passage.starts("date.before", at, bare=True) for at in range(first, end)
    )


def _ranges(passage: Passage, one: Days, other: Days) -> bool:
    """«من 30 نيسان إلى 2 أيار», «الثلاثاء والأربعاء»: whether two dates are the ends of one stretch."""
    between = range(one.end, other.start)
    if one.last >= other.first:
        return False
    if len(between) == 1 and passage.starts("date.range", one.end, bare=True):
        return (other.last - one.first).days <= 31
    return not between and passage.word(other.start)[0] == "و" and (other.first - one.last).days == 1


def resolved(written: Written, near: dt.date | None) -> Days | None:
    """The days that a written date means in an article of about the day `near`."""
    start, end = written.start, written.end
    if written.hijri:
        if written.year is None:
            return None
        dates = [gregorian(written.year, written.month, number) for number in written.numbers]
        return Days(dates[0], dates[-1], start, end, FROM_HIJRI)
    if written.year is not None:
        return _span(written, written.year, written.month, "")
    if near is None:
        return None
    if written.month == 0 or written.side == "this_month":
        fits = written.month in (0, near.month)
        return _span(written, near.year, near.month, FROM_PUBLICATION) if fits else None
    year = _nearest_year(written.month, written.numbers[0], near, written.side)
    return _span(written, year, written.month, FROM_PUBLICATION)


def _span(written: Written, year: int, month: int, why: str) -> Days | None:
    dates = [date_of(year, month, number) for number in written.numbers]
    first, last = dates[0], dates[-1]
    return None if first is None or last is None else Days(first, last, written.start, written.end, why)


def _nearest_year(month: int, day: int, near: dt.date, side: str) -> int:
    """The year that puts a day and month nearest to `near`, or on the side that «المقبل» or «الماضي» says."""

    def distance(year: int) -> int:
        date = date_of(year, month, day) or dt.date(year, month, 28)
        days = (date - near).days
        if side == "next" and days < -1 or side == "last" and days > 1:
            return 10_000 + abs(days)
        return abs(days)

    return min((near.year - 1, near.year, near.year + 1), key=distance)


# --- days counted from publication ------------------------------------------------------------------------------------


def _relative(passage: Passage, index: int, published: dt.date, side: str) -> Days | None:
    """«أمس», «أول أمس», «غداً», «يوم غد الخميس», or a weekday."""
    forms = passage.forms[index]
    if "relative_day" in forms:
        hit = passage.hit("relative_day", index)
        if hit is not None:
            return _counted(passage, index, hit.end, hit.value, published)
    return _weekday(passage, index, published, side) if "weekday" in forms else None


def _counted(passage: Passage, index: int, behind: int, offset: int, published: dt.date) -> Days | None:
    # «اليوم الأول» is the first day of something, and «حتى اليوم» is no date.
    ordinal = passage.hit("ordinal", behind)
    if offset == 0 and (
        (ordinal is not None and written_at(passage, behind) is None)
        or (index > 0 and passage.starts("date.until", index - 1, bare=True))
    ):
        return None
    day = published + dt.timedelta(days=offset)
    if passage.word(behind) in ("(", "،"):
        behind += passage.starts("weekday", behind + 1, bare=True)
    weekday = passage.hit("weekday", behind, bare=True)
    if weekday is not None:
        # Published a day late: the weekday says which day «اليوم» was.
        off = (day.isoweekday() - weekday.value) % 7
        off = off if off <= SLIP else off - 7
        if abs(off) > SLIP or offset <= 0 and off < 0:
            return None
        day, behind = day - dt.timedelta(days=off), weekday.end + (passage.word(weekday.end) == ")")
    return Days(day, day, index, behind, FROM_PUBLICATION)


def _weekday(passage: Passage, index: int, published: dt.date, side: str) -> Days | None:
    """A weekday with «المقبل» or «الماضي», that of publication, or one on the side that the verb tells."""
    hit = passage.hit("weekday", index)
    if hit is None:
        return None
    at = hit.end
    while passage.starts("date.time", at, bare=True):
        at += 1
    ahead = (hit.value - published.isoweekday()) % 7
    if passage.starts("next", at):
        days, at = ahead or 7, at + 1
    elif passage.starts("last", at):
        days, at = ahead - 7, at + 1
    elif ahead == 0:
        days = 0
    elif side == AHEAD:
        days = ahead
    elif side == BEHIND:
        days = ahead - 7
    else:
        return None
    day = published + dt.timedelta(days=days)
    return Days(day, day, index, at, FROM_PUBLICATION)
