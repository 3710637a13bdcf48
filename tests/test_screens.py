"""Every page kind looks as it did when somebody last approved it by eye; `make approve` renews the pictures.

Pictures are kept at half size and in sixteen greys: enough to see what moved, small enough for the repository.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.showcase import HOST, Showcase

APPROVED = Path(__file__).parent / "approved"
VERSION = APPROVED / "chromium.txt"
README_PICTURE = Path(__file__).parents[1] / "docs" / "site.png"
FRONT = "/rounds/astana-11/"
Colours: TypeAlias = Literal["light", "dark"]
VIEWS: tuple[tuple[int, int, Colours], ...] = ((1280, 1400, "light"), (390, 1400, "dark"))
DIFFERS = 48
"""Levels of grey, of 255, between two pixels that count as different: more than smoothing of edges makes."""
TOLERATED = 0.001
"""The share of a picture's pixels that may differ: less than a hidden heading makes."""


def small(shot: bytes) -> Image.Image:
    with Image.open(io.BytesIO(shot)) as image:
        return image.convert("L").reduce(2).quantize(16)


def photographed(page: Page, address: str) -> bytes:
    page.goto(HOST + address)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page.screenshot(animations="disabled")


@contextmanager
def camera(
    browser: Browser, shown: Showcase, width: int, height: int, colours: Colours = "light", **options: Any
) -> Iterator[Page]:
    """A page that waits for the fonts of the site, however slowly this machine brings them."""

    def patient(route: Route) -> None:
        sheet = shown.file(route.request.url).read_text("utf-8")
        route.fulfill(body=sheet.replace("font-display:optional", "font-display:block"), content_type="text/css")

    with browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=colours, locale="en-US", **options
    ) as context:
        context.route("**/*.css", patient)
        yield context.new_page()


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ; everything where the sizes do."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(counts[DIFFERS:]) / sum(counts)


def name_of(address: str, width: int, colours: str) -> str:
    return f"{address.strip('/').replace('/', '_') or 'home'}-{width}-{colours}.png"


def test_every_kind_looks_as_approved(
    shown: Showcase, chromium: str, figures: list[str], pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    approving = pytestconfig.getoption("--approve")
    wrong: list[str] = []
    expected: set[str] = set()
    largest = 0.0
    if approving:
        APPROVED.mkdir(exist_ok=True)
        for path in APPROVED.glob("*.png"):
            path.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=shown.browser_arguments)
        version = browser.version.partition(".")[0]
        for width, height, colours in VIEWS:
            with camera(browser, shown, width, height, colours) as page:
                for address in shown.readable:
                    picture = small(photographed(page, address))
                    name = name_of(address, width, colours)
                    expected.add(name)
                    if approving:
                        picture.save(APPROVED / name, optimize=True)
                        continue
                    picture.save(tmp_path / name)
                    if not (APPROVED / name).is_file():
                        wrong.append(f"{name}: not approved yet")
                        continue
                    with Image.open(APPROVED / name) as approved:
                        share = difference(approved, picture)
                    largest = max(largest, share)
                    if share > TOLERATED:
                        wrong.append(f"{name}: {share:.2%} of it differs")
        if approving:
            with camera(browser, shown, 1280, 1080) as page, Image.open(io.BytesIO(photographed(page, FRONT))) as front:
                front.convert("RGB").quantize(64).save(README_PICTURE, optimize=True)
        browser.close()
    if approving:
        VERSION.write_text(f"{version}\n", "utf-8")
    wrong += [f"{path.name}: no such page kind" for path in APPROVED.glob("*.png") if path.name not in expected]
    figures.append(f"screenshots: {len(expected)}, at most {largest:.2%} of one differs (allowed: {TOLERATED:.2%})")
    before = VERSION.read_text("utf-8").strip() if VERSION.is_file() else "?"
    assert not wrong, (
        "\n".join(wrong)
        + f"\nLook at the new pictures in {tmp_path}; if they are right, run: make approve"
        + f"\n(approved with Chromium {before}, this is {version})"
    )


def test_approved_pictures_take_at_most_three_megabytes() -> None:
    assert 0 < sum(path.stat().st_size for path in APPROVED.glob("*.png")) <= 3_000_000


def test_a_line_that_moves_or_a_changed_colour_is_a_difference(shown: Showcase, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=shown.browser_arguments)
        with camera(browser, shown, 390, 1400, bypass_csp=True) as page:
            before = small(photographed(page, FRONT))
            assert difference(before, small(photographed(page, FRONT))) == 0
            for style in ("h1 { margin-block-start: 24px }", "h1 { visibility: hidden }", "body { background: #777 }"):
                changed = page.add_style_tag(content=style)
                assert difference(before, small(page.screenshot(animations="disabled"))) > TOLERATED, style
                changed.evaluate("style => style.remove()")
        browser.close()
