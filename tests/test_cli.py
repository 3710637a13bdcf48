"""The command as its user meets it: exit codes, what is printed where, and silence in a pipe."""

from __future__ import annotations

import json
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
from tests import commands
from tests.sites import ROOT, make, tree

BUILD = [sys.executable, str(ROOT / "build.py")]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*BUILD, "--content", str(folder / "content"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def ended(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The same without the start of a Python, where neither the start nor what is in memory matters."""
    return commands.run(folder, "--content", str(folder / "content"), *options)


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


def test_an_article_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    """By a command of its own: the process that runs the tests has gathered free memory that a reading could use."""
    text = "-- articles/heavy.txt --\nعنوان\n" + "وصل الوفد السوري إلى أستانا. " * 9000 + "\n"
    limits = 'title = "س"\nbase_url = "https://example.org"\nprocesses = ["astana"]\narticle_megabytes = 1\n'
    make(tmp_path, f"{text}-- site.toml --\n{limits}")
    done = run(tmp_path)
    assert done.stderr == (
        "content/articles/heavy.txt:1: error: reading it takes more than 1 MB of memory "
        "(make it simpler or split it, or raise article_megabytes in site.toml)\n"
    )
    assert done.returncode == 1
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
        (["new", "official"], "new needs its ID (run: python build.py new KIND ID)"),
        (["init", "a"], "needs its --process and --name (run: python build.py init DIR --process ID --name TEXT)"),
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
    assert b"\rreading articles [####################] 100%\x1b[K" in seen
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


@pytest.mark.parametrize("module", ["filling", "completion", "importing"])
def test_commands_that_build_nothing_do_not_wait_for_what_builds(module: str) -> None:
    heavy = {"sijill.build", "sijill.claims", "jinja2"}
    script = f"import sys, sijill.cli.{module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_build_starts_reading_without_what_it_needs_to_write() -> None:
    later = {"jinja2", "sijill.exports", "sijill.files", "sijill.pages", "sijill.settle", "sijill.shown"}
    script = f"import sys, sijill.cli.building; print(sorted({later} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


BAD = "-- articles/bad.txt --\n---\ndate: x\n---\nعنوان\nنص سيئ\n"


def test_keep_going_lists_what_it_left_out_on_a_page_that_is_not_published(tmp_path: Path) -> None:
    make(tmp_path, BAD + "-- articles/<b>.txt --\nعنوان\nنص\n")
    done = ended(tmp_path, "--keep-going")
    assert done.returncode == 3
    assert done.stdout.splitlines()[1] == "left out: 2 files, listed in .cache/refused.html"
    page = (tmp_path / ".cache" / "refused.html").read_text("utf-8")
    assert "articles/bad.txt" in page
    assert "date &#34;x&#34; is not a date" in page or "date &quot;x&quot; is not a date" in page
    assert "<b>" not in page
    assert (tmp_path / "site" / "articles" / "first" / "index.html").is_file()
    assert not [path for path in tree(tmp_path / "site") if "bad" in path or "refused" in path]
    assert json.loads(ended(tmp_path, "--keep-going", "--json").stdout)["left_out"] == [
        "content/articles/<b>.txt",
        "content/articles/bad.txt",
    ]
    for name in ("bad", "<b>"):
        (tmp_path / "content" / "articles" / f"{name}.txt").unlink()
    assert ended(tmp_path, "--keep-going").returncode == 0
    assert not (tmp_path / ".cache" / "refused.html").exists()


def test_the_page_of_what_is_left_out_is_never_written_through_a_link(tmp_path: Path) -> None:
    make(tmp_path, BAD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".cache").symlink_to("elsewhere")
    assert ended(tmp_path, "--keep-going", "--no-cache").returncode == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_strict_and_keep_going_leave_out_articles_with_warnings(tmp_path: Path) -> None:
    warned = (
        "-- articles/warned.txt --\n---\ndate: 2018-11-28\n---\nعنوان\nوصل الوفد السوري اليوم الأحد 11 آذار 2018.\n"
    )
    make(tmp_path, warned)
    assert ended(tmp_path, "--keep-going").stderr.count("warning:") == 1
    assert (tmp_path / "site" / "articles" / "warned").is_dir()
    done = ended(tmp_path, "--keep-going", "--strict")
    assert (done.returncode, done.stderr.count("error:")) == (3, 1)
    assert not (tmp_path / "site" / "articles" / "warned").exists()


@pytest.mark.parametrize("page", ["editing.md", "editing.ar.md"])
def test_the_exit_codes_are_those_that_the_documentation_lists(tmp_path: Path, page: str) -> None:
    make(tmp_path)
    good = ended(tmp_path).returncode
    make(tmp_path, BAD)
    codes = {good, ended(tmp_path).returncode, ended(tmp_path, "--keep-going").returncode}
    codes |= {ended(tmp_path, "check").returncode, ended(tmp_path, "--frobnicate").returncode}
    interrupted = 130  # as tried above
    listed = re.findall(r"^\| (\d+) \| ", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
    assert list(map(int, listed)) == sorted(codes | {interrupted})
