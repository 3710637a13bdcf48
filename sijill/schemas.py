"""The JSON Schema of each kind of file that editors write, made from the tables that the readers check with.

Editors' tools complete and mark by it while one types; what a build says of a file stays the last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sijill.config import DIGITS, LARGEST, MONTHS
from sijill.decode import ENCODINGS
from sijill.model import CLAIM_FIELDS, Kind
from sijill.records import CAPACITIES, KEYS, PROPS
from sijill.slugs import SLUG

__all__ = ["NAMES", "schema_of"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES: Final = ("article", *KEYS, "site", "places", "identity", "corrections")
"""What there is a schema of: front matter of articles and records, and the TOML files."""

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": ["string", "number", "boolean"]}
"""YAML makes numbers of digits; the readers take what was typed."""
_ID: _Schema = {"type": "string", "pattern": f"^{SLUG.pattern}$".replace(r"\Z", "$")}
_WHOLE_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY: _Schema = {"type": "string", "pattern": f"^{_WHOLE_DAY}$"}
_PART_OF_DAY: _Schema = {
    "anyOf": [
        {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
_SIGNED: _Schema = {
    "by": {"type": "string", "minLength": 1},
    "on": {"type": "string", "description": "a day: 2026-01-31"},
    "note": {"type": "string"},
}
_IDS = frozenset("official delegation round a b who party place".split())
_DAYS = frozenset(("start", "end", "date"))
_ABOUT = {
    "name": "neutral Arabic name, as one says it who takes no side",
    "latin": "name in Latin letters",
    "variants": "spellings and short forms that articles use",
    "aliases": "former ids: their addresses lead here",
    "sources": "addresses, or who said it and when",
    "facts": "one thing each, with its sources",
    "cities": "names of the city that stand for the talks",
    "process": "id of the process",
    "number": "number of the round in its process",
    "sessions": "first and last days of later sessions of the round, YYYY-MM-DD/YYYY-MM-DD",
    "party": "id of a party or of a delegation",
    "title": "the title, if it is not in the text",
    "date": "day of publication, YYYY-MM-DD",
    "source": "who published it",
    "url": "where it was published",
    "author": "who wrote it",
    "encoding": "of the file, if it is not UTF-8",
    "draft": "true leaves the article out",
    "lang": "language of the text, ar unless said otherwise",
    "former": "names that the file had before",
}


def schema_of(name: str) -> _Schema:
    """The schema of one of `NAMES`."""
    if name == "article":
        found = _article()
    elif name == "site":
        found = _site()
    elif name == "places":
        found = _places()
    elif name == "identity":
        found = _identity()
    elif name == "corrections":
        found = _corrections()
    else:
        found = _record(name)  # type: ignore[arg-type]
    return {"$schema": DIALECT, "title": name, **found}


def _article() -> _Schema:
    texts = {key: _TEXT for key in ("title", "source", "author")}
    return _table(
        {
            **texts,
            "date": _DAY,
            "url": {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
            "encoding": {"enum": sorted(ENCODINGS)},
            "draft": {"type": "boolean"},
            "lang": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
            "former": {"anyOf": [_ID, _list(_ID)]},
        }
    )


def _record(kind: Kind) -> _Schema:
    values: Mapping[str, _Schema] = {
        "name": _TEXT,
        "latin": _TEXT,
        "variants": _list(_TEXT),
        "aliases": _list(_ID),
        "sources": _list(_TEXT),
        "facts": {"type": ["array", "null"], "items": _fact(kind)},
        "cities": _list(_TEXT),
        "process": _ID,
        "number": {"type": "integer", "minimum": 0, "maximum": 9999},
        "sessions": _list({"type": "string", "pattern": f"^{_WHOLE_DAY}/{_WHOLE_DAY}$"}),
        "party": _ID,
    }
    needed = [key for key in ("name", "process", "party") if key in KEYS[kind]]
    return _table({key: values[key] for key in KEYS[kind]}, needed)


def _fact(kind: Kind) -> _Schema:
    """One property, with a note and sources beside it."""
    beside: dict[str, _Schema] = {"note": _TEXT, "sources": _list(_TEXT)}
    return {
        "oneOf": [
            _table({prop: _property(prop, kind), **beside}, [prop])
            for prop, rule in PROPS.items()
            if kind in rule.kinds
        ]
        or [False]
    }


def _property(prop: str, kind: Kind) -> _Schema:
    rule = PROPS[prop]
    if rule.bare:
        return {"enum": list(CAPACITIES)} if prop == "capacity" else _value(rule.fields[0])
    fields = [field for field in rule.fields if field != rule.kinds[kind]]
    groups = [group for group in rule.needs if rule.kinds[kind] not in group]
    found = _table({field: _value(field) for field in fields})
    if groups:
        found["allOf"] = [{"anyOf": [{"required": [field]} for field in group]} for group in groups]
    return found


def _value(field: str) -> _Schema:
    return _ID if field in _IDS else _PART_OF_DAY if field in _DAYS else _TEXT


def _site() -> _Schema:
    text = {"type": "string", "minLength": 1}
    values: dict[str, _Schema] = {
        "title": text,
        "tagline": text,
        "base_url": {"type": "string", "pattern": "^https?://[^?#]+$"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
        "processes": {"type": "array", "items": _ID, "minItems": 1, "uniqueItems": True},
        "min_confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "digits": {"enum": list(DIGITS)},
        "months": {"enum": list(MONTHS)},
        "hijri": {"type": "boolean"},
        "contact": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+[.][^@ ]+$"},
        "article_seconds": {"type": "number", "minimum": 0, "maximum": LARGEST},
        "article_megabytes": {"type": "integer", "minimum": 0, "maximum": LARGEST},
        "most_articles": {"type": "integer", "minimum": 0, "maximum": LARGEST},
    }
    return _table(values, ["title", "base_url", "processes"])


def _places() -> _Schema:
    text = {"type": "string", "minLength": 1}
    name = {**text, "description": "what the site calls the city"}
    country = {**text, "description": "its country's name in the lists of parties: kazakhstan"}
    row = _table({"name": name, "country": country}, ["name", "country"])
    return {"type": "object", "propertyNames": _ID, "additionalProperties": row}


def _identity() -> _Schema:
    row = _table(
        {"left": _ID, "right": _ID, "same": {"type": "boolean"}, **_SIGNED}, ["left", "right", "same", "by", "on"]
    )
    return _table({"judgement": {"type": "array", "items": row}})


def _corrections() -> _Schema:
    value: _Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"const": False}]}
    text = {"type": "string"}
    fields = {field: prop for prop, names in CLAIM_FIELDS.items() for field in names}
    row = _table(
        {
            "article": _ID,
            "sentence": {**text, "description": "anchor of a sentence on the article's page: s-6f3a5329"},
            "words": {**text, "description": "of the article, as they stand there"},
            "claim": {"enum": list(CLAIM_FIELDS), "description": "type of the claim; left out where a name is meant"},
            "field": {"enum": list(fields), "description": "field of the claim"},
            "read": {**value, "description": "what was read: an id or a value; false: nothing"},
            "right": {**value, "description": "what it should be; false: it names nobody, or is not said"},
            **_SIGNED,
        },
        ["read", "right", "by", "on"],
    )
    row["dependentRequired"] = {"claim": ["field"], "field": ["claim"], "sentence": ["article"]}
    return _table({"correction": {"type": "array", "items": row}})


def _table(values: Mapping[str, _Schema], needed: Sequence[str] = ()) -> _Schema:
    properties = {
        key: {"description": _ABOUT[key], **value} if key in _ABOUT else value for key, value in values.items()
    }
    found: _Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": list(needed)} if needed else found


def _list(of: _Schema) -> _Schema:
    """A list without repetitions; an empty key is an empty list."""
    return {"type": ["array", "null"], "items": of, "uniqueItems": True}
