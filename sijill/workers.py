"""Work spread over forked processes. A fork shares what is already in memory, so nothing is sent to a worker.

A task must not depend on which worker does it: the results come in no order, and one worker gives the same ones. A task
that takes too long or too much is ended with its worker, by the system, so that no code of the task can prevent it.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeAlias

__all__ = ["Bounds", "Lost", "WorkerError", "guarded", "spread", "uncounted", "workers_for"]

Work: TypeAlias = Callable[[int], Iterable[bytes]]
"""Does the task of this number and gives its results."""

_TASK = 4
_MOST_TASKS = 4096
"""Tasks that wait in a pipe, which holds 64 KiB; where there are more, neighbours go together."""
_HEAD = 4
_RESULT, _FAILED, _DONE = b"r", b"f", b"d"
_FRAME = len(_RESULT) + _HEAD
_NO_MEMORY = 71
"""Exit code of a worker whose task ran out of memory."""
_LOOK = 1.0
"""Seconds between two looks at workers that say nothing."""
_WAITS = 30
"""A task that rests (a disk that does not answer) may take this many times its seconds by the clock."""


def workers_for(pieces: int, pays: int, jobs: int = 0) -> int:
    """How many processes to use where each needs `pays` pieces of work to be worth its fork. `jobs`: at most so many;
    0 means one for each processor that we may run on."""
    most = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    return max(1, min(most, pieces // pays))


class WorkerError(Exception):
    """A worker ended without a word: it was killed, perhaps because memory ran out."""


class Bounds(NamedTuple):
    """What one task may take; 0 is no bound."""

    seconds: float
    """Processor time, not the clock's, so that a busy machine ends no good task."""
    megabytes: int
    """More than the worker held when it started."""


class Lost(NamedTuple):
    """A task that was ended before it was done."""

    task: int
    why: str
    """`time`, `memory`, or the name of the signal that ended its worker."""


def spread(work: Work, tasks: int, workers: int) -> Iterator[bytes]:
    """The results of tasks 0 to `tasks` - 1, in no order. Whichever worker is free takes the next task.

    An exception in a worker is raised here, and the other workers end.
    """
    if workers <= 1 or tasks <= 1 or not hasattr(os, "fork"):
        for task in range(tasks):
            yield from work(task)
        return
    for result in _Crew(work, tasks, None).run(workers):
        if not isinstance(result, Lost):
            yield result


def guarded(
    work: Work, tasks: int, workers: int, bounds: Bounds, meanwhile: Iterable[None] = ()
) -> Iterator[bytes | Lost]:
    """As `spread`, each task within its bounds; one that breaks them is lost, and a new worker goes on behind it.
    `meanwhile` goes on in this process, bit by bit, while they work.

    Even one worker is a process of its own, since only a process can be ended. Without forks nothing is bounded.
    """
    if not hasattr(os, "fork"):
        for task in range(tasks):
            yield from work(task)
        return
    yield from _Crew(work, tasks, bounds, meanwhile).run(workers)


def uncounted(do: Callable[[], None]) -> None:
    """In a task: do what the worker's later tasks need as well. It is on no task's account, in time and in memory."""
    if not hasattr(os, "fork"):
        do()
        return
    left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
    bound = _memory_bound()
    if bound is not None:
        _bind_memory(None)
    before = _held()
    do()
    if bound is not None:
        _bind_memory(bound + _held() - before)
    signal.setitimer(signal.ITIMER_PROF, left)


class _Crew:
    """The workers of one piece of work, by the pipe that each writes to."""

    def __init__(self, work: Work, tasks: int, bounds: Bounds | None, meanwhile: Iterable[None] = ()) -> None:
        self.work = work
        self.tasks = tasks
        self.bounds = bounds
        self.meanwhile = iter(meanwhile)
        self.group = -(-tasks // _MOST_TASKS)
        self.queue = -1
        self.pipes: dict[int, tuple[int, int]] = {}
        """The worker's process and its seat."""
        self.seats = mmap.mmap(-1, mmap.PAGESIZE)
        """Memory that all share. A worker keeps the number of its task there, plus one: the dead cannot be asked."""

    def run(self, workers: int) -> Iterator[bytes | Lost]:
        sys.stdout.flush()
        sys.stderr.flush()
        self.queue, feed = os.pipe()
        os.write(feed, b"".join(first.to_bytes(_TASK, "big") for first in range(0, self.tasks, self.group or 1)))
        os.close(feed)
        with selectors.DefaultSelector() as selector:
            try:
                for seat in range(min(workers, self.tasks, len(self.seats) // _TASK)):
                    selector.register(self._start(seat, range(0)), selectors.EVENT_READ)
                yield from self._collect(selector)
            finally:
                os.close(self.queue)
                for reader, (child, _) in self.pipes.items():
                    os.close(reader)
                    os.kill(child, signal.SIGKILL)
                for child, _ in self.pipes.values():
                    os.waitpid(child, 0)

    def _start(self, seat: int, first: range) -> int:
        """Fork a worker that does the tasks `first` and then those of the queue; where it will be heard."""
        self._sit(seat, 0)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            for other in (*self.pipes, reader):
                os.close(other)  # so that a worker whose parent was killed finds its pipe closed
            if self.bounds is not None:
                _bind(self.bounds)
            _be_worker(self._results(seat, first), writer)
        os.close(writer)
        self.pipes[reader] = (child, seat)
        return reader

    def _results(self, seat: int, first: range) -> Iterator[bytes]:
        """In the worker: the results of its tasks, until the queue is empty."""
        if self.bounds is None:
            for task in self._tasks(first):
                yield from self.work(task)
            return
        for task in self._tasks(first):
            self._sit(seat, task + 1)
            signal.setitimer(signal.ITIMER_PROF, self.bounds.seconds)
            try:
                yield from self.work(task)
            except MemoryError:
                os._exit(_NO_MEMORY)
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._sit(seat, 0)

    def _tasks(self, first: range) -> Iterator[int]:
        yield from first
        while number := os.read(self.queue, _TASK):
            start = int.from_bytes(number, "big")
            yield from range(start, min(start + self.group, self.tasks))

    def _sit(self, seat: int, number: int) -> None:
        self.seats[seat * _TASK : (seat + 1) * _TASK] = number.to_bytes(_TASK, "big")

    def _at(self, seat: int) -> int:
        return int.from_bytes(self.seats[seat * _TASK : (seat + 1) * _TASK], "big")

    def _collect(self, selector: selectors.BaseSelector) -> Iterator[bytes | Lost]:
        """Frames from all pipes as they come."""
        buffers = {reader: bytearray() for reader in self.pipes}
        looks: dict[int, tuple[int, int]] = {}
        looked = time.monotonic()
        busy = True
        while buffers:
            busy = busy and next(self.meanwhile, _DONE) is None
            for key, _ in selector.select(0 if busy else _LOOK):
                data = os.read(key.fd, 1 << 18)
                if not data:
                    selector.unregister(key.fd)
                    del buffers[key.fd]
                    lost, seat = self._bury(key.fd)
                    yield lost
                    behind = lost.task + 1
                    rest = range(behind, min(-(-behind // self.group) * self.group, self.tasks))
                    reader = self._start(seat, rest)
                    buffers[reader] = bytearray()
                    selector.register(reader, selectors.EVENT_READ)
                    continue
                buffer = buffers[key.fd]
                buffer += data
                for kind, body in _frames(buffer):
                    if kind == _FAILED:
                        raise pickle.loads(body)  # noqa: S301 - our own child wrote it
                    if kind == _DONE:
                        selector.unregister(key.fd)
                        del buffers[key.fd]
                    else:
                        yield body
            if self.bounds is not None and time.monotonic() - looked >= _LOOK:
                looked = time.monotonic()
                self._end_those_that_rest(looks, self.bounds.seconds)

    def _bury(self, reader: int) -> tuple[Lost, int]:
        """What a worker that ended without a word was doing, and its seat."""
        child, seat = self.pipes.pop(reader)
        os.close(reader)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        number = self._at(seat)
        if self.bounds is None or not number:
            raise WorkerError("a worker process was killed")
        ends = {-signal.SIGPROF: "time", -signal.SIGALRM: "time", _NO_MEMORY: "memory"}
        return Lost(number - 1, ends.get(status) or _name_of(-status)), seat

    def _end_those_that_rest(self, looks: dict[int, tuple[int, int]], seconds: float) -> None:
        """End workers that neither work nor finish. Looks are counted, not time: a machine may have slept."""
        for child, seat in self.pipes.values():
            number = self._at(seat)
            before, count = looks.get(child, (0, 0))
            looks[child] = (number, count + 1 if number and number == before else 0)
            if seconds and looks[child][1] * _LOOK > seconds * _WAITS:
                os.kill(child, signal.SIGALRM)


def _bind(bounds: Bounds) -> None:
    """In the worker: let the system end it when it breaks its bounds, whatever Python or C is doing."""
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    if not bounds.megabytes:
        return
    if held := _held():  # bounded where the system tells how much it holds
        _bind_memory(held + (bounds.megabytes << 20))


def _held() -> int:
    """Bytes of address space that this process holds; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * mmap.PAGESIZE
    except (OSError, ValueError):
        return 0


def _memory_bound() -> int | None:
    """The bytes that this process may hold; None where there is no bound."""
    try:
        import resource
    except ImportError:
        return None
    bound, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if bound == resource.RLIM_INFINITY else bound


def _bind_memory(bound: int | None) -> None:
    """Bound what this process may hold; None: by no more than the system does."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if bound is None else bound, most))


def _name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"exit code {-number}"


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
