"""Settling: all readings, the registry and the editors' judgements become one archive, in which dissent is kept.

The first stage that sees the whole site at once, and it sees ids only: no rules of Arabic, no HTML, no disk.
The order in which readings arrive changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from sijill.facts import dissent, self_meetings, settled_facts, takes_part
from sijill.identity import holding, identities, lost_judgements, present_reading
from sijill.model import (
    KINDS,
    Archive,
    Entity,
    EntityId,
    Fact,
    Judgement,
    Kind,
    Link,
    Reading,
    Record,
    Registry,
    Statement,
)

__all__ = ["kinds_of", "public_kind", "settle"]

RESOLUTION_PREFIX = "unscr-"
RESOLUTION_NAME = "قرار مجلس الأمن {number}"
"""The name of a resolution that has no record: a name belongs to the archive, not to the words of the site."""


def settle(readings: Iterable[Reading], registry: Registry, parties: Mapping[str, str]) -> Archive:
    """The archive of these readings and records. `parties` names delegations that have no record (slug to Arabic name).

    Every id in the archive is a present id: former ids (aliases, merged ids) are replaced in the readings too.
    """
    given = sorted(readings, key=_newest_first)
    present, issues = identities(registry, kinds_of(given, registry.records))
    ordered = tuple(present_reading(reading, present) for reading in given)

    links: defaultdict[EntityId, list[Link]] = defaultdict(list)
    statements: defaultdict[EntityId, list[Statement]] = defaultdict(list)
    for reading in ordered:
        for link in reading.links:
            if link.entity is not None:
                links[link.entity].append(link)
        for statement in reading.statements:
            if statement.speaker is not None:
                statements[statement.speaker].append(statement)
    known = registry.records.keys() | links.keys()

    settled = settled_facts(ordered, registry.records, present)
    facts: defaultdict[EntityId, list[Fact]] = defaultdict(list)
    for one in settled:
        for member in takes_part(one):
            if member in known:
                facts[member].append(one.fact)

    names = _Names(registry, parties)
    entities: dict[EntityId, Entity] = {}
    for member in sorted(known):
        record = registry.records.get(member)
        found = links.get(member, [])
        kind = _kind(found) if record is None else record.kind
        entities[member] = Entity(
            id=member,
            kind=kind,
            name=names.of(member, kind, found) if record is None else record.name,
            latin="" if record is None else record.latin,
            record=record,
            links=tuple(found),
            facts=tuple(facts.get(member, ())),
            statements=tuple(statements.get(member, ())),
            variants=_variants(found),
        )
    judged: defaultdict[EntityId, list[Judgement]] = defaultdict(list)
    for member, judgement in holding(registry.judgements, present):
        judged[member].append(judgement)
    collected = [
        *issues,
        *lost_judgements(registry, given),
        *(issue for reading in ordered for issue in reading.issues),
        *dissent(settled, ordered),
        *self_meetings(ordered),
    ]
    return Archive(
        entities=MappingProxyType(entities),
        readings=ordered,
        aliases=MappingProxyType({former: now for former, now in present.items() if now in entities}),
        issues=tuple(sorted(collected, key=attrgetter("path", "line", "level", "message", "hint"))),
        judgements=MappingProxyType({member: tuple(found) for member, found in judged.items() if member in entities}),
    )


def public_kind(link: Link) -> str:
    """The kind of a mention in the data: of documents, `document` is a resolution and `agreement` is any other."""
    kind = link.mention.kind
    return "agreement" if kind == "document" and not (link.entity or "").startswith(RESOLUTION_PREFIX) else kind


class _Names:
    """Names for entities that have no record."""

    def __init__(self, registry: Registry, parties: Mapping[str, str]) -> None:
        self._parties = parties
        self._processes = {record.id: record for record in registry.of("process")}

    def of(self, member: EntityId, kind: Kind, links: Sequence[Link]) -> str:
        stem, _, number = member.rpartition("-")
        if kind == "delegation" and member in self._parties:
            return self._parties[member]
        if kind == "round" and number.isdigit() and stem in self._processes:
            process = self._processes[stem]
            return f"{process.cities[0] if process.cities else process.name} {number}"
        if kind == "document" and member.startswith(RESOLUTION_PREFIX) and number.isdigit():
            return RESOLUTION_NAME.format(number=number)
        return _longest_form(links)


def _longest_form(links: Sequence[Link]) -> str:
    """The longest full name, or failing that the longest form; of equals the most frequent, then the smallest."""
    full = Counter(link.mention.text for link in links if link.mention.form == "full")
    forms = full or Counter(link.mention.text for link in links)
    return min(forms, key=lambda text: (-len(text), -forms[text], text))


def _variants(links: Sequence[Link]) -> tuple[tuple[str, int], ...]:
    """A title alone names an office, not the entity: it is no variant."""
    forms = Counter([link.mention.text for link in links if link.mention.form != "nominal"])
    return tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0])))


def _kind(links: Iterable[Link]) -> Kind:
    counts = Counter(link.mention.kind for link in links)
    return min(counts, key=lambda kind: (-counts[kind], KINDS.index(kind)))


def kinds_of(readings: Iterable[Reading], records: Mapping[EntityId, Record]) -> Mapping[EntityId, Kind]:
    """The kind of each id that articles name, or were read as naming before a correction, and no record holds."""
    unheld: defaultdict[EntityId, list[Link]] = defaultdict(list)
    for reading in readings:
        for link in (*reading.links, *(one.was for one in reading.overruled if isinstance(one.was, Link))):
            if link.entity is not None and link.entity not in records:
                unheld[link.entity].append(link)
    return {member: _kind(links) for member, links in unheld.items()}


def _newest_first(reading: Reading) -> tuple[int, str, str]:
    return (-reading.date.toordinal() if reading.date else 1, reading.article, reading.path)
