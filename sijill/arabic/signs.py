"""Signs that rules look for among words, as folding leaves them."""

from __future__ import annotations

__all__ = ["CLOSING", "COMMAS", "QUOTE", "STOPS"]

QUOTE = '"'
"""Every quotation mark, single or double, opening or closing."""
COMMAS = frozenset({"،", ","})
CLOSING = {QUOTE: QUOTE, "(": ")"}
"""What opens around a part of a phrase, and what closes it."""
STOPS = frozenset({".", "؛", "؟", "!"})
"""What ends a sentence, or a part that stands by itself."""
