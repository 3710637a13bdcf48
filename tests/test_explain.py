"""The command that shows an editor why an article was read as it was: in a pipe, on a terminal, and for no article."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests import commands
from tests.sites import ROOT, again, built, make

ARTICLE = """-- articles/2018/second.txt --
---
date: 2018-11-28
---
لقاءات على هامش أستانا 11
قال رئيس الوفد السوري بشار الجعفري إن «الحوار مستمر» في الجولة 11 من محادثات أستانا.
وجرى البحث أيضا في الجولة 45 من محادثات أستانا.
"""
ISOLATE, END = "\u2068", "\u2069"


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), "--content", str(folder / "content"), *words]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return commands.run(folder, "--content", str(folder / "content"), *words)


def on_terminal(folder: Path, *words: str, **variables: str) -> str:
    """What the command writes where somebody watches."""
    outer, inner = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | variables
    with subprocess.Popen(command(folder, *words), stdout=inner, env=environment) as process:
        os.close(inner)
        seen = b""
        try:
            while data := os.read(outer, 4096):
                seen += data
        except OSError:  # how Linux says that the other side has gone
            pass
        assert process.wait() == 0
    os.close(outer)
    return seen.decode()


def test_every_mention_statement_and_claim_stands_under_its_paragraph_with_its_reason(tmp_path: Path) -> None:
    done = run(make(tmp_path, ARTICLE), "explain", "second")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0].startswith("content/articles/2018/second.txt: 2018-11-28, ")
    title = lines.index("0 لقاءات على هامش [أستانا 11]")
    assert lines[title + 1].startswith("mention round astana-11 · «أستانا 11» · full · rule:round")
    assert lines[title + 1].endswith(" · why number")
    said = [line for line in lines if line.startswith("statement ")]
    assert said == [
        "statement bashar-jaafari · «قال» · direct · named «رئيس الوفد السوري بشار الجعفري» · rule:statement"
    ]
    official = next(line for line in lines if line.startswith("mention official"))
    assert "role «رئيس الوفد السوري»" in official
    assert any(line.startswith("claim leads official=bashar-jaafari delegation=syria") for line in lines)


def test_what_could_not_be_told_is_listed_at_the_end_with_its_reason(tmp_path: Path) -> None:
    lines = run(make(tmp_path, ARTICLE), "explain", "second").stdout.splitlines()
    at = lines.index("left open: 1 round")
    open_round = "open round ? · «الجولة 45 من محادثات أستانا» · paragraph 2 · why no-such-round"
    assert " ".join(lines[at + 1].split()) == open_round
    assert lines[at + 2 :] == []


def test_what_is_not_sure_enough_is_shown_as_held_back_and_published_nowhere(tmp_path: Path) -> None:
    settings = '-- site.toml --\ntitle = "س"\nbase_url = "https://example.org"\nprocesses = ["astana"]\n'
    guess = "-- articles/2018/second.txt --\nخبر\nوقال سامر الدروبي إن الحوار مستمر.\n"
    site = built(tmp_path, f"{settings}{guess}")
    assert "الدروبي" in (site.output / "data" / "mentions.jsonl").read_text("utf-8")
    assert "held back" not in run(tmp_path, "explain", "second").stdout
    site = again(tmp_path, f"{settings}min_confidence = 0.7\n")
    for name in ("mentions", "statements", "claims", "sentences"):
        assert "الدروبي" not in (site.output / "data" / f"{name}.jsonl").read_text("utf-8")
    told = run(tmp_path, "explain", "second").stdout
    assert "1 held back" in told.splitlines()[0]
    held = next(line.split() for line in told.splitlines() if line.strip().startswith("held back"))
    assert held[:3] == ["held", "back", "official"]
    assert "0.60" in held


def test_a_file_can_be_named_by_its_path_wherever_it_lies(tmp_path: Path) -> None:
    make(tmp_path, ARTICLE)
    (tmp_path / "draft.txt").write_text("عنوان\nوصل الوفد السوري.\n", "utf-8")
    assert run(tmp_path, "explain", "draft.txt").stdout.startswith("draft.txt: no date, ")
    by_path = run(tmp_path, "explain", "content/articles/2018/second.txt")
    assert by_path.stdout == run(tmp_path, "explain", "second").stdout != ""


def test_a_pipe_gets_the_bare_words(tmp_path: Path) -> None:
    told = run(make(tmp_path, ARTICLE), "explain", "second").stdout
    assert not {"\x1b", ISOLATE, END} & set(told)


def test_a_terminal_gets_colours_and_isolated_arabic(tmp_path: Path) -> None:
    seen = on_terminal(make(tmp_path, ARTICLE), "explain", "second")
    assert f"{ISOLATE}«أستانا 11»{END}" in seen
    assert "\x1b[34m[أستانا 11]\x1b[0m" in seen
    assert seen.count(ISOLATE) == seen.count(END)


def test_no_color_takes_the_colours_and_leaves_the_isolation(tmp_path: Path) -> None:
    seen = on_terminal(make(tmp_path, ARTICLE), "explain", "second", NO_COLOR="1")
    assert "\x1b" not in seen
    assert f"{ISOLATE}«أستانا 11»{END}" in seen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain", "secnd"], "secnd is no article (did you mean second?)"),
        (["explain", "xyz"], "xyz is no article (name its file, or its stem below content/articles)"),
        (["explain"], "explain needs its ARTICLE (run: python build.py explain ARTICLE)"),
        (["evaluate"], "evaluate needs its GOLD_DIR (run: python build.py evaluate GOLD_DIR)"),
        (["build", "second"], "second is too much (run: python build.py --help)"),
    ],
)
def test_a_wrong_command_is_one_clear_line(tmp_path: Path, words: list[str], said: str) -> None:
    done = run(make(tmp_path, ARTICLE), *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"build.py: error: {said}\n")


def test_an_article_with_errors_is_told_as_a_build_would_tell_it(tmp_path: Path) -> None:
    make(tmp_path, "-- articles/2018/second.txt --\n---\ndate: 1.1.2018\n---\nعنوان\nنص\n")
    done = run(tmp_path, "explain", "second")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        'content/articles/2018/second.txt:2: error: date "1.1.2018" is not a date (write YYYY-MM-DD)\n'
    )
