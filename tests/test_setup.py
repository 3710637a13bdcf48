"""The set-up keeps its word: a small environment, pinned and checked; a build that never starts with a traceback."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT / "requirements" / "default.lock"
DEV = ROOT / "requirements" / "dev.lock"
IMPORT = ROOT / "requirements" / "import.lock"
FUZZ = ROOT / "requirements" / "fuzz.lock"
NEURAL = ROOT / "requirements" / "neural.lock"
NEVER = ("torch", "transformers", "pandas", "numpy", "scipy", "sklearn", "tensorflow")


def entries(lock: Path) -> dict[str, list[str]]:
    """Pinned requirement -> its hashes."""
    found: dict[str, list[str]] = {}
    for line in lock.read_text("utf-8").splitlines():
        text = line.strip().removesuffix("\\").strip()
        if text.startswith("--hash="):
            found[list(found)[-1]].append(text)
        elif text and not text.startswith("#"):
            found[text] = []
    return found


def names(lock: Path) -> set[str]:
    return {re.split(r"==| ", requirement)[0] for requirement in entries(lock)}


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(each) for each in command], cwd=cwd, capture_output=True, text=True, check=False)


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refusal prints."""
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


# --- the environment --------------------------------------------------------------------------------------------------


def test_this_is_the_projects_own_environment_and_it_holds_nothing_heavy() -> None:
    assert Path(sys.prefix).resolve() == (ROOT / ".venv").resolve(), "run the tests with: make test"
    assert [name for name in NEVER if importlib.util.find_spec(name)] == []


def test_the_default_install_takes_at_most_250_megabytes() -> None:
    size = 0
    for name in names(DEFAULT):
        files = importlib.metadata.distribution(name).files
        assert files, name
        size += sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())
    assert 1_000_000 < size <= 250_000_000


@pytest.mark.parametrize("lock", [DEFAULT, IMPORT, DEV], ids=lambda lock: lock.name)
def test_the_installed_versions_are_the_locked_ones(lock: Path) -> None:
    for requirement in entries(lock):
        pin, _, marker = requirement.partition(" ; ")
        name, version = pin.split("==")
        if "win32" not in marker:
            assert importlib.metadata.version(name) == version


def test_everything_that_the_package_imports_is_in_the_default_lock() -> None:
    code = (
        "import pkgutil, sys, sijill, importlib.metadata as metadata\n"
        "for module in pkgutil.walk_packages(sijill.__path__, 'sijill.'):\n"
        "    if not module.name.endswith(('__main__', '.camel')): __import__(module.name)\n"
        "owners = metadata.packages_distributions()\n"
        "found = {name.partition('.')[0] for name in sys.modules} & set(owners)\n"
        "print(*sorted({owner for name in found for owner in owners[name]}))"
    )
    result = run(sys.executable, "-c", code)
    assert result.returncode == 0, result.stderr
    used = {name.lower().replace("_", "-") for name in result.stdout.split()} - {"setuptools", "pip"}
    assert used <= names(DEFAULT)
    assert "camel-tools" in used


# --- the locks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [DEFAULT, IMPORT, DEV, FUZZ, NEURAL], ids=lambda lock: lock.name)
def test_every_locked_package_is_pinned_with_sha256_hashes_and_no_index(lock: Path) -> None:
    found = entries(lock)
    assert len(found) >= (2 if lock == FUZZ else 10)
    for requirement, hashes in found.items():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.+]*( ; .+)?", requirement)
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), requirement
    assert "://" not in lock.read_text("utf-8")


def test_the_lock_satisfies_every_declared_dependency_and_adds_camel_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=]", requirement)[0].lower() for requirement in project["dependencies"]}
    assert "camel-tools" not in declared, "pip would take torch along: see docs/decisions/0001"
    assert declared | {"camel-tools", "markupsafe"} == names(DEFAULT)
    assert {f"camel-tools=={importlib.metadata.version('camel-tools')}"} < set(
        project["optional-dependencies"]["neural"]
    )


def test_a_package_whose_file_was_tampered_with_is_refused(tmp_path: Path) -> None:
    """The command is the Makefile's own; the package is a made-up wheel under a locked name and version."""
    lines = run("make", "--no-print-directory", "--dry-run", "--always-make", "setup").stdout.splitlines()
    [install] = [line for line in lines if "requirements/default.lock" in line]
    _, *options = install.split()
    lock = tmp_path / "one.lock"
    requirement, hashes = next((name, found) for name, found in entries(DEFAULT).items() if name.startswith("six=="))
    lock.write_text(" ".join([requirement, *hashes]) + "\n", "utf-8")
    version = requirement.removeprefix("six==")
    with zipfile.ZipFile(tmp_path / f"six-{version}-py2.py3-none-any.whl", "w") as wheel:
        wheel.writestr("six.py", "print('tampered')\n")
        wheel.writestr(f"six-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: six\nVersion: {version}\n")
        wheel.writestr(f"six-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        wheel.writestr(f"six-{version}.dist-info/RECORD", "")
    options = [str(lock) if option == "requirements/default.lock" else option for option in options]
    offline = ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "out")]
    result = run(sys.executable, *options, *offline)
    assert result.returncode != 0
    assert "DO NOT MATCH THE HASHES" in result.stderr
    assert not (tmp_path / "out").exists()


# --- build.py ---------------------------------------------------------------------------------------------------------


def test_a_python_without_the_dependencies_uses_the_projects_environment(tmp_path: Path) -> None:
    """`-S` hides every installed package, and the build is started from elsewhere."""
    result = run(sys.executable, "-I", "-S", ROOT / "build.py", "--help", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "--content" in result.stdout


def test_without_an_environment_the_build_says_the_one_command(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    result = run(sys.executable, "-I", "-S", "build.py", cwd=tmp_path)
    assert result.returncode == 2
    line = only_line(result)
    assert line.startswith("build.py: error: this Python lacks camel_tools, emoji, jinja2, ")
    assert line.endswith(" (run: make setup)")


def test_from_another_directory_the_command_names_the_project(tmp_path: Path) -> None:
    project = tmp_path / "the project"
    project.mkdir()
    shutil.copy(ROOT / "build.py", project)
    result = run(sys.executable, "-I", "-S", project / "build.py", cwd=tmp_path)
    assert result.returncode == 2
    assert only_line(result).endswith(f" (run: make -C '{project}' setup)")


def test_an_environment_that_lost_a_package_is_told_apart_and_does_not_call_itself(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    result = run(sys.executable, "-I", "-S", "build.py", cwd=tmp_path)
    assert result.returncode == 2
    assert only_line(result).endswith("(run: make setup)")


def test_an_old_python_gets_a_sentence(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    source = (ROOT / "build.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 5))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 20, 'final', 0); runpy.run_path('build.py', run_name='__main__')"
    )
    result = run(sys.executable, "-I", "-c", pretend, cwd=tmp_path)
    assert result.returncode == 2
    assert only_line(result) == (
        "build.py: error: Sijill needs Python 3.11 or newer, and this is 3.8 (run: make setup)"
    )


def test_who_interrupts_while_it_starts_gets_a_line_and_no_traceback() -> None:
    interrupted = (
        "import builtins, runpy\n"
        "given = builtins.__import__\n"
        "def load(name, *rest):\n"
        "    if name == 'sijill.cli': raise KeyboardInterrupt\n"
        "    return given(name, *rest)\n"
        "builtins.__import__ = load\n"
        "runpy.run_path('build.py', run_name='__main__')"
    )
    result = run(sys.executable, "-c", interrupted, cwd=ROOT)
    assert (result.returncode, result.stdout) == (130, "")
    assert only_line(result) == "stopped; nothing was done"


def test_the_build_looks_for_exactly_the_locked_packages() -> None:
    owners = importlib.metadata.packages_distributions()
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"))
    [needed] = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "NEEDED"
    ]
    found = {owner.lower().replace("_", "-") for name in needed for owner in owners[name]}
    assert found | {"markupsafe"} == names(DEFAULT)


def test_no_package_of_npm_is_wanted_by_a_tag_that_moves() -> None:
    """A lock that says «latest» is stale when its author publishes again: overrides pin each such name."""
    folder = ROOT / "requirements/node"
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = json.loads((folder / "package.json").read_text(encoding="utf-8"))["overrides"]
    wanted = {
        (name, version)
        for package in packages.values()
        for kind in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
        for name, version in package.get(kind, {}).items()
    }
    moving = {name for name, version in wanted if version[:1].isalpha()}
    assert moving == set(pinned)
    assert all(packages[f"node_modules/{name}"]["version"] == version for name, version in pinned.items())
