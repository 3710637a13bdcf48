"""What every test file may use: the programs that the tests drive. A missing one is a failure, never a skip."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that the tests drive."""
    names = (os.environ.get("SIJILL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium on this machine (run: make test, or set SIJILL_CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def nu_checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker; add its options and the files to check."""
    jar = ROOT / "requirements" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        pytest.fail("no Java or no Nu HTML checker on this machine (run: make test)")
    return (java, "-Xss4m", "-jar", str(jar))
