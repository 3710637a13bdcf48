"""All questions, the most useful first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sijill.model import Archive, Correction, Registry
from sijill.review.alike import alike
from sijill.review.disputed import disputed
from sijill.review.item import ITEM_KINDS, Item
from sijill.review.names import nameless
from sijill.review.rounds import unresolved

__all__ = ["items_of"]


def items_of(
    archive: Archive, registry: Registry, corrections: Sequence[Correction], parties: Mapping[str, str]
) -> tuple[Item, ...]:
    """What an editor could settle, by how much of the archive that settles and how sure the proposal is. Whether a name
    is that of somebody known is asked before a record is proposed for it."""
    found = [
        *alike(archive, registry),
        *nameless(archive, registry, corrections, parties),
        *unresolved(archive),
        *disputed(archive),
    ]
    order = {kind: place for place, kind in enumerate(ITEM_KINDS)}
    ranked = sorted(found, key=lambda item: (-item.gain * item.score, order[item.kind], item.subject))
    return tuple(_asked_first(ranked))


def _asked_first(ranked: Sequence[Item]) -> Iterator[Item]:
    """The same items, those on two people before those that propose a record for one of them."""
    pairs: defaultdict[str, list[Item]] = defaultdict(list)
    for item in ranked:
        if item.kind == "alike":
            for id in item.subject:
                pairs[id].append(item)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for item in ranked:
        before = pairs[item.subject[0]] if item.kind in ("name", "loaded") else []
        for one in (*before, item):
            if (one.kind, one.subject) not in told:
                told.add((one.kind, one.subject))
                yield one
