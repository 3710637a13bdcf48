"""The published JSON Schemas agree with the readers: what the archive holds fits, and what they refuse does not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml
from jsonschema import Draft202012Validator

from sijill import frontmatter
from sijill.config import _KEYS, load_config
from sijill.model import Kind
from sijill.read import KEYS, article_of
from sijill.records import record_of
from sijill.registry import FOLDERS
from sijill.schemas import NAMES, schema_of
from sijill.sources import Source
from tests import commands
from tests.sites import ROOT


def values_of(text: str) -> Any:
    """YAML as editors' tools read it: days are texts."""
    loaded = yaml.safe_load(text)
    return json.loads(json.dumps(loaded, default=lambda value: value.isoformat()))


def fits(name: str, values: Any) -> bool:
    return bool(Draft202012Validator(schema_of(name)).is_valid(values))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_one_that_the_command_prints_and_is_a_schema(name: str) -> None:
    published = (ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")
    printed = commands.run(ROOT, "schema", name).stdout
    assert published == printed, f"run: python build.py schema {name} > docs/schema/{name}.schema.json"
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize("kind", sorted(FOLDERS))
def test_every_record_of_the_archive_fits_its_schema(kind: Kind) -> None:
    records = sorted((ROOT / "content" / FOLDERS[kind]).glob("*.md"))
    assert records
    wrong = []
    for path in records:
        parts = frontmatter.split(path.read_text("utf-8"), path.name)
        assert isinstance(parts, frontmatter.Parts)
        if not fits(kind, values_of(parts.front)):
            wrong.append(path.name)
    assert wrong == []


def test_the_settings_and_the_ledger_of_the_archive_fit() -> None:
    for name in ("site", "places", "identity"):
        assert fits(name, tomli.loads((ROOT / "content" / f"{name}.toml").read_text("utf-8")))
    assert set(schema_of("site")["properties"]) == set(_KEYS)
    assert set(schema_of("article")["properties"]) == set(KEYS)
    row = {"left": "a", "right": "b", "same": True, "by": "محرر", "on": "2026-01-31"}
    assert fits("identity", {"judgement": [row]})
    assert not fits("identity", {"judgement": [{**row, "same": "yes"}]})


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ('geneva = { name = "جنيف", country = "switzerland" }', True),
        ('geneva = { name = "جنيف" }', False),
        ('geneva = { name = "", country = "switzerland" }', False),
        ('geneva = { name = "جنيف", country = 1 }', False),
        ('geneva = "جنيف"', False),
        ('geneva = { name = "جنيف", country = "switzerland", note = "x" }', False),
        ('Geneva = { name = "جنيف", country = "switzerland" }', False),
    ],
)
def test_the_schema_and_the_reader_of_places_say_the_same(tmp_path: Path, line: str, good: bool) -> None:
    (tmp_path / "site.toml").write_text((ROOT / "content" / "site.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "places.toml").write_text(line, "utf-8")
    issues = [issue for issue in load_config(tmp_path)[1] if issue.path.endswith("places.toml")]
    assert (fits("places", tomli.loads(line)), not issues) == (good, good)


@pytest.mark.parametrize(
    ("kind", "front", "good"),
    [
        ("official", "name: فلان\nparty: russia", True),
        ("official", "name: فلان", False),
        ("official", "name: فلان\nparty: Russia", False),
        ("official", "name: فلان\nparty: russia\nvariant: [فلان]", False),
        ("official", "name: فلان\nparty: russia\nvariants: فلان", False),
        ("official", "name: فلان\nparty: russia\nsources: [a]\nfacts:\n - role: {title: وزير, start: 2018}", True),
        ("official", "name: فلان\nparty: russia\nsources: [a]\nfacts:\n - role: {start: 2018}", False),
        (
            "official",
            "name: فلان\nparty: russia\nsources: [a]\nfacts:\n - role: {title: وزير, start: 28/1/2018}",
            False,
        ),
        ("official", "name: فلان\nparty: russia\nsources: [a]\nfacts:\n - outcome: شيء", False),
        ("round", "name: أستانا 11\nprocess: astana\nnumber: 11", True),
        ("round", "name: أستانا 11\nprocess: astana\nnumber: eleven", False),
        ("round", "name: جنيف 3\nprocess: geneva\nsessions: [2016-03-14/2016-03-24]", True),
        ("round", "name: جنيف 3\nprocess: geneva\nsessions: [2016-03-14]", False),
        ("round", "name: أستانا 11\nprocess: astana\nsources: [a]\nfacts:\n - held: {end: 2018-11-29}", False),
        ("round", "name: أستانا 11\nprocess: astana\nsources: [a]\nfacts:\n - held: {place: astana}", True),
        ("delegation", "name: وفد\nsources: [a]\nfacts:\n - capacity: guarantor", True),
        ("delegation", "name: وفد\nsources: [a]\nfacts:\n - capacity: friend", False),
        ("process", "name: مسار\ncities: [جنيف, جنيف]", False),
        ("document", "name: بيان\nsources: [a]\nfacts:\n - issued: 2018-12\n   note: ملاحظة", True),
    ],
)
def test_the_schema_and_the_reader_of_records_say_the_same(kind: Kind, front: str, good: bool) -> None:
    read = record_of(f"---\n{front}\n---\n", "x.md", kind, "x")
    assert fits(kind, values_of(front)) is (not isinstance(read, tuple)) is good


@pytest.mark.parametrize(
    ("front", "good"),
    [
        ("date: 2018-11-28\nsource: وكالة\nurl: https://example.org/a\nformer: [old-name]", True),
        ("date: 28/11/2018", False),
        ("url: ftp://example.org", False),
        ("draft: maybe", False),
        ("lang: Arabic", False),
        ("tags: [a]", False),
        ("former: Old Name", False),
    ],
)
def test_the_schema_and_the_reader_of_articles_say_the_same(front: str, good: bool) -> None:
    data = f"---\n{front}\n---\nعنوان\nنص\n".encode()
    read = article_of(Source("x", Path("x.txt"), "x.txt"), data)
    assert fits("article", values_of(front)) is (not isinstance(read, tuple)) is good


def test_days_in_yaml_are_compared_as_editors_tools_see_them() -> None:
    assert values_of("date: 2018-11-28") == {"date": dt.date(2018, 11, 28).isoformat()}
