"""Dates in words. The first time that a page names a month it adds the month's other name: تشرين الثاني (نوفمبر).

Separate because that first time makes dates depend on each other within a page: one `Dates` belongs to one page, whose
parts ask it in the order in which they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ..model import Reading
from ..safe import Html, escape
from ..strings import Strings

__all__ = ["Dates", "plain_dates", "two_days"]


FIRST_NAMES: Mapping[str, str] = {"both": "name", "levantine": "name", "gulf": "other", "maghrebi": "maghrebi"}
"""Which of a month's names the site says first, by the setting `months`."""


class Dates:
    """Writes dates and remembers which months the page has explained."""

    def __init__(self, strings: Strings) -> None:
        self._strings = strings
        self._explained = set() if strings.style.months == "both" else set(range(1, 13))

    def one(self, iso: str) -> Html:
        """`2018-11-28`, `2018-11` or `2018`, in words."""
        month = _month(iso)
        key = ("date", iso, month in self._explained)  # all that it depends on: other pages write it too
        written: Html | None = self._strings.kept.get(key)
        if written is None:
            self._strings.kept[key] = written = self._with_hijri(self._time(iso), iso)
        elif month:
            self._explained.add(month)
        return written

    def of(self, date: dt.date) -> Html:
        return self.one(date.isoformat())

    def published(self, reading: Reading) -> Html:
        """The day of an article; a day that its own words give is said to be so, and none is said too."""
        if reading.date is None:
            return Html(escape(self._strings("source.undated")))
        day = self.of(reading.date)
        return self._fill("source.dated_by_text", date=day) if reading.date_why else day

    def span(self, start: str, end: str = "") -> Html:
        """From one date to another: «28 و29 تشرين الثاني 2018», «من 23 شباط إلى 3 آذار 2017»."""
        if not end or end == start:
            return self.one(start)
        days = _same_month(start, end)
        if days is None:
            return self._from_to(start, end)
        key = "date.two_days" if two_days(start, end) else "date.days"
        first = Html(f'<time datetime="{escape(start)}">{self._strings.figure(days[0])}</time>')
        return self._with_hijri(self._fill(key, first=first, last=self._time(end)), start, end)

    def period(self, start: str, end: str) -> Html:
        """How long something held: one of the two may be empty."""
        if start and end and start != end:
            return self._from_to(start, end)
        if start == end:
            return self.one(start)
        return self._fill("date.since" if start else "date.until", date=self.one(start or end))

    def text(self, iso: str, yearless: bool = False) -> str:
        """The words alone. `yearless`: what follows tells the year."""
        strings = self._strings
        month = _month(iso)
        if not month:
            return iso
        year, _, rest = iso.partition("-")
        day = rest.partition("-")[2]
        name = strings(f"month.{month}.{FIRST_NAMES[strings.style.months]}")
        if month not in self._explained:
            self._explained.add(month)
            name = strings("date.explained", month=name, other=strings(f"month.{month}.other"))
        year = strings.figure(year)
        if not day.isdigit():
            return name if yearless else strings("date.month", month=name, year=year)
        number = strings.figure(int(day))
        if yearless:
            return strings("date.day_of_year", day=number, month=name)
        return strings("date.day", day=number, month=name, year=year)

    def _time(self, iso: str, yearless: bool = False) -> Html:
        return Html(f'<time datetime="{escape(iso)}">{escape(self.text(iso, yearless))}</time>')

    def _from_to(self, start: str, end: str) -> Html:
        first = self._time(start, _same_year(start, end))
        words = self._fill("date.from_to", first=first, last=self._time(end))
        return self._with_hijri(words, start, end)

    def _with_hijri(self, words: Html, start: str, end: str = "") -> Html:
        """The words, followed by the same days in the other calendar where the site prints it."""
        days = [found for iso in (start, end) if (found := self._hijri(iso)) is not None]
        if not days or end and len(days) < 2:
            return words
        text = self._in_hijri(days[-1])
        if len(days) == 2:
            first, last = days
            if first[:2] == last[:2]:
                key = "date.two_days" if last[2] - first[2] == 1 else "date.days"
                text = self._strings(key, first=self._strings.figure(first[2]), last=text)
            else:
                text = self._strings("date.from_to", first=self._in_hijri(first), last=text)
        return self._fill("date.with_hijri", date=words, hijri=escape(text))

    def _hijri(self, iso: str) -> tuple[int, int, int] | None:
        """Of a whole date only: a Gregorian month lies in two or three of the other calendar."""
        if not self._strings.style.hijri or len(iso) != 10:
            return None
        try:
            return self._strings.hijri(dt.date.fromisoformat(iso))
        except ValueError:
            return None

    def _in_hijri(self, date: tuple[int, int, int]) -> str:
        year, month, day = date
        figure = self._strings.figure
        return self._strings("date.hijri", day=figure(day), month=self._strings(f"hijri.{month}"), year=figure(year))

    def _fill(self, key: str, **pieces: Html) -> Html:
        return Html(escape(self._strings(key)).format(**pieces))


def plain_dates(strings: Strings, start: str, end: str = "") -> str:
    """A date or range without markup and explanations, for titles and descriptions."""
    dates = Dates(strings)
    dates._explained.update(range(1, 13))
    if not end or end == start:
        return dates.text(start)
    days = _same_month(start, end)
    if days is None:
        first = dates.text(start, _same_year(start, end))
        return strings("date.from_to", first=first, last=dates.text(end))
    key = "date.two_days" if two_days(start, end) else "date.days"
    return strings(key, first=strings.figure(days[0]), last=dates.text(end))


def _month(iso: str) -> int:
    """The number of the month that a date names; 0 where it names none."""
    month = iso.partition("-")[2].partition("-")[0]
    return int(month) if month.isdigit() and 1 <= int(month) <= 12 else 0


def two_days(start: str, end: str) -> bool:
    """Whether these are two days of one month that follow each other."""
    days = _same_month(start, end)
    return days is not None and days[1] - days[0] == 1


def _same_year(start: str, end: str) -> bool:
    """Whether two dates that name months lie in one year, which then need be said only once."""
    return start[:4] == end[:4] and bool(_month(start) and _month(end))


def _same_month(start: str, end: str) -> tuple[int, int] | None:
    """The two days where two whole dates lie in one month, in order."""
    if len(start) != 10 or len(end) != 10 or start[:7] != end[:7] or not (start[8:] + end[8:]).isdigit():
        return None
    first, last = int(start[8:]), int(end[8:])
    return (first, last) if first < last else None
