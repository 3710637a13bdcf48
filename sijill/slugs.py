"""Names that may be part of an address, and when two of them are one name.

Separate because files, records and pages must judge by the same rule: disks and servers take names for the same that
differ in letter case or composition only, and people those that differ in what cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["SLUG", "folded", "taken"]

SLUG = re.compile(r"(?=.{1,150}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
"""Short enough for every disk, also with what is put before and behind."""
_TATWEEL = "\u0640"
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}
)
_OURS = frozenset({"assets", "data", "feed", "index", "mentions", "page", "preview"})


def folded(name: str) -> str:
    """The same for all names that a disk, a server or an eye may take for one."""
    if name.isascii():
        return name.casefold()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if char != _TATWEEL and unicodedata.category(char) != "Cf")


def taken(name: str) -> str:
    """Who has this name already, in words for a message; empty where nobody has."""
    if name in _DEVICES:
        return "is a device on Windows"
    return "is a name that the site needs for itself" if name in _OURS else ""
