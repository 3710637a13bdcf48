"""The policy «rules first»: what becomes of a second recogniser's labels. This one knows its words by heart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from sijill.arabic.parties import party_names
from sijill.model import Article, Block, Mention, Registry
from sijill.reading import Reader
from sijill.recognise.second import Label
from sijill.registry import load_registry
from tests.sites import ROOT

SURE = 0.97


class ByHeart:
    """Takes the words of one name for a person, and remembers what it was asked."""

    origin = "model:by-heart"
    version = "1"

    def __init__(self, name: str, score: float = SURE) -> None:
        self.name = name.split()
        self.score = score
        self.asked: list[list[str]] = []

    def labels(self, sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
        self.asked += [list(words) for words in sentences]
        found = []
        for words in sentences:
            labels: list[Label] = [("O", 1.0)] * len(words)
            for at in range(len(words)):
                if list(words[at : at + len(self.name)]) == self.name:
                    labels[at : at + len(self.name)] = [
                        (f"{'I' if index else 'B'}-PERS", self.score) for index in range(len(self.name))
                    ]
            found.append(labels)
        return found


@cache
def registry() -> Registry:
    return load_registry(ROOT / "content", party_names())[0]


def officials(text: str, second: ByHeart | None = None) -> list[Mention]:
    blocks = (Block("title", "خبر"), Block("p", text))
    article = Article("a", "a.txt", "ar", None, "", "", "", blocks)
    reading = Reader(registry(), second).read(article)
    return [link.mention for link in reading.links if link.mention.kind == "official"]


def found(text: str, name: str, score: float = SURE) -> list[str]:
    """The persons that the second recogniser adds, as printed."""
    return [one.text for one in officials(text, ByHeart(name, score)) if one.origin == ByHeart.origin]


def test_a_name_that_no_rule_sees_is_added() -> None:
    text = "وصل المصوّر توفيلو سانديرو أمس."
    assert officials(text) == []
    assert found(text, "توفيلو سانديرو") == ["توفيلو سانديرو"]


def test_a_rule_keeps_its_words() -> None:
    text = "قال بشار الجعفري إن اللقاء مفيد."
    before = officials(text)
    assert before != []
    assert officials(text, ByHeart("قال بشار الجعفري")) == before
    assert officials(text, ByHeart("بشار الجعفري إن")) == before
    assert officials(text, ByHeart("بشار الجعفري")) == before


def test_words_of_a_title_are_not_taken_for_a_name() -> None:
    assert found("وصل وزير الخارجية الأرمني أمس.", "الخارجية الأرمني") == []


def test_a_title_right_before_a_name_becomes_its_role() -> None:
    text = "وصل وزير الخارجية الأرمني الفيلكو برنادوس أمس."
    assert [one for one in officials(text) if one.form == "full"] == []
    [named] = officials(text, ByHeart("الفيلكو برنادوس"))
    assert (named.text, named.role) == ("الفيلكو برنادوس", "وزير الخارجية الأرمني")


def test_a_short_form_leads_back_to_the_name() -> None:
    text = "وصل المصوّر توفيلو سانديرو أمس. وغادر سانديرو اليوم."
    assert [(one.text, one.form) for one in officials(text, ByHeart("توفيلو سانديرو"))] == [
        ("توفيلو سانديرو", "full"),
        ("سانديرو", "short"),
    ]


@pytest.mark.parametrize(
    ("text", "labelled", "added"),
    [
        ("وصل «توفيلو سانديرو» أمس.", "« توفيلو سانديرو »", ["توفيلو سانديرو"]),
        ("وصل الطبيب ومحمد سانديرو أمس.", "ومحمد سانديرو", ["محمد سانديرو"]),
        ("وصل وليدو سانديرو أمس.", "وليدو سانديرو", ["وليدو سانديرو"]),
        ("وصل سانديرو أمس.", "سانديرو", []),
        ("وصل توفيلو 7 سانديرو أمس.", "توفيلو 7 سانديرو", []),
        ("وصل توفيلو وقال سانديرو أمس.", "توفيلو وقال سانديرو", []),
        ("ألف باء تاو ثاو جاو حاو خاو داو ذاو.", "باء تاو ثاو جاو حاو خاو داو ذاو", []),
        ("انعقدت جولة سانديرو أمس.", "جولة سانديرو", []),
    ],
)
def test_only_what_can_be_a_name_is_added(text: str, labelled: str, added: list[str]) -> None:
    assert found(text, labelled) == added


@pytest.mark.parametrize(("score", "added"), [(0.81, 1), (0.79, 0)])
def test_a_doubtful_name_is_not_added(score: float, added: int) -> None:
    assert len(found("وصل توفيلو سانديرو أمس.", "توفيلو سانديرو", score)) == added


def test_words_are_asked_as_printed_without_marks_and_tatweel() -> None:
    by_heart = ByHeart("x")
    officials("وصلَ أحمـــدُ إلى مدينةِ «عدى». ثم عاد؛ انتهى.", by_heart)
    assert by_heart.asked == [
        ["خبر"],
        ["وصل", "أحمد", "إلى", "مدينة", "«", "عدى", "»", "."],
        ["ثم", "عاد", "؛", "انتهى", "."],
    ]


def test_an_engine_that_loses_a_word_is_stopped() -> None:
    class Loses(ByHeart):
        def labels(self, sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
            return [labels[1:] for labels in super().labels(sentences)]

    with pytest.raises(ValueError, match="0 labels for 1 words"):
        officials("وصل توفيلو سانديرو.", Loses("x"))
