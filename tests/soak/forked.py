"""Builds in forked processes: they can be killed, limited or run side by side, and leave nothing in this process.

A fork starts with everything imported, so that most of a random moment's choices fall into the build and not into
Python's start.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sijill.build import Options, build
from sijill.issues import line_text
from tests.sites import make, options

__all__ = ["Result", "finished", "result_of", "running", "start", "tree_hash", "warm"]


class Result(NamedTuple):
    """What a build in another process came to."""

    published: bool
    unchanged: bool
    lines: tuple[str, ...]
    """The issues as they are printed."""
    crash: str = ""
    """A traceback; empty where the build ended in an orderly way."""


class Running(NamedTuple):
    pid: int
    said: int
    """The pipe that the result comes through."""

    def kill(self, group: bool) -> None:
        """`kill -9`: the build alone, or with all its workers."""
        (os.killpg if group else os.kill)(self.pid, signal.SIGKILL)


def start(work: Callable[[], Any]) -> Running:
    """Do the work in a child that leads a process group of its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            os.setpgid(0, 0)
            try:
                answer = work()
            except BaseException:
                answer = Result(False, False, (), traceback.format_exc())
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(writer)
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(pid, pid)  # whichever of the two comes first
    return Running(pid, reader)


def running(build: Running) -> bool:
    """Whether it has not ended yet; its result stays to be fetched."""
    return os.waitid(os.P_PID, build.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def finished(build: Running) -> Any:
    """Wait for the end; the result, or None where it was killed before it could tell."""
    with os.fdopen(build.said, "rb") as pipe:
        data = pipe.read()
    os.waitpid(build.pid, 0)
    try:
        return pickle.loads(data) if data else None
    except (EOFError, pickle.UnpicklingError):
        return None


def built(wanted: Options, progress: Callable[[str, int, int], None] = lambda step, done, total: None) -> Result:
    """Build in this process."""
    outcome = build(wanted, progress)
    return Result(outcome.published, outcome.unchanged, tuple(map(line_text, outcome.issues)))


def warm() -> None:
    """Build once in this process, so that those forked from it find the words of the language loaded."""
    with tempfile.TemporaryDirectory(prefix="sijill-warm-") as name:
        built(options(make(Path(name)), cache=False))


def result_of(wanted: Options) -> Result:
    """Build in a process of its own."""
    found = finished(start(lambda: built(wanted)))
    return found if isinstance(found, Result) else Result(False, False, (), "the build was killed")


def tree_hash(folder: Path) -> str:
    """One digest of all names, kinds and bytes below a folder, read anew; `absent` where there is none."""
    if not folder.is_symlink() and not folder.exists():
        return "absent"
    digest = hashlib.sha256()
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink():
            kind, body = b"l", os.fsencode(path.readlink())
        elif path.is_dir():
            kind, body = b"d", b""
        else:
            kind, body = b"f", path.read_bytes()
        name = os.fsencode(path.relative_to(folder))
        digest.update(kind + len(name).to_bytes(4, "big") + name + len(body).to_bytes(8, "big") + body)
    return digest.hexdigest()
