"""One article from its words to its reading: the figures it must reach, and what no text may make it do."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.arabic.parties import party_names
from sijill.gazetteer import Gazetteer, forms_apart, gazetteer_of
from sijill.model import Article, Block, Reading, Record, Registry
from sijill.packed import pack, unpack
from sijill.read import read_article
from sijill.reading import Reader
from sijill.registry import load_registry
from sijill.sources import Held, Source
from sijill.touched import touched

ROOT = Path(__file__).resolve().parents[1]
FIRST = "content/articles/2018/astana-11.txt"
WORDS = [
    *"وفد الوفد السوري الروسي برئاسة وزير الخارجية سيرغي لافروف وقال إن الجولة 11 من محادثات أستانا «أستانا» ".split(),
    *"يومي 28 و29 تشرين الثاني القرار 2254 التقى مع بمشاركة المعارضة نظيره رئيس علي على د. أمس غداً 2017 الـ".split(),
    *["،", ".", '"', "ـــ", "َ", "ً", "\u200f", "\u202e", "؟"],
]


@cache
def the_reader() -> Reader:
    """A reader with the real registry, built once."""
    registry, issues = load_registry(ROOT / "content", party_names())
    assert issues == ()
    return Reader(registry)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return the_reader()


@pytest.fixture(scope="module")
def first(reader: Reader) -> tuple[Article, Reading]:
    article = read_article(ROOT / FIRST, FIRST)
    assert isinstance(article, Article)
    return article, reader.read(article)


def text_article(*paragraphs: str, published: dt.date | None = None) -> Article:
    return Article("a", "a.txt", "ar", published, "", "", "", tuple(Block("p", text) for text in paragraphs))


def test_a_text_in_another_language_is_counted_and_not_read(reader: Reader) -> None:
    """Persian is written with the same letters: its words would be taken for Arabic ones."""
    arabic = text_article("قال الوفد السوري اليوم الأربعاء 28 تشرين الثاني 2018 إن سيرغي لافروف يصل إلى أستانا.")
    read = reader.read(dataclasses.replace(arabic, lang="ar-SY"))
    assert read.links
    assert read.statements
    other = reader.read(dataclasses.replace(arabic, lang="fa"))
    assert (other.links, other.claims, other.statements, other.issues, other.date) == ((), (), (), (), None)
    assert other.words == read.words


def test_the_first_article_dates_its_round_from_the_day_of_publication(first: tuple[Article, Reading]) -> None:
    held = [claim for claim in first[1].claims if claim.prop == "held" and claim.get("round") == "astana-11"]
    assert [claim.fields for claim in held] == [
        (("round", "astana-11"), ("start", "2018-11-28"), ("end", "2018-11-29"), ("place", "astana"))
    ]
    assert held[0].why == "date-from-publication"


def test_the_meeting_of_the_evening_before_has_its_day(first: tuple[Article, Reading]) -> None:
    meeting = next(claim for claim in first[1].claims if claim.prop == "meets" and claim.get("a") == "syria")
    assert (meeting.get("b"), meeting.get("date")) == ("iran", "2018-11-27")


def test_what_an_official_says_is_attributed_to_him(first: tuple[Article, Reading]) -> None:
    led = next(claim for claim in first[1].claims if claim.prop == "leads" and claim.get("delegation") == "russia")
    assert led.said_by == "haidarbek-tumatov"


def test_what_stands_before_the_words_said_is_the_articles_own(first: tuple[Article, Reading]) -> None:
    french = next(
        claim for claim in first[1].claims if claim.fields == (("official", "jean-yves-le-drian"), ("party", "france"))
    )
    assert french.said_by is None


def test_a_reading_is_the_same_after_packing(first: tuple[Article, Reading]) -> None:
    assert unpack(pack(first[1])) == first[1]


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"[1,2,3,4,5,6,7]", b"\xff", b"[9,[],[],[],[],[],[]]"])
def test_anything_else_is_no_packed_reading(data: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(data)


def test_the_version_of_a_reader_follows_the_registry(reader: Reader) -> None:
    registry, _ = load_registry(ROOT / "content" / "articles", party_names())
    assert Reader(registry).version != reader.version


def _taught(change: Callable[[Record], Record], *ids: str) -> Gazetteer:
    """What the real records teach once some of them are changed."""
    registry, _ = load_registry(ROOT / "content", party_names())
    changed = {id: change(record) if id in ids else record for id, record in registry.records.items()}
    return gazetteer_of(Registry(MappingProxyType(changed), registry.judgements))


def test_only_what_a_record_teaches_has_articles_read_again(reader: Reader) -> None:
    """By the version of the reader, and with the forms that tell which articles are touched first."""
    every = reader.gazetteer
    lavrov = "sergey-lavrov"
    moved = dt.date(2018, 12, 5).isoformat()
    assert lavrov in {owner for _, owner in every.officials}

    def held(record: Record) -> Record:
        facts = tuple(fact for fact in record.facts if fact.prop != "held")
        return dataclasses.replace(record, facts=facts, sessions=((moved, moved),))

    same = (
        _taught(lambda record: dataclasses.replace(record, facts=(), sources=(), latin="x", note="y"), lavrov),
        _taught(lambda record: dataclasses.replace(record, name="قرار"), "unscr-2254"),
    )
    for taught in same:
        assert taught.told() == every.told()
        assert forms_apart(every, taught) == frozenset()
    named = _taught(lambda record: dataclasses.replace(record, variants=(*record.variants, "سيرغي لابروف")), lavrov)
    assert forms_apart(every, named) == forms_apart(named, every) == {"سيرغي لابروف", "لابروف"}
    other = _taught(lambda record: dataclasses.replace(record, party="iran"), lavrov)
    assert "لافروف" in forms_apart(every, other)
    days = _taught(held, "astana-11")
    assert "أستانا" in forms_apart(every, days)
    assert len({repr(taught.told()) for taught in (every, named, other, days)}) == 4


def test_articles_that_have_all_words_of_a_form_are_touched_first(tmp_path: Path) -> None:
    texts = {"a": "قال لابروف", "b": "قال سيرغي للصحفي", "c": "وسيرغي ثم لأبروفَ", "d": "لا شيء", "e": "سيرغي لابروف"}
    sources = []
    for stem, text in texts.items():
        (tmp_path / stem).write_text(text, "utf-8")
        sources.append(Source(stem, tmp_path / stem, stem))
    (tmp_path / "b").unlink()

    def found(*forms: str, looked_at: tuple[str, ...] = (), most: int = 9) -> str:
        return "".join(sorted(source.stem for source in touched(sources, Held(), forms, looked_at, most)))

    assert found("سيرغي لابروف") == "ce"
    assert found("لابروف", "غير هذا") == "ace"
    assert found("سيرغي لابروف", looked_at=("d",), most=2) == "cd"
    assert found() == ""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.booleans())
def test_no_order_of_words_breaks_reading_or_its_evidence(words: list[str], dated: bool) -> None:
    text = " ".join(words)
    article = text_article(text or "-", published=dt.date(2018, 11, 28) if dated else None)
    reading = the_reader().read(article)
    for link in reading.links:
        assert article.blocks[0].text[link.mention.start : link.mention.end] == link.mention.text != ""
    for evidence in [claim.evidence for claim in reading.claims] + [said.verb for said in reading.statements]:
        assert article.blocks[0].text[evidence.start : evidence.end] == evidence.quote
        assert evidence.sentence.start <= evidence.start < evidence.end
    assert unpack(pack(reading)) == reading


@pytest.mark.parametrize(
    "text",
    [
        "12345 " * 200,
        "The delegation met in Astana. " * 50,
        "ـ" * 5000,
        "َ" * 5000,
        "\u202e\u2066 " * 500,
        "أ" * 20000,
        "؟!.…" * 2000,
    ],
)
def test_texts_that_are_no_arabic_news_give_nothing(reader: Reader, text: str) -> None:
    reading = reader.read(text_article(text))
    assert (reading.links, reading.claims, reading.statements) == ((), (), ())
