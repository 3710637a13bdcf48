"""A command of `build.py` as its user meets it, in a forked process: nothing has to be imported or compiled again.

The tests of the start itself run `build.py` with a new Python (see test_setup.py and test_cli.py).
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from sijill.cli import main

__all__ = ["run"]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What a command says and ends with that is called in this folder, with nobody at its terminal."""
    sys.stdout.flush()
    sys.stderr.flush()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _child(folder, words, out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(["build.py", *words], code, out.read().decode(), err.read().decode())


def _child(folder: Path, words: tuple[str, ...], out: int, err: int) -> None:
    """The command itself, on files of its own; never comes back."""
    code = 1
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, mode, closefd=False), "utf-8", write_through=number == 2)
            for number, mode in enumerate(("r", "w", "w"))
        )
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)
