"""The public data: the fields that docs/data.md promises, one row a line, and CSV that spreadsheets read safely."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.config import Config
from sijill.exports import exports
from sijill.exports.written import FORMULA_STARTS
from sijill.model import (
    KINDS,
    Archive,
    Claim,
    Evidence,
    Kind,
    Link,
    Mention,
    Prop,
    Reading,
    Record,
    RecordFact,
    Registry,
    Sentence,
    Statement,
)
from sijill.settle import settle

DOCS = (Path(__file__).resolve().parents[1] / "docs" / "data.md").read_text("utf-8")
CONFIG = Config(title="سجل", base_url="https://archive.example", language="ar")
TEXT = "قال إيفان بتروف، رئيس الوفد الروسي إلى أستانا 11: «سنواصل العمل»."
SENTENCE = Sentence(1, 0, len(TEXT), TEXT, "s-0a1b2c3d")


def found(text: str, kind: Kind, entity: str | None) -> Link:
    start = TEXT.index(text)
    mention = Mention("first", 1, start, start + len(text), text, kind, "", SENTENCE, f"rule:{kind}", "وزير", score=0.5)
    return Link(mention, entity, "registry-name" if entity else "")


def words(text: str) -> Evidence:
    start = TEXT.index(text)
    return Evidence("first", 1, start, start + len(text), text, SENTENCE, "rule:test")


def claim(prop: Prop, **fields: str) -> Claim:
    return Claim(prop, tuple(fields.items()), words("رئيس الوفد الروسي"), "date-from-publication", "ivan-petrov")


CLAIMS = (
    claim("held", round="astana-11", start="2018-11-28", place="astana"),
    claim("leads", official="ivan-petrov", delegation="russia", round="astana-11"),
    claim("member", official="ivan-petrov", delegation="russia"),
    claim("attends", who="russia", round="astana-11"),
    claim("meets", a="russia", b="iran", round="astana-11"),
    claim("affiliation", official="ivan-petrov", party="russia"),
    claim("role", official="ivan-petrov", title="رئيس الوفد الروسي"),
)
READING = Reading(
    "first",
    "content/articles/first.txt",
    "=عنوان، «فيه» فاصلة",
    dt.date(2018, 11, 28),
    "وكالة",
    "https://news.example/1",
    "كاتب",
    11,
    (
        found("إيفان بتروف", "official", "ivan-petrov"),
        found("الوفد الروسي", "delegation", "russia"),
        found("أستانا 11", "round", "astana-11"),
        found("بتروف", "official", None),
    ),
    CLAIMS,
    (Statement("ivan-petrov", "إيفان بتروف", words("قال"), True),),
)
HELD = (("start", "2018-11-28"), ("end", "2018-11-29"), ("place", "astana"))
ROUND = Record(
    "astana-11",
    "round",
    "أستانا 11",
    "Astana 11",
    "content/rounds/astana-11.md",
    aliases=("astana-xi",),
    process="astana",
    number=11,
    facts=(
        RecordFact("held", HELD, ("https://example.org/1",), "ملاحظة"),
        RecordFact("outcome", (("outcome", "بيان مشترك"),), ("https://example.org/2",)),
    ),
)
PAPER = Record("unscr-2254", "document", "قرار مجلس الأمن 2254", "", "content/documents/unscr-2254.md")
ASTANA = Record("astana", "process", "مسار أستانا", "Astana process", "content/processes/astana.md")
ARCHIVE = settle([READING], Registry({one.id: one for one in (ASTANA, ROUND, PAPER)}), {"russia": "روسيا"})


def files_of(archive: Archive) -> dict[str, bytes]:
    return dict(exports(archive, CONFIG))


FILES = files_of(ARCHIVE)


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a JSON or JSON lines file."""
    body = FILES[f"data/{name}"].decode()
    return [json.loads(line) for line in body.splitlines()] if name.endswith("l") else json.loads(body)


def cells(name: str, files: dict[str, bytes] = FILES) -> list[dict[str, str]]:
    """The rows of a CSV file, as Python's own reader sees them."""
    return list(csv.DictReader(io.StringIO(files[f"data/{name}"].decode("utf-8-sig"), newline="")))


def documented(heading: str) -> list[str]:
    """The names in the first table under a heading of the documentation."""
    section = re.split(r"^#+ ", DOCS.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    table = re.search(r"^\| field .*\n\|.*\n((?:\|.*\n)+)", section, re.MULTILINE)
    assert table is not None, f"docs/data.md has no table of fields under {heading}"
    return re.findall(r"^\| `(\w+)` \|", table[1], re.MULTILINE)


# --- the contract -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mentions", "statements", "sentences"])
def test_the_fields_of_what_articles_say_are_those_of_the_documentation(name: str) -> None:
    assert {tuple(row) for row in rows(f"{name}.jsonl")} == {tuple(documented(f"`{name}.jsonl`"))}


@pytest.mark.parametrize("prop", get_args(Prop))
def test_the_fields_of_each_type_of_claim_are_those_of_the_documentation(prop: Prop) -> None:
    table = re.search(rf"^\| `{prop}` \| (`.*?) \|", DOCS, re.MULTILINE)
    assert table is not None
    common = documented("`claims.jsonl`")
    after = common.index("type") + 1
    (row,) = [row for row in rows("claims.jsonl") if row["type"] == prop]
    assert list(row) == [*common[:after], *re.findall(r"`(\w+)`", table[1]), *common[after:]]


@pytest.mark.parametrize("name", ["processes", "rounds", "delegations", "officials", "documents", "articles"])
def test_the_fields_of_tables_are_those_of_the_documentation(name: str) -> None:
    if name == "articles":
        fields = documented("`articles`")
    else:
        common = documented("Entities")
        after = common.index("provisional") + 1
        fields = [*common[:after], *documented(f"`{name}`"), *common[after:]]
    table = rows(f"{name}.json")
    assert table
    assert {tuple(row) for row in table} == {tuple(fields)}
    assert list(cells(f"{name}.csv")[0]) == [field for field in fields if field != "facts"]


def test_the_fields_of_facts_and_of_the_index_are_those_of_the_documentation() -> None:
    facts = [fact for row in rows("rounds.json") for fact in row["facts"]]
    assert {tuple(fact) for fact in facts} == {tuple(documented("Facts"))}
    index = json.loads(FILES["data/index.json"])
    assert list(index) == documented("`index.json`")
    assert (index["base_url"], index["version"]) == ("https://archive.example", 1)


def test_the_worked_example_points_into_the_first_article() -> None:
    path = Path(__file__).resolve().parents[1] / "content/articles/2018/astana-11.txt"
    body = path.read_text("utf-8").split("---\n", 2)[2]
    blocks = [line.strip() for line in body.splitlines() if line.strip()]
    examples = [json.loads(line) for line in re.findall(r'^\{"article".*\}$', DOCS, re.MULTILINE)]
    assert len(examples) == 3
    for row in examples:
        start, end = (row["quote_start"], row["quote_end"]) if "quote" in row else (row["start"], row["end"])
        assert blocks[row["paragraph"]][start:end] == row.get("quote", row.get("text"))


def test_the_index_describes_every_other_file() -> None:
    index = json.loads(FILES["data/index.json"])
    described = {f"data/{one['path']}": one for one in index["files"]}
    assert described.keys() == FILES.keys() - {"data/index.json"}
    assert {f"data/{name}.{ending}" for name in ("rounds", "officials") for ending in ("json", "csv")} < FILES.keys()
    for name, one in described.items():
        assert one["sha256"] == hashlib.sha256(FILES[name]).hexdigest()
        assert one["bytes"] == len(FILES[name])
    assert {
        name: described[f"data/{name}.jsonl"]["rows"] for name in ("mentions", "statements", "claims", "sentences")
    } == {
        "mentions": 4,
        "statements": 1,
        "claims": 7,
        "sentences": 1,
    }


# --- rows -------------------------------------------------------------------------------------------------------------


def test_a_mention_keeps_its_span_and_an_unresolved_one_has_no_entity() -> None:
    mentions = rows("mentions.jsonl")
    assert [TEXT[row["start"] : row["end"]] for row in mentions] == [row["text"] for row in mentions]
    assert [row["entity"] for row in mentions] == ["ivan-petrov", "russia", "astana-11", None]
    assert mentions[0]["url"] == "/articles/first/#s-0a1b2c3d"


def test_every_row_leads_to_its_sentence() -> None:
    sentences = {(row["article"], row["sentence"]): row["text"] for row in rows("sentences.jsonl")}
    assert sentences == {("first", SENTENCE.anchor): TEXT}
    for name in ("mentions", "statements", "claims"):
        for row in rows(f"{name}.jsonl"):
            assert row.get("quote", row.get("text")) in sentences[row["article"], row["sentence"]]


def test_the_dates_of_a_round_are_never_taken_for_offsets() -> None:
    held = rows("claims.jsonl")[0]
    assert (held["start"], held["end"], held["place"]) == ("2018-11-28", None, "astana")
    assert TEXT[held["quote_start"] : held["quote_end"]] == held["quote"]


def test_an_entity_shows_every_value_and_what_is_for_and_against_it() -> None:
    (row,) = rows("rounds.json")
    assert row["dates"] == ["2018-11-28/2018-11-29", "2018-11-28/.."]
    assert (row["heads"], row["outcome"], row["former_ids"]) == (
        ["russia: ivan-petrov"],
        ["بيان مشترك"],
        ["astana-xi"],
    )
    assert row["facts"][0] == {
        "type": "held",
        "value": {"round": "astana-11", "start": "2018-11-28", "end": "2018-11-29"},
        "sentences": [],
        "registry": [{"sources": ["https://example.org/1"], "note": "ملاحظة"}],
        "against": [],
    }
    assert row["facts"][1]["sentences"] == ["first#s-0a1b2c3d"]


def test_an_entity_that_the_registry_does_not_hold_is_marked_provisional() -> None:
    assert [(row["id"], row["provisional"]) for row in rows("delegations.json")] == [("russia", True)]
    assert [row["provisional"] for row in rows("rounds.json")] == [False]


def test_rounds_are_listed_by_number() -> None:
    numbered = [replace(ROUND, id=f"astana-{number}", number=number, aliases=()) for number in (2, 10, 1)]
    archive = settle([], Registry({one.id: one for one in (ASTANA, *numbered)}), {})
    (process,) = json.loads(files_of(archive)["data/processes.json"])
    assert process["rounds"] == ["astana-1", "astana-2", "astana-10"]


def test_an_empty_archive_has_all_files_and_every_table_its_header() -> None:
    empty = files_of(settle([], Registry(), {}))
    assert empty.keys() == FILES.keys()
    for name, body in empty.items():
        if name.endswith(".csv"):
            assert body.splitlines()[0] == FILES[name].splitlines()[0]


# --- bytes ------------------------------------------------------------------------------------------------------------


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert list(exports(ARCHIVE, CONFIG)) == list(exports(ARCHIVE, CONFIG))


def test_csv_begins_with_a_byte_order_mark_and_its_lines_end_in_crlf() -> None:
    for name, body in FILES.items():
        if name.endswith(".csv"):
            assert body.startswith(b"\xef\xbb\xbf")
            assert body.count(b"\n") == body.count(b"\r\n") > 0


def test_a_list_in_csv_is_joined_and_arabic_comes_back_as_it_was() -> None:
    (row,) = cells("rounds.csv")
    assert (row["name"], row["dates"]) == ("أستانا 11", "2018-11-28/2018-11-29 | 2018-11-28/..")
    assert (row["provisional"], row["number"]) == ("false", "11")


def test_a_cell_that_begins_like_a_formula_is_neutralised_and_only_in_csv() -> None:
    assert cells("articles.csv")[0]["title"] == "'=عنوان، «فيه» فاصلة"
    assert rows("articles.json")[0]["title"] == "=عنوان، «فيه» فاصلة"


@pytest.mark.parametrize("text", ['},{"article":', '"},{"article":"x"', "\\"])
def test_values_that_look_like_the_end_of_a_row_do_not_break_it(text: str) -> None:
    said = READING.statements[0]._replace(speaker_text=text)
    files = files_of(settle([replace(READING, statements=(said, said, said))], Registry(), {}))
    lines = files["data/statements.jsonl"].decode().splitlines()
    assert [json.loads(line)["speaker_text"] for line in lines] == [text] * 3


TITLES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('=+-@"|,\r\n\t\u2028\x85ا'), max_size=12)


@given(TITLES, TITLES)
def test_any_text_comes_back_from_csv_and_json_and_none_runs_as_a_formula(title: str, source: str) -> None:
    archive = settle([replace(READING, title=title, source=source)], Registry(), {})
    files = files_of(archive)
    (row,) = cells("articles.csv", files)
    for field, text in (("title", title), ("source", source)):
        assert row[field].removeprefix("'") == text.removeprefix("'")
        assert not row[field].lstrip(" ").startswith(FORMULA_STARTS)
    assert json.loads(files["data/articles.json"])[0]["title"] == title


@given(TITLES)
def test_a_row_is_one_line_for_every_reader(speaker: str) -> None:
    said = READING.statements[0]._replace(speaker_text=speaker)
    files = files_of(settle([replace(READING, statements=(said, said))], Registry(), {}))
    lines = files["data/statements.jsonl"].decode().splitlines()
    assert [json.loads(line)["speaker_text"] for line in lines] == [speaker, speaker]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_two_tables(kind: Kind) -> None:
    plural = "processes" if kind == "process" else f"{kind}s"
    assert {f"data/{plural}.json", f"data/{plural}.csv"} <= FILES.keys()
