"""A command in a pseudo-terminal, as somebody sits before it: what it shows, and keys to press."""

from __future__ import annotations

import codecs
import os
import pty
import select
import sys
import time
from pathlib import Path

from tests.sites import ROOT


class Terminal:
    """The command as somebody sits before it."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.environ.pop("NO_COLOR", None)
            os.environ.update({"TERM": "xterm", **environment})
            os.execv(sys.executable, [sys.executable, str(ROOT / "build.py"), *words])  # noqa: S606
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.seen = self.last = self._waiting = ""

    def until(self, *words: str, seconds: float = 120) -> str:
        """What is shown since the last time, up to any of these words."""
        end = time.monotonic() + seconds
        while not any(each in self._waiting for each in words):
            assert time.monotonic() < end, f"{words} are not shown, but {self._waiting!r}"
            if select.select([self.handle], [], [], 1)[0]:
                try:
                    data = os.read(self.handle, 65536)
                except OSError:  # how Linux tells that the other side is closed
                    data = b""
                assert data, f"{words} are not shown, but {self._waiting!r}"
                self.seen += (more := self._decode(data))
                self._waiting += more
        behind = min(self._waiting.find(each) + len(each) for each in words if each in self._waiting)
        self.last, self._waiting = self._waiting[:behind], self._waiting[behind:]
        return self.last

    def press(self, keys: str) -> None:
        os.write(self.handle, keys.encode())

    def ended(self) -> int:
        try:
            while data := os.read(self.handle, 65536):
                self.seen += self._decode(data)
        except OSError:  # how Linux tells that the other side is closed
            pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
