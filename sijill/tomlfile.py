"""TOML files that an editor writes by hand: read, and the line of a key found again, which the parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from sijill.decode import decoded, unfit
from sijill.issues import error
from sijill.model import Issue

__all__ = ["TomlFile", "read_toml"]

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlFile(NamedTuple):
    """A file's values and its text."""

    values: dict[str, Any]
    text: str

    def line(self, key: str, after: int = 0) -> int:
        """The line of the first `key =` or `[key]` below line `after`; 0 where it is written in another way."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if number > after and re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=\].]", line):
                return number
        return 0


def read_toml(path: Path, name: str) -> TomlFile | Issue:
    """The file, or why it cannot be read. `name` is its path relative to the project."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return error(name, 0, "there is no such file", "copy it from the content folder that comes with the project")
    except OSError as problem:
        return error(name, 0, f"the file cannot be read: {problem.strerror}", "check its rights")
    text = decoded(data, name)
    if isinstance(text, Issue):
        return text
    try:
        file = TomlFile(tomli.loads(text), text)
    except ValueError as problem:  # TOMLDecodeError, and numbers too long for Python
        message = str(problem)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        what = message[: place.start()] if place else message
        return error(name, line, f"broken TOML: {what}", "texts stand in double quotes, lists in square brackets")
    except RecursionError:
        return error(name, 0, "broken TOML: too many brackets within brackets", "close the brackets")
    for key, value in file.values.items():
        for each in _texts(value):
            if (wrong := unfit(each)) is not None:
                return error(name, file.line(key), f"{key} {wrong[0]}", wrong[1])
    return file


def _texts(value: Any) -> Iterator[str]:
    """All texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
