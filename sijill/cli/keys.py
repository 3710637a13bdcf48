"""Keys and lines that somebody types at a terminal, as text: apart from what they answer."""

from __future__ import annotations

import os
import re
import select
import sys
from typing import Final

__all__ = ["pressed", "typed"]

_ESCAPE: Final = b"\x1b"
_SEQUENCE: Final = 0.05
"""Seconds within which a terminal goes on with a key that is no letter (an arrow), which begins like the key Esc."""
_NO_WORDS: Final = re.compile("\x1b(?:\\[[0-9;]*[A-Za-z~]|O.)|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What keys without a letter leave in a line, and what no file of ours may hold."""


def pressed() -> str:
    """One key, without waiting for the end of a line; nothing where the other side has gone."""
    try:
        import termios
        import tty
    except ImportError:  # Windows, where a line is an answer
        return sys.stdin.readline()[:1]
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        data = os.read(handle, 1)
        while data and _unfinished(data) and (more := os.read(handle, 1)):
            data += more
        if data == _ESCAPE:
            data += _sequence(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    return data.decode("utf-8", "replace")


def _unfinished(data: bytes) -> bool:
    """Whether these are the first bytes of a letter of several."""
    first = data[0]
    wanted = 4 if first >= 0xF0 else 3 if first >= 0xE0 else 2 if first >= 0xC0 else 1
    return len(data) < wanted


def _sequence(handle: int) -> bytes:
    """What else a terminal sends of a key that is no letter. The letters in it are no answers: an arrow ends in A."""

    def more() -> bytes:
        return os.read(handle, 1) if select.select([handle], [], [], _SEQUENCE)[0] else b""

    kind = found = more()
    while kind in (b"[", b"O") and (byte := more()):
        found += byte
        if kind == b"O" or 0x40 <= byte[0] <= 0x7E:
            break
    return found


def typed(label: str, value: str) -> str:
    """A line that somebody types; the value as it is where the line is empty."""
    try:
        line = input(f"  {label} [{value}]: " if value else f"  {label}: ")
    except EOFError:
        return value
    return " ".join(_NO_WORDS.sub("", line).split()) or value
