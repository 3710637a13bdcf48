"""Days and numbers of the registry that cannot all be true: told by `check`, since each record alone is in order.

What articles say against the registry is told by settling; here records speak against themselves and each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from sijill.issues import warning
from sijill.model import Issue, Record, RecordFact

__all__ = ["contradictions"]


class _Held(NamedTuple):
    number: int
    record: Record
    start: str
    end: str


def contradictions(records: Iterable[Record]) -> Iterator[Issue]:
    """A warning for each; its line is not known here."""
    rows: defaultdict[str, list[_Held]] = defaultdict(list)
    for record in records:
        for prop in ("held", "issued"):
            yield from _different(record, [fact for fact in record.facts if fact.prop == prop])
        if record.kind == "round" and record.process and record.number is not None:
            start, end = _days(record)
            rows[record.process].append(_Held(record.number, record, start, end or start))
    for held in rows.values():
        yield from _order(sorted(held, key=lambda row: (row.number, row.record.id)))


def _different(record: Record, facts: list[RecordFact]) -> Iterator[Issue]:
    """Two facts of one record that name different days for one thing, and no note says why."""
    for name in ("start", "end", "date"):
        days = sorted({day for fact in facts if not fact.note and (day := fact.get(name))})
        for one, other in pairwise(days):
            if _before(one, other):
                message = f"its facts give {one} and {other} for the same {name}"
                yield warning(
                    record.path,
                    0,
                    message,
                    "keep what the sources bear out, or say in the `note` of one why they differ",
                )


def _order(held: list[_Held]) -> Iterator[Issue]:
    """Rounds of one process: each number once, and none over before the one ahead of it began."""
    for one, other in pairwise(held):
        if one.number == other.number:
            message = f"{other.record.process} has another round with the number {other.number}: {one.record.path}"
            yield warning(other.record.path, 0, message, "correct one of the two, or make one record of them")
        elif one.start and other.start and _before(other.start, one.end):
            message = f"it starts on {other.start}, before {one.record.id} is over on {one.end}"
            yield warning(other.record.path, 0, message, "correct the day or the number of one of them")


def _days(record: Record) -> tuple[str, str]:
    held = next((fact for fact in record.facts if fact.prop == "held" and fact.get("start")), None)
    return (held.get("start") or "", held.get("end") or "") if held else ("", "")


def _before(one: str, other: str) -> bool:
    """Whether a day is before another for certain: one that is cut short may be any day of its month or year."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]
