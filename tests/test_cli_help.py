"""The command line explains itself: Arabic and English help, completion in real shells, colour on terminals only."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sijill.cli.answering import ANSWERS
from sijill.cli.parser import arabic_words
from sijill.cli.refused import WORDS
from sijill.cli.table import COMMANDS, CONTENT
from sijill.serve.browser import WORDS as PREVIEW_WORDS
from tests.sites import ROOT


def said(*words: str, **environment: str) -> str:
    """What a command prints, in a shell that speaks English unless told otherwise."""
    told = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(
        [sys.executable, "build.py", *words], cwd=ROOT, env=told, capture_output=True, text=True, check=True
    )
    return done.stdout


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a command writes when its output is a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "build.py", *words],
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", **environment},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how Linux tells that the other side is closed
            break
        if not part:
            break
        shown += part
    running.wait()
    os.close(ours)
    return shown.decode()


def test_every_command_and_option_has_its_arabic_words_and_no_words_are_left_over() -> None:
    arguments = {argument.name for command in COMMANDS for argument in command.arguments} | {CONTENT.name}
    wanted = {f"commands.{command.name}" for command in COMMANDS} | {f"arguments.{name}" for name in arguments}
    wanted |= {"about", *(f"headings.{name}" for name in ("usage", "arguments", "options", "commands"))}
    wanted |= {f"arguments.{name}" for name in ("--help", "--help-ar", "--help-en")}
    wanted |= {f"refused.{name}" for name in WORDS} | {f"preview.{name}" for name in PREVIEW_WORDS}
    wanted |= {f"keys.{name}" for name in ANSWERS}
    assert set(arabic_words()) == wanted


def test_help_speaks_the_language_that_is_asked_for_or_else_that_of_the_shell() -> None:
    words = arabic_words()
    assert words["commands.serve"].split()[0] in said("--help-ar")
    assert words["about"] in " ".join(said("--help", LC_ALL="ar_EG.UTF-8").split())
    assert "usage: build.py" in said("--help-en", LC_ALL="ar_EG.UTF-8")
    assert "usage: build.py" in said("--help")


def test_options_stand_before_a_command_or_behind_it() -> None:
    folder = str(ROOT / "content")
    before = said("--content", folder, "completion", "bash")
    assert before == said("completion", "bash")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("sijill", "exp"), "explain"),
        (("sijill", "build", "--str"), "--strict"),
        (("sijill", "completion", "fi"), "fish"),
    ],
)
def test_bash_completes_commands_options_and_choices(tmp_path: Path, typed: tuple[str, ...], offered: str) -> None:
    words = " ".join(typed)
    asking = f"COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _sijill; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    script = tmp_path / "ask.bash"
    script.write_text(said("completion", "bash") + asking, "utf-8")
    done = subprocess.run(["bash", str(script)], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert offered in done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_names_every_command_and_can_be_read_by_it(tmp_path: Path, shell: str) -> None:
    script = said("completion", shell)
    assert [command.name for command in COMMANDS if command.name not in script] == []
    (tmp_path / "script").write_text(script, "utf-8")
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


def test_colours_are_for_terminals_and_no_color_takes_them(content_with_a_warning: Path) -> None:
    asked = ("--content", str(content_with_a_warning), "explain", "faulty")
    assert "\x1b[31merror" in on_a_terminal(*asked)
    assert "\x1b[31m" not in on_a_terminal(*asked, NO_COLOR="1")


@pytest.fixture
def content_with_a_warning(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("articles"))
    articles = tmp_path / "content" / "articles"
    articles.mkdir()
    (articles / "faulty.md").write_text("---\ntitle: خبر\ndate: 2022-13-45\n---\n\nوصل الوفد.\n", "utf-8")
    return tmp_path / "content"
