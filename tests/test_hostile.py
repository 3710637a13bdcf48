"""Texts that nobody wrote to be read: other languages, a megabyte, hostile repetition. Work is counted, never timed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

from sijill.arabic.parties import party_names
from sijill.model import Article, Block, Reading
from sijill.read import read_article
from sijill.reading import Reader
from sijill.registry import load_registry

ROOT = Path(__file__).resolve().parents[1]
FIRST = "content/articles/2018/astana-11.txt"
SILENT = {
    "English": "The delegation of Syria met the Russian envoy in Astana on 28 November 2018, said Sergey Lavrov. ",
    "Persian": "هیئت ایرانی به ریاست معاون وزیر در نشست وین شرکت کرد و گفت که گفت‌وگوها ادامه دارد. ",
    "Hebrew": "המשלחת נפגשה אתמול עם השליח ואמרה כי השיחות יימשכו. ",
    "Chinese": "代表团昨天在首都会见了特使。",
    "digits": "2254 11 28 2018 ٢٠١٨ ۱۲ 3.5 10-12 ",
    "marks alone": "َُِّْـ \u0670\u200f ",
    "controls": "\u202e\u2066\u202b\u200e\ufeff\u0000 ",
    "combining marks on nothing": "\u0651\u064e\u0308\u0301",
}
REPEATED = (
    *("محادثات ", "وفد ", "مسار ", "وزير ", "الجولة ", "قال لافروف ", "الوفد السوري ", "وسيرغي لافروف ", "في إطار "),
    *("رئيس وفد رئيس ", "بمشاركة الوفد السوري والوفد الروسي ", "28 و", "يومي 28 و29 ", '" ', "محمد بن ", "، و"),
    *(
        "الحادية عشرة ",
        "من محادثات أستانا في أستانا ",
        "نظيره ",
        "القرار 2254 و",
        "هذه ",
        "( ",
        "وقال إن وفد ",
        "عقدت ",
    ),
    *("أستانا ", "11 ", "أمس الخميس 28 تشرين الثاني ", "عبد ", "أبو ", "التقى ", "نائب وزير خارجية روسيا "),
    *('قال لافروف "كلام" وقال إن الأمر. ', "روسيا وقال المرصد إن الأمر. ", "وقال المجلس إن روسيا. ", "وحمل روسيا "),
    *("مؤتمر سوتشي، في سوتشي. ", "كيليتشدار أوغلو ", "لقاء ثلاثي مع بوتين وروحاني. ", "«فلان» رئيس الوفد "),
    "وفد روسيا إلى أستانا. الجولة الثامنة من محادثات أستانا. ",
    "قال وزير الخارجية الروسي سيرغي لافروف إن الأمر صعب. وقال وزير الخارجية الروسي إن كذا. ",
    *("ودعتا إلى كذا سيرغي لافروف ومحمد جواد ظريف وأكدا أن كذا ", "التقى سيرغي لافروف محمد جواد ظريف وبحثا كذا "),
    "ويعقد اجتماع أستانا بمشاركة روسيا وتركيا. ويحدد السوريون مصيرهم بمشاركة الحكومة والمعارضة. ",
    "التقى الوفد الروسي الوفد الإيراني في جلسة برئاسة غير بيدرسون. ",
    "عقد سيرغي لافروف مؤتمرا ونظم هذا المؤتمر وفد بلاده في الجولة الحالية من المفاوضات. ",
    *("وفي 23 كانون الثاني انطلقت محادثات أستانا حول سوريا ", "قال كوفي أنان إن اجتماع جنيف مفيد لسوريا "),
)

PARAGRAPHS = (
    "غادر الوفد الحكومي صنعاء. وبحث الوفد الحكومي ملف الأسرى مع الحوثيين في ليبيا.",
    "انطلقت الجولة السادسة في جنيف، وعقدت الجولة الخامسة من محادثات جنيف السورية.",
    "وقال إن هذا المؤتمر في سوتشي مهم، وجرت محادثات سوتشي بين بوتين وأردوغان.",
    "وصل الوفد الحكومي إلى المدينة. وقال الوفد إن محادثات جنيف مهمة.",
)
"""Of what stands in one paragraph nothing may be asked of all the others, again for each."""


@cache
def the_reader() -> Reader:
    registry, _ = load_registry(ROOT / "content", party_names())
    return Reader(registry)


def read(text: str) -> Reading:
    return the_reader().read(Article("a", "a.txt", "ar", None, "", "", "", (Block("title", "عنوان"), Block("p", text))))


@cache
def first_article() -> Article:
    article = read_article(ROOT / FIRST, FIRST)
    assert isinstance(article, Article)
    return article


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python and of C, the work makes: the same on every machine."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_not_arabic_news_names_nobody(text: str) -> None:
    for times in (1, 200):
        reading = read(text * times)
        assert [link.mention.text for link in reading.links if link.entity is not None] == []
        assert (reading.claims, reading.statements) == ((), ())


@pytest.mark.parametrize("sign", ["-", '"', "«", "(", ":", "،", "و"])
@pytest.mark.parametrize("office", ["وزير الخارجية الروسي", "نائب وزير الخارجية", "رئيس الوفد", "المبعوث الخاص"])
def test_a_text_may_end_anywhere(office: str, sign: str) -> None:
    text = f"وصل {office} {sign}"
    for end in range(1, len(text) + 1):
        assert all(link.mention.end <= end for link in read(text[:end]).links)


@pytest.mark.parametrize("unit", REPEATED)
def test_twice_the_text_is_at_most_about_twice_the_work(unit: str) -> None:
    read(unit)
    short = unit * (6_000 // len(unit))
    once = calls(lambda: read(short))
    assert calls(lambda: read(short * 2)) < 2.5 * once + 2_000


@pytest.mark.parametrize("unit", PARAGRAPHS)
def test_twice_the_paragraphs_are_at_most_about_twice_the_work(unit: str) -> None:
    def of(times: int) -> Article:
        title = Block("title", "خبر من اليمن")
        return Article("a", "a.txt", "ar", dt.date(2023, 1, 20), "", "", "", (title, *[Block("p", unit)] * times))

    the_reader().read(of(1))
    once = calls(lambda: the_reader().read(of(150)))
    assert calls(lambda: the_reader().read(of(300))) < 2.2 * once + 2_000


def test_a_megabyte_in_one_paragraph_is_read_whole() -> None:
    words = " ".join(block.text for block in first_article().blocks)
    text = words * (500_000 // len(words) + 1)
    assert len(text.encode()) > 900_000
    reading = read(text)
    assert reading.links[-1].mention.end > len(text) - len(words)


def _spread(text: str, sign: str) -> str:
    """The text with a sign between all its Arabic letters."""
    return "".join(
        letter + sign if "\u0621" <= letter <= "\u064a" and "\u0621" <= behind <= "\u064a" else letter
        for letter, behind in zip(text, text[1:] + " ", strict=True)
    )


@pytest.mark.parametrize("sign", ["\u0640", "\u064e", "\u0640\u064b\u0640", "\u200f", "\u200c", "\u202b"], ids=ascii)
def test_signs_between_all_letters_change_nothing_that_is_found(sign: str) -> None:
    plain = first_article()
    spread = replace(plain, blocks=tuple(Block(block.kind, _spread(block.text, sign)) for block in plain.blocks))
    found = [(link.mention.kind, link.entity) for link in the_reader().read(spread).links]
    assert found == [(link.mention.kind, link.entity) for link in the_reader().read(plain).links]


def test_the_memory_of_forms_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from sijill.arabic import lexicon

    monkeypatch.setattr(lexicon, "FORMS_KEPT", 50)
    small = lexicon.Lexicon({"head": [("وفد", "delegation")]})
    for number in range(200):
        small.form(f"كلمة{number}")
    assert len(small._forms) <= 50
