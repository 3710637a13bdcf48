"""The command as its user meets it: exit codes, what is printed where, and silence in a pipe."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sijill.build import Outcome
from sijill.cli.building import summary
from sijill.model import Issue
from tests.sites import ROOT, make, tree

BUILD = [sys.executable, str(ROOT / "build.py")]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*BUILD, "--content", str(folder / "content"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_a_good_build_prints_one_line_and_exits_with_0(tmp_path: Path) -> None:
    make(tmp_path)
    done = run(tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0
    assert re.fullmatch(r"site: 1 article, \d+ pages, 4 entities, 0 issues, \d+\.\d s\n", done.stdout)
    again = run(tmp_path)
    assert re.fullmatch(r"site is unchanged: 1 article, \d+ pages, 4 entities, 0 issues, \d+\.\d s\n", again.stdout)


def test_errors_go_to_stderr_and_the_exit_code_is_1(tmp_path: Path) -> None:
    make(tmp_path, "-- articles/2018/first.txt --\n---\ndate: 23-13-2017\n---\nعنوان\nنص\n")
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        'content/articles/2018/first.txt:2: error: date "23-13-2017" is not a date (write YYYY-MM-DD)\n'
    )
    assert re.fullmatch(r"nothing published: 1 error, \d+\.\d s\n", done.stdout)
    assert not (tmp_path / "site").exists()


def test_the_output_can_be_named(tmp_path: Path) -> None:
    make(tmp_path)
    assert run(tmp_path, "--output", "public", "--jobs", "2", "--no-cache").returncode == 0
    assert (tmp_path / "public" / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "public"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--content", "nowhere"], "build.py: error: nowhere is no folder (name the content folder with --content)"),
        (["--jobs", "-1"], "argument --jobs: invalid"),
        (["serve", "--port", "70000"], "argument --port: invalid"),
        (["--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["destroy"], "invalid choice: 'destroy'"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_and_exits_with_2(tmp_path: Path, options: list[str], said: str) -> None:
    done = subprocess.run([*BUILD, *options], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_sees_progress_on_one_line_that_is_cleared(tmp_path: Path) -> None:
    make(tmp_path)
    outer, inner = pty.openpty()
    command = [*BUILD, "--content", str(tmp_path / "content")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inner, text=True) as process:
        os.close(inner)
        seen = b""
        try:
            while data := os.read(outer, 4096):
                seen += data
        except OSError:  # how Linux says that the other side has gone
            pass
        assert process.wait() == 0
    os.close(outer)
    assert b"\rreading articles 100%\x1b[K" in seen
    assert seen.endswith(b"\r\x1b[K")
    assert b"\n" not in seen


def test_an_interrupted_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    body = "قال بشار الجعفري إن الوفد السوري حضر الجولة 11 من محادثات أستانا. " * 20
    articles = "".join(f"-- articles/a{number}.txt --\nعنوان\n{body}\n" for number in range(150))
    make(tmp_path)
    run(tmp_path)
    before = tree(tmp_path / "site")
    make(tmp_path, articles)
    command = [*BUILD, "--content", str(tmp_path / "content"), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (tmp_path / ".site-lock").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert (process.returncode, said) == (130, "stopped; the site is as it was\n")
    assert tree(tmp_path / "site") == before
    assert not (tmp_path / ".site-new").exists()


def test_the_summary_counts_in_words() -> None:
    issues = (Issue("error", "a", 1, "x", ""), Issue("error", "a", 2, "x", ""), Issue("warning", "a", 3, "x", ""))
    assert summary(Outcome(0, 0, 0, issues, 0.25, published=False), "site") == (
        "nothing published: 2 errors, 1 warning, 0.2 s"
    )
    assert summary(Outcome(1000, 1523, 1, issues[2:], 3.21, published=True), "public") == (
        "public: 1,000 articles, 1,523 pages, 1 entity, 1 warning, 3.2 s"
    )


def test_asking_for_help_is_quick_because_nothing_heavy_is_imported() -> None:
    script = (
        "import sys; from sijill.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'jinja2', 'yaml', 'markdown', 'nh3', 'tornado', 'camel_tools'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr == "[]\n"
    assert "--strict" in done.stdout
