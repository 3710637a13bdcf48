"""Between what days an article without a date was written: after what it names, and while those whom it names in office
held it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.parties import ARTICLE
from sijill.arabic.text import fold, folded_all, language_data
from sijill.arabic.titles import Title
from sijill.calendar import AHEAD, ANNOUNCED, ANY_TIME, Calendar, Dated, Period
from sijill.holding import Tie, place_of, tie_of, written_days_of
from sijill.offices import speaks
from sijill.recognise.spot import Spot

__all__ = ["period_of"]

NO_TIME = dt.timedelta()
RESULTS_WITHIN = 3
"""Words of «البيان الختامي» and the like, right before a round."""
PROCLITICS = frozenset("وفبكل")


class _Tenure(NamedTuple):
    """Somebody's time in an office."""

    title: frozenset[str]
    name: str
    party: str
    time: Period


def period_of(passages: tuple[Passage, ...], spots: tuple[Spot, ...], calendar: Calendar) -> Period:
    """The days between which the article was written, as far as what it names tells; any time where that disagrees."""
    period = ANY_TIME
    for spot in spots:
        for one in _told(spot, passages[spot.paragraph], calendar):
            period = _within(period, one)
    # On the day of a change both names may be those of the past.
    if period.first >= period.last:
        return ANY_TIME
    for spot in spots:
        time = _mediators().get(spot.key) if spot.kind == "official" else None
        if time is not None and speaks(passages[spot.paragraph], spot):
            then = _within(period, time)
            period = then if then.first < then.last else period  # he may be quoted later
    return period


def _within(period: Period, other: Period) -> Period:
    return Period(max(period.first, other.first), min(period.last, other.last))


def _told(spot: Spot, passage: Passage, calendar: Calendar) -> Iterator[Period]:
    """What one mention says of the time."""
    if spot.kind == "official" and spot.title is not None:
        yield from _in_office(spot, spot.title, passage)
    elif spot.kind == "document" and spot.key.isdigit():
        years = [year for year, number in _last_numbers() if number < int(spot.key)]
        if years:
            yield Period(dt.date(years[-1] + 1, 1, 1), ANY_TIME.last)
    elif spot.kind == "round" and spot.key:
        row, tie = calendar.row_of.get(spot.key), tie_of(spot, passage)
        if row is not None and tie is not None and tie.verb.time == "ahead":  # «مؤتمر سوتشي الذي سيعقد»
            yield Period(row.start - ANNOUNCED, row.start)
    elif spot.kind in ("round", "process"):
        tie = tie_of(spot, passage)
        if (row := _row_of(spot, calendar)) is not None:
            ahead = AHEAD if spot.number is None else ANNOUNCED
            yield Period(row.start - (NO_TIME if _has_begun(spot, passage, tie) else ahead), ANY_TIME.last)
        if tie is not None and tie.verb.time in ("ahead", "open"):  # «ستعقد في جنيف في 8 فبراير», «دعا إلى عقدها»
            place = "" if spot.process else place_of(spot, passage, tie, passage.size)[0]
            days = calendar.on_days(spot.process, place, set(written_days_of(spot, passage)))
            yield from (Period(day.start - ANNOUNCED, day.start) for day in days if len(days) == 1)


def _has_begun(spot: Spot, passage: Passage, tie: Tie | None) -> bool:
    """Whether the words of a numbered round say that it is on or over: «اختتمت الجولة الثامنة», «نتائج أستانا 8»."""
    if spot.number is None:
        return False
    if tie is not None and tie.verb.time == "behind":
        return True
    hits = (passage.hit("event_results", at) for at in range(max(0, spot.first - RESULTS_WITHIN), spot.first))
    return any(hit is not None and hit.end == spot.first for hit in hits)


def _in_office(spot: Spot, title: Title, passage: Passage) -> Iterator[Period]:
    """The time in which somebody held the office with which he is named."""
    tenures = _tenures().get(spot.key.rpartition(" ")[2], ())
    words = {title.head, *(passage.word(at).removeprefix(ARTICLE) for at in range(title.start, title.end))}
    if not tenures or not words.isdisjoint(_words("not")) or _is_past(passage.word(title.start - 1)):
        return
    for tenure in tenures:
        named = f" {spot.key}".endswith(f" {tenure.name}")
        if named and tenure.title <= words and title.party in (None, tenure.party):
            yield tenure.time


def _is_past(word: str) -> bool:
    """Whether the word before a title puts it into another time: «عهد», «لإدارة»."""
    return word in _words("past") or word[:1] in PROCLITICS and word[1:] in _words("past")


def _row_of(spot: Spot, calendar: Calendar) -> Dated | None:
    """The round that the words number, or else the first of their process."""
    if spot.number is not None:
        return calendar.row_of.get(calendar.by_number.get((spot.process, spot.number), ""))
    return next(iter(calendar.of(spot.process)), None)


@cache
def _tenures() -> Mapping[str, list[_Tenure]]:
    """All that the language data has, by the last word of the name."""
    found: defaultdict[str, list[_Tenure]] = defaultdict(list)
    for office in language_data("tenures")["office"]:
        for title in office["titles"]:
            words = frozenset(fold(title).split())
            for written, party, first, last in office["holders"]:
                name = fold(written)
                time = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else ANY_TIME.last)
                found[name.rpartition(" ")[2]].append(_Tenure(words, name, party, time))
    return found


@cache
def _mediators() -> Mapping[str, Period]:
    """By the name, folded: the time in which somebody mediated."""
    return {
        fold(name): Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        for names, first, last in language_data("tenures")["mediators"]
        for name in names
    }


@cache
def _words(name: str) -> frozenset[str]:
    return folded_all(language_data("tenures")[name])


@cache
def _last_numbers() -> tuple[tuple[int, int], ...]:
    """Each year with the number of its last resolution, oldest first."""
    return tuple(sorted((int(year), number) for year, number in language_data("documents")["last_of_year"].items()))
