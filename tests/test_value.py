"""Values with slots: what is the same of them, and what is another."""

from __future__ import annotations

import pytest

from sijill.value import Value, slotted


@slotted
class Place(Value):
    """A place for these tests."""

    city: str
    rounds: int = 1


def test_another_value_differs_only_in_what_is_replaced() -> None:
    place = Place("astana", 3)
    other = place.replaced(rounds=4)
    assert (other.city, other.rounds) == ("astana", 4)
    assert (place.city, place.rounds) == ("astana", 3)


def test_a_field_that_there_is_not_is_neither_replaced_nor_added() -> None:
    with pytest.raises(KeyError):
        Place("astana").replaced(town="geneva")
    with pytest.raises(AttributeError):
        Place("astana").town = "geneva"  # type: ignore[attr-defined]


def test_two_that_hold_the_same_are_two() -> None:
    one, other = Place("astana"), Place("astana")
    assert one != other
    assert len({one, other, one}) == 2
