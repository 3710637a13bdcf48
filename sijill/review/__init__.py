"""What the machine is unsure of, as values: pure functions from a settled archive to questions for an editor.

Beside the straight line: nothing is settled by a question, only by the row or the record that an editor accepts.
"""

from __future__ import annotations

from sijill.review.item import ITEM_KINDS, Decision, Item, ItemKind, NewRecord, Words
from sijill.review.items import items_of

__all__ = ["ITEM_KINDS", "Decision", "Item", "ItemKind", "NewRecord", "Words", "items_of"]
