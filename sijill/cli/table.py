"""Every command as one row: its name, what it does, what it takes, and the function that does it.

A new command is a row here, its words in ar.toml, and a function that takes the parsed arguments and gives the exit
code. The function is named, not imported, so that no command waits for what another one needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sijill.cli.places import PROJECT, here

__all__ = ["COMMANDS", "CONTENT", "Argument", "Command", "count"]

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
KEEP_GOING = Argument(
    "--keep-going", "leave out articles with errors, publish the others, exit with 3", {"action": "store_true"}
)
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

KINDS = ("process", "round", "delegation", "official", "document")
_MANY: Mapping[str, Any] = {"metavar": "TEXT", "action": "append", "default": []}


def _text(name: str, help: str) -> Argument:
    return Argument(name, help, {"metavar": "TEXT", "default": ""})


COMMANDS: tuple[Command, ...] = (
    Command(
        "build",
        "build the site (as without a command)",
        "sijill.cli.building:run",
        (*BUILDING, JSON),
        stopped="stopped; the site is as it was",
    ),
    Command(
        "check",
        "all that a build does but publishing; then links, anchors, dates, and whether the site was changed",
        "sijill.cli.checking:run",
        (OUTPUT, TEMPLATES, STRICT, JOBS, MODEL, JSON),
    ),
    Command(
        "serve",
        "build, serve the site on this machine, and build again on every change",
        "sijill.cli.building:preview",
        (*BUILDING, Argument("--port", "port to serve on", {"type": count, "default": PORT, "metavar": "N"}), JSON),
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
        "review",
        "ask what the reading is unsure of, one key an answer, and write each answer down",
        "sijill.cli.reviewing:run",
        (
            Argument("--list", "list the questions instead of asking them", {"action": "store_true"}),
            Argument(
                "--only",
                "only questions of this kind",
                {"choices": ("alike", "name", "loaded", "round", "disputed"), "default": ""},
            ),
            Argument("--by", "who decides (default: whoever is logged in)", {"metavar": "NAME", "default": ""}),
            JSON,
        ),
        stopped="stopped; every answer given is written",
    ),
    Command(
        "new",
        "write a new article or record from a template",
        "sijill.cli.filling:new",
        (
            Argument("kind", "what is new", {"choices": ("article", *KINDS)}),
            Argument("id", "its id: the name of its file and of its address", {"metavar": "ID"}),
            _text("--title", "title of an article"),
            _text("--date", "day of publication of an article, YYYY-MM-DD"),
            _text("--author", "who wrote an article"),
            _text("--url", "where an article was published"),
            _text("--source", "who published the article, or where the facts of a record were read"),
            _text("--name", "neutral Arabic name of a record"),
            _text("--latin", "name in Latin letters"),
            Argument("--variant", "a spelling that articles use (may be repeated)", _MANY),
            _text("--party", "id of the party that an official belongs to"),
            _text("--process", "id of the process that a round belongs to"),
            _text("--number", "number of a round"),
            _text("--start", "first day of a round"),
            _text("--end", "last day of a round"),
            _text("--place", "id of the city of a round"),
            Argument("--city", "a name of the city that stands for the talks (may be repeated)", _MANY),
        ),
    ),
    Command(
        "stats",
        "count articles, records, and what the last build found",
        "sijill.cli.filling:stats",
        (OUTPUT, JSON),
    ),
    Command(
        "schema",
        "print the JSON Schema of a kind of file, for editors' tools",
        "sijill.cli.filling:schema",
        (Argument("of", "what files", {"choices": ("article", *KINDS, "site", "places", "identity", "corrections")}),),
        reads=False,
    ),
    Command(
        "init",
        "set up a new archive in an empty folder",
        "sijill.cli.filling:init",
        (
            Argument("folder", "an empty folder, or one to be made", {"metavar": "DIR"}),
            Argument("--process", "id of the process that it is about", {"metavar": "ID", "required": True}),
            Argument("--name", "neutral Arabic name of a record", {"metavar": "TEXT", "required": True}),
            Argument("--title", "title of the site (default: the name)", {"metavar": "TEXT", "default": ""}),
            Argument("--base-url", "where the site will stand", {"metavar": "URL", "default": "http://localhost:8000"}),
            Argument("--city", "a name of the city that stands for the talks (may be repeated)", _MANY),
        ),
        reads=False,
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
