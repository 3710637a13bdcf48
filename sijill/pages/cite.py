"""How to cite a page: in Arabic words, as BibTeX and as CSL-JSON. Nothing here depends on the day of reading.

Separate because each form has its own rules of what letters may stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import orjson

from ..safe import Html, escape, isolated, join, ltr
from ..urls import ARTICLES
from .dates import Dates
from .frame import fill
from .site import Site

__all__ = ["Cited", "citation"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Words of BibTeX, not of ours: it knows them without quotation marks."""
_IN_BIBTEX = str.maketrans(
    {
        "{": "(", "}": ")", "\\": r"\textbackslash ", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
        "~": r"\textasciitilde ", "^": r"\textasciicircum ",
    }
)  # fmt: skip
"""A brace cannot be escaped so that every parser still counts right."""


class Cited(NamedTuple):
    """What is cited. What is not known is empty."""

    url: str
    title: str
    author: str = ""
    publisher: str = ""
    """Of an article: who published it before this archive did."""
    day: str = ""
    """ISO, whole."""
    version: str = ""
    """Of data."""


def citation(site: Site, cited: Cited) -> Mapping[str, str]:
    """The three forms."""
    return {"text": words(site, cited), "bibtex": bibtex(site, cited), "csl": csl(site, cited)}


def words(site: Site, cited: Cited) -> Html:
    """One sentence in Arabic."""
    strings = site.strings
    parts = [
        _isolated(cited.author),
        fill(site, "cite.quoted", title=_isolated(cited.title)),
        fill(site, "cite.version", version=ltr(cited.version)) if cited.version else "",
        _isolated(cited.publisher),
        Dates(strings).one(cited.day) if cited.day else "",
        escape(site.config.title),
        ltr(site.absolute(cited.url)),
    ]
    return join([part for part in parts if part], strings("fact.comma"))


def bibtex(site: Site, cited: Cited) -> str:
    year, _, rest = cited.day.partition("-")
    fields = {
        "author": _braced(_author(site, cited)),
        "title": _braced(cited.title),
        "howpublished": _braced(cited.publisher),
        "year": year and f"{{{year}}}",
        "month": _MONTHS[int(rest[:2]) - 1] if rest else "",
        "edition": _braced(cited.version),
        "note": _braced(site.config.title),
        "url": f"{{{site.absolute(cited.url)}}}",
        "language": "{arabic}" if site.config.language == "ar" else "",
    }
    lines = "".join(f",\n  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{_key(cited)}{lines}\n}}"


def csl(site: Site, cited: Cited) -> str:
    item: dict[str, object] = {
        "id": _key(cited),
        "type": "article-newspaper" if _is_article(cited) else "webpage",
        "title": cited.title,
        "URL": site.absolute(cited.url),
        "archive": site.config.title,
        "language": site.config.language,
    }
    if author := _author(site, cited):
        item["author"] = [{"literal": author}]
    if cited.version:
        item |= {"type": "dataset", "version": cited.version}
    if cited.publisher:
        item["container-title"] = cited.publisher
    if cited.day:
        item["issued"] = {"date-parts": [[int(part) for part in cited.day.split("-")]]}
    lines = ",\n  ".join(f'"{name}": {orjson.dumps(value).decode()}' for name, value in item.items())
    return f"[{{\n  {lines}\n}}]"


def _is_article(cited: Cited) -> bool:
    return cited.url.startswith(ARTICLES)


def _author(site: Site, cited: Cited) -> str:
    """The archive wrote its own pages, and no article."""
    return cited.author or ("" if _is_article(cited) else site.config.title)


def _isolated(text: str) -> Html:
    return isolated(text) if text else Html("")


def _key(cited: Cited) -> str:
    return cited.url.strip("/").replace("/", "-")


def _braced(text: str) -> str:
    """Twice, so that programs leave names and letter case alone."""
    return f"{{{{{' '.join(text.translate(_IN_BIBTEX).split())}}}}}" if text else ""
