"""Which files under `content/articles` are articles, judged by their names and kinds without opening them.

Every file is an article or a named refusal: nothing is skipped in silence but hidden files and editors' backups.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sijill.issues import error, ordered, quoted
from sijill.model import Issue
from sijill.slugs import SLUG, folded, taken
from sijill.strays import stray, walk

__all__ = ["ARTICLES", "Data", "Held", "Source", "article_sources", "read_bytes"]

ARTICLES = "articles"
"""The folder's name under `content`."""
SUFFIXES = (".html", ".md", ".txt")
LARGEST = 1_000_000
FRESH = 2_000_000_000
"""Nanoseconds in which a file may change again without a sign: disks tell time in coarse steps."""
Data: TypeAlias = "bytes | tuple[Issue, ...]"
"""What a file holds, or why it cannot be read."""


class Source(NamedTuple):
    """An article's file before it is opened."""

    stem: str
    path: Path
    name: str
    """Relative to the project, with forward slashes."""


def article_sources(content: Path) -> tuple[tuple[Source, ...], tuple[Issue, ...]]:
    """The articles' files in the order of their stems, and what is wrong with the folder and with names."""
    folder = content / ARTICLES
    name = f"{content.name}/{ARTICLES}"
    issues: list[Issue] = []
    root = content.resolve()
    if not folder.is_dir():
        return (), (error(name, 0, "there is no such folder", "make it and put an article into it"),)
    if not folder.resolve().is_relative_to(root):
        return (), (error(name, 0, "this link leads out of the content folder", "put a real folder here"),)
    found = sorted(_walk(folder, name, root, issues))
    if not found and not issues:
        issues.append(error(name, 0, "there is no article", f"add a {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file"))
    issues += _duplicates(found)
    for source in found:
        if SLUG.fullmatch(source.stem) is None:
            message = f"the name {quoted(source.stem)} cannot be part of an address"
            issues.append(error(source.name, 0, message, f"rename it to {_slug_for(source.path)}"))
        elif why := taken(source.stem):
            issues.append(error(source.name, 0, f"{quoted(source.stem)} {why}", "rename the file"))
    bad = {issue.path for issue in issues}
    return tuple(source for source in found if source.name not in bad), ordered(issues)


def _walk(folder: Path, name: str, root: Path, issues: list[Issue]) -> list[Source]:
    """Every file that can be an article. Hidden files and editors' backups (`a.md~`) are none of our business."""
    found: list[Source] = []
    for entry, entry_name in walk(folder, name, issues, _is_hidden):
        path = Path(entry.path)
        issue = _unfit(entry, path, entry_name, root)
        if issue is not None:
            issues.append(issue)
        else:
            found.append(Source(path.stem, path, entry_name))
    return found


def _is_hidden(entry: os.DirEntry[str], folder: str) -> bool:
    return entry.name.startswith((".", "#")) or entry.name.endswith("~")


def _unfit(entry: os.DirEntry[str], path: Path, name: str, root: Path) -> Issue | None:
    """Why this file cannot be an article, judged without opening it."""
    issue = stray(entry, name, root, "content")
    if issue is not None:
        return issue
    if path.suffix not in SUFFIXES:
        hint = f"rename it to {SUFFIXES[0]}, {SUFFIXES[1]} or {SUFFIXES[2]}, or move it out of {ARTICLES}/"
        return error(name, 0, f"{quoted(path.suffix)} is not a kind of article", hint)
    return None


def _slug_for(path: Path) -> str:
    """A fit name like the present one; Arabic is not transliterated, since no guess of ours would be liked."""
    ascii_only = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return f"{slug}{path.suffix}" if slug else "small Latin letters, digits and single hyphens"


def _duplicates(found: list[Source]) -> list[Issue]:
    """One issue for each file after the first of its stem; names that look alike are one."""
    first: dict[str, Source] = {}
    issues = []
    for source in found:
        other = first.setdefault(folded(source.stem), source)
        if other is not source:
            message = f"{quoted(source.stem)} is already the name of {other.name}"
            issues.append(error(source.name, 0, message, "rename one of the two"))
    return issues


def read_bytes(source: Source) -> Data:
    """The file's bytes. A device or pipe that took the file's place is not opened."""
    try:
        found = source.path.stat()
        if not stat.S_ISREG(found.st_mode):
            return (error(source.name, 0, "this is not a regular file", "remove it, or put the file itself here"),)
        if found.st_size > LARGEST:
            message = f"the file has {found.st_size} bytes, more than {LARGEST}"
            return (error(source.name, 0, message, "split the article"),)
        return source.path.read_bytes()
    except OSError as problem:
        return (error(source.name, 0, f"the file cannot be read: {problem.strerror}", "check its rights"),)


class Held:
    """The bytes of many files. One is opened again only where it may have changed: to look at a file takes a tenth of
    the time, and what its inode tells of its last change cannot be set back."""

    def __init__(self) -> None:
        self._held: dict[Source, tuple[tuple[int, ...], Data]] = {}

    def read(self, source: Source) -> Data:
        """As `read_bytes`."""
        try:
            found = source.path.stat()
        except OSError:
            return read_bytes(source)
        sign = (found.st_ino, found.st_dev, found.st_size, found.st_mode, found.st_ctime_ns)
        known = self._held.get(source)
        if known is not None and known[0] == sign:
            return known[1]
        data = read_bytes(source)
        if time.time_ns() - found.st_ctime_ns > FRESH:
            self._held[source] = (sign, data)
        return data

    def keep_only(self, sources: Collection[Source]) -> None:
        """Forget what other files held."""
        for source in self._held.keys() - sources:
            del self._held[source]
