"""Documents issued on the days of a round, and the rounds on whose days a document was: by their days alone.

Separate from rounds and documents because each shows the other. That a document belongs to a round is not said: no
source is read for that.
"""

from __future__ import annotations

from ..model import Entity, Fact
from .backing import backing
from .facts import Notes
from .site import Site, held

__all__ = ["issued_during", "rounds_about"]

MOST = 20


def issued_during(notes: Notes, round: Entity) -> list[dict[str, object]]:
    """A row for each document of the round's days, the oldest first."""
    site = notes.site
    found = [
        (day, document, fact)
        for document in site.archive.of("document")
        if (fact := _issued(document)) is not None and _within(day := fact.get("date") or "", round)
    ]
    found.sort(key=lambda each: (each[0], each[1].id))
    return [
        {"day": notes.dates.one(day), "document": site.link(document.id), "proof": backing(site, fact)}
        for day, document, fact in found[:MOST]
    ]


def rounds_about(site: Site, document: Entity) -> list[Entity]:
    """The rounds that were held on the day on which a document was issued, in their order."""
    fact = _issued(document)
    day = fact.get("date") or "" if fact is not None else ""
    found = [round for rounds in site.rounds.values() for round in rounds if _within(day, round)]
    return sorted(found, key=lambda each: site.order[each.id])[:MOST]


def _issued(document: Entity) -> Fact | None:
    return next((fact for fact in document.facts if fact.prop == "issued" and fact.get("date")), None)


def _within(day: str, round: Entity) -> bool:
    """Whether a whole day is one of the round's."""
    when = held(round, "start")
    if when is None or len(day) != 10:
        return False
    start, end = when.get("start") or "", when.get("end") or when.get("start") or ""
    return len(start) == len(end) == 10 and start <= day <= end
