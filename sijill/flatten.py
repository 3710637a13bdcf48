"""Clean HTML to blocks of text with offsets, as a browser would show them; nesting is flattened.

This is where markup ends: a block's text is words, and a page that shows it escapes it. Only emphasis and links to
safe addresses stay, as offsets.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Literal, TypeAlias

from sijill.addresses import is_safe_address, written_out
from sijill.model import Block, Inline

__all__ = ["STYLES", "flat"]

_TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:\s+[a-z]+=\"[^\"]*\")*)>|([^<]+)")
"""What nh3 writes: tags in small letters, values in double quotes, every other `<` escaped."""
_HREF = re.compile(r'\shref="([^"]*)"')
_SPACES = re.compile(r"[ \t\n\r\f]+")
_Kind: TypeAlias = Literal["p", "h2", "h3", "li", "quote"]
_Tag: TypeAlias = Literal["strong", "em", "a"]
_Style: TypeAlias = tuple[_Tag, str]
STYLES: dict[str, _Tag] = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a"}
"""The tags inside a line that are kept, and as what."""
_KINDS: dict[str, _Kind] = {
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
    "li": "li",
    "blockquote": "quote",
}
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c"


def flat(clean: str) -> tuple[tuple[Block, ...], int | None]:
    """Sanitised HTML to blocks. Nesting is flattened: the innermost list item, quotation or heading names the kind."""
    blocks: list[Block] = []
    heading: int | None = None
    writer = _Writer()
    containers: list[str] = []
    styles: list[_Style] = []

    def close_block() -> None:
        nonlocal heading, writer
        kind: _Kind = next((_KINDS[name] for name in reversed(containers) if name in _KINDS), "p")
        block = writer.block(kind)
        writer = _Writer()
        if block is None:
            return
        if heading is None and "h1" in containers:
            heading = len(blocks)
        blocks.append(block)

    breaks = 0
    for slash, name, attributes, text in _TOKEN.findall(clean):
        if text:
            if text.strip(" \t\n\r\f"):
                breaks = 0
            writer.write(html.unescape(text), styles)
        elif name == "br":
            breaks += 1
            if breaks == 2:
                close_block()
            writer.write(" ", styles)
        elif name in STYLES:
            if not slash:
                found = _HREF.search(attributes)
                href = "" if found is None else html.unescape(found[1])
                styles.append((STYLES[name], href))
            else:
                index = next((i for i in range(len(styles) - 1, -1, -1) if styles[i][0] == STYLES[name]), None)
                if index is not None:
                    del styles[index]
        else:
            close_block()
            breaks = 0
            if not slash and name != "hr":
                containers.append(name)
            elif name in containers:
                while containers.pop() != name:
                    pass
    close_block()
    return tuple(blocks), heading


class _Writer:
    """Collects one block's text as a browser shows it, and the runs of it that share the same emphasis or link."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.space = False
        self.open: list[tuple[_Tag, str, int]] = []
        self.inlines: list[Inline] = []

    def write(self, text: str, styles: list[_Style]) -> None:
        """Add text that stands inside `styles`, from the outermost to the innermost."""
        words = _SPACES.sub(" ", text)
        body = words.strip(" ")
        if not body:
            self.space = self.space or bool(words)
            return
        self._match(styles)
        if (self.space or words[0] == " ") and self.length:
            self._add(" ")
        self._open(styles)
        self._add(body)
        self.space = words[-1] == " "

    def block(self, kind: _Kind) -> Block | None:
        """Finish the block; None where it has nothing to see."""
        self._match([])
        text = "".join(self.parts)
        if not text.strip().strip(_INVISIBLE):
            return None
        text, inlines = _stripped(*_composed(text, self.inlines))
        inlines.sort(key=lambda inline: (inline.start, -inline.end, inline.tag, inline.href))
        return Block(kind, text, tuple(inlines))

    def _match(self, styles: list[_Style]) -> None:
        """Close every run that `styles` does not continue."""
        same = 0
        wanted = _runs(styles)
        while same < len(self.open) and same < len(wanted) and self.open[same][:2] == wanted[same]:
            same += 1
        for tag, href, start in reversed(self.open[same:]):
            if start < self.length:
                self.inlines.append(Inline(start, self.length, tag, href))
        del self.open[same:]

    def _open(self, styles: list[_Style]) -> None:
        for tag, href in _runs(styles)[len(self.open) :]:
            self.open.append((tag, href, self.length))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _runs(styles: list[_Style]) -> list[_Style]:
    """The styles that show: each tag once, and links that lead somewhere."""
    shown: list[_Style] = []
    for tag, href in styles:
        if all(tag != other for other, _ in shown) and (tag != "a" or is_safe_address(href)):
            shown.append((tag, written_out(href)))
    return shown


def _composed(text: str, inlines: list[Inline]) -> tuple[str, list[Inline]]:
    """NFC again: character references such as `&#x653;` were letters of ASCII when the file was read."""
    if unicodedata.is_normalized("NFC", text):
        return text, inlines

    def moved(offset: int) -> int:
        return len(unicodedata.normalize("NFC", text[:offset]))

    shifted = [Inline(moved(inline.start), moved(inline.end), inline.tag, inline.href) for inline in inlines]
    return unicodedata.normalize("NFC", text), shifted


def _stripped(text: str, inlines: list[Inline]) -> tuple[str, list[Inline]]:
    """Without no-break spaces and the like at the ends."""
    left = len(text) - len(text.lstrip())
    bare = text.strip()
    moved = (
        Inline(max(inline.start - left, 0), min(inline.end - left, len(bare)), inline.tag, inline.href)
        for inline in inlines
    )
    return bare, [inline for inline in moved if inline.start < inline.end]
