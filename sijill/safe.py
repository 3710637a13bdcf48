"""Text to HTML: the one place where words of articles, records and settings become markup.

Separate from templates because marked text is the bulk of every page and must be both fast and beyond doubt. Knows no
template engine; `__html__` is the convention by which one sees that a value is already markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape as _written_out
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import orjson

__all__ = [
    "Html",
    "Span",
    "data_script",
    "element",
    "escape",
    "is_bare",
    "isolated",
    "join",
    "latin",
    "ltr",
    "marked",
    "plain",
    "prose",
]

_BIDI_CONTROLS = tuple(map(chr, [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_ARABIC = re.compile("[\u0620-\u064a]")
_LATIN = re.compile("[A-Za-z]")
_RTL = ' dir="rtl"'
_LEFT_TO_RIGHT = re.compile(r"\d+[–-]\d+(?:[–-]\d+)*|\b[A-Z]+(?:/[A-Z0-9]+)+\b")
_IN_SCRIPT = tuple((letter.encode(), b"\\u%04x" % ord(letter)) for letter in "<>&\u2028\u2029")


def is_bare(text: str) -> bool:
    """Whether text is markup as it stands. Most is, and looking is faster than replacing what is not there."""
    return not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text)


def _escape(text: str) -> str:
    return text if is_bare(text) else _written_out(text)


def _between_tags(text: str) -> str:
    """Text outside of attributes, where quotation marks stay as they are."""
    return _written_out(text, quote=False) if "&" in text or "<" in text or ">" in text else text


class Html(str):
    """Markup that is safe to print as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class Span(NamedTuple):
    """`open` before `text[start:end]` and `close` behind it; both are safe markup."""

    start: int
    end: int
    open: str
    close: str


def escape(text: str) -> Html:
    """Text as markup, also within an attribute's quotation marks."""
    return text if isinstance(text, Html) else Html(_escape(text))


def join(pieces: Iterable[str], separator: str = "") -> Html:
    """Pieces of text or markup, one after another."""
    return Html(escape(separator).join(map(escape, pieces)))


def element(tag: str, content: str = "", **attributes: str | None) -> Html:
    """An element. `class_` is `class`, `data_x` is `data-x`, and an attribute that is None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{written}>{escape(content)}</{tag}>")


def ltr(text: str) -> Html:
    """An identifier, address or code: left to right, whatever stands beside it."""
    return Html(f'<bdi dir="ltr">{escape(text)}</bdi>')


def latin(text: str) -> Html:
    """A name in Latin letters."""
    return Html(f'<bdi lang="en" dir="ltr">{escape(text)}</bdi>')


def isolated(text: str) -> Html:
    """A name or description of any script, apart from what stands beside it. One Arabic letter is enough to run as the
    page does: «RT عربي» begins at the right, though its first letter is Latin.
    """
    return Html(f"<bdi{_RTL if _ARABIC.search(text) else ''}>{escape(text)}</bdi>")


def prose(text: str) -> Html:
    """Free text of an editor: ranges of numbers, which would read backwards, and symbols of documents («S/RES/2254»)
    stand from left to right."""
    return Html(_LEFT_TO_RIGHT.sub(r'<bdi dir="ltr">\g<0></bdi>', _escape(text)))


def plain(text: str) -> str:
    """For a title or description, which holds no markup: runs of Latin isolated, other bidi controls dropped."""
    for control in _BIDI_CONTROLS:
        text = text.replace(control, "")  # faster than translate, which is slow for Arabic
    words = text.split()
    if _LATIN.search(text) is None:
        return " ".join(words)
    pieces: list[str] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_latin(words[end]):
            end += 1
        pieces.append("\u2068" + " ".join(words[at:end]) + "\u2069" if end > at else words[at])
        at = max(end, at + 1)
    return " ".join(pieces)


def _is_latin(word: str) -> bool:
    return word.isascii() and any(letter.isalpha() for letter in word)


def data_script(value: Mapping[str, object] | Sequence[object]) -> Html:
    """JSON for the inside of a <script>: no character of it can end the script or begin another."""
    data = orjson.dumps(value)
    for letter, written in _IN_SCRIPT:
        data = data.replace(letter, written)
    return Html(data.decode())


def marked(text: str, layers: Sequence[Sequence[Span]], start: int = 0, end: int | None = None) -> Html:
    """`text[start:end]` with its spans. `layers` go from outermost to innermost.

    Spans of an outer layer stay whole and inner ones are cut where they cross them, so that tags always nest. Within a
    layer a span that begins inside an earlier one is cut too. Spans outside `start` and `end` are clipped.
    """
    end = len(text) if end is None else min(end, len(text))
    layers = [layer for layer in layers if layer]
    if len(layers) <= 2 and (row := _in_a_row(text, start, end, *layers)) is not None:
        return Html(row)
    spans = _nested(layers, start, end)
    out: list[str] = []
    closing: list[tuple[int, str]] = []
    at = start
    for span in spans:
        while closing and closing[-1][0] <= span.start:
            stop, close = closing.pop()
            if stop > at:
                out.append(_between_tags(text[at:stop]))
                at = stop
            out.append(close)
        if span.start > at:
            out.append(_between_tags(text[at : span.start]))
            at = span.start
        out.append(span.open)
        closing.append((span.end, span.close))
    while closing:
        stop, close = closing.pop()
        if stop > at:
            out.append(_between_tags(text[at:stop]))
            at = stop
        out.append(close)
    out.append(_between_tags(text[at:end]))
    return Html("".join(out))


def _in_a_row(text: str, start: int, end: int, spans: Sequence[Span] = (), inner: Sequence[Span] = ()) -> str | None:
    """The commonest case without the work of the general one: spans one behind another, and so the inner ones, each
    within a span or beside all. None where they are not."""
    out: list[str] = []
    at, taken = start, 0
    for span in spans:
        if not at <= span.start < span.end <= end:
            return None
        before: str | None
        within: str | None
        if inner:
            first = taken
            while taken < len(inner) and inner[taken].start < span.start:
                taken += 1
            middle = taken
            while taken < len(inner) and inner[taken].start < span.end:
                taken += 1
            before = _in_a_row(text, at, span.start, inner[first:middle])
            within = _in_a_row(text, span.start, span.end, inner[middle:taken])
            if before is None or within is None:
                return None
        else:
            before = _between_tags(text[at : span.start])
            within = _between_tags(text[span.start : span.end])
        out += (before, span.open, within, span.close)
        at = span.end
    rest = _in_a_row(text, at, end, inner[taken:]) if inner else _between_tags(text[at:end])
    return None if rest is None else "".join((*out, rest))


def _nested(layers: Sequence[Sequence[Span]], start: int, end: int) -> list[Span]:
    """All spans, cut so that they nest, in the order in which they open."""
    placed: list[tuple[int, int, int, Span]] = []
    for depth, layer in enumerate(layers):
        for span in sorted(layer, key=_by_place):
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                for piece in _cut(Span(first, last, span.open, span.close), placed):
                    placed.append((piece.start, depth, -piece.end, piece))
    placed.sort(key=itemgetter(0, 1, 2))
    return [each[3] for each in placed]


def _by_place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _cut(span: Span, placed: Sequence[tuple[int, int, int, Span]]) -> Sequence[Span]:
    """The span in pieces, each within or beside every span that is placed already."""
    start, end = span.start, span.end
    edges: set[int] = set()
    for _, _, _, other in placed:
        if start < other.end and other.start < end and not (other.start <= start and end <= other.end):
            edges.update(edge for edge in (other.start, other.end) if start < edge < end)
    if not edges:
        return (span,)
    points = [start, *sorted(edges), end]
    return [Span(a, b, span.open, span.close) for a, b in pairwise(points)]
