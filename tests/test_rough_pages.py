"""Pages of rough input in a real browser: long and Latin names, no date, two thousand mentions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from sijill.assets import read_assets
from tests.fixture_archive import TEMPLATES, all_pages, made_up, renderer, words

ORIGIN = "http://sijill.test"
KINDS_OF_FILE = {"css": "text/css", "svg": "image/svg+xml", "js": "text/javascript", "json": "application/json"}
PAGES = (
    "/",
    "/rounds/talks-1/",
    "/delegations/side/",
    "/officials/someone/",
    "/officials/stranger/",
    "/articles/made-up/",
    "/officials/",
)
NAMES = (
    "\u0627\u0633\u0645 " * 50,
    "\u0645" * 200,
    "Staffan de Mistura",
    "\u0648\u0641\u062f Jaysh al-Islam \u0641\u064a \u0623\u0633\u062a\u0627\u0646\u0627 S/RES/2254",
)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


def html_of(text: str) -> dict[str, str]:
    site, article = made_up(text)
    render = renderer(site).render
    return {page.url: render(page).decode() for page in all_pages(site, article)}


def opened(browser: Browser, pages: Mapping[str, str], url: str) -> Page:
    """A page of a site that stands under `/archive`, or at the root."""
    files = dict(read_assets(TEMPLATES).files)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/archive")
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif path[1:] in files:
            kind = KINDS_OF_FILE.get(path.rpartition(".")[2], "font/woff2")
            route.fulfill(body=files[path[1:]], content_type=kind)
        else:
            route.abort()

    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.route("**/*", answer)
    page.goto(ORIGIN + url)
    return page


@pytest.mark.parametrize("name", NAMES)
def test_no_name_makes_a_page_wider_than_the_screen(browser: Browser, name: str) -> None:
    pages = html_of(name.strip())
    for url in PAGES:
        page = opened(browser, pages, url)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over == 0, (url, name)
        page.close()


def test_an_article_without_a_date_says_so(browser: Browser) -> None:
    site, article = made_up("\u0646\u0635")
    for reading in site.archive.readings:
        undated = dataclasses.replace(reading, date=None)
        changed = dataclasses.replace(site, readings={reading.article: undated})
        html = renderer(changed).render(all_pages(changed, article)[-1]).decode()
        page = opened(browser, {"/articles/made-up/": html}, "/articles/made-up/")
        assert words()("source.undated") in page.inner_text(".dateline")
        page.close()


def test_two_thousand_mentions_of_one_official_stand_on_pages_of_a_fair_size() -> None:
    site, _ = made_up("\u0627\u0633\u0645", mentions=2_000)
    render = renderer(site).render
    made = [(page.url, len(render(page))) for page in all_pages(site) if page.url.startswith("/officials/someone/")]
    assert len(made) > 20
    assert max(size for _, size in made) <= 300_000
