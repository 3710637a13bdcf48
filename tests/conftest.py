"""What every test file may use: the programs that the tests drive. A missing one is a failure, never a skip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests import programs, sharing
from tests.showcase import Showcase, showcase

FIGURES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-kind", action="store_true", help="Lighthouse for every page kind (make quality)")
    parser.addoption("--update", action="store_true", help="renew the golden tree")
    parser.addoption("--approve", action="store_true", help="renew the approved pictures (make approve)")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []
    hypothesis.settings.register_profile("sijill", deadline=None)  # by the clock of the wall, and machines are shared
    hypothesis.settings.load_profile("sijill")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where several processes share the tests, each hands its figures to the one that prints."""
    handed: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["figures"] = session.config.stash[FIGURES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash[FIGURES] += getattr(node, "workeroutput", {}).get("figures", [])


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


@pytest.fixture(scope="session", autouse=True)
def shared() -> Iterator[None]:
    """Builds share what they would each make again."""
    with pytest.MonkeyPatch.context() as patch:
        sharing.share(patch)
        yield


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    """An archive with a page of every kind, built and served."""
    with showcase(tmp_path_factory.mktemp("showcase")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that the tests drive."""
    return programs.chromium()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return programs.axe()


@pytest.fixture(scope="session")
def lighthouse() -> tuple[str, ...]:
    """The command of Lighthouse; add an address and options."""
    return programs.lighthouse()


@pytest.fixture(scope="session")
def nu_checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker; add its options and the files to check."""
    return programs.nu_checker()
