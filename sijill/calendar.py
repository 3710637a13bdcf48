"""The registry's rounds by number, place and day, and when an article stands among them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from sijill.model import EntityId, Record, Registry

__all__ = ["AHEAD", "ANNOUNCED", "ANY_TIME", "JUST_OVER", "Calendar", "Dated", "Period", "Publication"]

BEFORE, AFTER = dt.timedelta(days=21), dt.timedelta(days=7)
"""«اجتماع أستانا» and «الجولة الحالية» mean a round from so long before it starts until so long after it ends."""
JUST_OVER = dt.timedelta(days=3)
"""«جولة جديدة» is the one that ended no longer ago, else the next."""
AHEAD = dt.timedelta(days=120)
"""«الجولة المقبلة» means the next round if it starts within this time."""
ANNOUNCED = dt.timedelta(days=240)
"""A congress is spoken of longer before it than a round of talks."""
WHOLE = len("2018-11-28")
"""Letters of a date that is not cut short."""


class Period(NamedTuple):
    """From the first day to the last."""

    first: dt.date
    last: dt.date


ANY_TIME = Period(dt.date.min, dt.date.max)
"""Where nothing is known."""


class Publication(NamedTuple):
    """When an article was published: the day, or about when, and how that is known."""

    day: dt.date | None
    about: dt.date | None
    why: str = ""
    """Empty where the front matter gives the day."""
    period: Period = ANY_TIME
    """Between which days it was, where `about` is not known."""

    @property
    def bounds(self) -> Period:
        """Between which days it surely was."""
        return self.period if self.about is None else Period(self.about, self.about)


class Dated(NamedTuple):
    """A round of the registry with its days, or with those of one of its sessions."""

    start: dt.date
    end: dt.date
    round: EntityId
    process: EntityId


class Calendar:
    """The registry's rounds, by process, number, place and day."""

    def __init__(self, registry: Registry) -> None:
        self.by_number: dict[tuple[EntityId, int], EntityId] = {}
        self.by_place: dict[tuple[str, int | None], set[EntityId]] = {}
        self.dated: list[Dated] = []
        self.announced: list[Dated] = []
        """Days for which a round was announced and was not held."""
        self.last: Counter[EntityId] = Counter()
        for record in registry.of("round"):
            if record.number is not None:
                self.by_number[record.process, record.number] = record.id
                self.last[record.process] = max(self.last[record.process], record.number)
            for fact in record.facts:
                if fact.prop == "held" and (place := fact.get("place")):
                    self.by_place.setdefault((place, record.number), set()).add(record.id)
                if fact.prop == "announced" and len(day := fact.get("date") or "") == WHOLE:
                    date = dt.date.fromisoformat(day)
                    self.announced.append(Dated(date, date, record.id, record.process))
            self.dated += (Dated(*days, record.id, record.process) for days in _days(record))
        self.dated.sort()
        self._of: defaultdict[EntityId, list[Dated]] = defaultdict(list)
        for row in self.dated:
            self._of[row.process].append(row)
        self._asked: dt.date | None = None
        self._around: dict[EntityId, Dated | None] = {}
        """What `around` answered for that day."""
        self._parts = Counter(row.round for row in self.dated)
        self.row_of = {row.round: row for row in reversed(self.dated)}
        """Each round with its first days."""
        self.number_of = {entity: number for (_, number), entity in self.by_number.items()}

    def told(self) -> tuple[object, ...]:
        """All that it was made of, in plain values and a fixed order."""
        places = sorted((place, number or 0, sorted(held)) for (place, number), held in self.by_place.items())
        return tuple(self.by_number.items()), tuple(places), tuple(self.dated), tuple(self.announced)

    def of(self, process: EntityId) -> Sequence[Dated]:
        """The dated rounds of a process, oldest first."""
        return self._of.get(process, ())

    def on_days(
        self, process: EntityId, place: str, days: Container[tuple[int, int]], period: Period = ANY_TIME
    ) -> set[Dated]:
        """The rounds that began, or were to begin, on one of these days, (month, day), of whatever year of this period:
        of a process, in a place if one is told, or else all that were held in the place. Month 0 is the one in which
        the article was written."""
        held = () if process or not place else self.at(place)
        return {
            row
            for row in (*self.dated, *self.announced)
            if ((row.start.month, row.start.day) in days or (0, row.start.day) in days)
            and (row.process == process and not self._was_elsewhere(row, place) or row.round in held)
            and period.first <= row.end + AHEAD
            and row.start <= period.last
        }

    def _was_elsewhere(self, row: Dated, place: str) -> bool:
        """Whether a round of the city's process was held in another one on these days."""
        return bool(place) and row in self.dated and row.round not in self.at(place)

    def on(self, process: EntityId, first: dt.date, last: dt.date, place: str = "") -> EntityId | None:
        """The round of the process that was held on these days, or on one of them; without a process, the only one."""
        for rows in (self.dated, self.announced):  # what was held comes before what was only announced
            held = [row for row in rows if row.start <= last and first <= row.end]
            if process:
                held = [row for row in held if row.process == process]
            elif place:
                held = [row for row in held if row.round in self.at(place)]
            if held:
                return held[0].round if process or len({row.round for row in held}) == 1 else None
        return None

    def at(self, place: str) -> set[EntityId]:
        """The rounds that were held in a city."""
        return {entity for (slug, _), held in self.by_place.items() if slug == place for entity in held}

    def around(self, process: EntityId, about: dt.date) -> Dated | None:
        """The round that is on, just over or soon to come; of two the nearer one."""
        if self._asked != about:  # every mention of an article asks for the day of the article
            self._asked, self._around = about, {}
        if process not in self._around:
            rows = [row for row in self.of(process) if _is_near(row, about)]
            near = min(rows, key=lambda row: max((row.start - about).days, (about - row.end).days, 0), default=None)
            self._around[process] = near
        return self._around[process]

    def coming(self, process: EntityId, about: dt.date, spoken_of: Iterable[EntityId]) -> EntityId | None:
        """What somebody prepares for about then: the round that is soon to come, else the only one of those spoken of
        that still lies ahead."""
        row = self.around(process, about)
        if row is not None:
            return row.round if about < row.start else None
        ahead = [one for one in spoken_of if one in self.row_of and about < self.row_of[one].start]
        return ahead[0] if len(ahead) == 1 else None

    def by_word(self, when: str, process: EntityId, about: dt.date, main: EntityId) -> Dated | None:
        """The round that «الجولة المقبلة», «السابقة», «الأخيرة» or «الجديدة» means about then. `main`: the one that is
        spoken of most; while that is just over, the one before it is the previous one."""
        rows, around = self.of(process), self.around(process, about)
        if when == "previous":
            over = around if around is not None and around.end < about and around.round == main else None
            return next((row for row in reversed(rows) if row.end < about and row != over), None)
        if when == "last":
            return next((row for row in reversed(rows) if row.end <= about), None)
        if when == "next" or when == "new" and (around is None or about > around.end + JUST_OVER):
            return self.next(process, about)
        return around

    def parts(self, entity: EntityId) -> int:
        """In how many parts a round was held."""
        return self._parts[entity]

    def next(self, process: EntityId, about: dt.date, within: dt.timedelta = AHEAD) -> Dated | None:
        """The next round that starts within some months."""
        return next((row for row in self.of(process) if about < row.start <= about + within), None)

    def within(self, process: EntityId, period: Period) -> EntityId | None:
        """The one round of a process that began in this period, or else was near it; the last of all only if the period
        ends soon behind it, since nothing else would."""
        rows = self.of(process)
        if not rows or period.last > rows[-1].end + ANNOUNCED:
            return None
        began = {row.round for row in rows if period.first <= row.start <= period.last}
        near = {row.round for row in rows if period.first <= row.end + AFTER and row.start - BEFORE <= period.last}
        found = began if len(began) == 1 else near
        return found.pop() if len(found) == 1 else None

    def about_then(self, about: dt.date, place: str) -> EntityId | None:
        """The one round, of whatever process, that is held about then in a city."""
        there = [row.round for row in self.dated if _is_near(row, about) and row.round in self.at(place)]
        return there[0] if len(there) == 1 else None


def _is_near(row: Dated, about: dt.date) -> bool:
    return row.start - BEFORE <= about <= row.end + AFTER


def _days(record: Record) -> Iterator[tuple[dt.date, dt.date]]:
    """The days of the record's first whole date, later ones being other versions of it, and those of its sessions."""
    for fact in record.facts:
        if fact.prop == "held" and (start := fact.get("start")) and len(start) == WHOLE:
            end = fact.get("end") or start
            yield dt.date.fromisoformat(start), dt.date.fromisoformat(end if len(end) == WHOLE else start)
            break
    for start, end in record.sessions:
        yield dt.date.fromisoformat(start), dt.date.fromisoformat(end)
