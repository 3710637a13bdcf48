"""Pages of officials: whom they represent, under which titles, and what articles report them to have said."""

from __future__ import annotations

from ..model import Entity, Fact, Page
from ..safe import Html, join
from .careers import offices_over_time
from .entity import (
    Box,
    Parts,
    cited,
    entity_page,
    fact_value,
    facts_of,
    first,
    kicker,
    linked_list,
    others,
    rounds_list,
)
from .facts import Notes
from .frame import fill
from .network import ego_view
from .schema import person
from .site import Site

__all__ = ["best_role", "official_page", "party_of"]


def official_page(site: Site, official: Entity) -> Page:
    """The page of one official."""
    party = party_of(official)
    role = best_role(official)
    headships = facts_of(official, "leads", official=official.id)

    def lede(notes: Notes) -> Html:
        parts: list[Html] = []
        if role is not None:
            parts.append(cited(notes, fact_value(notes, role, official.id), role))
        in_rounds = [fact for fact in headships if fact.get("round")]
        latest = max(
            in_rounds, key=lambda fact: (bool(fact.claims), site.order.get(fact.get("round") or "", -1)), default=None
        )
        if latest is not None:
            words = fill(
                site,
                "official.head_in_round",
                delegation=site.link(latest.get("delegation") or ""),
                round=site.link(latest.get("round") or ""),
            )
            parts.append(cited(notes, words, latest))
        if not parts:
            count = site.strings.count("count.in_articles", site.articles[official.id])
            return fill(site, "official.only_named", count=count) if site.articles[official.id] else Html("")
        return fill(site, "frame.sentence", words=join(parts, site.strings("fact.semicolon")))

    def box(notes: Notes) -> Box:
        strings = site.strings
        rows: Box = []
        affiliations = others(facts_of(official, "affiliation", official=official.id), "party")
        if affiliations:
            names = [cited(notes, site.party(id), *facts[:1]) for id, facts in affiliations.items()]
            rows.append((strings("prop.affiliation.official"), join(names, strings("fact.comma"))))
        elif party:
            told = notes.from_registry(official.record.sources if official.record is not None else ())
            rows.append((strings("prop.affiliation.official"), join([site.party(party), told], " ")))
        delegations = others(facts_of(official, "leads") + facts_of(official, "member"), "delegation")
        if delegations:
            rows.append((strings("box.delegation"), linked_list(notes, delegations)))
        rounds = others([fact for fact in official.facts if fact.prop in ("leads", "member", "attends")], "round")
        if rounds:
            rows.append((strings("kind.round.many"), rounds_list(notes, rounds)))
        return rows

    title = role.get("title") if role is not None else ""
    return entity_page(
        site,
        official,
        Parts(
            template="entity.html",
            kicker=kicker(site, official, site.party(party) if party else None),
            lede=lede,
            box=box,
            more=lambda notes: {
                "offices": offices_over_time(notes, official),
                "ego": ego_view(notes, official),
            },
            description=site.strings("official.description", name=official.name, title=title)
            if title
            else site.strings("official.description_short", name=official.name),
            data=person(site, official, title or "", party),
        ),
    )


def party_of(official: Entity) -> str:
    """The registry's word, or else what articles say."""
    if official.record is not None and official.record.party:
        return official.record.party
    said = first(official, "affiliation")
    return (said.get("party") or "") if said is not None else ""


def best_role(official: Entity) -> Fact | None:
    """A title that both articles and registry give, else one from articles, else the registry's latest."""
    roles = facts_of(official, "role")
    return max(
        roles,
        key=lambda fact: (
            bool(fact.claims) + bool(fact.records),
            bool(fact.claims),
            len(fact.claims),
            fact.get("start") or "",
        ),
        default=None,
    )
