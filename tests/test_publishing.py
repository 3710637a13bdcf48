"""The guide to publishing works as written: commands run, headers are the site's, the workflow calls what exists."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.showcase import sent_with
from tests.sites import ROOT, built, tree

PAGES = ("publishing.md", "publishing.ar.md")


def block(page: str, language: str) -> str:
    """The first block of code in that language."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def commands(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    lines = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    return [line.split("#")[0].strip() for line in lines]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_copy_a_site_whole_and_prove_it(tmp_path: Path, page: str) -> None:
    if shutil.which("rsync") is None:
        pytest.fail("no rsync on this machine (run: make test)")
    site = built(tmp_path)
    host = tmp_path / "host"
    host.mkdir()
    (host / "old.html").write_text("gone", "utf-8")
    run = 0
    for line in commands(page):
        words = shlex.split(line)
        if words[0] == "python":
            continue  # run by test_filling.py
        place = line.replace("host:/var/www/archive/", shlex.quote(f"{host}/"))
        done = subprocess.run(["sh", "-c", place], cwd=site.folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line
        run += 1
    assert run == 2
    assert tree(host) == tree(site.output)
    (host / "404.html").write_text("changed", "utf-8")
    check = next(line for line in commands(page) if "sha256sum" in line).replace("cd site", "cd host")
    noticed = subprocess.run(["sh", "-c", check], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "404.html" in noticed.stdout


def test_nginx_sends_the_headers_that_the_site_asks_of_its_host(tmp_path: Path) -> None:
    asked = sent_with((built(tmp_path).output / "_headers").read_text("utf-8"), "/")
    lines = re.findall(r'add_header (\S+) (?:"([^"]*)"|(\S+)) always;', block("publishing.md", "nginx"))
    sent = {name: quoted or plain for name, quoted, plain in lines}
    assert len(sent) == 6
    assert sent == {name: value for name, value in asked.items() if name != "Strict-Transport-Security"}
    hsts = f'add_header Strict-Transport-Security "{asked["Strict-Transport-Security"]}" always;'
    assert hsts in (ROOT / "docs" / "publishing.md").read_text("utf-8")


@pytest.mark.parametrize("language", ["nginx", "yaml"])
def test_both_pages_give_the_same_settings(language: str) -> None:
    assert len({block(page, language) for page in PAGES}) == 1


def test_the_workflow_for_github_builds_by_a_command_that_exists_and_publishes_its_output() -> None:
    workflow: dict[Any, Any] = yaml.safe_load(block("publishing.md", "yaml"))
    steps = workflow["jobs"]["publish"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["make site"]
    assert [step["with"]["path"] for step in steps if "with" in step] == ["site"]
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
