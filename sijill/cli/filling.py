"""The commands that fill an archive by hand and look at how full it is: new, init, schema and stats."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from sijill.adding import add_file
from sijill.blank import NEEDED, archive_files, article_text
from sijill.cli.places import PROJECT, output_of
from sijill.cli.terminal import refuse, say_issues, say_json, say_lines
from sijill.cli.writing import Written, unfit, write_record
from sijill.counts import counted, lines_of
from sijill.registry import FOLDERS
from sijill.schemas import schema_of
from sijill.slugs import SLUG
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
    if kind != "article":
        done = write_record(content, kind, id, values, arguments.variant, arguments.city)
        then = "add spellings and facts with their sources"
    else:
        done = _write_article(content, id, values)
        then = "write the text below the title, then remove the line `draft: true`"
    if done.refused:
        return refuse(done.refused)
    if done.issues:
        say_issues(done.issues)
        return 1
    print(f"{done.name} is written: {then}")
    return 0


def _write_article(content: Path, id: str, values: dict[str, str]) -> Written:
    """Write a draft, checked before it is written."""
    from sijill.read import article_of
    from sijill.sources import Source

    path = content / ARTICLES / (values["date"][:4] or "undated") / f"{id}.txt"
    name = path.relative_to(content.parent).as_posix()
    if why := unfit(content, "article", id):
        return Written(name, why)
    text = article_text(values["title"], values)
    read = article_of(Source(id, Path(name), name), text.encode())
    if isinstance(read, tuple):
        return Written(name, issues=read)
    add_file(path, text)
    return Written(name)


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
