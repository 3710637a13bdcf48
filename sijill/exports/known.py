"""Rows of what the archive knows: an entity, a settled fact, an article. The fields of a row are listed here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sijill.exports.written import Row
from sijill.model import Archive, Entity, EntityId, Fact, Kind, Reading
from sijill.urls import article_url, url_of

__all__ = ["PLURALS", "article_row", "entity_row", "fact_row"]

PLURALS: Mapping[Kind, str] = {
    "process": "processes",
    "round": "rounds",
    "delegation": "delegations",
    "official": "officials",
    "document": "documents",
}


def entity_row(entity: Entity, archive: Archive, former: Sequence[EntityId] = ()) -> Row:
    """An entity with its settled facts. Where values contradict, a list holds them all."""
    facts = entity.facts
    rounds = _in_order(fact.get("round") for fact in facts if fact.prop in ("attends", "leads", "member"))
    special: Row
    match entity.kind:
        case "process":
            special = {
                "rounds": _in_order(one.id for one in archive.of("round") if _process(one, archive) == entity.id)
            }
        case "round":
            special = {
                "process": _process(entity, archive),
                "number": _number(entity),
                "dates": _unique(_interval(fact) for fact in facts if fact.prop == "held"),
                "places": _unique(fact.get("place") for fact in facts if fact.prop == "held"),
                "heads": _unique(_pair(fact, "delegation", "official") for fact in facts if fact.prop == "leads"),
                "attending": _unique(fact.get("who") for fact in facts if fact.prop == "attends"),
                "outcome": _stated(facts, "outcome"),
            }
        case "delegation":
            special = {
                "capacity": _stated(facts, "capacity"),
                "heads": _in_order(_pair(fact, "round", "official") for fact in facts if fact.prop == "leads"),
                "members": _unique(fact.get("official") for fact in facts if fact.prop == "member"),
                "rounds": rounds,
            }
        case "official":
            party = None if entity.record is None else entity.record.party
            said = (fact.get("party") for fact in facts if fact.prop == "affiliation")
            special = {
                "parties": _unique((party, *said)),
                "roles": _unique(fact.get("title") for fact in facts if fact.prop == "role"),
                "leads": _in_order(_pair(fact, "round", "delegation") for fact in facts if fact.prop == "leads"),
                "member": _in_order(_pair(fact, "round", "delegation") for fact in facts if fact.prop == "member"),
                "rounds": rounds,
            }
        case "document":
            special = {name: _stated(facts, name) for name in ("symbol", "issued", "issuer")}
    return {
        "id": entity.id,
        "name": entity.name,
        "latin": entity.latin,
        "url": url_of(entity.kind, entity.id),
        "provisional": entity.record is None,
        **special,
        "mentions": len(entity.links),
        "statements": len(entity.statements),
        "articles": _unique(link.mention.article for link in entity.links),
        "variants": dict(entity.variants),
        "former_ids": list(former),
        "facts": [fact_row(fact) for fact in facts],
    }


def fact_row(fact: Fact) -> Row:
    """A settled fact: its value, the sentences and the registry entries that say so, and the values against it."""
    return {
        "type": fact.prop,
        "value": dict(fact.fields),
        "sentences": _unique(f"{claim.evidence.article}#{claim.evidence.sentence.anchor}" for claim in fact.claims),
        "registry": [{"sources": list(record.sources), "note": record.note} for record in fact.records],
        "against": [dict(fields) for fields in fact.against],
    }


def article_row(reading: Reading, archive: Archive) -> Row:
    """An article and whom it names, in the order of its text."""
    named: dict[Kind, dict[str, None]] = {kind: {} for kind in PLURALS}
    for link in reading.links:
        if link.entity is not None:
            named[archive.entities[link.entity].kind][link.entity] = None
    return {
        "id": reading.article,
        "title": reading.title,
        "date": None if reading.date is None else reading.date.isoformat(),
        "date_why": reading.date_why,
        "source": reading.source,
        "author": reading.author,
        "url": article_url(reading.article),
        "source_url": reading.url,
        "words": reading.words,
        "mentions": len(reading.links),
        "statements": len(reading.statements),
        "claims": len(reading.claims),
        **{name: list(named[kind]) for kind, name in PLURALS.items()},
    }


def _process(entity: Entity, archive: Archive) -> str | None:
    if entity.record is not None:
        return entity.record.process or None
    stem = entity.id.rpartition("-")[0]
    return stem if stem in archive.entities and archive.entities[stem].kind == "process" else None


def _number(entity: Entity) -> int | None:
    if entity.record is not None:
        return entity.record.number
    number = entity.id.rpartition("-")[2]
    return int(number) if number.isdecimal() else None


def _interval(fact: Fact) -> str | None:
    """ISO 8601: `2018-11-28/2018-11-29`; an end that nobody states is `..`."""
    start, end = fact.get("start"), fact.get("end")
    return None if start is None and end is None else f"{start or '..'}/{end or '..'}"


def _pair(fact: Fact, where: str, who: str) -> str | None:
    """`astana-11: bashar-jaafari`; without the first where nobody states it."""
    return None if fact.get(who) is None else ": ".join(value for name in (where, who) if (value := fact.get(name)))


def _stated(facts: Iterable[Fact], prop: str) -> list[str]:
    return _unique(" ".join(value for _, value in fact.fields) for fact in facts if fact.prop == prop)


def _in_order(values: Iterable[str | None]) -> list[str]:
    """Round 2 before round 10; each once."""
    return sorted(_unique(values), key=_round_number)


def _round_number(value: str) -> tuple[str, int, str]:
    stem, _, number = value.partition(":")[0].rpartition("-")
    return (stem, int(number), value) if number.isdecimal() else (value, 0, value)


def _unique(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
