"""Which addresses of others may stand in a link: decided here for articles, records and what is imported."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["is_safe_address", "is_web_address", "written_out"]

_NO_ADDRESS = re.compile(r"[\s\x00-\x1f]")
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_BY_NUMBER = {ord(sign): f"%{ord(sign):02X}" for sign in "[]{}|\\^`"}
_SCHEME = re.compile(r"(https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether text may stand in `href` as a link to the web."""
    if _NO_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - one that is no number raises
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def written_out(address: str) -> str:
    """The address with what may stand nowhere behind its host written by numbers: browsers do so, checkers ask for it.

    >>> written_out("https://[::1]/a[b]?c|d")
    'https://[::1]/a%5Bb%5D?c%7Cd'
    """
    host = _HOST.match(address)
    behind = host.end() if host is not None else 0
    return address[:behind] + address[behind:].translate(_BY_NUMBER)


def is_safe_address(address: str) -> bool:
    """True for http, https and mailto addresses that can be taken apart, without spaces, quotation marks or <>."""
    found = _SCHEME.fullmatch(address)
    return found is not None and (found[1].lower() == "mailto:" or is_web_address(address))
