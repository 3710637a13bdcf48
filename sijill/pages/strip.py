"""The strip of a process's rounds: right is oldest, shape is the venue, a hollow mark is a round without articles.

Every round of the process has its place in it, so that what the archive lacks is seen and not skipped.
"""

from __future__ import annotations

from collections import Counter

from ..model import Entity
from ..safe import escape
from ..urls import url_of
from .site import Site, held, round_number

__all__ = ["neighbours", "strip"]

SHAPES = 4
"""Shapes that the style sheet draws; the venues after the third share the last."""
MOST = 66
"""Rounds in one strip; the rest is counted and leads to the page of the process."""


def strip(site: Site, process: str, current: str = "") -> dict[str, object] | None:
    """The rounds around the current one, and what the shapes mean; None where there is one round only."""
    strings = site.strings
    rounds = site.rounds.get(process, ())
    if len(rounds) < 2:
        return None
    venues = [_venue(each) for each in rounds]
    common = [venue for venue, _ in sorted(Counter(filter(None, venues)).items(), key=lambda each: (-each[1], each[0]))]
    shape = {venue: min(index, SHAPES - 1) for index, venue in enumerate(common)}
    at = next((index for index, each in enumerate(rounds) if each.id == current), len(rounds) - 1)
    start = max(0, min(at - MOST // 2, len(rounds) - MOST))
    marks = []
    for each, venue in list(zip(rounds, venues, strict=True))[start : start + MOST]:
        number = round_number(each)
        articles = site.articles[each.id]
        place = site.place(venue) if venue else strings("strip.unknown_place")
        count = strings.count("count.article", articles) if articles else strings("strip.none")
        marks.append(
            {
                "href": site.href(url_of("round", each.id)),
                "number": strings.figure(number) if number is not None else "",
                "label": strings("strip.label", name=each.name, place=place, count=count),
                "shape": f"v{shape[venue]}" if venue else "vx",
                "filled": articles > 0,
                "current": each.id == current,
            }
        )
    legend = [(f"v{shape[venue]}", site.place(venue)) for venue in common[:SHAPES]]
    if not all(venues):
        legend.append(("vx", escape(strings("strip.unknown_place"))))
    rest = len(rounds) - len(marks)
    return {
        "label": strings("strip.title", process=site.name(process)),
        "marks": marks,
        "legend": legend,
        "rest": site.link(process, strings.count("count.other_rounds", rest)) if rest else "",
    }


def neighbours(site: Site, round: Entity) -> tuple[Entity | None, Entity | None]:
    """The round before and the round after."""
    process = site.process_of(round)
    rounds = site.rounds.get(process.id, ()) if process is not None else ()
    at = next((index for index, each in enumerate(rounds) if each.id == round.id), -1)
    if at < 0:
        return None, None
    return rounds[at - 1] if at > 0 else None, rounds[at + 1] if at + 1 < len(rounds) else None


def _venue(round: Entity) -> str:
    where = held(round, "place")
    return (where.get("place") or "") if where is not None else ""
