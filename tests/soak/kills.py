"""Promise 4: the old site or the new one. Builds are killed with `kill -9` at random moments while a reader looks on.

Two contents differ in every page. The site is led from one to the other and back; after each kill it must be one of
the two, byte for byte, and the next build must find its way.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from tests.sites import make, options
from tests.soak.forked import Running, built, finished, result_of, running, start, tree_hash, warm

OTHER = """
-- site.toml --
title = "سجلّ آخر"
base_url = "https://example.net"
processes = ["astana"]
-- articles/2019/second.txt --
---
date: 2019-02-03
---
عودة الوفد السوري من أستانا
قال بشار الجعفري إن الوفد السوري عاد من أستانا.
"""
CHECKED = 20
"""After this many kills a build runs to its end, and nothing may be left beside the site."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` builds are killed."""
    chance = random.Random(seed)
    failures: list[str] = []
    warm()
    with tempfile.TemporaryDirectory(prefix="sijill-kills-") as name:
        folder = Path(name)
        projects = make(folder / "a"), make(folder / "b", OTHER)
        seconds = []
        for project in projects:
            began = time.monotonic()
            first = result_of(options(project, jobs=2, cache=False))
            seconds.append(time.monotonic() - began)
            if not first.published:
                return 0, [f"the clean build failed: {first}"]
        whole = {tree_hash(project / "site"): "ab"[at] for at, project in enumerate(projects)}
        if len(whole) != 2:
            return 0, ["the two sites are the same"]
        output = folder / "here" / "site"
        output.parent.mkdir()
        reader = _Reader(output, [project / "site" for project in projects])
        for number in range(count):
            if number % CHECKED == CHECKED // 2:
                shutil.rmtree(output, ignore_errors=True)  # there was no site yet
            before = tree_hash(output)
            to = projects[before == tree_hash(projects[0] / "site")]
            wanted = options(to, output=output, jobs=chance.choice((1, 2)), cache=False)
            seen: list[str] = []
            with nullcontext() if before == "absent" else reader.watching(seen):
                build = start(partial(built, wanted))
                moment = _kill(build, output, chance, max(seconds))
            after = tree_hash(output)
            if after not in whole and after != before:
                failures.append(f"kill {number} {moment}: the site is neither of the two")
                shutil.rmtree(output, ignore_errors=True)
            failures += (f"kill {number} {moment}: {found}" for found in seen)
            if number % CHECKED == CHECKED - 1 or number == count - 1:
                failures += _mended(number, projects[0], output)
    return count, failures


def _kill(build: Running, output: Path, chance: random.Random, seconds: float) -> str:
    """Kill it at any moment, or at one between the first written file and the end; the moment, in words."""
    group = chance.random() < 0.5
    if chance.random() < 0.4:
        wait, moment = chance.uniform(0, seconds * 1.1), "of any moment"
    else:
        staged = output.with_name(f".{output.name}-new")
        while running(build) and not staged.exists():
            time.sleep(0.0005)
        wait, moment = chance.uniform(0, seconds * 0.7), "while writing"
        if chance.random() < 0.5:  # about the swap
            manifest = staged / ".sijill-manifest"
            while running(build) and not manifest.exists() and staged.exists():
                time.sleep(0.0002)
            wait, moment = chance.uniform(0, 0.03), "about the swap"
    time.sleep(wait)
    build.kill(group)
    finished(build)
    return f"({moment}, {'with' if group else 'without'} its workers)"


def _mended(number: int, project: Path, output: Path) -> list[str]:
    """What is wrong after a build that nobody kills."""
    result = result_of(options(project, output=output, jobs=2, cache=False))
    left = sorted(path.name for path in output.parent.iterdir())
    if not result.published:
        return [f"after kill {number} the next build failed: {result}"]
    if tree_hash(output) != tree_hash(project / "site"):
        return [f"after kill {number} the next build made another site"]
    return [f"after kill {number} the next build left {left}"] if left != ["site"] else []


class _Reader:
    """Reads pages as a web server does, by their paths: each must be whole, and none old after one was new."""

    def __init__(self, output: Path, sites: list[Path]) -> None:
        self.output = output
        self.stop = output.with_name("stop")
        names = [{path.relative_to(site) for path in site.rglob("*.html")} for site in sites]
        common = sorted(set.intersection(*names))
        self.pages = {name: [(site / name).read_bytes() for site in sites] for name in common}

    @contextmanager
    def watching(self, wrong: list[str]) -> Iterator[None]:
        """Within it pages are read all the time, by a process of its own."""
        looking = start(self.read)
        try:
            yield
        finally:
            self.stop.touch()
            wrong += finished(looking)
            self.stop.unlink()

    def read(self) -> list[str]:
        """What was wrong until told to stop."""
        first = last = None
        parent = os.getppid()
        while os.getppid() == parent:
            for name, versions in self.pages.items():
                if self.stop.exists():
                    return []
                try:
                    found = (self.output / name).read_bytes()
                except FileNotFoundError:
                    return [f"{name} was away"]
                if found not in versions:
                    return [f"{name} was torn"]
                version = versions.index(found)
                first = version if first is None else first
                if version == first and last not in (None, first):
                    return [f"{name} was old after another page was new"]
                last = version
                time.sleep(0.0005)
        return []
