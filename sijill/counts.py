"""How much an archive holds, counted from its files without building it; what a build found is taken from its data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sijill.corrections import load_corrections
from sijill.model import Article
from sijill.read import article_of
from sijill.registry import FOLDERS, load_registry
from sijill.sources import article_sources, read_bytes

__all__ = ["Counts", "counted", "lines_of"]

MOST_SOURCES = 10
_FOUND = ("mentions", "statements", "claims")


class Counts(NamedTuple):
    """Plain numbers, also as JSON."""

    articles: int
    drafts: int
    refused: int
    """Files and records with errors."""
    undated: int
    words: int
    years: dict[str, int]
    sources: dict[str, int]
    """The most frequent ones."""
    records: dict[str, int]
    facts: int
    judgements: int
    corrections: int
    published: dict[str, int]
    """What the last build found; empty where there is none."""


def counted(content: Path, output: Path) -> Counts:
    """Count the content folder, and read what the site in `output` says of itself."""
    found, wrong = article_sources(content)
    years: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    articles = drafts = words = 0
    bad = {issue.path for issue in wrong}
    for source in found:
        data = read_bytes(source)
        article = article_of(source, data) if isinstance(data, bytes) else data
        if article is None:
            drafts += 1
        elif isinstance(article, Article):
            articles += 1
            years[str(article.date.year) if article.date else ""] += 1
            sources[article.source] += bool(article.source)
            words += sum(len(block.text.split()) for block in article.blocks)
        else:
            bad.add(source.name)
    registry, issues = load_registry(content)
    corrections, wrong = load_corrections(content)
    bad |= {issue.path for issue in (*issues, *wrong) if issue.level == "error"}
    kinds = Counter(record.kind for record in registry.records.values())
    return Counts(
        articles=articles,
        drafts=drafts,
        refused=len(bad),
        undated=years.pop("", 0),
        words=words,
        years=dict(sorted(years.items())),
        sources=dict(sorted((+sources).items(), key=lambda each: (-each[1], each[0]))[:MOST_SOURCES]),
        records={FOLDERS[kind]: kinds[kind] for kind in FOLDERS},
        facts=sum(len(record.facts) for record in registry.records.values()),
        judgements=len(registry.judgements),
        corrections=len(corrections),
        published=_published(output / "data" / "index.json"),
    )


def lines_of(counts: Counts) -> Iterator[str]:
    """The counts for a terminal, the widest group of numbers in one column."""
    yield _line("articles", counts.articles)
    for label, number in (("drafts", counts.drafts), ("without a date", counts.undated), ("words", counts.words)):
        yield _line(f"  {label}", number)
    yield from (_line(f"  of {year}", number) for year, number in counts.years.items())
    if counts.sources:
        yield "sources"
        yield from (_line(f"  {name}", number) for name, number in counts.sources.items())
    yield _line("records", sum(counts.records.values()))
    yield from (_line(f"  {name}", number) for name, number in counts.records.items())
    yield _line("facts in records", counts.facts)
    yield _line("judgements", counts.judgements)
    yield _line("corrections", counts.corrections)
    if counts.published:
        yield "found by the last build"
        yield from (_line(f"  {name}", number) for name, number in counts.published.items())
    else:
        yield "nothing is built yet (run: python build.py)"
    if counts.refused:
        yield _line("files with errors", counts.refused) + "  (python build.py names them)"


def _line(label: str, number: int) -> str:
    return f"{label:<24}{number:>10,}"


def _published(path: Path) -> dict[str, int]:
    try:
        index: Any = json.loads(path.read_bytes())
        rows = {file["path"].partition(".")[0]: int(file["rows"]) for file in index["files"] if file.get("rows")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no site, or one that something else wrote
    return {name: rows.get(name, 0) for name in _FOUND}
