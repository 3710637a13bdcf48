"""The course of a round, day by day: what was held, who met, and who spoke meanwhile, each with its sentence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from ..model import Entity, Sentence, Statement
from ..safe import Html, element, escape, join
from .entity import cited, facts_of
from .facts import Notes, reason_tag
from .frame import fill
from .site import Site, held

__all__ = ["course_of"]

MOST_DAYS = 12
MOST_OF_DAY = 6
MOST_SPEAKERS = 6
BEFORE, AFTER = dt.timedelta(days=2), dt.timedelta(days=3)
"""How long before and after a round what is said in articles about it belongs to its course."""


def course_of(notes: Notes, round: Entity) -> list[dict[str, object]]:
    """The days of a round, each with what happened; empty where nothing but its dates is known."""
    site = notes.site
    days: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    when = held(round, "start")
    start, end = _days(when.get("start") if when else "", when.get("end") if when else "")
    for fact in facts_of(round, "meets", round=round.id):
        day = fact.get("date") or ""
        if len(day) == 10:
            words = fill(
                site, "chronology.meeting", first=site.link(fact.get("a") or ""), second=site.link(fact.get("b") or "")
            )
            quotes = (
                [_sentence(site, fact.claims[0].evidence.article, fact.claims[0].evidence.sentence)]
                if fact.claims
                else []
            )
            whys = sorted({claim.why for claim in fact.claims if claim.why})
            tag = reason_tag(site, whys[0]) if whys and not fact.records else Html("")
            days[day].append({"what": cited(notes, words, fact), "quotes": quotes, "tag": tag})
    for day, said in _said(site, round, start, end).items():
        days[day].append({"what": _speakers(site, said), "quotes": [], "tag": ""})
    if not days:
        return []
    if when is not None and start is not None and end is not None:
        length = (end - start).days
        for number in range(min(length, MOST_DAYS) + 1):
            nth = site.strings(f"course.nth.{number + 1}")
            words = fill(site, "course.day", nth=nth) if length else escape(site.strings("course.held"))
            day = (start + dt.timedelta(days=number)).isoformat()
            days[day].insert(0, {"what": cited(notes, words, when), "quotes": [], "tag": ""})
    return [
        {"day": notes.dates.one(day), "held": start is not None and end is not None and str(start) <= day <= str(end),
         "rows": days[day][:MOST_OF_DAY]}
        for day in sorted(days)[:MOST_DAYS]
    ]  # fmt: skip


def _days(start: str | None, end: str | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day where both are known to the day."""
    try:
        first = dt.date.fromisoformat(start or "")
        return first, max(first, dt.date.fromisoformat(end or start or ""))
    except ValueError:
        return None, None


def _said(site: Site, round: Entity, start: dt.date | None, end: dt.date | None) -> dict[str, list[Statement]]:
    """By the day of their article, statements of articles that name the round and came out around it."""
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    if start is not None and end is not None:
        for article in sorted({quote.article for quote in site.quotes[round.id]}):
            reading = site.readings[article]
            if reading.date is not None and start - BEFORE <= reading.date <= end + AFTER:
                found[reading.date.isoformat()] += reading.statements
    return {day: said for day, said in found.items() if said}


def _speakers(site: Site, said: list[Statement]) -> Html:
    """How much was said, and by whom: each name leads to what its bearer said first."""
    firsts: dict[str, Html] = {}
    for each in said:
        id = each.speaker
        if id is not None and id not in firsts and (id in site.parties or id in site.archive.entities):
            href = site.sentence_href(each.verb.article, each.verb.sentence.anchor)
            firsts[id] = element("a", site.parties.get(id, site.name(id)), href=href)
    count = site.strings.count("count.statement", len(said))
    if not firsts:
        return escape(count)
    names = join(list(firsts.values())[:MOST_SPEAKERS], site.strings("fact.and"))
    rest = len(firsts) - MOST_SPEAKERS
    if rest > 0:
        names = join([names, site.strings.count("count.others", rest)], site.strings("fact.comma"))
    return fill(site, "course.said", count=count, names=names)


def _sentence(site: Site, article: str, sentence: Sentence) -> tuple[str, str]:
    return site.sentence_href(article, sentence.anchor), sentence.text
