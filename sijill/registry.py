"""All records under `content/` and the judgements on identity: loaded, and checked against each other.

A file with an error is left out of the registry but its id stays known, so that one mistake is told once.
"""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType

from sijill.decode import decoded, forbidden
from sijill.issues import error, ordered, quoted
from sijill.ledger import Row, rows_of
from sijill.model import EntityId, Issue, Judgement, Kind, Record, Registry
from sijill.records import Checked, Reference, a, record_of
from sijill.slugs import SLUG, folded, taken

__all__ = ["FOLDERS", "IDENTITY", "load_registry"]

FOLDERS: Mapping[Kind, str] = {
    "process": "processes",
    "round": "rounds",
    "delegation": "delegations",
    "official": "officials",
    "document": "documents",
}
IDENTITY = "identity.toml"
LARGEST = 1_000_000


def load_registry(
    content: Path, parties: Container[str] | None = None, places: Container[str] | None = None
) -> tuple[Registry, tuple[Issue, ...]]:
    """The registry of this content folder, and everything that is wrong with it.

    `parties` and `places` are the slugs that may stand beside those of delegations; None leaves them unchecked.
    """
    issues: list[Issue] = []
    files = [file for kind in FOLDERS for file in _files(content, kind, issues)]
    known: dict[EntityId, tuple[Kind, str]] = {}
    alike: dict[str, str] = {}
    checked: list[Checked] = []
    for path, name, kind in files:
        other = alike.setdefault(folded(path.stem), name)
        if other != name:
            issues.append(error(name, 0, f"the id {quoted(path.stem)} is already {other}", "rename one of the two"))
        if SLUG.fullmatch(path.stem) is None:
            hint = "rename it to small Latin letters, digits and single hyphens"
            issues.append(error(name, 0, f"the name {quoted(path.stem)} is not an id", hint))
            continue
        if why := taken(path.stem):
            issues.append(error(name, 0, f"the id {quoted(path.stem)} {why}", "rename the file"))
        known.setdefault(path.stem, (kind, name))
        found = _read(path, name, kind)
        if isinstance(found, Checked):
            checked.append(found)
        else:
            issues += found
    issues += _aliases(checked, known)
    for one in checked:
        for reference in one.references:
            issue = _dangling(one.record, reference, known, parties, places)
            if issue is not None:
                issues.append(issue)
    judgements = _judgements(content / IDENTITY, f"{content.name}/{IDENTITY}", issues)
    records = {one.record.id: one.record for one in sorted(checked, key=lambda one: one.record.id)}
    return Registry(MappingProxyType(records), judgements), ordered(issues)


def _files(content: Path, kind: Kind, issues: list[Issue]) -> list[tuple[Path, str, Kind]]:
    """The records' files of one kind, in the order of their names. Hidden files and editors' backups are not ours."""
    folder = content / FOLDERS[kind]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as problem:
        name = f"{content.name}/{folder.name}"
        issues.append(error(name, 0, f"the folder cannot be read: {problem.strerror}", "check its rights"))
        return []
    found: list[tuple[Path, str, Kind]] = []
    for entry in entries:
        name = f"{content.name}/{folder.name}/{entry.name}"
        if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
            continue
        if entry.name.endswith(".md") and entry.is_file():
            found.append((Path(entry.path), name, kind))
        else:
            hint = f"records are files that end in .md, directly in {folder.name}/"
            issues.append(error(name, 0, "this is not a record", hint))
    return found


def _read(path: Path, name: str, kind: Kind) -> Checked | tuple[Issue, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        return (error(name, 0, f"the file cannot be read: {problem.strerror}", "check its rights"),)
    if len(data) > LARGEST:
        return (error(name, 0, f"the file has more than {LARGEST} bytes", "a record is a page of text at most"),)
    text = decoded(data, name)
    if isinstance(text, Issue):
        return (text,)
    return tuple(forbidden(text, name)) or record_of(text, name, kind, path.stem)


def _aliases(checked: list[Checked], known: Mapping[EntityId, tuple[Kind, str]]) -> list[Issue]:
    """A former id may be nobody else's id, now or formerly."""
    issues = []
    taken = {id: path for id, (_, path) in known.items()}
    for one in checked:
        for alias, line in one.alias_lines.items():
            if alias in taken:
                whose = "this record's own id" if taken[alias] == one.record.path else taken[alias]
                message = f"the alias {quoted(alias)} is already {whose}"
                issues.append(error(one.record.path, line, message, "remove the alias, or rename the other"))
            taken.setdefault(alias, one.record.path)
    return issues


def _dangling(
    record: Record,
    reference: Reference,
    known: Mapping[EntityId, tuple[Kind, str]],
    parties: Container[str] | None,
    places: Container[str] | None,
) -> Issue | None:
    """Why an id that a record names leads nowhere; None where it leads somewhere."""
    field, id = reference.field, reference.id
    kind = known[id][0] if id in known else None
    if field == "place":
        if places is None or id in places:
            return None
        message, hint = f"place {quoted(id)} is not known", "add it to places.toml, or correct it"
    elif field == "party":
        if parties is None or id in parties or kind == "delegation":
            return None
        message = f"party {quoted(id)} is neither a delegation nor in the list of parties"
        hint = "correct it, or add a record to delegations/"
    elif kind is None:
        folders = " or ".join(f"{FOLDERS[each]}/{id}.md" for each in reference.kinds)
        message, hint = f"{field} {quoted(id)} has no record", f"correct the id, or add {folders}"
    elif kind not in reference.kinds:
        wanted = " or ".join(map(a, reference.kinds))
        message, hint = f"{field} {quoted(id)} is {a(kind)}, not {wanted}", "correct the id"
    else:
        return None
    return error(record.path, reference.line, message, hint)


_ROW = ("left", "right", "same", "by", "on", "note")


def _judgements(path: Path, name: str, issues: list[Issue]) -> tuple[Judgement, ...]:
    """The rows of the identity ledger in their order; a site need not have one."""
    rows = rows_of(path, name, "judgement", _ROW, issues)
    return tuple(judgement for row in rows if (judgement := _judgement(row)) is not None)


def _judgement(row: Row) -> Judgement | None:
    values = row.values
    for key in ("left", "right"):
        if not isinstance(values.get(key), str) or SLUG.fullmatch(values[key]) is None:
            row.wrong(f"{key} is not an id", f'write it as in `{key} = "sergey-lavrov"`', key)
    if not isinstance(values.get("same"), bool):
        row.wrong("same is neither true nor false", "write `same = true` or `same = false`")
    if not row.signed():
        return None
    by, on, note = row.signature()
    return Judgement(values["left"], values["right"], values["same"], by, on, note, row.line)
