"""Every command as one row: its name, what it does, what it takes, and the function that does it.

A new command is a row here, its words in ar.toml, and a function that takes the parsed arguments and gives the exit
code. The function is named, not imported, so that no command waits for what another one needs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["COMMANDS", "CONTENT", "PROJECT", "Argument", "Command", "count"]

PROJECT = Path(__file__).resolve().parents[2]
PORT = 8000


class Argument(NamedTuple):
    """A positional argument or an option; its Arabic help stands in ar.toml under the first of its names."""

    name: str
    help: str
    settings: Mapping[str, Any] = {}
    """What `argparse.ArgumentParser.add_argument` takes besides."""


class Command(NamedTuple):
    """A row of the table."""

    name: str
    help: str
    function: str
    """`module:function`, imported when the command runs; takes the parsed arguments, gives the exit code."""
    arguments: tuple[Argument, ...] = ()
    stopped: str = "stopped; nothing was lost"
    """What is said when the command is interrupted."""
    reads: bool = True
    """Whether it needs a content folder."""


def count(text: str) -> int:
    """A number that a port or a number of processes can be."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError
    return number


def here() -> Path:
    """The content folder of the archive that one stands in, or else the project's own."""
    near = Path("content")
    return near if os.path.isfile("content/site.toml") else PROJECT / "content"  # noqa: PTH113 - read at every start


CONTENT = Argument(
    "--content",
    "what to read (default: content/ of the archive that you stand in, else the project's)",
    {"type": Path, "default": here(), "metavar": "DIR"},
)
TEMPLATES = Argument(
    "--templates", "templates of the pages", {"type": Path, "default": PROJECT / "templates", "metavar": "DIR"}
)
OUTPUT = Argument("--output", "what to write (default: site, beside the content)", {"type": Path, "metavar": "DIR"})
STRICT = Argument("--strict", "publish nothing if there is a warning", {"action": "store_true"})
KEEP_GOING = Argument("--keep-going", "leave out articles with errors, publish the others", {"action": "store_true"})
JOBS = Argument("--jobs", "processes (default: one for each processor)", {"type": count, "default": 0, "metavar": "N"})
NO_CACHE = Argument("--no-cache", "read every article again, and build in any case", {"action": "store_true"})
MODEL = Argument(
    "--ner-model",
    "a neural model that reads beside the rules (see docs/neural.md)",
    {"type": Path, "metavar": "DIR"},
)
JSON = Argument("--json", "print JSON, one object a line, for scripts", {"action": "store_true"})
DRY_RUN = Argument("--dry-run", "show what would be written, and write nothing", {"action": "store_true"})
BUILDING = (OUTPUT, TEMPLATES, STRICT, KEEP_GOING, JOBS, NO_CACHE, MODEL)

COMMANDS: tuple[Command, ...] = (
    Command(
        "build",
        "build the site (as without a command)",
        "sijill.cli.building:run",
        (*BUILDING, JSON),
        stopped="stopped; the site is as it was",
    ),
    Command(
        "serve",
        "build, serve the site on this machine, and build again on every change",
        "sijill.cli.building:preview",
        (*BUILDING, Argument("--port", "port to serve on", {"type": count, "default": PORT, "metavar": "N"})),
        stopped="stopped",
    ),
    Command(
        "import",
        "make articles of saved pages, feeds, WordPress exports, CSV and JSON Lines; nothing is fetched or overwritten",
        "sijill.cli.importing:run",
        (
            Argument("sources", "files or folders", {"nargs": "+", "metavar": "SOURCE"}),
            DRY_RUN,
            Argument("--encoding", "of files that do not say it (windows-1256 …)", {"metavar": "NAME", "default": ""}),
            Argument("--source", "who published what does not say it", {"metavar": "NAME", "default": ""}),
            Argument(
                "--map",
                "which column holds a field: title, text, date, author, source or url",
                {"metavar": "FIELD=COLUMN", "action": "append", "default": []},
            ),
            JOBS,
            JSON,
        ),
        stopped="stopped; what was imported stays, and running it again goes on",
    ),
    Command(
        "explain",
        "print an article with everything that was read in it, and why",
        "sijill.cli.asking:explain",
        (Argument("article", "the file or stem of an article", {"metavar": "ARTICLE"}), MODEL),
    ),
    Command(
        "evaluate",
        "compare the reading with articles annotated by hand",
        "sijill.cli.asking:evaluate",
        (
            Argument("gold", "a folder of gold files", {"metavar": "GOLD_DIR"}),
            Argument("--errors", "list what was missed and what is false", {"action": "store_true"}),
            MODEL,
        ),
    ),
    Command(
        "completion",
        "print what makes a shell complete commands and options",
        "sijill.cli.completion:run",
        (Argument("shell", "bash, zsh or fish", {"choices": ("bash", "zsh", "fish")}),),
        reads=False,
    ),
)
