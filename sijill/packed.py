"""The packed form in which readings are cached and cross between processes: nested rows of plain values, in which a
sentence stands once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson

from sijill.model import Claim, Evidence, Issue, Link, Mention, Reading, Sentence, Statement, made

__all__ = ["pack", "unpack"]

PACKED = 3
"""Version of the packed form."""


def pack(reading: Reading) -> bytes:
    """The reading as bytes; `unpack` gives an equal reading."""
    rows: dict[Sentence, int] = {}

    def row(sentence: Sentence) -> int:
        return rows.setdefault(sentence, len(rows))

    def evidence(value: Evidence) -> tuple[Any, ...]:
        return value.paragraph, value.start, value.end, row(value.sentence), value.origin

    links = [
        (
            m.paragraph,
            m.start,
            m.end,
            m.kind,
            m.key,
            row(m.sentence),
            m.origin,
            m.role,
            m.form,
            m.score,
            one.entity,
            one.why,
        )
        for one in reading.links
        for m in (one.mention,)
    ]
    claims = [
        (claim.prop, claim.fields, evidence(claim.evidence), claim.why, claim.said_by) for claim in reading.claims
    ]
    statements = [(said.speaker, said.speaker_text, evidence(said.verb), said.direct) for said in reading.statements]
    issues = [(issue.level, issue.path, issue.line, issue.message, issue.hint) for issue in reading.issues]
    head = (
        reading.article,
        reading.path,
        reading.title,
        reading.date.isoformat() if reading.date else None,
        reading.source,
        reading.url,
        reading.author,
        reading.words,
        reading.date_why,
        reading.former,
    )
    table = [(s.paragraph, s.start, s.end, s.text, s.anchor) for s in rows]
    return orjson.dumps([PACKED, head, table, links, claims, statements, issues])


def unpack(data: bytes) -> Reading:
    """The reading that `pack` made into bytes. Raises ValueError for anything else."""
    try:
        version, head, table, links, claims, statements, issues = orjson.loads(data)
        if version != PACKED:
            raise ValueError(f"packed form {version}, not {PACKED}")
        return _unpacked(head, table, links, claims, statements, issues)
    except (TypeError, KeyError, IndexError, ValueError) as error:
        raise ValueError("not a packed reading") from error


def _unpacked(head: Any, table: Any, links: Any, claims: Any, statements: Any, issues: Any) -> Reading:
    article, path, title, date, source, url, author, words, date_why, former = head
    sentences = [Sentence(*row) for row in table]

    def slice_of(sentence: Sentence, start: int, end: int) -> str:
        return sentence.text[start - sentence.start : end - sentence.start]

    def evidence(row: Any) -> Evidence:
        paragraph, start, end, index, origin = row
        sentence = sentences[index]
        return made(Evidence, (article, paragraph, start, end, slice_of(sentence, start, end), sentence, origin))

    def link_of(row: Any) -> Link:
        paragraph, start, end, kind, key, index, origin, role, form, score, entity, why = row
        sentence = sentences[index]
        text = slice_of(sentence, start, end)
        mention = (article, paragraph, start, end, text, kind, key, sentence, origin, role, form, score)
        return made(Link, (made(Mention, mention), entity, why))

    return Reading(
        article,
        path,
        title,
        dt.date.fromisoformat(date) if date else None,
        source,
        url,
        author,
        words,
        tuple(map(link_of, links)),
        tuple(
            Claim(prop, tuple((key, value) for key, value in fields), evidence(row), why, said_by)
            for prop, fields, row, why, said_by in claims
        ),
        tuple(Statement(speaker, text, evidence(row), direct) for speaker, text, row, direct in statements),
        tuple(Issue(*row) for row in issues),
        date_why,
        tuple(former),
    )
