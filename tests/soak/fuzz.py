"""Promise 1 (and 2, 3 and 8): whatever bytes come in, nothing lives, breaks or hangs, and no finding lacks its words.

A few executions are made by hypothesis, in this process; many by atheris, which follows the code that bytes reach and
so finds its way to where nobody looked. Each target of `tests.fuzz.targets` has the same share: of a few executions, or
of an hour, in which as many are made as the machine can.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target
from tests.sites import ROOT

FEW = 2_000
"""Executions that need no atheris."""
HOUR = 3600.0
_DONE = re.compile(rb"stat::number_of_executed_units: (\d+)")


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` executions, or those of an hour."""
    if count <= FEW:
        share = count // len(TARGETS) + 1
        told = [failure for name, target in TARGETS.items() for failure in _tried(name, target, share, seed)]
        return share * len(TARGETS), told
    if importlib.util.find_spec("atheris") is None:
        return 0, ["atheris is not installed (run: make soak)"]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        ended = list(pool.map(lambda name: _fuzzed(name, seed), TARGETS))
    return sum(done for done, _ in ended), [failure for _, failures in ended for failure in failures]


def _tried(name: str, target: Target, count: int, seed: int) -> list[str]:
    """By hypothesis: pieces in any order behind a first byte, and what is nearly right, cut and mended."""
    pieces = st.lists(st.sampled_from(target.pieces), max_size=30).map(lambda each: "".join(each).encode())
    start = st.integers(0, 255).map(lambda byte: bytes([byte]))
    near = st.tuples(st.sampled_from(list(target.seeds())), st.integers(0, 3000), pieces)
    mended = near.map(lambda each: each[0][: each[1]] + each[2] + each[0][each[1] :])

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(st.builds(bytes.__add__, start, pieces), mended, st.binary(max_size=400)))
    def check(data: bytes) -> None:
        target.check(data)

    try:
        check()
    except Exception as problem:  # any that a target raises is a finding
        notes = " ".join(getattr(problem, "__notes__", ()))
        return [f"{name}: {type(problem).__name__}: {problem} {notes}"]
    return []


def _fuzzed(name: str, seed: int) -> tuple[int, list[str]]:
    """By atheris: executions, and what it found."""
    with tempfile.TemporaryDirectory(prefix="sijill-fuzz-") as folder:
        seconds = HOUR * min(os.cpu_count() or 1, len(TARGETS)) / len(TARGETS)
        command = [sys.executable, "-m", "tests.fuzz", name, str(int(seconds)), folder, "--seed", str(seed)]
        environment = {**os.environ, "TMPDIR": folder}  # libFuzzer ends the process before it can tidy up
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        took = time.monotonic() - began
        kept = [path for path in Path(folder).iterdir() if re.match(rf"{name}-(?:crash|timeout|oom)", path.name)]
        told = [f"{name}: {path.name}: {path.read_bytes()[:2000]!r}" for path in kept]
    counted = _DONE.search(done.stderr)
    if done.returncode != 0 or counted is None:
        told.append(f"{name}: ended with {done.returncode}: {done.stderr.decode(errors='replace')[-3000:]}")
    elif took < int(seconds):
        told.append(f"{name}: ended after {took:.0f} s of {int(seconds)}")
    return int(counted[1]) if counted else 0, told
