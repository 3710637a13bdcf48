"""The browser of statements: complete without a script, filtered by one, and every part of it to be taken away."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from sijill.assets import read_assets
from sijill.pages.statements import PER_PAGE
from tests.fixture_archive import TEMPLATES, real_site, words
from tests.sites import Site, built

ORIGIN = "http://sijill.test"
ROOT = "/archive"
MANY = PER_PAGE + 5


def _article(day: int, source: str, number: int) -> str:
    said = "\n".join(f"وقال بشار الجعفري إن البند رقم {each} مهم للجميع." for each in range(1, number + 1))
    return f"""
-- articles/{source if source.isascii() else f"day-{day}"}.txt --
---
date: 2018-11-{day}
source: {source}
---
لقاء في أستانا
وصل الوفد السوري برئاسة الدكتور بشار الجعفري إلى أستانا للمشاركة في الجولة 11 من محادثات أستانا.
{said}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    text = _article(28, "alpha", MANY) + _article(20, "beta", 3)
    text += _article(19, "الباء", 1) + _article(18, "ألف", 1) + _article(17, "تاء", 1)
    settings = f'-- site.toml --\ntitle = "سجلّ"\nbase_url = "https://example.org{ROOT}"\nprocesses = ["astana"]\n'
    site = built(tmp_path_factory.mktemp("statements"), settings + text)
    assert site.outcome.published, site.lines
    return site


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


def opened(browser: Browser, site: Site, url: str, script: bool = True, width: int = 1280) -> Page:
    page = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900}).new_page()

    def answer(route: Route) -> None:
        path = site.output / urlsplit(route.request.url).path.removeprefix(ROOT).strip("/")
        path = path / "index.html" if path.is_dir() else path
        if path.is_file() and urlsplit(route.request.url).path.startswith(ROOT):
            route.fulfill(path=path)
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}{ROOT}{url}", wait_until="networkidle")
    return page


def test_every_statement_of_the_archive_is_listed_with_its_verbatim_sentence() -> None:
    from sijill.pages.statements import all_said, statements_page, statements_pages

    site = real_site()
    said = all_said(site)
    hrefs = [
        row["href"]
        for number in range(1, statements_pages(said) + 1)
        for group in statements_page(site, said, number).view["groups"]  # type: ignore[attr-defined]
        for row in group["rows"]
    ]
    assert hrefs == [site.sentence_href(each.reading.article, each.statement.verb.sentence.anchor) for each in said]
    assert len(hrefs) > 5


def test_a_page_of_statements_is_bounded_and_leads_to_the_next(site: Site) -> None:
    first, second = site.page("/statements/"), site.page("/statements/page/2/")
    assert first.count("<blockquote>") == PER_PAGE
    assert second.count("<blockquote>") == MANY + 6 - PER_PAGE
    assert f'href="{ROOT}/statements/page/2/"' in first
    assert words().count("count.statement", MANY + 6) in first


def test_the_script_is_small_and_needs_no_eval() -> None:
    body = dict(read_assets(TEMPLATES).files)[read_assets(TEMPLATES).urls["statements.js"][1:]]
    size = len(gzip.compress(body, 9, mtime=0))
    assert size <= 2560, size
    assert b"eval" not in body
    assert b"innerHTML" not in body


def test_a_choice_filters_in_place_is_announced_and_stands_in_the_address(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/statements/")
    page.select_option("[name=source]", label="beta")
    expect(page.locator("#said blockquote")).to_have_count(3)
    assert page.locator("#said-count[role=status]").inner_text() == words().count("count.statement", 3)
    assert page.url == f"{ORIGIN}{ROOT}/statements/?source=beta"
    page.click("button[type=reset]")
    expect(page.locator("#said blockquote")).to_have_count(PER_PAGE)
    assert page.url == f"{ORIGIN}{ROOT}/statements/"


def test_an_address_with_a_choice_opens_filtered_and_more_are_shown_on_request(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/statements/?speaker=bashar-jaafari&party=syria&round=astana-11&from=2018-11-25")
    expect(page.locator("#said blockquote")).to_have_count(PER_PAGE)
    assert page.locator("#said-count").inner_text() == words().count("count.statement", MANY)
    page.click("#said > button")
    expect(page.locator("#said blockquote")).to_have_count(MANY)
    page.locator("#said .src a").last.click()
    page.wait_for_load_state()
    target = page.locator(":target").inner_text()
    assert f"البند رقم {MANY} " in target


def test_what_is_shown_can_be_taken_away_as_a_table_and_as_json(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/statements/?source=beta")
    files: dict[str, bytes] = {}
    for kind in ("csv", "json"):
        with page.expect_download() as download:
            page.click(f"button[value={kind}]")
        files[kind] = Path(download.value.path()).read_bytes()
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
    assert table == json.loads(files["json"])
    assert [row["sentence"] for row in table] == [
        f"وقال بشار الجعفري إن البند رقم {each} مهم للجميع." for each in (1, 2, 3)
    ]
    assert {(row["speaker"], row["name"], row["date"], row["source"]) for row in table} == {
        ("bashar-jaafari", "بشار الجعفري", "2018-11-20", "beta")
    }


def test_without_a_script_there_is_no_form_and_the_whole_file_is_linked(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/statements/", script=False)
    assert page.locator("#said blockquote").count() == PER_PAGE
    assert not page.locator("#said-form").is_visible()
    assert page.locator(f'a[href="{ROOT}/data/statements.jsonl"]').is_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_screen_needs_no_scrolling_sideways(browser: Browser, site: Site, width: int) -> None:
    page = opened(browser, site, "/statements/?source=beta", width=width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_choice_lists_names_as_they_are_filed_without_their_article(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "/statements/")
    names = page.locator("select[name=source] option").all_inner_texts()[1:]
    assert names == ["ألف", "الباء", "تاء", "alpha", "beta"]


def test_pages_lead_to_the_statements_that_they_do_not_show(tmp_path: Path) -> None:
    lines = "\n\n".join(f"قال الدكتور بشار الجعفري إن اللقاء رقم {number} كان مفيدًا." for number in range(25))
    site = built(tmp_path, f"-- articles/2018/second.txt --\n---\ndate: 2018-11-29\n---\nتصريحات\n{lines}\n")
    assert site.outcome.published, site.lines
    official, delegation = (
        site.page(url).partition('id="statements"')[2].partition("</section>")[0]
        for url in ("/officials/bashar-jaafari/", "/delegations/syria/")
    )
    assert official.count("<blockquote") == 20
    assert '<a href="/statements/?speaker=bashar-jaafari">و5 تصريحات أخرى</a>' in official
    assert '<a href="/statements/?party=syria">25 تصريحًا من هذا الطرف ومسؤوليه</a>' in delegation
    assert 'href="#statements"' in site.page("/delegations/syria/")


def test_a_delegation_leads_to_its_own_statements_too_where_no_official_of_its_side_spoke(tmp_path: Path) -> None:
    lines = "\n\n".join(f"وقال الوفد السوري إن اللقاء رقم {number} كان مفيدًا." for number in range(21))
    site = built(tmp_path, f"-- articles/2018/second.txt --\n---\ndate: 2018-11-29\n---\nتصريحات\n{lines}\n")
    section = site.page("/delegations/syria/").partition('id="statements"')[2].partition("</section>")[0]
    assert section.count("<blockquote") == 20
    assert '<a href="/statements/?party=syria">21 تصريحًا من هذا الطرف ومسؤوليه</a>' in section
