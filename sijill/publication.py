"""When an article was published, as far as its own words tell: «اليوم الأربعاء 28 تشرين الثاني», a dateline.

The front matter's date wins; where the words speak of another day, that is a warning. Without it the words may give
the day, or at least about when it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sijill.arabic.dates import resolved
from sijill.arabic.lexicon import Passage
from sijill.arabic.written import Written, written_at
from sijill.calendar import ANY_TIME, Calendar, Dated, Period, Publication
from sijill.holding import tie_of, written_days_of
from sijill.period import period_of
from sijill.recognise.spot import Spot

__all__ = ["disagreement", "publication"]

DATELINE_WITHIN = 6
"""Words of the first paragraph among which a dateline's day stands."""
TOLD_BEFORE = 3
"""Words between a day and the word of holding behind it («أمس في ختام محادثات …»)."""
NEAR_ROUND = dt.timedelta(days=45)
"""A day without a year belongs to the year in which it is so near to a round that the article numbers."""
FROM_TEXT = "date-in-text"


class Today(NamedTuple):
    """What a text says of the day on which it was written."""

    weekday: int | None
    written: Written | None
    words: str


def publication(
    passages: tuple[Passage, ...], spots: tuple[Spot, ...], calendar: Calendar, given: dt.date | None
) -> Publication:
    """The day of publication, or about when it was."""
    if given is not None:
        return Publication(given, given)
    stated = tuple(todays(passages))
    for today in stated:
        day = None if today.written is None else _day(today.written, spots, calendar)
        if day is not None and today.weekday in (None, day.isoweekday()):
            return Publication(day, day, FROM_TEXT)
    told = {each for spot in spots for each in _by_round(spot, spots, passages, calendar)}
    days = {day for day, sure in told if sure}
    if len(days) == 1:
        day = days.pop()
        return Publication(day, day, FROM_TEXT)
    period = period_of(passages, spots, calendar)
    day = _then((today for today in stated if today.weekday is not None), spots, calendar, period)
    if day is not None:
        return Publication(day, day, FROM_TEXT)
    about = next(iter(told))[0] if len(told) == 1 else _about(passages, spots, calendar, period)
    if about is None and ANY_TIME.first < period.first and period.last < ANY_TIME.last:
        about = _then((today for today in stated if today.weekday is None), spots, calendar, period)
    return Publication(None, about, period=period)


def _by_round(
    spot: Spot, spots: tuple[Spot, ...], passages: tuple[Passage, ...], calendar: Calendar
) -> Iterator[tuple[dt.date, bool]]:
    """The day on which «تنطلق اليوم الخميس الجولة الثامنة», «أمس في ختام أستانا 8» was written, by the round's day; and
    whether it is sure: a weekday stands there, and fits."""
    row = _row_of(spot, spots, calendar) if spot.kind == "round" and spot.number is not None else None
    passage = passages[spot.paragraph]
    tie = tie_of(spot, passage) if row is not None else None
    if row is None or tie is None or tie.verb.phase not in ("begins", "ends"):
        return
    for first, end in (*tie.windows, (tie.at - TOLD_BEFORE, tie.at)):
        for index in passage.between("relative_day", max(0, first), end):
            counted = passage.hit("relative_day", index, bare=True)
            if counted is not None:
                day = (row.start if tie.verb.phase == "begins" else row.end) - dt.timedelta(days=counted.value)
                weekday = _stated(passage, index, counted.end).weekday
                if weekday in (None, (day + dt.timedelta(days=counted.value)).isoweekday()):
                    yield day, weekday is not None
                return


def _row_of(spot: Spot, spots: tuple[Spot, ...], calendar: Calendar) -> Dated | None:
    """The round that a number names, of the only process that the article speaks of where the words name none."""
    processes = {spot.process} if spot.process else {other.process for other in spots if other.process}
    entity = calendar.by_number.get((processes.pop(), spot.number)) if len(processes) == 1 and spot.number else None
    return calendar.row_of.get(entity) if entity is not None else None


def disagreement(passages: tuple[Passage, ...], given: dt.date) -> tuple[str, dt.date | None] | None:
    """The words that speak of another day than the one given, and that day where they tell it."""
    for today in todays(passages):
        days = None if today.written is None else resolved(today.written, given)
        if days is not None and days.first != given:
            return today.words, days.first
        if days is None and today.weekday not in (None, given.isoweekday()):
            return today.words, None
    return None


def todays(passages: tuple[Passage, ...]) -> Iterator[Today]:
    """Every «اليوم» that says which day it is, and the dateline."""
    if len(passages) > 1 and (dateline := _dateline(passages[1])) is not None:
        yield dateline
    for passage in passages:
        for index, hit in passage.phrases("relative_day").items():
            if hit.cut == 0 and hit.value == 0 and not (index and passage.starts("date.until", index - 1)):
                found = _stated(passage, index, hit.end)
                if found.weekday is not None or found.written is not None:
                    yield found


def _stated(passage: Passage, start: int, at: int) -> Today:
    """The weekday and the date right behind word `at`, each optional."""
    end = at
    signed = at + (passage.word(at) in ("(", "،", ","))
    weekday = passage.hit("weekday", signed, bare=True)
    if weekday is not None:
        end = at = weekday.end
        at += passage.word(at) in (")", "،", ",", "(")
    elif signed > at and written_at(passage, signed) is not None:  # «اليوم (22 مارس)»
        at = signed
    while passage.starts("date.before", at, bare=True):
        at += 1
    written = written_at(passage, at)
    if written is not None and (len(written.numbers) > 1 or written.hijri or not written.month):
        written = None
    if written is not None:
        end = written.end
    first, last = passage.span(start, end)
    return Today(None if weekday is None else weekday.value, written, passage.text.raw[first:last])


def _dateline(passage: Passage) -> Today | None:
    """«دمشق، الأربعاء 28 تشرين الثاني 2018 - » at the head of the first paragraph."""
    for index in range(min(DATELINE_WITHIN, passage.size)):
        if passage.starts("weekday", index, bare=True) or written_at(passage, index) is not None:
            found = _stated(passage, index, index)
            if found.written is None or passage.word(found.written.end) not in (":", "-", "(", "،", ",", "."):
                return None
            return found
        if not (passage.starts("place", index, bare=True) or passage.word(index) in ("،", ",", "-", "/", "(", ")")):
            return None
    return None


def _about(
    passages: tuple[Passage, ...], spots: tuple[Spot, ...], calendar: Calendar, period: Period
) -> dt.date | None:
    """About when an undated article was written: when the only round began, in the city that the words name, on the day
    and month that they give. Where it may as well be a day for which another was only announced, nothing is known."""
    rows = set()
    for spot in spots:
        if spot.kind in ("round", "process") and spot.process and spot.origin != "rule:process":
            if spot.key and _lies_ahead(spot, passages[spot.paragraph]):
                continue  # of a congress the papers write for months before
            days = set(written_days_of(spot, passages[spot.paragraph]))
            rows |= {
                row
                for row in calendar.on_days(spot.process, "", days, period)
                if not spot.place or row.round in calendar.at(spot.place)
            }
    row = rows.pop() if len(rows) == 1 else None
    return None if row is None or row in calendar.announced else row.start


def _lies_ahead(spot: Spot, passage: Passage) -> bool:
    tie = tie_of(spot, passage)
    return tie is not None and tie.verb.time == "ahead"


def _then(stated: Iterable[Today], spots: tuple[Spot, ...], calendar: Calendar, period: Period) -> dt.date | None:
    """«اليوم (22 مارس)», without a year: the only one of the period in which talks of which the article speaks were on
    that day, and it was the weekday that stands there. Without a weekday, and without bounds, it may be any year."""
    processes = {spot.process for spot in spots if spot.kind in ("round", "process")}
    rows = [row for process in processes for row in calendar.of(process)]
    found = set()
    for today in stated:
        for row in rows:
            days = None if today.written is None else resolved(today.written, row.start)
            if (
                days is not None
                and max(row.start, period.first) <= days.first <= min(row.end, period.last)
                and today.weekday in (None, days.first.isoweekday())
            ):
                found.add(days.first)
    return found.pop() if len(found) == 1 else None


def _numbered(spots: tuple[Spot, ...], calendar: Calendar) -> list[Dated]:
    """The dated rounds that an article gives with process and number."""
    numbered = (_row_of(spot, spots, calendar) for spot in spots if spot.number is not None)
    return sorted({row for row in numbered if row is not None})


def _day(written: Written, spots: tuple[Spot, ...], calendar: Calendar) -> dt.date | None:
    """The day that the words name: by their year, or by the only year that has a numbered round of the article near."""
    if written.year is not None:
        days = resolved(written, None)
        return None if days is None else days.first
    fitting = set()
    for row in _numbered(spots, calendar):
        days = resolved(written, row.start)
        if days is not None and row.start - NEAR_ROUND <= days.first <= row.end + NEAR_ROUND:
            fitting.add(days.first)
    return fitting.pop() if len(fitting) == 1 else None
