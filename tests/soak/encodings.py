"""Promise 10: the encoding of a file is never guessed.

Each case is one article as bytes: in an encoding that it names it must be read letter by letter, and otherwise be
refused with its line and a remedy.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

from sijill.model import Article
from sijill.read import article_of
from sijill.sources import Source

NAME = "content/articles/case.txt"
TITLE = "الوفد السوري يصل إلى أستانا"
SENTENCES = (
    "وصل الوفد السوري إلى أستانا للمشاركة في الجولة 11.",
    "هل انتهت المحادثات؟ لا، فالجولة مستمرة.",
    "قال رئيس الوفد إن اللقاء كان مفيداً",
)
NAMED = (("windows-1256", "cp1256"), ("cp1256", "cp1256"), ("iso-8859-6", "iso8859_6"), ("mac-arabic", "mac_arabic"))
FOREIGN = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
BROKEN = (b"\xff", b"\xfe", b"\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0")
UNKNOWN = ("latin-1", "utf-16", "utf-7", "cp1252", "punycode", "rot13", "unknown", "windows-1257")


class Case(NamedTuple):
    what: str
    data: bytes
    text: str
    """The paragraph that must be read; empty where the file must be refused."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` files."""
    chance = random.Random(seed)
    failures: list[str] = []
    for number in range(count):
        case = case_of(number, chance)
        found = _tried(case)
        if found:
            failures.append(f"case {number}, {case.what}: {found}")
    return count, failures


def _tried(case: Case) -> str:
    try:
        found = article_of(Source("case", Path("case.txt"), NAME), case.data)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    if isinstance(found, Article):
        if not case.text:
            return "it was read"
        texts = [block.text for block in found.blocks]
        return "" if texts == [TITLE, case.text] else f"it was read as {texts}"
    if case.text:
        return f"it was refused: {found}"
    if found and all(issue.path == NAME and issue.line > 0 and issue.hint for issue in found):
        return ""
    return f"no line and remedy: {found}"


def refused(chance: random.Random) -> Case:
    """A file whose encoding is not told, or told wrongly."""
    text = " ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
    front = chance.choice(("", "---\ndate: 2018-11-28\n---\n"))
    whole = f"{front}{TITLE}\n{text}\n"
    data = whole.encode()
    way = chance.randrange(6)
    if way == 0:
        codec = chance.choice([codec for _, codec in NAMED])
        return Case(f"{codec}, not named", whole.encode(codec), "")
    if way == 1:
        codec = chance.choice(FOREIGN)
        return Case(codec, whole.encode(codec), "")
    if way == 2:
        return Case("a letter cut in two", f"{front}{TITLE}\n{text} حضر".encode()[:-1], "")
    if way == 3:
        at, piece = chance.randrange(len(front), len(data)), chance.choice(BROKEN)
        while data[at] & 0xC0 == 0x80:  # between letters: inside of one the rest of it would be wrong anyway
            at -= 1
        return Case(f"{piece!r} at byte {at}", data[:at] + piece + data[at:], "")
    if way == 4:
        name = chance.choice(UNKNOWN)
        return Case(f"encoding {name}", f"---\nencoding: {name}\n---\n{TITLE}\n{text}\n".encode(), "")
    name, _ = chance.choice(NAMED)
    marked = f"---\nencoding: {name}\n---\n{TITLE}\n{text}\n".encode("utf-8-sig")
    return Case(f"the mark of UTF-8 and encoding {name}", marked, "")


def _read(chance: random.Random) -> Case:
    text = " ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
    name, codec = chance.choice((*NAMED, ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("", "utf-8"), ("", "utf-8-sig")))
    quote = chance.choice(("", '"', "'"))
    front = f"---\nencoding: {quote}{name}{quote}\n---\n" if name else ""
    end = chance.choice(("\n", "\r\n", "\r"))
    # Front matter is ASCII in every one of them; Python's Mac Arabic would write its signs as the right-to-left twins.
    body = f"{TITLE}\n{text}\n".replace("\n", end)
    data = front.replace("\n", end).encode() + body.encode(codec) if front else body.encode(codec)
    return Case(f"{name or codec} named", data, text)


def case_of(number: int, chance: random.Random) -> Case:
    """Two of three are to be refused."""
    return _read(chance) if number % 3 == 0 else refused(chance)
