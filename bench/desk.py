"""How long an editor waits: `python -m bench.desk`. The list of questions after a build, and the start of each command.

A command has started when its own code has been found and imported, and what was typed is understood; what is quick to
do is measured to its end as well, in an archive of one article.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import ARTICLE, ROOT, make_project
from sijill.cli.table import COMMANDS

STARTED = """
import importlib, os, runpy, sys
given = importlib.import_module
def load(name, *rest):
    given(name, *rest)
    os._exit(0)
importlib.import_module = load
sys.argv[0] = sys.argv.pop(1)
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""`build.py` up to where it would call the function of a command."""
TYPED = {
    "import": ("dump.csv",),
    "new": ("article", "a-b", "--title", "x"),
    "schema": ("article",),
    "init": ("new", "--process", "a", "--name", "x"),
    "explain": (ARTICLE.stem,),
    "evaluate": (".",),
    "completion": ("bash",),
}
"""What a command cannot do without."""
QUICK = ("schema", "completion", "stats", "explain")
"""Commands that only look, and of which one may be run again and again."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5, help="the median of this many is shown")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sijill-bench-") as name:
        folder = Path(name)
        many = make_project(folder / "many", arguments.articles).parent
        one = make_project(folder / "one", 1).parent
        # As in `bench`: a machine that has run a command before has its modules compiled.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        for project in (many, one):
            _seconds(project, _command("build"))
        print(f"{'':44}{'median':>9}{'worst':>9}   goal")
        label = f"review --list, {arguments.articles:,} articles, after a build"
        _show(label, many, _command("review", "--list"), arguments.runs, "≤ 2 s")
        for command in COMMANDS:
            words = (command.name, *TYPED.get(command.name, ()))
            started = [sys.executable, "-c", STARTED, str(ROOT / "build.py"), *words]
            _show(f"{command.name}: started", one, started, arguments.runs, "≤ 0.5 s")
        for quick in QUICK:
            words = (quick, *TYPED.get(quick, ()))
            _show(f"{' '.join(words)}: done", one, _command(*words), arguments.runs, "")
        for quick in ("--help", "--help-ar"):
            _show(f"{quick}: done", one, _command(quick), arguments.runs, "≤ 0.5 s")
    return 0


def _command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), *words]


def _show(label: str, folder: Path, command: Sequence[str], runs: int, goal: str) -> None:
    _seconds(folder, command)  # compiled and in the memory of the system, as from the second time on
    took = [_seconds(folder, command) for _ in range(runs)]
    print(f"{label:44}{statistics.median(took):7.2f} s{max(took):7.2f} s   {goal}", flush=True)


def _seconds(folder: Path, command: Sequence[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[1:])} failed:\n{done.stderr.decode()}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
