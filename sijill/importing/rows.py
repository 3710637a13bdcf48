"""CSV and JSON Lines: each row is an article, by a map from our fields to the columns of whoever wrote the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sijill import markup
from sijill.importing.encoding import decoded
from sijill.importing.feed import paragraphs_of
from sijill.importing.found import Found, day_of, found
from sijill.issues import error, quoted, warning
from sijill.model import Issue

__all__ = ["FIELDS", "of_csv", "of_json_lines"]

MOST_NAMED = 20
"""Columns in a message."""
FIELDS = ("title", "text", "date", "author", "source", "url")
_LONGEST_CELL = 10_000_000


def of_csv(data: bytes, name: str, encoding: str, columns: Mapping[str, str]) -> Iterator[Found | Issue]:
    """The rows of a table whose first row names its columns."""
    told = decoded(data, name, encoding)
    if isinstance(told, Issue):
        yield told
        return
    text, label, notes = told
    yield from notes
    csv.field_size_limit(_LONGEST_CELL)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=lambda each: (first.count(each), each == ","))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="", restval="")
    try:
        wrong = _unmapped(reader.fieldnames or (), columns, name)
        if wrong is not None:
            yield wrong
            return
        for row in reader:
            yield _row(row, columns, name, reader.line_num, label)
    except csv.Error as problem:
        yield error(name, reader.line_num, f"broken CSV: {problem}", "save the table again as CSV")


def of_json_lines(data: bytes, name: str, encoding: str, columns: Mapping[str, str]) -> Iterator[Found | Issue]:
    """The objects of a file that has one on each line."""
    told = decoded(data, name, encoding)
    if isinstance(told, Issue):
        yield told
        return
    text, label, notes = told
    yield from notes
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield error(name, number, "this line is not JSON", "write one object on each line")
            continue
        if not isinstance(row, dict):
            yield error(name, number, "this line is not a JSON object", 'write it as in {"title": "…", "text": "…"}')
            continue
        wrong = _unmapped(tuple(row), columns, name, number)
        yield wrong if wrong is not None else _row(row, columns, name, number, label)


def _unmapped(present: Any, columns: Mapping[str, str], name: str, line: int = 1) -> Issue | None:
    """Why these columns cannot be understood: a column that was named and is not there, or no text at all."""
    for field in FIELDS:
        wanted = columns.get(field, field)
        if wanted not in present and (field in columns or field in ("title", "text")):
            known = ", ".join(quoted(str(name)) for name in islice(present, MOST_NAMED))
            hint = f"the columns are {known}; name the right one, as in --map {field}=COLUMN"
            return error(name, line, f"there is no column {quoted(wanted)}", hint)
    return None


def _row(row: Mapping[str, Any], columns: Mapping[str, str], name: str, line: int, label: str) -> Found | Issue:
    values = {field: _value(row.get(columns.get(field, field))) for field in FIELDS}
    try:
        paragraphs = paragraphs_of(values["text"]) if "<" in values["text"] else tuple(values["text"].splitlines())
    except markup.MarkupError as problem:
        return error(name, line, problem.message, problem.hint)
    if not any(part.strip() for part in paragraphs):
        return error(name, line, "the row has no text", "write it, or delete the row")
    date = day_of(values["date"])
    notes: tuple[Issue, ...] = ()
    if not date:
        said = f"date {quoted(values['date'])} is not understood" if values["date"] else "the row states no date"
        notes = (warning(name, line, said, "write YYYY-MM-DD, or add the date to the article"),)
    described = {field: values[field] for field in ("author", "source", "url")}
    return found(name, line, values["title"], paragraphs, date=date, encoding=label, notes=notes, **described)


def _value(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
