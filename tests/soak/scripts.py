"""Promise 1: no script from content, front matter, registry or entity names reaches a page.

Each round is a project in which every place holds a text that wants to live: four times one of `tests.payloads`, each
of which comes to each place in the end, then one that is put together by chance. What is not refused is built. Every
file of the site is read as a browser or a reader of feeds reads it; and a browser opens some of the pages, without the
policy that would stop a script, so that whatever lives is seen to.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sijill.assets import read_assets
from tests.browsing import launched, opened, searched
from tests.live import foreign_xml, live, odd_addresses
from tests.payloads import PAYLOADS, composed
from tests.showcase import HOST, served
from tests.sites import ROOT, again, tree
from tests.soak.hostile import PLACES, Hostile, Place, hostile

OPENED = 5
"""Pages of a round that the browser opens."""
MADE_UP = 5
"""One of so many rounds has texts that nobody wrote."""
EVERY = 12
"""The browser looks at one of so many rounds."""
_TAG = re.compile(r"<[a-z!/?][^<>]*>", re.IGNORECASE)
_WATCH = "window.ran = []; window.alert = () => window.ran.push('alert');"
_TOUCH = """document.querySelectorAll('body *').forEach(each => {
    for (const name of ['mouseover', 'focus', 'toggle']) each.dispatchEvent(new Event(name));
})"""
"""Handlers of events would run."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """As many rounds as have `count` places."""
    rounds = -(-count // len(PLACES))
    failures: list[str] = []
    for number in range(rounds):
        chance = random.Random(f"{seed} {number}")
        with tempfile.TemporaryDirectory(prefix="sijill-scripts-") as name:
            failures += (f"round {number}: {each}" for each in _round(Path(name), number, seed, chance))
    return rounds * len(PLACES), failures


def _round(folder: Path, number: int, seed: int, chance: random.Random) -> Iterator[str]:
    made_up = number % MADE_UP == MADE_UP - 1

    def text_of(place: Place) -> str:
        listed = PAYLOADS[(PLACES.index(place) + number - number // MADE_UP + seed) % len(PAYLOADS)]
        return composed(chance) if made_up else listed

    project = hostile(folder, text_of, chance)
    yield from project.faults
    site = again(project.folder, cache=False)
    if not site.outcome.published:
        yield f"what each place took was refused in the end: {site.lines[:5]}"
        return
    yield from unsafe(site.output)
    yield from unseen(project, site.output)
    if number % EVERY == 0:
        yield from _ran(site.output, chance)


def unsafe(output: Path) -> Iterator[str]:
    """What lives in a site."""
    ours = frozenset(data for _, data in read_assets(ROOT / "templates").files)
    for name, data in sorted(tree(output).items()):
        if name.endswith(".html"):
            yield from (f"{name}: {each}" for each in live(data))
        elif name.endswith(".xml"):
            yield from (f"{name}: {each}" for each in foreign_xml(data))
        elif name.startswith("data/") and name.endswith((".json", ".jsonld", ".jsonl")):
            lines = data.decode().splitlines() if name.endswith("l") else [data.decode()]
            yield from (f"{name}: {each}" for line in lines for each in odd_addresses(json.loads(line)))
        elif name.endswith(".json"):
            json.loads(data)
        elif name.endswith((".js", ".css", ".svg")) and data not in ours:
            yield f"{name} is none of our files"


def unseen(project: Hostile, output: Path) -> Iterator[str]:
    """Texts that are printed as markup, and places whose words are on no page: nothing would be tried by them."""
    whole = "\n".join(data.decode() for name, data in tree(output).items() if name.endswith((".html", ".xml")))
    for place, text in project.taken.items():
        # What is cut short («ـ</») may stand in our own markup; a whole element, or the text behind its mark, does not.
        own = _TAG.search(text) is not None or f"{project.marks[place]} {text}" in whole
        if "<" in text and own and text in whole:
            yield f"the text at {place} is printed as it is"
    for place, mark in project.marks.items():
        if mark and place in project.taken and mark not in whole:
            yield f"the words at {place} are nowhere in the site"


def _ran(output: Path, chance: random.Random) -> Iterator[str]:
    """What a browser does with pages, when nothing holds it back."""
    with served(output, headers=False) as shown, launched(shown) as browser:
        context = browser.new_context(bypass_csp=True)
        context.add_init_script(_WATCH)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        asking = [address for address in shown.readable if next(shown.pages[address].iter("form"), None) is not None]
        for address in (*asking, *chance.sample(list(shown.pages), OPENED)):
            opened(context, shown, address, page)
            if searched(page):
                page.wait_for_selector("#found li")
            page.evaluate(_TOUCH)
            page.wait_for_timeout(50)
            yield from (f"{address}: {each} was called" for each in page.evaluate("window.ran"))
        yield from (f"{url} was asked for" for url in asked if not url.startswith(f"{HOST}/"))
