"""The site in a real browser: what only layout, selection and network can show."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from sijill.assets import read_assets
from tests.fixture_archive import TEMPLATES, first_article, real_html

ORIGIN = "http://sijill.test"
KINDS_OF_FILE = {
    "css": "text/css",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "js": "text/javascript",
    "json": "application/json",
}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """One page opened in the browser, with what it asked for and what the browser complained of."""

    def __init__(self, browser: Browser, url: str, width: int = 1280) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.route("**/*", self._answer)
        self.page.goto(ORIGIN + url)
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        path = urlsplit(route.request.url).path
        pages, files = real_html(), dict(read_assets(TEMPLATES).files)
        if path in pages:
            kind = KINDS_OF_FILE.get(path.rpartition(".")[2], "text/html; charset=utf-8")
            route.fulfill(body=pages[path], content_type=kind)
        elif path[1:] in files:
            kind = KINDS_OF_FILE[path.rpartition(".")[2]]
            route.fulfill(body=files[path[1:]], content_type=kind)
        else:
            route.fulfill(status=404, body="")


def test_a_copied_paragraph_is_the_source_to_the_letter(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    for number, block in enumerate(first_article().blocks):
        copied = visit.page.evaluate(
            """id => {
                const range = document.createRange();
                range.selectNodeContents(document.getElementById(id));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return getSelection().toString();
            }""",
            f"p{number}",
        )
        assert copied == block.text
    visit.page.close()


def test_the_link_of_a_sentence_can_be_reached_by_keyboard_and_is_named(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    mark = visit.page.locator("#p1 .sl").first
    mark.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("location.hash !== ''")  # a busy machine follows the link a moment later
    assert urlsplit(visit.page.url).fragment.startswith("s-")
    assert mark.get_attribute("aria-label")
    visit.page.close()


def test_citations_are_large_enough_to_touch(browser: Browser) -> None:
    visit = Visit(browser, "/rounds/astana-11/")
    for cite in visit.page.locator(".cite a").all():
        box = cite.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    visit.page.close()


def test_the_first_focus_is_the_way_to_the_content(browser: Browser) -> None:
    visit = Visit(browser, "/rounds/astana-11/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.close()


def test_every_letter_is_set_in_the_fonts_of_the_site(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    loaded = visit.page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {"Naskh", "Amiri", "Plex"} <= {name.strip('"') for name in loaded}
    visit.page.close()


LINK = '#named a[href$="/officials/sergey-lavrov/"]'


def test_a_name_shows_what_stands_behind_it_until_escape_and_can_be_pointed_at(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    page = visit.page
    page.hover(LINK)
    page.wait_for_selector("#preview:not([hidden])")
    shown = page.inner_text("#preview")
    assert "\u0633\u064a\u0631\u063a\u064a \u0644\u0627\u0641\u0631\u0648\u0641" in shown
    assert page.get_attribute(LINK, "aria-describedby") == "preview"
    page.hover("#preview .n")
    page.wait_for_timeout(500)
    assert page.is_visible("#preview"), "it stays while it is pointed at"
    page.keyboard.press("Escape")
    assert not page.is_visible("#preview")
    page.mouse.move(1, 1)
    page.keyboard.press("Tab")
    page.focus(LINK)
    page.wait_for_selector("#preview:not([hidden])")
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    assert page.get_attribute(LINK, "aria-describedby") is None
    assert visit.complaints == []
    page.close()


def test_a_report_of_an_error_names_the_sentence_that_is_open(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    report = visit.page.locator("footer a[href^='mailto:']")
    before = report.get_attribute("href") or ""
    visit.page.locator("#p1 .sl").first.click()
    visit.page.wait_for_function(
        "before => document.querySelector('footer a[href^=\"mailto:\"]').href !== before", arg=before
    )
    assert "%23s-" in (report.get_attribute("href") or "")
    visit.page.close()


def test_notes_stand_beside_their_paragraph_and_not_on_narrow_screens(browser: Browser) -> None:
    wide = Visit(browser, "/articles/astana-11/")
    note, text = wide.page.locator(".mn").first.bounding_box(), wide.page.locator(".mn + *").first.bounding_box()
    assert note is not None
    assert text is not None
    assert note["x"] + note["width"] < text["x"]
    assert abs(note["y"] - text["y"]) < 12
    wide.page.close()
    narrow = Visit(browser, "/articles/astana-11/", 390)
    assert not narrow.page.locator(".mn").first.is_visible()
    narrow.page.close()


def test_a_key_leads_to_the_field_of_search_and_can_be_turned_off(browser: Browser) -> None:
    visit = Visit(browser, "/articles/astana-11/")
    page = visit.page
    focused = "document.activeElement.id"
    page.keyboard.press("Control+/")
    assert page.evaluate(focused) != "find"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "find"
    page.keyboard.type("a/b")
    assert page.input_value("#find") == "a/b"
    page.evaluate("document.activeElement.blur(); localStorage.setItem('sijill.no-key', '1')")
    page.keyboard.press("/")
    assert page.evaluate(focused) != "find"
    page.close()
