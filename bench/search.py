"""What a search costs the reader of a large archive, in bytes and in time: `python -m bench.search`.

Needs the tests' environment: the times are taken in Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route, sync_playwright

from bench.corpus import ROOT, make_project, new_words

ORIGIN = "http://sijill.bench"
QUERIES = (
    "الوفد للوفود الجعفري أستانا لأستانة سوريا إدلب ديميستورا الضامنة ٢٢٥٤ اللاجئين الدستورية روسيا وتركيا المبعوث "
    "التصعيد الثلاثي المعتقلين وزير الخارجية الحادي"
).split()


def main() -> int:
    """Print sizes and times."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sijill-bench-") as name:
        content = make_project(Path(name), arguments.articles)
        chance = random.Random(11)
        for path in sorted((content / "articles").rglob("*.txt")):  # words of their own, as real articles have
            path.write_text(f"{path.read_text('utf-8')}{new_words(chance)}.\n", "utf-8")
        site = Path(name) / "site"
        command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(site)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _report(site, arguments.articles)
    return 0


def _report(site: Path, articles: int) -> None:
    fetched: list[int] = []

    def answer(route: Route) -> None:
        path = site / urlsplit(route.request.url).path.strip("/")
        path = path / "index.html" if path.is_dir() else path
        if "/search/" in route.request.url or path.suffix == ".js":
            fetched.append(len(gzip.compress(path.read_bytes(), 9)))
        route.fulfill(path=path)

    times, sizes = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for query in QUERIES:
            page = browser.new_page()
            page.route("**/*", answer)
            page.goto(f"{ORIGIN}/search/", wait_until="networkidle")
            before = sum(fetched)
            fetched.clear()
            page.fill("#q", query)
            page.wait_for_load_state("networkidle")
            page.locator("#found-count:not(:empty)").wait_for()
            sizes.append(sum(fetched))
            page.fill("#q", "")
            page.wait_for_timeout(400)
            times += [time for time in (page.evaluate(_TIMED, query),) if time == time]  # NaN where nothing is found
            page.close()
            fetched.clear()
    rows = (
        ("before the first query", before / 1000, "KB gz", "≤ 60 KB"),
        ("a query, median", statistics.median(sizes) / 1000, "KB gz", f"≤ 30 KB; most {max(sizes) / 1000:.1f}"),
        ("first result, shards loaded, median", statistics.median(times), "ms", f"≤ 100 ms; most {max(times):.0f}"),
    )
    print(f"{articles:,} articles, {len(QUERIES)} queries")
    for label, value, unit, goal in rows:
        print(f"{label:40}{value:9.1f} {unit:8}{goal}")


_TIMED = """(query) => new Promise((done) => {
  const found = document.getElementById("found"), form = document.getElementById("find-form");
  found.replaceChildren();
  const start = performance.now();
  const watch = new MutationObserver(() => {
    if (found.childElementCount) { watch.disconnect(); done(performance.now() - start); }
  });
  watch.observe(found, { childList: true });
  setTimeout(() => done(NaN), 5000);
  form.q.value = query;
  form.requestSubmit();
})"""


if __name__ == "__main__":
    sys.exit(main())
