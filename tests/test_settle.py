"""Settling: what agrees is folded, what contradicts is kept, ids are the present ones, and order changes nothing."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.facts import FIELDS
from sijill.model import (
    Archive,
    Claim,
    EntityId,
    Evidence,
    Fields,
    Issue,
    Judgement,
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

TEXT = "وصل إيفان بتروف رئيس الوفد الروسي إلى أستانا صباح أمس."
SENTENCE = Sentence(1, 0, len(TEXT), TEXT, "s-0a1b2c3d")
PARTIES = {"france": "فرنسا", "russia": "روسيا"}


def link(entity: EntityId | None, text: str = "الوفد الروسي", kind: Kind = "delegation", **more: str) -> Link:
    mention = Mention("", 1, 0, len(text), text, kind, "", SENTENCE, "rule:test")
    return Link(mention._replace(**more), entity, "registry-name")  # type: ignore[arg-type]


def claim(prop: Prop, **fields: str) -> Claim:
    quote = "رئيس الوفد الروسي"
    start = TEXT.index(quote)
    return Claim(prop, tuple(fields.items()), Evidence("", 1, start, start + len(quote), quote, SENTENCE, "rule:test"))


def reading(
    article: str,
    *parts: Link | Claim | Statement | Issue,
    date: str | None = "2018-11-28",
) -> Reading:
    """A reading of these parts, which are made to belong to the article."""
    links = [part for part in parts if isinstance(part, Link)]
    claims = [part for part in parts if isinstance(part, Claim)]
    said = [part for part in parts if isinstance(part, Statement)]
    return Reading(
        article,
        f"content/articles/{article}.txt",
        "عنوان",
        None if date is None else dt.date.fromisoformat(date),
        "",
        "",
        "",
        450,
        tuple(one._replace(mention=one.mention._replace(article=article)) for one in links),
        tuple(one._replace(evidence=one.evidence._replace(article=article)) for one in claims),
        tuple(one._replace(verb=one.verb._replace(article=article)) for one in said),
        tuple(part for part in parts if isinstance(part, Issue)),
    )


def registry(*records: Record, judgements: tuple[Judgement, ...] = ()) -> Registry:
    return Registry({record.id: record for record in sorted(records, key=lambda one: one.id)}, judgements)


def record(member: EntityId, kind: Kind = "round", *facts: RecordFact, name: str = "", **more: object) -> Record:
    made = Record(member, kind, name or member, "", f"content/{kind}s/{member}.md", facts=facts)
    return replace(made, **more)  # type: ignore[arg-type]


def entry(prop: str, source: str = "https://example.org/1", **fields: str) -> RecordFact:
    return RecordFact(prop, tuple(fields.items()), (source,))


def same(left: EntityId, right: EntityId, verdict: bool = True) -> Judgement:
    return Judgement(left, right, verdict, "editor", "2026-11-23")


def values(archive: Archive, member: EntityId, prop: str) -> dict[Fields, tuple[Fields, ...]]:
    """An entity's values of one prop, each with those against it; the order of the facts is kept."""
    return {fact.fields: fact.against for fact in archive.entities[member].facts if fact.prop == prop}


ASTANA_11 = record("astana-11", "round", entry("held", start="2018-11-28", end="2018-11-29", place="astana"))
WHEN: Fields = (("round", "astana-11"), ("start", "2018-11-28"), ("end", "2018-11-29"))
WHERE: Fields = (("round", "astana-11"), ("place", "astana"))


# --- values -----------------------------------------------------------------------------------------------------------


def test_the_same_value_from_articles_and_the_registry_is_one_fact_with_all_its_backing() -> None:
    said = claim("held", round="astana-11", start="2018-11-28", end="2018-11-29")
    archive = settle([reading("a", said), reading("b", said, date="2018-12-01")], registry(ASTANA_11), {})
    when, where = archive.entities["astana-11"].facts
    assert (when.fields, where.fields) == (WHEN, WHERE)
    assert [one.evidence.article for one in when.claims] == ["b", "a"]
    assert when.records == where.records == ASTANA_11.facts
    assert (where.claims, when.against, where.against) == ((), (), ())


def test_the_order_in_which_fields_are_written_does_not_matter() -> None:
    one = claim("leads", official="ivan-petrov", delegation="russia", round="astana-11")
    other = claim("leads", round="astana-11", delegation="russia", official="ivan-petrov")
    archive = settle([reading("a", one, other)], registry(ASTANA_11), {})
    (fact,) = archive.entities["astana-11"].facts[2:]
    assert len(fact.claims) == 2


def test_a_meeting_has_no_order() -> None:
    one = claim("meets", a="russia", b="iran", round="astana-11")
    other = claim("meets", a="iran", b="russia", round="astana-11")
    archive = settle([reading("a", one), reading("b", other)], registry(ASTANA_11), {})
    assert list(values(archive, "astana-11", "meets")) == [(("a", "iran"), ("b", "russia"), ("round", "astana-11"))]


def test_a_fact_stands_on_every_entity_that_takes_part_in_it() -> None:
    leads = claim("leads", official="ivan-petrov", delegation="russia", round="astana-11")
    found = (link("ivan-petrov", "إيفان بتروف", "official"), link("russia"), link("astana-11", "أستانا 11", "round"))
    archive = settle([reading("a", leads, *found)], registry(), {})
    assert list(archive.entities) == ["astana-11", "ivan-petrov", "russia"]
    assert {entity.facts for entity in archive.entities.values()} == {archive.entities["russia"].facts}
    assert [fact.claims for fact in archive.entities["russia"].facts] == [archive.readings[0].claims]


def test_a_record_may_leave_itself_out_of_its_facts() -> None:
    heads = entry("leads", official="ivan-petrov", delegation="russia")
    said = claim("leads", official="ivan-petrov", delegation="russia", round="astana-11")
    held_by = (record("astana-11", "round", heads), record("russia", "delegation"))
    (fact,) = settle([reading("a", said)], registry(*held_by), {}).entities["russia"].facts
    assert (len(fact.claims), fact.records) == (1, (heads,))


def test_what_only_a_record_states_stays_with_that_record() -> None:
    papers = (
        record("unscr-2254", "document", entry("issuer", issuer="مجلس الأمن")),
        record("unscr-2401", "document", entry("issuer", issuer="مجلس الأمن")),
    )
    archive = settle([], registry(*papers), {})
    assert [len(fact.records) for entity in archive.entities.values() for fact in entity.facts] == [1, 1]


def test_a_party_without_record_or_mention_has_no_entity() -> None:
    archive = settle([reading("a", claim("affiliation", official="jean-petit", party="france"))], registry(), PARTIES)
    assert dict(archive.entities) == {}


# --- dissent ----------------------------------------------------------------------------------------------------------


def test_two_dates_of_one_round_stand_side_by_side_each_against_the_other() -> None:
    said = claim("held", round="astana-11", start="2018-11-28", end="2018-11-30", place="astana")
    archive = settle([reading("a", said)], registry(ASTANA_11), {})
    other: Fields = (("round", "astana-11"), ("start", "2018-11-28"), ("end", "2018-11-30"))
    assert values(archive, "astana-11", "held") == {WHEN: (other,), other: (WHEN,), WHERE: ()}


def test_a_date_cut_short_is_another_value_but_no_contradiction() -> None:
    said = [claim("held", round="astana-11", start=start) for start in ("2018-11", "2018-11-28", "2018-1")]
    against = values(settle([reading("a", *said)], registry(ASTANA_11), {}), "astana-11", "held")
    assert against[("round", "astana-11"), ("start", "2018-11")] == ((("round", "astana-11"), ("start", "2018-1")),)
    assert against[("round", "astana-11"), ("start", "2018-11-28")] == ((("round", "astana-11"), ("start", "2018-1")),)


def test_two_heads_of_one_delegation_in_one_round_contradict_each_other_only_there() -> None:
    said = [
        claim("leads", official="a-one", delegation="syria", round="astana-11"),
        claim("leads", official="b-two", delegation="syria", round="astana-11"),
        claim("leads", official="b-two", delegation="syria", round="astana-12"),
        claim("leads", official="a-one", delegation="iran", round="astana-11"),
        claim("leads", official="a-one", delegation="syria"),
    ]
    archive = settle([reading("a", *said)], registry(record("syria", "delegation"), record("iran", "delegation")), {})
    against = {fields: len(others) for fields, others in values(archive, "syria", "leads").items()}
    assert list(against.values()) == [1, 1, 0, 0]
    assert set(values(archive, "iran", "leads").values()) == {()}


def test_two_roles_and_a_shorter_wording_are_no_contradiction() -> None:
    said = [claim("role", official="ivan", title=title) for title in ("وزير", "وزير الخارجية", "مبعوث الرئيس")]
    archive = settle([reading("a", *said)], registry(record("ivan", "official")), {})
    assert list(values(archive, "ivan", "role").values()) == [(), (), ()]


def test_a_claim_that_no_registry_value_allows_is_a_warning_on_its_article() -> None:
    said = claim("held", round="astana-11", start="2018-11-27", end="2018-11-29")
    (issue,) = settle([reading("a", said)], registry(ASTANA_11), {}).issues
    assert (issue.level, issue.path, issue.line) == ("warning", "content/articles/a.txt", 0)
    assert issue.message == (
        "paragraph 1: held (round astana-11, start 2018-11-27, end 2018-11-29) "
        "contradicts the registry's (round astana-11, start 2018-11-28, end 2018-11-29)"
    )


def test_a_conflict_that_the_registry_knows_is_no_warning() -> None:
    known = replace(ASTANA_11, facts=(*ASTANA_11.facts, entry("held", start="2018-11-27", place="astana")))
    said = claim("held", round="astana-11", start="2018-11-27", end="2018-11-29")
    archive = settle([reading("a", said)], registry(known), {})
    assert archive.issues == ()
    assert [len(against) for against in values(archive, "astana-11", "held").values()] == [2, 1, 1, 0]


def test_the_issues_of_readings_are_collected() -> None:
    issue = Issue("warning", "content/articles/a.txt", 3, "the text's date differs", "check the date")
    assert settle([reading("a", issue)], registry(), {}).issues == (issue,)


# --- identity ---------------------------------------------------------------------------------------------------------

PETROV = record("ivan-petrov", "official", name="إيفان بتروف")


def petrov(member: EntityId) -> Link:
    return link(member, "إيفان بتروف", "official")


def test_a_judgement_merges_a_provisional_id_into_the_registered_one_everywhere() -> None:
    said = claim("affiliation", official="a-petrov", party="russia")
    spoken = Statement("a-petrov", "بتروف", said.evidence, False)
    judged = registry(PETROV, judgements=(same("a-petrov", "ivan-petrov"),))
    one = reading("a", petrov("a-petrov"), said._replace(said_by="a-petrov"), spoken)
    archive = settle([one], judged, {})
    assert dict(archive.aliases) == {"a-petrov": "ivan-petrov"}
    assert list(archive.entities) == ["ivan-petrov"]
    entity = archive.entities["ivan-petrov"]
    assert (len(entity.links), len(entity.facts), len(entity.statements)) == (1, 1, 1)
    assert "a-petrov" not in repr(archive.readings)
    assert "a-petrov" in repr(one), "the reading that was given stays as it was"


def test_of_two_provisional_ids_the_smaller_survives() -> None:
    archive = settle(
        [reading("a", petrov("petrov-b"), petrov("petrov-a"))], registry(judgements=(same("petrov-b", "petrov-a"),)), {}
    )
    assert list(archive.entities) == ["petrov-a"]


def test_a_later_row_undoes_an_earlier_one_and_a_still_later_row_restores_it() -> None:
    given_ = [reading("a", petrov("petrov-a"), petrov("petrov-b"))]
    rows = (same("petrov-a", "petrov-b"), same("petrov-b", "petrov-a", False), same("petrov-a", "petrov-b"))
    for length, count in ((1, 1), (2, 2), (3, 1)):
        archive = settle(given_, registry(judgements=rows[:length]), {})
        assert (len(archive.entities), archive.issues) == (count, ())


def test_judgements_chain() -> None:
    rows = (same("c", "b"), same("b", "ivan-petrov"))
    archive = settle([reading("a", petrov("c"))], registry(PETROV, judgements=rows), {})
    assert dict(archive.aliases) == {"b": "ivan-petrov", "c": "ivan-petrov"}


def test_an_alias_of_a_record_found_in_a_reading_is_the_record() -> None:
    archive = settle([reading("a", petrov("i-petrov"))], registry(replace(PETROV, aliases=("i-petrov",))), {})
    assert len(archive.entities["ivan-petrov"].links) == 1
    assert dict(archive.aliases) == {"i-petrov": "ivan-petrov"}


@pytest.mark.parametrize(
    ("rows", "kept", "reason"),
    [
        (
            (same("p", "q"), same("q", "r"), same("p", "r", False)),
            2,
            '"p" and "q" cannot be judged the same',
        ),
        (
            (same("p", "r", False), same("p", "q"), same("q", "r")),
            1,
            '"p" and "r" cannot be judged apart',
        ),
        ((same("ivan-petrov", "oleg-popov"),), 3, "ivan-petrov and oleg-popov each have a record"),
        ((same("p", "syria"),), 3, "one is a delegation and the other a official"),
        ((same("nobody", "no-one"),), 3, '"nobody" and "no-one" are in no record and no article'),
    ],
)
def test_judgements_that_cannot_hold_are_reported_and_left_undone(
    rows: tuple[Judgement, ...], kept: int, reason: str
) -> None:
    held = (PETROV, record("oleg-popov", "official"), record("syria", "delegation"))
    archive = settle([reading("a", *map(petrov, "pqr"))], registry(*held, judgements=rows), {})
    assert len(archive.entities) == kept + len(held)
    (issue,) = archive.issues
    assert reason in issue.message
    assert (issue.level, issue.path) == ("warning", "content/identity.toml")


def test_an_alias_that_is_another_record_is_reported() -> None:
    (issue,) = settle(
        [], registry(replace(PETROV, aliases=("oleg-popov",)), record("oleg-popov", "official")), {}
    ).issues
    assert issue.path == "content/officials/ivan-petrov.md"
    assert issue.message.startswith('alias "oleg-popov" of "ivan-petrov" cannot hold')


def test_who_is_said_to_meet_himself_after_a_merge_is_reported_and_no_fact() -> None:
    rows = (same("i-petrov", "ivan-petrov"),)
    archive = settle(
        [reading("a", claim("meets", a="i-petrov", b="ivan-petrov"))], registry(PETROV, judgements=rows), {}
    )
    assert archive.entities["ivan-petrov"].facts == ()
    assert [issue.message for issue in archive.issues] == ['paragraph 1: "ivan-petrov" would have met itself']


# --- entities ---------------------------------------------------------------------------------------------------------


def test_a_provisional_official_has_the_longest_full_form_for_a_name() -> None:
    found = [
        link("ivan", "إيفان", "official"),
        link("ivan", "إيفان بتروف", "official"),
        link("ivan", "أيفان بتروف", "official"),
        link("ivan", "أيفان بتروف", "official"),
        link("ivan", "السيد بتروف المذكور", "official", form="short"),
        link("ivan", "وزير الخارجية الروسي", "official", form="nominal"),
    ]
    entity = settle([reading("a", *found)], registry(), {}).entities["ivan"]
    assert (entity.name, entity.record) == ("أيفان بتروف", None)
    assert entity.variants == (("أيفان بتروف", 2), ("إيفان", 1), ("إيفان بتروف", 1), ("السيد بتروف المذكور", 1))


@pytest.mark.parametrize(
    ("member", "kind", "text", "name"),
    [
        ("astana-23", "round", "الجولة القادمة", "أستانا 23"),
        ("vienna-2", "round", "فيينا 2", "فيينا 2"),
        ("france", "delegation", "الوفد الفرنسي", "فرنسا"),
        ("guarantor-states", "delegation", "ممثلو الدول الضامنة", "ممثلو الدول الضامنة"),
        ("unscr-1325", "document", "القرار 1325", "قرار مجلس الأمن 1325"),
        ("some-letter", "document", "رسالة الضامنين", "رسالة الضامنين"),
    ],
)
def test_provisional_entities_are_named_from_what_the_archive_knows(
    member: EntityId, kind: Kind, text: str, name: str
) -> None:
    astana = record("astana", "process", name="مسار أستانا", cities=("أستانا", "أستانة"))
    archive = settle([reading("a", link(member, text, kind))], registry(astana), PARTIES)
    assert archive.entities[member].name == name


def test_links_come_newest_article_first_undated_last_then_in_the_order_of_the_text() -> None:
    archive = settle(
        [
            reading("old", link("russia", "وفد"), date="2017-01-01"),
            reading("undated", link("russia", "وفد"), date=None),
            reading("new", link("russia", "ب"), link(None, "لا أحد"), link("russia", "أ"), date="2018-01-01"),
            reading("also-new", link("russia", "وفد"), date="2018-01-01"),
        ],
        registry(),
        PARTIES,
    )
    seen = [(one.mention.article, one.mention.text) for one in archive.entities["russia"].links]
    assert seen == [("also-new", "وفد"), ("new", "ب"), ("new", "أ"), ("old", "وفد"), ("undated", "وفد")]


def test_entities_come_in_the_order_of_their_ids_and_records_without_articles_are_there() -> None:
    archive = settle([reading("a", link("iran"))], registry(record("syria", "delegation"), ASTANA_11), {})
    assert list(archive.entities) == ["astana-11", "iran", "syria"]
    assert archive.entities["syria"].links == ()


# --- properties -------------------------------------------------------------------------------------------------------

OFFICIALS, DELEGATIONS, ROUNDS = ("p", "q", "ivan-petrov"), ("syria", "iran"), ("astana-11", "astana-23")
POOLS = {"official": OFFICIALS, "delegation": DELEGATIONS, "party": DELEGATIONS, "round": ROUNDS, "who": DELEGATIONS}
POOLS |= {"a": OFFICIALS, "b": OFFICIALS, "place": ("astana", "sochi"), "title": ("وزير", "وزير الخارجية")}
POOLS |= {"start": ("2018-11-27", "2018-11-28"), "end": ("2018-11", "2018-11-29"), "date": ("2018-11-27",)}


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    prop: Prop = draw(st.sampled_from(get_args(Prop)))
    optional = {"start", "end", "place", "date", *(("round",) if prop in ("leads", "member", "meets") else ())}
    names = [name for name in FIELDS[prop] if name not in optional or draw(st.booleans())]
    return claim(prop, **{name: draw(st.sampled_from(POOLS[name])) for name in names})


LINKS = st.one_of(
    st.builds(link, st.sampled_from(OFFICIALS), st.sampled_from(("بتروف", "إيفان بتروف")), st.just("official")),
    st.builds(link, st.sampled_from((*DELEGATIONS, None))),
    st.builds(link, st.sampled_from(ROUNDS), st.just("الجولة"), st.just("round")),
)
READINGS = st.lists(
    st.tuples(st.lists(st.one_of(LINKS, claims()), max_size=8), st.sampled_from(("2018-11-28", "2018-12-01", None))),
    max_size=6,
).map(lambda rows: [reading(f"a{n}", *parts, date=date) for n, (parts, date) in enumerate(rows)])
JUDGEMENTS = st.lists(
    st.builds(same, st.sampled_from(OFFICIALS), st.sampled_from(OFFICIALS), st.booleans()), max_size=4
).map(tuple)


@settings(max_examples=60, deadline=None)
@given(READINGS, JUDGEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_readings_changes_nothing(
    found: list[Reading], rows: tuple[Judgement, ...], chance: random.Random
) -> None:
    held = registry(PETROV, ASTANA_11, judgements=rows)
    shuffled = list(found)
    chance.shuffle(shuffled)
    one, other = settle(found, held, PARTIES), settle(shuffled, held, PARTIES)
    assert one == other
    assert list(one.entities) == list(other.entities)


@settings(max_examples=60, deadline=None)
@given(READINGS, JUDGEMENTS)
def test_nothing_is_lost_and_nothing_is_without_evidence(found: list[Reading], rows: tuple[Judgement, ...]) -> None:
    archive = settle(found, registry(PETROV, ASTANA_11, judgements=rows), PARTIES)
    entities = archive.entities.values()
    assert sum(len(entity.links) for entity in entities) == sum(
        one.entity is not None for each in found for one in each.links
    )
    facts = [fact for entity in entities for fact in entity.facts]
    assert all(fact.claims or fact.records for fact in facts)
    known = {(fact.prop, fact.fields): fact for fact in facts}
    for fact in facts:
        for fields in fact.against:
            assert fact.fields in known[fact.prop, fields].against
    backing = {id(one) for fact in facts for one in fact.claims}
    for each in archive.readings:
        for one in each.claims:
            ids = {one.get(name) for name in ("official", "delegation", "round", "a", "b", "who", "party")}
            itself = one.prop == "meets" and one.get("a") == one.get("b")
            assert (id(one) in backing) == (bool(ids & archive.entities.keys()) and not itself)
    assert not archive.aliases.keys() & archive.entities.keys()
