"""Builds the site: `python build.py`. Finds a Python that has what the build needs, then hands over to sijill.cli.

Kept to syntax that old Pythons can read, so that each of them gets a sentence instead of a traceback.
"""

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BINARY = "Scripts/python.exe" if os.name == "nt" else "bin/python"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / BINARY
NEEDED = (
    "camel_tools",
    "emoji",
    "jinja2",
    "livereload",
    "markdown",
    "nh3",
    "orjson",
    "regex",
    "six",
    "tornado",
    "yaml",
)
"""What requirements/default.lock installs, by import name; serving imports some of it late, so all is checked here."""


def refuse(reason: str) -> int:
    """Say in one line why there is no build, and the one command that mends it."""
    setup = "make setup"
    if Path.cwd() != ROOT:
        setup = "make -C " + shlex.quote(str(ROOT)) + " setup"
    sys.stderr.write("build.py: error: " + reason + " (run: " + setup + ")\n")
    return 2


def neural() -> "Path | None":
    """The Python of the neural environment (`make neural`), where it is asked for, exists and is not this one."""
    asked = any(word.split("=")[0] == "--ner-model" for word in sys.argv[1:])
    environment = ROOT / ".venv-neural"
    python = environment / BINARY
    here = Path(sys.prefix).resolve() == environment.resolve()
    return python if asked and not here and python.exists() and importlib.util.find_spec("torch") is None else None


def become(python: Path) -> int:
    """Run the same command with another Python."""
    command = [str(python), str(ROOT / "build.py"), *sys.argv[1:]]
    if os.name != "nt":  # on Windows exec would return to the shell before the build ends
        os.execv(command[0], command)  # noqa: S606
    return subprocess.call(command)


def run() -> int:
    """The exit code of the build, which this Python runs if it can, and the project's own environment if not."""
    too_old = sys.version_info < (3, 11)
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    other = neural()
    if other is not None:
        return become(other)
    if not too_old and not missing:
        sys.path[:0] = [str(ROOT)]  # an isolated Python (-I) leaves out the script's own folder
        from sijill.cli import main

        return main(sys.argv[1:])
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve() and PYTHON.exists():
        return become(PYTHON)
    if too_old:
        return refuse("Sijill needs Python 3.11 or newer, and this is %d.%d" % sys.version_info[:2])
    return refuse("this Python lacks " + ", ".join(missing))


if __name__ == "__main__":
    sys.exit(run())
