"""What changed on the disk since the last look, told once for a burst of saves.

The files are looked at, not listened to: this works on every disk, and a thousand of them take some milliseconds.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

__all__ = ["REST", "changes", "look"]

PAUSE = 0.2
"""Seconds between two looks."""
REST = 0.1
"""Seconds without a change that end a burst of saves."""
SHARE = 10
"""A pause is at least so many times as long as the look before it, however many files there are."""
_Seen: TypeAlias = Mapping[str, tuple[int, int]]


async def changes(folders: Sequence[Path]) -> AsyncIterator[frozenset[str]]:
    """The files below these folders that were added, changed or removed; one set for a burst of saves, without end. The
    first has all of them."""
    loop = asyncio.get_running_loop()
    told: _Seen = {}
    while True:
        start = loop.time()
        now = await asyncio.to_thread(look, folders)
        pause = max(PAUSE, (loop.time() - start) * SHARE)
        if now != told:
            while (later := await _after(REST, folders)) != now:
                now = later
            if now != told:  # what a burst has undone is no change
                yield frozenset(name for name in now.keys() | told.keys() if now.get(name) != told.get(name))
                told = now
                continue
        await asyncio.sleep(pause)


async def _after(seconds: float, folders: Sequence[Path]) -> _Seen:
    await asyncio.sleep(seconds)
    return await asyncio.to_thread(look, folders)


def look(folders: Sequence[Path]) -> _Seen:
    """What changes when a file does: its size, and when its inode last changed, which unlike mtime cannot be set back.

    Hidden files and editors' backups are nobody's input; what a folder that is gone held is gone with it.
    """
    seen: dict[str, tuple[int, int]] = {}
    waiting = [os.fspath(folder) for folder in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "#")) or entry.name.endswith("~") or entry.name == "__pycache__":
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                        continue
                    found = entry.stat()
                    seen[entry.path] = (found.st_ctime_ns, found.st_size)
        except OSError:  # it went while we looked
            continue
    return seen
