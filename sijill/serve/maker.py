"""The server's side of the process that has the archive in memory: starts it, asks it, ends it, starts it again."""

from __future__ import annotations

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import NamedTuple

from sijill.prepare import Options
from sijill.serve.orders import Answer, Order, packed, received

__all__ = ["Maker", "MakerDiedError"]

PROJECT = Path(__file__).resolve().parents[2]


class MakerDiedError(Exception):
    """The process ended without an answer: its exit code, and whether it was to end."""

    def __init__(self, code: int, wanted: bool) -> None:
        super().__init__(code, wanted)
        self.code = code
        self.wanted = wanted


class _Running(NamedTuple):
    process: Process
    orders: asyncio.StreamWriter
    answers: asyncio.StreamReader


class Maker:
    """One process at a time, which does one thing at a time."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._running: _Running | None = None
        self._turn = asyncio.Lock()
        self.preparing = False
        """Whether a site is being prepared, so that a file would have to wait."""
        self.ready = False
        """Whether there is a site to give files of."""

    async def prepare(self, looked_at: tuple[str, ...] | None = None) -> Answer:
        """Prepare the site of the files as they are now; soon, where it is said which articles are looked at."""
        self.preparing = True
        try:
            answer = await self._answer(Order(looked_at=looked_at))
        finally:
            self.preparing = False
        self.ready = self.ready or answer.done
        return answer

    async def file(self, name: str) -> Answer:
        return await self._answer(Order(name))

    async def _answer(self, order: Order) -> Answer:
        async with self._turn:
            running = self._running = self._running or await self._started()
            try:
                running.orders.write(packed(order))
                await running.orders.drain()
                return await received(running.answers)
            except (asyncio.IncompleteReadError, ConnectionError):
                wanted = self._running is not running
                if not wanted:
                    self._forget()
                raise MakerDiedError(await running.process.wait(), wanted) from None
            except asyncio.CancelledError:  # an answer that nobody waits for would be taken for that of the next order
                self.end()
                raise

    async def _started(self) -> _Running:
        command = (sys.executable, "-m", "sijill.serve.warm")
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=PROJECT)
        if process.stdin is None or process.stdout is None:
            raise MakerDiedError(0, wanted=False)
        process.stdin.write(pickle.dumps(self._options))
        return _Running(process, process.stdin, process.stdout)

    def _forget(self) -> None:
        self._running, self.ready = None, False

    def end(self) -> None:
        """End the process; the next order starts another."""
        if self._running is not None and self._running.process.returncode is None:
            self._running.process.kill()
        self._forget()
