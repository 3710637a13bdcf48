"""Gold: what a careful reader finds in an article, written by hand as YAML, with each surface form found in its text.

Separate from scoring, because a wrong gold file is a user's mistake and is told like any other: with its line. The
article stands beside its gold as `<stem>.txt`, or is one of the archive's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sijill.issues import error, ordered, quoted
from sijill.model import Article, Issue
from sijill.read import read_article

__all__ = ["REQUIRED", "Gold", "Named", "Related", "Said", "load_gold", "load_golds"]

KINDS = frozenset({"process", "round", "delegation", "official", "person", "document"})
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "leads": ("official", "delegation"),
    "member": ("official", "delegation"),
    "meets": ("a", "b"),
    "attends": ("who", "round"),
    "held": ("round",),
    "affiliation": ("official", "party"),
}
"""The fields that identify a relation; the others qualify it."""
_MARK = "line of the file"
"""The key under which a row keeps its line; no field has spaces in its name."""


class Named(NamedTuple):
    """A mention to be found."""

    paragraph: int
    start: int
    end: int
    text: str
    kind: str
    """As `Mention.kind`, or `person`: named, but no official."""
    entity: str
    """Ends in `?` where a reader cannot tell it either."""
    role: str
    nominal: bool
    optional: bool
    """Neither rewarded nor punished."""


class Related(NamedTuple):
    """A relation to be found."""

    paragraph: int
    type: str
    fields: Mapping[str, str]
    optional: bool


class Said(NamedTuple):
    """A reporting verb to be found."""

    paragraph: int
    start: int
    end: int
    verb: str
    speaker: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """An article with all that is to be found in it."""

    article: Article
    mentions: tuple[Named, ...]
    relations: tuple[Related, ...]
    statements: tuple[Said, ...]


def load_golds(folder: Path, articles: Mapping[str, Path]) -> tuple[tuple[Gold, ...], tuple[Issue, ...]]:
    """All gold of a folder, in the order of names, and everything that is wrong with it. `articles` are the archive's
    own, by stem."""
    golds, issues = [], list[Issue]()
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        issues.append(error(folder.as_posix(), 0, "there is no gold in this folder", "add <article>.yaml files"))
    for path in paths:
        gold = load_gold(path, articles)
        if isinstance(gold, Gold):
            golds.append(gold)
        else:
            issues += gold
    return tuple(golds), ordered(issues)


def load_gold(path: Path, articles: Mapping[str, Path]) -> Gold | tuple[Issue, ...]:
    """The gold in one file, or what is wrong with it."""
    name = path.as_posix()
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_Lines)  # noqa: S506 - a safe loader that keeps lines
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        hint = "compare with another gold file"
        return (error(name, mark.line + 1 if mark else 0, "this is not YAML", hint),)
    except (OSError, UnicodeDecodeError) as problem:
        return (error(name, 0, f"the file cannot be read: {problem}", "save it as UTF-8"),)
    if not isinstance(data, dict):
        return (error(name, 1, "this is no gold", "write `article`, `mentions`, `relations` and `statements`"),)
    text = path.with_suffix(".txt")
    place = text if text.is_file() else articles.get(path.stem)
    if place is None:
        return (error(name, 0, "its article is missing", f"put {text.name} beside it"),)
    article = read_article(place, place.as_posix())
    if not isinstance(article, Article):
        return article or (error(name, 0, "its article is a draft", "publish the article first"),)
    if article.date is None and isinstance(data.get("date"), dt.date):
        article = replace(article, date=data["date"])
    rows = _Rows(name, article, data)
    gold = Gold(article, tuple(rows.mentions()), tuple(rows.relations()), tuple(rows.statements()))
    return tuple(rows.issues) or gold


class _Lines(yaml.SafeLoader):
    """YAML whose mappings know their lines."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep), _MARK: node.start_mark.line + 1}


class _Rows:
    """The rows of one gold file, checked against its article."""

    def __init__(self, name: str, article: Article, data: Mapping[str, Any]) -> None:
        self.name = name
        self.article = article
        self.data = data
        self.issues: list[Issue] = []

    def mentions(self) -> Iterator[Named]:
        for row in self._rows("mentions", ("text", "kind", "entity")):
            if row["kind"] not in KINDS:
                self._wrong(row, f"kind {quoted(str(row['kind']))} is not known", f"write {', '.join(sorted(KINDS))}")
            elif span := self._span(row, str(row["text"])):
                words, role = str(row["text"]), str(row.get("role") or "")
                nominal, optional = row.get("form") == "nominal", bool(row.get("optional"))
                yield Named(row["p"], *span, words, row["kind"], str(row["entity"]), role, nominal, optional)

    def relations(self) -> Iterator[Related]:
        for row in self._rows("relations", ("type",)):
            needed = REQUIRED.get(row["type"])
            if needed is None:
                self._wrong(row, f"type {quoted(str(row['type']))} is not known", f"write {', '.join(REQUIRED)}")
            elif self._has(row, needed):
                fields = {key: str(value) for key, value in row.items() if key not in ("p", "type", "optional", _MARK)}
                yield Related(row["p"], row["type"], fields, bool(row.get("optional")))

    def statements(self) -> Iterator[Said]:
        for row in self._rows("statements", ("verb", "speaker")):
            if span := self._span(row, str(row["verb"])):
                yield Said(row["p"], *span, str(row["verb"]), str(row["speaker"]), bool(row.get("optional")))

    def _rows(self, name: str, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The rows of this name that are mappings, have what they need and name a paragraph of the article."""
        rows = self.data.get(name) or []
        if not isinstance(rows, list):
            self.issues.append(
                error(self.name, 0, f"{name} is not a list", "write one row a line, as in `- {p: 1, …}`")
            )
            return
        for row in rows:
            if not isinstance(row, dict):
                self.issues.append(
                    error(self.name, 0, f"a row of {name} has no fields", "write it as in `- {p: 1, …}`")
                )
            elif self._has(row, ("p", *needed)):
                number = row["p"]
                if isinstance(number, int) and 0 <= number < len(self.article.blocks):
                    yield row
                else:
                    last = len(self.article.blocks) - 1
                    self._wrong(row, f"there is no paragraph {number}", f"the title is 0, the last is {last}")

    def _span(self, row: dict[str, Any], surface: str) -> tuple[int, int] | None:
        """Where the row's words stand in its paragraph; None, and an issue, if they do not."""
        text, nth, at = self.article.blocks[row["p"]].text, row.get("nth", 1), -1
        for _ in range(nth if isinstance(nth, int) else 1):
            at = text.find(surface, at + 1)
            if at < 0:
                what = f"{quoted(surface)} does not stand {nth} times in paragraph {row['p']}"
                self._wrong(row, what, "copy the words from the article")
                return None
        return at, at + len(surface)

    def _has(self, row: dict[str, Any], needed: Sequence[str]) -> bool:
        missing = [key for key in needed if row.get(key) is None]
        if missing:
            self._wrong(row, f"{missing[0]} is missing", f"a row of this sort has {', '.join(needed)}")
        return not missing

    def _wrong(self, row: dict[str, Any], message: str, hint: str) -> None:
        self.issues.append(error(self.name, row[_MARK], message, hint))
