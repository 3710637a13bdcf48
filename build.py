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
NEEDED = (
    "camel_tools",
    "emoji",
    "jinja2",
    "livereload",
    "markdown",
    "nh3",
    "orjson",
    "PIL",
    "regex",
    "tomli",
    "six",
    "tornado",
    "yaml",
)
"""What requirements/default.lock installs, by import name; serving imports some of it late, so all is checked here."""


def refuse(reason: str, target: str) -> int:
    """Say in one line why there is no build, and the one command that mends it."""
    setup = "make " + target
    if Path.cwd() != ROOT:
        setup = "make -C " + shlex.quote(str(ROOT)) + " " + target
    sys.stderr.write("build.py: error: " + reason + " (run: " + setup + ")\n")
    return 2


def run() -> int:
    """The exit code of the build, which this Python runs if it can, and the project's own environment if not."""
    neural = any(word.split("=")[0] == "--ner-model" for word in sys.argv[1:])
    environment, needed = ROOT / ".venv", list(NEEDED)
    if neural and (ROOT / ".venv-neural" / BINARY).exists():
        environment = ROOT / ".venv-neural"
        needed.append("torch")
    too_old = sys.version_info < (3, 11)
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if not too_old and not missing:
        sys.path[:0] = [str(ROOT)]  # an isolated Python (-I) leaves out the script's own folder
        from sijill.cli import main

        return main(sys.argv[1:])
    if Path(sys.prefix).resolve() != environment.resolve() and (environment / BINARY).exists():
        command = [str(environment / BINARY), str(ROOT / "build.py"), *sys.argv[1:]]
        if os.name != "nt":  # on Windows exec would return to the shell before the build ends
            os.execv(command[0], command)  # noqa: S606
        return subprocess.call(command)
    target = "neural" if neural else "setup"
    if too_old:
        return refuse("Sijill needs Python 3.11 or newer, and this is %d.%d" % sys.version_info[:2], target)
    return refuse("this Python lacks " + ", ".join(missing), target)


def leave(code: int) -> None:
    """End at once: Python would first take apart all that a build had in memory, which takes longer than it may."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever was to read it is gone
        code = code or 1
    os._exit(code)


if __name__ == "__main__":
    try:
        ended = run()
    except KeyboardInterrupt:  # while it started: what a command has to say of it, it says itself
        sys.stderr.write(("\r\x1b[K" if sys.stderr.isatty() else "") + "stopped; nothing was done\n")
        ended = 130
    leave(ended)
