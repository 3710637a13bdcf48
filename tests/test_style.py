"""Digits, month names and the Hijri day: what the site prints follows the settings, what others wrote does not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import Element

import html5lib
import pytest

from sijill.arabic.hijri import EPOCH, gregorian, islamic
from tests.sites import Site, built

Make: TypeAlias = Callable[[str], Site]

SETTINGS = """
-- site.toml --
title = "سجلّ 7"
base_url = "https://example.org"
processes = ["astana"]
{more}
-- rounds/astana-11.md --
---
name: أستانا 11
process: astana
number: 11
facts:
  - held: {{ start: 2018-11-28, end: 2018-11-29, place: astana }}
    sources: ["https://example.org/31"]
---
-- places.toml --
astana = {{ name = "أستانا", country = "kazakhstan" }}
-- articles/2018/first.txt --
---
date: 2018-12-15
---
الوفد السوري يصل إلى أستانا
وصل الوفد السوري برئاسة الدكتور بشار الجعفري إلى أستانا للمشاركة في الجولة 11 من محادثات أستانا.
وقال الجعفري إن 14 بندًا على جدول الأعمال.
"""
WESTERN = re.compile(r"[0-9]")


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    done: dict[str, Site] = {}

    def site(more: str) -> Site:
        if more not in done:
            done[more] = built(tmp_path_factory.mktemp("style"), SETTINGS.format(more=more))
            assert done[more].outcome.published, done[more].lines
        return done[more]

    return site


def _elements(html: str) -> list[Element]:
    return list(html5lib.parse(html, namespaceHTMLElements=False).iter())


def _text(html: str) -> str:
    return " ".join("".join(html5lib.parse(html, namespaceHTMLElements=False).itertext()).split())


def _is_data(name: str) -> bool:
    """The page that tells of the data is one for people."""
    return name.startswith("data/") and not name.endswith(".html")


def test_arabic_indic_digits_are_printed_and_nothing_else_changes(make: Make) -> None:
    western, indic = make(""), make('digits = "arabic-indic"')
    changed = 0
    for path in sorted(western.output.rglob("*.html")):
        other = indic.output / path.relative_to(western.output)
        for left, right in zip(_elements(path.read_text("utf-8")), _elements(other.read_text("utf-8")), strict=True):
            for name in ("href", "id", "datetime", "data-index"):
                assert left.get(name) == right.get(name), path
            if left.text != right.text:
                assert re.sub("[٠-٩]", lambda digit: str(int(digit[0])), right.text or "") == left.text
                changed += 1
            if right.tag in ("time", "sup") or right.get("class") in ("count", "no", "c"):
                assert not WESTERN.search("".join(right.itertext())), path
    assert changed > 20
    files = {name: data for name, data in western.tree().items() if _is_data(name)}
    assert files == {name: data for name, data in indic.tree().items() if _is_data(name)}


def test_the_words_of_articles_and_the_names_of_records_keep_their_digits(make: Make) -> None:
    text = _text(make('digits = "arabic-indic"').page("/articles/first/"))
    assert "إن 14 بندًا" in text
    assert "في الجولة 11 من محادثات" in text
    assert "١٥ كانون الأول" in text
    page = make('digits = "arabic-indic"').page("/rounds/astana-11/")
    assert "أستانا 11" in page
    assert "سجلّ 7" in page


@pytest.mark.parametrize(
    ("months", "shown", "note"),
    [
        ("both", "15 كانون الأول (ديسمبر) 2018", "يُذكر الاسم الآخر"),
        ("levantine", "15 كانون الأول 2018", "بلاد الشام."),
        ("gulf", "15 ديسمبر 2018", "مصر والخليج"),
        ("maghrebi", "15 ديسمبر 2018", "تونس والجزائر"),
    ],
)
def test_months_have_the_names_that_the_settings_choose(make: Make, months: str, shown: str, note: str) -> None:
    site = make(f'months = "{months}"')
    assert shown in _text(site.page("/articles/first/"))
    assert note in _text(site.page("/method/"))


def test_a_maghrebi_month_differs_where_it_is_another_word(tmp_path: Path) -> None:
    site = built(tmp_path, SETTINGS.format(more='months = "maghrebi"').replace("2018-12-15", "2019-08-02"))
    assert "2 أوت 2019" in _text(site.page("/articles/first/"))


def test_a_hijri_day_stands_beside_a_whole_day_and_the_method_says_which_calendar(make: Make) -> None:
    site = make("hijri = true")
    assert "2018 (7 ربيع الآخر 1440 للهجرة)" in _text(site.page("/articles/first/"))
    assert "28 و29 تشرين الثاني (نوفمبر) 2018 (20 و21 ربيع الأول 1440 للهجرة)" in _text(site.page("/rounds/astana-11/"))
    assert "بالتقويم الحسابي (الجدولي)" in _text(site.page("/method/"))
    assert "للهجرة" not in _text(make("").page("/articles/first/"))
    assert "الجدولي" not in _text(make("").page("/method/"))


def test_days_go_to_the_islamic_calendar_and_back() -> None:
    for day in range(EPOCH, EPOCH + 600_000, 7):
        date = dt.date.fromordinal(day)
        found = islamic(date)
        assert found is not None
        assert gregorian(*found) == date
    assert islamic(dt.date(622, 7, 17)) is None


def test_the_end_of_a_leap_year_is_its_thirtieth_day() -> None:
    assert islamic(gregorian(1442, 1, 1) - dt.timedelta(days=1)) == (1441, 12, 29)
    assert islamic(gregorian(1443, 1, 1) - dt.timedelta(days=1)) == (1442, 12, 30)
