"""Citations: three forms that say the same, that programs can read, and that invent nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from sijill.pages.cite import Cited, bibtex, citation, csl
from tests.fixture_archive import made_up, real_html, real_site

ITEM = {"id", "type", "title", "URL", "archive", "language", "author", "container-title", "issued"}
"""The variables of CSL 1.0.2 (appendices III and IV) that we use."""
CITED_KINDS = ("/rounds/", "/delegations/", "/officials/", "/articles/")
WHOLE = Cited("/articles/x-1/", "عنوان “فيه” اقتباس", "كاتب", "صحيفة Al-Watan & Co", "2018-11-05")


def entry_of(text: str) -> Any:
    """The one entry of a BibTeX text, as pybtex reads it."""
    entries = parse_string(text, "bibtex").entries
    assert len(entries) == 1
    return next(iter(entries.values()))


def test_the_three_forms_of_an_article_say_the_same() -> None:
    forms = citation(real_site(), WHOLE)
    fields = entry_of(forms["bibtex"]).fields
    assert (fields["year"], fields["month"], fields["url"]) == (
        "2018", "November", "http://localhost:8000/articles/x-1/",
    )  # fmt: skip
    (item,) = json.loads(forms["csl"])
    assert item.keys() <= ITEM
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2018, 11, 5]]}
    assert item["author"] == [{"literal": "كاتب"}]
    assert item["container-title"] == WHOLE.publisher
    assert re.sub(r"<[^>]+>", "", forms["text"]) == (
        "كاتب، «عنوان “فيه” اقتباس»، صحيفة Al-Watan &amp; Co، 5 تشرين الثاني (نوفمبر) 2018، سجلّ أستانا، "
        "http://localhost:8000/articles/x-1/"
    )


def test_what_is_not_known_is_not_said_and_the_archive_is_no_articles_author() -> None:
    bare = Cited("/articles/x/", "عنوان")
    assert entry_of(bibtex(real_site(), bare)).fields.keys() == {"title", "note", "url", "language"}
    assert "author" not in entry_of(bibtex(real_site(), bare)).persons
    (item,) = json.loads(csl(real_site(), bare))
    assert item.keys().isdisjoint({"author", "issued", "container-title"})
    (own,) = json.loads(csl(real_site(), Cited("/rounds/x/", "جولة")))
    assert own["author"] == [{"literal": "سجلّ أستانا"}]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('{}\\%&#_$~^"@,='), max_size=30))
def test_any_title_and_author_is_bibtex_and_json_that_can_be_read(text: str) -> None:
    site = real_site()
    cited = Cited("/articles/x/", f"ع{text}", text, text, "2018-11-28")
    fields = entry_of(bibtex(site, cited)).fields
    assert fields["title"].startswith("{ع")
    assert fields["url"] == "http://localhost:8000/articles/x/"
    (item,) = json.loads(csl(site, cited))
    assert item["title"] == f"ع{text}"


def test_every_page_that_is_cited_has_its_box_and_others_have_none() -> None:
    keys = []
    for url, page in real_html().items():
        if not url.endswith("/"):
            continue
        cited = url.startswith(CITED_KINDS) and url.count("/") == 3
        found = [
            each
            for each in html5lib.parse(page, namespaceHTMLElements=False).iter("details")
            if each.get("id") == "cite"
        ]
        assert len(found) == cited, url
        if cited:
            forms = ["".join(each.itertext()) for each in found[0].iter("pre")]
            keys.append(next(iter(parse_string(forms[0], "bibtex").entries)))
            (item,) = json.loads(forms[1])
            assert item["URL"] == f"http://localhost:8000{url}"
            assert any(f"http://localhost:8000{url}" in "".join(each.itertext()) for each in found[0].iter("bdi"))
    assert len(keys) == len(set(keys)) > 100


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [("<b>x</b>", "<bdi>&lt;b&gt;x&lt;/b&gt;</bdi>"), ("Latin اسم", '<bdi dir="rtl">Latin اسم</bdi>')],
)
def test_names_in_the_words_are_escaped_and_isolated(text: str, shown_as: str) -> None:
    site, _ = made_up(text)
    shown = citation(site, Cited("/rounds/x/", text))["text"]
    assert shown_as in shown
