"""Searching: words come together however they are written, and the browser finds what the index holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from sijill.arabic.search import canonical, folded, is_word, joined_words, keys_of, perhaps_joined, words_in
from sijill.search import Document, Named, search_files
from tests.sites import Site, built
from tests.test_statements import ORIGIN, ROOT, browser, opened

__all__ = ["browser"]

GROUPS: dict[str, Any] = json.loads(Path(__file__).with_name("search_groups.json").read_text("utf-8"))
WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("search_words.json").read_text("utf-8"))
FORMS = tuple(dict.fromkeys(form for rows in (GROUPS["groups"], GROUPS["apart"]) for row in rows for form in row))


def keys(text: str, known: frozenset[str]) -> set[str]:
    """All keys of the one word or name."""
    words = words_in(folded(text))
    joined = joined_words(words) + [word for word, name in perhaps_joined(words) if is_word(name, known.__contains__)]
    return {key for word in joined or words for key in keys_of(word, known.__contains__)}


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    """The words of an archive that holds every form."""
    words = {word for form in FORMS for word in (*words_in(folded(form)), *joined_words(words_in(folded(form))))}
    return frozenset(canonical(each) for word in words for each in (word, word.removeprefix("ال")))


def test_any_form_of_a_word_finds_the_others(known: frozenset[str]) -> None:
    shares = []
    missed = []
    for group in GROUPS["groups"]:
        for query in group:
            found = [form for form in group if keys(query, known) & keys(form, known)]
            shares.append(len(found) / len(group))
            missed += [(query, form) for form in group if form not in found]
    recall = sum(shares) / len(shares)
    print(f"\nsearch recall {recall:.3f} over {len(shares)} forms; missed: {missed}")  # noqa: T201 - a figure to be read
    assert recall >= 0.95


@pytest.mark.parametrize(("one", "other"), GROUPS["apart"])
def test_words_that_only_look_alike_stay_apart(one: str, other: str, known: frozenset[str]) -> None:
    assert not keys(one, known) & keys(other, known)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("الجعفـــري", "الجعفري"),
        ("أإآٱؤئى", "ااااءءي"),
        ("٢٢٥٤ ۲۲۵۴", "2254 2254"),
        ("\u200fS/RES/2254\u200e", "s/res/2254"),
        ("ﷲ ﻻ", "الله لا"),
    ],
)
def test_folding_makes_one_of_what_is_written_in_several_ways(written: str, compared: str) -> None:
    assert folded(written) == compared


@pytest.mark.parametrize("row", WORDS["rows"], ids=lambda row: str(row["text"]))
def test_words_have_the_keys_that_the_examples_say(row: dict[str, Any]) -> None:
    attested = frozenset(WORDS["known"])
    assert folded(row["text"]) == row["folded"]
    assert words_in(row["folded"]) == row["words"]
    assert {word: keys_of(word, attested.__contains__) for word in row["words"]} == row["keys"]


def test_the_index_keeps_the_newest_sentences_of_a_word_and_says_where_they_stand() -> None:
    one = Document("/articles/a/", "خبر", "", "2018", "", (), (("s-1", "وصل الوفد"), ("s-2", "وفد آخر وصل")))
    other = Document("/articles/b/", "خبر", "", "2017", "", (), (("s-3", "للوفد كلمة"),))
    files = {name: json.loads(data) for name, data in search_files([one, other], (), {})}
    assert files["search/index.json"]["counts"] == [2, 1]
    forms = files["search/k/648-641.json"]["وفد"]
    assert forms == {"الوفد": "0", "وفد": "1", "للوفد": "2"}
    assert files["search/d/1.json"][4] == [["s-3", "للوفد كلمة"]]


def test_a_particle_before_a_name_of_two_words_is_taken_off_where_the_archive_has_the_name() -> None:
    texts = ("وصل دي لوكارنو", "ودي لوكارنو وصل", "لدي موعد", "ولو وصل", "ولدي لوكارنو موعد")
    document = Document(
        "/articles/a/", "خبر", "", "", "", (), tuple((f"s-{at}", text) for at, text in enumerate(texts))
    )
    files = {name: json.loads(data) for name, data in search_files([document], (), {})}
    assert files["search/k/62f-64a.json"]["ديلوكارنو"] == {"ديلوكارنو": "0", "وديلوكارنو": "1", "ولديلوكارنو": "4"}
    forms = {form for name, shard in files.items() if "/k/" in name for key in shard.values() for form in key}
    assert not forms & {"لديموعد", "ولووصل"}


def test_what_an_entity_is_called_counts_as_a_word_of_the_archive() -> None:
    document = Document("/articles/a/", "خبر", "", "", "", (), (("s-1", "وشويغوف حضر"),))
    named = Named("official", "سامي شويغوف", "/officials/x/", 0, ("سامي شويغوف",))
    alone, told = (
        {name: json.loads(data) for name, data in search_files([document], entities, {})} for entities in ((), (named,))
    )
    assert "search/k/634-648.json" not in alone
    assert told["search/k/634-648.json"]["شويغوف"] == {"وشويغوف": "0"}


# --- in the browser ---------------------------------------------------------------------------------------------------


ARTICLES = f"""
-- site.toml --
title = "سجلّ"
base_url = "https://example.org{ROOT}"
processes = ["astana"]
-- articles/one.txt --
---
date: 2018-11-29
source: وكالة الاختبار
---
خبر عن الوفود
التقى بشار الجعفري الوفد الروسي في أستانا. وقال ديميستورا إن تسوية قريبة.
ووصل وفدان إلى المدينة، وصدر القرار 2254 قبل سنوات.
وحضر سامي دي لوكارنو، ولدي لوكارنو موعد مع الوزيرة الدارفورستانية، فيما غاب الخبير الدارفوري. وصدر بيان للوفد.
-- officials/sami-di-lucarno.md --
---
name: سامي دي لوكارنو
party: syria
variants: [سامي دي لوكرنو, سامي دي روكارنو, شامي دي لوكارنو]
---
-- officials/shami.md --
---
name: شامي الحسن
party: syria
---
-- articles/other.txt --
---
date: 2017-01-24
---
خبر آخر
غاب المراقبون عن الجلسة، ولم يصل أي وفد. وأغلقت مدن أبوابها. ثم هدأت مدينتهم.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = built(tmp_path_factory.mktemp("search"), ARTICLES)
    assert site.outcome.published, site.lines
    return site


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Page:
    return opened(browser, site, "/search/")


def ask(page: Page, query: str, **filters: str) -> list[str]:
    """The words marked in the sentences found."""
    wanted = "".join(f"&{name}={value}" for name, value in filters.items())
    page.goto(f"{ORIGIN}{ROOT}/search/?q={quote(query)}{wanted}", wait_until="networkidle")
    return page.locator("#found mark").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("للوفود", {"الوفود", "الوفد", "للوفد", "وفدان", "وفد"}),
        ("الجعفرى", {"الجعفري"}),
        ("دي ميستورا", {"ديميستورا"}),
        ("٢٢٥٤", {"2254"}),
        ("لأستانة", {"أستانا"}),
        ("تسويتها", {"تسوية"}),
        ("الجعفرري", {"الجعفري"}),
        ("«الوفد الروسي»", {"الوفد", "الروسي"}),
        ("«الروسي الوفد»", set()),
        ("ودي لوكارنو", {"دي", "لوكارنو", "ولدي"}),
        ("دي لوكرنو", {"دي", "لوكارنو", "ولدي"}),
        ("ولوكرنو", {"لوكارنو"}),
        ("كوكارنو", {"لوكارنو"}),
        ("شامي", set()),
        ("دارفورستاني", {"الدارفورستانية", "الدارفوري"}),
        ("؟!«»", set()),
    ],
)
def test_a_reader_finds_the_sentences(page: Page, query: str, marked: set[str]) -> None:
    assert set(ask(page, query)) == marked
    assert page.locator("#found-count").inner_text()


def test_the_browser_gives_words_the_keys_that_the_examples_say(page: Page) -> None:
    page.goto(f"{ORIGIN}{ROOT}/search/", wait_until="networkidle")
    found = page.evaluate(
        """async ([known, texts]) => {
          const folder = document.getElementById("find-form").dataset.index;
          const { rules } = await (await fetch(folder + "index.json")).json();
          const attested = new Set(known), { fold, cut, keys } = sijillWords(rules, async (key) => attested.has(key));
          return Promise.all(texts.map(async (text) => ({
            text, folded: fold(text), words: cut(text), keys: Object.fromEntries(
              await Promise.all(cut(text).map(async (word) => [word, Object.fromEntries(await keys(word))]))),
          })));
        }""",
        [WORDS["known"], [row["text"] for row in WORDS["rows"]]],
    )
    assert found == WORDS["rows"]


@pytest.mark.parametrize("query", ["الجعفيري", "بشاار الجعفري", "بشار الجعفرري", "الجعقري"])
def test_an_entity_is_found_in_spite_of_a_slip(page: Page, query: str) -> None:
    ask(page, query)
    assert page.locator("#found .names a").first.inner_text() == "بشار الجعفري"


@pytest.mark.parametrize("query", ["دي لوكارنو", "ودي لوكارنو", "ولدي لوكارنو", "ولوكرنو"])
def test_an_entity_of_two_words_is_found_with_a_particle_before_it(page: Page, query: str) -> None:
    ask(page, query)
    assert page.locator("#found .names a").all_inner_texts() == ["سامي دي لوكارنو"]


@pytest.mark.parametrize("query", ["المعسكري", "بشر", "نشاز الجعفري"])
def test_a_slip_is_no_other_word(page: Page, query: str) -> None:
    ask(page, query)
    assert page.locator("#found .names a").count() == 0


def test_entities_come_first_and_lead_to_their_pages(page: Page) -> None:
    ask(page, "الجعفري")
    first = page.locator("#found a").first
    assert first.inner_text() == "بشار الجعفري"
    assert first.get_attribute("href") == f"{ROOT}/officials/bashar-jaafari/"


def test_a_sentence_leads_to_its_place_and_the_count_is_announced(page: Page) -> None:
    ask(page, "تسوية", kind="sentence")
    assert page.locator("#found-count[role=status]").inner_text() == "نتيجة واحدة"
    page.locator("#found .src a").click()
    expect(page.locator(":target")).to_contain_text("وقال ديميستورا")


def test_filters_and_the_query_stand_in_the_address(page: Page) -> None:
    assert ask(page, "وفد", year="2017", kind="sentence") == ["وفد"]
    page.fill("#q", "الوفد")
    expect(page.locator("#found mark")).to_have_text("وفد")
    page.locator("#find-form button").click()
    assert f"q={quote('الوفد')}" in page.url
    assert "year=2017" in page.url


@pytest.mark.parametrize(("name", "value"), [("year", "2018"), ("process", "astana"), ("source", "وكالة الاختبار")])
def test_what_chooses_articles_leaves_no_names(page: Page, name: str, value: str) -> None:
    assert ask(page, "الجعفري", **{name: value})
    assert page.locator("#found .names").count() == 0


def test_the_nearest_form_of_a_word_comes_first(page: Page) -> None:
    """Itself, with the article, behind a particle, with an ending, in the plural."""
    assert list(dict.fromkeys(ask(page, "وفد", kind="sentence"))) == ["وفد", "الوفد", "للوفد", "وفدان", "الوفود"]
    assert ask(page, "للوفود", kind="sentence")[0] == "الوفود"
    assert ask(page, "مدينة", kind="sentence") == ["المدينة", "مدينتهم", "مدن"]


def test_a_query_of_ten_thousand_characters_is_no_burden(page: Page) -> None:
    page.goto(f"{ORIGIN}{ROOT}/search/", wait_until="networkidle")
    page.fill("#q", "وفد " * 2500)
    expect(page.locator("#found-count")).to_have_text(re.compile("نتائج"))


def test_without_a_script_the_lists_lead_on(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/search/", script=False)
    assert page.locator(".notice").inner_text().startswith("يحتاج البحث")
    assert page.locator(f"main nav a[href='{ROOT}/officials/']").is_visible()


def test_nothing_breaks_the_policy_of_the_page(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/search/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    assert ask(page, "وفد")
    assert said == []


def test_the_key_that_leads_here_is_turned_off_here(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/search/")
    assert page.locator("#key").is_checked()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("#key").uncheck()
    page.reload()
    assert not page.locator("#key").is_checked()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
    page.locator("#key").check()


def test_a_page_opened_from_a_file_says_why_it_cannot_search(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto((site.output / "search" / "index.html").as_uri())
    assert page.get_by_text("لا من ملف على جهازك").is_visible()
    page.close()


def test_a_page_from_a_server_does_not(page: Page) -> None:
    ask(page, "وفد")
    assert not page.get_by_text("لا من ملف على جهازك").is_visible()
