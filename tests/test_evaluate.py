"""The figures: how well our own gold is read, how they are counted, and what a wrong gold file is told."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from sijill.arabic.parties import party_names
from sijill.confidence import CERTAIN, GUESS, LIKELY
from sijill.desk import shared_parties
from sijill.evaluate import Evaluation, Measure, Pair, evaluate, table_lines
from sijill.gold import Gold, load_gold, load_golds
from sijill.issues import line_text
from sijill.model import Claim, Evidence, Kind, Link, Mention, Reading, Sentence, Statement
from sijill.reading import Reader
from sijill.registry import load_registry
from tests import commands
from tests.sites import ROOT, make
from tests.terminal import Terminal

GOLD = ROOT / "tests" / "gold"
FIRST = {"astana-11": ROOT / "content/articles/2018/astana-11.txt"}
TEXT = "الجولة 11 من محادثات أستانا\nقال بشار الجعفري إن الوفد السوري وصل. وأضاف الجعفري ذلك.\n"


# --- how well our own gold is read ------------------------------------------------------------------------------------


@cache
def read_gold() -> tuple[Pair, ...]:
    """All our gold with its readings."""
    registry, issues = load_registry(ROOT / "content", party_names())
    assert issues == ()
    golds, wrong = load_golds(GOLD, FIRST)
    assert [line_text(issue) for issue in wrong] == []
    reader = Reader(registry)
    return tuple((gold, reader.read(gold.article)) for gold in golds)


@cache
def measured(*stems: str) -> Evaluation:
    """The measures of these articles, or of all."""
    chosen = [pair for pair in read_gold() if pair[0].article.id in stems or not stems]
    assert chosen
    return evaluate(chosen, shared_parties())


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        *((kind, 0.98) for kind in ("round", "delegation", "official", "document", "official role", "statement")),
        *((f"{kind} identity", 0.98) for kind in ("round", "delegation", "official", "document")),
        *((kind, 0.98) for kind in ("speaker", "leads", "meets", "attends", "held", "affiliation")),
    ],
)
def test_the_first_article_is_read_as_a_careful_reader_reads_it(name: str, floor: float) -> None:
    one = measured("astana-11").measures[name]
    assert one.gold > 0
    assert one.precision >= floor
    assert one.recall >= floor


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("round", 0.98, 0.98),
        ("round identity", 0.98, 0.98),
        ("delegation", 0.98, 0.98),
        ("delegation identity", 0.98, 0.98),
        ("official", 0.98, 0.98),
        ("official identity", 0.98, 0.98),
        ("official role", 0.93, 0.93),
        ("document", 0.98, 0.98),
        ("document identity", 0.98, 0.98),
        ("statement", 0.98, 0.89),
        ("speaker", 0.98, 0.98),
        ("leads", 0.98, 0.98),
        ("leads details", 0.80, 0.80),
        ("member", 0.98, 0.98),
        ("meets", 0.98, 0.98),
        ("meets details", 0.98, 0.98),
        ("attends", 0.98, 0.90),
        ("held", 0.98, 0.92),
        ("held details", 0.95, 0.95),
        ("affiliation", 0.98, 0.98),
    ],
)
def test_articles_in_the_manner_of_many_outlets_are_read_no_worse_than_before(
    name: str, precision: float, recall: float
) -> None:
    one = measured().measures[name]
    assert one.gold > 0
    assert one.precision >= precision
    assert one.recall >= recall


@pytest.mark.parametrize("article", ["yemen-talks", "football-astana", "islamic-summit"])
def test_other_news_from_the_same_cities_names_no_round_and_no_process(article: str) -> None:
    links = [link for gold, reading in read_gold() if gold.article.id == article for link in reading.links]
    assert [link.mention.text for link in links if link.mention.kind in ("round", "process")] == []


@pytest.mark.parametrize("level", [CERTAIN, LIKELY, GUESS])
def test_a_level_of_confidence_is_no_boast(level: float) -> None:
    """Of the mentions that say they are so sure, at least that share is right."""
    measures = {level: list[bool]() for level in (CERTAIN, LIKELY, GUESS)}
    for gold, reading in read_gold():
        for link in reading.links:
            mention = link.mention
            touched = [
                one
                for one in gold.mentions
                if one.paragraph == mention.paragraph and one.start < mention.end and mention.start < one.end
            ]
            if not any(one.optional or one.kind in ("person", "process") for one in touched):
                same = mention.kind == "official" or link.entity in {one.entity for one in touched}
                assert mention.score in measures, f"{mention.origin} has a level of its own"
                measures[mention.score].append(same and any(one.kind == mention.kind for one in touched))
    right = measures[level]
    assert right
    assert sum(right) >= level * len(right)


# --- how the figures are counted --------------------------------------------------------------------------------------


def gold_of(tmp_path: Path, rows: str, text: str = TEXT) -> Gold:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "a.yaml").write_text(rows, "utf-8")
    gold = load_gold(tmp_path / "a.yaml", {})
    assert isinstance(gold, Gold), gold
    return gold


def reading_of(
    gold: Gold,
    mentions: tuple[tuple[int, str, Kind, str | None], ...] = (),
    claims: tuple[Claim, ...] = (),
    said: tuple[tuple[str, str | None], ...] = (),
) -> Reading:
    """A reading that found these words, at their first place in the paragraph; verbs stand in the second paragraph."""
    texts = [block.text for block in gold.article.blocks]

    def link(paragraph: int, words: str, kind: Kind, entity: str | None) -> Link:
        start = texts[paragraph].index(words)
        sentence = Sentence(paragraph, 0, len(texts[paragraph]), texts[paragraph], "s-0")
        mention = Mention("a", paragraph, start, start + len(words), words, kind, "", sentence, "rule:test")
        return Link(mention, entity, "")

    return Reading(
        "a", "", "", None, "", "", "", 0,
        tuple(link(*row) for row in mentions),
        claims,
        tuple(Statement(speaker, "", evidence(gold, 1, verb), direct=False) for verb, speaker in said),
    )  # fmt: skip


def evidence(gold: Gold, paragraph: int, words: str) -> Evidence:
    text = gold.article.blocks[paragraph].text
    start = text.index(words)
    return Evidence("a", paragraph, start, start + len(words), words, Sentence(paragraph, 0, 9, text, "s-0"), "rule:x")


ROWS = """
mentions:
  - {p: 0, text: "الجولة 11 من محادثات أستانا", kind: round, entity: astana-11}
  - {p: 1, text: "بشار الجعفري", kind: official, entity: bashar-jaafari, role: "رئيس"}
  - {p: 1, text: "الوفد السوري", kind: delegation, entity: syria, optional: true}
  - {p: 1, text: "الجعفري", nth: 2, kind: official, entity: bashar-jaafari}
relations:
  - {p: 1, type: meets, a: syria, b: iran, round: astana-11}
  - {p: 1, type: affiliation, official: bashar-jaafari, party: some-movement}
statements:
  - {p: 1, verb: "قال", speaker: bashar-jaafari}
  - {p: 1, verb: "وأضاف", speaker: bashar-jaafari}
"""


def test_a_span_counts_where_it_is_exact_and_its_entity_where_it_overlaps(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    found = reading_of(gold, ((0, "الجولة 11 من محادثات", "round", "astana-11"),))
    result = evaluate([(gold, found)], frozenset())
    assert result.measures["round"] == Measure(0.0, 0.0, 1, 1)
    assert result.measures["round overlapping"] == Measure(1.0, 1.0, 1, 1)
    assert result.measures["round identity"] == Measure(1.0, 1.0, 1, 1)
    assert "a p0: false round «الجولة 11 من محادثات» (astana-11)" in result.errors
    assert "a p0: missed round «الجولة 11 من محادثات أستانا» (astana-11)" in result.errors


def test_what_is_optional_is_neither_rewarded_nor_punished(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    found: tuple[tuple[int, str, Kind, str | None], ...] = ((1, "الوفد السوري", "delegation", "iran"),)
    for mentions in ((), found):
        result = evaluate([(gold, reading_of(gold, mentions))], frozenset())
        assert result.measures["delegation"] == Measure(0.0, 0.0, 0, 0)


def test_an_official_may_have_another_id_if_it_is_the_same_throughout(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    reading = reading_of(gold, ((1, "بشار الجعفري", "official", "b-j"),), said=(("قال", "b-j"),))
    result = evaluate([(gold, reading)], frozenset())
    assert result.measures["official identity"] == Measure(1.0, 1.0, 1, 1)
    assert result.measures["speaker"] == Measure(1.0, 1.0, 1, 1)
    assert result.measures["official role"] == Measure(0.0, 0.0, 1, 1)
    assert "a p1: wrong role of «بشار الجعفري»: «رئيس», read as «»" in result.errors


def test_progress_is_shown_where_somebody_watches() -> None:
    terminal = Terminal(ROOT, "evaluate", "tests/gold")
    terminal.until("\rreading articles [....................] 0%")
    assert terminal.ended() == 0


def test_two_people_joined_by_mistake_cost_precision_of_identity(tmp_path: Path) -> None:
    rows = ROWS.replace("nth: 2, kind: official, entity: bashar-jaafari", "nth: 2, kind: official, entity: other")
    gold = gold_of(tmp_path, rows)
    last = gold.mentions[3]
    reading = reading_of(gold, ((1, "بشار الجعفري", "official", "x"), (1, "الجعفري", "official", "x")))
    moved = reading.links[1].mention._replace(start=last.start, end=last.end)
    links = (reading.links[0], reading.links[1]._replace(mention=moved))
    result = evaluate([(gold, Reading("a", "", "", None, "", "", "", 0, links, (), ()))], frozenset())
    assert result.measures["official identity"] == Measure(0.5, 1.0, 2, 2)


def test_statements_count_by_their_verbs_and_speakers(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    result = evaluate([(gold, reading_of(gold, said=(("وأضاف", "somebody"), ("وصل", None))))], frozenset())
    assert result.measures["statement"] == Measure(0.5, 0.5, 2, 2)
    assert result.measures["speaker"] == Measure(0.0, 0.0, 1, 1)
    assert result.errors[:1] == ("a p0: missed round «الجولة 11 من محادثات أستانا» (astana-11)",)
    assert "a p1: false statement «وصل» (?)" in result.errors
    assert "a p1: wrong speaker of «وأضاف»: bashar-jaafari, read as somebody" in result.errors


def test_a_meeting_has_no_direction_and_its_round_is_a_detail(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    claim = Claim("meets", (("a", "iran"), ("b", "syria"), ("round", "astana-10")), evidence(gold, 1, "وصل"))
    result = evaluate([(gold, reading_of(gold, claims=(claim,)))], frozenset())
    assert result.measures["meets"] == Measure(1.0, 1.0, 1, 1)
    assert result.measures["meets details"] == Measure(0.0, 0.0, 1, 1)
    assert "a p1: wrong round of meets iran, syria: astana-11, read as astana-10" in result.errors


def test_parties_without_a_shared_id_are_not_compared(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, ROWS)
    fields = (("official", "bashar-jaafari"), ("party", "the-movement"))
    reading = reading_of(gold, claims=(Claim("affiliation", fields, evidence(gold, 1, "وصل")),))
    assert evaluate([(gold, reading)], frozenset()).measures["affiliation"] == Measure(0.0, 0.0, 0, 0)
    assert evaluate([(gold, reading)], {"some-movement"}).measures["affiliation"] == Measure(0.0, 0.0, 1, 1)


def test_the_table_leaves_out_what_nothing_was_asked_of() -> None:
    lines = list(table_lines({"round": Measure(0.5, 1.0, 1, 2), "held": Measure(0.0, 0.0, 0, 0)}))
    assert [line.split() for line in lines] == [
        ["gold", "found", "P", "R", "F1"],
        ["round", "1", "2", "0.500", "1.000", "0.667"],
    ]


# --- gold files and the command ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("mentions: [", "1: error: this is not YAML (compare with another gold file)"),
        ("- 1", "1: error: this is no gold (write `article`, `mentions`, `relations` and `statements`)"),
        ("mentions: 3", "1: error: mentions is not a list (write one row a line, as in `- {p: 1, …}`)"),
        ("mentions: [3]", "1: error: a row of mentions has no fields (write it as in `- {p: 1, …}`)"),
        (
            'mentions:\n  - {p: 9, text: "قال", kind: round, entity: x}',
            "2: error: there is no paragraph 9 (the title is 0, the last is 1)",
        ),
        (
            'mentions:\n  - {p: 1, text: "قال", kind: town, entity: x}',
            '2: error: kind "town" is not known (write delegation, document, official, person, process, round)',
        ),
        (
            'statements:\n  - {p: 1, verb: "قال", speaker: x}\n  - {p: 1, verb: "قال", nth: 2, speaker: x}',
            '3: error: "قال" does not stand 2 times in paragraph 1 (copy the words from the article)',
        ),
        (
            "relations:\n  - {p: 1, type: meets, a: x}",
            "2: error: b is missing (a row of this sort has a, b)",
        ),
        (
            "relations:\n  - {p: 1, type: likes, a: x}",
            '2: error: type "likes" is not known (write leads, member, meets, attends, held, affiliation)',
        ),
    ],
)
def test_a_mistake_in_a_gold_file_is_told_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.yaml").write_text(rows, "utf-8")
    _, issues = load_golds(tmp_path, {})
    assert [line_text(issue) for issue in issues] == [f"{tmp_path.as_posix()}/a.yaml:{said}"]


def test_gold_without_its_article_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("mentions: []", "utf-8")
    _, issues = load_golds(tmp_path, {})
    assert [issue.message for issue in issues] == ["its article is missing"]


def test_the_date_of_gold_dates_an_article_that_has_none(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, "date: 2018-11-28\nmentions: []")
    assert gold.article.date is not None
    assert gold.article.date.isoformat() == "2018-11-28"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return commands.run(folder, "--content", str(folder / "content"), *words)


def test_the_command_reads_gold_of_the_archives_own_articles(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "gold").mkdir()
    row = '- {p: 0, text: "الوفد السوري", kind: delegation, entity: iran}'
    (tmp_path / "gold" / "first.yaml").write_text(f"mentions:\n  {row}\n", "utf-8")
    done = run(tmp_path, "evaluate", "gold", "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    table, errors = done.stdout.split("\n\n")
    assert ["delegation", "1", "2", "0.500", "1.000", "0.667"] in [line.split() for line in table.splitlines()]
    assert "first p0: wrong delegation «الوفد السوري»: iran, read as syria" in errors.splitlines()
    assert run(tmp_path, "evaluate", "gold").stdout == f"{table}\n"
    assert not (tmp_path / "site").exists()


def test_a_wrong_folder_is_a_wrong_command_and_wrong_gold_a_wrong_file(tmp_path: Path) -> None:
    make(tmp_path)
    missing = run(tmp_path, "evaluate", "nowhere")
    assert missing.returncode == 2
    assert missing.stderr == "build.py: error: nowhere is no folder (name a folder of gold files)\n"
    (tmp_path / "gold").mkdir()
    empty = run(tmp_path, "evaluate", "gold")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert empty.stderr == "gold:1: error: there is no gold in this folder (add <article>.yaml files)\n"
