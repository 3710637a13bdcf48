"""The data page: what files there are, what each field means, which version this is, and how to cite it.

It is made from `data/index.json`, which describes what was written, so that page and files cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exports.known import fact_row
from ..model import Fact, Page
from ..rdf import CLASSES, TERMS
from ..safe import Html, element, join, ltr
from ..urls import DATA
from .cite import Cited, citation
from .frame import fill, page
from .schema import dataset
from .site import Site

__all__ = ["data_page"]


def data_page(site: Site, index: Mapping[str, Any]) -> Page:
    """The page of the data that `index` describes."""
    strings = site.strings
    version = str(index["data_version"])
    files = [
        *index["files"],
        {"path": "index.json", "media_type": "application/json", "rows": 0, "bytes": 0, "fields": list(index)},
    ]
    tables: dict[str, list[str]] = {}
    for file in files:
        stem = file["path"].partition(".")[0]
        known = tables.setdefault(stem, [])
        known += [field for field in file["fields"] if field not in known]
    tables["facts"] = list(fact_row(Fact("", (), (), ())))
    tables["graph"] = [*CLASSES, *TERMS]
    title = strings("data.title")
    cited = Cited(DATA, strings("data.cited"), version=version)
    forms = citation(site, cited)
    licence = element("a", index["licence"], href=f"https://spdx.org/licenses/{index['licence']}.html", dir="ltr")
    view = {
        "heading": title,
        "lede": strings("data.text"),
        "cite_as": forms["text"],
        "rows": [
            (strings("data.version"), ltr(version)),
            (strings("data.format"), fill(site, "data.format_value", number=str(index["version"]))),
            (strings("data.licence"), join([licence, " ", strings("data.licence_note")])),
        ],
        "files": [_file(site, file) for file in files],
        "tables": [
            (stem, strings(f"data.{stem}"), [_field(site, stem, field) for field in fields])
            for stem, fields in tables.items()
            if fields
        ],
    }
    return page(
        site,
        DATA,
        "data.html",
        view,
        title=title,
        description=strings("data.description"),
        section="data",
        data=dataset(site, DATA, index["files"], version),
        citation=forms,
    )


def _file(site: Site, file: Mapping[str, Any]) -> tuple[Html, str, str, str]:
    """Link, what it holds, rows and size; the index, which cannot describe itself, has no figures."""
    strings = site.strings
    link = element("a", ltr(file["path"]), href=site.href(f"{DATA}{file['path']}"), type=file["media_type"])
    rows = strings.count("count.row", file["rows"]) if file["bytes"] else ""
    size = strings("data.kilobytes", number=strings.number(-(-file["bytes"] // 1000))) if file["bytes"] else ""
    return link, strings(f"data.{file['path'].partition('.')[0]}"), rows, size


def _field(site: Site, stem: str, field: str) -> tuple[str, Html, str]:
    """Anchor, name and meaning; most fields mean the same in every file."""
    meaning = site.strings.find(f"field.{stem}.{field}") or site.strings(f"field.any.{field}")
    return f"{stem}-{field}", ltr(field), meaning
