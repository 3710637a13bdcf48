"""What an import would write: for each thing found a file with a name of its own, or why it is left out.

Apart from writing, so that a dry run shows exactly what a run does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

from sijill.importing.alike import Shelf, sketch
from sijill.importing.found import Found
from sijill.issues import error, quoted, warning
from sijill.model import Article, Issue
from sijill.read import article_of
from sijill.slugs import SLUG, folded, taken
from sijill.sources import ARTICLES, Source, article_sources, read_bytes

__all__ = ["Plan", "Row", "planned", "write"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much."""

UNDATED = "undated"
_LONGEST = 80
_DULL = frozenset("article articles index news story page post view show default details content archives".split())


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was found, and what becomes of it."""

    found: Found
    status: str
    """`new`, `near` (new, and nearly another), `known` (it is there already) or `refused`."""
    path: Path | None
    name: str
    """The file's name relative to the project, or of the article that it equals."""
    data: bytes = b""


class Plan(NamedTuple):
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


def planned(
    content: Path,
    things: Sequence[Found],
    source: str = "",
    progress: Progress = lambda step, done, total: None,
) -> Plan:
    """A row for each thing, in their order; content is read and not changed.

    `source` is who published what does not say it.
    """
    there = article_sources(content)[0] if (content / ARTICLES).is_dir() else ()
    total = len(there) + len(things)
    archive = _Archive(content)
    for done, each in enumerate(there):
        progress("compare", done, total)
        archive.know(each)
    rows: list[Row] = []
    issues: list[Issue] = []
    for done, thing in enumerate(things, len(there)):
        progress("compare", done, total)
        found = thing if thing.source or not source else replace(thing, source=source)
        row, told = archive.take(found)
        rows.append(row)
        issues += (*found.notes, *told) if row.status != "known" else told
    return Plan(tuple(rows), tuple(issues))


def write(row: Row) -> Issue | None:
    """Write a row's file; what has come to stand there in the meantime is left alone."""
    if row.path is None:
        return None
    row.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with row.path.open("xb") as file:
            try:
                file.write(row.data)
            except BaseException:  # half an article would be read as a whole one
                row.path.unlink()
                raise
    except FileExistsError:
        return error(row.name, 0, "another file has this name by now", "run the import again")
    except OSError as problem:
        return error(row.name, 0, f"the file cannot be written: {problem.strerror}", "make room, or check the rights")
    return None


class _Archive:
    """What is there already, and what this import adds to it."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.names: set[str] = set()
        self.addresses: dict[str, str] = {}
        self.shelf = Shelf()

    def know(self, source: Source) -> None:
        """An article that is there."""
        self.names.add(folded(source.stem))
        data = read_bytes(source)
        article = article_of(source, data) if isinstance(data, bytes) else data
        if isinstance(article, Article):
            self._add(source.name, article.url, tuple(block.text for block in article.blocks[1:]))

    def take(self, found: Found) -> tuple[Row, tuple[Issue, ...]]:
        if not found.title:
            return self._refused(found, "there is no title", "write one in the source, or the article by hand")
        of = sketch(found.paragraphs)
        same = self.addresses.get(_address(found.url), "") if found.url else ""
        close, share = self.shelf.closest(of)
        if not same and share == 1.0:
            same = close
        if same:
            return Row(found, "known", None, same), ()
        stem = self._stem(found)
        folder = self.content / ARTICLES / (found.date[:4] or UNDATED)
        path = folder / f"{stem}.txt"
        name = path.relative_to(self.content.parent).as_posix()
        data = _article(found)
        article = article_of(Source(stem, path, name), data)  # the archive's own reader has the last word
        if not isinstance(article, Article):
            why = article[0] if article else error(name, 0, "it would be a draft", "")
            return self._refused(found, why.message, why.hint)
        self.names.add(folded(stem))
        self._add(name, found.url, found.paragraphs)
        if close:
            hint = f"compare it with {close}, and keep one if they are one"
            told = warning(name, 0, f"this is nearly the text of another article ({round(100 * share)} %)", hint)
            return Row(found, "near", path, name, data), (told,)
        return Row(found, "new", path, name, data), ()

    def _add(self, name: str, url: str, paragraphs: tuple[str, ...]) -> None:
        if url:
            self.addresses.setdefault(_address(url), name)
        self.shelf.add(name, sketch(paragraphs))

    def _refused(self, found: Found, message: str, hint: str) -> tuple[Row, tuple[Issue, ...]]:
        what = f"{quoted(found.title)}: {message}" if found.title else message
        return Row(found, "refused", None, ""), (error(found.origin, found.line, what, hint),)

    def _stem(self, found: Found) -> str:
        """A name that nothing has yet: by the address or the file, never by transliterating."""
        stem = _slug(found)
        free, number = stem, 1
        while folded(free) in self.names or taken(free):
            number += 1
            free = f"{stem}-{number}"
        return free


def _slug(found: Found) -> str:
    """From the last telling part of the address; else from the site's name and a number, or the file's own name."""
    parts = urlsplit(found.url)
    host = _plain((parts.hostname or "").removeprefix("www.").split(".")[0])
    number = ""
    for part in reversed(unquote(parts.path).split("/")):
        slug = _plain(re.sub(r"\.[a-zA-Z]{2,5}$", "", part))
        if re.search("[a-z]{3}", slug) and slug not in _DULL and part.isascii():
            return slug
        number = number or (slug if slug.isdigit() and part.isascii() else "")
    if host:
        return f"{host}-{number or _digest(found.url)}"
    slug = _plain(Path(found.origin).stem)
    single = Path(found.origin).suffix.lower() not in (".csv", ".jsonl", ".ndjson", ".xml", ".rss", ".atom")
    if single and re.search("[a-z]{2}|[0-9]", slug) and Path(found.origin).stem.isascii():
        return slug
    return f"article-{_digest(found.title + chr(10) + found.date)}"


def _plain(text: str) -> str:
    slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST].rstrip("-")
    return slug if SLUG.fullmatch(slug) else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _address(url: str) -> str:
    """The same for two ways to write one address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = "&".join(each for each in parts.query.split("&") if each and not each.startswith(("utm_", "fbclid=")))
    return f"{host}{unquote(parts.path).rstrip('/')}?{query}"


def _article(found: Found) -> bytes:
    """The file: front matter in quotes, which YAML and JSON write alike, then a paragraph a line."""
    values = {
        "title": found.title,
        "date": found.date,
        "author": found.author,
        "source": found.source,
        "url": found.url,
    }
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
        if value
    ]
    return "\n".join(("---", *lines, "---", *found.paragraphs, "")).encode()
