"""Promise 14: no third-party requests, and a strict content security policy that no page breaks.

A case is a visit of a real browser: a page of every kind of the archive and of sites whose words are hostile, in light
or dark, wide or narrow, searched and filtered where that can be done; under the policy of the page alone, as on a host
that knows nothing of us, and under the headers of `_headers`. Every request must be to the site; the browser may
complain of nothing. Every page and `_headers` must state the policy, and no policy may allow what is not needed.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browsing import COLOURS, SIZES, UNFOLD, WATCH, launched, opened, searched
from tests.showcase import HOST, Showcase, is_redirect, sent_with, served, showcase
from tests.soak.hostile import hostile_site

SOURCES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'", "'none'"},
    "frame-ancestors": {"'none'"},
}
"""What each directive of a policy may allow at most."""
ARCHIVES = 4
"""At most: the project's own is the first, and has half of the visits, where there are enough for more than one."""
ENOUGH = 100


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` visits, or a few more."""
    failures: list[str] = []
    tried = 0
    archives = ARCHIVES if count >= ENOUGH else 1
    for number in range(archives):
        chance = random.Random(f"{seed} {number}")
        own = number == 0 and archives > 1
        with tempfile.TemporaryDirectory(prefix="sijill-browser-") as name, ExitStack() as stack:
            folder = Path(name)
            output = stack.enter_context(showcase(folder)).output if own else hostile_site(folder, chance)
            failures += (f"archive {number}: {each}" for each in lax(output))
            left = count // 2 if own else (count - tried) // (archives - number)
            for headers in (False, True):
                with served(output, headers) as shown, launched(shown) as browser:
                    visits, found = _visits(shown, browser, chance, -(-left // 2))
                policy = "headers" if headers else "the pages' own policy"
                failures += (f"archive {number}, {policy}: {each}" for each in found)
                tried += visits
    return tried, failures


def _visits(shown: Showcase, browser: Browser, chance: random.Random, count: int) -> tuple[int, list[str]]:
    """Each kind first, then pages by chance."""
    kinds = list(shown.readable)
    chance.shuffle(kinds)
    staying = [address for address, page in shown.pages.items() if not is_redirect(page)]
    addresses = [*kinds, *(chance.choice(staying) for _ in range(count))][:count]
    wrong: list[str] = []
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        said: list[str] = []
        page.on("request", lambda request: said.append(f"asks for {request.url}") if _strange(request.url) else None)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for address in addresses:
            colours, (width, height) = chance.choice(COLOURS), chance.choice(SIZES)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=colours)
            opened(context, shown, address, page)
            _used(page)
            said += page.evaluate("window.seen.refused")
            wrong += (f"{address} in {colours} at {width}: {each}" for each in said)
            said.clear()
    return len(addresses), wrong


def _strange(url: str) -> bool:
    return not url.startswith((f"{HOST}/", f"blob:{HOST}/"))  # a table that a reader keeps is made in the page


def _used(page: Page) -> None:
    """Do on a page what readers can do."""
    page.evaluate(UNFOLD)
    if searched(page):
        page.wait_for_selector("#found li")
    for choice in page.locator("main select").all():
        choice.select_option(index=1)
    for field in page.locator("main input[type=date]").all():
        field.fill("2018-11-28")
    for button in page.locator("main button[value]").all():
        button.click()
    name = page.locator("main a[href^='/']:visible").first
    if name.count():
        name.hover(force=True)
        page.wait_for_timeout(400)  # longer than a preview waits


def lax(output: Path) -> Iterator[str]:
    """What the policies of a site allow too much, and pages without one."""
    rules = (output / "_headers").read_text("utf-8")
    for path in sorted(output.rglob("*.html")):
        name = path.relative_to(output).as_posix()
        stated = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', path.read_text("utf-8"))
        sent = sent_with(rules, f"/{name}").get("Content-Security-Policy", "")
        if len(stated) != 1:
            yield f"{name} states {len(stated)} policies"
        for policy in (*stated, sent):
            yield from (f"{name}: {each}" for each in _allowed(policy.replace("&#39;", "'")))
        if "frame-ancestors 'none'" not in sent:
            yield f"{name} can be put into a frame"


def _allowed(policy: str) -> Iterator[str]:
    given = {name: set(values) for name, *values in (each.split() for each in policy.split(";") if each.strip())}
    for name in ("default-src", "base-uri", "form-action"):
        if name not in given:
            yield f"the policy says nothing of {name}: {policy}"
    for name, values in given.items():
        if not values or not values <= SOURCES.get(name, set()):
            yield f"the policy allows {name} {' '.join(sorted(values))}"
