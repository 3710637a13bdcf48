"""`python -m bench`: how long builds take and how much memory they hold, each run in a process of its own."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.corpus import ROOT, make_project
from bench.reading import report

MEGABYTE = 1 << 20
SAMPLING = 0.01
TURNS = 200_000
"""Of the fixed loop: about a twentieth of a second on a fast machine."""


class Run(NamedTuple):
    seconds: float
    """By the clock, which other work on the machine makes longer."""
    processor: float
    """Seconds of the processor, of all processes together."""
    megabytes: float
    """The most that all processes of the build held at once; memory that they share counts once."""


def main() -> int:
    """Print the table; 1 where a build fails."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3, help="the median of this many is shown")
    parser.add_argument("--jobs", type=int, default=0)
    arguments = parser.parse_args()
    fast = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="sijill-bench-", dir=fast if fast.is_dir() else None) as name:
        folder = Path(name)
        many = make_project(folder / "many", arguments.articles)
        one = make_project(folder / "one", 1)
        jobs = ["--jobs", str(arguments.jobs)]
        # A machine that has built before has Python's modules compiled; here for these builds alone.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        _clean(one, jobs, False)
        rows: list[tuple[str, str, Callable[[bool], Run]]] = [
            (
                f"clean build, {arguments.articles:,} articles",
                "≤ 5 s, ≤ 400 MB",
                lambda watched: _clean(many, jobs, watched),
            ),
            ("with readings cached, one article edited", "", lambda watched: _edited(many, jobs, watched)),
            ("unchanged rebuild", "≤ 1 s", lambda watched: _build(many, jobs, watched)),
            ("start-up to first article (a build of one)", "≤ 0.8 s", lambda watched: _clean(one, jobs, watched)),
        ]
        print(f"this machine: {_pace():.0f} ms for a fixed loop of Python {platform.python_version()}\n")
        print(f"{'':44}{'median':>9}{'best':>9}{'CPU':>9}{'memory':>10}   goal")
        for label, goal, measure in rows:
            runs = [measure(False) for _ in range(arguments.runs)]
            seconds = [run.seconds for run in runs]
            processor = statistics.median(run.processor for run in runs)
            memory = measure(True).megabytes  # in a run of its own: watching takes time from what is watched
            times = "".join(f"{each:7.2f} s" for each in (statistics.median(seconds), min(seconds), processor))
            print(f"{label:44}{times}{memory:7.0f} MB   {goal}")
    print("", *report(), sep="\n")
    return 0


def _pace() -> float:
    """How fast the machine is: milliseconds of its processor, the least of five, for work that never changes.

    Figures of two days, two machines or two builds of Python can be compared by it."""
    times = []
    for _ in range(5):
        start = time.process_time()
        seen: dict[str, int] = {}
        for turn in range(TURNS):
            word = f"w{turn % 997}"
            seen[word] = seen.get(word, 0) + len(word)
        times.append(time.process_time() - start)
    return 1000 * min(times)


def _clean(content: Path, options: list[str], watched: bool) -> Run:
    """A build with nothing left of former ones."""
    for left in ("site", ".cache"):
        shutil.rmtree(content.parent / left, ignore_errors=True)
    return _build(content, options, watched)


def _edited(content: Path, options: list[str], watched: bool) -> Run:
    first = next((content / "articles").rglob("*.txt"))
    first.write_text(first.read_text("utf-8") + "انتهى النص.\n", "utf-8")
    return _build(content, options, watched)


def _build(content: Path, options: list[str], watched: bool) -> Run:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), *options]
    start, before = time.perf_counter(), _processor()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watch = _Watch(process.pid)
    if watched:
        watch.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - start
    if watched:
        watch.join()
    if process.returncode != 0:
        raise SystemExit(f"the build failed:\n{said}")
    return Run(seconds, _processor() - before, watch.most / MEGABYTE)


def _processor() -> float:
    """Seconds of the processor that all builds so far have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until it ends. Needs /proc of Linux; elsewhere it sees none."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self.pid = pid
        self.most = 0

    def run(self) -> None:
        while Path(f"/proc/{self.pid}/smaps_rollup").exists():
            try:
                held = sum(_proportional(pid) for pid in (self.pid, *_children(self.pid)))
            except (OSError, ValueError):
                held = 0
            self.most = max(self.most, held)
            time.sleep(SAMPLING)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _proportional(pid: int) -> int:
    """Bytes in memory, where a page that n processes share counts as an n-th for each."""
    try:
        with Path(f"/proc/{pid}/smaps_rollup").open() as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
