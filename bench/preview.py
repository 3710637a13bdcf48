"""How soon what is saved is on the screen: `python -m bench.preview`. Needs what the tests need, Chromium too.

Serves a made-up archive, opens a page in Chromium, saves a file again and again, and takes the time until the browser
has the change in the page. Meanwhile it asks for a page that was shown before, as somebody would who goes on reading.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from bench.corpus import LETTERS, ROOT, make_project
from tests.preview import Preview

ARTICLE = "/articles/bench-00007/"
OFFICIAL = "/officials/bashar-jaafari/"
HAS_WORDS = "mark => document.body?.textContent.includes(mark)"
HAS_LINK = "mark => [...document.querySelectorAll('a')].some(link => link.textContent.includes(mark))"
HAS_STYLE = "mark => getComputedStyle(document.documentElement).getPropertyValue('--bench') === mark"
FACT = "{}\n  - role:\n      title: مستشار {}\n      start: 2001"
VARIANT = 4
"""The row whose marks are names that the article has before a record does."""
Save = Callable[[str], None]
"""Saves a file so that the browser will have this mark."""


class Run(NamedTuple):
    seconds: float
    processor: float
    """Seconds that the process which makes the pages worked: what is left of it on a machine that does other things."""


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=7, help="the median of this many is shown")
    arguments = parser.parse_args()
    fast = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="sijill-bench-", dir=fast if fast.is_dir() else None) as name:
        content = make_project(Path(name), arguments.articles)
        templates = Path(shutil.copytree(ROOT / "templates", Path(name) / "templates"))
        article = next(content.rglob(f"{ARTICLE.split('/')[2]}.txt"))
        with article.open("a", encoding="utf-8") as file:
            file.writelines(f"وعاد مجدل {mark} إلى القاعة.\n" for mark in _marks(VARIANT, arguments.saves))
        record = content / "officials" / "bashar-jaafari.md"
        rows: list[tuple[str, str, Save, str]] = [
            ("an article, on its page", ARTICLE, _sentence(article), HAS_WORDS),
            ("an article, on the page of an official", OFFICIAL, _sentence(article), HAS_WORDS),
            (
                "the words of the site",
                ARTICLE,
                _line(content / "strings" / "ar.toml", 'articles = "', "{}{} "),
                HAS_WORDS,
            ),
            ("the name in a record, on its page", OFFICIAL, _line(record, "name: بشار الجعفري", "{} {}"), HAS_WORDS),
            ("a variant in a record, in an article", ARTICLE, _line(record, "variants:", "{}\n  - مجدل {}"), HAS_LINK),
            ("a fact in a record, on its page", OFFICIAL, _line(record, "facts:", FACT), HAS_WORDS),
            ("a template", ARTICLE, _line(templates / "article.html", '<div class="sheet">', "{}<p>{}</p>"), HAS_WORDS),
            ("a style sheet", ARTICLE, _style(templates / "assets" / "site.css"), HAS_STYLE),
        ]
        preview = Preview(content.parent, templates)
        try:
            _measure(preview, rows, arguments.articles, arguments.saves)
        finally:
            preview.end()
    return 0


def _measure(preview: Preview, rows: list[tuple[str, str, Save, str]], articles: int, saves: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        while preview.get(ARTICLE)[0] != 200:  # all articles are read
            time.sleep(0.2)
        page = browser.new_page()
        reading = _Reading(preview)
        reading.start()
        print(f"{f'save to screen, {articles:,} articles':44}{'median':>9}{'worst':>9}{'processor':>11}   goal")
        for row, (label, url, save, has) in enumerate(rows):
            runs = [_until_seen(preview, page, url, save, has, mark) for mark in _marks(row, saves)]
            took = [run.seconds for run in runs]
            worked = statistics.median(run.processor for run in runs)
            print(f"{label:44}{statistics.median(took):7.2f} s{max(took):7.2f} s{worked:9.2f} s   ≤ 1 s", flush=True)
        reading.end()
        label = f"a page that is known, meanwhile ({len(reading.took)} times)"
        print(f"{label:44}{statistics.median(reading.took):7.3f} s{max(reading.took):7.3f} s{'':11}   ≤ 0.1 s")
        browser.close()


def _until_seen(preview: Preview, page: Page, url: str, save: Save, has: str, mark: str) -> Run:
    """From a save until the page has the mark; the whole build behind the last save may still go on."""
    page.goto(f"http://127.0.0.1:{preview.port}{url}")
    page.wait_for_timeout(1500)
    start, worked = time.perf_counter(), _worked(preview.maker)
    save(mark)
    page.wait_for_function(has, arg=mark, polling=20)
    return Run(time.perf_counter() - start, _worked(preview.maker) - worked)


def _worked(pid: int) -> float:
    """Processor time of a process and of its children that have ended. Needs /proc of Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _marks(row: int, saves: int) -> list[str]:
    """A word for each save, which no other save of the benchmark has."""
    return [f"دغفل{LETTERS[row]}{LETTERS[number]}" for number in range(saves)]


def _sentence(article: Path) -> Save:
    text = article.read_text("utf-8").rstrip("\n")

    def save(mark: str) -> None:
        article.write_text(f"{text}\nقال بشار الجعفري إن الوفد عاد {mark}.\n", "utf-8")

    return save


def _line(path: Path, line: str, shape: str) -> Save:
    """Puts the mark beside or behind what the file has once."""
    text = path.read_text("utf-8")

    def save(mark: str) -> None:
        path.write_text(text.replace(line, shape.format(line, mark), 1), "utf-8")

    return save


def _style(sheet: Path) -> Save:
    text = sheet.read_text("utf-8")

    def save(mark: str) -> None:
        sheet.write_text(f"{text}\n:root {{ --bench: {mark}; }}\n", "utf-8")

    return save


class _Reading(threading.Thread):
    """Somebody who asks for one page again and again, and how long that took."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(daemon=True)
        self.preview = preview
        self.took: list[float] = []
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.25):
            start = time.perf_counter()
            self.preview.get("/")
            self.took.append(time.perf_counter() - start)

    def end(self) -> None:
        self.ended.set()
        self.join()


if __name__ == "__main__":
    sys.exit(main())
