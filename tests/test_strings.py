"""The words of the site: complete, with Arabic plurals, and nowhere but in their file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sijill.model import KINDS
from sijill.strings import PLURALS, load_strings, plural
from tests.fixture_archive import CONTENT, ROOT, TEMPLATES, real_site, words

ARABIC = re.compile(r"[\u0620-\u064a]")


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"), (100, "other"),
        (101, "other"), (102, "other"), (103, "few"), (110, "few"), (111, "many"), (1000, "other"), (1003, "few"),
    ],
)  # fmt: skip
def test_a_number_takes_the_plural_that_arabic_gives_it(number: int, form: str) -> None:
    assert plural(number) == form


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "جملة واحدة"), (2, "جملتان"), (3, "3 جمل"), (11, "11 جملة"), (100, "100 جملة"), (1003, "1,003 جمل")],
)
def test_counts_agree_with_their_nouns(number: int, shown: str) -> None:
    assert words().count("count.sentence", number) == shown


def test_templates_hold_no_words_of_their_own() -> None:
    for path in TEMPLATES.glob("*"):
        if path.is_file():
            assert not ARABIC.search(path.read_text("utf-8")), path.name


def test_pages_hold_no_words_of_their_own() -> None:
    for path in (ROOT / "sijill" / "pages").glob("*.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            in_code = line.partition('"""')[0].partition("#")[0]
            if ARABIC.search(in_code) and re.search(r"[\"'][^\"']*[\u0620-\u064a]", in_code):
                pytest.fail(f"{path.name}:{number} holds words: {line.strip()}")


def test_every_word_that_templates_and_pages_ask_for_exists() -> None:
    for path in [*TEMPLATES.glob("*.html"), *(ROOT / "sijill" / "pages").glob("*.py")]:
        text = path.read_text("utf-8")
        found = re.findall(r"""(?:\bt|strings|fill)\(\s*(?:site,\s*)?["']([a-z_]+(?:\.[a-z_]+)+)["'][,)]""", text)
        for key in found:
            assert words().find(key) is not None, f"{path.name}: {key}"
        for key in re.findall(r"""["'](count\.[a-z_]+)["']""", text):
            assert words().find(f"{key}.few") is not None, f"{path.name}: {key}"


def test_nothing_in_the_file_of_words_is_left_unused() -> None:
    text = "".join(path.read_text("utf-8") for path in [*TEMPLATES.glob("*.*"), *(ROOT / "sijill").rglob("*.py")])
    composed = (
        "kind.",
        "month.",
        "why.",
        "method.",
        "prop.",
        "capacity.",
        "mentioned.",
        "together.",
        "listing.",
        "data.",
        "field.",
        "nav.",
        "document.",
        *(f"count.{kind}." for kind in KINDS),
    )
    unused = [
        key
        for key in words().words
        if not key.startswith(composed) and key.removesuffix("." + key.rpartition(".")[2]) not in text
    ]
    assert unused == []


def test_the_house_marks_of_arabic_are_kept() -> None:
    for key, text in words().words.items():
        if ARABIC.search(text):
            assert not re.search(r"[,;?]", re.sub(r"\{\w+\}", "", text)), f"{key}: the Arabic marks are ، ؛ ؟"
            assert "ـ" not in text, f"{key}: no stretched letters"
            assert not re.search(r"[\"“”]", text), f"{key}: quotation marks are «»"
            assert "  " not in text, key
            assert not re.search(r"\s[،؛؟.:]", text), f"{key}: no space before a mark"


def test_a_count_that_lacks_a_form_is_told(tmp_path: Path) -> None:
    assert _issue(tmp_path, '[count.x]\none = "واحد"\n') == "[count.x] has no form for zero, two, few, many, other"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\n", "a is not text"),
        ('a = "{"\n', "a has a brace without its partner"),
        ('a = "{0}"\n', "a has braces that hold no name"),
        ('a = " "\n', "a is empty"),
    ],
)
def test_words_that_cannot_be_printed_are_told(tmp_path: Path, text: str, message: str) -> None:
    assert _issue(tmp_path, text) == message


def test_a_file_that_is_missing_or_broken_is_told_with_its_line(tmp_path: Path) -> None:
    (issue,) = load_strings(tmp_path)[1]
    assert (issue.path, issue.message) == (f"{tmp_path.name}/strings/ar.toml", "the words of the site are missing")
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "ar.toml").write_text('a = "x"\nb = \n', "utf-8")
    (issue,) = load_strings(tmp_path)[1]
    assert issue.line == 2
    assert issue.message.startswith("the file is not TOML")


def _issue(folder: Path, text: str) -> str:
    (folder / "strings").mkdir()
    (folder / "strings" / "ar.toml").write_text(text, "utf-8")
    (issue,) = load_strings(folder)[1]
    assert issue.level == "error"
    return issue.message


def test_every_capacity_and_place_of_the_registry_has_a_name() -> None:
    for path in CONTENT.glob("delegations/*.md"):
        for slug in re.findall(r"capacity: ([a-z-]+)", path.read_text("utf-8")):
            assert words().find(f"capacity.{slug}") is not None, f"{path.name}: {slug}"


def test_plural_forms_are_those_of_the_standard() -> None:
    table = tomllib.loads((CONTENT / "strings" / "ar.toml").read_text("utf-8"))
    assert all(set(forms) == set(PLURALS) for forms in table["count"].values())


def test_every_reason_that_the_first_article_needs_is_explained() -> None:
    (reading,) = real_site().archive.readings
    reasons = {link.why for link in reading.links} | {claim.why for claim in reading.claims if claim.why}
    assert [why for why in reasons if words().find(f"why.{why}.text") is None] == []
