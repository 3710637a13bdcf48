"""Review: what is asked and in which order, what each answer writes, and the questions at a terminal."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from sijill.adding import add_file, add_row
from sijill.arabic.parties import party_names
from sijill.cli.parser import arabic_words
from sijill.cli.table import COMMANDS
from sijill.corrections import load_corrections
from sijill.model import Correction, Judgement
from sijill.questions import Questions, questions
from sijill.records import record_of
from sijill.registry import load_registry
from sijill.review import ITEM_KINDS, Item, NewRecord
from tests import commands
from tests.sites import HELD_ROUND, built, make, tree, write
from tests.terminal import Terminal

NAMED = """
-- articles/2019/one.txt --
---
date: 2019-03-01
source: وكالة المثال
---
تصريحات بشأن المحادثات
قال وزير الخارجية الأردني سامر الدروبي إن الحوار مستمر. وأكد سامر الدروبي ذلك.
"""
LOADED = """
-- articles/2019/two.txt --
---
date: 2019-03-02
---
وفود في أستانا
وصل وفد النظام الإيراني إلى أستانا. وعاد وفد النظام الإيراني منها.
"""
TWO = """
-- articles/2019/three.txt --
---
date: 2019-03-03
---
تصريحات أخرى
قال وزير الخارجية الأردني سامر الدروبى إن الحوار مستمر.
وقال وزير الدفاع التركي غرهارد شميتز إن الحوار مستمر.
-- articles/2019/four.txt --
---
date: 2019-03-04
---
تصريحات أخرى
قال وزير الدفاع التركي جرهارد شميتز إن الحوار انتهى.
وقال وزير الدفاع التركي كلاوس شميتز إن الحوار انتهى.
"""


def asked(folder: Path, text: str) -> tuple[Item, ...]:
    found = questions(make(folder, text) / "content")
    assert [issue for issue in found.issues if issue.level == "error"] == []
    return found.items


def of(items: tuple[Item, ...], kind: str) -> list[Item]:
    return [item for item in items if item.kind == kind]


# --- each kind


def test_a_name_without_a_record_comes_with_the_record_that_could_be_written(tmp_path: Path) -> None:
    (item,) = of(asked(tmp_path, NAMED), "name")
    assert (item.subject, item.shown, item.gain) == (("samr-aldrwby",), ("سامر الدروبي",), 2)
    assert item.accept is not None
    record = item.accept.record
    assert record is not None
    assert (record.kind, record.name, record.party) == ("official", "سامر الدروبي", "jordan")
    assert (record.role, record.source) == ("وزير الخارجية الأردني", "وكالة المثال، 2019-03-01")
    assert (record.id, record.aliases) == ("samr-drubi", ("samr-aldrwby",))
    (words,) = item.evidence
    assert words.sentence.text[words.start : words.end] == "سامر الدروبي"
    assert words.path == "content/articles/2019/one.txt"
    assert item.reject.rows == (Correction("samr-aldrwby", None, "", ""),)
    assert item.keep is not None
    assert item.keep.rows == (Correction("samr-aldrwby", "samr-aldrwby", "", ""),)


def test_latin_letters_come_from_names_that_the_registry_has(tmp_path: Path) -> None:
    known = "-- officials/samer-haddad.md --\n---\nname: سامر حداد\nlatin: Samer Haddad\nparty: syria\n---\n"
    (item,) = of(asked(tmp_path, known + NAMED), "name")
    assert item.accept is not None
    assert item.accept.record is not None
    assert item.accept.record.latin.startswith("Samer ")
    assert item.accept.record.id == "samer-drubi"


def test_a_party_that_is_named_in_loaded_words_alone_is_asked_for_with_a_neutral_name(tmp_path: Path) -> None:
    items = asked(tmp_path, LOADED)
    (item,) = of(items, "loaded")
    assert (item.subject, item.gain) == (("iran",), 2)
    assert "النظام" in item.shown[0]
    assert item.accept is not None
    record = item.accept.record
    assert record is not None
    assert (record.kind, record.id, record.name) == ("delegation", "iran", f"وفد {party_names()['iran']}")
    assert record.variants == ("وفد النظام الإيراني",)
    assert of(items, "name") == [], "it is not asked for twice"
    known = "-- delegations/iran.md --\n---\nname: وفد إيران\n---\n"
    write(tmp_path, known)
    assert of(questions(tmp_path / "content").items, "loaded") == []


def test_people_whose_names_are_alike_are_asked_about_with_both_contexts_and_a_score(tmp_path: Path) -> None:
    (item,) = [one for one in of(asked(tmp_path, TWO), "alike") if "شميتز" in one.shown[0]]
    assert set(item.shown) == {"غرهارد شميتز", "جرهارد شميتز"}
    assert (item.score, item.why) == (0.9, "the same but for letters that are written by turns")
    assert {words.article for words in item.evidence} == {"three", "four"}
    assert {words.about for words in item.evidence} == set(item.shown)
    left, right = item.subject
    assert item.accept is not None
    assert item.accept.rows == (Judgement(left, right, True, "", ""),)
    assert item.reject.rows == (Judgement(left, right, False, "", ""),)


def test_one_surname_makes_nobody_the_same(tmp_path: Path) -> None:
    shown = {name for item in of(asked(tmp_path, TWO), "alike") for name in item.shown}
    assert "كلاوس شميتز" not in shown


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("غوتيريش أنطونيو", "جوتيريش أنطونيو", 0.9),
        ("ألكسندر كينشاك", "ألكسندر كنشاك", 0.95),
        ("بشار الجعفري", "بشار حافظ الجعفري", 0.8),
        ("غرهارد شميتز", "غرهارد شميز", 0.7),
        ("سليم الدروبي", "سلوم الدروبي", 0.4),
        ("أحمد الدروبي", "محمد الدروبي", 0.0),
        ("سامر الدروبي", "خالد الدروبي", 0.0),
        ("سامر الدروبي", "سامر الحلبي", 0.0),
    ],
)
def test_the_score_says_how_alike_two_names_are(one: str, other: str, score: float) -> None:
    from sijill.review.alike import _score, _words

    assert _score(_words(one), _words(other))[0] == score


def test_many_names_are_compared_in_a_time_that_grows_with_their_number() -> None:
    from sijill.model import Archive, Entity
    from sijill.review.alike import _pairs

    def pairs(count: int) -> int:
        letters = "بتجحدرسشصطعفقكلمن"
        names = (
            f"{letters[n % 17]}{letters[n // 17 % 17]}م {letters[n // 289 % 17]}ل{letters[n * 7 % 17]}"
            for n in range(count)
        )
        made = {f"p-{n}": Entity(f"p-{n}", "official", name, "", None, (), (), (), ()) for n, name in enumerate(names)}
        return sum(1 for _ in _pairs(Archive(made, (), {})))

    assert pairs(4000) < 12 * pairs(1000) + 4000, "not the square, which is sixteen times"


def test_an_unresolved_round_is_offered_as_the_round_that_was_held_nearest(tmp_path: Path) -> None:
    text = (
        HELD_ROUND
        + """-- articles/2018/open.txt --
---
date: 2018-10-20
---
ترقب لجولة جديدة
تستعد الأطراف للجولة الجديدة من محادثات أستانا. وجرى البحث في الجولة 45 من محادثات أستانا.
"""
    )
    found = {item.shown[0]: item for item in of(asked(tmp_path, text), "round")}
    numbered = next(item for shown, item in found.items() if "45" in shown)
    assert numbered.accept is not None
    assert numbered.accept.record == NewRecord("round", "astana-45", "أستانا 45", process="astana", number="45")
    assert numbered.reject.rows == (
        Correction(None, None, "", "", article="open", words="الجولة 45 من محادثات أستانا"),
    )
    for item in found.values():
        if item is not numbered and item.accept is not None:
            assert item.accept.rows[0].right == "astana-11"
            assert item.why == "astana-11 began 39 days after the article"


HELD = (
    HELD_ROUND
    + """-- articles/2018/wrong.txt --
عنوان
انعقدت الجولة 11 من محادثات أستانا في 27 تشرين الثاني 2018.
"""
)


def test_an_article_against_a_record_is_offered_the_record_s_value_or_a_confirmation(tmp_path: Path) -> None:
    (item,) = of(asked(tmp_path, HELD), "disputed")
    assert item.accept is not None
    (row,) = item.accept.rows
    assert isinstance(row, Correction)
    assert (row.article, row.claim, row.field, row.read, row.right) == (
        "wrong",
        "held",
        "start",
        "2018-11-27",
        "2018-11-28",
    )
    assert [(row.read, row.right) for row in item.reject.rows] == [("2018-11-27", "2018-11-27")]  # type: ignore[union-attr]


def test_articles_among_themselves_are_asked_about_once_and_the_better_backed_value_is_offered(tmp_path: Path) -> None:
    text = HELD.replace('sources: ["بيان"]\nfacts:\n  - held: {start: 2018-11-28, end: 2018-11-29}\n', "")
    right = "انعقدت الجولة 11 من محادثات أستانا في 28 تشرين الثاني 2018.\n"
    both = f"{text}-- articles/2018/a.txt --\nعنوان\n{right}-- articles/2018/b.txt --\nعنوان\n{right}"
    (item,) = of(asked(tmp_path, both), "disputed")
    assert item.accept is not None
    assert {(row.article, row.right) for row in item.accept.rows} == {("wrong", "2018-11-28")}  # type: ignore[union-attr]
    assert item.evidence[0].article == "wrong"
    write(tmp_path, "-- articles/2018/b.txt --\nremove\n")
    (item,) = of(questions(tmp_path / "content").items, "disputed")
    assert item.accept is None, "of two equal values none is better"


def test_the_most_useful_question_comes_first_and_a_duplicate_before_the_record(tmp_path: Path) -> None:
    items = asked(tmp_path, NAMED + TWO)
    kinds = [(item.kind, item.subject) for item in items]
    for kind, subject in kinds:
        if kind == "alike":
            first = kinds.index((kind, subject))
            assert all(first < kinds.index(("name", (id,))) for id in subject if ("name", (id,)) in kinds)
    assert set(ITEM_KINDS) >= {kind for kind, _ in kinds}


# --- what an answer writes


def test_a_file_is_never_overwritten_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    add_file(tmp_path / "a" / "b.md", "first")
    with pytest.raises(FileExistsError):
        add_file(tmp_path / "a" / "b.md", "second")
    assert (tmp_path / "a" / "b.md").read_text("utf-8") == "first"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.md"]


def test_rows_are_added_at_the_end_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "identity.toml"
    assert add_row(path, "[[a]]\nx = 1\n") == 1
    path.write_text("# first\n[[a]]\nx = 1", "utf-8")
    assert add_row(path, "[[a]]\nx = 2\n") == 5
    assert path.read_text("utf-8").splitlines()[4] == "[[a]]"
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    with pytest.raises(OSError, match="symbolic link"):
        add_row(link, "x")


# --- at a terminal


def rows(folder: Path) -> tuple[tuple[Judgement, ...], tuple[Correction, ...]]:
    return load_registry(folder / "content")[0].judgements, load_corrections(folder / "content")[0]


def test_accept_writes_the_record_reject_and_skip_write_a_row_and_nothing(tmp_path: Path) -> None:
    make(tmp_path, NAMED + TWO)
    terminal = Terminal(tmp_path, "review", "--only", "name", "--by", "ليلى")
    total = int(re.search(r"1/(\d+)", terminal.until("q quit"))[1])  # type: ignore[index]
    assert total >= 3
    terminal.press("x")  # no answer
    terminal.press("a")
    terminal.until("to undo, delete the file")
    terminal.until("q quit")
    terminal.press("ق")  # the key of r on an Arabic keyboard
    terminal.until("corrections.toml:1 (to undo, delete lines 1 to 5)")
    terminal.until("q quit")
    terminal.press("s")
    if total > 3:
        terminal.until("q quit")
        terminal.press("q")
    assert terminal.ended() == 0
    assert "2 written (next: python build.py, to have them on the pages)" in terminal.seen
    assert terminal.seen.count("\u2068") == terminal.seen.count("\u2069") > 0
    judgements, corrections = rows(tmp_path)
    assert judgements == ()
    ((made,), (row,)) = (
        [path for path in (tmp_path / "content/officials").iterdir() if path.stem != "bashar-jaafari"],
        corrections,
    )
    assert (row.right, row.by, bool(row.on)) == (None, "ليلى", True)
    assert not isinstance(record_of(made.read_text("utf-8"), made.name, "official", made.stem), tuple)
    site = built(tmp_path)
    assert site.outcome.published
    assert (site.output / "officials" / made.stem / "index.html").exists()


def test_what_was_answered_is_not_asked_again_until_the_row_is_deleted(tmp_path: Path) -> None:
    make(tmp_path, NAMED)
    before = [item.subject for item in questions(tmp_path / "content").items]
    assert ("samr-aldrwby",) in before
    path = tmp_path / "content" / "corrections.toml"
    path.write_text("# of an editor\n", "utf-8")
    for key in ("r", "k"):
        terminal = Terminal(tmp_path, "review", "--only", "name")
        terminal.until("q quit")
        terminal.press(key)
        terminal.until("to undo, delete lines ")
        first, last = map(int, terminal.until(")").strip(")").split(" to "))
        assert terminal.ended() == 0
        assert [item.subject for item in questions(tmp_path / "content").items] == []
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[: first - 1] + lines[last:]), "utf-8")
        assert path.read_text("utf-8").strip() == "# of an editor"
        assert [item.subject for item in questions(tmp_path / "content").items] == before


def test_of_two_who_are_alike_either_answer_is_a_judgement_and_neither_is_asked_again(tmp_path: Path) -> None:
    make(tmp_path, TWO)
    assert len(of(questions(tmp_path / "content").items, "alike")) == 1
    for key, same in (("a", True), ("r", False)):
        terminal = Terminal(tmp_path, "review", "--only", "alike")
        card = terminal.until("q quit")
        assert "three.txt" in card
        assert "four.txt" in card
        terminal.press(key)
        terminal.until("to undo")
        assert terminal.ended() == 0
        ((judgement,), _) = rows(tmp_path)
        assert judgement.same is same
        assert of(questions(tmp_path / "content").items, "alike") == []
        (tmp_path / "content" / "identity.toml").unlink()


def test_a_record_can_be_edited_before_it_is_written(tmp_path: Path) -> None:
    make(tmp_path, NAMED)
    terminal = Terminal(tmp_path, "review", "--only", "name")
    terminal.until("q quit")
    terminal.press("e")
    terminal.until("latin [")
    terminal.press("Samer al-Droubi\r")
    terminal.until("id [")
    terminal.press("samer-droubi\r")
    terminal.until("party [jordan]")
    terminal.press("\r")
    terminal.until("content/officials/samer-droubi.md")
    assert terminal.ended() == 0
    text = (tmp_path / "content" / "officials" / "samer-droubi.md").read_text("utf-8")
    for line in ('latin: "Samer al-Droubi"', 'name: "سامر الدروبي"', "party: jordan", '  - "samr-aldrwby"'):
        assert line in text
    assert 'role: {title: "وزير الخارجية الأردني"}' in text
    site = built(tmp_path)
    assert "samer-droubi" in (site.output / "officials" / "samr-aldrwby" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("key", ["\x1b[A", "\x1bOR", "\x1b[1;2D", "\x1ba"])
def test_a_key_without_a_letter_is_no_answer(tmp_path: Path, key: str) -> None:
    make(tmp_path, NAMED)
    before = tree(tmp_path / "content")
    terminal = Terminal(tmp_path, "review", "--only", "name")
    terminal.until("q quit")
    terminal.press(f"{key}s")
    assert terminal.ended() == 0
    assert "0 written" in terminal.seen
    assert tree(tmp_path / "content") == before


def test_why_is_written_with_the_answer_and_shown_on_the_page(tmp_path: Path) -> None:
    make(tmp_path, NAMED)
    terminal = Terminal(tmp_path, "review", "--only", "name", "--by", "ليلى")
    terminal.until("q quit")
    terminal.press("ى")  # the key of n on an Arabic keyboard
    terminal.until("why: ")
    terminal.press("اسم شارع،\x1b[D لا شخص\r")
    terminal.press("r")
    terminal.until("to undo, delete lines")
    assert terminal.ended() == 0
    ((row,), note) = rows(tmp_path)[1], "اسم شارع، لا شخص"
    assert (row.right, row.note) == (None, note)
    assert note in built(tmp_path).page("/articles/one/")
    (tmp_path / "content" / "corrections.toml").unlink()
    terminal = Terminal(tmp_path, "review", "--only", "name", "--by", "ليلى")
    terminal.until("q quit")
    terminal.press("n")
    terminal.until("why: ")
    terminal.press("وزير\r")
    terminal.press("a")
    made = terminal.until(".md (to undo").split()[-3]
    assert terminal.ended() == 0
    assert built(tmp_path).lines == []
    assert (tmp_path / made).read_text("utf-8").endswith("---\n\nوزير\n")


def test_an_answer_that_cannot_be_written_is_told_and_asked_again(tmp_path: Path) -> None:
    make(tmp_path, NAMED)
    terminal = Terminal(tmp_path, "review", "--only", "name")
    terminal.until("q quit")
    terminal.press("e")
    terminal.until("latin [")
    terminal.press("\r")
    terminal.until("id [")
    terminal.press("bashar-jaafari\r")
    terminal.until("party [")
    terminal.press("\r")
    terminal.until("bashar-jaafari is there already: content/officials/bashar-jaafari.md")
    terminal.press("q")
    assert terminal.ended() == 0
    assert "0 written" in terminal.seen


def test_ctrl_c_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    make(tmp_path, NAMED + TWO)
    terminal = Terminal(tmp_path, "review", "--only", "name")
    terminal.until("q quit")
    terminal.press("r")
    terminal.until("to undo")
    terminal.until("q quit")
    terminal.press("\x03")
    assert terminal.ended() == 130
    assert "stopped; every answer given is written" in terminal.seen
    assert len(rows(tmp_path)[1]) == 1


def test_where_nobody_sits_one_line_says_what_to_run(tmp_path: Path) -> None:
    done = run(make(tmp_path, NAMED), "review")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "build.py: error: review asks at a terminal (for scripts there is: python build.py review --list)\n"
    )


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return commands.run(folder, *words)


def test_the_list_is_plain_in_a_pipe_and_whole_as_json(tmp_path: Path) -> None:
    make(tmp_path, NAMED + TWO)
    listed = run(tmp_path, "review", "--list")
    assert listed.returncode == 0
    assert not {"\x1b", "\u2068", "\u2069"} & set(listed.stdout)
    assert "samr-aldrwby" in listed.stdout
    told = [json.loads(line) for line in run(tmp_path, "review", "--list", "--json").stdout.splitlines()]
    assert len(told) == len(listed.stdout.splitlines()) - 1
    name = next(one for one in told if one["subject"] == ["samr-aldrwby"])
    assert set(name) == {"kind", "subject", "shown", "why", "score", "gain", "evidence", "accept", "reject", "keep"}
    assert name["accept"]["record"]["party"] == "jordan"
    assert name["reject"]["rows"] == [{"file": "corrections", "read": "samr-aldrwby", "right": False}]
    alike = next(one for one in told if one["kind"] == "alike")
    assert alike["accept"]["rows"][0]["same"] is True


def test_nothing_is_asked_where_a_record_has_an_error(tmp_path: Path) -> None:
    done = run(make(tmp_path, NAMED + "-- officials/x.md --\n---\nname: فلان\n---\n"), "review", "--list")
    assert done.returncode == 1
    assert "content/officials/x.md:1: error: party is missing" in done.stderr


def test_readings_of_the_last_build_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, NAMED)
    calls: list[object] = []
    monkeypatch.setattr("sijill.questions.read_all", lambda *words, **more: calls.append(words))
    found = questions(tmp_path / "content")
    assert (calls, [item.kind for item in found.items]) == ([], ["name"])
    assert isinstance(found, Questions)


def test_every_kind_can_be_asked_for_by_itself_and_has_an_arabic_word() -> None:
    command = next(each for each in COMMANDS if each.name == "review")
    only = next(each for each in command.arguments if each.name == "--only")
    assert set(only.settings["choices"]) == set(ITEM_KINDS)
    assert all(kind in arabic_words()["arguments.--only"] for kind in ITEM_KINDS)
