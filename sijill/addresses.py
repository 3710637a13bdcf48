"""Which addresses of others may stand in a link: decided here for articles, records and what is imported."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["is_safe_address", "is_web_address"]

_NO_ADDRESS = re.compile(r"[\s\x00-\x1f]")
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


def is_safe_address(address: str) -> bool:
    """True for http, https and mailto addresses that can be taken apart, without spaces, quotation marks or <>."""
    found = _SCHEME.fullmatch(address)
    return found is not None and (found[1].lower() == "mailto:" or is_web_address(address))
