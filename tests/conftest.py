"""What every test file may use: the programs that the tests drive. A missing one is a failure, never a skip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.showcase import Showcase, showcase

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "requirements" / "node" / "node_modules"
FIGURES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-kind", action="store_true", help="Lighthouse for every page kind (make quality)")
    parser.addoption("--approve", action="store_true", help="renew the approved screenshots (make approve)")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = terminalreporter.config.stash[FIGURES]
    if lines:
        terminalreporter.section("figures of the site")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Lines to print when all tests have run."""
    return pytestconfig.stash[FIGURES]


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    """An archive with a page of every kind, built and served."""
    with showcase(tmp_path_factory.mktemp("showcase")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that the tests drive."""
    names = (os.environ.get("SIJILL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium on this machine (run: make test, or set SIJILL_CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    script = NODE / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.fail("no axe-core on this machine (run: make test)")
    return script.read_text("utf-8")


@pytest.fixture(scope="session")
def lighthouse() -> tuple[str, ...]:
    """The command of Lighthouse; add an address and options."""
    node, script = shutil.which("node"), NODE / "lighthouse" / "cli" / "index.js"
    if node is None or not script.is_file():
        pytest.fail("no Node or no Lighthouse on this machine (run: make test)")
    return (node, str(script))


@pytest.fixture(scope="session")
def nu_checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker; add its options and the files to check."""
    jar = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        pytest.fail("no Java or no Nu HTML checker on this machine (run: make test)")
    return (java, "-Xss4m", "-jar", str(jar))
