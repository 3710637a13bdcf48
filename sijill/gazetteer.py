"""What the records teach the reading: names and what they name, parties, and the rounds' days.

Nothing else of a record does, so a reading stays what it is for as long as this stays the same: a fact or a source that
an editor adds has no article read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sijill.calendar import Calendar
from sijill.model import EntityId, Registry
from sijill.recognise.vocabulary import official_names, phrases_of

__all__ = ["Gazetteer", "forms_apart", "gazetteer_of"]

CITIES = ("city", "host")
"""Categories of what names a process, and with a number a round of it."""


class Gazetteer(NamedTuple):
    """Of all records, what a reader reads with."""

    phrases: tuple[tuple[str, str, Any], ...]
    """Category, form and value, as the lexicon takes them."""
    officials: tuple[tuple[str, EntityId], ...]
    """Folded forms of names, each with whose it is."""
    parties: Mapping[EntityId, str]
    """Of officials, as far as their records give one."""
    calendar: Calendar

    def told(self) -> tuple[object, ...]:
        """All of it in plain values, in a fixed order."""
        return self.phrases, self.officials, tuple(self.parties.items()), self.calendar.told()


def gazetteer_of(registry: Registry) -> Gazetteer:
    """What these records teach."""
    names = tuple(official_names(registry))
    return Gazetteer(
        tuple(phrases_of(registry, names)),
        tuple((form, owner) for form, owner, _ in names),
        {record.id: record.party for record in registry.of("official") if record.party},
        Calendar(registry),
    )


def forms_apart(one: Gazetteer, other: Gazetteer) -> frozenset[str]:
    """The forms of which the two say different things: an article with none of them is mostly read alike by both.
    Mostly, because a name may also be told by its consonants."""
    apart = {form for _, form, _ in set(one.phrases) ^ set(other.phrases)}
    apart |= {form for form, _ in set(one.officials) ^ set(other.officials)}
    moved = {official for official, _ in set(one.parties.items()) ^ set(other.parties.items())}
    apart |= {form for form, owner in (*one.officials, *other.officials) if owner in moved}
    if one.calendar.told() != other.calendar.told():
        apart |= {form for category, form, _ in (*one.phrases, *other.phrases) if category in CITIES}
    return frozenset(apart)
