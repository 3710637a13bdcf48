"""The preview in a real browser: errors above the page, styles that change under it, and the place that is kept."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.preview import PATIENCE, Preview
from tests.sites import ROOT, make, write

PAGE = "/articles/first/"
HEAD = "-- articles/2018/first.txt --\n---\ndate: 2018-11-28\n---\nالوفد السوري يصل إلى أستانا\n"
LINES = tuple(
    f"وصل الوفد السوري إلى القاعة رقم {number} في صباح ذلك اليوم، ثم جلس أعضاؤه إلى الطاولة." for number in range(60)
)
BROKEN = HEAD.replace("2018-11-28", "28/11/2018") + "\n".join(LINES)
ROUND = "\n-- rounds/astana-11.md --\n---\nname: أستانا 11\nprocess: astana\nnumber: 11\n---\n"
WARNED = HEAD + "وصل الوفد السوري اليوم الأحد إلى أستانا.\n"
MARK = "() => { window.same = true; }"
SAME = "() => window.same === true"
TOP = """text => [...document.querySelectorAll("main span[id]")]
    .find(each => each.textContent.includes(text)).getBoundingClientRect().top"""
RESTS = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    templates = Path(shutil.copytree(ROOT / "templates", folder / "templates"))
    running = Preview(make(folder, HEAD + "\n".join(LINES)), templates)
    running.wait(PAGE, lambda status, body: status == 200)
    yield running
    assert running.end() == 0


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """The article's page, listening; whatever the browser complains of fails the test."""
    last = f"آخر سطر {secrets.token_hex(4)}."  # nothing that was saved before is still to be shown when this is
    write(preview.folder, HEAD + "\n".join((*LINES, last)))
    preview.wait(PAGE, lambda status, body: last in body)
    preview.wait_for(lambda state: not state["failed"] and not state["issues"])
    complaints: list[str] = []
    found = browser.new_page(viewport={"width": 1280, "height": 900})
    found.set_default_timeout(PATIENCE * 1000)
    found.on("console", lambda message: complaints.append(f"{message.text} ({message.location.get('url')})"))
    found.on("pageerror", lambda problem: complaints.append(str(problem)))
    _open(found, preview, PAGE)
    yield found
    found.close()
    assert complaints == []


def _open(page: Page, preview: Preview, url: str) -> None:
    page.goto(f"http://127.0.0.1:{preview.port}{url}")
    page.wait_for_function("() => window.LiveReload?.connector?.protocol === 7")
    page.wait_for_function("() => document.readyState === 'complete'")
    page.evaluate(MARK)


def test_an_error_is_shown_above_the_page_and_goes_when_it_is_mended(page: Page, preview: Preview) -> None:
    before = page.evaluate("document.body.outerHTML")
    write(preview.folder, BROKEN)
    panel = page.get_by_role("alert")
    expect(panel).to_be_visible()
    expect(panel.locator(".place")).to_have_text("content/articles/2018/first.txt:2")
    expect(panel.locator(".what")).to_have_text('error: date "28/11/2018" is not a date')
    expect(panel.locator(".fix")).to_have_text("write YYYY-MM-DD")
    for cell in panel.locator("bdi").all():
        assert cell.get_attribute("dir") == "ltr"
        assert cell.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert panel.evaluate("each => getComputedStyle(each).position") == "fixed"
    assert page.evaluate(SAME), "the old page was loaded again"
    assert page.evaluate("document.body.outerHTML") == before, "the page under it was changed"
    assert page.evaluate("scrollY") == 0

    write(preview.folder, HEAD + "\n".join(LINES))
    expect(panel).to_have_count(0)
    expect(page.locator("sijill-preview")).to_have_count(0)


def test_the_panel_is_closed_with_escape_stays_so_and_can_be_opened_again(page: Page, preview: Preview) -> None:
    write(preview.folder, BROKEN)
    panel, note = page.get_by_role("alert"), page.locator("button.note")
    expect(panel).to_be_visible()
    expect(note).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(note).to_have_text("أخطاء: 1")
    _open(page, preview, "/rounds/astana-11/")
    expect(note).to_be_visible()
    expect(panel).to_be_hidden()
    note.click()
    expect(panel).to_be_visible()
    page.keyboard.press("Enter")  # the focus is on the button that closes it
    expect(panel).to_be_hidden()
    write(preview.folder, BROKEN.replace("28/11/2018", "27/11/2018"))  # other news opens it again
    expect(panel).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_can_be_read(page: Page, preview: Preview, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    write(preview.folder, BROKEN + ROUND.replace("process: astana", "process: nowhere"))
    panel = page.get_by_role("alert")
    expect(panel.locator("li")).to_have_count(2)
    write(preview.folder, ROUND)
    expect(panel.locator("li")).to_have_count(1)
    box = panel.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, width)
    assert box["height"] < 300
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("h2", "header p", ".place", ".what", ".what b", ".fix", ".close"):
        assert _contrast(page, part) >= 4.5, part


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_while_articles_are_read_again_the_page_says_so(page: Page, preview: Preview, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("about:blank")  # a page that is open would be loaded again while another is asked for
    title = f"خبر {secrets.token_hex(4)}"
    write(preview.folder, f"-- articles/2018/other.txt --\n{title}\nغادر الوفد السوري أستانا اليوم الأحد.\n")
    preview.wait("/articles/", lambda status, body: title in body)  # to ask for its own page would be to look at it
    _open(page, preview, "/officials/")
    # Of letters alone: articles are not read for a number, and there would be nothing to read again.
    name = f"سالم {''.join(secrets.choice('بتجدرسصعفقكلمن') for _ in range(8))}"
    record = f"-- officials/salem.md --\n---\nname: {name}\nparty: syria\n---\n"
    with preview.held(lambda: write(preview.folder, record)):
        said = page.get_by_role("status")
        expect(said).to_contain_text("تُقرأ المقالات من جديد")
        expect(page.locator("main")).to_contain_text(name)
        box = said.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert _contrast(page, ".old") >= 4.5
    expect(page.locator("sijill-preview .old")).to_have_count(0)
    expect(page.locator("main")).to_contain_text(name)


def _contrast(page: Page, part: str) -> float:
    """By WCAG 2, of a part of the panel against what lies behind it."""
    found: float = page.evaluate(
        """part => {
            const root = document.querySelector("sijill-preview").shadowRoot;
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const luminance = colour => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(each => {
                    const value = each / 255;
                    return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
                });
                return .2126 * red + .7152 * green + .0722 * blue;
            };
            const element = root.querySelector(part);
            let behind = element;
            while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
            const [light, dark] = [luminance(getComputedStyle(element).color),
                luminance(getComputedStyle(behind).backgroundColor)].sort((one, other) => other - one);
            return (light + .05) / (dark + .05);
        }""",
        part,
    )
    return found


def test_warnings_are_a_note_that_opens(page: Page, preview: Preview) -> None:
    write(preview.folder, WARNED)
    note = page.locator("button.note")
    expect(note).to_have_text("تنبيهات: 1")
    panel = page.locator("sijill-preview section")
    expect(panel).to_be_hidden()
    assert page.get_by_role("alert").count() == 0
    note.click()
    expect(panel.locator(".what")).to_contain_text("warning: date 2018-11-28 disagrees with the text")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_style_sheet_is_swapped_under_the_page(page: Page, preview: Preview) -> None:
    page.locator("#find").fill("كلمة في البحث")
    sheet = preview.folder / "templates" / "assets" / "site.css"
    text = sheet.read_text("utf-8")
    page.evaluate(f"scrollBy(0, ({TOP})('القاعة رقم 30'))")
    page.evaluate(RESTS)
    before = page.evaluate(TOP, "القاعة رقم 31")
    try:
        for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
            sheet.write_text(f"{text}\nmain {{ outline-color: {colour}; }}\n", "utf-8")
            page.wait_for_function(
                "colour => getComputedStyle(document.querySelector('main')).outlineColor === colour", arg=colour
            )
        page.wait_for_function("() => document.fonts.status === 'loaded'")
        page.evaluate(RESTS)
        assert abs(page.evaluate(TOP, "القاعة رقم 31") - before) <= 2
        assert page.evaluate(SAME), "the page was loaded again"
        assert page.evaluate("scrollY") > 1000
        assert page.locator("#find").input_value() == "كلمة في البحث"
        assert page.locator("link[rel=stylesheet][href*='site.']").count() == 1
    finally:
        showing = preview.state["showing"]
        sheet.write_text(text, "utf-8")
        preview.wait_for(lambda state: state["showing"] != showing)  # or the next page would be loaded twice


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(
            tuple(f"سطر جديد رقم {number} قبل غيره من السطور." for number in range(9)) + LINES, id="longer above"
        ),
        pytest.param(LINES[7:], id="shorter above"),
        pytest.param((*LINES[:30], "كلام آخر تمامًا.", *LINES[31:]), id="changed in view"),
    ],
)
def test_the_words_at_the_top_stay_there_when_the_page_is_loaded_again(
    page: Page, preview: Preview, changed: tuple[str, ...]
) -> None:
    page.evaluate(f"scrollBy(0, ({TOP})('القاعة رقم 30'))")
    page.evaluate(RESTS)
    before = page.evaluate(TOP, "القاعة رقم 31")
    assert page.evaluate("scrollY") > 1000
    write(preview.folder, HEAD + "\n".join(changed))
    page.wait_for_function("() => window.same === undefined && document.readyState === 'complete'")
    page.evaluate(RESTS)
    assert abs(page.evaluate(TOP, "القاعة رقم 31") - before) <= 2


def test_a_page_that_missed_the_news_asks_for_it(page: Page, preview: Preview) -> None:
    page.evaluate("LiveReload.connector.disconnect()")  # as when the machine slept
    shown = preview.shown
    write(preview.folder, HEAD + "كلام لم يُبلَّغ به أحد.\n")
    preview.wait_for(lambda state: preview.shown > shown)
    assert page.evaluate(SAME)
    page.evaluate("LiveReload.connector.connect()")
    page.wait_for_function("() => document.body?.textContent.includes('كلام لم يُبلَّغ به أحد')")
