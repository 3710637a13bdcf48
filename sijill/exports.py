"""The archive as public data: JSON lines for what articles say, JSON and CSV for what the archive knows, and RDF.

Separate from pages because other people's programs read these files: docs/data.md is the contract, and changes to it
are announced by `VERSION`. The fields of a row are listed once, by the function that makes it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import orjson

from sijill.config import Config
from sijill.csvw import csv_metadata
from sijill.facts import FIELDS
from sijill.model import Archive, Entity, EntityId, Fact, Kind, Reading
from sijill.rdf import linked_data
from sijill.settle import public_kind
from sijill.urls import article_url, url_of

FORMAT = "sijill-data"
VERSION = 1
LICENCE = "MIT"
"""Of the data. The words quoted in it stay their publishers'."""

SEPARATOR = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins with one of these."""
PLURALS: Mapping[Kind, str] = {
    "process": "processes",
    "round": "rounds",
    "delegation": "delegations",
    "official": "officials",
    "document": "documents",
}

_LINE_SEPARATORS = tuple((separator.encode(), rb"\u%04x" % ord(separator)) for separator in "\u2028\u2029\x85")

Row: TypeAlias = dict[str, object]


def exports(archive: Archive, config: Config) -> Iterator[tuple[str, bytes]]:
    """Each file's path in the site and its bytes; `data/index.json` comes last and describes the others."""
    described: list[Row] = []
    for name, media_type, rows, fields, body in _files(archive, config):
        digest = hashlib.sha256(body).hexdigest()
        size = {"rows": rows, "bytes": len(body), "sha256": digest}
        described.append({"path": name, "media_type": media_type, **size, "fields": fields})
        yield f"data/{name}", body
    index = {
        "format": FORMAT,
        "version": VERSION,
        "data_version": _version(archive, described),
        "title": config.title,
        "language": config.language,
        "base_url": config.base_url,
        "licence": LICENCE,
        "files": described,
    }
    yield "data/index.json", orjson.dumps(index, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _version(archive: Archive, described: list[Row]) -> str:
    """The day of the newest article, and eight digits of everything: other data is another version, on any day."""
    newest = max((each.date.isoformat() for each in archive.readings if each.date is not None), default="0")
    whole = "".join(f"{one['path']} {one['sha256']}\n" for one in described)
    return f"{newest}.{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _files(archive: Archive, config: Config) -> Iterator[tuple[str, str, int, Sequence[str], bytes]]:
    """Path under `data/`, media type, number of rows, their fields in order, bytes."""
    for name, of in _ROWS.items():
        count, fields, body = 0, dict[str, None](), bytearray()
        for reading in archive.readings:
            for row in of(reading):
                count += 1
                if fields.keys() != row.keys():
                    fields |= dict.fromkeys(row)
                body += orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        yield f"{name}.jsonl", "application/x-ndjson", count, list(fields), _bytes(body)
    flats: list[tuple[str, list[str], Row]] = []
    for name, blank, table in _tables(archive):
        columns = list(blank)
        rows = bytearray(b"[")
        for number, row in enumerate(table):
            rows += b",\n" if number else b"\n"
            rows += orjson.dumps(row)
        rows += b"\n]\n" if table else b"]\n"
        yield f"{name}.json", "application/json", len(table), columns, _bytes(rows)
        flat = [column for column in columns if column != "facts"]
        yield f"{name}.csv", "text/csv; charset=utf-8", len(table), flat, _csv(flat, table)
        flats.append((name, flat, blank))
    yield "csv-metadata.json", "application/csvm+json", len(flats), [], csv_metadata(flats, SEPARATOR, LICENCE, config)
    count, json, turtle = linked_data(archive, config)
    yield "archive.jsonld", "application/ld+json", count, [], json
    yield "archive.ttl", "text/turtle", count, [], turtle


def _tables(archive: Archive) -> Iterator[tuple[str, Row, list[Row]]]:
    """Name, a blank row and the rows of each table. An empty table has its fields too: those of the blank row."""
    former: defaultdict[EntityId, list[EntityId]] = defaultdict(list)
    for old, now in sorted(archive.aliases.items()):
        former[now].append(old)
    for kind, name in PLURALS.items():
        blank = Entity("", kind, "", "", None, (), (), (), ())
        rows = [entity_row(entity, archive, former.get(entity.id, ())) for entity in archive.of(kind)]
        yield name, entity_row(blank, archive), rows
    nothing = Reading("", "", "", None, "", "", "", 0, (), (), ())
    yield "articles", article_row(nothing, archive), [article_row(one, archive) for one in archive.readings]


# --- what articles say ------------------------------------------------------------------------------------------------


def mention_rows(reading: Reading) -> Iterator[Row]:
    """Every mention, also those of which the article does not say whose they are (`entity` null)."""
    page = article_url(reading.article)
    for link in reading.links:
        mention = link.mention
        anchor = mention.sentence.anchor
        yield {
            "article": mention.article,
            "paragraph": mention.paragraph,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "kind": public_kind(link),
            "entity": link.entity,
            "role": mention.role,
            "form": mention.form,
            "origin": mention.origin,
            "why": link.why,
            "score": mention.score,
            "sentence": anchor,
            "url": f"{page}#{anchor}",
        }


def statement_rows(reading: Reading) -> Iterator[Row]:
    """Every act of saying; `text` is the verb."""
    page = article_url(reading.article)
    for statement in reading.statements:
        verb = statement.verb
        yield {
            "article": verb.article,
            "paragraph": verb.paragraph,
            "start": verb.start,
            "end": verb.end,
            "text": verb.quote,
            "speaker": statement.speaker,
            "speaker_text": statement.speaker_text,
            "direct": statement.direct,
            "origin": verb.origin,
            "sentence": verb.sentence.anchor,
            "url": f"{page}#{verb.sentence.anchor}",
        }


def claim_rows(reading: Reading) -> Iterator[Row]:
    """Every claim. `start` and `end` are a round's dates; where the quote stands is `quote_start` and `quote_end`."""
    page = article_url(reading.article)
    for claim in reading.claims:
        quote = claim.evidence
        yield {
            "article": quote.article,
            "paragraph": quote.paragraph,
            "type": claim.prop,
            **dict.fromkeys(FIELDS[claim.prop]),
            **dict(claim.fields),
            "quote": quote.quote,
            "quote_start": quote.start,
            "quote_end": quote.end,
            "why": claim.why,
            "said_by": claim.said_by,
            "origin": quote.origin,
            "sentence": quote.sentence.anchor,
            "url": f"{page}#{quote.sentence.anchor}",
        }


def correction_rows(reading: Reading) -> Iterator[Row]:
    """Every reading that an editor corrected or confirmed, as it was read; what is right is in force elsewhere."""
    page = article_url(reading.article)
    for one in reading.overruled:
        row, place = one.correction, one.place
        yield {
            "article": reading.article,
            "paragraph": place.paragraph,
            "start": place.start,
            "end": place.end,
            "text": one.words,
            "claim": row.claim or "",
            "field": row.field,
            "read": one.read,
            "right": row.right,
            "by": row.by,
            "on": row.on,
            "note": row.note,
            "origin": place.origin,
            "sentence": place.sentence.anchor,
            "url": f"{page}#{place.sentence.anchor}",
        }


def sentence_rows(reading: Reading) -> Iterator[Row]:
    """Every sentence that a row of this article rests on, once, in the order of the text."""
    page = article_url(reading.article)
    resting = {link.mention.sentence.anchor: link.mention.sentence for link in reading.links}
    resting |= {claim.evidence.sentence.anchor: claim.evidence.sentence for claim in reading.claims}
    resting |= {one.verb.sentence.anchor: one.verb.sentence for one in reading.statements}
    resting |= {one.place.sentence.anchor: one.place.sentence for one in reading.overruled}
    for sentence in sorted(resting.values(), key=lambda one: (one.paragraph, one.start)):
        yield {
            "article": reading.article,
            "paragraph": sentence.paragraph,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "sentence": sentence.anchor,
            "url": f"{page}#{sentence.anchor}",
        }


_ROWS: Mapping[str, Callable[[Reading], Iterator[Row]]] = {
    "mentions": mention_rows,
    "statements": statement_rows,
    "claims": claim_rows,
    "corrections": correction_rows,
    "sentences": sentence_rows,
}


# --- what the archive knows -------------------------------------------------------------------------------------------


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


# --- bytes ------------------------------------------------------------------------------------------------------------


def _bytes(rows: bytearray) -> bytes:
    """Line separators within values are escaped, so that one row is one line for every reader."""
    for separator, written in _LINE_SEPARATORS:
        if separator in rows:
            rows = rows.replace(separator, written)
    return bytes(rows)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """For spreadsheets: a byte-order mark, so that Arabic is read as UTF-8, and lines that end in CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | dict():
            cell = SEPARATOR.join(str(item).replace(SEPARATOR, " / ") for item in value)
        case _:
            cell = str(value)
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
