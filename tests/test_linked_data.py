"""The data for other programs: Turtle and JSON-LD say the same as the rows, and every file and field is explained."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import PROV, RDF, SDO, Namespace

from sijill.config import Config
from sijill.exports import exports
from sijill.pages import data_page
from sijill.rdf import CLASSES, TERMS
from tests.fixture_archive import made_up, real_site, renderer
from tests.test_exports import DOCS, documented

OLD_NAME = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""rdflib's own reader of JSON-LD still uses it."""
BASE = "http://localhost:8000"
TERM = Namespace(f"{BASE}/data/#graph-")
XML_TYPES: dict[str, Callable[[str], object]] = {
    "integer": int,
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@cache
def files() -> dict[str, bytes]:
    site = real_site()
    return dict(exports(site.archive, site.config))


@cache
def graph() -> Graph:
    return Graph().parse(data=files()["data/archive.ttl"], format="turtle")


@cache
def page() -> str:
    index = json.loads(files()["data/index.json"])
    return renderer(real_site()).render(data_page(real_site(), index)).decode()


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files()[f"data/{name}.jsonl"].splitlines()]


def one(subject: Any, predicate: Any) -> str | None:
    found = list(graph().objects(subject, predicate))
    assert len(found) <= 1
    return str(found[0]) if found else None


@OLD_NAME
def test_turtle_and_json_ld_are_one_graph() -> None:
    other = Graph().parse(data=files()["data/archive.jsonld"], format="json-ld")
    assert len(graph()) > 3000
    assert to_isomorphic(other) == to_isomorphic(graph())


def test_every_claim_is_quoted_from_its_sentence() -> None:
    wanted = Counter((row["type"], f"{BASE}{row['url']}", row["quote"]) for row in rows("claims"))
    found = Counter(
        (one(node, TERM.type), one(node, PROV.wasQuotedFrom), one(node, PROV.value))
        for node in graph().subjects(RDF.type, TERM.Claim)
    )
    assert found == wanted
    sentences = {f"{BASE}{row['url']}" for row in rows("sentences")}
    assert {str(each) for each in graph().objects(None, PROV.wasQuotedFrom)} <= sentences


@pytest.mark.parametrize("field", ["official", "delegation", "round", "who", "party", "said_by"])
def test_the_fields_of_claims_lead_to_pages_or_name_what_has_none(field: str) -> None:
    entities = real_site().archive.entities
    hrefs = real_site().hrefs
    wanted = Counter(
        f"{BASE}{hrefs[row[field]]}" if row[field] in entities else row[field]
        for row in rows("claims")
        if row.get(field)
    )
    claims = list(graph().subjects(RDF.type, TERM.Claim))
    found = Counter(str(value) for claim in claims for value in graph().objects(claim, TERM[field]))
    assert found == wanted
    for claim in claims:
        for value in graph().objects(claim, TERM[field]):
            assert isinstance(value, URIRef if str(value).startswith(BASE) else Literal)


def test_every_statement_is_there_with_its_speaker() -> None:
    found = list(graph().subjects(RDF.type, TERM.Statement))
    assert len(found) == len(rows("statements"))
    assert {one(node, TERM.direct) for node in found} <= {"true", "false"}


def test_every_fact_of_the_registry_has_a_source() -> None:
    facts = list(graph().subjects(RDF.type, TERM.RegistryFact))
    assert len(facts) > 100
    for fact in facts:
        assert list(graph().objects(fact, PROV.hadPrimarySource)) + list(graph().objects(fact, SDO.citation))
    held = [fact for fact in facts if (fact, TERM.round, URIRef(f"{BASE}/rounds/astana-11/")) in graph()]
    starts = {value for fact in held for value in graph().objects(fact, TERM.start)}
    assert {str(value) for value in starts if isinstance(value, Literal)} == {"2018-11-28"}


def test_entities_have_the_names_of_their_tables() -> None:
    for name in ("processes", "rounds", "delegations", "officials", "documents"):
        for row in json.loads(files()[f"data/{name}.json"]):
            node = URIRef(f"{BASE}{row['url']}")
            assert one(node, SDO.name) == row["name"]
            assert one(node, TERM.provisional) == str(row["provisional"]).lower()


def test_only_words_that_the_data_page_explains_are_used() -> None:
    used = {
        str(each).removeprefix(str(TERM))
        for triple in graph()
        for each in triple[1:]
        if str(each).startswith(str(TERM))
    }
    assert used <= {*CLASSES, *TERMS}
    assert set(re.findall(r"^\| `term:(\w+)` \|", DOCS, re.MULTILINE)) == set(CLASSES)


@OLD_NAME
@settings(max_examples=40, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\<>{}|^`@ \u2028#'), min_size=1, max_size=12
    )
)
def test_any_text_makes_turtle_and_json_ld_that_can_be_read(text: str) -> None:
    site, _ = made_up(text, f"https://example.org/{text}")
    found = dict(exports(site.archive, Config(title=text, base_url="https://example.org", language="ar")))
    turtle = Graph().parse(data=found["data/archive.ttl"], format="turtle")
    names = {str(each) for each in turtle.objects(None, SDO.headline)}
    assert names == {text}
    assert len(Graph().parse(data=found["data/archive.jsonld"], format="json-ld")) == len(turtle)


# --- CSV on the Web ---------------------------------------------------------------------------------------------------


def test_the_description_of_columns_fits_every_csv_file() -> None:
    metadata = json.loads(files()["data/csv-metadata.json"])
    tables = {each["url"]: each["tableSchema"] for each in metadata["tables"]}
    assert {f"data/{name}" for name in tables} == {name for name in files() if name.endswith(".csv")}
    for name, schema in tables.items():
        table = list(csv.DictReader(io.StringIO(files()[f"data/{name}"].decode("utf-8-sig"), newline="")))
        wanted = json.loads(files()[f"data/{name[:-4]}.json"])
        columns = {each["name"]: each for each in schema["columns"]}
        assert list(table[0]) == list(columns)
        assert len({row[schema["primaryKey"]] for row in table}) == len(table)
        for row, json_row in zip(table, wanted, strict=True):
            for column, cell in row.items():
                described = columns[column]
                separator = described.get("separator")
                value = json_row[column]
                if separator is not None:
                    assert (cell.removeprefix("'").split(separator) if cell else []) == [
                        str(each).replace(separator, " / ") for each in value
                    ]
                elif cell:
                    assert XML_TYPES[described["datatype"]](cell.removeprefix("'")) == value
                else:
                    assert value in (None, "")


# --- the data page ----------------------------------------------------------------------------------------------------


def ids() -> set[str]:
    return {each.attrib["id"] for each in html5lib.parse(page()).iter() if "id" in each.attrib}


def test_the_data_page_lists_every_file_with_its_size() -> None:
    index = json.loads(files()["data/index.json"])
    for file in index["files"]:
        assert f'href="/data/{file["path"]}"' in page()
        assert f"{-(-file['bytes'] // 1000):,} كيلوبايت" in page()
    assert 'href="/data/index.json"' in page()


def test_the_data_page_explains_every_field_of_every_file_and_no_other() -> None:
    """The documentation is held to the same fields by the tests of the exports."""
    index = json.loads(files()["data/index.json"])
    wanted = {f"{file['path'].partition('.')[0]}-{field}" for file in index["files"] for field in file["fields"]}
    wanted |= {f"index-{field}" for field in documented("`index.json`")}
    wanted |= {f"facts-{field}" for field in documented("Facts")}
    wanted |= {f"graph-{term}" for term in (*CLASSES, *TERMS)}
    assert {each for each in ids() if "-" in each and not each.startswith("h-")} == wanted
    addresses = re.findall(r'"propertyUrl": "([^"]+)"', files()["data/csv-metadata.json"].decode())
    assert {each.partition("#")[2] for each in addresses} <= ids()


def test_the_version_is_of_the_content_and_stands_in_the_citation() -> None:
    index = json.loads(files()["data/index.json"])
    assert re.fullmatch(r"2018-11-28\.[0-9a-f]{8}", index["data_version"])
    assert page().count(index["data_version"]) >= 3
    (item,) = json.loads(html.unescape(re.findall(r"<pre dir=\"ltr\">(.*?)</pre>", page(), re.DOTALL)[1]))
    assert (item["type"], item["version"]) == ("dataset", index["data_version"])
    assert f'<bdi dir="ltr">{index["data_version"]}</bdi>' in page()
    site = made_up("اسم")[0]
    versions = {
        json.loads(dict(exports(made_up(text)[0].archive, site.config))["data/index.json"])["data_version"]
        for text in ("اسم", "اسم", "آخر")
    }
    assert len(versions) == 2
