"""RSS, Atom and WordPress exports (WXR): each entry with its text is an article.

Apart from pages because an entry's text is already the main text; the archive's own HTML reader takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from sijill import markup
from sijill.importing.found import Found, day_of, found
from sijill.issues import error, warning
from sijill.model import Issue

__all__ = ["of_feed", "paragraphs_of"]

_DECLARED = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_-]+)")
_CONTENT = "modules/content/}encoded"
_ENTRY = ("item", "entry")


def of_feed(data: bytes, name: str, encoding: str) -> Iterator[Found | Issue]:
    """The entries of a feed, and what is wrong with them."""
    if b"<!ENTITY" in data:
        yield error(name, 0, "the feed declares entities, which can make a file of any size", "remove the declarations")
        return
    declared = _DECLARED.match(data)
    label = encoding or (declared[1].decode().lower() if declared else "utf-8")
    try:
        root = ET.fromstring(data, ET.XMLParser(encoding=encoding or None))  # noqa: S314 - no entities: see above
    except (ET.ParseError, LookupError, ValueError) as problem:
        line = getattr(problem, "position", (0, 0))[0]
        hint = "save the feed again; its encoding can be given by --encoding"
        yield error(name, line, f"broken XML: {str(problem).partition(':')[0]}", hint)
        return
    site = next(
        (
            _text(each)
            for top in (root, *root)
            if top is root or _local(top) == "channel"
            for each in top
            if _local(each) == "title"
        ),
        "",
    )
    entries = [each for each in root.iter() if _local(each) in _ENTRY]
    if not entries:
        yield error(name, 0, "no entry is in this file", "give an RSS or Atom feed, or a WordPress export")
    for number, entry in enumerate(entries, 1):
        one = _entry(entry, name, number, site, label)
        if one is not None:
            yield one


def _entry(entry: ET.Element, name: str, number: int, site: str, label: str) -> Found | Issue | None:
    """One entry; None for what a WordPress export holds besides published posts (pictures, menus, drafts)."""
    values: dict[str, str] = {}
    for child in entry:
        key = "content" if child.tag.endswith(_CONTENT) or _local(child) == "content" else _local(child)
        if key == "encoded":
            continue  # a WordPress excerpt
        text = child.get("href", "") if key == "link" and child.get("href") else _text(child)
        if key == "link" and child.get("rel", "alternate") != "alternate":
            continue
        values.setdefault(key, text)
    if values.get("post_type", "post") not in ("post", "page") or values.get("status", "publish") != "publish":
        return None
    where = f"entry {number}"
    notes = []
    body = values.get("content", "")
    if not body.strip():
        body = values.get("description") or values.get("summary") or ""
        hint = "compare it with the article at its address"
        notes.append(warning(name, 0, f"{where} holds no text but a summary", hint))
    try:
        paragraphs = paragraphs_of(body)
    except markup.MarkupError as problem:
        return error(name, 0, f"{where}: {problem.message}", problem.hint)
    if not paragraphs:
        return error(name, 0, f"{where} has no text", "save the page of the article and import that")
    stated = next(
        (values[key] for key in ("post_date", "pubDate", "published", "date", "updated") if values.get(key)), ""
    )
    date = day_of(stated)
    if not date:
        message = f"{where} has a date that is not understood" if stated else f"{where} states no date"
        notes.append(warning(name, 0, message, "add `date: YYYY-MM-DD` to the article"))
    return found(
        name,
        0,
        values.get("title", ""),
        paragraphs,
        date=date,
        author=values.get("creator") or values.get("author", ""),
        source=site,
        url=values.get("link") or values.get("guid") or values.get("id", ""),
        encoding=label,
        notes=notes,
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that may be HTML. Raises MarkupError."""
    if "</p>" not in text.lower():  # WordPress makes paragraphs of empty lines only when it shows them
        text = "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text))
    return tuple(block.text for block in markup.blocks_of_html(text)[0])


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: ET.Element) -> str:
    """All words of an element; the parts of Atom's XHTML stay paragraphs."""
    if element.get("type") == "xhtml":
        return "".join(f"<p>{''.join(each.itertext())}</p>" for each in element.iter() if _local(each) in ("p", "li"))
    return "".join(element.itertext())
