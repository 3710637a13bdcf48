"""Signs that rules look for among words, as folding leaves them."""

from __future__ import annotations

__all__ = ["COMMAS", "QUOTE"]

QUOTE = '"'
"""Every quotation mark, single or double, opening or closing."""
COMMAS = frozenset({"،", ","})
