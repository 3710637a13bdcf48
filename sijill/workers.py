"""Work spread over forked processes. A fork shares what is already in memory, so nothing is sent to a worker.

A task must not depend on which worker does it: the results come in no order, and one worker gives the same ones.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeAlias

__all__ = ["WorkerError", "spread"]

Work: TypeAlias = Callable[[int], Iterable[bytes]]
"""Does the task of this number and gives its results."""

_TASK = 4
_MOST_TASKS = 4096
"""Tasks that wait in a pipe, which holds 64 KiB; where there are more, neighbours go together."""
_HEAD = 4
_RESULT, _FAILED, _DONE = b"r", b"f", b"d"
_FRAME = len(_RESULT) + _HEAD


class WorkerError(Exception):
    """A worker ended without a word: it was killed, perhaps because memory ran out."""


def spread(work: Work, tasks: int, workers: int) -> Iterator[bytes]:
    """The results of tasks 0 to `tasks` - 1, in no order. Whichever worker is free takes the next task.

    An exception in a worker is raised here, and the other workers end.
    """
    if workers <= 1 or tasks <= 1 or not hasattr(os, "fork"):
        for task in range(tasks):
            yield from work(task)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    group = -(-tasks // _MOST_TASKS)
    queue, feed = os.pipe()
    os.write(feed, b"".join(first.to_bytes(_TASK, "big") for first in range(0, tasks, group)))
    os.close(feed)
    pipes: dict[int, int] = {}
    try:
        for _ in range(min(workers, tasks)):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                for other in (*pipes, reader):
                    os.close(other)  # so that a worker whose parent was killed finds its pipe closed
                _be_worker(_taken(work, queue, group, tasks), writer)
            os.close(writer)
            pipes[reader] = child
        yield from _collect(tuple(pipes))
    finally:
        os.close(queue)
        for reader, child in pipes.items():
            os.close(reader)
            os.kill(child, signal.SIGKILL)
        for child in pipes.values():
            os.waitpid(child, 0)


def _taken(work: Work, queue: int, group: int, tasks: int) -> Iterator[bytes]:
    """The results of the tasks that this worker takes from the queue, until the queue is empty."""
    while number := os.read(queue, _TASK):
        first = int.from_bytes(number, "big")
        for task in range(first, min(first + group, tasks)):
            yield from work(task)


def _be_worker(results: Iterable[bytes], writer: int) -> NoReturn:
    """Runs in the child, which must end here: what its parent had open is not its own to clean up."""
    gc.freeze()  # looking for garbage among what the parent made would copy all of it into this process
    try:
        try:
            for result in results:
                _send(writer, _RESULT, result)
            _send(writer, _DONE, b"")
        except BaseException as problem:
            _send(writer, _FAILED, _portable(problem))
    finally:
        os._exit(0)


def _portable(problem: BaseException) -> bytes:
    problem.add_note("in a worker: " + "".join(traceback.format_exception(problem)))
    try:
        return pickle.dumps(problem)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(problem).__name__}: {problem}"))


def _send(writer: int, kind: bytes, body: bytes) -> None:
    frame = memoryview(kind + len(body).to_bytes(_HEAD, "big") + body)
    while frame:
        frame = frame[os.write(writer, frame) :]


def _collect(readers: tuple[int, ...]) -> Iterator[bytes]:
    """Frames from all pipes as they come."""
    waiting = {reader: bytearray() for reader in readers}
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        while waiting:
            for key, _ in selector.select():
                data = os.read(key.fd, 1 << 18)
                if not data:
                    raise WorkerError("a worker process was killed")
                buffer = waiting[key.fd]
                buffer += data
                for kind, body in _frames(buffer):
                    if kind == _FAILED:
                        raise pickle.loads(body)  # noqa: S301 - our own child wrote it
                    if kind == _DONE:
                        selector.unregister(key.fd)
                        del waiting[key.fd]
                    else:
                        yield body


def _frames(buffer: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Take the whole frames off the buffer's front."""
    start = 0
    while len(buffer) - start >= _FRAME:
        end = start + _FRAME + int.from_bytes(buffer[start + 1 : start + _FRAME], "big")
        if len(buffer) < end:
            break
        yield bytes(buffer[start : start + 1]), bytes(buffer[start + _FRAME : end])
        start = end
    del buffer[:start]
