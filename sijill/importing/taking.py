"""The files that an editor named, and by their kind what reads each of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sijill.importing.feed import of_feed
from sijill.importing.found import Found
from sijill.importing.page import has_library, of_mhtml, of_page
from sijill.importing.rows import of_csv, of_json_lines
from sijill.issues import error, warning
from sijill.model import Issue

__all__ = ["MissingLibraryError", "Wanted", "files_of", "taken_from"]

KINDS = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
}
LARGEST = {"page": 20_000_000, "mhtml": 100_000_000}
LARGEST_DUMP = 500_000_000
_BESIDE = frozenset(".css .gif .ico .jpeg .jpg .js .json .png .svg .ttf .webp .woff .woff2".split())
"""What pages are saved with."""


class MissingLibraryError(Exception):
    """A page is to be read, and the library for pages is not installed."""


class Wanted(NamedTuple):
    """What the editor said besides the files."""

    encoding: str = ""
    columns: Mapping[str, str] = {}
    """Our fields to the columns of a table, where they are named otherwise."""


def files_of(named: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """The files to read, in the order in which they were named, each once; folders by name."""
    files: dict[Path, None] = {}
    issues: list[Issue] = []
    for name in named:
        path = Path(name)
        if name.startswith(("http://", "https://")):
            issues.append(
                error(name, 0, "this is an address, and nothing is fetched", "save the page, and give its file")
            )
        elif path.is_dir():
            before = len(files)
            others: Counter[str] = Counter()
            for each in _walk(path):
                if each.suffix.lower() in KINDS:
                    files[each] = None
                elif each.suffix.lower() not in _BESIDE:
                    others[each.suffix.lower() or each.name] += 1
            nothing = len(files) == before
            for suffix, count in sorted(others.items()):
                told = f"{count} {'file ends' if count == 1 else 'files end'} in {suffix}, which is not read"
                hint = f"copy the text into .txt files; read are {' '.join(KINDS)}"
                issues.append((error if nothing else warning)(name, 0, told, hint))
            if nothing and not others:
                issues.append(error(name, 0, "nothing to import is in this folder", f"read are {' '.join(KINDS)}"))
        elif not path.is_file():
            issues.append(error(name, 0, "there is no such file", "correct the name"))
        elif path.suffix.lower() not in KINDS:
            hint = f"copy the text into a .txt file; read are {' '.join(KINDS)}"
            issues.append(error(name, 0, f"files that end in {path.suffix or 'nothing'} are not read", hint))
        else:
            files[path] = None
    if any(KINDS[path.suffix.lower()] in ("page", "mhtml") for path in files) and not has_library():
        raise MissingLibraryError
    return tuple(files), tuple(issues)


def taken_from(path: Path, wanted: Wanted) -> Iterator[Found | Issue]:
    """What one file holds."""
    name, kind = path.as_posix(), KINDS[path.suffix.lower()]
    try:
        size = path.stat().st_size
        most = LARGEST.get(kind, LARGEST_DUMP)
        if size > most:
            yield error(name, 0, f"the file has {size} bytes, more than {most}", "split it")
            return
        data = path.read_bytes()
    except OSError as problem:
        yield error(name, 0, f"the file cannot be read: {problem.strerror}", "check its rights")
        return
    if not data.strip():
        yield error(name, 0, "the file is empty", "save it again")
    elif kind == "page":
        yield of_page(data, name, wanted.encoding)
    elif kind == "mhtml":
        yield of_mhtml(data, name, wanted.encoding)
    elif kind == "feed":
        yield from of_feed(data, name, wanted.encoding)
    elif kind == "csv":
        yield from of_csv(data, name, wanted.encoding, wanted.columns)
    else:
        yield from of_json_lines(data, name, wanted.encoding, wanted.columns)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder by name, without what browsers save beside a page (`page_files/`) and hidden ones."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.endswith(("_files", ".files")):
                yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)
