"""An editor's journey, from saved pages to a published page: in a terminal as one types it, and in a browser."""

from __future__ import annotations

import os
import pty
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bench.pages import write_pages
from tests.sites import ROOT, make

ABOUT = "وقال المتحدث باسم الوفد ساهر النعماني إن الوفد يلتقي الأطراف الأخرى غدًا."


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


def typed(folder: Path, *words: str) -> tuple[int, str]:
    """The exit code of a command and what it shows on a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, str(ROOT / "build.py"), *words])  # noqa: S606
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 65536)
        except OSError:  # how Linux tells that the other side is closed
            break
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_an_editor_imports_pages_names_someone_and_publishes(tmp_path: Path, browser: Browser) -> None:
    archive = make(tmp_path / "archive")
    pages = write_pages(tmp_path / "saved", 20)
    first, told = pages[0]
    first.write_text(told.html.replace("</article>", f"<p>{ABOUT}</p></article>"), "utf-8")

    code, shown = typed(archive, "import", "--dry-run", "../saved")
    assert code == 0
    assert "20 articles would be imported" in shown
    code, shown = typed(archive, "import", "../saved")
    assert code == 0
    assert "20 articles imported" in shown

    code, shown = typed(archive, "new", "official", "saher-numani", "--name", "ساهر النعماني", "--party", "syria")
    assert code == 0
    assert "content/officials/saher-numani.md is written" in shown
    code, shown = typed(archive)
    assert code == 0
    assert "21 articles" in shown
    code, shown = typed(archive, "stats")
    assert code == 0

    page = browser.new_page()
    page.goto((archive / "site/officials/saher-numani/index.html").as_uri())
    assert page.locator("h1").inner_text() == "ساهر النعماني"
    assert told.title in page.locator("main").inner_text()
    page.close()
