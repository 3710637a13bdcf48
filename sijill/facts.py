"""Claims and registry facts become settled facts: what agrees is folded together, what contradicts stands side by side.

Separate from settling because these are the rules of value and dissent, and nothing else is: which fields make a value,
and of which things there can be only one. A fact never invents a field and never drops a backing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from sijill.identity import ID_FIELDS, present_fields
from sijill.model import CLAIM_FIELDS, Claim, EntityId, Fact, Fields, Issue, Kind, Link, Reading, Record, RecordFact

__all__ = ["FIELDS", "ONLY_ONE", "agree", "dissent", "self_meetings", "settled_facts", "takes_part", "thing_of"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    **{prop: CLAIM_FIELDS[prop] for prop in ("held", "leads", "member", "attends")},
    "absent": ("who", "round"),
    **{prop: CLAIM_FIELDS[prop] for prop in ("meets", "affiliation", "role")},
}
"""The fields of each relation in the order of the data files, and the order of the relations on an entity."""

ONLY_ONE: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "held": (("round",), ("start", "end", "place")),
    "leads": (("delegation", "round"), ("official",)),
    "issued": ((), ()),
}
"""Things that have one value: the fields that say which thing it is, and those that hold the value (none named: all).
Offices, affiliations, memberships and meetings are not here: people hold two offices, and change them."""

RIVALS = 20
"""Other values named beside one fact, best first. Each is a fact of its own; this bounds what one says."""

OWN_FIELD: Mapping[Kind, Mapping[str, str]] = {
    "round": {
        "held": "round",
        "leads": "round",
        "member": "round",
        "attends": "round",
        "absent": "round",
        "meets": "round",
    },
    "delegation": {
        "leads": "delegation",
        "member": "delegation",
        "attends": "who",
        "absent": "who",
        "affiliation": "party",
        "meets": "a",
    },
    "official": {
        "leads": "official",
        "member": "official",
        "attends": "who",
        "absent": "who",
        "affiliation": "official",
        "meets": "a",
        "role": "official",
    },
}
"""The field that a record's own facts may leave out, since it is the record itself."""

_ORDER = {prop: place for place, prop in enumerate(FIELDS)}

_Key: TypeAlias = tuple[str, Fields, EntityId]


@dataclass(frozen=True, slots=True)
class Settled:
    """A fact and the record that alone it is about, for what is no relation (`outcome`, `issued`); else empty."""

    fact: Fact
    about: EntityId


def settled_facts(
    readings: Iterable[Reading], records: Mapping[EntityId, Record], present: Mapping[EntityId, EntityId]
) -> tuple[Settled, ...]:
    """All facts, in the order in which an entity shows its own. `readings` have present ids and come newest first."""
    claims: defaultdict[_Key, list[Claim]] = defaultdict(list)
    entries: defaultdict[_Key, list[RecordFact]] = defaultdict(list)
    stated: dict[tuple[str, Fields], tuple[list[Claim], ...]] = {}  # articles repeat each other: work out a value once
    for reading in readings:
        for claim in reading.claims:
            said = (claim.prop, claim.fields)
            if (places := stated.get(said)) is None:
                places = tuple(claims[claim.prop, fields, ""] for fields in values(*said))
                stated[said] = places
            for place in places:
                place.append(claim)
    for record in records.values():
        for entry in record.facts:
            own = OWN_FIELD.get(record.kind, {}).get(entry.prop)
            told = present_fields(entry.fields, present)
            if own is not None and entry.get(own) is None:
                told = ((own, record.id), *told)
            about = "" if entry.prop in FIELDS else record.id
            for fields in values(entry.prop, told):
                entries[entry.prop, fields, about].append(entry)
    backing = Counter({key: len(found) for key, found in claims.items()})
    backing.update({key: sum(len(entry.sources) for entry in found) for key, found in entries.items()})
    written = {key: place for place, key in enumerate(entries)}
    keys = sorted(backing, key=lambda key: _rank(key, written.get(key), backing[key]))
    against = _contradictions(keys)
    return tuple(
        Settled(
            Fact(key[0], key[1], tuple(claims.get(key, ())), tuple(entries.get(key, ())), against.get(key, ())), key[2]
        )
        for key in keys
    )


def values(prop: str, fields: Fields) -> tuple[Fields, ...]:
    """The values that one claim or registry fact states, each in the fixed order of its fields.

    `held` states two things, when and where, which others may confirm or contradict singly. Who met whom has no order,
    and nobody meets himself: such a claim states nothing (see `self_meetings`).
    """
    known = {name: value for name, value in fields if value}
    if prop == "meets" and "a" in known and "b" in known:
        if known["a"] == known["b"]:
            return ()
        known["a"], known["b"] = sorted((known["a"], known["b"]))
    order = FIELDS.get(prop, ())
    others = sorted((name for name in known if name not in order), key=_start_first)
    names = [*(name for name in order if name in known), *others]
    whole = tuple((name, known[name]) for name in names)
    if not whole:
        return ()
    if prop != "held" or "place" not in known:
        return (whole,)
    when = tuple(pair for pair in whole if pair[0] != "place")
    where = tuple(pair for pair in whole if pair[0] in ("round", "place"))
    return (when, where) if len(when) > 1 else (where,)


def takes_part(settled: Settled) -> tuple[EntityId, ...]:
    """The ids that a fact is about, each once."""
    ids = {value for name, value in settled.fact.fields if name in ID_FIELDS}
    return tuple(sorted(ids | {settled.about} if settled.about else ids))


def agree(prop: str, one: Fields, other: Mapping[str, str]) -> bool:
    """Whether two values of one thing can both be true: a date cut short agrees with the whole date."""
    names = ONLY_ONE[prop][1]
    for name, value in one:
        if (not names or name in names) and name in other and not _same_value(value, other[name]):
            return False
    return True


def dissent(settled: Iterable[Settled], readings: Iterable[Reading]) -> tuple[Issue, ...]:
    """A warning for each article whose claim no registry fact of the same thing allows.

    An editor settles it by entering the article's value as a second registry fact, or by a row of corrections that
    changes or confirms the reading: the conflict is then known.
    """
    held: defaultdict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    accused: list[tuple[tuple[str, ...], Fact]] = []
    for one in settled:
        if (thing := thing_of(one.fact.prop, one.fact.fields, one.about)) is None:
            continue
        if one.fact.records:
            held[thing].append(dict(one.fact.fields))
        elif one.fact.against:
            accused.append((thing, one.fact))
    paths: dict[str, str] = {}
    confirmed: set[Claim | Link] = set()
    for reading in readings if accused else ():
        paths[reading.article] = reading.path
        confirmed.update(one.was for one in reading.overruled)  # where it was changed, no fact has the old claim
    issues: dict[Issue, None] = {}
    for thing, fact in accused:
        allowed = held.get(thing, [])
        if not allowed or any(agree(fact.prop, fact.fields, fields) for fields in allowed):
            continue
        theirs = " and ".join(_shown(fields.items()) for fields in allowed)
        said = f"{fact.prop} {_shown(fact.fields)} contradicts the registry's {theirs}"
        for claim in fact.claims:
            if claim in confirmed:
                continue
            evidence = claim.evidence
            message = f"paragraph {evidence.paragraph}: {said}"
            hint = "correct the record, or add this value to it with its source; the page shows both"
            issues[Issue("warning", paths.get(evidence.article, evidence.article), 0, message, hint)] = None
    return tuple(issues)


def self_meetings(readings: Iterable[Reading]) -> Iterator[Issue]:
    """A warning for each claim whose two sides are one: they were merged wrongly, or read wrongly."""
    for reading in readings:
        for claim in reading.claims:
            if claim.prop == "meets" and claim.get("a") is not None and claim.get("a") == claim.get("b"):
                message = f'paragraph {claim.evidence.paragraph}: "{claim.get("a")}" would have met itself'
                hint = "check the judgements and aliases that make the two sides one; the claim is left out"
                yield Issue("warning", reading.path, 0, message, hint)


def thing_of(prop: str, fields: Fields, about: EntityId = "") -> tuple[str, ...] | None:
    """What a value is the value of, where there can be only one; None where there can be many."""
    if prop not in ONLY_ONE:
        return None
    which = [value for name in ONLY_ONE[prop][0] for field, value in fields if field == name]
    if len(which) < len(ONLY_ONE[prop][0]):
        return None
    return (prop, about, "where" if any(name == "place" for name, _ in fields) else "", *which)


def _contradictions(keys: Iterable[_Key]) -> Mapping[_Key, tuple[Fields, ...]]:
    things: defaultdict[tuple[str, ...], list[_Key]] = defaultdict(list)
    for key in keys:
        if (thing := thing_of(*key)) is not None:
            things[thing].append(key)
    against: defaultdict[_Key, list[Fields]] = defaultdict(list)
    for rivals in things.values():
        said = [(key, dict(key[1])) for key in rivals]
        for one in rivals:
            others = (other[1] for other, fields in said if other is not one and not agree(one[0], one[1], fields))
            against[one] += islice(others, RIVALS)
    return {key: tuple(found) for key, found in against.items() if found}


def _same_value(one: str, other: str) -> bool:
    return one == other or _cuts_short(one, other) or _cuts_short(other, one)


def _cuts_short(short: str, whole: str) -> bool:
    """Whether `short` is a year or month, and `whole` a date in it."""
    return len(short) < len(whole) and whole.startswith(f"{short}-") and short[:4].isdigit()


def _rank(key: _Key, written: int | None, backing: int) -> tuple[object, ...]:
    """Relations in their order, when before where, fuller values first, then the registry's, then the most backed.

    `written`: the place of a registry value among all of them; an editor writes the preferred one first.
    """
    prop, fields, about = key
    known = prop in FIELDS
    where = prop == "held" and fields[-1][0] == "place"
    order = _ORDER[prop] if known else prop
    return (not known, order, where, -len(fields), written is None, -backing, written or 0, fields, about)


def _start_first(name: str) -> tuple[bool, str]:
    return (name != "start", name)


def _shown(fields: Iterable[tuple[str, str]]) -> str:
    return "(" + ", ".join(f"{name} {value}" for name, value in fields) + ")"
