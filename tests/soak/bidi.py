"""Promise 11: bidirectional controls cannot mislead.

Each case puts controls into one place of an article or a record, as letters or written as a reference. Overrides and
what is not balanced must be refused; marks and balanced pairs must be kept letter by letter.
"""

from __future__ import annotations

import random
from pathlib import Path

from sijill.decode import forbidden
from sijill.model import Article
from sijill.read import article_of
from sijill.records import Checked, record_of
from sijill.sources import Source

LRE, RLE, PDF, LRO, RLO = "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
WRONG = (
    *(f"{override}باسم{PDF}" for override in (LRO, RLO)),
    *(f"{opener}باسم" for opener in (LRE, RLE, LRI, RLI, FSI, LRO, RLO)),
    *(f"باسم{closer}" for closer in (PDF, PDI)),
    f"{RLE}با{LRI}سم{PDF}{PDI}",
    f"{LRI}باسم{PDF}",
    f"{LRE}باسم{PDI}",
    f"{PDI}باسم{LRI}",
    f"{FSI}{FSI}باسم{PDI}",
)
RIGHT = (
    *(f"باسم{mark}نا" for mark in ("\u200e", "\u200f", "\u200c")),
    *(f"{opener}باسم{PDI}" for opener in (LRI, RLI, FSI)),
    *(f"{opener}باسم{PDF}" for opener in (LRE, RLE)),
    f"{RLE}با{FSI}س{PDI}م{PDF}",
)
AROUND = ("قال الوفد {} إن الجولة انتهت", "تحدث {} اليوم", "ثم {} وغادر")
PLACES = ("title", "text", "source", "author", "name", "latin", "variants")
KINDS = (".txt", ".md", ".html")


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` files."""
    chance = random.Random(seed)
    failures: list[str] = []
    for number in range(count):
        right = number % 3 == 0
        words = chance.choice(AROUND).format(chance.choice(RIGHT if right else WRONG))
        place, suffix = PLACES[number % len(PLACES)], chance.choice(KINDS)
        written = chance.random() < 0.5 and not (suffix == ".txt" and place in ("title", "text"))
        found = _read(place, suffix, _written(words, place) if written else words)
        if found != (words if right else None):
            failures.append(f"case {number}, {words!a} in {place} of {suffix}, {written=}: {found!a}")
    return count, failures


def _written(words: str, place: str) -> str:
    """The controls as references of HTML or escapes of YAML."""
    form = "&#x{:X};" if place in ("title", "text") else "\\u{:04x}"
    return "".join(form.format(ord(char)) if 0x2000 <= ord(char) < 0x2070 else char for char in words)


def _read(place: str, suffix: str, words: str) -> str | None:
    """What is read there; None where the file is refused."""
    if place in ("name", "latin", "variants"):
        values = {"name": "اسم", "latin": "Name", place: words}
        variants = f'variants: ["{words}"]\n' if place == "variants" else ""
        text = f'---\nname: "{values["name"]}"\nlatin: "{values["latin"]}"\nparty: syria\n{variants}---\n'
        path = "content/officials/case.md"
        record = tuple(forbidden(text, path)) or record_of(text, path, "official", "case")
        if not isinstance(record, Checked):
            return None
        return record.record.variants[0] if place == "variants" else getattr(record.record, place)
    front = f'---\n{place}: "{words}"\n---\n' if place in ("source", "author") else ""
    title, body = (words if place == part else "كلام آخر" for part in ("title", "text"))
    shape = {".txt": "{}\n{}\nختام.\n", ".md": "# {}\n\n{}\n\nختام.\n", ".html": "<h1>{}</h1><p>{}</p><p>ختام.</p>\n"}
    data = (front + shape[suffix].format(title, body)).encode()
    article = article_of(Source("case", Path(f"case{suffix}"), f"content/articles/case{suffix}"), data)
    if not isinstance(article, Article):
        return None
    return article.blocks[place == "text"].text if not front else getattr(article, place)
