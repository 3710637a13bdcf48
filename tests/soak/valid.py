"""Promise 15: every page is valid, every link leads somewhere, nothing keeps anybody out.

The project's own archive and sites whose words are hostile. A case is a page, all of which the Nu HTML checker reads
and whose links and anchors are followed, or a run of axe-core over a page kind in one of two colours at one of three
widths, as it opens or searched.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import programs
from tests.browsing import COLOURS, SIZES, accessible, launched
from tests.showcase import HOST, Showcase, broken_links, served, showcase
from tests.soak.hostile import hostile_site

ARCHIVES = 4
"""At most: the project's own is the first where there are cases enough for more than one."""
ENOUGH = 300
RUNS = len(COLOURS) * len(SIZES)
"""Of axe-core over a page that cannot be searched."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """At least `count` cases: every page of an archive is one, and so many page kinds as are needed go to axe-core."""
    failures: list[str] = []
    tried = 0
    archives = ARCHIVES if count >= ENOUGH else 1
    for number in range(archives):
        chance = random.Random(f"{seed} {number}")
        with tempfile.TemporaryDirectory(prefix="sijill-valid-") as name, ExitStack() as stack:
            folder = Path(name)
            if number == 0 and archives > 1:
                shown = stack.enter_context(showcase(folder))
            else:
                shown = stack.enter_context(served(hostile_site(folder, chance)))
            failures += (f"archive {number}: {each}" for each in _wrong(shown))
            wanted = max(RUNS, (count - tried) // (archives - number) - len(shown.pages))
            kinds = list(shown.kinds)
            chance.shuffle(kinds)
            with launched(shown) as browser:
                runs, found = accessible(browser, shown, kinds[: -(-wanted // RUNS)])
            failures += (f"archive {number}: {each}" for each in found)
            tried += len(shown.pages) + runs
    return tried, failures


def _wrong(shown: Showcase) -> Iterator[str]:
    """What the checker says of the pages, and links that lead nowhere."""
    command = [*programs.nu_checker(), "--skip-non-html", "--errors-only", "--format", "gnu", str(shown.output)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    yield from checked.stderr.splitlines()
    if checked.returncode and not checked.stderr.strip():
        yield f"the checker ended with {checked.returncode}"
    links, broken = broken_links(shown.output, shown.pages, HOST)
    yield from broken
    yield from _unlinked(shown)
    if links < len(shown.pages):
        yield f"only {links} links lead into the site"


def _unlinked(shown: Showcase) -> Iterator[str]:
    """Ids that stand twice, which neither a link nor a label can tell apart."""
    for address, page in shown.pages.items():
        ids = [each.get("id") for each in page.iter() if each.get("id") is not None]
        yield from (f"{address}: the id {each} stands twice" for each in {each for each in ids if ids.count(each) > 1})
