"""A site in a real browser: pages opened, searched and judged as the figures and the promises need it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests import programs
from tests.showcase import HOST, Showcase, is_redirect

__all__ = [
    "COLOURS",
    "SIZES",
    "UNFOLD",
    "Visit",
    "accessible",
    "fitted",
    "launched",
    "opened",
    "searched",
    "visited",
    "visiting",
]

SIZES = ((1280, 900), (390, 844), (320, 640))
Colours: TypeAlias = Literal["light", "dark"]
COLOURS: tuple[Colours, ...] = ("light", "dark")
WATCH = """
window.seen = {shift: 0, moved: [], refused: []};
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
        window.seen.shift += entry.value;
        window.seen.moved.push(...entry.sources.map(({node}) => node && node.textContent.slice(0, 60)));
    }
})
    .observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", e =>
    window.seen.refused.push(e.effectiveDirective + " " + e.blockedURI));
"""
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
SEARCH = """() => {
    const field = document.querySelector("#find-form input[type=search]");
    if (field) { field.value = "أستانا"; field.form.requestSubmit(); }
    return field !== null;
}"""
RULES = {
    "light": "rules: {'target-size': {enabled: true}}",
    "dark": "runOnly: ['color-contrast', 'link-in-text-block']",
}
"""What axe-core looks at: all that it can, and then what colours can change, in which alone a dark page differs (see
tests/test_css.py)."""
RUN = """axe.run(document, {%s, resultTypes: ['violations'], preload: false, selectors: false}).then(found => ({
    looked: found.passes.length + found.inapplicable.length,
    passes: found.passes.length,
    violations: found.violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(node => node.html.slice(0, 120))]),
}))"""


@contextmanager
def launched(shown: Showcase) -> Iterator[Browser]:
    """A browser that finds the site where it says it is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=shown.browser_arguments)
        yield browser
        browser.close()


def fitted(browser: Browser, size: tuple[int, int], **options: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)


def opened(context: BrowserContext, shown: Showcase, address: str, page: Page | None = None) -> Page:
    """The page once its fonts are there; a redirect is kept from going on."""
    page = page or context.new_page()
    if is_redirect(shown.pages[address]):
        body = shown.file(address).read_text("utf-8").replace('content="0;', 'content="86400;')
        page.route(HOST + address, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(HOST + address)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def searched(page: Page) -> bool:
    """Whether the page has something to search or filter by; then that was used."""
    return bool(page.evaluate(SEARCH))


@dataclass(frozen=True)
class Visit:
    """What one visit asked for, what the browser complained of, how far things moved."""

    asked: tuple[str, ...]
    complaints: tuple[str, ...]
    shift: float
    moved: tuple[str, ...]

    @property
    def strange(self) -> tuple[str, ...]:
        """What was asked of others than the site."""
        return tuple(url for url in self.asked if not url.startswith(f"{HOST}/"))


@contextmanager
def visiting(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """A tab in which every visit is a first one: nothing is kept."""
    with fitted(browser, size) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield page


def visited(page: Page, shown: Showcase, address: str, late: bool = False) -> Visit:
    """Open a page and read it to its end. `late`: its fonts come long after its text."""
    asked: list[str] = []
    said: list[str] = []
    held: list[Route] = []
    watched = {
        "request": lambda request: asked.append(request.url),
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
    }
    page.goto("about:blank")
    for event, note in watched.items():
        page.on(event, note)  # type: ignore[call-overload] # each is one of its events
    if late:
        page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(HOST + address, wait_until="domcontentloaded" if late else "load")
    page.wait_for_timeout(500 if late else 100)
    for route in held:
        route.fulfill(path=shown.file(urlsplit(route.request.url).path), content_type="font/woff2")
    assert not late or len(held) >= 3, "fonts were held back"
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, document.body.scrollHeight))")
    page.wait_for_timeout(100)
    seen = page.evaluate("window.seen")
    page.unroute_all()
    for event, note in watched.items():
        page.remove_listener(event, note)
    return Visit(tuple(asked), (*said, *seen["refused"]), seen["shift"], tuple(filter(None, seen["moved"])))


def accessible(browser: Browser, shown: Showcase, addresses: Sequence[str]) -> tuple[int, list[str]]:
    """How often axe-core ran over these pages, in both colours, at all widths and in use; and what it found."""
    found: list[str] = []
    runs = 0
    axe = programs.axe()
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for address in addresses:
            opened(context, shown, address, page)
            page.evaluate(UNFOLD)
            page.evaluate(axe)
            for step in ("as it opens", "in use"):
                if step == "in use":
                    if not searched(page):
                        break
                    page.wait_for_selector("#found li")
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    for colours in COLOURS:
                        page.emulate_media(color_scheme=colours)
                        result = page.evaluate(RUN % RULES[colours])
                        runs += 1
                        assert result["passes"] >= 5 or (colours == "dark" and result["looked"]), address
                        for rule, nodes in result["violations"]:
                            found.append(f"{address} {step}, {colours}, {width}: {rule}: {'; '.join(nodes)}")
    return runs, found
