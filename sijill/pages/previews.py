"""What a reader sees of an entity before following a link to it: a few lines, in a small file beside its page.

Separate from the pages because a script fetches these lines one entity at a time, when a link is pointed at.
"""

from __future__ import annotations

from ..model import Entity, Page
from ..safe import data_script
from ..urls import preview_url
from .dates import plain_dates
from .officials import best_role, party_of
from .site import Site, held

__all__ = ["preview_page"]

LONGEST = 160


def preview_page(site: Site, entity: Entity, url: str = "") -> Page:
    """Lines, each with the class that styles it. `url`: where they stand, if not beside the entity's page."""
    strings = site.strings
    quotes = site.quotes[entity.id]
    count = strings("box.never_seen")
    if quotes:
        in_articles = strings.count("count.in_articles", site.articles[entity.id])
        count = strings("box.seen_value", sentences=strings.count("count.sentence", len(quotes)), articles=in_articles)
    lines = [
        ("kicker", strings(f"kind.{entity.kind}.one")),
        ("n", _short(entity.name)),
        ("latin", _short(entity.latin)),
        ("line", _short(_line(site, entity))),
        ("meta", count),
    ]
    body = data_script([list(line) for line in lines if line[1]])
    return Page(url or preview_url(entity.kind, entity.id), "data.json", {"body": body})


def _line(site: Site, entity: Entity) -> str:
    """What tells this entity from others of its kind."""
    strings = site.strings
    if entity.kind == "round":
        when, where = held(entity, "start"), held(entity, "place")
        place = site.config.places.get(where.get("place") or "") if where is not None else None
        days = plain_dates(strings, when.get("start") or "", when.get("end") or "") if when is not None else ""
        return strings("fact.comma").join(part for part in (place.name if place else "", days) if part)
    if entity.kind == "official":
        role = best_role(entity)
        party = party_of(entity)
        return (role.get("title") if role is not None else "") or site.parties.get(party, "")
    if entity.kind == "delegation":
        return strings.find(f"capacity.{entity.record.capacity}") or "" if entity.record is not None else ""
    if entity.kind == "process":
        return strings.count("count.round", len(site.rounds.get(entity.id, ())))
    issued = next((fact.fields[0][1] for fact in entity.facts if fact.prop == "issued" and fact.fields), "")
    return plain_dates(strings, issued) if issued else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rpartition(" ")[0] + "…"
