"""Who took part in which round: a table of rounds and delegations, each cell with its evidence.

«Absent» is only what a source says outright; where no source speaks of a delegation, that is what the cell says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from ..model import Entity, Fact, Page
from ..urls import PARTICIPATION, url_of
from .backing import proof, row_numbers
from .frame import page
from .site import Site, round_number

__all__ = ["Cell", "cells", "own_row", "participation_page", "table"]

MOST_DELEGATIONS = 14
MOST_CELLS = 1200
"""On the page; of a process with more rounds the newest are shown."""
MOST_OWN = 120
"""Rounds in a delegation's own row."""
STATES: Mapping[str, str] = {"leads": "delegation", "member": "delegation", "attends": "who", "absent": "who"}
"""The relations that say something of a delegation and a round, the most telling first, and the field that names it."""
PRESENT = ("leads", "member", "attends")


Said: TypeAlias = tuple[str, str, str, str, str]
"""State, word, address, the mark of what the registry alone says, and all of it in words."""


class Cell(NamedTuple):
    """One thing that is said of a delegation in a round."""

    state: str
    fact: Fact


def cells(round: Entity) -> dict[str, list[Cell]]:
    """By delegation, the most telling of what is said of its presence, and that it was absent if that is said too."""
    found: dict[str, dict[str, Fact]] = {}
    for fact in round.facts:
        name = STATES.get(fact.prop)
        if name is not None and fact.get("round") == round.id and (id := fact.get(name)):
            found.setdefault(id, {}).setdefault(fact.prop, fact)
    out: dict[str, list[Cell]] = {}
    for id, said in found.items():
        best = next((state for state in PRESENT if state in said), "")
        out[id] = [Cell(state, said[state]) for state in (best, "absent") if state in said]
    return out


def participation_page(site: Site) -> Page:
    """The table of every process, one below another."""
    strings = site.strings
    room = MOST_CELLS
    tables = []
    for process, rounds in site.rounds.items():
        shown = table(site, process, rounds, room)
        if shown is not None:
            tables.append(shown)
            room -= len(shown["rows"]) * len(shown["columns"])  # type: ignore[arg-type]
    return page(
        site,
        PARTICIPATION,
        "participation.html",
        {
            "tables": tables,
            "silent": [site.link(id) for id in site.rounds if id not in {each["id"] for each in tables}],
            "states": [(state, strings(f"participation.{state}"), strings(f"participation.why.{state}"))
                       for state in (*STATES, "none")],
        },
        title=strings("participation.title"),
        description=strings("participation.lede"),
        section="participation",
    )  # fmt: skip


def table(site: Site, process: str, rounds: tuple[Entity, ...], room: int = MOST_CELLS) -> dict[str, object] | None:
    """Rounds down, delegations across; None where nothing is said of any delegation."""
    strings = site.strings
    said = {each.id: cells(each) for each in rounds}
    entities = site.archive.entities
    times = Counter(
        id
        for found in said.values()
        for id in found
        if id in entities and entities[id].kind == "delegation"
    )  # fmt: skip
    ranked = sorted(times, key=lambda id: (-times[id], id))
    columns = ranked[:MOST_DELEGATIONS]
    most = room // max(1, len(columns))
    if not columns or most < 1:
        return None
    rows = []
    for round in rounds[-most:]:
        numbers = row_numbers(site, round)
        rows.append(
            {
                "name": site.link(round.id),
                "filled": site.articles[round.id] > 0,
                "cells": [_shown(site, round, id, said[round.id].get(id, []), numbers) for id in columns],
            }
        )
    href = site.href(url_of("process", process)) if process in entities else ""
    return {
        "id": process,
        "name": site.name(process),
        "label": strings("participation.table", process=site.name(process)),
        "columns": [site.link(id, _short(site, id)) for id in columns],
        "rows": rows,
        "others": [site.link(id) for id in ranked[MOST_DELEGATIONS : MOST_DELEGATIONS + 40]],
        "more_href": href if len(rows) < len(rounds) else "",
    }


def own_row(site: Site, delegation: Entity) -> list[dict[str, object]]:
    """What is said of one delegation in each round of every process that it is said to have had a part in."""
    out: list[dict[str, object]] = []
    for process, rounds in site.rounds.items():
        said = {each.id: found for each in rounds if (found := cells(each).get(delegation.id))}
        if said:
            marks = []
            for round in rounds[-MOST_OWN:]:
                found = said.get(round.id, [])
                numbers = row_numbers(site, round) if found else {}
                number = round_number(round)
                marks.append(
                    {
                        "number": site.strings.figure(number) if number is not None else round.name,
                        "round": round.name,
                        "said": _shown(site, round, delegation.id, found, numbers),
                    }
                )
            out.append({"process": site.link(process), "marks": marks})
    return out


def _short(site: Site, id: str) -> str:
    return site.parties.get(id, site.name(id))


def _shown(site: Site, round: Entity, id: str, found: list[Cell], numbers: Mapping[int, int]) -> list[Said]:
    strings = site.strings
    out: list[Said] = []
    for state, fact in found:
        leads = proof(site, fact, round, numbers)
        word = strings(f"participation.{state}")
        head = site.name(fact.get("official") or "") if state != "attends" and fact.get("official") else ""
        words = [word, *([head] if head else []), _short(site, id), round.name]
        if leads.registry:
            words.append(strings("fact.from_registry"))
        out.append((state, word, leads.href, "*" if leads.registry else "", strings("fact.comma").join(words)))
    return out
