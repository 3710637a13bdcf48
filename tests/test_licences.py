"""What is installed is listed with its licence and its hashes, and a build needs nothing under the GPL."""

from __future__ import annotations

import json
import re

from tests.test_setup import DEFAULT, DEV, IMPORT, entries, names
from tools.licences import PAGE, PARTS, ROOT, locked, npm, page, parts


def test_the_pages_of_licences_and_parts_are_what_the_command_writes() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make licences"
    assert PARTS.read_text("utf-8") == parts(), "run: make licences"


def copyleft(licence: str) -> bool:
    """Whether one cannot but take the package under the GPL or its kin; of licences joined by OR one may choose."""
    kin = re.compile(r"\b(A|L)?GPL\b|\bGPL", re.IGNORECASE)
    return all(kin.search(choice) for choice in licence.split(" OR "))


def test_nothing_that_is_installed_must_be_taken_under_the_gpl() -> None:
    packages = (*locked(DEFAULT), *locked(IMPORT), *locked(DEV))
    assert len(packages) > 30
    assert [each for each in packages if copyleft(each.licence)] == []
    assert [licence for licence in npm() if copyleft(licence)] == []
    assert [copyleft(each) for each in ("GPL-3.0-only", "AGPL-3.0-or-later", "LGPL-2.1-only")] == [True] * 3
    assert not copyleft("GPL-2.0-only OR MIT")


def test_the_list_of_parts_has_every_pin_and_every_hash_of_the_locks_and_no_other() -> None:
    listed = {
        f"{each['name']}=={each['version']}": {row["content"] for row in each["externalReferences"][0]["hashes"]}
        for each in json.loads(PARTS.read_text("utf-8"))["components"]
        if each["type"] == "library"
    }
    pinned = {
        name.partition(" ")[0]: {each.removeprefix("--hash=sha256:") for each in hashes}
        for lock in (DEFAULT, IMPORT, DEV)
        for name, hashes in entries(lock).items()
    }
    assert listed == pinned
    assert {name.partition("==")[0] for name in listed} == names(DEFAULT) | names(IMPORT) | names(DEV)


def test_every_package_that_a_build_needs_has_its_reason_in_the_note_on_dependencies() -> None:
    note = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text("utf-8").lower()
    assert [each.name for each in locked(DEFAULT) if each.name not in note] == []
