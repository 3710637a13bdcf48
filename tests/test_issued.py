"""Documents beside the rounds on whose days they were issued, and rounds beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixture_archive import real_html
from tests.sites import HELD_ROUND, built

PAPER = """
-- documents/paper.md --
---
name: ورقة مبادئ
sources: ["https://example.org/paper"]
facts:
  - issued: {day}
---
"""


def section(page: str, id: str) -> str:
    return page.partition(f'id="{id}"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2018-11-28", True),
        ("2018-11-29", True),
        ("2018-11-27", False),
        ("2018-11-30", False),
        ("2018-11", False),
    ],
)
def test_a_document_stands_with_the_round_on_whose_days_it_was_issued(tmp_path: Path, day: str, shown: bool) -> None:
    site = built(tmp_path, HELD_ROUND + PAPER.format(day=day))
    assert site.outcome.published, site.lines
    round, document = site.page("/rounds/astana-11/"), site.page("/documents/paper/")
    assert ("/documents/paper/" in section(round, "issued")) == shown
    assert ("https://example.org/paper" in section(round, "issued")) == shown, "with what says so"
    box = document.partition('<dl class="box">')[2].partition("</dl>")[0]
    assert ('href="/rounds/astana-11/"' in box) == shown


def test_a_round_whose_days_are_not_known_has_no_documents(tmp_path: Path) -> None:
    assert 'id="issued"' not in built(tmp_path, PAPER.format(day="2018-11-28")).page("/rounds/astana-11/")


def test_the_statement_of_the_first_round_is_on_its_page() -> None:
    page = real_html()["/rounds/astana-1/"]
    assert "/documents/astana-1-statement/" in section(page, "issued")
    assert 'href="#issued"' in page
