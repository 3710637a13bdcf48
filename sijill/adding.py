"""A new file or a new row: there as a whole or not at all, and never over what is there already."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["add_file", "add_row"]


def add_file(path: Path, text: str) -> None:
    """Make a file. Raises FileExistsError where something has its name, and OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")  # hidden: no build reads it
    try:
        with unfinished.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)  # unlike a rename it replaces nothing
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no hard links
            if path.exists():
                raise FileExistsError(path) from None
            unfinished.rename(path)
    finally:
        with suppress(OSError):
            unfinished.unlink()


def add_row(path: Path, text: str) -> int:
    """Add a row at the end of a file, which is made where there is none; the line on which the row begins.

    Raises OSError, and then the file is as it was.
    """
    if path.is_symlink():
        raise OSError(None, "it is a symbolic link")
    old = path.read_bytes() if path.exists() else b""
    between = b"" if not old else b"\n" if old.endswith(b"\n") else b"\n\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        new = between + text.encode()
        if os.write(handle, new) != len(new):
            os.ftruncate(handle, len(old))
            raise OSError(None, "the disk is full")
        os.fsync(handle)
    finally:
        os.close(handle)
    return (old + between).count(b"\n") + 1
