"""How problems in the user's files are worded, ordered and weighed.

Every stage carries `Issue` values in its result; only the command line prints them, through this module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sijill.model import Issue

__all__ = ["error", "has_errors", "line_text", "ordered", "quoted", "strict", "visible", "warning"]

LONGEST_QUOTE = 60
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def error(path: str, line: int, message: str, hint: str) -> Issue:
    return Issue("error", path, line, message, hint)


def warning(path: str, line: int, message: str, hint: str) -> Issue:
    return Issue("warning", path, line, message, hint)


def quoted(value: str) -> str:
    """A user's value inside a message: in quotation marks, and cut short where it is long."""
    return f'"{value}"' if len(value) <= LONGEST_QUOTE else f'"{value[: LONGEST_QUOTE - 1]}…"'


def line_text(issue: Issue) -> str:
    """`path:line: level: what (how to fix)`. A problem of the whole file is shown at its first line."""
    hint = f" ({issue.hint})" if issue.hint else ""
    return visible(f"{issue.path}:{max(issue.line, 1)}: {issue.level}: {issue.message}{hint}")


def ordered(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """By path and line, each once."""
    return tuple(
        sorted(set(issues), key=lambda issue: (issue.path, issue.line, issue.level, issue.message, issue.hint))
    )


def strict(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The same issues with every warning made an error."""
    return tuple(Issue("error", issue.path, issue.line, issue.message, issue.hint) for issue in issues)


def has_errors(issues: Iterable[Issue]) -> bool:
    return any(issue.level == "error" for issue in issues)


def visible(text: str) -> str:
    """Names and values come from outside: nothing in them may steer a terminal or turn the line's direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _HIDDEN else char for char in text)
