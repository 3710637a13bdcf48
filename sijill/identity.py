"""Which ids are the same: the aliases of records and the editors' judgements become one map from former to present ids.

Separate from settling because it looks only at ids, and because a wrong merge is the costliest mistake of an archive:
what cannot hold is reported and left undone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from sijill.model import Claim, EntityId, Fields, Issue, Judgement, Kind, Link, Overruled, Reading, Record, Registry

__all__ = [
    "ID_FIELDS",
    "holding",
    "identities",
    "ids_of",
    "lost_judgements",
    "present_fields",
    "present_reading",
    "unknown",
    "unknown_text",
]

IDENTITY_FILE = "content/identity.toml"
ID_FIELDS = frozenset({"official", "delegation", "round", "a", "b", "who", "party"})
"""The fields of claims and registry facts whose values are ids."""


def identities(
    registry: Registry, seen: Mapping[EntityId, Kind]
) -> tuple[Mapping[EntityId, EntityId], tuple[Issue, ...]]:
    """Former id to present id, for each id that has another. `seen` has the kinds of the ids that articles name.

    A later judgement on the same pair undoes an earlier one. Of judgements that cannot hold together the latest hold.
    The present id of a group is the one that has a record, else the smallest.
    """
    groups = _Groups(registry.records, seen)
    issues: list[Issue] = []
    for record in sorted(registry.records.values(), key=lambda record: record.id):
        for alias in record.aliases:
            if (reason := groups.objection(record.id, alias)) is not None:
                message = f'alias "{alias}" of "{record.id}" cannot hold: {reason}'
                issues.append(Issue("warning", record.path, 0, message, "remove the alias"))
            else:
                groups.join(record.id, alias)
    ruled: dict[frozenset[EntityId], Judgement] = {}
    for judgement in reversed(registry.judgements):
        pair = frozenset((judgement.left, judgement.right))
        later = ruled.setdefault(pair, judgement)
        if later is not judgement:
            if later.same != judgement.same and later.by != judgement.by:
                message = f'{later.by} and {judgement.by} judge "{later.left}" and "{later.right}" differently'
                hint = f"line {later.line} holds, since it is the later one; agree, and remove the other row"
                issues.append(Issue("warning", IDENTITY_FILE, judgement.line, message, hint))
            continue
        if (reason := groups.judge(judgement)) is not None:
            verdict = "the same" if judgement.same else "apart"
            message = f'"{judgement.left}" and "{judgement.right}" cannot be judged {verdict}: {reason}'
            hint = "add a row that undoes one of the judgements"
            issues.append(Issue("warning", IDENTITY_FILE, judgement.line, message, hint))
    return MappingProxyType(groups.present_ids()), tuple(issues)


def holding(
    judgements: Sequence[Judgement], present: Mapping[EntityId, EntityId]
) -> Iterator[tuple[EntityId, Judgement]]:
    """The last judgement on each pair of ids, if it holds, with whom it is about; in the order of the file."""
    last = {frozenset((one.left, one.right)): one for one in judgements}
    for one in judgements:
        left, right = (present.get(id, id) for id in (one.left, one.right))
        if last[frozenset((one.left, one.right))] is one and (left == right) == one.same:
            yield from ((member, one) for member in sorted({left, right}))


def unknown(ids: Iterable[EntityId], registry: Registry, named: Container[EntityId | None]) -> list[EntityId]:
    """Those of the ids that no record has, now or formerly, and no article names (`named`)."""
    held = registry.records.keys() | {alias for record in registry.records.values() for alias in record.aliases}
    return [id for id in ids if id not in held and id not in named]


def unknown_text(ids: Sequence[EntityId]) -> tuple[str, str]:
    """What is said of such ids, and how it is mended."""
    told = " and ".join(f'"{id}"' for id in ids)
    verb = "is" if len(ids) == 1 else "are"
    return (
        f"{told} {verb} in no record and no article",
        "if a record was renamed, add its former id to the `aliases` of the record; else remove the row",
    )


def lost_judgements(registry: Registry, readings: Iterable[Reading]) -> Iterator[Issue]:
    """A warning for each judgement on an id that is nowhere any more."""
    named = frozenset(chain.from_iterable(map(ids_of, readings))) if registry.judgements else ()
    for judgement in registry.judgements:
        if lost := unknown((judgement.left, judgement.right), registry, named):
            yield Issue("warning", IDENTITY_FILE, judgement.line, *unknown_text(lost))


class _Groups:
    """Ids in groups, with what forbids joining two groups. Lives only while the map is made."""

    def __init__(self, records: Mapping[EntityId, Record], seen: Mapping[EntityId, Kind]) -> None:
        self._records = records
        self._seen = seen
        self._group: dict[EntityId, set[EntityId]] = {}
        self._apart: list[tuple[EntityId, EntityId]] = []

    def judge(self, judgement: Judgement) -> str | None:
        """Apply one judgement, or say why it cannot hold."""
        left, right = judgement.left, judgement.right
        if not judgement.same:
            if right in self._of(left):
                return "they are one id, or later rows and aliases make them the same"
            self._apart.append((left, right))
            return None
        if (reason := self.objection(left, right)) is None:
            self.join(left, right)
        return reason

    def objection(self, left: EntityId, right: EntityId) -> str | None:
        """Why the groups of two ids may not become one; None where they may."""
        one, other = self._of(left), self._of(right)
        if right in one:
            return None
        holders = sorted(member for member in one | other if member in self._records)
        if len(holders) > 1:
            return f"{' and '.join(holders)} each have a record (keep one, and list the other's id in its aliases)"
        kinds = {kind for member in one | other if (kind := self._kind(member)) is not None}
        if len(kinds) > 1:
            return f"one is a {' and the other a '.join(sorted(kinds))}"
        if any((a in one and b in other) or (a in other and b in one) for a, b in self._apart):
            return "later rows keep them apart"
        return None

    def join(self, left: EntityId, right: EntityId) -> None:
        merged = self._of(left) | self._of(right)
        for member in merged:
            self._group[member] = merged

    def present_ids(self) -> dict[EntityId, EntityId]:
        present: dict[EntityId, EntityId] = {}
        for member in sorted(self._group):
            chosen = min(self._group[member], key=lambda one: (one not in self._records, one))
            if chosen != member:
                present[member] = chosen
        return present

    def _of(self, member: EntityId) -> set[EntityId]:
        return self._group.get(member, {member})

    def _kind(self, member: EntityId) -> Kind | None:
        record = self._records.get(member)
        return self._seen.get(member) if record is None else record.kind


def present_fields(fields: Fields, present: Mapping[EntityId, EntityId]) -> Fields:
    """The fields with present ids."""
    return tuple((name, present.get(value, value) if name in ID_FIELDS else value) for name, value in fields)


def present_reading(reading: Reading, present: Mapping[EntityId, EntityId]) -> Reading:
    """The reading with present ids; the same object where nothing changes, which is nearly always."""
    if present.keys().isdisjoint(ids_of(reading)):
        return reading

    def now(member: EntityId | None) -> EntityId | None:
        return None if member is None else present.get(member, member)

    return replace(
        reading,
        links=tuple(link._replace(entity=now(link.entity)) for link in reading.links),
        claims=tuple(
            claim._replace(fields=present_fields(claim.fields, present), said_by=now(claim.said_by))
            for claim in reading.claims
        ),
        statements=tuple(one._replace(speaker=now(one.speaker)) for one in reading.statements),
        overruled=tuple(_present_overruled(one, present) for one in reading.overruled),
    )


def _present_overruled(one: Overruled, present: Mapping[EntityId, EntityId]) -> Overruled:
    """What was read, and what is right, with present ids."""
    row, was = one
    if row.right is not None and (row.claim is None or row.field in ID_FIELDS):
        row = replace(row, right=present.get(row.right, row.right))
    if isinstance(was, Claim):
        return Overruled(row, was._replace(fields=present_fields(was.fields, present)))
    return Overruled(row, was._replace(entity=None if was.entity is None else present.get(was.entity, was.entity)))


def ids_of(reading: Reading) -> set[str | None]:
    """The ids in a reading, and the other values of its claims, which are quicker to take along than to leave out."""
    ids: set[str | None] = {link.entity for link in reading.links}
    ids.update([claim.said_by for claim in reading.claims])
    ids.update([value for claim in reading.claims for _, value in claim.fields])
    ids.update([statement.speaker for statement in reading.statements])
    for one in reading.overruled:
        ids.add(one.correction.right)
        ids.update([one.was.entity] if isinstance(one.was, Link) else [value for _, value in one.was.fields])
    return ids
