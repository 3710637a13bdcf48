"""Which round a phrase means: by its number, its place, its name, or by where the article stands in the registry's
calendar."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from sijill.model import EntityId, Record, Registry
from sijill.recognise.rounds import DATED
from sijill.recognise.spot import Spot

BEFORE, AFTER = dt.timedelta(days=10), dt.timedelta(days=3)
"""«الجولة الجديدة» and «الجولة الحالية» mean a round from so long before it starts until so long after it ends."""
AHEAD = dt.timedelta(days=120)
"""«الجولة المقبلة» means the next round if it starts within this time."""

Answer = tuple[EntityId | None, str]


class Dated(NamedTuple):
    """A round of the registry with its days."""

    start: dt.date
    end: dt.date
    round: EntityId
    process: EntityId


class Calendar:
    """The registry's rounds, by process, number, place and day."""

    def __init__(self, registry: Registry) -> None:
        self.by_number: dict[tuple[EntityId, int], EntityId] = {}
        self.by_place: dict[tuple[str, int], set[EntityId]] = {}
        self.dated: list[Dated] = []
        self.last: Counter[EntityId] = Counter()
        for record in registry.of("round"):
            if record.number is not None:
                self.by_number[record.process, record.number] = record.id
                self.last[record.process] = max(self.last[record.process], record.number)
                for fact in record.facts:
                    if fact.prop == "held" and (place := fact.get("place")):
                        self.by_place.setdefault((place, record.number), set()).add(record.id)
            if (days := _days(record)) is not None:
                self.dated.append(Dated(*days, record.id, record.process))
        self.dated.sort()
        self.process_of = {record.id: record.process for record in registry.of("round")}

    def resolve(self, spots: tuple[Spot, ...], published: dt.date | None) -> dict[Spot, Answer]:
        """An answer for each spot of kind round."""
        rounds = [spot for spot in spots if spot.kind == "round" and spot.origin != DATED]
        named = Counter(spot.process for spot in spots if spot.process)
        ranked = named.most_common(2)
        main = ranked[0][0] if len(ranked) == 1 or len(ranked) == 2 and ranked[0][1] > ranked[1][1] else ""
        answers = {spot: self._numbered(spot, main) for spot in rounds if spot.key or spot.number is not None}
        told = Counter(entity for entity, _ in answers.values() if entity is not None)
        for spot in rounds:
            if spot not in answers:
                answers[spot] = self._unnumbered(spot, spot.process or main, told, published)
        return answers

    def on(self, process: EntityId, day: dt.date) -> EntityId | None:
        """The round of the process that was held on this day."""
        return next((row.round for row in self.dated if row.process == process and row.start <= day <= row.end), None)

    def _numbered(self, spot: Spot, main: EntityId) -> Answer:
        if spot.key:
            return spot.key, "registry-name"
        number = spot.number or 0
        if spot.process:
            return self._known(spot.process, number, "number")
        if spot.place and len(held := self.by_place.get((spot.place, number), set())) == 1:
            return next(iter(held)), "number-and-place"
        return self._known(main, number, "process-of-article") if main else (None, "no-process")

    def _known(self, process: EntityId, number: int, why: str) -> Answer:
        """A number up to one past the last registered round: more is a slip or another process."""
        if number > self.last[process] + 1:
            return None, "no-such-round"
        return self.by_number.get((process, number), f"{process}-{number}"), why

    def _unnumbered(self, spot: Spot, process: EntityId, told: Counter[EntityId], published: dt.date | None) -> Answer:
        """By date first; without a date, the one round of the process that the article numbers."""
        if not process:
            return None, "no-process"
        rounds = [row for row in self.dated if row.process == process]
        if published is not None and rounds:
            around = [row for row in rounds if row.start - BEFORE <= published <= row.end + AFTER]
            ahead = [row for row in rounds if published < row.start <= published + AHEAD]
            behind = [row for row in rounds if row.end < published]
            if spot.when == "previous":
                chosen = behind[-1:]
            elif spot.when == "new":
                chosen = around[:1] or ahead[:1]
            else:
                chosen = around[:1]
            if chosen:
                return chosen[0].round, "round-by-date"
        numbered = [entity for entity in told if self.process_of.get(entity, "") == process]
        if len(numbered) == 1 and spot.when != "previous":
            return numbered[0], "round-of-article"
        return None, "round-unknown"


def _days(record: Record) -> tuple[dt.date, dt.date] | None:
    """The days of the record's first whole date; later facts are other versions."""
    for fact in record.facts:
        if fact.prop == "held" and (start := fact.get("start")) and len(start) == 10:
            end = fact.get("end") or start
            return dt.date.fromisoformat(start), dt.date.fromisoformat(end if len(end) == 10 else start)
    return None
