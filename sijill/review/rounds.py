"""Rounds that an article does not tell: each with the round that its process held nearest to the day of the article,
or with the record that a numbered one would have."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sijill.model import Archive, Correction, EntityId, Link, Reading
from sijill.review.item import Decision, Item, NewRecord, words_of_mention

__all__ = ["unresolved"]

NEAR, FAR = 14, 60
"""Days between an article and a round: up to the first it is likely meant, behind the second nobody can say."""
LIKELY, PERHAPS, UNTOLD = 0.8, 0.5, 0.2


def unresolved(archive: Archive) -> Iterator[Item]:
    """A question for each article and wording, but for those that an editor leaves open."""
    readings = {reading.article: reading for reading in archive.readings}
    held = _held(archive)
    for reading in archive.readings:
        left_open = {one.was for one in reading.overruled}
        open: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in reading.links:
            if link.mention.kind in ("round", "process") and link.entity is None and link not in left_open:
                open[link.mention.text, link.why].append(link)
        near = _process(reading, archive) if open else ""
        for (text, why), links in open.items():
            process = _named(text, archive) or near
            row = Correction(None, None, "", "", article=reading.article, words=text)
            accept, told, score = _proposal(links[0], why, reading, process, held.get(process, {}), archive, row)
            yield Item(
                kind="round",
                subject=(reading.article, text),
                shown=(text,),
                why=told,
                score=score,
                gain=len(links),
                evidence=(words_of_mention(links[0].mention, readings),),
                accept=accept,
                reject=Decision("it stays open", rows=(row,)),
            )


def _proposal(
    link: Link,
    why: str,
    reading: Reading,
    process: EntityId,
    held: Mapping[EntityId, dt.date],
    archive: Archive,
    row: Correction,
) -> tuple[Decision | None, str, float]:
    """What could be meant, in which words that is told, and how sure it is."""
    if not process:
        return None, "the article speaks of no process, or of several", UNTOLD
    number = link.mention.key
    if why == "no-such-round" and number.isdigit():
        name = f"{_city(archive, process)} {number}"
        record = NewRecord("round", f"{process}-{number}", name, process=process, number=number)
        return Decision("write the record", record), f"no record of round {number} of {process}", PERHAPS
    if reading.date is None or not held:
        return None, "the article has no day to tell it by", UNTOLD
    day = reading.date
    round, start = min(held.items(), key=lambda each: (abs(each[1] - day), each[0]))
    days = abs((start - day).days)
    if days > FAR:
        return None, f"no round of {process} was held within {FAR} days of the article", UNTOLD
    when = (
        "on the day of the article"
        if not days
        else f"{days} day{'s' * (days > 1)} {'before' if start < day else 'after'} the article"
    )
    right = Correction(None, round, "", "", article=row.article, words=row.words)
    return Decision(f"it is {round}", rows=(right,)), f"{round} began {when}", LIKELY if days <= NEAR else PERHAPS


def _named(text: str, archive: Archive) -> EntityId:
    """The process whose name or city the words hold themselves; empty where that is none."""
    for entity in archive.of("process"):
        cities = entity.record.cities if entity.record is not None else ()
        if any(form in text for form in (entity.name, *cities)):
            return entity.id
    return ""


def _process(reading: Reading, archive: Archive) -> EntityId:
    """The one process that an article speaks of; empty where there are none or several."""
    found = set()
    for link in reading.links:
        entity = archive.entities.get(link.entity or "")
        if entity is not None and entity.kind == "process":
            found.add(entity.id)
        elif entity is not None and entity.kind == "round" and entity.record is not None:
            found.add(entity.record.process)
    return found.pop() if len(found) == 1 else ""


def _held(archive: Archive) -> Mapping[EntityId, Mapping[EntityId, dt.date]]:
    """By process the first day of each round that has one."""
    days: defaultdict[EntityId, dict[EntityId, dt.date]] = defaultdict(dict)
    for entity in archive.of("round"):
        start = next((fact.get("start") for fact in entity.facts if fact.prop == "held" and fact.get("start")), None)
        if entity.record is not None and start is not None and len(start) == len("2018-11-28"):
            days[entity.record.process][entity.id] = dt.date.fromisoformat(start)
    return days


def _city(archive: Archive, process: EntityId) -> str:
    """What the rounds of a process are called by."""
    record = archive.entities[process].record if process in archive.entities else None
    return record.cities[0] if record is not None and record.cities else process
