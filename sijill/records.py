"""One registry file to one `Record`: which keys each kind has, which facts, and what their values may be.

Separate from the registry because this looks at a single file; what one record says of another is only noted here,
as a `Reference`, and looked up when all of them are known.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sijill import frontmatter
from sijill.decode import unfit
from sijill.frontmatter import Items, Table, Text, Value
from sijill.issues import error, ordered, quoted
from sijill.model import EntityId, Issue, Kind, Record, RecordFact
from sijill.slugs import SLUG

__all__ = ["CAPACITIES", "DATES", "KEYS", "PROPS", "REFERENCES", "Checked", "Reference", "a", "is_date", "record_of"]

CAPACITIES = ("guarantor", "party", "observer", "host", "mediator", "guest")

_COMMON = ("name", "latin", "variants", "aliases", "sources", "facts")
KEYS: Mapping[Kind, tuple[str, ...]] = {
    "process": (*_COMMON, "cities"),
    "round": (*_COMMON, "process", "number", "sessions"),
    "delegation": _COMMON,
    "official": (*_COMMON, "party"),
    "document": _COMMON,
}
_ENTRY = ("note", "sources")
"""What may stand beside the one property that a fact states."""


class Prop(NamedTuple):
    """A property that a fact can state."""

    kinds: Mapping[Kind, str]
    """The kinds of record that can state it, with the field that is then the record itself (empty: none)."""
    fields: tuple[str, ...]
    """In the order in which `RecordFact` has them."""
    needs: tuple[tuple[str, ...], ...] = ()
    """Of each group of fields at least one must be there."""
    bare: bool = False
    """Written as a single value (`outcome: …`), which is the only field."""


_BOTH_SIDES: Mapping[Kind, str] = {"round": "round", "delegation": "delegation", "official": "official"}
_PEOPLE = ("official", "delegation", "round", "start", "end")
PROPS: Mapping[str, Prop] = {
    "held": Prop({"round": "round"}, ("round", "start", "end", "place"), (("start", "place"),)),
    "leads": Prop(_BOTH_SIDES, _PEOPLE, (("official",), ("delegation",))),
    "member": Prop(_BOTH_SIDES, _PEOPLE, (("official",), ("delegation",))),
    "meets": Prop(
        {"round": "round", "delegation": "a", "official": "a"}, ("a", "b", "round", "date"), (("a",), ("b",))
    ),
    "attends": Prop(
        {"round": "round", "delegation": "who", "official": "who"}, ("who", "round"), (("who",), ("round",))
    ),
    "absent": Prop(
        {"round": "round", "delegation": "who", "official": "who"}, ("who", "round"), (("who",), ("round",))
    ),
    "affiliation": Prop({"official": "official"}, ("official", "party", "start", "end"), (("party",),)),
    "role": Prop({"official": "official"}, ("official", "title", "start", "end"), (("title",),)),
    "outcome": Prop({"round": ""}, ("text",), bare=True),
    "announced": Prop({"round": ""}, ("date",), bare=True),
    "capacity": Prop({"delegation": ""}, ("text",), bare=True),
    "issued": Prop({"document": ""}, ("date",), bare=True),
    "issuer": Prop({"document": ""}, ("text",), bare=True),
    "symbol": Prop({"document": ""}, ("text",), bare=True),
}

REFERENCES: Mapping[str, tuple[Kind, ...]] = {
    "official": ("official",),
    "delegation": ("delegation",),
    "round": ("round",),
    "a": ("official", "delegation"),
    "b": ("official", "delegation"),
    "who": ("official", "delegation"),
}
"""Fields whose value is the id of a record, with the kinds that it may have."""
DATES = ("start", "end", "date")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Reference(NamedTuple):
    """An id that a record names, to be looked up."""

    field: str
    id: str
    kinds: tuple[Kind, ...]
    """Empty for a party or a place, which need no record."""
    line: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A file without errors of its own."""

    record: Record
    references: tuple[Reference, ...]
    alias_lines: Mapping[str, int]


def record_of(text: str, path: str, kind: Kind, id: EntityId) -> Checked | tuple[Issue, ...]:
    """The record in this text, or everything that is wrong with it."""
    parts = frontmatter.split(text, path)
    if isinstance(parts, Issue):
        return (parts,)
    table = frontmatter.load(parts.front, parts.front_line, path)
    if not isinstance(table, Table):
        return table
    if not table.values:
        hint = "start with a line of ---, then `name: …`, then another line of ---"
        return (error(path, 1, "the record has no front matter", hint),)
    file = _File(table, path, kind, id)
    record = file.record(parts.body.strip())
    if file.issues:
        return ordered(file.issues)
    return Checked(record, tuple(file.references), file.alias_lines)


class _File:
    """One file while it is checked; collects its issues and references."""

    def __init__(self, table: Table, path: str, kind: Kind, id: EntityId) -> None:
        self.table = table
        self.path = path
        self.kind = kind
        self.id = id
        self.issues: list[Issue] = []
        self.references: list[Reference] = []
        self.alias_lines: Mapping[str, int] = {}

    def wrong(self, line: int, message: str, hint: str) -> None:
        self.issues.append(error(self.path, line, message, hint))

    def record(self, note: str) -> Record:
        values = self.table.values
        keys = KEYS[self.kind]
        for key in values:
            if key not in keys:
                self.wrong(self.table.lines[key], f"key {quoted(key)} is not known", _close(key, keys))
        name = self.text(values.get("name"), "name")
        if not name and not isinstance(values.get("name"), (Items, Table)):
            self.wrong(self.table.lines.get("name", 1), "the record has no name", "add a line `name: …`")
        aliases = self.texts("aliases")
        for alias in aliases:
            self.slug(alias, "alias")
        self.alias_lines = {alias.text: alias.line for alias in aliases}
        process = self.id_of("process") if self.kind == "round" else ""
        sources = tuple(source.text for source in self.texts("sources"))
        facts = self.facts(sources)
        return Record(
            id=self.id,
            kind=self.kind,
            name=name,
            latin=self.text(values.get("latin"), "latin"),
            path=self.path,
            variants=tuple(value.text for value in self.texts("variants")),
            aliases=tuple(value.text for value in aliases),
            process=process,
            number=self.number() if self.kind == "round" else None,
            sessions=self.sessions() if self.kind == "round" else (),
            cities=tuple(value.text for value in self.texts("cities")) if self.kind == "process" else (),
            party=self.id if self.kind == "delegation" else self.id_of("party") if self.kind == "official" else "",
            capacity=next((fact.get("text") or "" for fact in facts if fact.prop == "capacity"), ""),
            sources=sources,
            facts=facts,
            note=note,
        )

    # --- single values

    def text(self, value: Value | None, what: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, Text):
            self.wrong(value.line, f"{what} is a list or a table", f"write one value, as in `{what}: …`")
            return ""
        if (wrong := unfit(value.text)) is not None:
            self.wrong(value.line, f"{what} {wrong[0]}", wrong[1])
        return " ".join(value.text.split())

    def texts(self, key: str) -> list[Text]:
        """A list of texts, none empty, none twice."""
        return self.listed(self.table.values.get(key), key)

    def listed(self, value: Value | None, what: str) -> list[Text]:
        if value is None or (isinstance(value, Text) and not value.text):
            return []
        if not isinstance(value, Items):
            self.wrong(value.line, f"{what} is not a list", "write each on a line of its own, as in `  - …`")
            return []
        found: dict[str, Text] = {}
        for item in value.items:
            text = self.text(item, what)
            if isinstance(item, Text) and not text:
                self.wrong(item.line, f"{what} holds an empty line", "remove the hyphen, or write a value after it")
            elif text in found:
                self.wrong(item.line, f"{quoted(text)} stands twice in {what}", "remove one")
            elif text:
                found[text] = Text(text, item.line)
        return list(found.values())

    def slug(self, value: Text, what: str) -> bool:
        fit = SLUG.fullmatch(value.text) is not None
        if not fit:
            hint = "write small Latin letters, digits and single hyphens"
            self.wrong(value.line, f"{what} {quoted(value.text)} is not an id", hint)
        return fit

    def id_of(self, key: str) -> str:
        """A key that names a process or a party, and must be there."""
        text = self.text(self.table.values.get(key), key)
        line = self.table.lines.get(key, 1)
        if not text:
            if not isinstance(self.table.values.get(key), (Items, Table)):
                self.wrong(line, f"{key} is missing", f"add a line `{key}: …` with an id")
            return ""
        if self.slug(Text(text, line), key):
            self.references.append(Reference(key, text, ("process",) if key == "process" else (), line))
        return text

    def number(self) -> int | None:
        text = self.text(self.table.values.get("number"), "number")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            self.wrong(
                self.table.lines["number"], f"number {quoted(text)} is not a number", "write it as in `number: 11`"
            )
            return None
        return int(text)

    def sessions(self) -> tuple[tuple[str, str], ...]:
        """Days of sessions after the round's own, each as in `2016-03-14/2016-03-24`."""
        found = []
        for value in self.texts("sessions"):
            start, _, end = value.text.partition("/")
            if not (len(start) == len(end) == 10 and is_date(start) and is_date(end) and start <= end):
                hint = "write the first and the last day, as in `2016-03-14/2016-03-24`"
                self.wrong(value.line, f"session {quoted(value.text)} is not two days", hint)
            found.append((start, end))
        return tuple(found)

    # --- facts

    def facts(self, sources: tuple[str, ...]) -> tuple[RecordFact, ...]:
        value = self.table.values.get("facts")
        if value is None or (isinstance(value, Text) and not value.text):
            return ()
        if not isinstance(value, Items):
            self.wrong(value.line, "facts is not a list", "write each fact as in `  - held: {start: 2018-11-28}`")
            return ()
        facts = [self.fact(item, sources) for item in value.items]
        return tuple(fact for fact in facts if fact is not None)

    def fact(self, item: Value, default: tuple[str, ...]) -> RecordFact | None:
        """One item of `facts`; None where it cannot be understood."""
        allowed = tuple(prop for prop, rule in PROPS.items() if self.kind in rule.kinds)
        if not isinstance(item, Table):
            self.wrong(item.line, "a fact is not a property with its value", f"the properties are {', '.join(allowed)}")
            return None
        props = [key for key in item.values if key not in _ENTRY]
        for key in props:
            if key not in PROPS:
                self.wrong(item.lines[key], f"property {quoted(key)} is not known", _close(key, (*allowed, *_ENTRY)))
            elif key not in allowed:
                hint = f"its properties are {', '.join(allowed)}" if allowed else "it has no facts"
                self.wrong(item.lines[key], f"{quoted(key)} is not a property of {a(self.kind)}", hint)
        if len(props) != 1:
            told = " and ".join(map(quoted, props)) or "nothing"
            self.wrong(item.line, f"a fact states one thing, this one {told}", "write each fact with its own hyphen")
            return None
        prop = props[0]
        if prop not in allowed:
            return None
        own = tuple(source.text for source in self.listed(item.values.get("sources"), "sources"))
        if not own and not default:
            hint = "add `sources:` to the fact or to the record"
            self.wrong(item.lines[prop], f"the fact {quoted(prop)} has no source", hint)
        fields = self.fields(prop, item.values[prop], item.lines[prop])
        return RecordFact(prop, fields, own or default, self.text(item.values.get("note"), "note"))

    def fields(self, prop: str, value: Value, line: int) -> tuple[tuple[str, str], ...]:
        """The fields in their fixed order, the record itself among them."""
        rule = PROPS[prop]
        if rule.bare:
            text = self.text(value, prop)
            if isinstance(value, Text) and not text:
                self.wrong(line, f"{prop} is empty", f"write a value, as in `{prop}: …`")
            elif text:
                self.check(prop if rule.fields == ("text",) else rule.fields[0], text, value.line, prop)
            return ((rule.fields[0], text),)
        itself = rule.kinds[self.kind]
        others = tuple(name for name in rule.fields if name != itself)
        if not isinstance(value, Table):
            self.wrong(value.line, f"{prop} needs named values", f"its names are {', '.join(others)}")
            return ()
        found = {itself: self.id} if itself else {}
        for name, each in value.values.items():
            if name not in others:
                hint = "remove it: it is this record itself" if name == itself else _close(name, others)
                self.wrong(value.lines[name], f"{quoted(name)} is not known in {prop}", hint)
                continue
            text = self.text(each, name)
            if text:
                self.check(name, text, each.line, name)
                found[name] = text
        for group in rule.needs:
            if not any(name in found for name in group):
                names = " or ".join(group)
                self.wrong(line, f"{prop} has no {names}", f"add {names}, or remove the fact")
        start, end = found.get("start", ""), found.get("end", "")
        if is_date(start) and is_date(end) and end[: len(start)] < start[: len(end)]:
            self.wrong(line, f"{prop} ends on {end}, before it starts on {start}", "correct one of the two")
        return tuple((name, found[name]) for name in rule.fields if name in found)

    def check(self, field: str, text: str, line: int, shown: str) -> None:
        """One value of a fact."""
        if field in DATES:
            if not is_date(text):
                hint = "write YYYY-MM-DD, YYYY-MM or YYYY"
                self.wrong(line, f"{shown} {quoted(text)} is not a date", hint)
        elif field == "capacity":
            if text not in CAPACITIES:
                self.wrong(line, f"capacity {quoted(text)} is not known", _close(text, CAPACITIES))
        elif (field in REFERENCES or field in ("party", "place")) and self.slug(Text(text, line), shown):
            self.references.append(Reference(field, text, REFERENCES.get(field, ()), line))


def a(kind: Kind) -> str:
    """The kind with its article, for messages."""
    return f"an {kind}" if kind == "official" else f"a {kind}"


def is_date(text: str) -> bool:
    """`2017`, `2017-01` or `2017-01-23`, and a day that the calendar has."""
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _close(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
