"""What the columns of the CSV files hold, as CSV on the Web describes tables (`csv-metadata.json`).

Separate because it is a standard of its own; types are read off the rows, so that no second list of fields can err.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson

from sijill.config import Config

__all__ = ["csv_metadata"]


def csv_metadata(
    tables: Iterable[tuple[str, Sequence[str], Mapping[str, object]]], separator: str, licence: str, config: Config
) -> bytes:
    """The description of tables, each given by name, columns, and a row without content."""
    described = [
        {
            "url": f"{name}.csv",
            "tableSchema": {
                "columns": [_column(config, name, column, blank[column], separator) for column in columns],
                "primaryKey": "id",
            },
        }
        for name, columns, blank in tables
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": config.language}],
        "dc:title": config.title,
        "dc:license": {"@id": f"https://spdx.org/licenses/{licence}.html"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tables": described,
    }
    return orjson.dumps(metadata, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _column(config: Config, table: str, name: str, blank: object, separator: str) -> dict[str, object]:
    """A column; its property's address is where the data page explains it."""
    column: dict[str, object] = {
        "name": name,
        "titles": name,
        "datatype": _datatype(name, blank),
        "propertyUrl": f"{config.base_url}/data/#{table}-{name}",
    }
    if isinstance(blank, list | dict):
        column["separator"] = separator
    return column


def _datatype(name: str, blank: object) -> str:
    if isinstance(blank, bool):
        return "boolean"
    return "integer" if isinstance(blank, int) or name == "number" else "string"
