"""The style sheets keep the rules of Arabic setting: logical sides, joined letters, solid colours, enough contrast."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.fixture_archive import CONTENT, TEMPLATES, words

SHEETS = "".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "assets").glob("*.css")))
CSS = re.sub(r"/\*.*?\*/", "", SHEETS, flags=re.DOTALL)
DECLARATIONS = [
    (name.strip(), value.strip()) for name, value in re.findall(r"[{;]\s*([a-z-]+)\s*:([^;{}]+)(?=[;}])", CSS)
]


LEADING = re.compile(r"line-height: ([\d.]+)|font: [^;]*/([\d.]+)")


def test_the_test_sees_the_declarations() -> None:
    assert ("text-align", "start") in DECLARATIONS
    assert len(DECLARATIONS) > 300


def test_sides_are_logical() -> None:
    sides = re.compile(r"(^|-)(left|right|top|bottom)(-|$)")
    assert [each for each in DECLARATIONS if sides.search(each[0])] == []
    assert [each for each in DECLARATIONS if re.search(r"\b(left|right)\b", each[1])] == []


def test_widths_and_heights_are_logical() -> None:
    assert [
        name for name, _ in DECLARATIONS if name in ("width", "height", "max-width", "min-width", "min-height")
    ] == []


def test_direction_belongs_to_the_document() -> None:
    found = [each for each in DECLARATIONS if each[0] == "direction"]
    assert found == [("direction", "ltr")], "only printed addresses"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("letter-spacing", {"0"}),
        ("word-spacing", {"0"}),
        ("hyphens", {"none"}),
        ("font-synthesis", {"none"}),
        ("font-style", {"normal"}),
        ("text-decoration-skip-ink", {"none"}),
    ],
)
def test_letters_are_left_as_the_fonts_made_them(name: str, allowed: set[str]) -> None:
    values = {value for each, value in DECLARATIONS if each == name}
    assert values == allowed


def test_nothing_is_justified_slanted_capitalised_or_see_through() -> None:
    banned = {"justify", "italic", "oblique", "uppercase", "small-caps"}
    for name, value in DECLARATIONS:
        if name != "justify-content":
            assert not banned & set(value.split()), (name, value)
        assert "rgba" not in value
        assert name not in ("opacity", "text-transform", "-webkit-text-stroke")


RULES = [(one.strip(), body) for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS) for one in names.split(",")]


def test_no_text_runs_wider_than_a_line_that_is_easily_read() -> None:
    wide = {name: float(size) for name, body in RULES for size in re.findall(r"max-inline-size: ([\d.]+)rem", body)}
    assert {name for name, size in wide.items() if size > 40} == {".wrap", ".article h1", "#ego .net > svg"}
    assert wide[".sheet .body"] == wide[".lede"] == wide[".from blockquote"] == 40


@pytest.mark.parametrize("name", ["time", "bdi", "sup", ".cite", ".no", ".count", "small", ".tag", ".sl"])
def test_what_may_hold_a_number_is_apart_from_the_number_before_it(name: str) -> None:
    assert any(one == name and "unicode-bidi: isolate" in body for one, body in RULES)


def test_letters_are_large_and_lines_far_apart() -> None:
    assert ("font", "400 1.1875rem/1.9 var(--body)") in [each for each in DECLARATIONS if each[0] == "font"]
    heights = {
        float(one or other)
        for name, body in RULES
        if re.fullmatch("h[1-4]", name)
        for one, other in LEADING.findall(body)
    }
    assert heights
    assert min(heights) >= 1.4


def test_underlines_stay_clear_of_the_letters() -> None:
    assert ("text-underline-offset", ".38em") in DECLARATIONS


def test_print_motion_contrast_and_narrow_screens_are_thought_of() -> None:
    for query in ("@media print", "prefers-reduced-motion", "forced-colors: active", "max-width: 48rem"):
        assert query in CSS


def test_generated_content_holds_no_words() -> None:
    assert not re.search(r"content:\s*\"[^\"]*[\u0620-\u064a]", CSS)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        (".crumbs li + li::before", "›"),
        (".to::before", " ›"),
        ('.steps a[rel="next"] small::after', " ›"),
        ('.steps a[rel="prev"] small::before', "‹ "),
    ],
)
def test_signs_point_where_reading_goes(name: str, sign: str) -> None:
    """Browsers mirror these from right to left, so that «›» points to the left; arrows they leave as they are."""
    assert unicodedata.mirrored(sign.strip())
    assert any(f'content: "{sign}"' in body for one, body in RULES if one == name)


def colours() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", CSS)}


def test_a_dark_page_differs_in_colours_alone() -> None:
    """`light-dark()` takes nothing but colours; so what is tried of a dark page is its colours."""
    assert "prefers-color-scheme" not in CSS + "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.js"))
    assert CSS.count("light-dark(") >= len(colours()) > 5


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
@pytest.mark.parametrize("ground", ["paper", "leaf"])
@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    assert contrast(colours()[text][scheme], colours()[ground][scheme]) >= 4.5


@pytest.mark.parametrize("line", ["rule2", "focus"])
@pytest.mark.parametrize("scheme", [0, 1])
def test_shapes_that_mean_something_can_be_seen(line: str, scheme: int) -> None:
    assert contrast(colours()[line][scheme], colours()["paper"][scheme]) >= 3


def test_marked_words_can_be_read() -> None:
    for scheme in (0, 1):
        assert contrast(colours()["ink"][scheme], colours()["mark"][scheme]) >= 4.5


def test_the_fonts_hold_every_letter_that_the_site_prints() -> None:
    """The fonts are cut by tools/fonts.py: a letter that is missing there would fall back to another face."""
    source = (TEMPLATES.parent / "tools" / "fonts.py").read_text("utf-8")
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", source)
    covered = {code for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)}
    printed = "".join(words().words.values())
    printed += "".join(re.findall(r"\"([^\"]*)\"", "".join(value for name, value in DECLARATIONS if name == "content")))
    assert "¶" in printed
    printed += "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    printed += "".join(path.read_text("utf-8") for path in CONTENT.rglob("*.txt"))
    printed += "".join(path.read_text("utf-8") for path in CONTENT.rglob("*.md"))
    assert {letter for letter in printed if ord(letter) not in covered and not letter.isspace()} == set()
