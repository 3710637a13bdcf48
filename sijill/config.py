"""`content/site.toml` and `content/places.toml`: what the site is called, where it stands, and the names of cities.

All problems of both files are told at once. What a file does not say has an empty value, never an invented one.
"""

from __future__ import annotations

import difflib
import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sijill.issues import error, ordered, quoted
from sijill.model import EntityId, Issue
from sijill.slugs import SLUG
from sijill.tomlfile import TomlFile, read_toml

__all__ = ["DIGITS", "LARGEST", "MONTHS", "Config", "Place", "load_config"]

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Place:
    """A city where rounds are held."""

    name: str
    country: str
    """Slug of a party."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the editors say of the site as a whole."""

    title: str = ""
    tagline: str = ""
    base_url: str = ""
    """Without a slash at its end."""
    language: str = "ar"
    processes: tuple[EntityId, ...] = ()
    """Those to show, in the order of the site's menus."""
    contact: str = ""
    """An e-mail address; empty where there is none."""
    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    """By slug, in the order of the file."""
    digits: str = "western"
    """Those of numbers that the site prints; texts, addresses and data are not changed."""
    months: str = "both"
    """Names of the months; `both` adds the second name where a page first names a month."""
    hijri: bool = False
    """Whether a day is followed by its day in the tabular Islamic calendar."""
    min_confidence: float = 0.5
    """Mentions that are less sure are not published, and nothing that rests on them."""
    article_seconds: float = 2.0
    """Processor time that reading one article may take; 0 is no bound, here and below."""
    article_megabytes: int = 500
    """Memory that reading one article may take."""
    most_articles: int = 50_000
    """How many a build takes on: the articles, their pages and their links are all in memory at once."""


def load_config(content: Path) -> tuple[Config, tuple[Issue, ...]]:
    """Both files of this content folder, and everything that is wrong with them."""
    issues: list[Issue] = []
    site = _Site(f"{content.name}/site.toml", issues)
    values = site.read(content / "site.toml")
    known = content / "processes"
    for process in values.get("processes", ()):
        if not (known / f"{process}.md").is_file():
            hint = f"add {known.name}/{process}.md, or correct the name"
            site.wrong("processes", f"process {quoted(process)} has no record", hint)
    places = _places(content / "places.toml", f"{content.name}/places.toml", issues)
    return Config(**values, places=MappingProxyType(places)), ordered(issues)


class _Site:
    """The checks of `site.toml`, key by key."""

    def __init__(self, name: str, issues: list[Issue]) -> None:
        self.name = name
        self.issues = issues
        self.file = TomlFile({}, "")

    def read(self, path: Path) -> dict[str, Any]:
        """The values that are right."""
        file = read_toml(path, self.name)
        if isinstance(file, Issue):
            self.issues.append(file)
            return {}
        self.file = file
        for key in file.values:
            if key not in _KEYS:
                self.wrong(key, f"key {quoted(key)} is not known", _hint(key, tuple(_KEYS)))
        for key in _NEEDED:
            if key not in file.values:
                self.issues.append(error(self.name, 0, f"{key} is missing", f"add a line `{key} = …`"))
        right = {}
        for key, (check, message, hint) in _KEYS.items():
            if key in file.values:
                value = check(file.values[key])
                if value is None:
                    self.wrong(key, message.format(quoted(str(file.values[key]))), hint)
                else:
                    right[key] = value
        return right

    def wrong(self, key: str, message: str, hint: str) -> None:
        self.issues.append(error(self.name, self.file.line(key), message, hint))


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _base_url(value: Any) -> str | None:
    if not isinstance(value, str) or re.search(r"[\s<>\"']", value):
        return None
    try:
        parts = urllib.parse.urlsplit(value)
        fit = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        return None
    return value.rstrip("/") if fit and not parts.query and not parts.fragment else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str | None]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def _slugs(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    fit = all(isinstance(one, str) and SLUG.fullmatch(one) for one in value)
    return tuple(value) if fit and len(set(value)) == len(value) else None


def _share(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) and 0 <= value <= 1 else None


def _amount(value: Any) -> float | None:
    return value if type(value) in (int, float) and 0 <= value <= LARGEST else None


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= LARGEST else None


def _one_of(*names: str) -> Callable[[Any], str | None]:
    return lambda value: value if value in names else None


def _yes_or_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


LARGEST = 1_000_000
"""Of a bound: more is a slip, or means none."""
DIGITS = ("western", "arabic-indic")
MONTHS = ("levantine", "gulf", "maghrebi", "both")

_KEYS: Mapping[str, tuple[Callable[[Any], Any], str, str]] = {
    "title": (_text, "title {} is not a text", 'write it in quotes, as in `title = "…"`'),
    "tagline": (_text, "tagline {} is not a text", 'write it in quotes, as in `tagline = "…"`'),
    "base_url": (_base_url, "base_url {} is not a web address", "write https://… without ? and #"),
    "language": (_matching(_LANGUAGE), "language {} is not a language code", "write ar"),
    "processes": (_slugs, "processes {} is not a list of ids", 'write the names of records, as in ["astana"]'),
    "min_confidence": (_share, "min_confidence {} is not a number from 0 to 1", "write 0.5, or 0 to publish all"),
    "digits": (_one_of(*DIGITS), "digits {} is not a kind of digits", f"write {' or '.join(DIGITS)}"),
    "months": (_one_of(*MONTHS), "months {} is not a way to name months", f"write one of {', '.join(MONTHS)}"),
    "hijri": (_yes_or_no, "hijri {} is neither true nor false", "write true or false, without quotes"),
    "contact": (_matching(_MAIL), "contact {} is not an e-mail address", "write name@example.org, or leave it out"),
    "article_seconds": (_amount, "article_seconds {} is not a number of seconds", "write 2, or 0 for no bound"),
    "article_megabytes": (_count, "article_megabytes {} is not a whole number", "write 500, or 0 for no bound"),
    "most_articles": (_count, "most_articles {} is not a whole number", "write 50000, or 0 for no bound"),
}
"""Each key with its check (None is wrong), the message and the hint."""
_NEEDED = ("title", "base_url", "processes")


def _hint(key: str, keys: Sequence[str]) -> str:
    close = difflib.get_close_matches(key.lower(), keys, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys are {', '.join(keys)}"


def _places(path: Path, name: str, issues: list[Issue]) -> dict[str, Place]:
    if not path.exists():
        return {}  # a site needs it only when a record names a place, and then the record says so
    file = read_toml(path, name)
    if isinstance(file, Issue):
        issues.append(file)
        return {}
    places = {}
    for slug, row in file.values.items():
        line = file.line(slug)
        if not SLUG.fullmatch(slug):
            message = f"place {quoted(slug)} is not a slug"
            issues.append(error(name, line, message, "write small Latin letters, digits and single hyphens"))
        elif not isinstance(row, dict) or set(row) != {"name", "country"} or not all(map(_text, row.values())):
            hint = 'write it as in `geneva = { name = "جنيف", country = "switzerland" }`'
            issues.append(error(name, line, f"place {quoted(slug)} needs a name and a country", hint))
        else:
            places[slug] = Place(row["name"], row["country"])
    return places
