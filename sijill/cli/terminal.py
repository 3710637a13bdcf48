"""What a person or a script sees: lines, JSON, progress with the time left, colour where a terminal shows it."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from sijill.model import Issue

__all__ = ["Line", "coloured", "counted", "issue_counts", "refuse", "say_issues", "say_json", "say_lines"]

PATIENCE = 2.0
"""Seconds of work before the time left is told: sooner it would be a guess."""
WIDTH = 20
"""Signs of a bar; plain ones, which every terminal has."""
_COLOURS = {"error": "31", "warning": "33"}


def refuse(reason: str) -> int:
    """Say in one line why the command does nothing."""
    print(f"build.py: error: {reason}", file=sys.stderr)
    return 2


def coloured(stream: TextIO) -> bool:
    """Whether colours are wanted here: on a terminal that knows them, unless NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say_lines(lines: Iterable[str]) -> None:
    """The answer of a command. A locale without Arabic letters is no reason to fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for line in lines:
        print(line)
    sys.stdout.flush()


def say_json(values: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """One object on one line, in letters that every terminal and every pipe can carry."""
    print(json.dumps(values), file=stream or sys.stdout, flush=True)


def say_issues(issues: Iterable[Issue], as_json: bool = False) -> None:
    """Issues to stderr, each on its line; as JSON where a script reads them."""
    from sijill.issues import line_text

    paint = coloured(sys.stderr) and not as_json
    for issue in issues:
        if as_json:
            values = {name: getattr(issue, name) for name in ("level", "path", "line", "message", "hint")}
            say_json(values, sys.stderr)
            continue
        text = line_text(issue)
        if paint:
            text = text.replace(f" {issue.level}: ", f" \x1b[{_COLOURS[issue.level]}m{issue.level}\x1b[0m: ", 1)
        print(text, file=sys.stderr)


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 article`, `2,000 articles`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def issue_counts(issues: Sequence[Issue]) -> str:
    """`1 error, 2 warnings`."""
    if not issues:
        return "0 issues"
    errors = sum(issue.level == "error" for issue in issues)
    parts = ((errors, "error"), (len(issues) - errors, "warning"))
    return ", ".join(counted(count, noun) for count, noun in parts if count)


class Line:
    """Progress on one line that is written again and again; nothing at all where nobody watches."""

    def __init__(self, stream: TextIO, steps: Mapping[str, str]) -> None:
        self.stream = stream if stream.isatty() else None
        self.steps = steps
        self.shown = ""
        self.step = ""
        self.since = 0.0

    def show(self, step: str, done: int, total: int) -> None:
        """How much of a step is done; `total` is 0 where that is not known."""
        if self.stream is None:
            return
        now = time.monotonic()
        if step != self.step:
            self.step, self.since = step, now
        text = self.steps[step]
        if total:
            bar = "#" * (WIDTH * done // total)
            text += f" [{bar:.<{WIDTH}}] {100 * done // total}%{_left(now - self.since, done, total)}"
        elif done:
            text += f" {done // 50 * 50:,}"
        if text != self.shown:
            self.stream.write(f"\r{text}\x1b[K")
            self.stream.flush()
            self.shown = text

    def clear(self) -> None:
        if self.stream is not None and self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = ""


def _left(seconds: float, done: int, total: int) -> str:
    """`, 12 s left`, by the pace so far."""
    if seconds < PATIENCE or not 0 < done < total:
        return ""
    left = round(seconds * (total - done) / done)
    return f", {left // 60} min {left % 60} s left" if left >= 60 else f", {left} s left"
