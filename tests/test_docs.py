"""The documentation keeps up: each command it names exists, each link leads somewhere, each module is described."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from sijill.cli.table import COMMANDS
from tests.commands import run

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TERMS = ("round جولة", "delegation وفد", "official مسؤول", "process مسار", "document وثيقة")


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def output_of(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def commands(page: str) -> set[str]:
    """Every command in a page: the lines of its `sh` blocks, and code that starts with make, python or sh."""
    text = text_of(page)
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    fenced = {line.split("#")[0].strip() for block in blocks for line in block.splitlines()}
    return (fenced | set(re.findall(r"`((?:make|python|sh) [^`]+)`", text))) - {""}


@cache
def usage() -> str:
    """What all commands say of themselves."""
    verbs = [(), *((command.name,) for command in COMMANDS)]
    return "".join(run(ROOT, *verb, "--help").stdout for verb in verbs)


def exists(command: str, usage: str) -> bool:
    """Whether the command of a documentation page can be run as it stands there."""
    words = command.split()
    match words:
        case ["make", *arguments]:
            targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
            return {word for word in arguments if "=" not in word} <= targets
        case ["python", "build.py", *arguments]:
            options = {word.partition("=")[0] for word in arguments if word.startswith("--")}
            verbs = {word for word in arguments[:1] if not word.startswith("-")}
            return all(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", usage) for word in options | verbs)
        case ["python" | ".venv/bin/python", "-m", module, *_]:
            return importlib.util.find_spec(module) is not None
        case ["python" | ".venv/bin/python" | "sh", script, *_]:
            return (ROOT / script).is_file()
        case ["git" | "cd" | "rsync" | "sudo" | "jq" | "sha256sum" | "head" | "grep", *_]:
            return True
    return False


@pytest.mark.parametrize("page", PAGES)
def test_every_command_in_the_documentation_exists(page: str) -> None:
    assert [command for command in sorted(commands(page)) if not exists(command, usage())] == []


def test_a_command_that_does_not_exist_is_noticed() -> None:
    said = "usage: build.py [--strict] [serve]"
    wrong = [
        "make sote",
        "python build.py --stric",
        "python build.py server",
        "python -m pytestt",
        "python tool.py",
        "rm x",
    ]
    assert [command for command in wrong if exists(command, said)] == []
    assert exists("python build.py --strict", said)
    assert exists("python build.py serve", said)


def test_the_first_page_names_the_two_commands() -> None:
    assert {"make site", "make serve"} <= commands("README.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_the_pages_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text_of(page))
    missing = [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()]
    assert missing == []


def test_the_architecture_page_describes_every_module_and_no_other() -> None:
    modules = {
        f"sijill/{path.name}{'/' if path.is_dir() else ''}"
        for path in (ROOT / "sijill").iterdir()
        if not path.name.startswith("_")
    }
    described = set(re.findall(r"`(sijill/[a-z]+(?:\.py|/))`", text_of("docs/architecture.md")))
    assert described == modules


@pytest.mark.parametrize("term", TERMS)
def test_the_glossary_fixes_the_words_of_the_domain(term: str) -> None:
    english, arabic = term.split()
    assert f"| **{english}** | {arabic} |" in text_of("docs/glossary.md")


def test_make_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (help .*)$", text_of("Makefile"), re.MULTILINE)
    assert phony is not None
    listed = {line.split()[1] for line in output_of("make", "--no-print-directory", "help").splitlines()}
    assert listed == set(phony[1].split())
