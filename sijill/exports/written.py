"""Rows as bytes: lines of JSON that every reader takes for one row each, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

__all__ = ["FORMULA_STARTS", "SEPARATOR", "Row", "csv_of", "lines_of"]

SEPARATOR = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins with one of these."""
_LINE_SEPARATORS = tuple((separator.encode(), rb"\u%04x" % ord(separator)) for separator in "\u2028\u2029\x85")

Row: TypeAlias = dict[str, object]


def lines_of(rows: bytes) -> bytes:
    """Line separators within values are escaped, so that one row is one line for every reader."""
    for separator, written in _LINE_SEPARATORS:
        if separator in rows:
            rows = rows.replace(separator, written)
    return rows


def csv_of(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """For spreadsheets: a byte-order mark, so that Arabic is read as UTF-8, and lines that end in CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | dict():
            cell = SEPARATOR.join(str(item).replace(SEPARATOR, " / ") for item in value)
        case _:
            cell = str(value)
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
