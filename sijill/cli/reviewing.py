"""The command `review`: lists what the machine is unsure of, or asks it one by one and writes each answer at once."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import getpass
import sys
from collections.abc import Iterator, Sequence

from sijill.cli.answering import Desk, interactive
from sijill.cli.terminal import Line, coloured, counted, refuse, say_issues, say_json, say_lines
from sijill.corrections import values_of
from sijill.explain import Style
from sijill.issues import has_errors
from sijill.model import Correction, Judgement
from sijill.questions import questions
from sijill.review import ITEM_KINDS, Decision, Item

__all__ = ["run"]

LONGEST = 60
"""Letters of a name or of words in the list."""


def run(arguments: argparse.Namespace) -> int:
    """List or ask; 1 where records, settings or rows have errors."""
    listing = arguments.list or arguments.json
    if not listing and not interactive():
        return refuse("review asks at a terminal (for scripts there is: python build.py review --list)")
    gc.set_threshold(1_000_000, 20, 100)  # as in a build: many lasting objects, hardly a circle
    content = arguments.content.resolve()
    line = Line(sys.stderr, {"read": "reading articles"})
    found = questions(content, line.show)
    line.clear()
    say_issues(found.issues, arguments.json)
    items = tuple(item for item in found.items if arguments.only in ("", item.kind))
    if listing and arguments.json:
        for item in items:
            say_json(_values(item))
    elif listing:
        say_lines(_lines(items, Style(coloured(sys.stdout), sys.stdout.isatty())))
    elif not has_errors(found.issues) or items:
        by = arguments.by or _user()
        Desk(content, by, dt.date.today().isoformat()).ask(items)
    return 1 if has_errors(found.issues) else 0


def _user() -> str:
    """Who sits here, as far as the system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "editor"


def _lines(items: Sequence[Item], style: Style) -> Iterator[str]:
    """A table; Arabic stands last, where its direction disturbs no column."""
    if not items:
        yield "nothing to review"
        return
    rows = [(ITEM_KINDS[item.kind], item.subject if item.kind == "alike" else item.subject[:1]) for item in items]
    kinds, ids = max(len(kind) for kind, _ in rows), max(len(" ".join(subject)) for _, subject in rows)
    for item, (kind, subject) in zip(items, rows, strict=True):
        label = style.paint(kind.ljust(kinds), "label")
        shown = " ~ ".join(style.quoted(_cut(text)) for text in item.shown)
        what = " ".join(subject).ljust(min(ids, LONGEST))
        yield f"{label}  {item.score:.2f} {item.gain:>5,}  {what}  {item.why}  {shown}"
    yield f"{counted(len(items), 'question')} (python build.py review asks them one by one)"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _values(item: Item) -> dict[str, object]:
    """A question for scripts."""
    return {
        "kind": item.kind,
        "subject": item.subject,
        "shown": item.shown,
        "why": item.why,
        "score": item.score,
        "gain": item.gain,
        "evidence": [
            {
                "article": words.article,
                "path": words.path,
                "paragraph": words.paragraph,
                "sentence": words.sentence.anchor,
                "text": words.sentence.text,
                "start": words.start,
                "end": words.end,
            }
            for words in item.evidence
        ],
        **{name: _decision(getattr(item, name)) for name in ("accept", "reject", "keep")},
    }


def _decision(decision: Decision | None) -> dict[str, object] | None:
    """What an answer would write; who and when are for whoever writes it."""
    if decision is None:
        return None
    record = decision.record
    told = {name: getattr(record, name) for name in record.__dataclass_fields__} if record is not None else None
    return {"says": decision.says, "record": told, "rows": [_row(row) for row in decision.rows]}


def _row(row: Judgement | Correction) -> dict[str, object]:
    if isinstance(row, Judgement):
        return {"file": "identity", "left": row.left, "right": row.right, "same": row.same}
    values = {key: value for key, value in values_of(row).items() if value != ""}
    return {"file": "corrections", **values}
