"""Pages of documents: who issued them and when, and where articles rest on them."""

from __future__ import annotations

from ..model import Entity, Page
from ..safe import Html, join
from .entity import Box, Parts, cited, entity_page, fact_value, first, kicker
from .facts import Notes
from .frame import fill
from .issued import rounds_about
from .schema import thing
from .site import Site

__all__ = ["document_page"]

SUMMED_UP = ("issuer", "issued", "symbol")


def document_page(site: Site, document: Entity) -> Page:
    """The page of one document."""
    known = [(prop, fact) for prop in SUMMED_UP if (fact := first(document, prop)) is not None]

    def lede(notes: Notes) -> Html:
        parts = [
            cited(notes, fill(site, f"document.{prop}", value=fact_value(notes, fact, document.id)), fact)
            for prop, fact in known
            if prop != "symbol"
        ]
        if not parts:
            return Html("")
        return fill(site, "frame.sentence", words=join(parts, site.strings("fact.comma")))

    def box(notes: Notes) -> Box:
        rows = [
            (site.strings(f"prop.{prop}.any"), cited(notes, fact_value(notes, fact, document.id), fact))
            for prop, fact in known
        ]
        if rounds := [site.link(each.id) for each in rounds_about(site, document)]:
            rows.append((site.strings("box.issued_during"), join(rounds, site.strings("fact.and"))))
        return rows

    return entity_page(
        site,
        document,
        Parts(
            template="entity.html",
            kicker=kicker(site, document),
            lede=lede,
            box=box,
            description=site.strings("document.description", name=document.name),
            data=thing(site, document),
        ),
    )
