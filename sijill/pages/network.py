"""The network of officials and delegations: the strongest ties of the archive, drawn, and the same ties as a table."""

from __future__ import annotations

from collections import Counter
from math import cos, pi, sin

from ..model import Entity, Page
from ..safe import Html
from ..urls import NETWORK
from .backing import backing, weight
from .facts import Notes
from .frame import page
from .graph import Ties, drawing, ego, relations, ring, ties
from .site import Site, sort_key

__all__ = ["chosen", "ego_view", "every_tie", "network_page"]

MOST_NODES = 60
MOST_DELEGATIONS = 14
MOST_TIES = 160
SIZE = (1120, 1120)
INNER = (240.0, 150.0)
OUTER = ((360.0, 360.0), (440.0, 440.0), (515.0, 515.0))
EGO_SIZE = (680, 440)
EGO_LINE = (680, 130)
"""Of two ties: one at either side."""
EGO_RING = ((265.0, 165.0),)


def every_tie(site: Site) -> Ties:
    """All ties of the archive."""
    entities = site.archive.entities
    return ties(
        entities,
        (fact for each in entities.values() if each.kind in ("official", "delegation") for fact in each.facts),
    )


def chosen(site: Site, found: Ties) -> Ties:
    """The ties between the nodes that are shown: the delegations most spoken of, then officials."""
    entities = site.archive.entities
    times: Counter[str] = Counter()
    for (one, other), facts in found.items():
        said = weight(facts)
        times[one] += said
        times[other] += said
    ranked = sorted(times, key=lambda id: (-times[id], id))
    sides = [id for id in ranked if entities[id].kind == "delegation"][:MOST_DELEGATIONS]
    people = [id for id in ranked if entities[id].kind == "official"]
    nodes = {*sides, *people[: MOST_NODES - len(sides)]}
    pairs = [pair for pair in found if nodes.issuperset(pair)]
    pairs.sort(key=lambda pair: (-weight(found[pair]), pair))
    return {pair: found[pair] for pair in pairs[:MOST_TIES]}


def network_page(site: Site) -> Page:
    """The drawing and its table."""
    strings = site.strings
    found = every_tie(site)
    pairs = chosen(site, found)
    left_out = len(found) - len(pairs)
    view = drawing(site, pairs, _places(site, pairs), SIZE) if pairs else None
    rows = [
        {
            "ends": [site.link(id) for id in _person_first(site, pair)],
            "words": strings("fact.comma").join(strings(f"network.{prop}") for prop in relations(facts)),
            "proof": backing(site, *facts),
        }
        for pair, facts in pairs.items()
    ]
    return page(
        site,
        NETWORK,
        "network.html",
        {
            "drawing": view,
            "rows": rows,
            "kinds": [(prop, strings(f"network.{prop}")) for prop in ("leads", "member", "affiliation", "meets")],
            "size": strings("fact.comma").join(
                (
                    strings.count("count.entity", len(view.nodes) if view is not None else 0),
                    strings.count("count.tie", len(rows)),
                )
            ),
            "count": strings.count("count.tie", len(rows)),
            "more": strings.count("count.more_ties", left_out) if left_out else "",
        },
        title=strings("network.title"),
        description=strings("network.lede"),
        section="network",
    )


def _places(site: Site, pairs: Ties) -> dict[str, tuple[float, float]]:
    """Delegations within, officials around them, each in the direction of the delegation that it is tied to most."""
    entities = site.archive.entities
    ids = sorted({id for pair in pairs for id in pair})
    sides = [id for id in ids if entities[id].kind == "delegation"]
    home: dict[str, str] = {}
    for one, other in pairs:  # the strongest first
        for person, side in ((one, other), (other, one)):
            if entities[person].kind == "official" and entities[side].kind == "delegation":
                home.setdefault(person, side)
    people = [id for id in ids if entities[id].kind == "official"]
    crowd = Counter(home.values())
    sides.sort(key=lambda id: (-crowd[id], id))
    people.sort(key=lambda id: (sides.index(home[id]) if id in home else len(sides), id))
    centre = (SIZE[0] / 2, SIZE[1] / 2)
    around = dict(ring(people, centre, OUTER))
    # A delegation stands within the middle of its own people; one without people in what is left of the circle.
    middle = {
        side: sum(at for at, id in enumerate(people) if home.get(id) == side) / crowd[side]
        if crowd[side]
        else len(people) * (at + 0.5) / len(sides)
        for at, side in enumerate(sides)
    }
    for at, side in enumerate(sorted(sides, key=lambda id: (middle[id], id))):
        angle = 2 * pi * middle[side] / max(1, len(people)) - pi / 2
        reach = INNER[at % len(INNER)]
        around[side] = (centre[0] + reach * cos(angle), centre[1] + reach * sin(angle))
    return around


def _person_first(site: Site, pair: tuple[str, str]) -> list[str]:
    return sorted(
        pair, key=lambda id: (site.archive.entities[id].kind != "official", sort_key(site.strings, site.name(id)))
    )


def ego_view(notes: Notes, me: Entity) -> dict[str, object] | None:
    """The ties of one official or delegation, drawn and listed; None where a drawing would show less than a line."""
    site = notes.site
    pairs = ego(site.archive.entities, me)
    if len(pairs) < 2:
        return None
    others = {pair: pair[0] if pair[1] == me.id else pair[1] for pair in pairs}
    size, first = (EGO_SIZE, -pi / 2) if len(pairs) > 2 else (EGO_LINE, 0.0)
    centre = (size[0] / 2, size[1] / 2 - 8)
    places = {me.id: centre, **ring(others.values(), centre, EGO_RING, first)}
    rows: list[tuple[Html, str, Html]] = [
        (
            site.link(others[pair]),
            site.strings("fact.comma").join(site.strings(f"network.{prop}") for prop in relations(facts)),
            notes.cite_all(facts),
        )
        for pair, facts in pairs.items()
    ]
    left_out = sum(me.id in pair for pair in ties(site.archive.entities, me.facts)) - len(pairs)
    return {
        "drawing": drawing(site, pairs, places, size, me.id, words=True),
        "rows": rows,
        "more": site.strings.count("count.more_ties", left_out) if left_out else "",
    }
