"""When an article was published, as far as its words tell, and the warning where they contradict its front matter."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from sijill.arabic.hijri import gregorian
from sijill.arabic.parties import party_names
from sijill.model import Article, Block, Reading
from sijill.packed import pack, unpack
from sijill.reading import Reader
from sijill.registry import load_registry

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def reader() -> Reader:
    """A reader with the real registry."""
    return Reader(load_registry(ROOT / "content", party_names())[0])


def read(reader: Reader, text: str, date: str = "") -> Reading:
    """The reading of an article of one paragraph."""
    day = dt.date.fromisoformat(date) if date else None
    return reader.read(Article("a", "a.txt", "ar", day, "", "", "", (Block("title", "خبر من سوريا"), Block("p", text))))


@pytest.mark.parametrize(
    "text",
    [
        "دمشق، 28 تشرين الثاني 2018 - تنطلق اليوم الجولة الحادية عشرة من محادثات أستانا.",
        "الأربعاء 28 نوفمبر 2018: تنطلق الجولة الحادية عشرة من محادثات أستانا.",
        "تنطلق اليوم الأربعاء 28 تشرين الثاني 2018 الجولة الحادية عشرة من محادثات أستانا.",
        "تنطلق اليوم (الأربعاء) 28/11/2018 الجولة الحادية عشرة من محادثات أستانا.",
        "دمشق، 28 تشرين الثاني - تنطلق الجولة الحادية عشرة من محادثات أستانا.",
        "قال الوزير إن الجولة الحادية عشرة من محادثات أستانا ستنطلق اليوم الأربعاء.",
        "تختتم غدا الخميس الجولة الحادية عشرة من محادثات أستانا.",
        "بدأت محادثات أستانا اليوم الأربعاء 28 تشرين الثاني، وهي الجولة 11 من المحادثات.",
    ],
)
def test_a_missing_date_is_taken_from_the_words(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    assert (reading.date, reading.date_why) == (dt.date(2018, 11, 28), "date-in-text")
    assert unpack(pack(reading)) == reading


@pytest.mark.parametrize(
    "text",
    [
        "تنطلق اليوم الجولة الحادية عشرة من محادثات أستانا.",
        "تنطلق اليوم الخميس الجولة الحادية عشرة من محادثات أستانا.",
        "تعقد اليوم الأربعاء الجولة الحادية عشرة من محادثات أستانا.",
        "تنطلق اليوم الثلاثاء 28 تشرين الثاني 2018 الجولة الحادية عشرة من محادثات أستانا.",
        "دمشق، 28 تشرين الثاني - قال الوزير السوري إن الأمر صعب.",
        "قتل 28 شخصا، 5 منهم في حلب، وعقدت الجولة الأولى في 23 كانون الثاني 2017 من محادثات أستانا.",
        "حتى اليوم 28 تشرين الثاني 2018 لم تعقد الجولة الثانية عشرة من محادثات أستانا.",
    ],
)
def test_words_that_do_not_say_it_leave_the_date_open(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    assert (reading.date, reading.date_why) == (None, "")


def test_a_date_that_the_text_contradicts_is_a_warning(reader: Reader) -> None:
    reading = read(reader, "تنطلق اليوم الأربعاء 28 تشرين الثاني الجولة الحادية عشرة من محادثات أستانا.", "2018-12-03")
    (issue,) = reading.issues
    assert (issue.level, issue.path) == ("warning", "a.txt")
    assert {"2018-12-03", "2018-11-28"} <= set(issue.message.split())
    assert reading.date == dt.date(2018, 12, 3), "the front matter's date stands"


def test_a_weekday_that_the_date_is_not_is_a_warning(reader: Reader) -> None:
    assert len(read(reader, "قال الوزير السوري اليوم السبت إن الأمر صعب.", "2018-11-30").issues) == 1


@pytest.mark.parametrize(
    "text",
    [
        "تنطلق اليوم الأربعاء 28 تشرين الثاني الجولة الحادية عشرة من محادثات أستانا.",
        "قال الوزير السوري أمس الثلاثاء إن الأمر صعب، ويعود يوم الجمعة 30 تشرين الثاني.",
        "عقد الخبراء لقاءاتهم في اليوم الأول من الاجتماع.",
    ],
)
def test_words_that_agree_with_the_date_are_no_warning(reader: Reader, text: str) -> None:
    assert read(reader, text, "2018-11-28").issues == ()


@pytest.mark.parametrize(
    ("hijri", "day"),
    [
        ((1438, 4, 25), dt.date(2017, 1, 23)),
        ((1440, 3, 20), dt.date(2018, 11, 28)),
        ((1440, 1, 1), dt.date(2018, 9, 11)),
        ((1445, 7, 13), dt.date(2024, 1, 25)),
    ],
)
def test_the_tabular_calendar_is_at_most_two_days_from_the_announced_one(
    hijri: tuple[int, int, int], day: dt.date
) -> None:
    assert abs((gregorian(*hijri) - day).days) <= 2


def test_the_tabular_calendar_counts_every_day_once() -> None:
    days = [
        gregorian(year, month, day)
        for year in range(1431, 1461)
        for month in range(1, 13)
        for day in range(1, 30 + (month % 2 == 1 or month == 12 and (11 * year + 14) % 30 < 11))
    ]
    assert {(later - day).days for day, later in pairwise(days)} == {1}
