"""Days for which a round was announced before it was put off: on its page with their sources, and in articles."""

from __future__ import annotations

from pathlib import Path

from tests.sites import HELD_ROUND, built

PUT_OFF = (
    HELD_ROUND.removesuffix("---\n")
    + """  - announced: 2018-11-21
    sources: ["https://example.org/announced"]
---
"""
)
NEWS = """
-- articles/2018/plans.txt --
{date}الجولة المقبلة من محادثات أستانا
ستعقد محادثات أستانا حول سوريا في 21 تشرين الثاني المقبل.
"""


def test_an_announced_day_stands_on_the_page_of_its_round_with_its_source(tmp_path: Path) -> None:
    page = built(tmp_path, PUT_OFF).page("/rounds/astana-11/")
    facts = page.partition("موعد أُعلن ثم تغيّر")[2].partition("</section>")[0]
    assert "21 تشرين الثاني" in facts
    assert "https://example.org/announced" in page
    box = page.partition('<dl class="box">')[2].partition("</dl>")[0]
    assert "28" in box
    assert "21 تشرين" not in box, "it was not held then"


def test_news_from_before_it_was_put_off_means_the_round_by_it(tmp_path: Path) -> None:
    for date in ("", "---\ndate: 2018-10-30\n---\n"):
        page = built(tmp_path, PUT_OFF + NEWS.format(date=date)).page("/articles/plans/")
        said = page.partition("<article")[2].partition("ستعقد")[2].partition("</p>")[0]
        assert 'href="/rounds/astana-11/"' in said, date


def test_an_announced_day_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    site = built(tmp_path, PUT_OFF.replace("2018-11-21", "قريباً"))
    assert not site.outcome.published
    assert any("astana-11.md:8: error" in line for line in site.lines), site.lines
