"""Bytes to text, and which characters a text may hold.

Encodings are never guessed: a wrong guess publishes nonsense that looks like success. Characters that could turn the
direction of what stands around them are refused; those that shape words (RLM, LRM, ZWNJ) are kept.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8

from sijill.issues import error, quoted
from sijill.model import Block, Issue

__all__ = ["ENCODINGS", "decoded", "forbidden", "unbalanced", "unfit"]

ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "iso-8859-6": "iso8859_6",
    "mac-arabic": "mac_arabic",
}
"""As written in front matter, to Python's name. Only those whose first 128 letters are ASCII's."""


_ENCODING = re.compile(rb"(?:^|\r)encoding[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_FRONT_ENDS = re.compile(rb"(?:^|\r)---[ \t]*(?:\r|$)", re.MULTILINE)
"""Lines may end in a bare `\\r`, as on old Macs, which `^` and `$` do not know."""
_REFUSED = "\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u202d\u202e"
_FORBIDDEN = re.compile(f"[{_REFUSED}]")
_OVERRIDES = "\u202d\u202e"
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CONTROLS = re.compile("[\u202a-\u202c\u2066-\u2069]")
_SUSPECT = re.compile(f"[{_REFUSED}\u202a-\u202c\u2066-\u2069]")
_SAVE_AS_UTF8 = "save the file as UTF-8"
_NAME_ENCODING = f"{_SAVE_AS_UTF8}, or name its encoding in the front matter, as in `encoding: windows-1256`"


def decoded(data: bytes, name: str, may_name: bool = False) -> str | Issue:
    """The text in NFC with `\\n` line ends, without byte order mark. `may_name`: a file of this kind may be in another
    encoding than UTF-8, if it names it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error(name, 1, "the file is UTF-16", _SAVE_AS_UTF8)
    nul = data.find(b"\0")
    if nul >= 0:
        message = "the file holds a NUL byte: it is UTF-16, or no text at all"
        return error(name, _line_at(data, nul), message, _SAVE_AS_UTF8)
    codec, line = "utf-8", 0
    named = _named_encoding(data)
    if named is not None:
        wanted, line = named
        if wanted.lower() not in ENCODINGS:
            known = ", ".join(sorted(ENCODINGS))
            return error(name, line, f"encoding {quoted(wanted)} is not known", f"use one of {known}")
        codec = ENCODINGS[wanted.lower()]
    if codec != "utf-8" and data.startswith(BOM_UTF8):
        return error(name, line, "the file starts with the mark of UTF-8 but names another encoding", "remove the line")
    try:
        text = data.removeprefix(BOM_UTF8).decode(codec)
    except UnicodeDecodeError as problem:
        at = problem.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
        message = f"byte 0x{data[min(at, len(data) - 1)]:02X} is not {'UTF-8' if codec == 'utf-8' else codec}"
        hint = _NAME_ENCODING if may_name and codec == "utf-8" else _SAVE_AS_UTF8
        return error(name, _line_at(data, at), message, hint)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _named_encoding(data: bytes) -> tuple[str, int] | None:
    """What front matter says of the encoding, read before the text can be: our encodings share ASCII."""
    if not data.removeprefix(BOM_UTF8).startswith(b"---"):
        return None
    end = _FRONT_ENDS.search(data, 4)
    found = _ENCODING.search(data, 0, len(data) if end is None else end.start())
    return None if found is None else (found[1].decode("ascii", "replace"), _line_at(data, found.start()))


def _line_at(data: bytes, offset: int) -> int:
    head = data[:offset]
    return head.count(b"\n") + 1 if b"\n" in head else head.count(b"\r") + 1


def forbidden(text: str, name: str) -> list[Issue]:
    """Characters that no page may hold, the first of each line."""
    issues = []
    if _FORBIDDEN.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            found = _FORBIDDEN.search(line)
            if found is not None:
                kind = "a direction override" if found[0] in _OVERRIDES else "a control character"
                issues.append(error(name, number, f"U+{ord(found[0]):04X} is {kind}", "remove it"))
    return issues


def unbalanced(blocks: tuple[Block, ...], text: str, name: str) -> list[Issue]:
    """Direction controls that would turn what follows them, checked in blocks because a block is where they end."""
    issues: list[Issue] = []
    if not _SUSPECT.search("\n".join([block.text for block in blocks])):
        return issues
    for block in blocks:
        found = _FORBIDDEN.search(block.text)  # a character reference such as &#x202E; was ASCII until now
        wrong = found[0] if found is not None else _open_control(block.text)
        if wrong:
            line = _line_of(wrong, block.text, text)
            hint = "remove it" if found is not None else "close it in the same paragraph, or remove it"
            what = "not allowed" if found is not None else "not balanced"
            issues.append(error(name, line, f"the direction control U+{ord(wrong):04X} is {what}", hint))
    return issues


def unfit(value: str) -> tuple[str, str] | None:
    """What is wrong with a value, and how to mend it: an escape such as `\\u202E` was plain letters until now."""
    if _FORBIDDEN.search(value):
        return "holds a control character", "remove it"
    if _open_control(value):
        return "holds a direction control that is not balanced", "close it, or remove it"
    return None


def _open_control(text: str) -> str:
    """The first direction control that has no partner, or nothing."""
    if not _CONTROLS.search(text):
        return ""
    waiting: list[str] = []
    for char in text:
        if char in _OPENERS:
            waiting.append(char)
        elif char in "\u202c\u2069":
            if not waiting or _OPENERS[waiting[-1]] != char:
                return char
            waiting.pop()
    return waiting[0] if waiting else ""


def _line_of(char: str, block: str, text: str) -> int:
    """The line of the first such character of this block; 0 where the source writes it in another way."""
    start = max(text.find(block), 0) if block in text else 0
    at = text.find(char, start)
    return 0 if at < 0 else text.count("\n", 0, at) + 1
