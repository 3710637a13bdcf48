"""An editor's journey, from saved pages to a published page: in a terminal as one types it, and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bench.pages import write_pages
from tests.sites import make
from tests.terminal import Terminal

ABOUT = "وقال المتحدث باسم الوفد ساهر النعماني إن الوفد يلتقي الأطراف الأخرى غدًا."
SPELT = "وقال المتحدث باسم الوفد ساهر النعيماني إن الوفد عاد أمس."
WRONG = "وقال المدير العام نادر الخضراوي إن المتجر مغلق."


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


def typed(folder: Path, *words: str) -> tuple[int, str]:
    """The exit code of a command and what it shows on a terminal."""
    terminal = Terminal(folder, *words)
    return terminal.ended(), terminal.seen


def test_an_editor_imports_pages_reviews_them_and_publishes(tmp_path: Path, browser: Browser) -> None:
    archive = make(tmp_path / "archive")
    pages = write_pages(tmp_path / "saved", 20)
    plain = [page for page in pages if "</p></article>" in page[1].html and page[1].encoding == "utf-8"]
    for (saved, told), more in zip(plain, (ABOUT, SPELT, WRONG), strict=False):
        saved.write_text(told.html.replace("</p></article>", f"</p><p>{more}</p></article>"), "utf-8")

    code, shown = typed(archive, "import", "--dry-run", "../saved")
    assert code == 0
    assert "20 articles would be imported" in shown
    code, shown = typed(archive, "import", "../saved")
    assert code == 0
    assert "20 articles imported" in shown
    for step in ("reading sources", "comparing with what is there", "writing articles"):
        assert f"\r{step} [" in shown

    assert _review(archive) >= {"one", "record", "nobody"}
    code, shown = typed(archive)
    assert code == 0
    assert "21 articles" in shown
    code, shown = typed(archive, "stats")
    assert code == 0

    page = browser.new_page()
    page.goto((archive / "site/officials/saher-numani/index.html").as_uri())
    assert page.locator("h1").inner_text() == "ساهر النعماني"
    shown = page.locator("main").inner_text()
    assert plain[0][1].title in shown
    assert plain[1][1].title in shown, "the other spelling is the same man"
    built = (archive / "site" / "articles").glob("*/index.html")
    (wrong,) = (path for path in built if "الخضراوي" in path.read_text("utf-8"))
    page.goto(wrong.as_uri())
    assert page.locator(".text a:not(.sl)", has_text="الخضراوي").count() == 0
    reviewed = page.locator("#reviewed").inner_text()
    for words in ("نادر الخضراوي", "صحّحه المحرر", "لا يدل على كيان", "ليلى"):
        assert words in reviewed
    page.close()


def _review(archive: Path) -> set[str]:
    """Answer what is asked about the three sentences, and skip the rest; which answers were given."""
    given = set()
    terminal = Terminal(archive, "review", "--by", "ليلى")
    while terminal.until("q quit", "written"):
        card = terminal.last
        if "q quit" not in card:
            break
        about = "النعماني" in card or "النعيماني" in card
        if "possible duplicate" in card and about:
            terminal.press("a")
            given.add("one")
        elif "name without a record" in card and about:
            terminal.press("e")
            for label, value in (("latin", "Saher al-Numani"), ("id", "saher-numani"), ("party", "syria")):
                terminal.until(f"{label} [", f"{label}: ")
                terminal.press(f"{value}\r")
            given.add("record")
        elif "name without a record" in card and "الخضراوي" in card:
            terminal.press("r")
            given.add("nobody")
        else:
            terminal.press("s")
    assert terminal.ended() == 0
    return given
