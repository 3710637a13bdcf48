"""Pictures of a page for those who share its address: 1200 by 630 points, drawn with HarfBuzz through Pillow's Raqm.

Separate because only this module knows how to draw; what a card says is told by `pages/cards.py`. Drawing takes the
libraries that shape Arabic: where they are missing there are no cards, rather than letters that stand apart.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

__all__ = ["HEIGHT", "WIDTH", "Card", "address_of", "can_draw", "draw"]

WIDTH, HEIGHT = 1200, 630
FOLDER = "/assets/cards/"
DESIGN = 2
"""To be counted up when cards are to look otherwise: addresses change with it."""

MARGIN = 84
BAND = 165
"""Where the kicker ends, in points from above."""
_PAPER, _INK, _ACCENT = (0xFB, 0xF8, 0xF1), (0x21, 0x1C, 0x15), (0x8A, 0x2A, 0x1B)
"""The light colours of `site.css`."""
STEPS = 128
"""From the paper to a colour: a palette holds two such ways."""
INK, SOFT = STEPS - 1, 88
"""Letters in full, and those that speak about them, which are nearer to the paper."""
HEADING_SIZES = (108, 88, 72, 56)
TEXT, SMALL, LINE = 42, 34, 62
"""Sizes of the lines and of small print, and from one line to the next."""
LINES_AT_MOST = 2
LEADING = 1.42
"""From one line of a heading to the next, in its size: Arabic reaches far above and below the line."""


class Card(NamedTuple):
    """What a card says, as plain text."""

    kicker: str
    heading: str
    lines: tuple[str, ...]
    """At most two, below the heading; below a heading of one line the first may take two."""
    foot: str
    address: str
    """The host, in Latin letters; may be empty."""


@lru_cache(maxsize=1 << 10)
def address_of(card: Card) -> str:
    """The site-relative address of a card's picture, which changes with what it says and how."""
    digest = hashlib.blake2b(repr((DESIGN, tuple(card))).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{FOLDER}{digest.hexdigest()}.png"


@cache
def can_draw() -> bool:
    """Whether Pillow has found the libraries that join Arabic letters and order them."""
    from PIL import features

    return bool(features.check("raqm") and features.check("fribidi"))


def draw(card: Card, fonts: Path) -> bytes:
    """The PNG of a card. `fonts` is the folder of the site's own faces."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(picture)
    right, left = WIDTH - MARGIN, MARGIN
    _write(draw, (right, 130), card.kicker, _face(fonts, "plex", SMALL), INK)
    top = picture.crop((0, 0, WIDTH, BAND))  # all of one colour, and nothing else
    picture.paste(top.point([0, *range(STEPS + 1, 2 * STEPS), *[2 * STEPS - 1] * (256 - STEPS)]), (0, 0))
    draw.rectangle((WIDTH - 18, 0, WIDTH, HEIGHT), fill=2 * STEPS - 1)

    name, lines, size = _fitted(fonts, card.heading, right - left)
    # The heading and the lines below it are one block in the middle of what the kicker and the foot leave.
    below = _below(fonts, [line for line in card.lines if line][:2], right - left, 2 if len(lines) == 1 else 1)
    block = len(lines) * size * LEADING + len(below) * LINE
    base = BAND + (500 - BAND - block) / 2 + size * 1.02
    for line in lines:
        _write(draw, (right, base), line, _face(fonts, name, size), INK)
        base += size * LEADING
    base += LINE - size * LEADING + size * 0.42
    for line in below:
        _write(draw, (right, base), line, _face(fonts, "naskh", TEXT), SOFT)
        base += LINE

    draw.line((left, 530, right, 530), fill=SOFT // 2, width=2)
    _write(draw, (right, 582), card.foot, _face(fonts, "naskh", TEXT), SOFT)
    draw.text((left, 580), card.address, fill=SOFT, font=_face(fonts, "plex", SMALL), anchor="ls")
    picture.putpalette(_palette())
    out = BytesIO()
    picture.save(out, "PNG", compress_level=2)
    return out.getvalue()


_FILES = {"amiri": "amiri-700.woff2", "naskh": "naskh.woff2", "plex": "plex-400.woff2"}


@cache
def _palette() -> bytes:
    """From the paper to the ink, then from the paper to the accent."""
    ways = (_INK, _ACCENT)
    steps = [(colour, step) for colour in ways for step in range(STEPS)]
    return bytes(
        a + (b - a) * step // (STEPS - 1) for colour, step in steps for a, b in zip(_PAPER, colour, strict=True)
    )


def _write(draw: ImageDraw, at: tuple[float, float], text: str, face: FreeTypeFont, fill: int) -> None:
    """One line that ends at the right, its foot at the height of `at`."""
    draw.text(at, text, fill=fill, font=face, anchor="rs", direction="rtl", language="ar")


@lru_cache(maxsize=32)
def _face(fonts: Path, name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(fonts / _FILES[name]), size, layout_engine=ImageFont.Layout.RAQM)


def _width(fonts: Path, name: str, size: int, text: str) -> float:
    return float(_face(fonts, name, size).getlength(text, direction="rtl", language="ar"))


def _fitted(fonts: Path, text: str, width: float) -> tuple[str, list[str], int]:
    """The face, the lines of a heading and the largest size at which they fit; what does not fit at any is cut."""
    name = "amiri" if _holds(fonts, "amiri", text) else "plex"
    for size in HEADING_SIZES:
        lines = _lines(fonts, name, size, text, width)
        at_most = 1 if size > 88 else LINES_AT_MOST
        if len(lines) <= at_most and all(_width(fonts, name, size, line) <= width for line in lines):
            return name, lines, size
    kept = lines[:LINES_AT_MOST]
    return name, [*kept[:-1], _cut(fonts, name, size, kept[-1], width, len(lines) > LINES_AT_MOST)], size


def _below(fonts: Path, texts: list[str], width: float, most: int) -> list[str]:
    """The texts below the heading in lines that fit: the first in `most` at most, the second in one."""
    found: list[str] = []
    for text in texts:
        lines = _lines(fonts, "naskh", TEXT, text, width)
        found += lines[: most - 1]
        found += [_cut(fonts, "naskh", TEXT, line, width, len(lines) > most) for line in lines[most - 1 : most]]
        most = 1
    return found


def _lines(fonts: Path, name: str, size: int, text: str, width: float) -> list[str]:
    """The words in lines, each as full as the width allows."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _width(fonts, name, size, longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(fonts: Path, name: str, size: int, text: str, width: float, more: bool = False) -> str:
    """A line that fits, without its last words or, of one word, letters. `more`: others follow, and are left out."""
    if not more and _width(fonts, name, size, text) <= width:
        return text
    words = text.split()
    while len(words) > 1 and _width(fonts, name, size, " ".join(words) + "…") > width:
        words.pop()
    line = " ".join(words)
    while len(line) > 1 and _width(fonts, name, size, f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


def _holds(fonts: Path, name: str, text: str) -> bool:
    """Whether the face has all letters."""
    return all(_has(fonts, name, letter) for letter in sorted(set(text)) if not letter.isspace())


@lru_cache(maxsize=4096)
def _has(fonts: Path, name: str, letter: str) -> bool:
    """Whether the face has the letter: one that it lacks looks like one that no face has."""
    face = _face(fonts, name, SMALL)
    return bytes(face.getmask(letter)) != bytes(face.getmask("\uffff"))
