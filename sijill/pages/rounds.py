"""Pages of rounds: when and where, who came and who led, and the round's place in its process."""

from __future__ import annotations

from ..model import Entity, Fact, Page
from ..safe import Html, join
from ..urls import url_of
from .course import course_of
from .dates import plain_dates, two_days
from .entity import Box, Parts, cited, entity_page, facts_of, kicker, linked_list, others
from .facts import Notes, with_dissent
from .frame import fill
from .issued import issued_during
from .schema import event
from .sides import disputed, said_by_speaker
from .site import Site, held, round_number
from .strip import neighbours, strip

__all__ = ["round_page"]

MOST_DELEGATIONS = 40
MOST_MEMBERS = 12


def round_page(site: Site, round: Entity) -> Page:
    """The page of one round."""
    process = site.process_of(round)
    when, where = held(round, "start"), held(round, "place")
    before, after = neighbours(site, round)

    def lede(notes: Notes) -> Html:
        number = round_number(round)
        name = site.link(process.id) if process is not None else Html("")
        parts = (
            [fill(site, "round.of_process", number=site.strings.figure(number), process=name)]
            if number is not None and name
            else []
        )
        if not parts and name:
            parts = [fill(site, "round.in_process", process=name)]
        if where is not None:
            place = site.place(where.get("place") or "")
            parts.append(cited(notes, fill(site, "round.at", place=place), where))
        if when is not None:
            parts.append(cited(notes, _when(site, when, notes), when))
        guests = others(facts_of(round, "attends", round=round.id), "who")
        if guests:
            names = linked_list(notes, guests, 8, citing=False)
            cites = notes.cite_all([fact for facts in guests.values() for fact in facts])
            parts.append(join([fill(site, "round.attended", names=names), cites]))
        return fill(site, "frame.sentence", words=join(parts, site.strings("fact.comma"))) if parts else Html("")

    def box(notes: Notes) -> Box:
        strings = site.strings
        rows: Box = []
        if process is not None:
            rows.append((strings("box.process"), site.link(process.id)))
        if when is not None:
            days = notes.dates.span(when.get("start") or "", when.get("end") or "")
            rows.append((strings("prop.held.date"), cited(notes, with_dissent(site, days, when), when)))
        if where is not None:
            place = site.place(where.get("place") or "")
            rows.append((strings("prop.held.place"), cited(notes, with_dissent(site, place, where), where)))
        return rows

    def more(notes: Notes) -> dict[str, object]:
        return {
            "strip": strip(site, process.id, round.id) if process is not None else None,
            "before": _neighbour(site, before),
            "after": _neighbour(site, after),
            "delegations": _delegations(notes, round),
            "course": course_of(notes, round),
            "issued": issued_during(notes, round),
            "disputed": disputed(notes, round),
            "said": said_by_speaker(notes, round),
        }

    dates = plain_dates(site.strings, when.get("start") or "", when.get("end") or "") if when is not None else ""
    place = site.place(where.get("place") or "") if where is not None else ""
    known = site.strings("fact.comma").join(part for part in (place, dates) if part)
    return entity_page(
        site,
        round,
        Parts(
            template="round.html",
            kicker=kicker(site, round, site.link(process.id) if process is not None else None),
            lede=lede,
            box=box,
            more=more,
            description=site.strings("round.description", name=round.name, known=known)
            if known
            else site.strings("round.description_short", name=round.name),
            data=event(site, round, process),
        ),
    )


def _when(site: Site, fact: Fact, notes: Notes) -> Html:
    start, end = fact.get("start") or "", fact.get("end") or ""
    key = "round.on_two_days" if two_days(start, end) else "round.on_days" if end and end != start else "round.on_day"
    return fill(site, key, dates=notes.dates.span(start, end))


def _neighbour(site: Site, round: Entity | None) -> dict[str, object] | None:
    return {"href": site.href(url_of("round", round.id)), "name": round.name} if round is not None else None


def _delegations(notes: Notes, round: Entity) -> list[dict[str, object]]:
    """A row for each delegation that is said to have a head or to take part; all heads where sources differ."""
    site = notes.site
    heads = others(facts_of(round, "leads", round=round.id), "delegation")
    guests = others(facts_of(round, "attends", round=round.id), "who")
    members = others(facts_of(round, "member", round=round.id), "delegation")
    entities = site.archive.entities
    ids = [
        *heads,
        *(id for id in members if id not in heads),
        *(
            id
            for id in guests
            if id not in heads and id not in members and id in entities and entities[id].kind == "delegation"
        ),
    ]
    rows: list[dict[str, object]] = []
    for id in ids[:MOST_DELEGATIONS]:
        leads, attends = heads.get(id, []), guests.get(id, [])
        record = entities[id].record if id in entities else None
        names = [cited(notes, site.link(fact.get("official") or ""), fact) for fact in leads]
        beside = linked_list(notes, others(members.get(id, []), "official"), MOST_MEMBERS)
        rows.append(
            {
                "name": site.link(id),
                "capacity": site.strings.find(f"capacity.{record.capacity}") or "" if record is not None else "",
                "heads": join(names, site.strings("fact.comma")),
                "members": fill(site, "round.members", names=beside) if beside else "",
                "attends": cited(notes, "", *attends) if attends else "",
                "told": _told(site, leads or attends or members.get(id, [])),
            }
        )
    return rows


def _told(site: Site, facts: list[Fact]) -> list[str]:
    """Who says so (who heads it, or else that it came): articles, the registry, or both."""
    keys = []
    if any(fact.claims for fact in facts):
        keys.append("fact.from_articles")
    if any(fact.records for fact in facts):
        keys.append("fact.from_registry")
    return [site.strings(key) for key in keys]
