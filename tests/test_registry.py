"""The registry: what a record means, each kind of mistake in its exact words, file and line; our own records."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sijill.arabic.parties import party_names
from sijill.config import load_config
from sijill.issues import line_text
from sijill.model import KINDS, Judgement, RecordFact, Registry
from sijill.registry import load_registry

CONTENT = Path(__file__).parent.parent / "content"

SOUND = {
    "processes/astana.md": "---\nname: مسار أستانا\ncities: [أستانا, أستانة]\n---\n",
    "officials/samir-test.md": "---\nname: سمير تجربة\nparty: syria\n---\n",
    "delegations/syria.md": "---\nname: وفد الحكومة السورية\n---\n",
}


def loaded(root: Path, files: dict[str, str | bytes], sound: bool = True) -> tuple[Registry, list[str]]:
    """The registry of a content folder with these files, and its issues as the editor sees them."""
    content = root / "content"
    everything: dict[str, str | bytes] = {**SOUND, **files} if sound else dict(files)
    for name, text in everything.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    registry, issues = load_registry(content, {"france": "فرنسا"}, {"astana": ""})
    return registry, [line_text(issue) for issue in issues]


def fact_in_round(fact: str) -> dict[str, str | bytes]:
    """A round whose first fact starts on line 7."""
    return {
        "rounds/astana-1.md": f"---\nname: أستانا 1\nprocess: astana\nnumber: 1\nsources: [صحيفة]\nfacts:\n{fact}---\n"
    }


DATE = "(write YYYY-MM-DD, YYYY-MM or YYYY)"
SLUG = "(write small Latin letters, digits and single hyphens)"
ONE_THING = "(write each fact with its own hyphen)"


# --- what a record means


def test_a_round_says_what_its_file_says_and_completes_its_facts_with_itself(tmp_path: Path) -> None:
    text = """---
name:   أستانا
        1
latin: Astana 1
process: astana
number: 1
variants: ['لقاء تجريبي']
aliases: [astana-first]
sources: [https://example.org/a]
facts:
  - held: {place: astana, start: 2017-01-23, end: 2017-01}
  - leads: {official: samir-test, delegation: syria}
    note: بحسب القائمة
    sources: [https://example.org/b, صحيفة بلا عنوان]
  - outcome: صدر بيان.
---

ملاحظة المحرر.
"""
    registry, issues = loaded(tmp_path, {"rounds/astana-1.md": text})
    assert issues == []
    record = registry.records["astana-1"]
    assert (record.kind, record.name, record.latin, record.process, record.number) == (
        "round",
        "أستانا 1",
        "Astana 1",
        "astana",
        1,
    )
    assert (record.variants, record.aliases, record.note) == (("لقاء تجريبي",), ("astana-first",), "ملاحظة المحرر.")
    assert record.path == "content/rounds/astana-1.md"
    assert record.facts == (
        RecordFact(
            "held",
            (("round", "astana-1"), ("start", "2017-01-23"), ("end", "2017-01"), ("place", "astana")),
            ("https://example.org/a",),
        ),
        RecordFact(
            "leads",
            (("official", "samir-test"), ("delegation", "syria"), ("round", "astana-1")),
            ("https://example.org/b", "صحيفة بلا عنوان"),
            "بحسب القائمة",
        ),
        RecordFact("outcome", (("text", "صدر بيان."),), ("https://example.org/a",)),
    )


def test_a_delegation_is_its_own_party_and_has_the_capacity_of_its_first_such_fact(tmp_path: Path) -> None:
    text = "---\nname: وفد\nsources: [س]\nfacts:\n  - capacity: host\n  - capacity: observer\n---\n"
    registry, issues = loaded(tmp_path, {"delegations/kazakhstan.md": text})
    assert issues == []
    assert registry.records["kazakhstan"].party == "kazakhstan"
    assert registry.records["kazakhstan"].capacity == "host"


def test_a_party_may_be_a_delegation_or_stand_in_the_list_of_parties(tmp_path: Path) -> None:
    registry, issues = loaded(tmp_path, {"officials/jean-test.md": "---\nname: جان\nparty: france\n---\n"})
    assert issues == []
    assert {registry.records[id].party for id in ("jean-test", "samir-test")} == {"france", "syria"}


def test_the_sources_of_a_record_are_kept_for_its_party_whatever_its_facts_name(tmp_path: Path) -> None:
    text = "---\nname: جان\nparty: france\nsources: [س]\nfacts:\n  - role: {title: سفير}\n    sources: [ص]\n---\n"
    registry, issues = loaded(tmp_path, {"officials/jean-test.md": text})
    assert issues == []
    assert registry.records["jean-test"].sources == ("س",)
    assert [fact.sources for fact in registry.records["jean-test"].facts] == [("ص",)]


def test_records_come_in_the_order_of_their_ids_whatever_their_kind(tmp_path: Path) -> None:
    registry, _ = loaded(tmp_path, {})
    assert list(registry.records) == ["astana", "samir-test", "syria"]


def test_hidden_files_and_backups_are_no_records_and_no_mistakes(tmp_path: Path) -> None:
    registry, issues = loaded(tmp_path, {"rounds/.astana-1.md": "x", "rounds/astana-1.md~": "x", "rounds/#a.md#": "x"})
    assert (registry.of("round"), issues) == ((), [])


def test_a_site_may_have_no_registry_at_all(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert load_registry(tmp_path / "content") == (Registry(), ())


# --- what is wrong with one file


@pytest.mark.parametrize(
    ("name", "text", "issue"),
    [
        (
            "processes/x.md",
            "---\nnmae: أ\n---\n",
            [
                "1: error: the record has no name (add a line `name: …`)",
                '2: error: key "nmae" is not known (did you mean name?)',
            ],
        ),
        ("processes/x.md", "---\nname:\n---\n", ["2: error: the record has no name (add a line `name: …`)"]),
        (
            "processes/x.md",
            "نص بلا رأس\n",
            [
                "1: error: the record has no front matter "
                "(start with a line of ---, then `name: …`, then another line of ---)"
            ],
        ),
        (
            "processes/x.md",
            "---\nname: أ\n",
            [
                "1: error: the front matter is not closed "
                "(end it with a line of ---, or put an empty line before the first --- if none is meant)"
            ],
        ),
        (
            "processes/x.md",
            "---\nname: أ\nlatin: a: b\n---\n",
            [
                "3: error: broken YAML: mapping values are not allowed in this context "
                "(check the indentation, and put quotes around a value that contains a colon, # or brackets)"
            ],
        ),
        (
            "processes/x.md",
            "---\nname: أ\nlatin: a\nname: ب\n---\n",
            ['4: error: the key "name" is already on line 2 (keep one of the two)'],
        ),
        (
            "processes/x.md",
            "---\nname: &n أ\nlatin: *n\n---\n",
            [
                "2: error: the anchor &n is not allowed (remove it and write values out)",
                "3: error: the alias *n is not allowed (write the value out)",
            ],
        ),
        (
            "processes/x.md",
            b"---\nname: a\nlatin: \xff\n---\n",
            ["3: error: byte 0xFF is not UTF-8 (save the file as UTF-8)"],
        ),
        ("processes/x.md", "---\nname: أ\u202e\n---\n", ["2: error: U+202E is a direction override (remove it)"]),
        ("processes/x.md", '---\nname: "\\u202E"\n---\n', ["2: error: name holds a control character (remove it)"]),
        (
            "processes/x.md",
            "---\nname: [أ]\n---\n",
            [
                "2: error: name is a list or a table (write one value, as in `name: …`)",
            ],
        ),
        (
            "processes/x.md",
            "---\nname: أ\nvariants: ب\n---\n",
            ["3: error: variants is not a list (write each on a line of its own, as in `  - …`)"],
        ),
        (
            "processes/x.md",
            "---\nname: أ\nvariants:\n  - ب\n  -\n  - ب\n---\n",
            [
                "5: error: variants holds an empty line (remove the hyphen, or write a value after it)",
                '6: error: "ب" stands twice in variants (remove one)',
            ],
        ),
        (
            "processes/x.md",
            "---\nname: أ\naliases: [Astana Talks]\n---\n",
            [f'3: error: alias "Astana Talks" is not an id {SLUG}'],
        ),
        (
            "processes/x.md",
            "---\nname: أ\nsources: [س]\nfacts:\n  - role: مدير\n---\n",
            ['5: error: "role" is not a property of a process (it has no facts)'],
        ),
        ("rounds/x.md", "---\nname: أ\n---\n", ["1: error: process is missing (add a line `process: …` with an id)"]),
        (
            "rounds/x.md",
            "---\nname: أ\nprocess: astana\nnumber: ١١\n---\n",
            ['4: error: number "١١" is not a number (write it as in `number: 11`)'],
        ),
        ("officials/x.md", "---\nname: أ\n---\n", ["1: error: party is missing (add a line `party: …` with an id)"]),
        (
            "officials/x.md",
            "---\nname: أ\nparty: Syria\n---\n",
            [f'3: error: party "Syria" is not an id {SLUG}'],
        ),
        (
            "officials/x.md",
            "---\nname: أ\nparty: syria\nborn: 1960\n---\n",
            ['4: error: key "born" is not known (known are name, latin, variants, aliases, sources, facts, party)'],
        ),
        (
            "officials/x.md",
            "---\nname: أ\nparty: syria\nsources: [س]\nfacts:\n  - outcome: أ\n---\n",
            [
                '6: error: "outcome" is not a property of an official '
                "(its properties are leads, member, meets, attends, absent, affiliation, role)"
            ],
        ),
        (
            "delegations/x.md",
            "---\nname: أ\nsources: [س]\nfacts:\n  - capacity: garantor\n---\n",
            ['5: error: capacity "garantor" is not known (did you mean guarantor?)'],
        ),
        (
            "documents/x.md",
            "---\nname: أ\nsources: [س]\nfacts:\n  - issued: 18 كانون الأول 2015\n---\n",
            [f'5: error: issued "18 كانون الأول 2015" is not a date {DATE}'],
        ),
    ],
)
def test_a_mistake_in_a_record_is_told_with_its_line(
    tmp_path: Path, name: str, text: str | bytes, issue: list[str]
) -> None:
    registry, issues = loaded(tmp_path, {name: text})
    assert issues == [f"content/{name}:{one}" for one in issue]
    assert "x" not in registry.records


@pytest.mark.parametrize(
    ("fact", "issue"),
    [
        ("  - held: {start: 2018-02-29}\n", f'7: error: start "2018-02-29" is not a date {DATE}'),
        ("  - held: {start: 2018-13}\n", f'7: error: start "2018-13" is not a date {DATE}'),
        (
            "  - held: {start: 2018-11-28, end: 2018-10}\n",
            "7: error: held ends on 2018-10, before it starts on 2018-11-28 (correct one of the two)",
        ),
        ("  - held: {end: 2018}\n", "7: error: held has no start or place (add start or place, or remove the fact)"),
        ("  - held: 2018-11-28\n", "7: error: held needs named values (its names are start, end, place)"),
        (
            "  - held: {start: 2018, city: astana}\n",
            '7: error: "city" is not known in held (known are start, end, place)',
        ),
        (
            "  - held: {start: 2018, round: astana-1}\n",
            '7: error: "round" is not known in held (remove it: it is this record itself)',
        ),
        (
            "  - holds: {start: 2018}\n",
            '7: error: property "holds" is not known (did you mean held?)',
        ),
        (
            "  - held: {start: 2018}\n    outcome: انتهت\n",
            f'7: error: a fact states one thing, this one "held" and "outcome" {ONE_THING}',
        ),
        ("  - note: ملاحظة\n", f"7: error: a fact states one thing, this one nothing {ONE_THING}"),
        (
            "  - انتهت\n",
            "7: error: a fact is not a property with its value "
            "(the properties are held, leads, member, meets, attends, absent, outcome, announced)",
        ),
        ("  - outcome:\n", "7: error: outcome is empty (write a value, as in `outcome: …`)"),
        (
            "  - leads: {delegation: syria}\n",
            "7: error: leads has no official (add official, or remove the fact)",
        ),
        (
            "  - outcome: انتهت\n  - leads:\n      official: nobody\n      delegation: syria\n",
            '9: error: official "nobody" has no record (correct the id, or add officials/nobody.md)',
        ),
        (
            "  - leads: {official: samir-test, delegation: france}\n",
            '7: error: delegation "france" has no record (correct the id, or add delegations/france.md)',
        ),
        (
            "  - leads: {official: syria, delegation: syria}\n",
            '7: error: official "syria" is a delegation, not an official (correct the id)',
        ),
        (
            "  - attends: {who: nobody}\n",
            '7: error: who "nobody" has no record '
            "(correct the id, or add officials/nobody.md or delegations/nobody.md)",
        ),
        (
            "  - held: {place: atlantis}\n",
            '7: error: place "atlantis" is not known (add it to places.toml, or correct it)',
        ),
        ("  - held: {place: أستانا}\n", f'7: error: place "أستانا" is not an id {SLUG}'),
    ],
)
def test_a_mistake_in_a_fact_is_told_with_its_line(tmp_path: Path, fact: str, issue: str) -> None:
    _, issues = loaded(tmp_path, fact_in_round(fact))
    assert issues == [f"content/rounds/astana-1.md:{issue}"]


def test_a_fact_without_a_source_is_refused_even_if_another_has_its_own(tmp_path: Path) -> None:
    text = "---\nname: أ\nprocess: astana\nfacts:\n  - outcome: أ\n    sources: [س]\n  - outcome: ب\n---\n"
    _, issues = loaded(tmp_path, {"rounds/astana-1.md": text})
    assert issues == [
        'content/rounds/astana-1.md:7: error: the fact "outcome" has no source '
        "(add `sources:` to the fact or to the record)"
    ]


# --- what is wrong between files


def test_a_name_that_is_not_an_id_is_refused(tmp_path: Path) -> None:
    _, issues = loaded(tmp_path, {"rounds/Astana_1.md": "---\nname: أ\nprocess: astana\n---\n"})
    assert issues == [
        'content/rounds/Astana_1.md:1: error: the name "Astana_1" is not an id '
        "(rename it to small Latin letters, digits and single hyphens)"
    ]


def test_a_file_that_is_not_a_record_is_told_rather_than_skipped(tmp_path: Path) -> None:
    _, issues = loaded(tmp_path, {"rounds/astana-1.txt": "نص", "rounds/old/astana-2.md": "نص"})
    hint = "(records are files that end in .md, directly in rounds/)"
    assert issues == [
        f"content/rounds/astana-1.txt:1: error: this is not a record {hint}",
        f"content/rounds/old:1: error: this is not a record {hint}",
    ]


def test_one_id_cannot_belong_to_two_kinds(tmp_path: Path) -> None:
    _, issues = loaded(tmp_path, {"documents/syria.md": "---\nname: وثيقة\n---\n"})
    assert issues == [
        'content/documents/syria.md:1: error: the id "syria" is already content/delegations/syria.md '
        "(rename one of the two)"
    ]


def test_an_alias_cannot_be_anybody_elses_id(tmp_path: Path) -> None:
    text = "---\nname: أ\naliases:\n  - y\n  - syria\n  - former\n---\n"
    _, issues = loaded(tmp_path, {"documents/y.md": text, "documents/z.md": text.replace("  - y\n", "")})
    assert issues == [
        'content/documents/y.md:4: error: the alias "y" is already this record\'s own id '
        "(remove the alias, or rename the other)",
        'content/documents/y.md:5: error: the alias "syria" is already content/delegations/syria.md '
        "(remove the alias, or rename the other)",
        'content/documents/z.md:4: error: the alias "syria" is already content/delegations/syria.md '
        "(remove the alias, or rename the other)",
        'content/documents/z.md:5: error: the alias "former" is already content/documents/y.md '
        "(remove the alias, or rename the other)",
    ]


def test_ids_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    _, issues = loaded(
        tmp_path,
        {
            "rounds/oslo-1.md": "---\nname: أوسلو 1\nprocess: oslo\n---\n",
            "officials/x.md": "---\nname: أ\nparty: atlantis\n---\n",
        },
    )
    assert issues == [
        'content/officials/x.md:3: error: party "atlantis" is neither a delegation nor in the list of parties '
        "(correct it, or add a record to delegations/)",
        'content/rounds/oslo-1.md:3: error: process "oslo" has no record (correct the id, or add processes/oslo.md)',
    ]


def test_a_broken_record_is_no_reason_to_blame_those_that_name_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "processes/astana.md": "---\nname:\n---\n",
        "rounds/astana-1.md": "---\nname: أستانا 1\nprocess: astana\n---\n",
    }
    registry, issues = loaded(tmp_path, files)
    assert issues == ["content/processes/astana.md:2: error: the record has no name (add a line `name: …`)"]
    assert "astana" not in registry.records


# --- judgements

ROW = '[[judgement]]\nleft = "a"\nright = "b"\nsame = true\nby = "محرر"\non = 2026-01-31\n'


def test_judgements_keep_their_order(tmp_path: Path) -> None:
    undo = ROW.replace("true", "false") + 'note = "خطأ"\n'
    registry, issues = loaded(tmp_path, {"identity.toml": ROW + "\n" + undo})
    assert issues == []
    assert registry.judgements == (
        Judgement("a", "b", True, "محرر", "2026-01-31"),
        Judgement("a", "b", False, "محرر", "2026-01-31", "خطأ"),
    )


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("judgments = []\n", '1: error: key "judgments" is not known (rows are [[judgement]])'),
        ("[judgement]\nleft = 1\n", "1: error: judgement is not a list of rows (write [[judgement]])"),
        ("judgement = [1]\n", "1: error: a judgement is not a table (write [[judgement]] and its values below)"),
        (
            ROW + ROW.replace('"a"', '"Mr A"'),
            '8: error: left is not an id (write it as in `left = "sergey-lavrov"`)',
        ),
        (
            ROW + ROW.replace('right = "b"\n', ""),
            '7: error: right is not an id (write it as in `left = "sergey-lavrov"`)',
        ),
        (
            ROW + ROW.replace("true", '"yes"'),
            "7: error: same is neither true nor false (write `same = true` or `same = false`)",
        ),
        (ROW.replace("محرر", " "), '1: error: by does not say who judges (write `by = "…"`)'),
        (ROW.replace("on = 2026-01-31\n", ""), "1: error: on does not say when (write it as in `on = 2026-01-31`)"),
        (ROW + "why = 1\n", '7: error: key "why" is not known (known are left, right, same, by, on, note)'),
        (
            ROW + "left\n",
            "7: error: broken TOML: Expected '=' after a key in a key/value pair "
            "(texts stand in double quotes, lists in square brackets)",
        ),
    ],
)
def test_a_mistake_in_the_ledger_is_told_with_its_line(tmp_path: Path, text: str, issue: str) -> None:
    _, issues = loaded(tmp_path, {"identity.toml": text})
    fixed = issue.replace("`left = ", "`right = ") if "right is not" in issue else issue
    assert issues == [f"content/identity.toml:{fixed}"]


# --- the project's own records


@pytest.fixture(scope="module")
def ours() -> Registry:
    config, problems = load_config(CONTENT)
    registry, issues = load_registry(CONTENT, party_names(), config.places)
    assert [line_text(issue) for issue in (*problems, *issues)] == []
    return registry


def test_our_registry_holds_what_it_should(ours: Registry) -> None:
    counts = Counter(record.kind for record in ours.records.values())
    assert {kind: counts[kind] for kind in KINDS} == {
        "process": 3,
        "round": 32,
        "delegation": 13,
        "official": 71,
        "document": 24,
    }
    numbers = {(record.process, record.number) for record in ours.of("round")}
    assert numbers == {
        *(("astana", number) for number in range(1, 23)),
        *(("geneva", number) for number in range(1, 10)),
        ("sochi", None),
    }
    assert {record.id for record in ours.of("round") if record.number} == {
        f"{process}-{number}" for process, number in numbers if number
    }


def test_our_rounds_all_say_when_and_where_and_what_came_of_them(ours: Registry) -> None:
    for record in ours.of("round"):
        held = [fact for fact in record.facts if fact.prop == "held"]
        assert all(len(held[0].get(name) or "") == 10 for name in ("start", "end")), record.id
        assert held[0].get("place"), record.id
        assert any(fact.prop == "outcome" for fact in record.facts), record.id


def test_our_facts_all_have_sources(ours: Registry) -> None:
    facts = [(record.id, fact) for record in ours.records.values() for fact in record.facts]
    assert len(facts) > 350
    assert [id for id, fact in facts if not fact.sources or not all(fact.sources)] == []


def test_our_records_without_facts_say_why(ours: Registry) -> None:
    silent = [record for record in ours.records.values() if not record.facts]
    assert [record.id for record in silent if not record.note] == []
    assert Counter(record.kind for record in silent) == {"process": 3, "official": 8}


def test_our_officials_all_say_where_their_party_was_read(ours: Registry) -> None:
    assert [record.id for record in ours.of("official") if not record.sources] == []


def test_our_registry_keeps_what_sources_disagree_on(ours: Registry) -> None:
    def stated(id: str, prop: str, *names: str) -> list[tuple[str | None, ...]]:
        return [tuple(map(fact.get, names)) for fact in ours.records[id].facts if fact.prop == prop]

    assert stated("astana-1", "held", "start", "end") == [("2017-01-23", "2017-01-24"), ("2017-01-23", "2017-01-25")]
    assert len(stated("astana-4", "held", "start")) == 3
    assert stated("geneva-3", "held", "start") == [("2016-01-29",), ("2016-02-01",)]
    for round in ("astana-1", "astana-4", "astana-5"):
        heads = [head for head, side in stated(round, "leads", "official", "delegation") if side == "syrian-opposition"]
        assert heads == ["mohammed-alloush", "ahmad-berri"]
    heads = [head for head, side in stated("astana-20", "leads", "official", "delegation") if side == "russia"]
    assert heads == ["mikhail-bogdanov", "alexander-lavrentiev"]


def test_our_texts_are_arabic_and_clean(ours: Registry) -> None:
    for record in ours.records.values():
        texts = [record.name, record.note, *record.variants, *record.cities, *(fact.note for fact in record.facts)]
        texts += [
            fact.get(name) or "" for fact in record.facts for name in ("text", "title") if fact.prop != "capacity"
        ]
        for text in texts:
            assert not text or any("\u0621" <= char <= "\u064a" for char in text) or text.startswith("S/"), record.id
            assert not {",", ";", "?", "  ", " ،", " ."} & {
                text[i : i + n] for i in range(len(text)) for n in (1, 2)
            }, text
        assert record.name not in record.variants, record.id
