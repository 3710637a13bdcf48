"""Which round a phrase means that its own words do not tell: by the article's other rounds, or by where the article
stands in the registry's calendar. Talks that begin or end are one round; others are the process."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from operator import attrgetter

from sijill.arabic.lexicon import Passage
from sijill.arabic.signs import STOPS
from sijill.arabic.text import language_data
from sijill.calendar import AHEAD, ANNOUNCED, JUST_OVER, Calendar, Dated, Publication
from sijill.cue import Cue, cue_of, is_another
from sijill.holding import days_of, place_of, tie_of
from sijill.model import EntityId
from sijill.recognise.rounds import (
    CONGRESS,
    LOOSE,
    MEETING,
    MEETING_THERE,
    SHORT_NAME,
    TALKS,
    TALKS_THERE,
    THIS_ONE,
    UNNAMED,
)
from sijill.recognise.spot import Spot
from sijill.recognise.subjects import OWN
from sijill.spoken import Spoken
from sijill.worded import LEANS, Told, Worded

__all__ = ["rounds_of"]

_paragraph = attrgetter("paragraph")
UNKNOWN = "round-unknown"
SOON = dt.timedelta(days=35)
YESTERDAY = dt.timedelta(days=1)
OVER = {("ends", "behind"), ("postponed", "both")}
"""Phase and time of the words of holding that say that talks have ended or were stopped."""
MEDIATED_AT_MOST = 20
"""Mediators named before a spot in its paragraph who are looked at."""
TALKS_WITHIN = 4
"""Words between talks and by whose mediation they are."""
SENTENCE_AT_MOST = 40
"""Words between a round and «هذه الجولة», in one sentence."""
CITY_WITHIN = 12
"""Words between two who meet and the city where they do."""
SOON_WITHIN = 12
"""Words between talks and «هذا الشهر»."""


@cache
def _sides() -> frozenset[EntityId]:
    return frozenset(language_data("rounds")["sides"]["parties"])


def _main(naming: list[Spot]) -> EntityId:
    """The process that most words name; of two named as often the one that a number comes with first."""
    ranked = Counter(spot.process for spot in naming).most_common(2)
    if not ranked or len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return next((spot.process for spot in naming if spot.number is not None), "")
    return ranked[0][0]


def rounds_of(
    calendar: Calendar, spots: tuple[Spot, ...], passages: tuple[Passage, ...], published: Publication
) -> dict[Spot, Told | None]:
    """For each spot of kind round or process what it is; None for words that turn out to be nothing."""
    return _Article(calendar, spots, passages, published).told()


class _Article:
    """One article's rounds while they are being told: strong mentions first, then those that lean on them."""

    def __init__(
        self, calendar: Calendar, spots: tuple[Spot, ...], passages: tuple[Passage, ...], published: Publication
    ) -> None:
        self.calendar, self.passages, self.published = calendar, passages, published
        self.words = Worded(calendar, passages, published)
        self.spoken = Spoken(calendar, published, self.words.is_long_over)
        self.everything = spots
        self.spots = [spot for spot in spots if spot.kind in ("round", "process")]
        naming = [spot for spot in self.spots if spot.process and not spot.key and spot.origin != LOOSE]
        self.main = _main(naming)
        self.sided = any(spot.kind == "delegation" and spot.key in _sides() for spot in spots)
        """Whether a delegation of those whom the talks are between is named."""
        self.delegations = {(spot.paragraph, spot.behind) for spot in spots if spot.kind == "delegation"}
        """Where each delegation's words end."""
        self._others: dict[int, int] = {}
        """By paragraph: where the first congress begins that is none of ours."""
        self.near: dict[Spot, EntityId] = {}
        """The process that a spot without one belongs to: the one named last in its paragraph, else the main one, else
        that of the city which the paragraph names."""
        last: Spot | None = None
        for spot in self.spots:
            here = last is not None and last.paragraph == spot.paragraph
            named = last.process if last is not None and here else self._mediated(spot) or self.main
            self.near[spot] = named or self.words.city_spoken_of(spot)
            process = self.words.process_there(spot) if not spot.process and spot.number is not None else ""
            if process:
                last = spot.replaced(process=process)  # «اختتمت في أستانة جولة ثامنة … موعد الجولة التاسعة»
            elif spot.process and not spot.key:
                last = spot

    def _mediated(self, spot: Spot) -> EntityId:
        """The process by whose mediator the paragraph has spoken of talks: «بوساطة أممية … وانتهت الجولة الأخيرة»."""
        if spot.process:
            return spot.process
        passage = self.passages[spot.paragraph]
        behind = passage.hit("mediated", spot.behind)
        if behind is not None:
            return str(behind.value)
        places = reversed(passage.between("mediated", 0, spot.first)[-MEDIATED_AT_MOST:])
        for hit, at in ((passage.hit("mediated", index), index) for index in places):
            if hit is not None and hit.end <= spot.first and passage.between("round_head", at - TALKS_WITHIN, at):
                return str(hit.value)
        return ""

    def told(self) -> dict[Spot, Told | None]:
        """Every spot with what it is."""
        words = self.words
        strong = {spot: answer for spot in self.spots if (answer := words.told(spot, self.near[spot])) is not LEANS}
        for spot, answer in strong.items():
            if answer is None and spot.number is not None and (again := self._numbered_before(spot)) is not None:
                answer = strong[spot] = Told("round", again, "round-of-article")
            self.spoken.note(answer)
            if answer is not None and spot.number is not None and self._is_behind(spot):
                self.spoken.over.add(answer.entity or "")
            if answer is not None and spot.origin == TALKS:
                self.spoken.by_words.add(answer.entity or "")
            if answer is not None and answer.entity is not None and self._is_congress(spot):
                self.spoken.congresses.setdefault(spot.process, set()).add(answer.entity)
        answers: dict[Spot, Told | None] = {}
        for spot in self.spots:
            if spot in strong:
                answer = strong[spot]
            else:
                answer = self._talks(spot) if spot.origin in (TALKS, CONGRESS, LOOSE) else self._unnumbered(spot)
                self.spoken.note(answer)
            answers[spot] = answer
            if answer is not None and answer.kind == "round" and answer.entity is not None:
                self.spoken.last = spot.paragraph, answer.entity, spot.behind
        return answers

    def _numbered_before(self, spot: Spot) -> EntityId | None:
        """«الجولة الثامنة» of an article that has told by another word which one it means."""
        if spot.process or spot.place:
            return None
        told = {entity for rounds in self.spoken.rounds.values() for entity in rounds}
        same = [entity for entity in told if self.calendar.number_of.get(entity) == spot.number]
        return same[0] if len(same) == 1 else None

    def _is_behind(self, spot: Spot) -> bool:
        """Whether the words say that a round has begun or ended; only an article without a day needs them for that."""
        tie = None if self.published.day is not None else tie_of(spot, self.passages[spot.paragraph])
        return tie is not None and (tie.verb.phase == "ends" or tie.verb.time == "behind")

    def _is_congress(self, spot: Spot) -> bool:
        head = self.passages[spot.paragraph].hit("round_head", spot.first)
        return spot.number is not None and head is not None and head.value.kind == "congress"

    def _talks(self, spot: Spot) -> Told | None:
        """«محادثات أستانا»: a round where the words make it an event and the calendar has one, else the process."""
        cue = cue_of(spot, self.passages[spot.paragraph], self.delegations)
        first = next(iter(self.calendar.of(spot.process)), None)
        about = self.published.about
        process = None if spot.origin == LOOSE else Told("process", spot.process, "registry-name")
        if cue in (Cue.BETWEEN, Cue.OWNED):
            return process
        if cue is Cue.EVENT and is_another(spot, self.passages) and tie_of(spot, self.passages[spot.paragraph]) is None:
            return None  # «خلال لقاء في جنيف»: of whomever
        bounds = self.published.bounds
        if first is not None and first.start - AHEAD <= bounds.first and bounds.last <= first.end + JUST_OVER:
            return Told("round", first.round, "first-round")
        if spot.origin == CONGRESS and (only := self._only_yet(spot.process)) is not None:
            return Told("round", only, "first-round")
        if spot.origin == CONGRESS and first is not None and self._is_known_for(spot, about):
            return Told("round", first.round, "first-round")
        named = sorted(self.spoken.congresses.get(spot.process, ()))
        if about is None and cue is Cue.PREPARED and (latest := self.spoken.latest(spot.process)) is not None:
            return Told("round", latest, "round-of-article")
        if spot.origin == CONGRESS and len(named) == 1:
            return Told("round", named[0], "round-of-article")
        if (
            cue in (Cue.NONE, Cue.IN)
            and spot.paragraph == 0
            and (entity := self.spoken.headline(spot.process)) is not None
        ):
            return Told("round", entity, "round-of-article")
        if cue is Cue.NONE and spot.origin == TALKS and spot.place and (now := self._on(spot.process)) is not None:
            return Told("round", now, "round-by-date")  # «محادثات السلام في جنيف», while they are held there
        if cue is Cue.NONE:
            return process if spot.origin != CONGRESS or about is None else self._congress(spot, about)
        if cue in (Cue.PREPARED, Cue.SENT, Cue.IN) and about is not None:
            entity = self._perhaps(spot, cue, about)
            return process if entity is None else Told("round", entity, "round-by-date")
        if cue in (Cue.PREPARED, Cue.SENT, Cue.IN):  # without a day, the one round that is named may be long over
            entity = None if cue is Cue.PREPARED else self.spoken.event(spot.process)
            return process if entity is None else Told("round", entity, "round-of-article")
        if about is not None:
            row = self.calendar.around(spot.process, about)
            if cue is Cue.AHEAD and (row is None or row.start < about and self._is_next(spot, row, about)):
                row = self.calendar.next(spot.process, about)
            if row is not None and cue is Cue.AHEAD and self._is_on_another_day(spot, row, about):
                row = None
            if row is None and cue is Cue.EVENT and self._is_over(spot):
                row = self._just_over(spot.process, about)
            if row is None and spot.origin == CONGRESS and self._is_announced(spot, cue):
                row = self.calendar.next(spot.process, about, ANNOUNCED)
            if cue is Cue.RESULTS and row is not None and about < row.start:  # of what is still to come there are none
                if spot.origin != CONGRESS:
                    return process
                row = self._just_over(spot.process, about)
                if row is None:
                    return Told("round", None, UNKNOWN)
            if row is not None:
                self.spoken.by_words.add(row.round)
            return process if row is None else Told("round", row.round, "round-by-date")
        if (told := self.spoken.alone(spot.process)) is not None:
            self.spoken.by_words.add(told.entity or "")
            return told
        results = spot.origin == CONGRESS and cue is not Cue.AHEAD  # «مخرجات مؤتمر جنيف»
        return process if results else Told("round", None, UNKNOWN)

    def _on(self, process: EntityId) -> EntityId | None:
        """The round that is on, or ended yesterday."""
        about = self.published.about
        row = None if about is None else self.calendar.around(process, about)
        on = row is not None and about is not None and row.start <= about <= row.end + YESTERDAY
        return row.round if row is not None and on else None

    def _is_next(self, spot: Spot, row: Dated, about: dt.date) -> bool:
        """«تقرر عقد لقاء في أستانا», «تقرر عقد محادثات أستانا الشهر المقبل» while a round is on, «تحديد موعد لمحادثات
        أستانا» when one is over: the one behind it."""
        if row.end < about and self.passages[spot.paragraph].starts("event_appointing", spot.first - 1):
            return True
        return is_another(spot, self.passages) or self.words.month_ahead(spot) is not None

    def _is_on_another_day(self, spot: Spot, row: Dated, about: dt.date) -> bool:
        """«محادثات جنيف المقررة الجمعة», weeks before the round: of others."""
        told = next(days_of(spot, self.passages[spot.paragraph], self.published.day, about), None)
        return told is not None and told.first > about and row.start - told.first > SOON

    def _only_yet(self, process: EntityId) -> EntityId | None:
        """The first round, while no other was spoken of yet."""
        rows, bounds = self.calendar.of(process), self.published.bounds
        later = next((row.start for row in rows if row.round != rows[0].round), None)
        if later is None or bounds.last == dt.date.max or bounds.last >= later - ANNOUNCED:
            return None
        return rows[0].round if rows[0].start - ANNOUNCED <= bounds.first else None

    def _is_known_for(self, spot: Spot, about: dt.date | None) -> bool:
        """«مقررات مؤتمر جنيف»: what the first meeting decided, where no other is near."""
        near = about is not None and self.calendar.around(spot.process, about) is not None
        return not near and self.passages[spot.paragraph].starts("event_outcomes", spot.first - 1)

    def _is_over(self, spot: Spot) -> bool:
        """Whether the words say that talks have ended, or were stopped."""
        tie = tie_of(spot, self.passages[spot.paragraph])
        return tie is not None and (tie.verb.phase, tie.verb.time) in OVER

    def _just_over(self, process: EntityId, about: dt.date) -> Dated | None:
        """«بعد أسبوع على فشل مفاوضات جنيف»: the last round, if it ended not long ago."""
        row = self.calendar.by_word("last", process, about, "")
        return row if row is not None and about - row.end <= SOON else None

    def _is_announced(self, spot: Spot, cue: Cue) -> bool:
        """Whether a congress is still to come: by its verb, or because it has none and somebody is to take part."""
        return cue is Cue.AHEAD or cue is Cue.EVENT and tie_of(spot, self.passages[spot.paragraph]) is None

    def _perhaps(self, spot: Spot, cue: Cue, about: dt.date) -> EntityId | None:
        """The round where the words alone would leave the process, but the calendar speaks for one too."""
        if cue is Cue.PREPARED:
            return self.calendar.coming(spot.process, about, self.spoken.rounds.get(spot.process, ()))
        row = self.calendar.around(spot.process, about)
        if row is None or about > row.end + YESTERDAY:
            return None
        if cue is Cue.IN:
            return row.round if row.start <= about and row.round in self.spoken.by_words else None
        last = self.calendar.by_word("last", spot.process, about, "")
        if (
            about < row.start
            and last is not None
            and about - last.end < AHEAD
            and row.round not in self.spoken.by_words
        ):
            return None  # a delegation is called so by the talks that it was at, too, until the next ones begin
        return row.round

    def _congress(self, spot: Spot, about: dt.date) -> Told:
        """«مؤتمر جنيف»: the round that is on, if the article speaks of it, else what the congresses began."""
        row = self.calendar.around(spot.process, about)
        on = row is not None and row.start <= about <= row.end
        if row is None or not on and row.round not in self.spoken.rounds.get(spot.process, ()):
            return Told("process", spot.process, "registry-name")
        return Told("round", row.round, "round-by-date")

    def _unnumbered(self, spot: Spot) -> Told | None:
        """«هذه الجولة», «الجولة المقبلة»: the round before it in the text, or by the calendar."""
        process = spot.process or self.near[spot]
        if spot.origin == SHORT_NAME:
            dated = self.words.by_year(spot)  # «مؤتمر الحوار الوطني" في يناير 2018»
            known = (
                spot.key in self.spoken.rounds.get(spot.process, ())
                or spot.key in self.calendar.at(self._where(spot))
                or dated is not None
                and dated.entity == spot.key
            )
            return Told("round", spot.key, "registry-name") if known else None
        if spot.origin == THIS_ONE:
            before = None if self._speaks_of_another(spot) else self.spoken.antecedent(spot)
            congresses = {entity for told in self.spoken.congresses.values() for entity in told}
            congress = before is not None and (before in congresses or before not in self.calendar.number_of)
            return Told("round", before, "round-before") if congress else None
        if spot.origin == MEETING_THERE and self._is_of_people(spot):
            return None
        if spot.origin == MEETING_THERE and (only_yet := self._only_yet(process)) is not None:
            return Told("round", only_yet, "first-round")
        if spot.origin == MEETING:
            entity = (
                self.spoken.on(process)
                if spot.when == "current"
                else self.spoken.to_come(process, self.words.place(spot))
            )
            return None if entity is None else Told("round", entity, "round-by-date")
        if spot.origin == TALKS_THERE:
            there = self._there(spot) if self.passages[spot.paragraph].phrases(OWN) else None
            if there is None and (named_there := self._named_there(spot)) is not None:
                return Told("round", named_there, "round-of-article")
            return None if there is None else Told("round", there, "round-by-date")
        if spot.origin == UNNAMED:
            entity = self._talks_of(spot, process) or self._soon(spot) or self._begins_there(spot)
            return None if entity is None else Told("round", entity, "round-by-date")
        if spot.when == "this" and (entity := self._this(spot, process)) is not None:
            return Told("round", entity, "round-before")
        if not spot.process and (entity := self._there(spot)) is not None:
            return Told("round", entity, "round-by-date")
        if not process and spot.when in ("this", "current") and (entity := self._here()) is not None:
            return Told("round", entity, "round-by-date")
        if not process:
            named = [entity for rounds in self.spoken.rounds.values() for entity in rounds]
            return Told("round", named[0], "round-of-article") if len(named) == 1 else None
        only, about = self.spoken.only(process), self.published.about
        begun = self.spoken.begun(process)
        if begun is not None and (spot.when == "next" or self._is_planned(spot)):
            after = self.calendar.by_number.get((process, self.calendar.number_of.get(begun, 0) + 1))
            return Told("round", after, "round-beside" if after is not None else UNKNOWN)
        if begun is not None and spot.when in ("last", "current"):
            return Told("round", begun, "round-of-article")
        if self.published.day is None and spot.when != "previous" and (told := self.spoken.alone(process)) is not None:
            return told
        when = spot.when if about is None else self._when(spot, process, about)
        if (
            about is not None
            and (row := self.calendar.by_word(when, process, about, self.spoken.most_told(process))) is not None
        ):
            return Told("round", row.round, "round-by-date")
        if when in ("next", "previous") and (entity := self.spoken.beside(when, process)) is not None:
            return Told("round", entity, "round-beside")
        if only is not None and when != "previous" and not self.spoken.is_over(when, only):
            if not spot.process and when != "this" and self.words.is_long_over(only):
                return None  # «جولة المشاورات الجديدة», in years behind the only round that is named
            return Told("round", only, "round-of-article")
        if (
            about is not None
            and spot.origin == MEETING_THERE
            and cue_of(spot, self.passages[spot.paragraph]) is Cue.AHEAD
        ):
            row = self.calendar.next(process, about)
            return None if row is None else Told("round", row.round, "round-by-date")
        # «اجتماع جنيف» while no round is near is any meeting there.
        rows = self.calendar.of(process)
        anybodys = spot.origin == MEETING_THERE or rows and self.words.is_another_body(spot, rows[-1].round)
        return None if about is not None and anybodys else Told("round", None, UNKNOWN)

    def _speaks_of_another(self, spot: Spot) -> bool:
        """Whether a congress that is none of ours stands in the paragraph before «هذا المؤتمر»: it may be that one."""
        if spot.paragraph not in self._others:
            self._others[spot.paragraph] = self._first_of_others(spot.paragraph)
        return self._others[spot.paragraph] < spot.first

    def _first_of_others(self, paragraph: int) -> int:
        """The word at which a congress begins that is none of ours; behind the paragraph if none does."""
        passage = self.passages[paragraph]
        here = (one for one in self._in(paragraph) if one.kind in ("round", "process"))
        ours = {at for one in here for at in range(one.first, one.behind)}
        for index in passage.between("round_head", 0, passage.size):
            head = passage.hit("round_head", index)
            if head is None or head.value.kind != "congress" or head.value.definite or index in ours:
                continue
            if not passage.starts("round_press", head.end, bare=True):
                return index
        return passage.size

    def _is_planned(self, spot: Spot) -> bool:
        """«اتفقت على عقد جولة جديدة»: one that is still to come."""
        return spot.when == "new" and self._time(spot) in ("ahead", "open")

    def _time(self, spot: Spot) -> str:
        """ahead, open or behind, as the word of holding says; empty where none belongs to the mention."""
        tie = tie_of(spot, self.passages[spot.paragraph])
        return "" if tie is None else tie.verb.time

    def _when(self, spot: Spot, process: EntityId, about: dt.date) -> str:
        """«جولة جديدة» is the next one where it is planned while a round is on, or when that is over."""
        around = self.calendar.around(process, about)
        if spot.when == "new" and around is None and self._is_planned(spot):
            return "next"
        if spot.when != "new" or around is None or about <= around.start:
            return spot.when
        time = self._time(spot)
        return "next" if time in ("ahead", "open") or about > around.end and time != "behind" else "new"

    def _there(self, spot: Spot) -> EntityId | None:
        """The one round, of whatever process, that is held about now in the place that the words name."""
        about = self.published.about
        place = "" if about is None else self.words.place(spot)
        if not place or about is None:
            return None
        if self._is_between_people(spot):
            return None
        there = self.calendar.about_then(about, place)
        if there is not None and spot.when == "next" and self.spoken.is_over("next", there):
            there = None  # «الجولة المقبلة ستعقد في أستانا», while one is on there
        if there is None and (spot.origin == TALKS_THERE or spot.when == "next") and self._lies_ahead(spot):
            near = self.calendar.at(place)
            there = next((row.round for row in self.calendar.dated if about < row.start and row.round in near), None)
        elif there is None and spot.origin == TALKS_THERE and (spot.when == "last" or self._time(spot) == "behind"):
            there = self._begun_at(place, about)
        return there

    def _begins_there(self, spot: Spot) -> EntityId | None:
        """«انطلقت في جنيف محادثات السلام حول سوريا», while a round is on there."""
        tie, about = tie_of(spot, self.passages[spot.paragraph]), self.published.about
        if tie is None or about is None or tie.verb.phase not in ("begins", "ends"):
            return None
        return self._begun_at(self.words.place(spot), about) if tie.verb.time == "behind" else self._there(spot)

    def _begun_at(self, place: str, about: dt.date) -> EntityId | None:
        """The last round in a city that had begun then, if it ended not long before."""
        near = self.calendar.at(place) if place else ()
        begun = [row.round for row in self.calendar.dated if row.start <= about <= row.end + SOON and row.round in near]
        return begun[-1] if begun else None

    def _is_of_people(self, spot: Spot) -> bool:
        """«عشية لقاء وزير الخارجية ونظيره في جنيف … التحضير لاجتماع جنيف»: theirs."""
        first = self._of_people.get(spot.process)
        return first is not None and first <= spot.paragraph

    @cached_property
    def _of_people(self) -> dict[EntityId, int]:
        """The processes in whose cities officials meet, with the first paragraph that tells of it."""
        first: dict[EntityId, int] = {}
        for one in self.everything:
            if one.kind != "official" or one.title is None:
                continue
            passage = self.passages[one.paragraph]
            head = passage.hit("round_head", one.title.start - 1)
            if head is None or head.value.kind != "meeting" or head.value.definite:
                continue
            for at in passage.between("city", one.behind, one.behind + CITY_WITHIN):
                for hit in passage.hits("city", at):
                    first.setdefault(str(hit.value), one.paragraph)
        return first

    def _named_there(self, spot: Spot) -> EntityId | None:
        """The one round, held where the words put the talks, that the article names otherwise («محادثات سوتشي»)."""
        passage = self.passages[spot.paragraph]
        head = passage.hit("round_head", spot.first)
        if (
            head is None
            or head.value.kind != "talks"
            and not (passage.starts("held_place", head.end, bare=True) and tie_of(spot, passage) is None)
        ):
            return None  # «اللقاء في سوتشي», «عقد الرئيسان اجتماع سوتشي» may be of anybody; «لقاء سوتشي» has a name
        there = self.calendar.at(self.words.place(spot))
        named = {entity for rounds in self.spoken.rounds.values() for entity in rounds if entity in there}
        month = passage.hit("month", spot.behind + passage.starts("in", spot.behind, bare=True), bare=True)
        if month is not None:  # «اجتماع سوتشي في أيار»
            named = {entity for entity in named if self.calendar.row_of[entity].start.month == month.value}
        alone = len(named) == 1 and not self._speaks_of_a_summit and not self._is_between_people(spot)
        return named.pop() if alone else None

    @cached_property
    def _speaks_of_a_summit(self) -> bool:
        """Of one «لقاء سوتشي» may speak too."""
        return any(passage.phrases("meets.summits") for passage in self.passages)

    def _is_between_people(self, spot: Spot) -> bool:
        """«المحادثات الأخيرة في سوتشي بين بوتين وأردوغان»: their own."""
        if not self.passages[spot.paragraph].starts("between", spot.behind, bare=True):
            return False
        return any(
            spot.behind + 1 in (one.first, one.first if one.title is None else one.title.start)
            for one in self._in(spot.paragraph)
            if one.kind == "official"
        )

    def _in(self, paragraph: int) -> Sequence[Spot]:
        """The spots of a paragraph."""
        first = bisect_left(self.everything, paragraph, key=_paragraph)
        return self.everything[first : bisect_right(self.everything, paragraph, first, key=_paragraph)]

    def _where(self, spot: Spot) -> str:
        """The city in which a clause behind the words puts them: «مؤتمر الحوار الوطني، الذي عقد في سوتشي»."""
        passage = self.passages[spot.paragraph]
        tie = tie_of(spot, passage)
        return "" if tie is None else place_of(spot, passage, tie, passage.size)[0]

    def _soon(self, spot: Spot) -> EntityId | None:
        """«محادثات السلام السورية المقررة هذا الشهر»: the only round, of whatever process, that is that near."""
        passage, about = self.passages[spot.paragraph], self.published.about
        if about is None or self._time(spot) not in ("ahead", "open"):
            return None
        if not passage.any("event_soon", spot.behind, spot.behind + SOON_WITHIN):
            return None
        near = {row.round for row in self.calendar.dated if about < row.start <= about + SOON}
        return near.pop() if len(near) == 1 else None

    def _lies_ahead(self, spot: Spot) -> bool:
        """Whether the words say so: «ستشارك في لقاء سوتشي»; «لقاء سوتشي عقد» may be of a summit that was there."""
        if spot.when == "next":
            return True
        ahead = cue_of(spot, self.passages[spot.paragraph]) is Cue.AHEAD
        return ahead and (self._time(spot) != "open" or not self._speaks_of_a_summit)

    def _here(self) -> EntityId | None:
        """The one round that is held about now in a place that the article names, if it tells of one of its sides."""
        about = self.published.about
        if about is None or not self.sided:
            return None
        found = {self.calendar.about_then(about, place) for place in self._places} - {None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _places(self) -> frozenset[str]:
        """The cities that the article names."""
        hits = (passage.hit("place", index) for passage in self.passages for index in passage.where("place"))
        return frozenset(str(hit.value) for hit in hits if hit is not None)

    def _talks_of(self, spot: Spot, process: EntityId) -> EntityId | None:
        """«المفاوضات المقبلة حول سوريا»: the round that is on, or the next one, of the article's process."""
        head, about = self.passages[spot.paragraph].hit("round_head", spot.first), self.published.about
        if head is None or not head.value.definite or not process or about is None:
            return None
        if spot.when == "current":
            return self.spoken.on(process)
        row = self.calendar.around(process, about) if spot.when == "next" else None
        return row.round if row is not None and about < row.start else None

    def _is_ahead(self, entity: EntityId) -> bool:
        row, about = self.calendar.row_of.get(entity), self.published.about
        return row is None or about is not None and about < row.start

    def _this(self, spot: Spot, process: EntityId) -> EntityId | None:
        """«هذه الجولة»: the one that its sentence has told before, else the one that is on while the article speaks of
        it, else the one told last."""
        last, before = self.spoken.last, self.spoken.antecedent(spot)
        if last is not None and before is not None and last[0] == spot.paragraph and not self._is_ahead(before):
            between = self.passages[spot.paragraph].words[last[2] : spot.first]
            if len(between) <= SENTENCE_AT_MOST and STOPS.isdisjoint(between):
                return before
        return self.spoken.on(process) or before
