"""Pages of processes: their rounds in order, with what the archive holds of each and what it lacks."""

from __future__ import annotations

from ..model import Entity, Page
from ..safe import Html, escape
from .entity import Box, Parts, entity_page, kicker
from .facts import Notes, with_dissent
from .frame import fill
from .schema import thing
from .site import Site, held
from .strip import strip

__all__ = ["process_page", "round_rows"]

MOST_ROUNDS = 200


def process_page(site: Site, process: Entity) -> Page:
    """The page of one process."""
    rounds = site.rounds.get(process.id, ())

    def lede(notes: Notes) -> Html:
        if not rounds:
            return Html("")
        strings = site.strings
        dated = [fact for each in rounds if (fact := held(each, "start")) is not None]
        count = strings.count("count.round", len(rounds))
        if len(dated) < 2:
            return fill(site, "process.lede_short", count=count)
        start, end = dated[0].get("start") or "", dated[-1].get("end") or dated[-1].get("start") or ""
        return fill(site, "process.lede", count=count, dates=notes.dates.period(start[:7], end[:7]))

    def box(notes: Notes) -> Box:
        strings = site.strings
        with_articles = sum(1 for each in rounds if site.articles[each.id])
        rows: Box = [(strings("kind.round.many"), escape(strings.count("count.round", len(rounds))))]
        if rounds:
            rows.append((strings("process.with_articles"), escape(strings.count("count.round", with_articles))))
        return rows

    def more(notes: Notes) -> dict[str, object]:
        return {"strip": strip(site, process.id), "rounds": round_rows(site, notes, rounds[-MOST_ROUNDS:])}

    return entity_page(
        site,
        process,
        Parts(
            template="process.html",
            kicker=kicker(site, process),
            lede=lede,
            box=box,
            more=more,
            description=site.strings("process.description", name=process.name),
            data=thing(site, process),
        ),
    )


def round_rows(site: Site, notes: Notes, rounds: tuple[Entity, ...]) -> list[dict[str, object]]:
    """A row for each round: when, where (each with a mark where sources differ), and how many articles name it."""
    rows: list[dict[str, object]] = []
    for each in rounds:
        when, where = held(each, "start"), held(each, "place")
        count = site.articles[each.id]
        days = notes.dates.span(when.get("start") or "", when.get("end") or "") if when is not None else Html("")
        place = site.place(where.get("place") or "") if where is not None else Html("")
        rows.append(
            {
                "name": site.link(each.id),
                "when": with_dissent(site, days, when) if when is not None else days,
                "where": with_dissent(site, place, where) if where is not None else place,
                "articles": site.strings.count("count.article", count) if count else "",
            }
        )
    return rows
