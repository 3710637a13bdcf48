"""How well readings agree with gold annotations: the project's own figures, printed by the benchmark and held by tests.

A gold file is YAML beside or for an article of the same stem: `mentions` (p, text, nth, kind, entity, role, form,
optional),
`relations` (p, type and fields) and `statements` (p, verb, nth, speaker). A surface form is located in its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sijill.model import Article, Reading

KINDS = ("round", "delegation", "official", "document")
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "leads": ("official", "delegation"),
    "member": ("official", "delegation"),
    "meets": ("a", "b"),
    "attends": ("who", "round"),
    "held": ("round",),
    "affiliation": ("official", "party"),
}
"""The fields that identify a relation; the others qualify it."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what gold holds, what was found, and what is in both."""

    gold: int = 0
    found: int = 0
    hit: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.found + other.found, self.hit + other.hit)

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def load_gold(path: Path) -> dict[str, Any]:
    """One gold file. Raises ValueError where it is not a mapping."""
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(gold, dict):
        raise ValueError(f"{path} holds no gold")
    return gold


def scores(pairs: Iterable[tuple[Article, Reading, Mapping[str, Any]]]) -> dict[str, Score]:
    """Scores by kind of mention (exact span), `identity` (entity of those found), `role`, `statement`, `speaker`
    and relation."""
    table: dict[str, Score] = {}
    for article, reading, gold in pairs:
        for name, score in _of_article(article, reading, gold):
            table[name] = table.get(name, Score()) + score
    return table


def _of_article(article: Article, reading: Reading, gold: Mapping[str, Any]) -> Iterable[tuple[str, Score]]:
    texts = [block.text for block in article.blocks]
    rows = [(row, _span(texts[row["p"]], row["text"], row.get("nth", 1))) for row in gold.get("mentions") or ()]
    for kind in KINDS:
        yield from _mentions(kind, rows, reading)
    said = [(row, _span(texts[row["p"]], row["verb"], row.get("nth", 1))) for row in gold.get("statements") or ()]
    wanted = {(row["p"], *span): row for row, span in said}
    found = {(one.verb.paragraph, one.verb.start, one.verb.end): one for one in reading.statements}
    required = {key for key, row in wanted.items() if not row.get("optional")}
    hits = required & found.keys()
    yield "statement", Score(len(required), len(found.keys() - (wanted.keys() - required)), len(hits))
    people = {row["entity"] for row, _ in rows if row["kind"] in ("official", "delegation")}
    asked = [key for key in hits if wanted[key]["speaker"] in people]
    yield "speaker", Score(len(asked), len(asked), sum(found[key].speaker == wanted[key]["speaker"] for key in asked))
    for kind in REQUIRED:
        yield kind, _relations(kind, gold, reading)


def _span(text: str, surface: str, nth: int) -> tuple[int, int]:
    at = -1
    for _ in range(nth):
        at = text.find(surface, at + 1)
        if at < 0:
            raise ValueError(f"gold says {surface!r}, {nth} times, which is not in {text[:40]!r}")
    return at, at + len(surface)


def _mentions(
    kind: str, rows: list[tuple[dict[str, Any], tuple[int, int]]], reading: Reading
) -> Iterable[tuple[str, Score]]:
    scored = {
        (row["p"], *span): row
        for row, span in rows
        if row["kind"] == kind and not row.get("optional") and row.get("form") != "nominal"
    }
    ignored = [(row["p"], *span) for row, span in rows if (row["p"], *span) not in scored]
    found = {
        (link.mention.paragraph, link.mention.start, link.mention.end): link
        for link in reading.links
        if link.mention.kind == kind and link.mention.form != "nominal"
    }
    hits = scored.keys() & found.keys()
    false = [
        key
        for key in found.keys() - hits
        if not any(key[0] == p and key[1] < end and start < key[2] for p, start, end in ignored)
    ]
    yield kind, Score(len(scored), len(hits) + len(false), len(hits))
    yield "identity", Score(len(hits), len(hits), sum(found[key].entity == scored[key]["entity"] for key in hits))
    if kind == "official":
        titled = [key for key in hits if scored[key].get("role")]
        yield (
            "role",
            Score(len(titled), len(titled), sum(found[key].mention.role == scored[key]["role"] for key in titled)),
        )


def _relations(kind: str, gold: Mapping[str, Any], reading: Reading) -> Score:
    def key(values: list[Any]) -> tuple[str, ...]:
        return tuple(sorted(map(str, values)) if kind == "meets" else map(str, values))

    rows = [row for row in gold.get("relations") or () if row["type"] == kind]
    wanted = {key([row.get(field) for field in REQUIRED[kind]]) for row in rows if not row.get("optional")}
    may = {key([row.get(field) for field in REQUIRED[kind]]) for row in rows if row.get("optional")}
    found = {
        key([claim.get(field) for field in REQUIRED[kind]]) for claim in reading.claims if claim.prop == kind
    } - may
    known = {row[0] for row in may} if kind == "affiliation" else set()
    found = {row for row in found if row in wanted or row[0] not in known}
    return Score(len(wanted), len(found), len(wanted & found))
