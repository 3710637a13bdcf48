"""Promise 16: of builds of one output at a time only one is at work; the others wait, or say that it is busy.

Eight processes start together. Each notes when it began and stopped working by a clock that all processes share.
Some rounds are impatient, and in some a few builds are killed: the others must not notice.
"""

from __future__ import annotations

import random
import tempfile
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sijill.build import Options
from tests.sites import make, options
from tests.soak.forked import Result, built, finished, result_of, start, tree_hash, warm
from tests.soak.kills import OTHER

AT_ONCE = 8
BUSY = "site:1: error: another build is writing it (wait for that build to end)"


class Worked(NamedTuple):
    result: Result
    began: int
    """0 for a build that never had its turn."""
    ended: int


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` builds, eight at once."""
    chance = random.Random(seed)
    failures: list[str] = []
    rounds = -(-count // AT_ONCE)
    warm()
    with tempfile.TemporaryDirectory(prefix="sijill-concurrent-") as name:
        folder = Path(name)
        projects = make(folder / "a"), make(folder / "b", OTHER)
        for project in projects:
            if not result_of(options(project)).published:
                return 0, ["the clean build failed"]
        whole = {tree_hash(project / "site") for project in projects}
        output = folder / "here" / "site"
        for number in range(rounds):
            kind = ("patient", "impatient", "killed")[number % 3]
            found = _round(kind, projects, output, chance)
            if tree_hash(output) not in whole:
                found.append("the site is neither of the two")
            failures += (f"round {number}, {kind}: {each}" for each in found)
    return rounds * AT_ONCE, failures


def _round(kind: str, projects: tuple[Path, Path], output: Path, chance: random.Random) -> list[str]:
    """What was wrong when eight builds started together."""
    patience = {"patient": 120.0, "impatient": chance.uniform(0, 0.5), "killed": 120.0}[kind]
    builds = []
    for _ in range(AT_ONCE):
        jobs = chance.choice((1, 2))
        wanted = options(chance.choice(projects), output=output, jobs=jobs, cache=False, patience=patience)
        builds.append(start(partial(_worked, wanted)))
    if kind == "killed":
        for build in chance.sample(builds, 4):
            time.sleep(chance.uniform(0, 0.4))
            build.kill(group=chance.random() < 0.5)
    ends: list[Worked] = [end for build in builds if isinstance(end := finished(build), Worked)]
    wrong = [f"a build ended otherwise: {end.result}" for end in ends if not _fit(end.result, kind)]
    if kind == "patient" and len(ends) != AT_ONCE:
        wrong.append("a build ended without a word")
    turns = sorted((end.began, end.ended) for end in ends if end.began)
    for before, after in pairwise(turns):
        if after[0] < before[1]:
            wrong.append(f"two builds overlap by {(before[1] - after[0]) / 1e9:.3f} s")
    if kind == "killed":
        free = result_of(options(projects[0], output=output, jobs=1, cache=False, patience=10.0))
        if not free.published:
            wrong.append(f"the lock was not freed: {free}")
    left = sorted(path.name for path in output.parent.iterdir())
    return [*wrong, f"beside the site lies {left}"] if left != ["site"] else wrong


def _fit(result: Result, kind: str) -> bool:
    return result.published or (kind == "impatient" and result.lines == (BUSY,) and not result.crash)


def _worked(wanted: Options) -> Worked:
    """Build; between the first and the last word of its progress the build holds the output."""
    times: list[int] = []
    result = built(wanted, lambda step, done, total: times.append(time.monotonic_ns()))
    return Worked(result, times[0] if times else 0, times[-1] if times else 0)
