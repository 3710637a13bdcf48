"""The archive as public data: JSON lines for what articles say, JSON and CSV for what the archive knows, and RDF.

Separate from pages because other people's programs read these files: docs/data.md is the contract, and changes to it
are announced by `VERSION`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain

import orjson

from sijill.config import Config
from sijill.csvw import csv_metadata
from sijill.exports.known import PLURALS, article_row, entity_row
from sijill.exports.said import ROWS
from sijill.exports.written import SEPARATOR, Row, csv_of, lines_of
from sijill.model import Archive, Entity, EntityId, Reading
from sijill.rdf import linked_data

__all__ = ["LICENCE", "exports"]

FORMAT = "sijill-data"
VERSION = 1
LICENCE = "MIT"
"""Of the data. The words quoted in it stay their publishers'."""


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
    for name, of in ROWS.items():
        count, shapes, body = 0, dict[tuple[str, ...], None](), BytesIO()  # which gives its bytes without a copy
        for reading in archive.readings:
            for row in of(reading):
                count += 1
                shapes[tuple(row)] = None
                body.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        fields = list(dict.fromkeys(chain.from_iterable(shapes)))
        yield f"{name}.jsonl", "application/x-ndjson", count, fields, lines_of(body.getvalue())
    flats: list[tuple[str, list[str], Row]] = []
    for name, blank, table in _tables(archive):
        columns = list(blank)
        rows = bytearray(b"[")
        for number, row in enumerate(table):
            rows += b",\n" if number else b"\n"
            rows += orjson.dumps(row)
        rows += b"\n]\n" if table else b"]\n"
        yield f"{name}.json", "application/json", len(table), columns, lines_of(bytes(rows))
        flat = [column for column in columns if column != "facts"]
        yield f"{name}.csv", "text/csv; charset=utf-8", len(table), flat, csv_of(flat, table)
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
