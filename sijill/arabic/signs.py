"""Signs that rules look for among words, as folding leaves them."""

from __future__ import annotations

QUOTE = '"'
"""Every quotation mark, single or double, opening or closing."""
COMMAS = frozenset({"،", ","})
