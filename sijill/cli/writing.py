"""Writing a record that somebody filled in or accepted: first whether its id can be had and it can be read."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sijill.adding import add_file
from sijill.blank import record_text
from sijill.model import Issue, Kind
from sijill.records import record_of
from sijill.registry import FOLDERS
from sijill.slugs import SLUG, folded, taken
from sijill.sources import ARTICLES

__all__ = ["Written", "dangling", "unfit", "write_record"]


class Written(NamedTuple):
    """What became of a file: its name, or why there is none."""

    name: str
    refused: str = ""
    issues: tuple[Issue, ...] = ()


def write_record(
    content: Path,
    kind: Kind,
    id: str,
    values: Mapping[str, str],
    variants: Sequence[str] = (),
    cities: Sequence[str] = (),
    aliases: Sequence[str] = (),
) -> Written:
    """Write a record, checked before it is written; nothing is overwritten."""
    path = content / FOLDERS[kind] / f"{id}.md"
    name = path.relative_to(content.parent).as_posix()
    if why := unfit(content, kind, id) or dangling(content, values):
        return Written(name, why)
    text = record_text(kind, values, variants, cities if kind == "process" else (), aliases)
    checked = record_of(text, name, kind, id)
    if isinstance(checked, tuple):
        return Written(name, issues=checked)
    try:
        add_file(path, text)
    except OSError as problem:
        return Written(name, f"{name} cannot be written: {problem.strerror} (make room, or check the rights)")
    return Written(name)


def unfit(content: Path, kind: str, id: str) -> str:
    """Why this id cannot be had; nothing where it can."""
    if SLUG.fullmatch(id) is None:
        return f"{id} is not an id (write small Latin letters, digits and single hyphens)"
    if why := taken(id):
        return f"{id} {why} (take another id)"
    if kind == "article":
        files = [path for path in (content / ARTICLES).rglob("*") if path.is_file()]
    else:
        files = [path for folder in FOLDERS.values() for path in (content / folder).glob("*.md")]
    other = next((path for path in sorted(files) if folded(path.stem) == folded(id)), None)
    return "" if other is None else f"{id} is there already: {other.relative_to(content.parent).as_posix()}"


def dangling(content: Path, values: Mapping[str, str]) -> str:
    """Why an id among the values leads nowhere; nothing where all lead somewhere."""
    process, party = values.get("process", ""), values.get("party", "")
    if process and not (content / FOLDERS["process"] / f"{process}.md").is_file():
        return f"process {process} has no record (run: python build.py new process {process} --name …)"
    if party and not (content / FOLDERS["delegation"] / f"{party}.md").is_file():
        from sijill.arabic.parties import party_names

        known = party_names()
        if party not in known:
            close = difflib.get_close_matches(party, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"run: python build.py new delegation {party} --name …"
            return f"party {party} is not known ({hint})"
    if values.get("place"):
        from sijill.config import load_config

        if values["place"] not in load_config(content)[0].places:
            return f"place {values['place']} is not known (add it to {content.name}/places.toml)"
    return ""
