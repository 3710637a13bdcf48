"""The promises, each tried a few times; `make soak` tries them in earnest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.soak import PROMISES, Promise
from tests.soak.__main__ import END, START, row_of, with_row

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261124


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.module)
def test_the_promise_is_kept(promise: Promise) -> None:
    tried, failures = promise.run(promise.small, SEED)
    assert failures == []
    assert tried >= promise.small > 0


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
