"""The promises, each tried a few times; `make soak` tries them in earnest."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.fuzz.__main__ import main as fuzz
from tests.fuzz.targets import TARGETS
from tests.soak import PROMISES, Promise
from tests.soak.__main__ import END, START, row_of, with_row

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261124


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.module)
def test_the_promise_is_kept(promise: Promise) -> None:
    tried, failures = promise.run(promise.small, SEED)
    assert failures == []
    assert tried >= promise.small > 0


@pytest.mark.parametrize("processors", [1, 2, 4, 64])
def test_fuzzing_in_earnest_takes_an_hour_however_much_comes_of_it(
    processors: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither atheris nor the hour is there: what is asked of it, and that an early end is told."""
    asked: list[list[str]] = []
    flags: list[str] = []

    def ended(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command[3:])
        return subprocess.CompletedProcess(command, 0, b"", b"stat::number_of_executed_units: 100000\n")

    def set_up(arguments: list[str], check: object) -> None:
        flags.extend(arguments)

    fake = SimpleNamespace(instrument_imports=lambda include: nullcontext(), Setup=set_up, Fuzz=lambda: None)
    monkeypatch.setitem(sys.modules, "atheris", fake)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr("tests.soak.fuzz.subprocess.run", ended)
    [promise] = [each for each in PROMISES if each.module == "fuzz"]
    tried, failures = promise.run(promise.full, SEED)
    assert sorted(each[0] for each in asked) == sorted(TARGETS)
    at_once = min(processors, len(TARGETS))
    assert sum(int(each[1]) for each in asked) / at_once == 3600
    assert tried == 100_000 * len(TARGETS)
    assert failures == [f"{name}: ended after 0 s of {asked[0][1]}" for name in TARGETS]
    before = signal.getsignal(signal.SIGPROF)
    try:
        fuzz([asked[0][0], asked[0][1], str(tmp_path)])
    finally:
        signal.signal(signal.SIGPROF, before)
    assert f"-max_total_time={asked[0][1]}" in flags
    assert not [each for each in flags if each.startswith("-runs")]


def test_every_promise_stands_in_the_documentation_with_its_full_figure_and_none_failed() -> None:
    page = (ROOT / "docs" / "promises.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+) \| `(\w+)` \| ([\d,]+) \| 0 failed \|$", page, re.MULTILINE)
    assert [row[:3] for row in rows] == [(str(each.number), each.text, each.module) for each in PROMISES]
    tried = {module: int(figure.replace(",", "")) for _, _, module, figure in rows}
    assert {each.module: tried[each.module] for each in PROMISES if tried[each.module] < each.full} == {}
    assert len(rows) == page.count("failed |")


def test_each_of_the_sixteen_promises_is_tried_and_told_with_what_a_case_is() -> None:
    page = (ROOT / "docs" / "promises.md").read_text("utf-8")
    assert {each.number for each in PROMISES} == set(range(1, 17))
    for promise in PROMISES:
        assert f"\n| `{promise.module}` | " in page.partition(END)[2], promise.module


def test_a_row_takes_the_place_of_its_former_self_and_leaves_the_others() -> None:
    page = f"above\n{START}\n{END}\nbelow\n"
    for promise, tried, failures in ((PROMISES[1], 5, []), (PROMISES[0], 7, ["x"]), (PROMISES[1], 9, [])):
        page = with_row(page, row_of(promise, tried, failures), "Note.")
    assert page.splitlines()[4:6] == [row_of(PROMISES[0], 7, ["x"]), row_of(PROMISES[1], 9, [])]
    assert page.startswith("above\n")
    assert page.endswith(f"\n\nNote.\n{END}\nbelow\n")
    assert "**1 failed**" in page
