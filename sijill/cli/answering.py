"""Questions at a terminal, one key an answer. Each answer is on the disk before the next question is asked, so that
nothing is lost whenever one stops."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sijill.adding import add_row
from sijill.cli.keys import pressed, typed
from sijill.cli.parser import arabic_words
from sijill.cli.terminal import coloured, say_lines
from sijill.cli.writing import write_record
from sijill.corrections import CORRECTIONS, values_of
from sijill.explain import Style
from sijill.issues import line_text
from sijill.ledger import row_text
from sijill.model import Correction, Judgement
from sijill.registry import FOLDERS, IDENTITY
from sijill.review import ITEM_KINDS, Decision, Item, NewRecord, Words

__all__ = ["Desk", "interactive"]

ANSWERS: Final = ("accept", "reject", "keep", "edit", "note", "skip", "quit")
"""Each by its first letter, or by the letter that an Arabic keyboard has on the same key."""
END: Final = ("", "\x04")
"""The other side has gone, or Ctrl-D."""


def interactive() -> bool:
    """Whether somebody sits here who sees a question and can press a key."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Desk:
    """Where the questions are put; it knows what has been answered, so that no question is asked in vain."""

    def __init__(self, content: Path, by: str, on: str) -> None:
        self.content, self.by, self.on = content, by, on
        self.style = Style(coloured(sys.stdout), isolate=True)
        self.gone: set[str] = set()
        """Ids that an answer has given a record, made another's, or taken away."""
        self.note = ""
        """Why, in the editor's words: it goes with the next answer to the question at hand."""
        self.keys = {**{name[0]: name for name in ANSWERS}, **_arabic_keys()}

    def ask(self, items: Sequence[Item]) -> None:
        """Ask until all is answered, or somebody has enough."""
        written = 0
        for number, item in enumerate(items, 1):
            if not self.gone.isdisjoint(item.subject):
                continue
            say_lines(("", *self._card(item, f"{number}/{len(items)}")))
            self.note = ""
            while True:
                answer = self._key(item)
                if answer == "note":
                    self.note = typed("why", self.note)
                    continue
                if answer == "quit":
                    say_lines((_end(written),))
                    return
                if answer == "skip":
                    break
                done = self._answer(item, answer)
                say_lines((f"  {done[1]}",))
                if done[0]:
                    written += 1
                    break
        say_lines(("", f"nothing more to review, {_end(written)}" if items else "nothing to review"))

    # --- what is shown

    def _card(self, item: Item, place: str) -> Iterator[str]:
        style = self.style
        places = f"{item.gain:,} place{'s' * (item.gain != 1)}"
        title = style.paint(ITEM_KINDS[item.kind], "title")
        yield f"{place}  {title} · score {item.score:.2f} · settles {places}"
        ids = " · ".join(text for text in item.subject if text.isascii())
        yield f"  {' ~ '.join(style.quoted(text) for text in item.shown)}  {style.paint(ids, 'label')}"
        yield self._row("why", item.why)
        if item.accept is not None and item.accept.record is not None:
            yield from self._record(item.accept.record)
        for words in item.evidence:
            yield from self._words(words)
        says = {"accept": item.accept, "reject": item.reject, "keep": item.keep}
        keys = [f"{name[0]} {name}: {decision.says}" for name, decision in says.items() if decision is not None]
        if item.accept is not None and item.accept.record is not None:
            keys.append("e edit the record")
        yield f"  {' · '.join((*keys, 'n note why', 's skip', 'q quit'))}"

    def _record(self, record: NewRecord) -> Iterator[str]:
        style = self.style
        values = {
            "name": style.isolated(record.name),
            "latin": record.latin,
            "party": record.party or ("asked for when you accept" if record.kind == "official" else ""),
            "process": record.process,
            "number": record.number,
            "role": style.isolated(record.role),
        }
        yield self._row("record", f"{self.content.name}/{FOLDERS[record.kind]}/{record.id}.md")
        yield self._row("", " · ".join(f"{key} {value}" for key, value in values.items() if value))
        for label, many in (("variants", record.variants), ("aliases", record.aliases)):
            if many:
                yield self._row("", f"{label} {', '.join(map(style.isolated, many))}")

    def _words(self, words: Words) -> Iterator[str]:
        text, style = words.sentence.text, self.style
        marked = style.paint(f"[{text[words.start : words.end]}]", "official")
        about = f" on {style.isolated(words.about)}" if words.about else ""
        yield self._row("said", f"{words.path}, paragraph {words.paragraph}{about}")
        yield self._row("", style.quoted(f"{text[: words.start]}{marked}{text[words.end :]}"))

    def _row(self, label: str, text: str) -> str:
        return f"  {self.style.paint(f'{label:8}', 'label')} {text}"

    # --- what is answered

    def _key(self, item: Item) -> str:
        """The next key that is an answer to this question."""
        while True:
            key = pressed()
            if key in END:
                return "quit"
            name = self.keys.get(key.lower(), "")
            decision = getattr(item, name, None) if name in ("accept", "reject", "keep") else name
            if decision and (name != "edit" or item.accept is not None and item.accept.record is not None):
                return name

    def _answer(self, item: Item, name: str) -> tuple[bool, str]:
        """Write an answer; whether it is written, and what is said of it."""
        decision: Decision = item.accept if name in ("accept", "edit") else getattr(item, name)  # type: ignore[assignment]
        if decision.record is not None:
            return self._new(item, decision.record, edit=name == "edit")
        added = [self._add(row) for row in decision.rows]
        if name != "keep":
            self._take_away(item, decision)
        places = ", ".join(f"{file}:{first}" for file, first, _ in added)
        return True, f"{places} (to undo, delete lines {added[0][1]} to {added[-1][2]})"

    def _new(self, item: Item, record: NewRecord, edit: bool) -> tuple[bool, str]:
        if edit:
            record = self._edited(record)
        elif record.kind == "official" and not record.party:
            record = replace(record, party=typed("party", ""))
        names = ("name", "latin", "party", "process", "number", "role", "source")
        values = {**{name: getattr(record, name) for name in names}, "note": self.note}
        done = write_record(self.content, record.kind, record.id, values, record.variants, (), record.aliases)
        if done.refused or done.issues:
            return False, "; ".join((*filter(None, [done.refused]), *map(line_text, done.issues)))
        self.gone.update(item.subject)
        return True, f"{done.name} (to undo, delete the file)"

    def _edited(self, record: NewRecord) -> NewRecord:
        """The record as somebody types it; an empty line leaves a value as it is."""
        latin, id = typed("latin", record.latin), typed("id", record.id)
        party = typed("party", record.party) if record.kind == "official" else record.party
        former = record.aliases or ((record.id,) if id != record.id and record.kind == "official" else ())
        return replace(record, latin=latin, id=id, party=party, aliases=tuple(one for one in former if one != id))

    def _add(self, row: Judgement | Correction) -> tuple[str, int, int]:
        """Add a signed row to its file; where it stands, with its first and its last line."""
        values: Mapping[str, str | bool]
        if isinstance(row, Judgement):
            name, kind = IDENTITY, "judgement"
            values = {"left": row.left, "right": row.right, "same": row.same, "by": self.by, "on": self.on}
            values["note"] = self.note
        else:
            name, kind = CORRECTIONS, "correction"
            values = values_of(replace(row, by=self.by, on=self.on, note=self.note))
        text = row_text(kind, values)
        first = add_row(self.content / name, text)
        return f"{self.content.name}/{name}", first, first + text.count("\n") - 1

    def _take_away(self, item: Item, decision: Decision) -> None:
        """Remember what an answer leaves no question about."""
        for row in decision.rows:
            if isinstance(row, Judgement) and row.same:
                self.gone.add(row.left)
            elif isinstance(row, Correction) and row.claim is None and not row.article:
                self.gone.update(item.subject)


def _end(written: int) -> str:
    return f"{written} written{' (next: python build.py, to have them on the pages)' if written else ''}"


def _arabic_keys() -> dict[str, str]:
    words = arabic_words()
    return {words[f"keys.{name}"]: name for name in ANSWERS}
