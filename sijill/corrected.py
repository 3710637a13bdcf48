"""Readings with the editors' corrections: between reading, which stays cached and pure of them, and settling.

What rests on corrected words follows them: claims and statements that name whom the words were taken for. What was
read is kept beside it, so that a page can show both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, TypeAlias

from sijill.identity import ID_FIELDS, identities, ids_of, unknown, unknown_text
from sijill.model import (
    CLAIM_FIELDS,
    EDITOR,
    Claim,
    Correction,
    EntityId,
    Evidence,
    Fields,
    Issue,
    Kind,
    Link,
    Mention,
    Overruled,
    Prop,
    Reading,
    Registry,
    Statement,
)
from sijill.settle import kinds_of

__all__ = ["CORRECTIONS_FILE", "WHY", "changed", "corrected"]

CORRECTIONS_FILE = "content/corrections.toml"
WHY = "corrected"
"""The reason of a link or claim that an editor changed."""
NEEDED: Final[Mapping[Prop, tuple[str, ...]]] = {
    "held": ("round",),
    "leads": ("official", "delegation"),
    "member": ("official", "delegation"),
    "attends": ("who", "round"),
    "meets": ("a", "b"),
    "affiliation": ("official", "party"),
    "role": ("official", "title"),
}
"""Without these a claim says nothing."""

_Moved: TypeAlias = tuple[Mention, EntityId, EntityId | None]
"""A mention, whom it was read as, and whom an editor says it names."""


def corrected(
    readings: Iterable[Reading], corrections: Sequence[Correction], registry: Registry, parties: Container[str] = ()
) -> tuple[tuple[Reading, ...], tuple[Issue, ...]]:
    """The readings as editors have them, and a warning for each row that corrects nothing, names an id that is
    nowhere, or contradicts that of another editor. `parties` need no record to be named."""
    given = tuple(readings)
    if not corrections:
        return given, ()
    seen = kinds_of(given, registry.records)
    ledger = _Ledger(corrections, identities(registry, seen)[0])
    kinds = {**seen, **{id: record.kind for id, record in registry.records.items()}}
    homes = {name: reading for reading in given for name in (*reading.former, reading.article)}
    result = tuple(_corrected(reading, ledger, kinds) for reading in given)
    named = frozenset(chain.from_iterable(map(ids_of, given)))
    issues = [*ledger.conflicts.values()]
    for row in corrections:
        lost = unknown(_ids(row, parties, row not in ledger.used), registry, named)
        if lost:
            issues.append(_warning(row, *unknown_text(lost)))
        elif row not in ledger.used:
            issues.append(_warning(row, *_unused(row, homes, given)))
    return result, tuple(issues)


@dataclass(slots=True)
class _Ledger:
    """The rows by where they may apply, and what has become of them. Lives only while readings are corrected."""

    rows: Sequence[Correction]
    present: Mapping[EntityId, EntityId]
    used: set[Correction] = field(default_factory=set)
    conflicts: dict[tuple[int, int], Issue] = field(default_factory=dict)
    _of_article: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _everywhere: dict[str | None, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            (self._of_article[row.article] if row.article else self._everywhere[self.now(row.read)]).append(number)

    def now(self, value: str | None) -> str | None:
        return None if value is None else self.present.get(value, value)

    def same(self, one: str | None, other: str | None) -> bool:
        return one == other or self.now(one) == self.now(other)

    def of(self, reading: Reading) -> list[Correction]:
        """The rows that may speak of this reading, in the order of the file."""
        numbers = {number for name in (reading.article, *reading.former) for number in self._of_article.get(name, ())}
        if self._everywhere:
            for value in ids_of(reading):
                numbers.update(self._everywhere.get(self.now(value), ()))
        return [self.rows[number] for number in sorted(numbers)]

    def last(self, fitting: Sequence[Correction]) -> Correction | None:
        """The row that holds of those that speak of one thing."""
        if not fitting:
            return None
        holds = fitting[-1]
        self.used.update(fitting)
        for row in fitting[:-1]:
            if row.by != holds.by and row.article == holds.article and not self.same(row.right, holds.right):
                message = f"{holds.by} and {row.by} correct the same words differently"
                hint = f"line {holds.line} holds, since it is the later one; agree, and remove the other row"
                self.conflicts[row.line, holds.line] = _warning(row, message, hint)
        return holds


def _corrected(reading: Reading, ledger: _Ledger, kinds: Mapping[EntityId, Kind]) -> Reading:
    """One reading; the same object where no row speaks of it, which is nearly always."""
    rows = ledger.of(reading)
    if not rows:
        return reading
    overruled: list[Overruled] = []
    moved: list[_Moved] = []
    links: list[Link] = []
    for link in reading.links:
        mention = link.mention
        row = ledger.last([one for one in rows if _fits(one, link, ledger)])
        if row is not None:
            overruled.append(Overruled(row, link))
        if row is not None and not ledger.same(row.right, link.entity):
            kind = kinds.get(row.right, mention.kind) if row.right is not None else mention.kind
            if link.entity is not None:
                moved.append((mention, link.entity, row.right))
            link = Link(mention._replace(kind=kind, origin=EDITOR, score=1.0), row.right, WHY)
        links.append(link)
    follow = _Following(moved, {link.entity for link in links})
    claims: list[Claim] = []
    for claim in reading.claims:
        changes = {
            name: now
            for name, value in claim.fields
            if name in ID_FIELDS and (now := follow.in_claim(value, claim.evidence)) != value
        }
        for name in CLAIM_FIELDS[claim.prop]:
            row = ledger.last([one for one in rows if one.field == name and _says(one, claim, ledger)])
            if row is not None:
                overruled.append(Overruled(row, claim))
                changes[name] = row.right
                if ledger.same(row.right, claim.get(name)):
                    del changes[name]  # confirmed, also against what would have followed a mention
        said_by = follow.in_sentence(claim.said_by, claim.evidence, None)
        if said_by != claim.said_by:
            claim = claim._replace(said_by=said_by)
        if changes:
            fields = changed(claim.prop, claim.fields, changes)
            if not fields:
                continue
            claim = claim._replace(fields=fields, evidence=claim.evidence._replace(origin=EDITOR), why=WHY)
        claims.append(claim)
    if not overruled:
        return reading
    return replace(
        reading,
        links=tuple(links),
        claims=tuple(claims),
        statements=tuple(map(follow.statement, reading.statements)),
        overruled=tuple(sorted(overruled, key=_place)),
    )


class _Following:
    """Whom words name that rest on corrected mentions."""

    def __init__(self, moved: Sequence[_Moved], named: Container[str | None]) -> None:
        self.moved = moved
        self.gone: dict[EntityId, EntityId | None] = {}
        for _, was, now in moved:
            if was not in named:  # nothing names it any more, so what rests on it without words of its own goes too
                self.gone[was] = now if self.gone.get(was, now) == now else None

    def in_claim(self, value: str, evidence: Evidence) -> str | None:
        """An id in a claim: it follows the mention within the claim's words."""
        for mention, was, now in self.moved:
            inside = evidence.start <= mention.start and mention.end <= evidence.end
            if was == value and inside and mention.paragraph == evidence.paragraph:
                return now
        return self.gone.get(value, value)

    def in_sentence(self, value: EntityId | None, evidence: Evidence, words: str | None) -> EntityId | None:
        """Who speaks: he follows the mention in his sentence, if `words` name him by it."""
        if value is None:
            return None
        for mention, was, now in self.moved:
            here = mention.sentence.anchor == evidence.sentence.anchor
            if was == value and here and (words is None or mention.text in words):
                return now
        return self.gone.get(value, value)

    def statement(self, one: Statement) -> Statement:
        speaker = self.in_sentence(one.speaker, one.verb, one.speaker_text)
        if speaker == one.speaker:
            return one
        return one._replace(speaker=speaker, verb=one.verb._replace(origin=EDITOR))


def _speaks_of(row: Correction, anchor: str) -> bool:
    return row.sentence in ("", anchor)


def _fits(row: Correction, link: Link, ledger: _Ledger) -> bool:
    mention = link.mention
    here = row.claim is None and row.words in ("", mention.text) and _speaks_of(row, mention.sentence.anchor)
    return here and ledger.same(row.read, link.entity)


def _says(row: Correction, claim: Claim, ledger: _Ledger) -> bool:
    evidence = claim.evidence
    here = row.claim == claim.prop and row.words in evidence.quote and _speaks_of(row, evidence.sentence.anchor)
    return here and ledger.same(row.read, claim.get(row.field))


def changed(prop: Prop, fields: Fields, changes: Mapping[str, str | None]) -> Fields:
    """The fields with new values, in their order; nothing where they say nothing any more."""
    values = {**dict(fields), **changes}
    left = tuple((name, value) for name in CLAIM_FIELDS[prop] if (value := values.get(name)))
    held = {name for name, _ in left}
    return left if held.issuperset(NEEDED[prop]) and len(left) > 1 else ()


def _place(one: Overruled) -> tuple[int, int, int]:
    return one.place.paragraph, one.place.start, one.correction.line


def _ids(row: Correction, parties: Container[str], read: bool) -> Iterator[str]:
    """The ids that a row names and that should be known; what it says was `read` only where that is nowhere read."""
    if row.claim is None or (row.field in ID_FIELDS and row.field != "party"):
        yield from (id for id in (row.read if read else None, row.right) if id is not None and id not in parties)


def _unused(row: Correction, homes: Mapping[str, Reading], readings: Sequence[Reading]) -> tuple[str, str]:
    """Why a row corrects nothing, and how it is mended."""
    if row.article and row.article not in homes:
        return f'article "{row.article}" is not in the archive', "correct the id, or remove the row"
    among = [homes[row.article]] if row.article else readings
    where = f' in "{row.article}"' if row.article else ""
    mend = "the text or the rules were changed: correct the row, or remove it"
    found: list[tuple[str, str, str | None]] = [
        part for reading in among for part in (_mentions(reading) if row.claim is None else _said(reading, row))
    ]
    what = f"as {row.claim}" if row.claim is not None else "as a name"
    if row.sentence and not any(anchor == row.sentence for anchor, _, _ in found):
        return f'nothing is read {what} in sentence "{row.sentence}" of "{row.article}"', mend
    values = [
        value
        for anchor, words, value in found
        if _speaks_of(row, anchor) and (row.words == words or (row.claim is not None and row.words in words))
    ]
    if row.words and not values:
        return f'the words "{row.words}" are not read {what}{where}', mend
    shown = f'"{row.words}"' if row.words else f"{row.claim} {row.field}" if row.claim is not None else ""
    if shown and values:
        now = " or ".join(dict.fromkeys(_shown(value) for value in values))
        if row.right in values:
            return f"{shown} is read as {now} by now{where}", "remove the row: it is needed no longer"
        return f"{shown} is read as {now}, not as {_shown(row.read)}{where}", "correct `read`, or remove the row"
    return f"nothing is read as {_shown(row.read)}{where}", mend


def _mentions(reading: Reading) -> Iterator[tuple[str, str, str | None]]:
    """Sentence, words and entity of each mention."""
    for link in reading.links:
        yield link.mention.sentence.anchor, link.mention.text, link.entity


def _said(reading: Reading, row: Correction) -> Iterator[tuple[str, str, str | None]]:
    """Sentence, words and value of each claim of the row's property."""
    for claim in reading.claims:
        if claim.prop == row.claim:
            yield claim.evidence.sentence.anchor, claim.evidence.quote, claim.get(row.field)


def _shown(value: str | None) -> str:
    return "nothing" if value is None else f'"{value}"'


def _warning(row: Correction, message: str, hint: str) -> Issue:
    return Issue("warning", CORRECTIONS_FILE, row.line, message, hint)
