"""All rounds, meetings, statements and documents by day, oldest first; what the archive lacks has its hollow place.

Meetings and statements are bounded by year, so that the page stays readable with any number of articles.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ..model import Entity, Fact, Page, Reading
from ..safe import Html, element, escape, join
from ..strings import PLURALS
from ..urls import CHRONOLOGY, STATEMENTS, article_url
from .backing import backing, weight
from .dates import Dates
from .frame import fill, page
from .officials import party_of
from .participation import cells
from .site import Site, held, round_number

__all__ = ["Event", "chronology_page", "events", "unknown_rounds"]

MOST_OF_YEAR = 24
"""Meetings of one year, the most often told; the rest is counted."""
MOST_DAYS = 60
"""Days with statements that are shown one by one; where there are more, they are told by month."""
MOST_ROUNDS = 400
MOST_PARTIES = 40
HIGHEST = 200
"""A number above this says nothing of the rounds before it."""


class Event(NamedTuple):
    """Something that happened on a day."""

    kind: str
    """`round`, `meeting`, `document` or `statements`."""
    start: str
    """ISO, whole or cut short; empty where it is not known."""
    end: str
    subject: Entity | None
    facts: tuple[Fact, ...]
    """What gives the day, and the evidence."""
    readings: tuple[Reading, ...] = ()
    """Of statements, the articles that report them."""
    processes: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


def events(site: Site) -> list[Event]:
    """Everything with a day, oldest first, then what has none."""
    found = [*_rounds(site), *_meetings(site), *_documents(site), *_statements(site)]
    return sorted(found, key=lambda each: (each.start or "9999", ORDER.index(each.kind), _id(each)))


ORDER = ("round", "meeting", "statements", "document")
"""Of one day."""


def _id(event: Event) -> str:
    return event.subject.id if event.subject is not None else str(event.facts[0].fields) if event.facts else ""


def _rounds(site: Site) -> Iterable[Event]:
    for process, rounds in site.rounds.items():
        for round in rounds[-MOST_ROUNDS:]:
            when, where = held(round, "start"), held(round, "place")
            facts = tuple(fact for fact in (when, where) if fact is not None)
            start, end = (when.get("start") or "", when.get("end") or "") if when is not None else ("", "")
            yield Event(
                "round", start, end, round, facts, (), frozenset({process}), _parties(site, cells(round))
            )  # fmt: skip


def _met_by_year(site: Site) -> dict[str, list[Fact]]:
    """Meetings with a day, of each year the most often told first."""
    facts = {
        id(fact): fact
        for kind in ("official", "delegation")
        for entity in site.archive.of(kind)
        for fact in entity.facts
        if fact.prop == "meets" and fact.get("date")
    }
    years: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts.values():
        years[(fact.get("date") or "")[:4]].append(fact)
    for found in years.values():
        found.sort(key=lambda fact: (-weight([fact]), fact.fields))
    return years


def _meetings(site: Site) -> Iterable[Event]:
    for found in _met_by_year(site).values():
        for fact in found[:MOST_OF_YEAR]:
            round = site.archive.entities.get(fact.get("round") or "")
            process = site.process_of(round) if round is not None else None
            yield Event(
                "meeting", fact.get("date") or "", "", None, (fact,), (),
                frozenset({process.id} if process is not None else ()),
                _parties(site, (fact.get("a") or "", fact.get("b") or "")),
            )  # fmt: skip


def _documents(site: Site) -> Iterable[Event]:
    for document in site.archive.of("document"):
        issued = next((fact for fact in document.facts if fact.prop == "issued" and fact.get("date")), None)
        if issued is not None:
            yield Event("document", issued.get("date") or "", "", document, (issued,))


def _statements(site: Site) -> Iterable[Event]:
    told = [each for each in site.archive.readings if each.statements and each.date is not None]
    days = {reading.date for reading in told}
    cut = 10 if len(days) <= MOST_DAYS else 7
    lots: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in told:
        lots[str(reading.date)[:cut]].append(reading)
    for day, readings in lots.items():
        rounds = {link.entity for reading in readings for link in reading.links if link.mention.kind == "round"}
        processes = {
            process.id
            for id in rounds
            if id and id in site.archive.entities and (process := site.process_of(site.archive.entities[id]))
        }
        speakers = {each.speaker or "" for reading in readings for each in reading.statements}
        yield Event(
            "statements", day, "", None, (), tuple(readings), frozenset(processes), _parties(site, speakers)
        )  # fmt: skip


def _parties(site: Site, ids: Iterable[str]) -> frozenset[str]:
    """The delegations among these, and those of the officials among them."""
    entities = site.archive.entities
    sides = {party_of(entities[id]) if id in entities and entities[id].kind == "official" else id for id in ids}
    return frozenset(id for id in sides if id in entities and entities[id].kind == "delegation")


def unknown_rounds(site: Site) -> list[tuple[str, int]]:
    """Numbers between a process's first and last round that neither registry nor articles know."""
    out = []
    for process, rounds in site.rounds.items():
        numbers = {number for each in rounds if (number := round_number(each)) is not None}
        if numbers and max(numbers) <= HIGHEST:
            out += [(process, number) for number in range(1, max(numbers)) if number not in numbers]
    return out


def chronology_page(site: Site) -> Page:
    """The page of the timeline."""
    strings = site.strings
    dates = Dates(strings)
    found = events(site)
    met = {year: len(facts) - MOST_OF_YEAR for year, facts in _met_by_year(site).items()}
    years = [
        {
            "year": strings.figure(year) if year else strings("chronology.undated"),
            "id": f"y{year}" if year else "undated",
            "more": _elsewhere(site, met.get(year, 0)),
            "rows": [_row(site, each, dates) for each in members],
        }
        for year, members in groupby(found, key=lambda each: each.start[:4])
    ]
    unknown = [
        {
            "kind": "round",
            "word": strings("chronology.kind.round"),
            "filled": False,
            "when": "",
            "what": fill(site, "round.of_process", number=strings.figure(number), process=site.link(process)),
            "note": strings("strip.none"),
            "proof": "",
            "of": process,
        }
        for process, number in unknown_rounds(site)
    ]
    if unknown:
        if not years or years[-1]["id"] != "undated":
            years.append({"year": strings("chronology.undated"), "id": "undated", "more": "", "rows": []})
        years[-1]["rows"] += unknown  # type: ignore[operator]
    parties = sorted({id for each in found for id in each.parties}, key=lambda id: (site.parties.get(id, ""), id))
    processes = [id for id in site.rounds if any(id in each.processes for each in found)]
    total = len(found) + len(unknown)
    return page(
        site,
        CHRONOLOGY,
        "chronology.html",
        {
            "years": years,
            "count": strings.count("count.event", total),
            "filters": [
                ("process", strings("chronology.process"), [(id, site.name(id)) for id in processes]),
                (
                    "party",
                    strings("chronology.party"),
                    [(id, site.parties.get(id, site.name(id))) for id in parties[:MOST_PARTIES]],
                ),
            ],
            "forms": "|".join(strings(f"count.event.{form}") for form in PLURALS),
            "digits": "".join(strings.figure(digit) for digit in range(10)),
        },
        title=strings("chronology.title"),
        description=strings("chronology.lede"),
        section="chronology",
    )


def _days(day: str) -> str:
    """The choice of statements of a day or of a month."""
    if len(day) > 7:
        return f"from={day}&to={day}"
    year, month = map(int, day.split("-"))
    return f"from={day}-01&to={day}-{monthrange(year, month)[1]}"


def _elsewhere(site: Site, number: int) -> str:
    """How many meetings of a year are not in it."""
    strings = site.strings
    return strings("chronology.elsewhere", meetings=strings.count("count.more_meetings", number)) if number > 0 else ""


def _row(site: Site, event: Event, dates: Dates) -> dict[str, object]:
    strings = site.strings
    what, note, evidence = _told(site, event)
    return {
        "kind": event.kind,
        "word": strings(f"chronology.kind.{event.kind}") if event.subject is not None else "",
        "filled": event.kind != "round" or event.subject is not None and site.articles[event.subject.id] > 0,
        "when": dates.span(event.start, event.end) if event.start else "",
        "what": what,
        "note": note,
        "proof": evidence,
        "of": " ".join(sorted(event.processes | event.parties)),
    }


def _told(site: Site, event: Event) -> tuple[Html, str, Html]:
    """What happened, what is to be said of it, and the evidence."""
    strings = site.strings
    if event.subject is not None and event.kind == "round":
        place = next((fact.get("place") for fact in event.facts if fact.get("place")), "")
        name = site.link(event.subject.id)
        what = join([name, site.place(place)], strings("fact.comma")) if place else name
        notes = [] if site.articles[event.subject.id] else [strings("strip.none")]
        if any(fact.against for fact in event.facts):
            notes.append(strings("fact.disputed"))
        return what, strings("fact.comma").join(notes), backing(site, *event.facts, tagged=True)
    if event.subject is not None:
        return site.link(event.subject.id), "", backing(site, *event.facts)
    if event.kind == "meeting":
        fact = event.facts[0]
        what = fill(
            site, "chronology.meeting", first=site.link(fact.get("a") or ""), second=site.link(fact.get("b") or "")
        )
        return what, "", backing(site, fact, tagged=True)
    number = sum(len(reading.statements) for reading in event.readings)
    words = strings(
        "box.seen_value",
        sentences=strings.count("count.statement", number),
        articles=strings.count("count.in_articles", len(event.readings)),
    )
    links = [
        element("a", reading.title, href=site.href(article_url(reading.article))) for reading in event.readings[:2]
    ]
    if len(event.readings) > 2:
        links.append(element("a", strings("chronology.more"), href=f"{site.href(STATEMENTS)}?{_days(event.start)}"))
    return escape(words), "", join(links, strings("fact.semicolon"))
