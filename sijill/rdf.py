"""The archive as linked data: one pass over it gives JSON-LD and Turtle that say the same.

Separate from the other exports because here things have addresses instead of ids. Every claim and statement is quoted
from a sentence (`prov:wasQuotedFrom`), and every fact of the registry has its sources; nothing is merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TypeAlias

import orjson

from sijill.config import Config
from sijill.identity import ID_FIELDS
from sijill.model import Archive, Entity, Fact, Fields, Reading
from sijill.urls import article_url, url_of

__all__ = ["CLASSES", "TERMS", "linked_data"]

Value: TypeAlias = str | bool | Mapping[str, str]
Node: TypeAlias = dict[str, Value | list[Value]]

CLASSES = ("Claim", "RegistryFact", "Statement")
TERMS = (
    "type", "official", "delegation", "round", "start", "end", "place", "who", "a", "b", "date", "party", "title",
    "text", "of", "said_by", "speaker", "direct", "provisional",
)  # fmt: skip
"""Words of our own; `term:official` leads to where the data page explains it."""

SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_LINKS = frozenset({"said_by", "speaker", "of", *ID_FIELDS})
"""Terms whose values are addresses where there is a page, and plain strings elsewhere."""
_WORDED = frozenset({"title", "text"})
_BORROWED = {
    "name": ("schema:name", "words"),
    "alternateName": ("schema:alternateName", "words"),
    "superEvent": ("schema:superEvent", "link"),
    "headline": ("schema:headline", "words"),
    "datePublished": ("schema:datePublished", "plain"),
    "publisher": ("schema:publisher", "words"),
    "sameAs": ("schema:sameAs", "link"),
    "citation": ("schema:citation", "words"),
    "quote": ("prov:value", "words"),
    "sentence": ("prov:wasQuotedFrom", "link"),
    "source": ("prov:hadPrimarySource", "link"),
}
_NAMES = _BORROWED | {
    name: (f"term:{name}", "link" if name in _LINKS else "words" if name in _WORDED else "plain") for name in TERMS
}
"""Of each name in a node what it stands for, and what its strings are."""

_KINDS = {
    "process": "schema:EventSeries",
    "round": "schema:Event",
    "delegation": "schema:Organization",
    "official": "schema:Person",
    "document": "schema:CreativeWork",
}
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_DATED = frozenset({"start", "end", "date"})
_NOT_IN_ADDRESS = frozenset('<>"{}|^`\\ ')


def linked_data(archive: Archive, config: Config) -> tuple[int, bytes, bytes]:
    """The number of nodes, the JSON-LD and the Turtle."""
    base, language = f"{config.base_url}/", config.language
    prefixes = {"schema": SCHEMA, "prov": PROV, "xsd": XSD, "term": f"{config.base_url}/data/#graph-"}
    forms = {"link": {"@type": "@id"}, "words": {"@language": language}, "plain": {}}
    names = {name: {"@id": iri, **forms[form]} for name, (iri, form) in _NAMES.items()}
    own = {"term": {"@id": prefixes["term"], "@prefix": True}}  # its last letter is none that makes a prefix by itself
    context = {"@version": 1.1, "@base": base, **prefixes, **own, **names}
    json, turtle = BytesIO(), BytesIO()  # which give their bytes without a copy
    json.write(b'{"@context":' + orjson.dumps(context) + b',"@graph":[')
    turtle.write(f"@base <{base}> .\n".encode())
    for name, iri in prefixes.items():
        turtle.write(f"@prefix {name}: <{iri}> .\n".encode())
    count = 0
    for node in _nodes(archive):
        json.write(b",\n" if count else b"\n")
        json.write(orjson.dumps(node))
        turtle.write(_turtle(node, language).encode())
        count += 1
    json.write(b"\n]}\n")
    return count, json.getvalue(), turtle.getvalue()


def _nodes(archive: Archive) -> Iterator[Node]:
    pages = {id: url_of(entity.kind, entity.id)[1:] for id, entity in archive.entities.items()}
    told: set[tuple[object, ...]] = set()
    for entity in archive.entities.values():
        yield _entity(entity, pages)
    for entity in archive.entities.values():
        for fact in entity.facts:
            of = () if any(value == entity.id for _, value in fact.fields) else (entity.id,)
            if fact.records and (key := (fact.prop, fact.fields, *of)) not in told:
                told.add(key)
                node: Node = {"@type": "term:RegistryFact", "type": fact.prop, **_fields(fact.fields, pages)}
                if of:
                    node["of"] = pages[entity.id]
                yield node | _sources(fact)
    for reading in archive.readings:
        yield from _said(reading, pages)


def _entity(entity: Entity, pages: Mapping[str, str]) -> Node:
    names: list[Value] = [{"@value": entity.latin, "@language": "en"}] if entity.latin else []
    names += [text for text, _ in entity.variants if text != entity.name]
    node: Node = {
        "@id": pages[entity.id],
        "@type": _KINDS[entity.kind],
        "name": entity.name,
        "provisional": entity.record is None,
    }
    if names:
        node["alternateName"] = names
    process = entity.record.process if entity.record is not None else ""
    if entity.kind == "round" and process in pages:
        node["superEvent"] = pages[process]
    return node


def _sources(fact: Fact) -> Node:
    """Addresses are sources; a description where there is no full address is a citation."""
    sources = dict.fromkeys(source for record in fact.records for source in record.sources)
    web: list[Value] = [source for source in sources if _is_address(source)]
    other: list[Value] = [source for source in sources if not _is_address(source)]
    return {name: found for name, found in (("source", web), ("citation", other)) if found}


def _said(reading: Reading, pages: Mapping[str, str]) -> Iterator[Node]:
    """An article, its claims and its statements."""
    page = article_url(reading.article)[1:]
    node: Node = {"@id": page, "@type": "schema:NewsArticle", "headline": reading.title}
    if reading.date is not None:
        node["datePublished"] = {"@value": reading.date.isoformat(), "@type": "xsd:date"}
    if reading.source:
        node["publisher"] = reading.source
    if _is_address(reading.url):
        node["sameAs"] = reading.url
    yield node
    for claim in reading.claims:
        quote = claim.evidence
        node = {"@type": "term:Claim", "type": claim.prop, **_fields(claim.fields, pages), "quote": quote.quote}
        node["sentence"] = f"{page}#{quote.sentence.anchor}"
        if claim.said_by:
            node["said_by"] = _link(claim.said_by, pages)
        yield node
    for statement in reading.statements:
        verb = statement.verb
        node = {"@type": "term:Statement", "quote": verb.quote, "sentence": f"{page}#{verb.sentence.anchor}"}
        node["direct"] = statement.direct
        if statement.speaker:
            node["speaker"] = _link(statement.speaker, pages)
        yield node


def _fields(fields: Fields, pages: Mapping[str, str]) -> Node:
    node: Node = {}
    for name, value in fields:
        if name in _LINKS:
            node[name] = _link(value, pages)
        elif name in _DATED and len(value) in _DATES:
            node[name] = {"@value": value, "@type": _DATES[len(value)]}
        else:
            node[name if name in _NAMES else "text"] = value
    return node


def _link(id: str, pages: Mapping[str, str]) -> Value:
    return pages.get(id) or {"@value": id}


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and text.isprintable() and _NOT_IN_ADDRESS.isdisjoint(text)


def _turtle(node: Node, language: str) -> str:
    lines = []
    subject = "[]"
    for name, value in node.items():
        if name == "@id":
            subject = f"<{value}>"
        elif name == "@type":
            lines.append(f"a {value}")
        else:
            iri, form = _NAMES[name]
            if type(value) is str:  # nearly all values
                if form == "link":
                    lines.append(f"{iri} <{value}>")
                else:
                    lines.append(f"{iri} {orjson.dumps(value).decode()}{f'@{language}' if form == 'words' else ''}")
            elif isinstance(value, list):
                lines.append(f"{iri} {', '.join([_object(each, form, language) for each in value])}")
            else:
                lines.append(f"{iri} {_object(value, form, language)}")
    return f"{subject} {' ; '.join(lines)} .\n"


def _object(value: Value, form: str, language: str) -> str:
    """A JSON string is a string of Turtle, too."""
    if isinstance(value, str):
        if form == "link":
            return f"<{value}>"
        text = orjson.dumps(value).decode()
        return f"{text}@{language}" if form == "words" else text
    if isinstance(value, bool):
        return "true" if value else "false"
    text = orjson.dumps(value["@value"]).decode()
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}" if "@type" in value else text
