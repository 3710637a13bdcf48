"""A saved web page to what it tells: trafilatura finds the main text and what the page states about itself.

The only import of trafilatura, which is heavy and optional. Nothing here asks the network.
"""

from __future__ import annotations

import email
import email.policy
import logging
import re
from copy import deepcopy
from html import unescape

from sijill.importing.dated import day_in_line, stated_day
from sijill.importing.encoding import decoded
from sijill.importing.found import Found, found
from sijill.issues import error, warning
from sijill.model import Issue

__all__ = ["has_library", "of_mhtml", "of_page"]

SHORTEST = "60"
"""Letters that make an article: news can be two lines, and where less is found, paragraphs are run together."""
MOST_TAGS = 60_000
"""More take longer than a person waits; a page of one article has some thousands."""
_SAVED_FROM = re.compile(r"<!--[^>]{0,80}?(?:saved from url=\(\d+\)|url:)\s*(https?://[^\s>\"]+)", re.IGNORECASE)
"""What browsers and SingleFile write at the head of a page that they save."""
_EMBEDDED = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+")
"""Pictures and fonts within a page that was saved in one file: most of it, and nothing of the article."""
_SITE = re.compile(r"\s+[|–—-]\s+")
_QUIET = ("trafilatura", "htmldate", "courlan", "justext", "readability")


def has_library() -> bool:
    """Whether trafilatura is installed."""
    import importlib.util

    return importlib.util.find_spec("trafilatura") is not None


def of_mhtml(data: bytes, name: str, encoding: str) -> Found | Issue:
    """A page saved with its pictures in one file."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
            payload = part.get_payload(decode=True)
            stated = part.get_content_charset() or ""
            return of_page(payload if isinstance(payload, bytes) else b"", name, encoding, stated, str(address).strip())
    return error(name, 0, "no page is in this file", "save it again as a whole page (.html)")


def of_page(data: bytes, name: str, encoding: str, stated: str = "", address: str = "") -> Found | Issue:
    """The article of a page, or why there is none."""
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = SHORTEST
    for library in _QUIET:  # what they say of a page is said here in the editor's words
        logging.getLogger(library).setLevel(logging.CRITICAL)
    told = decoded(data, name, encoding, stated)
    if isinstance(told, Issue):
        return told
    text, label, notes = told
    text = _EMBEDDED.sub("data:,", text)
    if text.count("<") > MOST_TAGS:
        return error(name, 0, f"the page has more than {MOST_TAGS} tags", "save the page of the article itself")
    saved = _SAVED_FROM.search(text[:4096])
    address = address or (unescape(saved[1]) if saved else "")
    whole = text if "<html" in text[:4096].lower() else f"<html>{text}</html>"  # HTML lets it be left out
    try:
        document = bare_extraction(
            whole,
            url=address if address.startswith("http") else None,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            config=config,
            date_extraction_params={"extensive_search": False},  # see `stated_day`
        )
    except Exception as problem:  # a stranger's page in a stranger's parser: no page may end an import of thousands
        return error(name, 0, f"the page cannot be read: {type(problem).__name__}", "save it again, or copy its text")
    values = {} if document is None else document if isinstance(document, dict) else document.as_dict()
    paragraphs = [line.removeprefix("- ") for line in str(values.get("text") or "").split("\n")]
    title = str(values.get("title") or "")
    site = str(values.get("sitename") or "")
    address = str(values.get("url") or address or "")
    date = stated_day(text, address)
    for place in range(min(2, len(paragraphs) - 1)):  # a line above the text that says nothing but the day
        if day := day_in_line(paragraphs[place]):
            date = date or day
            del paragraphs[place]
            break
    title = _without_site(title, site)
    if not any(line.strip() not in ("", title) for line in paragraphs):
        hint = "if its text came by script, save the page from the browser once it is shown"
        return error(name, 0, "no article was found in the page", hint)
    if not date:
        notes = (*notes, warning(name, 0, "the page states no date", "add `date: YYYY-MM-DD` to the article"))
    return found(
        name,
        0,
        title,
        paragraphs,
        date=date,
        author=str(values.get("author") or ""),
        source=site,
        url=address,
        encoding=label,
        notes=notes,
    )


def _without_site(title: str, site: str) -> str:
    """The title without the site's name, which pages put behind it for the sake of tabs."""
    parts = _SITE.split(title)
    return title[: title.rindex(parts[-1])].rstrip(" |–—-") if len(parts) > 1 and site and parts[-1] == site else title
