"""Who is tied to whom, from settled facts alone, and where each stands in a drawing: no chance and no iteration in it.

Separate from the pages because the network and the small graphs of officials are one drawing at two sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import NamedTuple, TypeAlias

from ..model import Entity, EntityId, Fact
from .backing import weight
from .site import Site

__all__ = ["Ties", "drawing", "ego", "relations", "ring", "ties"]

LONGEST = 22
"""Letters of a name in a drawing; the whole name is in its title and in the table."""
MOST_EGO = 12
MARK, LETTER, LINE, BELOW, ABOVE, BESIDE = 10, 7.0, 14.0, 27.0, 16.0, 5.0
"""Sizes in a drawing: half a mark, the width of a letter on average, the height of a name, and how far its foot stands
from the middle of its mark."""
CROSSED, COVERED = 1, 100
"""What it costs a name to stand on a line, and on another name, on a mark or over the edge."""

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

Ties: TypeAlias = dict[tuple[EntityId, EntityId], list[Fact]]
"""Two ids in their order, and every fact that ties them."""

ENDS: Mapping[str, tuple[str, str]] = {
    "leads": ("official", "delegation"),
    "member": ("official", "delegation"),
    "affiliation": ("official", "party"),
    "meets": ("a", "b"),
}
"""The relations that tie, in the order in which they are named, and the fields that hold the two ends."""

Places: TypeAlias = Mapping[EntityId, tuple[float, float]]


class Drawing(NamedTuple):
    """What a template draws."""

    width: int
    height: int
    lines: list[dict[str, object]]
    nodes: list[dict[str, object]]


def ties(entities: Mapping[EntityId, Entity], facts: Iterable[Fact]) -> Ties:
    """The pairs of officials and delegations that facts tie, each fact once."""
    found: Ties = {}
    seen: set[int] = set()
    for fact in facts:
        ends = ENDS.get(fact.prop)
        if ends is None or id(fact) in seen:
            continue
        seen.add(id(fact))
        one, other = sorted((fact.get(ends[0]) or "", fact.get(ends[1]) or ""))
        if one != other and all(each in entities and entities[each].kind in KINDS for each in (one, other)):
            found.setdefault((one, other), []).append(fact)
    return found


KINDS = ("official", "delegation")


def relations(facts: Iterable[Fact]) -> list[str]:
    """The relations of a pair."""
    props = {fact.prop for fact in facts}
    return [prop for prop in ENDS if prop in props]


def ego(entities: Mapping[EntityId, Entity], me: Entity) -> Ties:
    """The strongest ties of one entity."""
    found = ties(entities, me.facts)
    mine = [pair for pair in found if me.id in pair]
    mine.sort(key=lambda pair: (-weight(found[pair]), pair))
    return {pair: found[pair] for pair in mine[: MOST_EGO - 1]}


def ring(
    ids: Iterable[EntityId], centre: Point, radii: tuple[tuple[float, float], ...], first: float = -pi / 2
) -> Places:
    """Ids around a centre, from the top (or the angle `first`) with the clock; on several rings by turns."""
    ordered = list(ids)
    out = {}
    for at, id in enumerate(ordered):
        angle = 2 * pi * at / len(ordered) + first
        across, down = radii[at % len(radii)]
        out[id] = (centre[0] + across * cos(angle), centre[1] + down * sin(angle))
    return out


def drawing(
    site: Site, pairs: Ties, places: Places, size: tuple[int, int], me: str = "", words: bool = False
) -> Drawing:
    """Lines and nodes. `words`: each line says which relations it stands for."""
    lines: list[dict[str, object]] = []
    for (one, other), facts in pairs.items():
        (x1, y1), (x2, y2) = places[one], places[other]
        props = relations(facts)
        near = 0.56 if other != me else 0.44  # off the middle, where many lines of one centre would meet
        lines.append(
            {
                "kind": props[0],
                "ends": tuple(map(_number, (x1, y1, x2, y2))),
                "word": _comma(site, props) if words else "",
                "x": _number(x1 + (x2 - x1) * near),
                "y": _number(y1 + (y2 - y1) * near + 5),
            }
        )
    nodes: list[dict[str, object]] = []
    names = {id: _short(site, id) for id in places}
    feet = _feet(places, names, [(places[one], places[other]) for one, other in pairs], size)
    for id, (x, y) in places.items():
        nodes.append(
            {
                "href": site.hrefs[id],
                "kind": site.archive.entities[id].kind,
                "me": id == me,
                "x": _number(x),
                "y": _number(y),
                "foot": tuple(map(_number, feet[id])),
                "corner": (_number(x - 9), _number(y - 9)),
                "name": names[id],
                "whole": site.name(id),
            }
        )
    return Drawing(size[0], size[1], lines, nodes)


def _short(site: Site, id: EntityId) -> str:
    name = site.name(id)
    if site.archive.entities[id].kind == "delegation":
        name = site.parties.get(id, name)
    if len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST].rpartition(' ')[0] or name[:LONGEST]}…"


def _feet(
    places: Places, names: Mapping[EntityId, str], lines: Sequence[tuple[Point, Point]], size: tuple[int, int]
) -> dict[EntityId, Point]:
    """Where the foot of each name stands: below its mark, above or beside it, wherever it covers and crosses least."""
    taken: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in places.values()]
    found: dict[EntityId, Point] = {}
    for id, (x, y) in places.items():
        half = len(names[id]) * LETTER / 2
        beside = MARK + half + BESIDE
        feet = [(x, y + BELOW), (x, y - ABOVE), (x + beside, y + BESIDE), (x - beside, y + BESIDE)]
        boxes = [(left - half, foot - LINE, left + half, foot + LINE / 3) for left, foot in feet]
        cost = [
            COVERED * (sum(_meet(box, other) for other in taken) + (box[0] < 0 or box[2] > size[0]))
            + CROSSED * sum(_cross(line, box) for line in lines)
            for box in boxes
        ]
        best = cost.index(min(cost))
        found[id] = feet[best]
        taken.append(boxes[best])
    return found


def _cross(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line goes through a box: some part of it is within both the box's breadth and its height."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        start, step = line[0][axis], line[1][axis] - line[0][axis]
        low, high = box[axis] - start, box[axis + 2] - start
        if not step:
            if low > 0 or high < 0:
                return False
            continue
        enter, leave = sorted((low / step, high / step))
        first, last = max(first, enter), min(last, leave)
    return first < last


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _comma(site: Site, props: Iterable[str]) -> str:
    return site.strings("fact.comma").join(site.strings(f"network.{prop}") for prop in props)


def _number(value: float) -> str:
    return f"{value:.0f}"
