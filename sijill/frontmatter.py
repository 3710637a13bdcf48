"""The YAML between two lines of `---` at the head of a file: cut off, parsed, and every value given its line.

Articles and registry records both start this way. Scalars stay the text that the editor typed (a date is not a date
yet, "no" is not False), so that each reader can say precisely what is wrong with a value; nothing here ever raises.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

import yaml

from sijill.model import Issue

__all__ = ["Items", "Parts", "Table", "Text", "Value", "load", "split"]

FENCE = "---"
DEEPEST = 20
"""Levels of nesting; real records have five."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML has it: ten times as fast."""
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_STRANGE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow; looked for first because the parser tells its place in bytes."""
_CHECK = "check the indentation, and put quotes around a value that contains a colon, # or brackets"


class Text(NamedTuple):
    """A single value as typed, without its quotes; empty where the file says nothing, `~` or `null`."""

    text: str
    line: int


class Items(NamedTuple):
    """A list."""

    items: tuple[Value, ...]
    line: int


class Table(NamedTuple):
    """A mapping, in the order of the file."""

    values: dict[str, Value]
    lines: dict[str, int]
    """The line of each key."""
    line: int


Value: TypeAlias = Text | Items | Table


class Parts(NamedTuple):
    """A file cut in two; lines count from 1."""

    front: str
    """The YAML; empty where the file has no front matter."""
    front_line: int
    body: str
    body_line: int


def split(text: str, path: str) -> Parts | Issue:
    """Cut `text` after its front matter. The body is untouched; a leading byte order mark is dropped."""
    text = text.removeprefix("\ufeff")
    first, end = _line(text, 0)
    if first != FENCE:
        return Parts("", 1, text, 1)
    start, number = end, 2
    while end < len(text):
        begin = end
        line, end = _line(text, begin)
        if line == FENCE:
            return Parts(text[start:begin], 2, text[end:], number + 1)
        number += 1
    hint = "end it with a line of ---, or put an empty line before the first --- if none is meant"
    return Issue("error", path, 1, "the front matter is not closed", hint)


def _line(text: str, start: int) -> tuple[str, int]:
    """The line that starts at `start`, without spaces at its end, and where the next one starts."""
    newline = text.find("\n", start)
    end = len(text) if newline < 0 else newline + 1
    return text[start:end].rstrip(), end


def load(front: str, first_line: int, path: str) -> Table | tuple[Issue, ...]:
    """Parse front matter whose first line is line `first_line` of `path`. The issues are all that could be found."""
    strange = _STRANGE.search(front)
    if strange is not None:
        line = first_line + front.count("\n", 0, strange.start())
        message = f"broken YAML: the invisible character U+{ord(strange[0]):04X}"
        return (Issue("error", path, line, message, "remove the character"),)
    builder = _Builder(path, first_line)
    try:
        for event in yaml.parse(front, Loader=_LOADER):
            builder.take(event)
            if len(builder.stack) > DEEPEST:
                builder.wrong(builder.stack[-1].line, f"more than {DEEPEST} levels of nesting", "close the brackets")
                break
    except yaml.MarkedYAMLError as error:
        message = f"broken YAML: {error.problem or error.context}"
        builder.wrong(first_line + _line_of(error, front), message, _CHECK)
    if builder.issues:
        return tuple(builder.issues)
    root = builder.root
    if isinstance(root, Table):
        return root
    if root is None or root == Text("", root.line):
        return Table({}, {}, first_line)
    hint = "write each value on a line of its own as `key: value`"
    return (Issue("error", path, root.line, "the front matter is not keys with values", hint),)


def _line_of(error: yaml.MarkedYAMLError, front: str) -> int:
    """The line (from 0) to show: an unclosed quote or bracket is noticed at the end but is wrong where it opens."""
    last = max(front.rstrip().count("\n"), 0)
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    return next((line for line in marks if line <= last), last)


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("is_table", "items", "key", "keys", "line", "values")

    def __init__(self, is_table: bool, line: int) -> None:
        self.is_table = is_table
        self.line = line
        self.items: list[Value] = []
        self.values: dict[str, Value] = {}
        self.keys: dict[str, int] = {}
        self.key: Text | None = None
        """The key that waits for its value."""


class _Builder:
    """Puts parse events together without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.issues: list[Issue] = []
        self.root: Value | None = None
        self.stack: list[_Open] = []
        self.documents = 0

    def wrong(self, line: int, message: str, hint: str) -> None:
        self.issues.append(Issue("error", self.path, line, message, hint))

    def take(self, event: yaml.Event) -> None:
        line = self.first_line + (event.start_mark.line if event.start_mark is not None else 0)
        if isinstance(event, yaml.ScalarEvent):
            self.check(event, line)
            plain_null = not event.style and event.value in _NULLS
            self.put(Text("" if plain_null else event.value, line))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self.check(event, line)
            self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), line))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self.stack.pop()
            if done.is_table:
                self.put(Table(done.values, done.keys, done.line))
            else:
                self.put(Items(tuple(done.items), done.line))
        elif isinstance(event, yaml.AliasEvent):
            self.wrong(line, f"the alias *{event.anchor} is not allowed", "write the value out")
            self.put(Text("", line))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.wrong(line, "a second YAML document", "keep all keys in one")

    def check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        """Anchors and tags do nothing here; refusing them is kinder than ignoring them."""
        if event.anchor is not None:
            self.wrong(line, f"the anchor &{event.anchor} is not allowed", "remove it and write values out")
        if event.tag is not None:
            self.wrong(line, f"the tag {event.tag} is not allowed", "remove it")

    def put(self, value: Value) -> None:
        """Give a finished value to whatever it stands in."""
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if not top.is_table:
            top.items.append(value)
        elif top.key is not None:
            top.values[top.key.text] = value
            top.keys[top.key.text] = top.key.line
            top.key = None
        elif isinstance(value, Text) and value.text:
            if value.text in top.keys:
                first = top.keys[value.text]
                self.wrong(value.line, f'the key "{value.text}" is already on line {first}', "keep one of the two")
            top.key = value
        else:
            self.wrong(value.line, "a key must be a word", "write `key: value`")
            top.key = Text("", value.line)
