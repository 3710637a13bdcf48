"""Which round a phrase means by its own words: its number, its place, its name, or days on which a round was held.

Apart from `rounds`, which asks what such answers leave open: this needs no other mention of the article.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import NamedTuple

from sijill.arabic.dates import Days
from sijill.arabic.lexicon import Passage, once
from sijill.arabic.signs import QUOTE
from sijill.arabic.written import MonthOfYear, month_at, month_of_year, written_at
from sijill.calendar import AHEAD, Calendar, Publication
from sijill.holding import days_of, destination, place_of, tie_of, written_days_of
from sijill.model import EntityId, Kind
from sijill.recognise.round_city import CITY_ALONE
from sijill.recognise.round_sides import sides_end
from sijill.recognise.round_topic import topic_end
from sijill.recognise.rounds import IN_PLACE, LOOSE, SHORT_NAME, has_name
from sijill.recognise.spot import Spot
from sijill.recognise.subjects import OWN

__all__ = ["IN_TEXT", "LEANS", "Told", "Worded"]

NAMESAKE = dt.timedelta(days=1500)
"""So long after a named round another may bear its name; then only the name with its city is that round's."""
FORETOLD = dt.timedelta(days=365)
"""So long before a named round its name is that of a plan, or of another meeting."""
YEAR = dt.timedelta(days=365)
LATELY = dt.timedelta(days=60)
"""So long after a congress another may be held in its city."""
LONG_OVER = dt.timedelta(days=365)
"""So long after a round its number alone may be that of another body's."""
CITY_WITHIN = 8
"""Words between a city and a round in it of which only the number is said."""
REFERS_WITHIN = 16
"""Words between a city and «هذه اللقاءات» that were held in it."""
A_ROUND = "rule:round-"
"""How the origins of rounds begin that a noun, a number or «المقبلة» makes."""
CLAUSE_WITHIN = 9
"""Words of a clause behind talks in which a month says when they are."""
MONTHS = 12
SLIPS = dt.timedelta(days=2)
"""So much earlier or later than was said a round may begin."""
SLIP_AT_MOST = 10
"""So far behind the last round a number may be one's slip."""
FEW = 2
"""Talks that go on have a first and a second session too."""
IN_TEXT = "date-in-text"


class Told(NamedTuple):
    """What a spot turned out to be, which one, and why."""

    kind: Kind
    entity: EntityId | None
    why: str


LEANS = Told("process", None, "")
"""Not an answer: the words alone do not tell."""


class Worded:
    """The words of one article, and the calendar that they are held against."""

    def __init__(self, calendar: Calendar, passages: tuple[Passage, ...], published: Publication) -> None:
        self.calendar, self.passages, self.published = calendar, passages, published

    def told(self, spot: Spot, near: EntityId) -> Told | None:
        """What the words of a spot say; `near` is the process that it belongs to if it names none."""
        if spot.key:
            return LEANS if spot.origin == SHORT_NAME else self._named(spot)
        if spot.number is not None:
            return self._numbered(spot, near)
        if spot.origin == "rule:process":
            return Told("process", spot.process, "registry-name")
        if spot.origin == IN_PLACE:
            fitting = self.calendar.by_place.get((spot.place, None), set())
            entity = next(iter(fitting)) if len(fitting) == 1 else None
            return None if entity is None or self._is_of_another_time(spot, entity) else Told("round", entity, "place")
        if (entity := self._by_days(spot, near)) is not None:
            return Told("round", entity, IN_TEXT)
        if spot.process and (entity := self._in_month_ahead(spot)) is not None:
            return Told("round", entity, IN_TEXT)
        if self._may_be_of_a_year(spot) and (told := self.by_year(spot)) is not None:
            return told
        return LEANS

    def _in_month_ahead(self, spot: Spot) -> EntityId | None:
        """«جولة جديدة من مفاوضات جنيف في كانون الثاني المقبل»: the only one that began in such a month; of an article
        without a day, the only one of its time."""
        month, rows = self.month_ahead(spot), self.calendar.of(spot.process)
        if month is None:
            return None
        if self.published.about is not None:
            return next((row.round for row in rows if month.is_that_of(row.start)), None)
        period = self.published.period
        near = [row for row in rows if period.first <= row.start and row.start - YEAR <= period.last]
        found = {row.round for row in near if row.start.month == month.month}
        return found.pop() if len(found) == 1 and near != list(rows) else None

    def month_ahead(self, spot: Spot) -> MonthOfYear | None:
        """The month which the words right behind put the talks in, where they say that it is still to come: «في النصف
        الثاني من كانون الأول المقبل», «التي دعا إليها في يناير القادم», «ستعقد الشهر المقبل»; the year is 0 in an
        article without a day."""
        passage, tie = self.passages[spot.paragraph], tie_of(spot, self.passages[spot.paragraph])
        at = topic_end(passage, spot.behind + (passage.word(spot.behind) == QUOTE))
        if passage.starts("relative", at, bare=True):
            clause = passage.between("month", at, at + CLAUSE_WITHIN)
            at = next((index for index in clause if passage.starts("in", index - 1, bare=True)), at)
        told = self._coming_month(passage, at)
        if told is None and tie is not None and at <= tie.at:
            told = self._coming_month(passage, tie.behind)
        return told

    def _coming_month(self, passage: Passage, index: int) -> MonthOfYear | None:
        """The month still to come that stands at word `index`, behind «في» and a part of it."""
        about, at = self.published.about, index + passage.starts("in", index, bare=True)
        if about is not None and (coming := passage.hit("event_next_month", at, bare=True)) is not None:
            return MonthOfYear(about.year + about.month // MONTHS, about.month % MONTHS + 1, coming.end)
        at = self._part_end(passage, at)
        if (found := month_at(passage, at)) is None:
            return None
        month, behind = found
        told = month_of_year(passage, at)
        if told is not None and about is not None and (about.year, about.month) < (told.year, told.month):
            return told
        if not passage.starts("next", behind, bare=True):
            return None
        year = 0 if about is None else about.year + (month <= about.month)
        return MonthOfYear(year, month, behind + 1)

    def _part_end(self, passage: Passage, index: int) -> int:
        """The word behind «مطلع», «النصف الثاني من» at word `index`, if one stands there."""
        part = passage.hit("event_year_parts", index, bare=True)
        if part is not None:
            return part.end + passage.starts("date.month", part.end, bare=True)  # «بداية شهر آب», «أوائل من آذار»
        if passage.starts("date.part", index, bare=True) and passage.starts("of", index + 2, bare=True):
            return index + 3
        return index

    def _is_of_another_time(self, spot: Spot, entity: EntityId) -> bool:
        """«مؤتمر عقد في سوتشي» that only its city describes, written when the one that the registry knows was long over
        or far ahead."""
        row, bounds = self.calendar.row_of.get(entity), self.published.bounds
        if row is None or has_name(self.passages[spot.paragraph], spot.first, spot.behind):
            return False
        return row.end + LATELY <= bounds.first or bounds.last < row.start - FORETOLD

    def _may_be_of_a_year(self, spot: Spot) -> bool:
        """Whether a year behind the words may tell which round they are: without a process it must be the only one of
        that year («الدخول في جولة أخرى من المفاوضات في 2016»)."""
        if spot.process:
            return spot.when in ("", "previous", "last")
        return spot.when == "new" and bool(self.passages[spot.paragraph].phrases(OWN))

    def by_year(self, spot: Spot) -> Told | None:
        """«مؤتمر جنيف عام 2014»: the only round of its process in that year or month. «بدأت مفاوضات جنيف عام 2012» is
        about the process, and talks that are merely held in the city may be others."""
        passage = self.passages[spot.paragraph]
        closed = passage.word(spot.behind) == QUOTE
        written = self._year_behind(passage, topic_end(passage, spot.behind + closed))
        if written is None or spot.origin == LOOSE:
            return None
        tie = tie_of(spot, passage)
        if tie is not None and tie.verb.phase == "begins" and spot.origin != SHORT_NAME:
            return None
        until = passage.hit("date.range", written.behind, bare=True)  # «من عام 2014 إلى عام 2017»
        if until is not None and month_of_year(passage, until.end) is not None:
            return None
        if passage.starts("between", written.behind, bare=True) and not sides_end(passage, written.behind):
            return None  # «محادثات جنيف عام 2014 بين إيران والدول الست»
        entity = self._only_in(spot.process, written)
        if entity is None and (coming := self._month_behind(passage, written)) is not None:
            entity = self._only_in(spot.process, coming)
        return None if entity is None else Told("round", entity, IN_TEXT)

    def _only_in(self, process: EntityId, when: MonthOfYear) -> EntityId | None:
        """The only round of a process, or of all, in a month or year."""
        months = [dt.date(when.year, month, 1) for month in ([when.month] if when.month else (1, MONTHS))]
        held = {
            row.round
            for row in (self.calendar.of(process) if process else self.calendar.dated)
            if row.start.replace(day=1) <= months[-1] and months[0] <= row.end
        }
        return held.pop() if len(held) == 1 else None

    def _month_behind(self, passage: Passage, past: MonthOfYear) -> MonthOfYear | None:
        """The next month of the name that stands alone, if it is not far ahead: «مؤتمر جنيف في كانون الثاني», in
        November."""
        about, alone = self.published.about, not passage.word(past.behind - 1).isdecimal()
        if about is None or not alone or not past.month or (past.year, past.month) > (about.year, about.month):
            return None
        ahead = MonthOfYear(past.year + 1, past.month, past.behind)
        return ahead if dt.date(ahead.year, ahead.month, 1) <= about + AHEAD else None

    def _year_behind(self, passage: Passage, index: int) -> MonthOfYear | None:
        """«في 30 حزيران 2012», «عام 2014», «مطلع العام الماضي» at word `index`."""
        at = index + passage.starts("in", index, bare=True)
        day = written_at(passage, at)
        if day is not None and day.year is not None and not day.hijri:
            return MonthOfYear(day.year, day.month, day.end)
        at = self._part_end(passage, at)
        now = passage.hit("event_years_of_now", at, bare=True)
        if now is not None and self.published.about is not None:
            past = passage.starts("last", now.end - 1, bare=True)
            return MonthOfYear(self.published.about.year - past, 0, now.end)
        before = passage.hit("event_last_month", at, bare=True)
        if before is not None and (about := self.published.about) is not None:
            last = about.replace(day=1) - dt.timedelta(days=1)
            return MonthOfYear(last.year, last.month, before.end)
        return month_of_year(passage, at) or self._month_before(passage, at)

    def _month_before(self, passage: Passage, index: int) -> MonthOfYear | None:
        """A month alone: the last one of that name before the publication."""
        month, about = passage.hit("month", index, bare=True), self.published.about
        if month is None or about is None or passage.starts_one(("next", "this_month"), month.end, bare=True):
            return None
        return MonthOfYear(about.year - (month.value > about.month), month.value, month.end)

    def _named(self, spot: Spot) -> Told | None:
        """A round by its name, if it is not that of another city or of years apart."""
        row, bounds = self.calendar.row_of.get(spot.key), self.published.bounds
        known = self.calendar.at(spot.place) if spot.place else set()
        if known:  # «اجتماع مونترو»: a place that no round is registered for tells nothing
            return Told("round", spot.key, "registry-name") if spot.key in known else None
        far = row is not None and (bounds.last < row.start - FORETOLD or row.end + NAMESAKE < bounds.first)
        return None if far else Told("round", spot.key, "registry-name")

    def _numbered(self, spot: Spot, near: EntityId) -> Told | None:
        number = spot.number or 0
        if self._refers_elsewhere(spot):
            return None
        there = None if spot.process else self._round_there(spot)
        if there is not None:
            row = self.calendar.row_of.get(there)
            if row is not None and (entity := self._of_session(spot, row.process, number)) is not None:
                return Told("round", entity, "round-by-date")
            return None if self.is_another_body(spot, there) else Told("round", there, "number-and-place")
        process = spot.process or near
        if not process:
            entity = self._now(spot, number)
            return None if entity is None else Told("round", entity, "round-by-date")
        if number > self.calendar.last[process] + 1:  # a slip, another process, or mere talk («جنيف ثلاثين»)
            slip = spot.process and (number <= self.calendar.last[process] + SLIP_AT_MOST or spot.origin != CITY_ALONE)
            return Told("round", None, "no-such-round") if slip else None
        if (entity := self._of_session(spot, process, number)) is not None:
            return Told("round", entity, "round-by-date")
        entity = self.calendar.by_number.get((process, number), f"{process}-{number}")
        if self.is_another_body(spot, entity):
            return None
        if not spot.process and number <= FEW and self.is_long_over(entity) and not self._is_dated(spot, entity):
            return Told("round", None, "round-unknown")  # «خلال الجولة الأولى» of what is on may be its first session
        return Told("round", entity, "number" if spot.process else "process-of-article")

    def _refers_elsewhere(self, spot: Spot) -> bool:
        """«في موسكو … الجولة الثانية من هذه اللقاءات»: meetings of another city, told just before."""
        passage = self.passages[spot.paragraph]
        if spot.process or not passage.any("this", spot.first + 1, spot.behind):
            return False
        before = passage.between("place", max(0, spot.first - REFERS_WITHIN), spot.first)
        return bool(before) and not passage.starts_one(("city", "host", "held_place"), before[-1])

    def _is_dated(self, spot: Spot, entity: EntityId) -> bool:
        """Whether the words give the talks the days, the month or the year of this round."""
        row = self.calendar.row_of.get(entity)
        process = "" if row is None else row.process
        if self._by_days(spot, process) == entity:
            return True
        told = self.by_year(spot.replaced(process=process))
        return told is not None and told.entity == entity

    def _of_session(self, spot: Spot, process: EntityId, number: int) -> EntityId | None:
        """«الجولة الأولى من محادثات جنيف» in the days of a round that was held in parts: the first of them."""
        passage, about = self.passages[spot.paragraph], self.published.about
        head = passage.hit("round_head", spot.first)
        if head is None or head.value.kind != "round" or passage.word(spot.behind - 1).isdigit():
            return None
        if about is None:
            entity = self.calendar.within(process, self.published.period)
        else:
            row = self.calendar.around(process, about)
            entity = None if row is None else row.round
        if entity is None or not 1 < self.calendar.parts(entity) >= number:
            return None
        dated = self._year_behind(passage, topic_end(passage, spot.behind)) is not None
        return None if dated else entity

    def city_spoken_of(self, spot: Spot) -> EntityId:
        """The process whose city alone the paragraph names: «في أستانة، حيث تعقد الجولة التاسعة من المفاوضات»."""
        passage = self.passages[spot.paragraph]
        if not spot.origin.startswith(A_ROUND) or not passage.any("round_head", spot.first + 1, spot.behind):
            return ""
        found = _cities(passage, 0, passage.size)
        return next(iter(found)) if len(found) == 1 else ""

    def is_another_body(self, spot: Spot, entity: EntityId) -> bool:
        """«الجولة السادسة … في جنيف» long after the sixth, in news of a committee that meets there: its own sixth."""
        if not self.is_long_over(entity) or spot.process and not spot.place or self._is_dated(spot, entity):
            return False
        return self._speaks_of_bodies

    @cached_property
    def _speaks_of_bodies(self) -> bool:
        """Of bodies that have rounds of their own."""
        return any(passage.phrases("other_body") for passage in self.passages)

    def is_long_over(self, entity: EntityId) -> bool:
        """Whether the round was over a year or more before the article."""
        row = self.calendar.row_of.get(entity)
        return row is not None and row.end + LONG_OVER <= self.published.bounds.first

    def _now(self, spot: Spot, number: int) -> EntityId | None:
        """The one round of this number that is on about now, of whatever process, or of that whose city is named."""
        about = self.published.about
        rows = [] if about is None else [self.calendar.around(process, about) for process in self.calendar.last]
        near = [row for row in rows if row is not None and self.calendar.number_of.get(row.round) == number]
        if len(near) > 1:  # «لدى وصوله إلى جنيف في بداية الجولة الثامنة», before the eighth of another process
            passage = self.passages[spot.paragraph]
            cities = _cities(passage, max(0, spot.first - CITY_WITHIN), spot.first)
            near = [row for row in near if row.process in cities]
        return near[0].round if len(near) == 1 else None

    def process_there(self, spot: Spot) -> EntityId:
        """The process of the one round of this number in the city where the words put it; empty if there is none."""
        there = self._round_there(spot)
        row = None if there is None else self.calendar.row_of.get(there)
        return "" if row is None else row.process

    def _round_there(self, spot: Spot) -> EntityId | None:
        """The one round of this number in the city where the words put it."""
        held = self.calendar.by_place.get((self.place(spot), spot.number), set())
        return next(iter(held)) if len(held) == 1 else None

    def place(self, spot: Spot) -> str:
        """Where the words put a round that names no process."""
        if spot.place or spot.process:
            return spot.place
        passage = self.passages[spot.paragraph]
        tie = tie_of(spot, passage)
        return (place_of(spot, passage, tie, passage.size) if tie else destination(passage, spot.first))[0]

    def _by_days(self, spot: Spot, near: EntityId) -> EntityId | None:
        """The round that was held on the days which the words give to the talks: of the process that they name, in the
        city that they name, or else of the one that the article speaks of."""
        passage = self.passages[spot.paragraph]
        place = self.place(spot)
        process = spot.process if spot.process or place else near
        if not process and not place:
            return None
        for days in days_of(spot, passage, self.published.day, self.published.about):
            held = self.calendar.on(process, days.first, days.last, place) or self._slipped(process, days, place)
            if held is not None:
                return held
        if self.published.about is None and (days_alone := set(written_days_of(spot, passage))):
            found = {row.round for row in self.calendar.on_days(process, place, days_alone, self.published.period)}
            return found.pop() if len(found) == 1 else None
        return None

    def _slipped(self, process: EntityId, days: Days, place: str) -> EntityId | None:
        """The round that was to begin on a day still to come, and began a day or two before or behind it."""
        about = self.published.about
        if about is None or days.first <= about or not process:
            return None
        near = [row.round for row in self.calendar.of(process) if abs(row.start - days.first) <= SLIPS]
        return near[0] if near and (not place or near[0] in self.calendar.at(place)) else None


@once
def _cities(passage: Passage, first: int, behind: int) -> frozenset[EntityId]:
    """The processes whose cities these words of a paragraph name."""
    places = ((category, index) for category in ("city", "host") for index in passage.between(category, first, behind))
    hits = (passage.hit(category, index) for category, index in places)
    return frozenset(str(hit.value) for hit in hits if hit is not None)
