"""What changes over time: who led a delegation in which rounds, and which offices an official held, with sources."""

from __future__ import annotations

from ..model import Entity, Fact
from ..safe import Html, join
from .entity import cited, fact_value, facts_of
from .facts import Notes
from .frame import fill

__all__ = ["Row", "heads_over_time", "offices_over_time"]

MOST = 30

Row = tuple[Html, Html]
"""What, and when or in which rounds."""


def heads_over_time(notes: Notes, delegation: Entity) -> list[Row]:
    """Heads in the order of the rounds that they led; rounds that follow each other under one head are one row."""
    site = notes.site
    led = facts_of(delegation, "leads", delegation=delegation.id)
    rows: list[tuple[int, str, Row]] = []
    for rounds in site.rounds.values():
        heads = [(each.id, found) for each in rounds if (found := _heads(led, each.id))]
        runs: dict[str, list[tuple[str, Fact]]] = {}
        for id, found in [*heads, ("", {})]:
            for official in [each for each in runs if each not in found]:
                run = runs.pop(official)
                rows.append((site.order[run[0][0]], official, _run(notes, official, run)))
            for official, fact in found.items():
                runs.setdefault(official, []).append((id, fact))
    rows.sort(key=lambda each: each[:2])
    known = {official for _, official, _ in rows}
    dated = sorted(
        (fact for fact in led if not fact.get("round")), key=lambda fact: fact.get("start") or fact.get("end") or ""
    )
    shown = [row for _, _, row in rows]
    shown += [
        (
            site.link(fact.get("official") or ""),
            cited(notes, notes.dates.period(fact.get("start") or "", fact.get("end") or ""), fact),
        )
        for fact in dated
        if (fact.get("start") or fact.get("end")) and fact.get("official") not in known
    ]
    return shown[-MOST:] if len(shown) > 1 else []


def _heads(led: list[Fact], round: str) -> dict[str, Fact]:
    return {fact.get("official") or "": fact for fact in led if fact.get("round") == round}


def _run(notes: Notes, official: str, run: list[tuple[str, Fact]]) -> Row:
    site = notes.site
    first, last = run[0][0], run[-1][0]
    words = (
        site.link(first)
        if first == last
        else fill(site, "careers.rounds", first=site.link(first), last=site.link(last))
    )
    return site.link(official), join([words, notes.cite_all([fact for _, fact in run])])


def offices_over_time(notes: Notes, official: Entity) -> list[Row]:
    """Offices with known years, the earliest first; those without are in the list of facts."""
    found = [fact for fact in facts_of(official, "role") if fact.get("start") or fact.get("end")]
    found.sort(key=lambda fact: (fact.get("start") or fact.get("end") or "", fact.get("title") or ""))
    return [_office(notes, fact) for fact in found[-MOST:]] if len(found) > 1 else []


def _office(notes: Notes, fact: Fact) -> Row:
    plain = Fact(fact.prop, tuple(pair for pair in fact.fields if pair[0] not in ("start", "end")), (), ())
    when = notes.dates.period(fact.get("start") or "", fact.get("end") or "")
    return fact_value(notes, plain, fact.get("official") or ""), cited(notes, when, fact)
