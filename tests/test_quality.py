"""Every page kind in a real browser against the figures that the site promises; the figures are printed at the end."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browsing import SIZES, accessible, fitted, launched, opened, visited, visiting
from tests.showcase import FIRST, HOST, Showcase, broken_links

KB = 1024
PARTS = 4
"""The page kinds, cut into so many tests: processors share them."""
UNDRESSED = "document.querySelectorAll('main form, main [role=status]').forEach(each => each.remove())"
"""Without what only filters and searches; that is hidden where scripts do not run."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
"""The spacing of WCAG 1.4.12 that must lose nothing."""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter(e => {
    const style = getComputedStyle(e);
    const hides = [style.overflowX, style.overflowY].some(each => each === "hidden" || each === "clip");
    return hides && style.clipPath === "none" && e.clientWidth > 1
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))"""
COVERED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = [...e.getClientRects()].find(r => r.width && r.height);
    const name = e.outerHTML.slice(0, 120);
    if (!box) return name + ": has no box";
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (top && (e.contains(top) || top.contains(e))) return "";
    return name + ": under " + (top ? top.outerHTML.slice(0, 80) : "the edge");
}"""


@pytest.fixture(scope="module")
def browser(shown: Showcase) -> Iterator[Browser]:
    with launched(shown) as found:
        yield found


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_kind_in_any_colours_at_any_width(
    browser: Browser, shown: Showcase, figures: list[str], part: int
) -> None:
    kinds = shown.kinds[part::PARTS]
    runs, found = accessible(browser, shown, kinds)
    figures.append(f"axe-core: {len(found)} violations in {runs} runs over {len(kinds)} page kinds")
    assert not found, "\n".join(found[:40])


def test_a_first_visit_is_small_asks_nobody_else_and_nothing_moves(
    browser: Browser, shown: Showcase, figures: list[str]
) -> None:
    wrong: list[str] = []
    most = dict.fromkeys(("requests", "total", "HTML", "CSS", "JS", "fonts"), (0, ""))
    shift = (0.0, "")
    with visiting(browser, SIZES[0]) as wide, visiting(browser, SIZES[1]) as narrow:
        for address, (width, page) in product(shown.readable, ((SIZES[0][0], wide), (SIZES[1][0], narrow))):
            visit = visited(page, shown, address)
            shift = max(shift, (visit.shift, f"{address} at {width}"))
            wrong += [f"{address} at {width}: {each} moved by {visit.shift}" for each in visit.moved]
            wrong += [f"{address}: {each}" for each in visit.complaints]
            wrong += [f"{address} asks {url}" for url in visit.strange]
            sizes = dict.fromkeys(most, 0) | {"requests": len(visit.asked)}
            for path in (urlsplit(url).path for url in visit.asked):
                kind = {"css": "CSS", "js": "JS", "woff2": "fonts"}.get(path.rpartition(".")[2], "")
                for each in {"total", kind or ("HTML" if path == address else "total")}:
                    sizes[each] += shown.wire(path)
            for name, value in sizes.items():
                most[name] = max(most[name], (value, address))
    limits = {"requests": 10, "total": 150 * KB, "CSS": 6 * KB, "JS": 10 * KB, "fonts": 110 * KB}
    for name, (value, address) in most.items():
        told = str(value) if name == "requests" else f"{value / KB:.1f} KB"
        figures.append(f"first visit, most {name}: {told} ({address})")
        if value > limits.get(name, value):
            wrong.append(f"{address}: {name} {value} > {limits[name]}")
    figures.append(f"first visit, most layout shift at 1280 and 390: {shift[0]:g} ({shift[1]})")
    assert not wrong, "\n".join(wrong)
    assert shift[0] == 0


@pytest.mark.parametrize("address", [FIRST, "/rounds/astana-11/", "/officials/randa-kassis/", "/"])
@pytest.mark.parametrize("size", SIZES[:2])
def test_fonts_that_come_late_move_nothing(
    browser: Browser, shown: Showcase, address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, size) as page:
        assert visited(page, shown, address, late=True).shift == 0


def test_the_entities_of_the_first_article_take_at_most_12_kilobytes(shown: Showcase, figures: list[str]) -> None:
    entities = shown.entities_of_the_first_article()
    assert len(entities) > 10
    size, largest = max((shown.wire(address), address) for address in [*entities, FIRST])
    figures.append(f"HTML of the first article and its entities, at most: {size / KB:.1f} KB gz ({largest})")
    assert size <= 12 * KB


def test_all_scripts_together_take_at_most_10_kilobytes_and_are_deferred(shown: Showcase) -> None:
    scripts = [path.read_bytes() for path in shown.output.rglob("*.js")]
    assert sum(len(gzip.compress(each, 9)) for each in scripts) <= 10 * KB
    for address, page in shown.pages.items():
        for script in page.iter("script"):
            loaded = script.get("src") is not None and (
                script.get("defer") is not None or script.get("type") == "module"
            )
            assert loaded or script.get("type") == "application/ld+json", address


def test_no_link_or_anchor_of_the_showcase_is_broken(shown: Showcase) -> None:
    checked, broken = broken_links(shown.output, shown.pages, HOST)
    assert not broken, "\n".join(broken[:20])
    assert checked > 1000


def test_without_scripts_and_fonts_a_page_shows_all_that_it_shows_with_them_and_fits(
    browser: Browser, shown: Showcase
) -> None:
    with fitted(browser, SIZES[0]) as full, fitted(browser, SIZES[0], java_script_enabled=False) as bare:
        bare.route("**/*.woff2", lambda route: route.abort())
        pages = {False: full.new_page(), True: bare.new_page()}
        for address in shown.readable:
            texts = {}
            for plain, page in pages.items():
                page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
                page.goto(HOST + address)
                page.evaluate(UNDRESSED)
                texts[plain] = {" ".join(line.split()) for line in page.locator("main").inner_text().splitlines()}
            page.set_viewport_size({"width": SIZES[2][0], "height": SIZES[2][1]})
            assert page.evaluate(OVER) == 0, address
            missing = sorted(texts[False] - texts[True])
            assert not missing, f"{address} needs JavaScript for: {missing[:5]}"


def test_nothing_is_lost_on_narrow_screens_at_twice_the_size_or_with_wide_spacing(
    browser: Browser, shown: Showcase
) -> None:
    wrong = []
    with fitted(browser, (320, 640), bypass_csp=True) as context:
        page = context.new_page()
        for address in shown.readable:
            opened(context, shown, address, page)
            for name, width, style in (
                ("narrow", 320, ""),
                ("narrow", 390, ""),
                ("a small window", 1024, ""),
                ("zoom of 200 %", 640, ""),
                ("letters of 200 %", 1280, ":root { font-size: 200%; }"),
                ("wide spacing", 320, SPACED),
                ("wide spacing", 1280, SPACED),
            ):
                page.set_viewport_size({"width": width, "height": 640})
                handle = page.add_style_tag(content=style) if style else None
                over = page.evaluate(OVER)
                if over:
                    wrong.append(f"{address}: {name} at {width}: {over} px too wide")
                wrong += [f"{address}: {name} at {width}: cut off: {each}" for each in page.evaluate(CLIPPED)]
                if handle:
                    handle.evaluate("style => style.remove()")
    assert not wrong, "\n".join(wrong)


def test_what_has_the_focus_is_never_covered(browser: Browser, shown: Showcase) -> None:
    wrong: list[str] = []
    with fitted(browser, (390, 500)) as context:
        page = context.new_page()
        for address in shown.readable:
            opened(context, shown, address, page)
            reached = 0
            for _ in range(30):
                page.keyboard.press("Tab")
                answer = page.evaluate(COVERED)
                if answer is None:
                    break
                reached += 1
                if answer:
                    wrong.append(f"{address}: {answer}")
            assert reached >= 8, address
    assert not wrong, "\n".join(wrong)
