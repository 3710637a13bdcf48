"""What is found in a source before it is an article, and the cleaning that all sources need alike."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from sijill.addresses import is_safe_address, is_web_address
from sijill.model import Issue

__all__ = ["Found", "cleaned", "day_of", "found"]

_CONTROLS = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What no article may hold, and what turns the direction of a text: pages put it in for their own layout only."""
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Found:
    """One article's worth of a source."""

    origin: str
    """The file as the editor named it."""
    line: int
    """Where in it; 0 for the whole file."""
    title: str
    paragraphs: tuple[str, ...]
    date: str
    """`YYYY-MM-DD`, or nothing where none is stated."""
    author: str
    source: str
    url: str
    encoding: str
    notes: tuple[Issue, ...] = ()
    """Warnings on the way."""


def found(
    origin: str,
    line: int,
    title: str,
    paragraphs: Iterable[str],
    *,
    date: str = "",
    author: str = "",
    source: str = "",
    url: str = "",
    encoding: str = "utf-8",
    notes: Iterable[Issue] = (),
) -> Found:
    """The same with every text cleaned, empty paragraphs left out, and the title not said again at their start."""
    title = cleaned(title)
    texts = [text for text in map(cleaned, paragraphs) if text]
    if texts and texts[0] == title:
        del texts[0]
    url = cleaned(url)
    return Found(
        origin,
        line,
        title,
        tuple(texts),
        date,
        cleaned(author),
        cleaned(source),
        url if is_safe_address(url) and is_web_address(url) else "",
        encoding,
        tuple(notes),
    )


def cleaned(text: str) -> str:
    """On one line, its letters composed as in every article («ا» and a hamza make «أ»), without what none may hold."""
    return unicodedata.normalize("NFC", " ".join(_CONTROLS.sub("", text).split()))


def day_of(written: str) -> str:
    """The day of a date as machines write them (ISO 8601 or RFC 822); nothing where it is written in another way.

    The day is the one written down: turning a moment into another place's day would be a guess.
    """
    text = written.strip()
    iso = _DAY.match(text)
    try:
        if iso is not None:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        return parsedate_to_datetime(text).date().isoformat() if text else ""
    except (ValueError, TypeError, IndexError):
        return ""
