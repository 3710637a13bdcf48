"""Bytes of a page or a table to text. What the source says decides, and what it says is checked; nothing is guessed."""

from __future__ import annotations

import codecs
import re

from sijill.issues import error, quoted, warning
from sijill.model import Issue

__all__ = ["Decoded", "decoded"]

_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "iso-8859-6": "iso8859_6",
    "x-mac-arabic": "mac_arabic",
    "mac-arabic": "mac_arabic",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
}
"""As pages write them, to Python's names; the last two are read as browsers read them."""
_WIDE = {"utf-16-le": "utf-16-le", "utf-16le": "utf-16-le", "utf-16-be": "utf-16-be", "utf-16be": "utf-16-be"}
"""Without a mark. A page cannot say this of itself: it would have to be read first."""
_NAMED = {**_LABELS, **_WIDE}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]{1,40})", re.IGNORECASE)
_HEAD = 8192
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Decoded(tuple[str, str, tuple[Issue, ...]]):
    """The text, its encoding, and what is to be said of it."""

    __slots__ = ()


def decoded(data: bytes, name: str, given: str = "", stated: str = "") -> Decoded | Issue:
    """The text of `data`. `given` is the editor's word, `stated` that of an envelope such as MHTML."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _by(data, codec, codec, name, ())
    if given:
        if given.lower() not in _NAMED:
            return error(name, 0, f"encoding {quoted(given)} is not known", f"use one of {', '.join(sorted(_NAMED))}")
        return _by(data, given.lower(), _NAMED[given.lower()], name, ())
    if stated.lower() in _WIDE:
        return _by(data, stated.lower(), _WIDE[stated.lower()], name, ())
    if b"\0" in data:  # Arabic letters of UTF-16 are pairs of ASCII: it would pass for UTF-8 that says nothing
        hint = "save it as UTF-8, or name its encoding, as in --encoding utf-16-le"
        return error(name, 0, "the file holds zero bytes, as UTF-16 without its mark does", hint)
    meta = _META.search(data, 0, _HEAD)
    label = (meta[1].decode("ascii") if meta else stated).lower()
    utf8 = _is_utf8(data)
    if utf8 and label not in ("", "utf-8", "utf8") and not data.isascii():
        hint = "it was read as UTF-8; if it looks wrong, import it again with --encoding"
        note = warning(name, 0, f"the page says {label} and is UTF-8: it was saved anew", hint)
        return _by(data, "utf-8", "utf-8", name, (note,))
    if not label:
        if utf8:
            return _by(data, "utf-8", "utf-8", name, ())
        hint = "name it, as in --encoding windows-1256"
        return error(name, 0, "the file does not say its encoding, and is not UTF-8", hint)
    if label not in _LABELS:
        return error(
            name, 0, f"the page's encoding {quoted(label)} is not known", "save it as UTF-8, or give --encoding"
        )
    return _by(data, label, _LABELS[label], name, ())


def _by(data: bytes, label: str, codec: str, name: str, notes: tuple[Issue, ...]) -> Decoded | Issue:
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        byte = data[min(problem.start, len(data) - 1)]
        return error(name, line, f"byte 0x{byte:02X} is not {label}", "save the page again, or give --encoding")
    return Decoded((text, label, notes))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
