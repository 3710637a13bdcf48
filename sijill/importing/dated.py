"""The day on which a page says that it was published. Others' marks and dates in running words are never taken for it.

Apart from the page because pages say it in so many ways, and because libraries that look for dates always find one.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from sijill.arabic.dates import date_phrases, days_in
from sijill.arabic.lexicon import Lexicon, Passage
from sijill.arabic.text import words_of
from sijill.importing.found import day_of

__all__ = ["day_in_line", "stated_day"]

_IN = "[^>]{0,400}"
"""What may stand within a tag; bounded, so that a page of open tags takes no longer than another."""
_NAMES = (
    r"article:published_time|og:published_time|datePublished|publish-?_?date|publication_?date|pubdate|parsely-pub-date"
    r"|sailthru\.date|dc\.date(?:\.issued)?|dcterms\.(?:created|issued|date)|date"
)
_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"<meta(?={_IN}\s(?:property|name|itemprop)\s*=\s*[\"']?(?:{_NAMES})[\"'\s>])"
        rf"{_IN}?\scontent\s*=\s*[\"']([^\"']{{8,40}})",
        r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"",
        rf"<time(?={_IN}(?:itemprop\s*=\s*[\"']?datePublished|\bpubdate\b))"
        rf"{_IN}?\sdatetime\s*=\s*[\"']([^\"']{{8,40}})",
    )
)
"""Marks that mean nothing else, the surest first."""
_START = re.compile(r"<(?:article|main)\b|<h1\b", re.IGNORECASE)
_END = re.compile(r"</(?:article|main)\s*>|<(?:aside|footer)\b", re.IGNORECASE)
_TIME = re.compile(rf"<time\b{_IN}?\sdatetime\s*=\s*[\"']([^\"']{{8,40}})", re.IGNORECASE)
_LABELLED = re.compile(
    rf"<(?:span|div|p|li|td|time|em|small|b)\b{_IN}?\s(?:class|id)\s*=\s*"
    rf"[\"'][^\"']{{0,100}}(?:date|time|publish)[^\"']{{0,100}}[\"']{_IN}>"
    r"\s{0,20}(?:<[a-z]{1,9}[^>]{0,100}>\s{0,20}){0,3}([^<]{6,80})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"/((?:19|20)[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?=[/-]|$)")
_EITHER = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?!\d)")
"""Day and month by number: up to 12 nobody can tell which is which."""
_LONGEST_LINE = 14
"""Words, with hour and «نُشر في», of a line that only says the day."""


def stated_day(html: str, address: str) -> str:
    """`YYYY-MM-DD`, or nothing where the page does not say it."""
    for pattern in _MARKS:
        found = pattern.search(html)
        if found is not None and (day := day_of(found[1])):
            return day
    start = _START.search(html)
    if start is not None:
        end = _END.search(html, start.end())
        own = html[start.start() : end.start() if end else len(html)]
        time = _TIME.search(own)
        if time is not None and (day := day_of(time[1])):
            return day
        for label in _LABELLED.finditer(own):
            if day := day_in_line(label[1]):
                return day
    parts = _ADDRESS.search(unquote(address))
    return day_of(f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}") if parts else ""


def day_in_line(line: str) -> str:
    """The day that a line says in words or digits and that is all it says; with its year, or nothing."""
    passage = Passage(words_of(line), _dates())
    either = _EITHER.search(line)
    if passage.size > _LONGEST_LINE or (either and int(either[1]) <= 12 and int(either[2]) <= 12):
        return ""
    days = [each for each in days_in(passage, None) if each.first == each.last and not each.why]
    if len(days) != 1:
        return ""
    beside = [word for word in (*passage.words[: days[0].start], *passage.words[days[0].end :]) if word.isalpha()]
    return days[0].first.isoformat() if len(beside) <= _LONGEST_LINE // 3 else ""


@cache
def _dates() -> Lexicon:
    phrases: dict[str, list[tuple[str, object]]] = {}
    for category, form, value in date_phrases():
        phrases.setdefault(category, []).append((form, value))
    return Lexicon(phrases)
