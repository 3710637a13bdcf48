"""Every word that the site prints, from `content/strings/<language>.toml`, with the plural forms of Arabic.

Separate so that no template and no page holds words. What an editor can get wrong in the file is an
issue; a key that is missing is found where its words are wanted, and raises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import tomli

from .arabic.hijri import islamic
from .decode import unfit
from .model import Issue

__all__ = ["PLURALS", "MissingWordsError", "Strings", "Style", "load_strings", "plural"]

COUNTS = "count."
"""Below this stand the words that have six forms."""
PLURALS = ("zero", "one", "two", "few", "many", "other")


def plural(number: int) -> str:
    """The plural category of a number in Arabic, as CLDR defines it."""
    if number in (0, 1, 2):
        return PLURALS[number]
    rest = number % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"


_ARABIC_INDIC = str.maketrans({",": "\u066c", **{str(digit): chr(0x660 + digit) for digit in range(10)}})


class MissingWordsError(LookupError):
    """The file has no words for a key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Style:
    """How the site writes numbers and days of its own; what others wrote keeps their way."""

    digits: str = "western"
    months: str = "both"
    hijri: bool = False


@dataclass(frozen=True, slots=True)
class Strings:
    """Words by dotted key, `nav.round`; those with a count have six forms below it, `count.sentence.few`."""

    words: Mapping[str, str]
    style: Style = Style()
    kept: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What pages have worked out of these words and ask for again. It holds only derived values."""

    def __call__(self, key: str, **values: str) -> str:
        """The words of a key, with `{names}` filled in."""
        try:
            text = self.words[key]
        except KeyError:
            raise MissingWordsError(key) from None
        return text.format(**values) if values else text

    def count(self, key: str, number: int) -> str:
        """A number with its noun: «جملتان», «3 جمل», «11 جملة»."""
        text: str | None = self.kept.get((key, number))
        if text is None:
            self.kept[key, number] = text = self(f"{key}.{plural(number)}", n=self.number(number))
        return text

    def number(self, number: int) -> str:
        """A number by itself, in the digits of the site."""
        return self.figure(f"{number:,}")

    def figure(self, digits: str | int) -> str:
        """Digits as the site writes them: years, days, pages, places in a list."""
        text = str(digits)
        return text.translate(_ARABIC_INDIC) if self.style.digits == "arabic-indic" else text

    def hijri(self, date: dt.date) -> tuple[int, int, int] | None:
        """Year, month and day beside a date, where the site prints them."""
        return islamic(date) if self.style.hijri else None

    def find(self, key: str) -> str | None:
        """The words of a key that may well be missing, such as the name of a city."""
        return self.words.get(key)

    def below(self, key: str) -> Iterator[str]:
        """The names directly below a key, in the order of the file."""
        start = f"{key}."
        seen: dict[str, None] = {}
        for each in self.words:
            if each.startswith(start):
                seen[each[len(start) :].partition(".")[0]] = None
        yield from seen


def load_strings(content: Path) -> tuple[Strings, tuple[Issue, ...]]:
    """The words in `content/strings/ar.toml`."""
    name = f"{content.name}/strings/ar.toml"
    try:
        table = tomli.loads((content / "strings" / "ar.toml").read_text("utf-8"))
    except FileNotFoundError:
        return _none(name, 0, "the words of the site are missing", "restore the file")
    except UnicodeDecodeError:
        return _none(name, 0, "the file is not UTF-8", "save it as UTF-8")
    except tomli.TOMLDecodeError as problem:
        return _none(name, _line(str(problem)), f"the file is not TOML: {problem}", "correct the line")
    words: dict[str, str] = {}
    issues: list[Issue] = []
    _flatten(table, "", words, issues, name)
    return Strings(MappingProxyType(words)), tuple(issues)


def _flatten(table: Mapping[str, object], above: str, words: dict[str, str], issues: list[Issue], name: str) -> None:
    missing = ", ".join(form for form in PLURALS if form not in table)
    if above.startswith(COUNTS) and missing:
        issues.append(Issue("error", name, 0, f"[{above}] has no form for {missing}", "add it: Arabic has six plurals"))
    for key, value in table.items():
        whole = f"{above}.{key}" if above else key
        if isinstance(value, str):
            problem = _unfit(value)
            if problem:
                issues.append(Issue("error", name, 0, f"{whole} {problem}", "correct it"))
            words[whole] = value
        elif isinstance(value, dict):
            _flatten(value, whole, words, issues, name)
        else:
            issues.append(Issue("error", name, 0, f"{whole} is not text", "put it in quotation marks"))


def _unfit(text: str) -> str:
    """What is wrong with a text as words of the site; empty where nothing is."""
    if (wrong := unfit(text)) is not None:
        return wrong[0]
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        return "has a brace without its partner"
    if not all(field.isidentifier() for field in fields):
        return "has braces that hold no name"
    return "is empty" if not text.strip() else ""


def _none(name: str, line: int, message: str, hint: str) -> tuple[Strings, tuple[Issue, ...]]:
    return Strings(MappingProxyType({})), (Issue("error", name, line, message, hint),)


def _line(message: str) -> int:
    """The line that the message of a TOML error names."""
    number = message.partition("line ")[2].partition(",")[0]
    return int(number) if number.isdigit() else 0
