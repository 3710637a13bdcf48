"""One article from its words to its reading, and the packed form in which readings are cached and cross between
processes."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import cached_property
from hashlib import blake2b
from importlib.resources import files
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from sijill.anchors import sentence_table
from sijill.arabic.lexicon import Lexicon, Passage
from sijill.arabic.text import folded_all, language_data
from sijill.claims import attributed, claims_of, scenes_of, statements_of
from sijill.confidence import confidence
from sijill.issues import quoted, warning
from sijill.link import Directory, Linked, link, outermost
from sijill.model import Article, Claim, Evidence, Issue, Link, Mention, Reading, Registry, Sentence, Statement
from sijill.publication import disagreement, publication
from sijill.recognise import spots_of
from sijill.recognise.second import Labeller, people
from sijill.recognise.vocabulary import lexicon_of, surname

PACKAGES = ("sijill", "sijill.arabic", "sijill.arabic.data", "sijill.recognise", "sijill.claims")
_made = tuple.__new__
"""Makes a value of all its fields in a third of the time that its own constructor takes; an archive has millions."""
_start = attrgetter("start")
PACKED = 3
"""Version of the packed form."""


class _Knowledge(NamedTuple):
    """What the language data and the registry say, as reading asks for it."""

    lexicon: Lexicon
    directory: Directory
    given: frozenset[str]
    binds: frozenset[str]


class Reader:
    """Reads articles by the language data and one registry. Getting ready is what costs; reading keeps no state."""

    def __init__(self, registry: Registry, second: Labeller | None = None, least: float = 0.0) -> None:
        self._registry = registry
        self._second = second
        self._least = least
        self.version = version_of(registry, second, least)

    @cached_property
    def _knowledge(self) -> _Knowledge:
        names = language_data("names")
        given, binds = folded_all(names["given"]), folded_all(names["binds_next"])
        return _Knowledge(lexicon_of(self._registry), Directory(self._registry), given, binds)

    def get_ready(self) -> None:
        """Do now what the first reading would do: for a process whose workers come and go, and would each do it."""
        _ = self._knowledge

    def read(self, article: Article, everything: bool = False) -> Reading:
        """The article's links, claims and statements, each with its words. What is less sure than the reader was told
        is held back with all that rests on it, unless `everything` is wanted."""
        lexicon, directory, given, binds = self._knowledge
        passages = tuple(Passage(block.text, lexicon) for block in article.blocks)
        sentences = sentence_table(article)
        named = people(passages, sentences, self._second) if self._second is not None else ()
        spots = spots_of(passages, lambda parts: surname(parts, given, binds), named)
        published = publication(passages, spots, directory.calendar, article.date)
        linked = tuple(
            one
            for one in link(spots, passages, directory, published)
            if everything or confidence(one.spot.score, one.entity, one.why) >= self._least
        )
        scenes = scenes_of(article.id, passages, sentences, outermost(linked))
        statements = statements_of(scenes)
        claims = attributed(claims_of(scenes, statements, published), statements, scenes)
        return Reading(
            article.id,
            article.path,
            article.title,
            published.day,
            article.source,
            article.url,
            article.author,
            words=sum(passage.size for passage in passages),
            links=tuple(_link(article, passages, sentences, one) for one in linked),
            claims=claims,
            statements=statements,
            issues=_issues(article, passages),
            date_why=published.why,
            former=article.former,
        )


def _issues(article: Article, passages: tuple[Passage, ...]) -> tuple[Issue, ...]:
    """A warning where the text speaks of another day of publication than the front matter."""
    other = None if article.date is None else disagreement(passages, article.date)
    if article.date is None or other is None:
        return ()
    words, day = other
    meaning = "" if day is None else f", which is {day.isoformat()}"
    return (
        warning(
            article.path,
            1,
            f"date {article.date.isoformat()} disagrees with the text: {quoted(words)}{meaning}",
            "correct the date, or leave it if the source printed the text on a later day",
        ),
    )


def _link(
    article: Article, passages: tuple[Passage, ...], sentences: tuple[tuple[Sentence, ...], ...], one: Linked
) -> Link:
    spot = one.spot
    passage = passages[spot.paragraph]
    start, end = passage.span(spot.first, spot.behind, spot.cut)
    row = sentences[spot.paragraph]
    mention = (
        article.id,
        spot.paragraph,
        start,
        end,
        passage.text.raw[start:end],
        spot.kind,
        spot.key or str(spot.number or spot.when or spot.process),
        row[bisect_right(row, start, key=_start) - 1],
        spot.origin,
        _role(passage, one),
        spot.form,
        confidence(spot.score, one.entity, one.why),
    )
    return _made(Link, (_made(Mention, mention), one.entity, one.why))


def _role(passage: Passage, one: Linked) -> str:
    """The title's words, or «رئيس» and the delegation that «برئاسة» puts under the person."""
    spot = one.spot
    if spot.form == "nominal":
        return ""
    if spot.title is not None and spot.title.head:
        start, end = passage.span(spot.title.start, spot.title.end, spot.title.cut)
        return passage.text.raw[start:end]
    if spot.heads is not None:
        start, end = passage.span(*spot.heads)
        return f"رئيس {passage.text.raw[start:end]}"
    return ""


def version_of(registry: Registry, second: Labeller | None = None, least: float = 0.0) -> str:
    """What tells readings apart but for the article, without the cost of a reader: a digest of code, language data and
    registry, then the second recogniser and the least confidence."""
    digest = blake2b(digest_size=16)
    for package in PACKAGES:
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    for record in registry.records.values():
        digest.update(
            repr(
                (
                    record.id,
                    record.kind,
                    record.name,
                    record.variants,
                    record.process,
                    record.number,
                    record.sessions,
                    record.cities,
                    record.party,
                    record.facts,
                )
            ).encode()
        )
    return f"{digest.hexdigest()}{second.version if second is not None else ''}{least or ''}"


# --- packed form: nested tuples of plain values, sentences once each
# -----------------------------------------------------------------


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
        return _made(Evidence, (article, paragraph, start, end, slice_of(sentence, start, end), sentence, origin))

    def link_of(row: Any) -> Link:
        paragraph, start, end, kind, key, index, origin, role, form, score, entity, why = row
        sentence = sentences[index]
        text = slice_of(sentence, start, end)
        mention = (article, paragraph, start, end, text, kind, key, sentence, origin, role, form, score)
        return _made(Link, (_made(Mention, mention), entity, why))

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
