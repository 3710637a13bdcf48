"""Cases that a linguist can add without Python: `tests/cases/*.txt`, each a title, an Arabic input, what is expected.

    title, with the date of publication in square brackets where it matters
    .
    paragraphs of the article, the title first
    .
    expected lines, in any order
    .

A file's name says which lines it is about: `rounds.txt` lists rounds and processes, `officials.txt` officials;
everything of that sort that the reading finds must be listed, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sijill.arabic.parties import party_names
from sijill.model import Article, Block, Reading
from sijill.packed import pack, unpack
from sijill.reading import Reader
from sijill.registry import load_registry

HERE = Path(__file__).parent
ROOT = HERE.parent


class Case(NamedTuple):
    """One case of a file."""

    sort: str
    title: str
    published: dt.date | None
    text: str
    expected: frozenset[str]


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for path in sorted((HERE / "cases").glob("*.txt")):
        blocks = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert len(blocks) % 3 == 1, f"{path.name}: a case has three parts, each closed by a line with a full stop"
        for title, text, expected in zip(blocks[0::3], blocks[1::3], blocks[2::3], strict=False):
            date = re.search(r"\[(\d{4}-\d\d-\d\d)\]", title)
            lines = frozenset(" ".join(line.split()) for line in expected.splitlines() if line.strip())
            yield Case(path.stem, title.strip(), dt.date.fromisoformat(date[1]) if date else None, text.strip(), lines)


def mention_lines(reading: Reading, *kinds: str) -> Iterator[str]:
    """`kind entity «text» (role)` for each link of these kinds; `?` where the entity is not known."""
    for link in reading.links:
        mention = link.mention
        if mention.kind in kinds:
            role = f" ({mention.role})" if mention.role else ""
            form = f" {mention.form}" if mention.form == "nominal" else ""
            yield " ".join(f"{mention.kind}{form} {link.entity or '?'} «{mention.text}»{role}".split())


def claim_lines(reading: Reading, *props: str) -> Iterator[str]:
    """`prop field=value …` for each claim of these kinds."""
    for claim in reading.claims:
        if claim.prop in props:
            yield " ".join([claim.prop, *(f"{key}={value}" for key, value in claim.fields)])


def statement_lines(reading: Reading) -> Iterator[str]:
    """`speaker «verb» direct` for each statement."""
    for said in reading.statements:
        yield f"{said.speaker or '?'} «{said.verb.quote}»{' direct' if said.direct else ''}"


SORTS = {
    "rounds": lambda reading: mention_lines(reading, "round", "process"),
    "delegations": lambda reading: mention_lines(reading, "delegation"),
    "officials": lambda reading: mention_lines(reading, "official"),
    "documents": lambda reading: mention_lines(reading, "document"),
    "relations": lambda reading: claim_lines(reading, "leads", "member", "meets", "attends"),
    "schedules": lambda reading: claim_lines(reading, "held"),
    "offices": lambda reading: claim_lines(reading, "affiliation", "role"),
    "statements": statement_lines,
}


NAMED_AFTER = (("delegation", "official"), ("document", "round"), ("round", "delegation"))
"""Whose words may hold whose: «وفد نظام الرئيس فلان», «بيان جنيف 1», «جولة محادثات بين … وممثلي المعارضة في أستانا»."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    """A reader with the real registry."""
    registry, issues = load_registry(ROOT / "content", party_names())
    assert issues == ()
    return Reader(registry)


def read(reader: Reader, case: Case) -> Reading:
    """The reading of a case's article."""
    lines = [line.strip() for line in case.text.splitlines() if line.strip()]
    blocks = tuple(Block("title" if index == 0 else "p", line) for index, line in enumerate(lines))
    return reader.read(Article("case", "case.txt", "ar", case.published, "", "", "", blocks))


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.sort}: {case.title}")
def test_the_reading_finds_what_the_case_lists_and_nothing_else(reader: Reader, case: Case) -> None:
    reading = read(reader, case)
    assert frozenset(SORTS[case.sort](reading)) == case.expected


@pytest.mark.parametrize("sort", SORTS)
def test_a_text_may_begin_and_end_at_any_word(reader: Reader, sort: str) -> None:
    tried = 0
    for case in cases():
        for number, space in enumerate(re.finditer(r"\s", case.text) if case.sort == sort else ()):
            part = case.text[space.end() :] if number % 2 else case.text[: space.start()]
            assert read(reader, case._replace(text=part)) is not None
            tried += 1
    assert tried


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.sort}: {case.title}")
def test_spans_say_what_they_quote_and_share_no_words_but_what_a_name_holds(reader: Reader, case: Case) -> None:
    reading = read(reader, case)
    lines = [line.strip() for line in case.text.splitlines() if line.strip()]
    behind: dict[int, int] = {}
    whole = ""
    for link in reading.links:
        mention = link.mention
        assert lines[mention.paragraph][mention.start : mention.end] == mention.text
        taken = behind.get(mention.paragraph, 0)
        named_after = (whole, mention.kind) in NAMED_AFTER and mention.end <= taken
        assert mention.start >= taken or named_after
        if not named_after:
            behind[mention.paragraph], whole = mention.end, mention.kind
        assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
    for evidence in [claim.evidence for claim in reading.claims] + [said.verb for said in reading.statements]:
        assert lines[evidence.paragraph][evidence.start : evidence.end] == evidence.quote
    assert unpack(pack(reading)) == reading
