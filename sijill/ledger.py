"""Files to which editors only add rows, `identity.toml` and `corrections.toml`: what all rows share, read and written.

Separate from the registry because each row is signed and dated, and a later row undoes an earlier one.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sijill.decode import forbidden, unbalanced
from sijill.issues import error, quoted
from sijill.model import Block, Issue
from sijill.tomlfile import TomlFile, read_toml

__all__ = ["SIGNED", "Row", "row_text", "rows_of"]

SIGNED = ("by", "on", "note")
"""What the end of every row says: who, when, and perhaps why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file while it is checked; what is wrong with it goes into `issues`."""

    values: Mapping[str, Any]
    line: int
    name: str
    file: TomlFile
    issues: list[Issue]
    before: int
    """How many issues there were before this row."""

    def wrong(self, message: str, hint: str, key: str = "") -> None:
        """An error at the row's line, or at that of one of its keys."""
        at = self.file.line(key, after=self.line) if key in self.values else 0
        self.issues.append(error(self.name, at or self.line, message, hint))

    def text(self, key: str) -> str:
        """A text of the row; empty where there is none, and where it is wrong."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.wrong(f"{key} is not a text", f'write it as in `{key} = "…"`', key)
            return ""
        if forbidden(value, self.name) or unbalanced((Block("p", value),), "", self.name):
            message = f"{key} holds a control character, or a direction control that is not balanced"
            self.wrong(message, "remove it", key)
            return ""
        return unicodedata.normalize("NFC", " ".join(value.split()))

    def signed(self) -> bool:
        """Whether the row says who and when, and nothing is wrong with it."""
        if not isinstance(self.values.get("by"), str) or not self.values["by"].strip():
            self.wrong("by does not say who judges", 'write `by = "…"`')
        if not self.values.get("on"):
            self.wrong("on does not say when", "write it as in `on = 2026-01-31`")
        self.signature()
        return len(self.issues) == self.before

    def signature(self) -> tuple[str, str, str]:
        """Who, when, and why."""
        return self.text("by"), str(self.values.get("on", "")), self.text("note")


def rows_of(path: Path, name: str, kind: str, known: Sequence[str], issues: list[Issue]) -> Iterator[Row]:
    """The rows `[[kind]]` of a file in their order, whose keys are `known`; an archive need not have the file."""
    if not path.exists():
        return
    file = read_toml(path, name)
    if isinstance(file, Issue):
        issues.append(file)
        return
    for key in file.values:
        if key != kind:
            issues.append(error(name, file.line(key), f"key {quoted(key)} is not known", f"rows are [[{kind}]]"))
    rows = file.values.get(kind, [])
    if not isinstance(rows, list):
        issues.append(error(name, file.line(kind), f"{kind} is not a list of rows", f"write [[{kind}]]"))
        return
    line = 0
    for values in rows:
        line = file.line(kind, after=line)
        if not isinstance(values, dict):
            hint = f"write [[{kind}]] and its values below"
            issues.append(error(name, line, f"a {kind} is not a table", hint))
            continue
        row = Row(values, line, name, file, issues, len(issues))
        for key in values:
            if key not in known:
                row.wrong(f"key {quoted(key)} is not known", f"known are {', '.join(known)}", key)
        yield row


def row_text(kind: str, values: Mapping[str, str | bool]) -> str:
    """A row to add at the end of a file, in the form that `rows_of` reads; a day stands without quotation marks."""
    lines = [f"[[{kind}]]"]
    for key, value in values.items():
        if isinstance(value, bool):
            lines.append(f"{key} = {str(value).lower()}")
        elif value:
            lines.append(f"{key} = {value if key == 'on' else json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, ""])
