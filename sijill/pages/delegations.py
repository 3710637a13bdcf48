"""Pages of delegations: who led them, to which rounds, and who else represents the same party."""

from __future__ import annotations

from ..model import Entity, Page
from ..safe import Html, element, escape, join
from ..urls import STATEMENTS
from .careers import heads_over_time
from .entity import (
    MOST_STATEMENTS,
    Box,
    Parts,
    cited,
    entity_page,
    facts_of,
    first,
    kicker,
    linked_list,
    others,
    people_of,
    rounds_list,
)
from .facts import Notes
from .frame import fill
from .officials import party_of
from .participation import own_row
from .schema import organization
from .site import Site

__all__ = ["delegation_page"]


def delegation_page(site: Site, delegation: Entity) -> Page:
    """The page of one delegation."""
    capacity = first(delegation, "capacity")
    slug = delegation.record.capacity if delegation.record is not None else ""
    word = site.strings.find(f"capacity.{slug}") or ""
    headships = facts_of(delegation, "leads", delegation=delegation.id)

    def lede(notes: Notes) -> Html:
        parts: list[Html] = []
        if word:
            parts.append(cited(notes, word, capacity) if capacity is not None else escape(word))
        in_round = max(
            (fact for fact in headships if fact.get("round")),
            key=lambda fact: (bool(fact.claims), site.order.get(fact.get("round") or "", -1)),
            default=None,
        )
        if in_round is not None:
            words = fill(
                site,
                "delegation.head_in_round",
                official=site.link(in_round.get("official") or ""),
                round=site.link(in_round.get("round") or ""),
            )
            parts.append(cited(notes, words, in_round))
        if not parts:
            return Html("")
        return fill(site, "frame.sentence", words=join(parts, site.strings("fact.semicolon")))

    def box(notes: Notes) -> Box:
        strings = site.strings
        rows: Box = []
        rows.append((strings("delegation.party"), escape(site.parties.get(delegation.id, delegation.name))))
        if word:
            value = cited(notes, word, capacity) if capacity is not None else escape(word)
            rows.append((strings("round.capacity"), value))
        heads = others(headships, "official")
        if heads:
            rows.append((strings("prop.leads.delegation"), linked_list(notes, heads)))
        rounds = others([fact for fact in delegation.facts if fact.prop in ("leads", "attends")], "round")
        if rounds:
            rows.append((strings("kind.round.many"), rounds_list(notes, rounds)))
        return rows

    def more(notes: Notes) -> dict[str, object]:
        return {
            "own": own_row(site, delegation),
            "heads": heads_over_time(notes, delegation),
            "members": people_of(site, delegation),
            "statements_more": _said_by_side(site, delegation),
        }

    return entity_page(
        site,
        delegation,
        Parts(
            template="entity.html",
            kicker=kicker(site, delegation, escape(word) if word else None),
            lede=lede,
            box=box,
            more=more,
            description=site.strings("delegation.description", name=delegation.name),
            data=organization(site, delegation),
        ),
    )


def _said_by_side(site: Site, delegation: Entity) -> Html:
    """The way to what the officials of the same side said, since a delegation seldom speaks itself, and to what of its
    own the page has no room for."""
    said = sum(
        len(official.statements)
        for official in site.archive.of("official")
        if official.statements and party_of(official) == delegation.id
    )
    if not said and len(delegation.statements) <= MOST_STATEMENTS:
        return Html("")
    count = site.strings.count("count.statement", said + len(delegation.statements))
    href = f"{site.href(STATEMENTS)}?party={delegation.id}"
    return element("a", site.strings("delegation.said_by_side", count=count), href=href)
