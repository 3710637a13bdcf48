"""The import guards: which module may know which. Read from the source with `ast`, so that nothing is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sijill"

SETTLING = {"settle", "identity", "facts", "corrected", "contradictions"}
"""The modules that bring all articles together."""

ENTRY = {"build", "check", "cli", "counts", "desk", "files", "importing", "prepare", "questions", "serve", "shown"}
"""The modules that put the stages together; no stage may know them."""

SITE = {"pages", "render", "safe", "assets", "publish", "links", "urls", "exports", "rdf", "csvw"}
"""The modules of the whole site, on the far side of the barrier."""

READING = {
    "recognise",
    "calendar",
    "holding",
    "cue",
    "worded",
    "publication",
    "rounds",
    "link",
    "claims",
    "anchors",
    "reading",
}
"""The modules that read one article."""


def module_name(path: Path) -> str:
    """`sijill/pages/__init__.py` is `sijill.pages`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(name: str, source: str, package: bool = False) -> Iterator[str]:
    """The dotted names that module `name` imports anywhere in it; a name taken from a package counts as its module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = name.split(".")
                parts = parts[: len(parts) - node.level + package]
                base = ".".join([*parts, base] if base else parts)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


MODULES = {
    module_name(path): frozenset(imports_of(module_name(path), path.read_text("utf-8"), path.name == "__init__.py"))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def offered(source: str) -> set[str]:
    """The names in the `__all__` of a module."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return set(ast.literal_eval(node.value))
    return set()


def inside(name: str, parts: set[str]) -> bool:
    """Whether `name` is one of the parts of the package, or within one."""
    return any(name == f"sijill.{part}" or name.startswith(f"sijill.{part}.") for part in parts)


def importers(*imported: str) -> set[str]:
    """The modules that import one of the dotted names, or anything within it."""
    return {
        name
        for name, found in MODULES.items()
        if any(each == wanted or each.startswith(f"{wanted}.") for each in found for wanted in imported)
    }


def knows(parts: set[str], others: set[str]) -> dict[str, list[str]]:
    """The imports from `others` that modules within `parts` hold."""
    found = {
        name: sorted(each for each in held if inside(each, others) and not inside(each, parts))
        for name, held in MODULES.items()
        if inside(name, parts)
    }
    return {name: held for name, held in found.items() if held}


def test_the_guard_sees_every_way_to_import() -> None:
    source = (
        "import re, a.b as c\nfrom . import link\nfrom .x import y\nfrom ..render import Renderer\ndef f():\n import z"
    )
    assert set(imports_of("sijill.pages.rounds", source)) >= {
        "re", "a.b", "sijill.pages.link", "sijill.pages.x.y", "sijill.render", "sijill.render.Renderer", "z",
    }  # fmt: skip
    assert "sijill.pages.link" in set(imports_of("sijill.pages", source, package=True))


def test_a_module_lists_in_its_all_what_others_take_from_it() -> None:
    offers = {module_name(path): offered(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
    unlisted = {
        f"{each} is taken by {name}"
        for name, found in MODULES.items()
        for each in found
        if each not in MODULES
        and (owner := each.rpartition(".")[0]) in MODULES
        and owner != name
        and each.rpartition(".")[2] not in offers[owner]
    }
    assert unlisted == set()
    assert sum(map(len, offers.values())) > 500


def test_a_module_opens_with_what_it_owns_in_at_most_five_lines() -> None:
    heads = {
        str(path.relative_to(ROOT)): ast.get_docstring(ast.parse(path.read_text("utf-8")))
        for path in PACKAGE.rglob("*.py")
    }
    assert {name: head for name, head in heads.items() if not head or len(head.splitlines()) > 5} == {}


@pytest.mark.parametrize("part", sorted(READING | SETTLING | SITE | ENTRY | {"model", "read", "registry", "config"}))
def test_the_guard_names_modules_that_exist(part: str) -> None:
    assert any(inside(name, {part}) for name in MODULES), f"sijill/{part} has moved: update the guards"


def test_the_model_knows_only_the_standard_library() -> None:
    names = {name.partition(".")[0] for name in MODULES["sijill.model"]}
    assert names <= sys.stdlib_module_names


def test_only_render_knows_jinja2() -> None:
    assert importers("jinja2", "markupsafe") == {"sijill.render"}


def test_only_arabic_knows_camel_tools() -> None:
    assert {name for name in importers("camel_tools") if not inside(name, {"arabic", "neural.camel"})} == set()
    assert importers("camel_tools"), "nothing uses camel-tools any more"


def test_only_front_matter_and_gold_files_are_read_as_yaml() -> None:
    allowed = {"frontmatter", "gold"}
    assert {name for name in importers("yaml") if not inside(name, allowed)} == set()


def test_values_know_only_the_standard_library() -> None:
    names = {name.partition(".")[0] for name in MODULES["sijill.value"]}
    assert names <= sys.stdlib_module_names


def test_what_reads_one_article_knows_nothing_of_the_site() -> None:
    assert knows(READING | {"arabic", "read", "markup", "registry", "config"}, SITE | SETTLING) == {}


def test_arabic_knows_only_itself_the_model_and_values() -> None:
    held = {
        name: {each for each in found if each.startswith("sijill.") and not inside(each, {"arabic", "model", "value"})}
        for name, found in MODULES.items()
        if inside(name, {"arabic"})
    }
    assert {name: found for name, found in held.items() if found} == {}


def test_nothing_behind_the_barrier_knows_arabic_rules() -> None:
    assert knows(SITE | SETTLING, {"arabic", "recognise", "claims"}) == {}


@pytest.mark.parametrize("part", sorted(SETTLING | {"pages"}))
def test_no_regular_expressions_where_values_are_already_settled(part: str) -> None:
    assert {name for name in importers("re", "regex") if inside(name, {part})} == set()


def test_stages_before_rendering_know_no_templates() -> None:
    assert knows(READING | SETTLING | {"pages", "exports", "arabic"}, {"render"}) == {}


def test_no_stage_knows_what_puts_the_stages_together() -> None:
    stages = {name.partition(".")[2].partition(".")[0] for name in MODULES} - ENTRY - {"", "__main__"}
    assert knows(stages, ENTRY) == {}


def test_only_the_import_of_pages_knows_trafilatura() -> None:
    assert importers("trafilatura", "lxml") == {"sijill.importing.page"}


def test_importing_knows_nothing_of_readings_and_pages() -> None:
    assert knows({"importing"}, READING | SETTLING | SITE | {"registry", "build"}) == {}


def test_the_build_does_not_know_its_callers() -> None:
    assert knows({"build", "files", "prepare", "shown"}, {"check", "cli", "serve"}) == {}


def test_heavy_packages_are_imported_only_by_the_neural_recogniser() -> None:
    heavy = importers("torch", "transformers", "pandas", "numpy", "camel_tools.ner", "camel_tools.disambig")
    assert {name for name in heavy if not inside(name, {"neural.camel"})} == set()
