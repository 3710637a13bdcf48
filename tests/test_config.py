"""Configuration: each kind of mistake with its exact words, file and line, and the project's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.arabic.parties import party_names
from sijill.config import Config, Place, load_config
from sijill.issues import line_text

CONTENT = Path(__file__).parent.parent / "content"
SITE = """title = "سجلّ"
base_url = "https://example.org/سجل/"
processes = ["astana"]
"""
TOML = "(texts stand in double quotes, lists in square brackets)"
PLACE = """needs a name and a country (write it as in `geneva = { name = "جنيف", country = "switzerland" }`)"""


def loaded(root: Path, site: str | bytes | None = SITE, places: str | None = None) -> tuple[Config, list[str]]:
    content = root / "content"
    (content / "processes").mkdir(parents=True)
    (content / "processes" / "astana.md").write_text("---\nname: مسار أستانا\n---\n", "utf-8")
    if site is not None:
        (content / "site.toml").write_bytes(site if isinstance(site, bytes) else site.encode())
    if places is not None:
        (content / "places.toml").write_text(places, "utf-8")
    config, issues = load_config(content)
    return config, [line_text(issue) for issue in issues]


def test_settings_are_read_and_what_may_be_left_out_is_empty(tmp_path: Path) -> None:
    config, issues = loaded(tmp_path, places='geneva = { name = "جنيف", country = "switzerland" }\n')
    assert issues == []
    assert config == Config(
        title="سجلّ",
        base_url="https://example.org/سجل",
        processes=("astana",),
        places={"geneva": Place("جنيف", "switzerland")},
    )
    assert (config.tagline, config.language, config.contact) == ("", "ar", "")
    assert config.min_confidence == 0.5
    assert (config.article_seconds, config.article_megabytes, config.most_articles) == (2.0, 500, 50_000)


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (None, ["1: error: there is no such file (copy it from the content folder that comes with the project)"]),
        (
            "",
            [
                "1: error: base_url is missing (add a line `base_url = …`)",
                "1: error: processes is missing (add a line `processes = …`)",
                "1: error: title is missing (add a line `title = …`)",
            ],
        ),
        (SITE + "tagine = 1\n", ['4: error: key "tagine" is not known (did you mean tagline?)']),
        (
            SITE + "colour = 1\n",
            [
                '4: error: key "colour" is not known '
                "(the keys are title, tagline, base_url, language, processes, min_confidence, digits, months, hijri, "
                "contact, article_seconds, article_megabytes, most_articles)"
            ],
        ),
        (SITE + "tagline = 3\n", ['4: error: tagline "3" is not a text (write it in quotes, as in `tagline = "…"`)']),
        (
            SITE.replace("https://example.org/سجل/", "example.org"),
            ['2: error: base_url "example.org" is not a web address (write https://… without ? and #)'],
        ),
        (
            SITE.replace("https://example.org/سجل/", "http://[::1"),
            ['2: error: base_url "http://[::1" is not a web address (write https://… without ? and #)'],
        ),
        (
            SITE.replace("https://example.org/سجل/", "https://example.org/?a"),
            ['2: error: base_url "https://example.org/?a" is not a web address (write https://… without ? and #)'],
        ),
        (SITE + 'language = "Arabic"\n', ['4: error: language "Arabic" is not a language code (write ar)']),
        *(
            (
                SITE + f"min_confidence = {value}\n",
                [f'4: error: min_confidence "{shown}" is not a number from 0 to 1 (write 0.5, or 0 to publish all)'],
            )
            for value, shown in (("2", "2"), ("-0.1", "-0.1"), ("nan", "nan"), ("true", "True"), ('"high"', "high"))
        ),
        *(
            (
                SITE + f"{key} = {value}\n",
                [f'4: error: {key} "{shown}" is not {what} (write {hint}, or 0 for no bound)'],
            )
            for key, what, hint in (
                ("article_seconds", "a number of seconds", "2"),
                ("article_megabytes", "a whole number", "500"),
                ("most_articles", "a whole number", "50000"),
            )
            for value, shown in (("-1", "-1"), ("true", "True"), ('"2"', "2"), ("2000000", "2000000"))
        ),
        (
            SITE + 'contact = "somebody"\n',
            ['4: error: contact "somebody" is not an e-mail address (write name@example.org, or leave it out)'],
        ),
        (
            SITE + 'digits = "arabic"\nmonths = "syrian"\nhijri = "yes"\n',
            [
                '4: error: digits "arabic" is not a kind of digits (write western or arabic-indic)',
                '5: error: months "syrian" is not a way to name months (write one of levantine, gulf, maghrebi, both)',
                '6: error: hijri "yes" is neither true nor false (write true or false, without quotes)',
            ],
        ),
        (
            SITE + "digits = 1\nmonths = []\n",
            [
                '4: error: digits "1" is not a kind of digits (write western or arabic-indic)',
                '5: error: months "[]" is not a way to name months (write one of levantine, gulf, maghrebi, both)',
            ],
        ),
        (
            SITE.replace('["astana"]', '"astana"'),
            ['3: error: processes "astana" is not a list of ids (write the names of records, as in ["astana"])'],
        ),
        (
            SITE.replace('"astana"', '"astana", "oslo"'),
            ['3: error: process "oslo" has no record (add processes/oslo.md, or correct the name)'],
        ),
        (
            SITE + "language = ar\n",
            [f"4: error: broken TOML: Invalid value {TOML}"],
        ),
        (
            SITE + 'title = "ثان"\n',
            [f"4: error: broken TOML: Cannot overwrite a value {TOML}"],
        ),
        (
            SITE + 'contact = "',
            [f"4: error: broken TOML: Unterminated string {TOML}"],
        ),
        (
            b'title = "\xff"\n',
            ["1: error: byte 0xFF is not UTF-8 (save the file as UTF-8)"],
        ),
        (
            "x = " + "[" * 3000 + "]" * 3000,
            ["1: error: broken TOML: too many brackets within brackets (close the brackets)"],
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    tmp_path: Path, site: str | bytes | None, expected: list[str]
) -> None:
    _, issues = loaded(tmp_path, site)
    assert issues == [f"content/site.toml:{one}" for one in expected]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            '["New York"]\n',
            '1: error: place "New York" is not a slug (write small Latin letters, digits and single hyphens)',
        ),
        ('# city\nparis = "باريس"\n', f'2: error: place "paris" {PLACE}'),
        ('[paris]\nname = "باريس"\n', f'1: error: place "paris" {PLACE}'),
    ],
)
def test_a_mistake_in_the_places_is_told_with_its_line(tmp_path: Path, places: str, expected: str) -> None:
    config, issues = loaded(tmp_path, places=places)
    assert (issues, config.places) == ([f"content/places.toml:{expected}"], {})


def test_our_settings_are_sound_and_every_country_is_a_known_party() -> None:
    config, issues = load_config(CONTENT)
    assert [line_text(issue) for issue in issues] == []
    assert config.processes == ("astana", "geneva", "sochi")
    assert config.title
    assert 0 < config.article_seconds <= 2
    assert 0 < config.article_megabytes <= 500
    assert 0 < config.most_articles <= 50_000
    assert {place.country for place in config.places.values()} <= party_names().keys()
