"""What the picture of a page says: an entity's kind and name, and one or two lines that no source would deny."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from ..cards import Card
from ..model import Entity
from ..urls import url_of
from .dates import plain_dates
from .site import Site, held

__all__ = ["cards_of"]

KINDS = frozenset({"round", "delegation", "official"})
SITE = "/"
"""The page whose card all pages without one of their own have."""


def cards_of(site: Site) -> Mapping[str, Card]:
    """By the address of a page its card: the home page's, and those of recorded entities that articles name."""
    cards = {SITE: _card(site, "", site.config.title, (site.config.tagline, _counted(site, len(site.readings))))}
    for entity in site.archive.entities.values():
        if entity.kind in KINDS and entity.record is not None and site.articles[entity.id]:
            lines = (_about(site, entity), _counted(site, site.articles[entity.id]))
            cards[url_of(entity.kind, entity.id)] = _card(
                site, site.strings(f"kind.{entity.kind}.one"), entity.name, lines
            )
    return MappingProxyType(cards)


def _card(site: Site, kicker: str, heading: str, lines: tuple[str, str]) -> Card:
    host = urlsplit(site.config.base_url).hostname or ""
    foot = site.config.title if heading != site.config.title else site.strings("card.foot")
    return Card(kicker, heading, tuple(line for line in lines if line), foot, "" if host == "localhost" else host)


def _counted(site: Site, articles: int) -> str:
    return site.strings("card.articles", count=site.strings.count("count.article", articles)) if articles else ""


def _about(site: Site, entity: Entity) -> str:
    """When and where a round was held, or the office that the registry gives an official and does not end."""
    if entity.kind == "round":
        when, where = held(entity, "start"), held(entity, "place")
        days = plain_dates(site.strings, when.get("start") or "", when.get("end") or "") if when is not None else ""
        place = site.config.places.get(where.get("place") or "") if where is not None else None
        parts = [part for part in (place.name if place is not None else "", days) if part]
        return site.strings("fact.comma").join(parts)
    offices = [fact for fact in entity.facts if fact.prop == "role" and fact.records and not fact.get("end")]
    latest = max(offices, key=lambda fact: fact.get("start") or "", default=None)
    return (latest.get("title") or "") if latest is not None else ""
