"""The text of new files: an article, a record, a whole archive. Separate so that `new` and `init` write the same.

What is written here passes every check of the archive as it stands; what an editor is to add stands in comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sijill.model import Kind

__all__ = ["NEEDED", "archive_files", "article_text", "record_text"]

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "article": ("title",),
    "process": ("name",),
    "round": ("name", "process"),
    "delegation": ("name",),
    "official": ("name", "party"),
    "document": ("name",),
}
"""What cannot be left out, by what is new."""

_FACTS: Mapping[Kind, tuple[str, ...]] = {
    "process": (),
    "round": (
        "held: {start: 2018-11-28, end: 2018-11-29, place: astana}",
        "leads: {official: id-of-an-official, delegation: id-of-a-delegation}",
        "attends: {who: id-of-an-official-or-a-delegation}",
        "announced: 2018-11-21",
        "outcome: one sentence",
    ),
    "delegation": ("capacity: party", "leads: {official: id-of-an-official, start: 2017-01, end: 2019-12}"),
    "official": ("role: {title: the office, start: 2018, end: 2020-11}", "affiliation: {party: id-of-a-party}"),
    "document": ("issued: 2018-12-22", "issuer: who issued it"),
}
"""An example of each fact that a kind of record usually states."""


def article_text(title: str, values: Mapping[str, str]) -> str:
    """A draft with its title: the editor writes the text and removes the line that keeps it back."""
    lines = ["---", *_lines(values, ("date", "author", "source", "url"))]
    lines += ["draft: true  # remove this line when the text is complete", "---", title, ""]
    return "\n".join(lines)


def record_text(
    kind: Kind,
    values: Mapping[str, str],
    variants: Sequence[str] = (),
    cities: Sequence[str] = (),
    aliases: Sequence[str] = (),
) -> str:
    """A record with what is known already."""
    lines = ["---", *_lines(values, ("name", "latin", "process", "number", "party"))]
    lines += _listed("variants", variants, "spellings and short forms that articles use; the name itself is known")
    if kind == "process":
        lines += _listed("cities", cities, "names of the city that stand for the talks, with their spellings")
    if aliases:
        lines += _listed("aliases", aliases, "former ids: their addresses lead here")
    sources = [values["source"]] if values.get("source") else []
    lines += _listed("sources", sources, "addresses, or who said it and when; a fact needs one")
    held = [f"{key}: {values[key]}" for key in ("start", "end", "place") if values.get(key)]
    examples = _FACTS[kind]
    facts = [f"  - held: {{{', '.join(held)}}}"] if held else []
    facts += [f"  - role: {{title: {_quoted(values['role'])}}}"] if values.get("role") and sources else []
    if facts or examples:
        lines += ["facts:", *facts] if facts else ["facts: []  # in the form of:"]
        lines += [f"#  - {example}" for example in examples if not (held and example.startswith("held"))]
    note = ["", values["note"], ""] if values.get("note") else [""]
    return "\n".join([*lines, "---", *note])


def archive_files(
    title: str, base_url: str, process: str, name: str, cities: Sequence[str], strings: str
) -> Iterator[tuple[str, str]]:
    """Each file of a new archive: its path and its text. `strings` holds the words of the site."""
    yield (
        "content/site.toml",
        "\n".join(
            (
                "# What the site calls itself. Every other word that it prints is in strings/ar.toml.",
                f"title = {_quoted(title)}",
                "",
                "# Where the site will stand; feeds and the links in data files start with it.",
                f"base_url = {_quoted(base_url)}",
                "",
                "# The processes to show, in this order: names of files in processes/.",
                f"processes = [{_quoted(process)}]",
                "",
            )
        ),
    )
    yield "content/strings/ar.toml", strings
    yield (
        "content/places.toml",
        "# Cities where rounds are held, each with the name that the site prints and the id of its country:\n"
        '# geneva = { name = "جنيف", country = "switzerland" }\n',
    )
    yield (
        "content/identity.toml",
        "# Judgements: an editor says that two ids are the same, or are not.\n"
        '# [[judgement]]\n# left = "first-id"\n# right = "second-id"\n# same = true\n# by = "your name"\n'
        "# on = 2026-01-31\n",
    )
    yield (
        "content/corrections.toml",
        "# Corrections: an editor says that words were read wrongly; the page shows both.\n"
        '# [[correction]]\n# article = "id-of-an-article"\n# words = "as they stand there"\n# read = "what-was-read"\n'
        '# right = false\n# by = "your name"\n# on = 2026-01-31\n',
    )
    yield f"content/processes/{process}.md", record_text("process", {"name": name}, (), cities)
    yield ".gitignore", "/site/\n/.cache/\n/.site-*\n"


def _lines(values: Mapping[str, str], keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        if value := values.get(key, ""):
            yield f"{key}: {value if key in ('date', 'number', 'party', 'process') else _quoted(value)}"


def _listed(key: str, items: Sequence[str], about: str) -> Iterator[str]:
    yield f"{key}:{'' if items else ' []'}  # {about}"
    yield from (f"  - {_quoted(item)}" for item in items)


def _quoted(text: str) -> str:
    """In double quotes, as YAML, TOML and JSON alike read them."""
    return json.dumps(text, ensure_ascii=False)
