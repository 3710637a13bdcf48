"""The rounds of which an article has spoken so far, and what they tell of one that its words leave open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sijill.calendar import Calendar, Publication
from sijill.model import EntityId
from sijill.recognise.spot import Spot
from sijill.worded import IN_TEXT, Told

__all__ = ["Spoken"]


class Spoken:
    """What an article has told of rounds, by process, and which of them is the one at hand."""

    def __init__(self, calendar: Calendar, published: Publication, is_long_over: Callable[[EntityId], bool]) -> None:
        self._calendar, self._published, self._is_long_over = calendar, published, is_long_over
        self.by_words: set[EntityId] = set()
        """The rounds of which the article speaks as «محادثات جنيف», as the words around say."""
        self.rounds: dict[EntityId, Counter[EntityId]] = {}
        """The rounds told so far, by process."""
        self.in_text: set[EntityId] = set()
        """The rounds among them that the words date."""
        self.congresses: dict[EntityId, set[EntityId]] = {}
        """The rounds that the article numbers as congresses, by process: «مؤتمر جنيف 2»."""
        self.over: set[EntityId] = set()
        """The numbered rounds that have begun or ended, as the words say."""
        self.last: tuple[int, EntityId, int] | None = None
        """The paragraph of the round told last before the spot at hand, which one it is, and the word behind it."""

    def note(self, answer: Told | None) -> None:
        """Remember a round that was told."""
        if answer is not None and answer.kind == "round" and answer.entity is not None:
            self.rounds.setdefault(self.process_of(answer.entity), Counter())[answer.entity] += 1
            if answer.why == IN_TEXT:
                self.in_text.add(answer.entity)

    def on(self, process: EntityId) -> EntityId | None:
        """The round that is on about now, if the article speaks of it; without a day, the one that its words say has
        begun or ended."""
        about = self._published.about
        if (begun := self.begun(process)) is not None:
            return begun
        now = None if about is None else self._calendar.around(process, about)
        return now.round if now is not None and now.round in self.rounds.get(process, ()) else None

    def begun(self, process: EntityId) -> EntityId | None:
        """The one round that has begun or ended, as the words of an article without a day say."""
        over = [entity for entity in self.over if self.process_of(entity) == process]
        return over[0] if len(over) == 1 and self._published.day is None else None

    def to_come(self, process: EntityId, place: str) -> EntityId | None:
        """The next round, if it is held in the city that the words name, or where they name none, if it is the only one
        that the article speaks of."""
        about = self._published.about
        row = None if about is None else self._calendar.next(process, about)
        if row is None or not (row.round in self._calendar.at(place) if place else row.round == self.only(process)):
            return None
        return row.round

    def headline(self, process: EntityId) -> EntityId | None:
        """The round that the article under a title is about: none, if one is over and its words date another behind."""
        if self._published.about is None:
            return self.only(process)
        begun, number = self.begun(process), self._calendar.number_of
        if begun is None:
            return self.on(process)
        dated = (entity for entity in self.in_text if self.process_of(entity) == process)
        return None if any(number.get(entity, 0) > number.get(begun, 0) for entity in dated) else begun

    def antecedent(self, spot: Spot) -> EntityId | None:
        """The round told last before the spot, in its paragraph or the one before."""
        if self.last is None or self.last[0] < spot.paragraph - 1:
            return None
        entity = self.last[1]
        return entity if spot.process in ("", self.process_of(entity)) else None

    def only(self, process: EntityId) -> EntityId | None:
        """The one round of a process that the article names, or the one of them that it dates; where nothing tells its
        day, none that was long over."""
        undated = self._published.about is None
        rounds = [entity for entity in self.rounds.get(process, ()) if not (undated and self._is_long_over(entity))]
        if len(rounds) > 1:
            rounds = [entity for entity in rounds if entity in self.in_text or undated and entity == self.on(process)]
        return rounds[0] if len(rounds) == 1 else None

    def event(self, process: EntityId) -> EntityId | None:
        """The one round of a process of which the article speaks as «محادثات جنيف» that begin, go on or end."""
        told = [entity for entity in self.by_words if self.process_of(entity) == process]
        return told[0] if len(told) == 1 else None

    def alone(self, process: EntityId) -> Told | None:
        """The one round of a process that the article names, or of the time in which it was written."""
        if (only := self.only(process)) is not None:
            return Told("round", only, "round-of-article")
        within = self._calendar.within(process, self._published.period) if self._published.about is None else None
        return None if within is None else Told("round", within, "round-by-period")

    def latest(self, process: EntityId) -> EntityId | None:
        """The last of several rounds of a process that the article names, if its words date only others."""
        told = [entity for entity in self.rounds.get(process, ()) if entity in self._calendar.number_of]
        last = max(told, key=lambda entity: self._calendar.number_of[entity], default=None)
        return last if len(told) > 1 and self.in_text and last not in self.in_text else None

    def most_told(self, process: EntityId) -> EntityId:
        """The round of a process that the article names most."""
        told = self.rounds.get(process, Counter[EntityId]()).most_common(1)
        return told[0][0] if told else ""

    def is_over(self, when: str, entity: EntityId) -> bool:
        """Whether a round has begun already and so is not «الجولة المقبلة»."""
        return when == "next" and self._has_begun(entity)

    def beside(self, when: str, process: EntityId) -> EntityId | None:
        """The round before or behind the one that the article names alone, or that is on, once it has begun."""
        about = self._published.about
        around = None if about is None else self._calendar.around(process, about)
        known = self.only(process) or (around.round if around is not None else self._only_begun(process))
        number, row = self._calendar.number_of.get(known), self._calendar.row_of.get(known)
        if number is None or row is None or about is None or about < row.start:
            return None
        return self._calendar.by_number.get((process, number + (1 if when == "next" else -1)))

    def _only_begun(self, process: EntityId) -> EntityId:
        """The one round of those spoken of that has begun; empty if there is none, or several."""
        begun = [entity for entity in self.rounds.get(process, ()) if self._has_begun(entity)]
        return begun[0] if len(begun) == 1 else ""

    def _has_begun(self, entity: EntityId) -> bool:
        row, about = self._calendar.row_of.get(entity), self._published.about
        return row is not None and about is not None and row.start <= about

    def process_of(self, entity: EntityId) -> EntityId:
        """The process of a round, also of one that no record has."""
        row = self._calendar.row_of.get(entity)
        return row.process if row is not None else entity.rpartition("-")[0]
