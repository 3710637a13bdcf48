"""The commands that fill an archive by hand and look at how full it is: new, init, schema and stats."""

from __future__ import annotations

import argparse
import difflib
import json
import shlex
from pathlib import Path

from sijill.blank import NEEDED, archive_files, article_text, record_text
from sijill.cli.building import output_of
from sijill.cli.table import PROJECT
from sijill.cli.terminal import refuse, say_issues, say_json, say_lines
from sijill.counts import counted, lines_of
from sijill.model import Issue
from sijill.records import record_of
from sijill.registry import FOLDERS
from sijill.schemas import schema_of
from sijill.slugs import SLUG, folded, taken
from sijill.sources import ARTICLES

__all__ = ["init", "new", "schema", "stats"]

_VALUES = ("title", "name", "latin", "process", "number", "party", "start", "end", "place", "date", "author", "source")
_ONLY = {"title": "article", "date": "article", "author": "article", "url": "article", "party": "official"}
_ONLY |= {"process": "round", "number": "round", "start": "round", "end": "round", "place": "round"}


def new(arguments: argparse.Namespace) -> int:
    """Write a new article or record, checked before it is written."""
    content, kind, id = arguments.content.resolve(), arguments.kind, arguments.id
    values = {key: " ".join((getattr(arguments, key) or "").split()) for key in (*_VALUES, "url")}
    missing = [f"--{key}" for key in NEEDED[kind] if not values[key]]
    if missing:
        return refuse(f"a new {kind} needs {' and '.join(missing)}")
    strange = next((key for key, value in values.items() if value and _ONLY.get(key, kind) != kind), None)
    if strange is not None:
        return refuse(f"--{strange} is for {_ONLY[strange]}s, not for {kind}s (leave it out)")
    why = _unfit(content, kind, id) or _dangling(content, values)
    if why:
        return refuse(why)
    if kind == "article":
        path = content / ARTICLES / (values["date"][:4] or "undated") / f"{id}.txt"
        text = article_text(values["title"], values)
        then = "write the text below the title, then remove the line `draft: true`"
    else:
        path = content / FOLDERS[kind] / f"{id}.md"
        text = record_text(kind, values, arguments.variant, arguments.city if kind == "process" else ())
        then = "add spellings and facts with their sources"
    name = path.relative_to(content.parent).as_posix()
    wrong = _issues(text, name, kind, id)
    if wrong:
        say_issues(wrong)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"{name} is written: {then}")
    return 0


def init(arguments: argparse.Namespace) -> int:
    """Set up a new archive in an empty folder."""
    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return refuse(f"{arguments.folder} is not an empty folder (name one that is empty, or that does not exist yet)")
    if SLUG.fullmatch(arguments.process) is None:
        return refuse(
            f"--process {arguments.process} is not an id (write small Latin letters, digits and single hyphens)"
        )
    strings = (PROJECT / "content" / "strings" / "ar.toml").read_text("utf-8")
    title = arguments.title or arguments.name
    for name, text in archive_files(
        title, arguments.base_url, arguments.process, arguments.name, arguments.city, strings
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    for name in (ARTICLES, *FOLDERS.values()):
        (folder / "content" / name).mkdir(exist_ok=True)
    there = shlex.quote(str(folder / "content"))
    say_lines(
        (
            f"{arguments.folder} is an archive; next:",
            f"  python build.py --content {there} import SAVED_PAGES",
            f"  python build.py --content {there} serve",
        )
    )
    return 0


def stats(arguments: argparse.Namespace) -> int:
    """How much there is."""
    content = arguments.content.resolve()
    counts = counted(content, output_of(arguments, content))
    if arguments.json:
        say_json(counts._asdict())
    else:
        say_lines(lines_of(counts))
    return 0


def schema(arguments: argparse.Namespace) -> int:
    """The schema of one kind of file, as docs/schema/ holds it."""
    say_lines(json.dumps(schema_of(arguments.of), indent=1, ensure_ascii=False).split("\n"))
    return 0


def _unfit(content: Path, kind: str, id: str) -> str:
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


def _dangling(content: Path, values: dict[str, str]) -> str:
    """Why an id among the values leads nowhere; nothing where all lead somewhere."""
    process, party = values["process"], values["party"]
    if process and not (content / FOLDERS["process"] / f"{process}.md").is_file():
        return f"process {process} has no record (run: python build.py new process {process} --name …)"
    if party and not (content / FOLDERS["delegation"] / f"{party}.md").is_file():
        from sijill.arabic.parties import party_names

        known = party_names()
        if party not in known:
            close = difflib.get_close_matches(party, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"run: python build.py new delegation {party} --name …"
            return f"party {party} is not known ({hint})"
    if values["place"]:
        from sijill.config import load_config

        if values["place"] not in load_config(content)[0].places:
            return f"place {values['place']} is not known (add it to {content.name}/places.toml)"
    return ""


def _issues(text: str, name: str, kind: str, id: str) -> tuple[Issue, ...]:
    """What the archive's own reader would say of the file."""
    if kind != "article":
        checked = record_of(text, name, kind, id)  # type: ignore[arg-type]
        return checked if isinstance(checked, tuple) else ()
    from sijill.read import article_of
    from sijill.sources import Source

    read = article_of(Source(id, Path(name), name), text.encode())
    return read if isinstance(read, tuple) else ()
