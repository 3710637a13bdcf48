"""The command `import`: reads sources in all processes, shows what becomes of each thing found, and writes articles."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sijill.cli.terminal import Line, counted, refuse, say_issues, say_json, say_lines
from sijill.importing.found import Found
from sijill.importing.plan import Row, planned, write
from sijill.importing.rows import FIELDS
from sijill.importing.taking import MissingLibraryError, Wanted, files_of, taken_from
from sijill.issues import has_errors, ordered, quoted
from sijill.model import Issue
from sijill.workers import spread

__all__ = ["run"]

STEPS = {"read": "reading sources", "compare": "comparing with what is there", "write": "writing articles"}
_SAID = {"new": "new", "near": "new, alike", "known": "there already", "refused": "refused"}
_ISOLATED = "\u2068{}\u2069"


def run(arguments: argparse.Namespace) -> int:
    """Import the sources; 1 where something could not be."""
    columns = dict(pair.split("=", 1) for pair in arguments.map if "=" in pair)
    wrong = next((pair for pair in arguments.map if pair.split("=", 1)[0] not in FIELDS or "=" not in pair), None)
    if wrong is not None:
        return refuse(f"--map {wrong} is no FIELD=COLUMN (fields are {', '.join(FIELDS)})")
    try:
        files, issues = files_of(arguments.sources)
    except MissingLibraryError:
        return refuse("saved pages are read by trafilatura, which is not installed (run: make import)")
    line = Line(sys.stderr, STEPS)
    wanted = Wanted(arguments.encoding, columns)
    things: list[Found] = []
    told: list[Issue] = list(issues)
    for one in _taken(files, wanted, arguments.jobs or os.cpu_count() or 1, line):
        things.append(one) if isinstance(one, Found) else told.append(one)
    plan = planned(arguments.content.resolve(), things, arguments.source, line.show)
    told += plan.issues
    if not arguments.dry_run:
        for number, row in enumerate(plan.rows):
            line.show("write", number, len(plan.rows))
            problem = write(row)
            if problem is not None:
                told.append(problem)
    line.clear()
    say_issues(ordered(told), arguments.json)
    if arguments.json:
        for row in plan.rows:
            say_json(_values(row))
    else:
        rows = plan.rows if arguments.dry_run else [row for row in plan.rows if row.status == "known"]
        say_lines([*_lines(rows, sys.stdout.isatty()), _summary(plan.rows, arguments.dry_run)])
        if any(row.path is not None for row in plan.rows):
            what = "the same without --dry-run writes them" if arguments.dry_run else "python build.py serve shows them"
            say_lines([f"next: {what}"])
    return 1 if has_errors(told) else 0


def _taken(files: Sequence[Path], wanted: Wanted, workers: int, line: Line) -> Iterator[Found | Issue]:
    """What all files hold, in the order of the files; each worker takes the next one."""

    def work(number: int) -> Iterator[bytes]:
        yield pickle.dumps((number, list(taken_from(files[number], wanted))))

    results: dict[int, list[Found | Issue]] = {}
    for done, frame in enumerate(spread(work, len(files), min(workers, len(files))), 1):
        number, things = pickle.loads(frame)  # noqa: S301 - our own child wrote it
        results[number] = things
        line.show("read", done, len(files))
    for number in range(len(files)):
        yield from results[number]


def _values(row: Row) -> dict[str, object]:
    """A row for scripts."""
    found = row.found
    values = {name: getattr(found, name) for name in ("origin", "line", "title", "date", "source", "url", "encoding")}
    return {"status": row.status, "file": row.name, **values}


def _lines(rows: Sequence[Row], isolate: bool) -> Iterator[str]:
    """A table; titles stand last, where their direction disturbs no column."""
    if not rows:
        return
    cells = [(_SAID[row.status], row.found.date or "no date", row.found.encoding, row.name or "-") for row in rows]
    widths = [max(len(cell[column]) for cell in cells) for column in range(4)]
    for cell, row in zip(cells, rows, strict=True):
        title = quoted(row.found.title).strip('"')
        shown = "  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True))
        yield f"{shown}  {_ISOLATED.format(title) if isolate else title}"


def _summary(rows: Sequence[Row], dry: bool) -> str:
    counts = Counter(row.status for row in rows)
    new = counts["new"] + counts["near"]
    parts = [f"{counted(new, 'article')} {'would be imported' if dry else 'imported'}"]
    parts += [f"{counts['near']} of them much like another"] if counts["near"] else []
    parts += [f"{counts['known']} there already"] if counts["known"] else []
    parts += [f"{counts['refused']} refused"] if counts["refused"] else []
    encodings = sorted(Counter(row.found.encoding for row in rows).items())
    told = ", ".join(f"{name} ({count:,})" for name, count in encodings)
    return ", ".join(parts) + (f"; encodings: {told}" if told else "")
