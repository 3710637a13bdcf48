"""Values of which one reading makes hundreds and asks thousands of times: as cheap as Python has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

__all__ = ["Value", "slotted"]


class Value:
    """What `slotted` makes. It is frozen to the type checker, which refuses to assign to a field; at run time nothing
    watches, since a frozen dataclass takes several times as long to make, and a named tuple's fields as long to read.
    Two are the same only if they are one: nothing compares them field by field."""

    __slots__ = ()
    _told: ClassVar[attrgetter[Any]]
    _places: ClassVar[Mapping[str, int]]

    def replaced(self, **changes: Any) -> Self:
        """The same value but for these fields."""
        told = [*self._told(self)]
        for name, other in changes.items():
            told[self._places[name]] = other
        return type(self)(*told)


_Made = TypeVar("_Made", bound=type[Value])


@dataclass_transform(eq_default=False, frozen_default=True)
def slotted(kind: _Made) -> _Made:
    """A class of values with slots for its fields, from one that names them as a dataclass does."""
    made: Any = dataclass(slots=True, eq=False)(kind)
    names = [field.name for field in fields(made)]
    made._told = attrgetter(*names)
    made._places = {name: place for place, name in enumerate(names)}
    return made  # type: ignore[no-any-return]
