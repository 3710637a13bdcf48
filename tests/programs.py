"""The programs that tests drive. A missing one is a failure, never a skip."""

from __future__ import annotations

import os
import shutil

from tests.sites import ROOT

__all__ = ["MissingProgramError", "axe", "chromium", "lighthouse", "nu_checker"]

NODE = ROOT / "requirements" / "node" / "node_modules"


class MissingProgramError(Exception):
    """A program is not on this machine. Says which, and how to get it."""


def chromium() -> str:
    """Path of the browser."""
    names = (os.environ.get("SIJILL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise MissingProgramError("no Chromium on this machine (run: make test, or set SIJILL_CHROMIUM)")
    return found


def axe() -> str:
    """The script of axe-core."""
    script = NODE / "axe-core" / "axe.min.js"
    if not script.is_file():
        raise MissingProgramError("no axe-core on this machine (run: make test)")
    return script.read_text("utf-8")


def lighthouse() -> tuple[str, ...]:
    """The command of Lighthouse; add an address and options."""
    node, script = shutil.which("node"), NODE / "lighthouse" / "cli" / "index.js"
    if node is None or not script.is_file():
        raise MissingProgramError("no Node or no Lighthouse on this machine (run: make test)")
    return (node, str(script))


def nu_checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker; add its options and the files to check."""
    jar = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        raise MissingProgramError("no Java or no Nu HTML checker on this machine (run: make test)")
    return (java, "-Xss4m", "-jar", str(jar))
