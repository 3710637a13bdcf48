"""Structured data: only words of schema.org, each where it belongs, and nothing that no source states."""

from __future__ import annotations

import dataclasses
import functools
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sijill.model import Fact
from sijill.pages import Site, site_of
from sijill.pages.schema import event, organization, person
from tests.fixture_archive import all_pages, first_article, made_up, real_html, real_site, renderer, words

ROOT = Path(__file__).resolve().parents[1]
TYPES = ROOT / "requirements" / "node" / "node_modules" / "schema-dts" / "dist" / "schema.d.ts"
PLAIN = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Boolean", "XPathType", "CssSelectorType"}
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """schema.org as Google publishes it in types: what each type is a kind of, and the properties that it brings."""

    above: dict[str, set[str]]
    properties: dict[str, dict[str, set[str]]]
    """By type, its own properties with the types of their values."""

    def kinds(self, name: str) -> set[str]:
        """The type and all above it."""
        return {name}.union(*(self.kinds(each) for each in self.above.get(name, ())))

    def range_of(self, name: str, prop: str) -> set[str] | None:
        """The types of a property's values; None where the type has no such property."""
        found = [own[prop] for kind in self.kinds(name) if prop in (own := self.properties.get(kind, {}))]
        return set().union(*found) if found else None


@functools.cache
def vocabulary() -> Vocabulary:
    if not TYPES.is_file():
        pytest.fail("schema-dts is not installed (run: make test)")
    above: dict[str, set[str]] = {}
    properties: dict[str, dict[str, set[str]]] = {}
    pattern = r"^interface (\w+?)Base(?: extends ([^{]+))? \{\n(.*?)^\}"
    for name, parents, body in re.findall(pattern, TYPES.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        parents = parents.replace("Partial<IdReference>", "")
        above[name] = {each.strip().removesuffix("Base") for each in parents.split(",") if each.strip()}
        rows = re.findall(r'^    "(\w+)"\?: SchemaValue<(.*?), "\w+">', body, re.MULTILINE)
        properties[name] = {prop: set(values.split(" | ")) for prop, values in rows}
    for name, parent in re.findall(
        r"^export interface (\w+?)Leaf extends (\w+)Base \{", TYPES.read_text("utf-8"), re.MULTILINE
    ):
        if name != parent:  # a type without properties of its own
            above[name], properties[name] = {parent}, {}
    return Vocabulary(above, properties)


def wrong(node: Any, inside: str = "") -> Iterator[str]:
    """What in a block is not schema.org's. `inside` is the property whose value a Role stands for."""
    kind = node.get("@type")
    if kind is None:
        yield from (f"a reference has {name}" for name in node.keys() - {"@id"})
        return
    known = vocabulary()
    if kind not in known.properties:
        yield f"there is no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        allowed = known.range_of(kind, name)
        if "Role" in known.kinds(kind) and name == inside:
            continue
        if allowed is None:
            yield f"{kind} has no property {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from wrong(each, name)
                of = each.get("@type")
                if of is not None and not known.kinds(of) & (allowed | {"Role"}):
                    yield f"{kind}.{name} is no {of}"
            elif not allowed & PLAIN:
                yield f"{kind}.{name} is not plain, but {each!r}"
            elif allowed & PLAIN <= {"Date", "DateTime", "Time"} and not DAY.fullmatch(str(each)):
                yield f"{kind}.{name} is not a date, but {each!r}"
            elif allowed & PLAIN == {"URL"} and not str(each).startswith(("http://", "https://")):
                yield f"{kind}.{name} is not an address, but {each!r}"


def blocks(page: str) -> list[dict[str, Any]]:
    """The nodes of all structured data of a page."""
    found: list[dict[str, Any]] = []
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        block = json.loads(text)
        assert block.pop("@context") == "https://schema.org"
        found += block.get("@graph", [block])
    return found


def of_type(page: str, kind: str) -> list[dict[str, Any]]:
    return [each for each in blocks(page) if each["@type"] == kind]


def test_every_page_of_the_real_site_speaks_the_words_of_schema_org() -> None:
    seen = set()
    for url, page in real_html().items():
        for node in blocks(page):
            assert list(wrong(node)) == [], url
            seen.add(node["@type"])
    assert seen == {
        "Event", "EventSeries", "Organization", "Person", "NewsArticle", "Claim", "CreativeWork", "Dataset",
        "BreadcrumbList",
    }  # fmt: skip


def test_whatever_the_texts_hold_the_data_speaks_the_words_of_schema_org() -> None:
    site, article = made_up('</script>"<b> Latin')
    for page in all_pages(site, article):
        for node in blocks(renderer(site).render(page).decode()):
            assert [each for each in wrong(node) if "is not a date" not in each] == [], page.url


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({"@type": "Evnt"}, "there is no type Evnt"),
        ({"@type": "Event", "headline": "x"}, "Event has no property headline"),
        ({"@type": "Event", "location": {"@type": "Person"}}, "Event.location is no Person"),
        ({"@type": "Event", "startDate": "28.11."}, "Event.startDate is not a date, but '28.11.'"),
        ({"@type": "Person", "sameAs": "x"}, "Person.sameAs is not an address, but 'x'"),
        ({"@type": "Claim", "appearance": "x"}, "Claim.appearance is not plain, but 'x'"),
        ({"@type": "Person", "memberOf": {"@type": "OrganizationRole", "member": "x"}}, "has no property member"),
    ],
)
def test_the_check_notices_what_is_wrong(node: dict[str, Any], message: str) -> None:
    assert any(message in each for each in wrong(node))


def test_an_article_cites_the_documents_that_it_names() -> None:
    (found,) = of_type(real_html()["/articles/astana-11/"], "NewsArticle")
    assert [each["@id"].rpartition("/documents/")[2] for each in found["citation"]] == ["unscr-2254/"]
    assert found["citation"][0] in found["mentions"]


def test_a_round_says_when_where_in_what_and_who_came() -> None:
    (found,) = of_type(real_html()["/rounds/astana-11/"], "Event")
    assert (found["startDate"], found["endDate"]) == ("2018-11-28", "2018-11-29")
    assert found["location"] == {"@type": "Place", "name": "أستانا"}
    assert found["superEvent"]["@id"] == "http://localhost:8000/processes/astana/"
    facts = real_site().archive.entities["astana-11"].facts
    came = {fact.get("who") for fact in facts if fact.prop == "attends"}
    assert {each["@id"].split("/")[-2] for each in found["attendee"]} <= came


def test_an_official_holds_dated_offices_and_led_delegations_in_the_days_of_rounds() -> None:
    (found,) = of_type(real_html()["/officials/bashar-jaafari/"], "Person")
    site = real_site()
    official = site.archive.entities["bashar-jaafari"]
    titles = {(fact.get("title"), fact.get("start"), fact.get("end")) for fact in official.facts if fact.prop == "role"}
    told = {(each["jobTitle"], each.get("startDate"), each.get("endDate")) for each in found["jobTitle"]}
    assert told <= titles
    assert len(told) >= 4
    days = {
        (fact.get("start"), fact.get("end") or fact.get("start"))
        for round in site.archive.of("round")
        for fact in round.facts
        if fact.prop == "held" and fact.get("start")
    }
    for role in found["memberOf"]:
        assert role["memberOf"]["@id"].endswith("/delegations/syria/")
        assert (role["startDate"], role["endDate"]) in days
    assert "Bashar Jaafari" in found["alternateName"]


def test_a_delegation_names_its_heads() -> None:
    (found,) = of_type(real_html()["/delegations/syria/"], "Organization")
    assert {role["member"]["name"] for role in found["member"]} >= {"بشار الجعفري"}


def test_every_claim_of_an_article_leads_to_the_sentence_that_holds_its_words() -> None:
    page = real_html()["/articles/astana-11/"]
    (reading,) = real_site().archive.readings
    sentences = {claim.evidence.sentence.anchor: claim.evidence.sentence.text for claim in reading.claims}
    found = of_type(page, "Claim")
    assert len(found) == min(len(reading.claims), 20)
    for claim in found:
        address, _, anchor = claim["appearance"]["url"].partition("#")
        assert address == "http://localhost:8000/articles/astana-11/"
        assert claim["text"] in sentences[anchor]
        assert f'id="{anchor}"' in page
    ascribed = [claim.said_by is not None for claim in reading.claims[:20]]
    assert ["author" in claim for claim in found] == ascribed, "the article's own outlet is not known"


def test_a_claim_that_the_article_ascribes_has_that_author_and_others_have_the_outlet() -> None:
    site, article = made_up("صحيفة")
    page = html.unescape(renderer(site).render(all_pages(site, article)[-1]).decode())
    authors = [claim.get("author", {}) for claim in of_type(page, "Claim")]
    assert [each.get("@type") for each in authors] == ["Person", "Organization", None, "Organization", "Organization"]


def test_a_value_that_sources_dispute_is_left_out_unless_the_registry_gives_it() -> None:
    site, _ = made_up("قيمة")
    round = site.archive.entities["talks-1"]
    held = Fact("held", (("round", "talks-1"), ("start", "2018-11-28")), round.facts[1].claims, ())
    against = dataclasses.replace(held, against=((("round", "talks-1"), ("start", "2018-11-29")),))
    by_registry = dataclasses.replace(against, records=round.facts[-1].records)
    told = [
        event(site, dataclasses.replace(round, facts=(fact,)), None).get("startDate")
        for fact in (held, against, by_registry)
    ]
    assert told == ["2018-11-28", None, "2018-11-28"]


def test_lists_have_an_end() -> None:
    site, _ = made_up("اسم")
    base = site.archive.entities["someone"]
    fields = (("official", "someone"), ("delegation", "side"), ("round", "talks-1"))
    roles = tuple(
        Fact("role", (("official", "someone"), ("title", f"صفة {n}"), ("start", "2018")), (), base.facts[-1].records)
        for n in range(200)
    )
    led = tuple(Fact("leads", fields, (), base.facts[-1].records) for _ in range(200))
    official = dataclasses.replace(base, facts=(*roles, *led))
    side = dataclasses.replace(site.archive.entities["side"], facts=led)
    grown = _with(site, official=official)
    data: Any = person(grown, official, "", "")
    assert (len(data["jobTitle"]), len(data["memberOf"])) == (12, 12)
    heads: Any = organization(grown, side)["member"]
    assert len(heads) == 12


def _with(site: Site, official: Any) -> Site:
    entities = {**site.archive.entities, official.id: official}
    return site_of(dataclasses.replace(site.archive, entities=entities), site.config, words(), {})


def test_the_trail_of_a_page_ends_with_the_page() -> None:
    for url, page in real_html().items():
        for trail in of_type(page, "BreadcrumbList") if url.endswith("/") else ():
            items = trail["itemListElement"]
            assert [each["position"] for each in items] == list(range(1, len(items) + 1))
            assert items[-1]["item"]["@id"] == f"http://localhost:8000{url}"
    assert first_article().title in str(blocks(real_html()["/articles/astana-11/"]))
