"""Readings of former builds, by the bytes that they came from: the only thing that is kept from one build to the next.

A key names everything that a reading depends on, so an entry is never out of date, only unused. An entry that does not
match its own digest is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Collection
from pathlib import Path

__all__ = ["CACHE", "Cache", "key_of"]

CACHE = ".cache"
"""The folder's name, beside the content."""
_DIGEST = 16


def key_of(data: bytes, name: str, version: str) -> str:
    """What an article's reading depends on: its bytes, its path (the stem is its id) and the reader's version."""
    digest = hashlib.blake2b(digest_size=20)
    for part in (version.encode(), name.encode("utf-8", "surrogateescape"), data):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


class Cache:
    """A folder of entries; with None for a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The entry, or None where there is none or where it is damaged."""
        if self.folder is None:
            return None
        try:
            data = self._path(self.folder, key).read_bytes()
        except OSError:
            return None
        body = data[_DIGEST:]
        return body if data[:_DIGEST] == _digest(key, body) else None

    def put(self, key: str, body: bytes) -> None:
        """Keep an entry. A cache that cannot be written (a full disk, a read-only folder) costs time, not the build."""
        if self.folder is None:
            return
        path = self._path(self.folder, key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.parent.is_symlink():
                return  # what is kept is kept here
            with unfinished.open("xb") as file:
                file.write(_digest(key, body) + body)
            unfinished.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()

    def keep_only(self, keys: Collection[str]) -> None:
        """Remove every other entry, so that the folder does not grow with each edit."""
        if self.folder is None or not self.folder.is_dir():
            return
        for shelf in self.folder.iterdir():
            for path in shelf.iterdir() if shelf.is_dir() and not shelf.is_symlink() else ():
                if path.name not in keys:
                    path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / key


def _digest(key: str, body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST, key=key.encode()).digest()
