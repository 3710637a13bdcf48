"""What all pages share around their own content: titles, addresses, trail, structured data, reports of errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from ..cards import HEIGHT, WIDTH, address_of
from ..model import Page
from ..safe import Html, data_script, escape, plain
from ..urls import FEED
from .schema import breadcrumbs
from .site import Site

__all__ = ["Crumb", "fill", "page"]

Crumb = tuple[str, str]
"""A name and its site-relative address."""

LONGEST_DESCRIPTION = 200


def page(
    site: Site,
    url: str,
    template: str,
    view: Mapping[str, object],
    *,
    title: str,
    description: str,
    section: str = "",
    crumbs: Sequence[Crumb] = (),
    data: Mapping[str, object] | None = None,
    kind: str = "website",
    published: str = "",
    index: bool = True,
    feed: str = "",
    graph: Sequence[Mapping[str, object]] = (),
    citation: Mapping[str, str] | None = None,
) -> Page:
    """A page with its frame. `crumbs` lead to it from the home page and do not hold it; `graph` has further data."""
    strings = site.strings
    trail = [(strings("nav.home"), "/"), *crumbs]
    bare, bare_site = plain(title), plain(site.config.title)
    whole = bare if url == "/" else strings("frame.title", page=bare, site=bare_site)
    blocks: list[Mapping[str, object]] = []
    if data is not None:
        blocks.append({"@context": "https://schema.org", **data})
    if graph:
        blocks.append({"@context": "https://schema.org", "@graph": graph})
    if url != "/" and index:
        blocks.append({"@context": "https://schema.org", **breadcrumbs(site, [*trail, (title, url)])})
    frame = {
        "site_title": site.config.title,
        "tagline": site.config.tagline,
        "title": whole,
        "name": title,
        "plain": {"name": bare, "site": bare_site},
        "description": _short(plain(description)),
        "canonical": site.absolute(url),
        "section": section,
        "crumbs": [(name, site.href(address)) for name, address in trail] if url != "/" else [],
        "og_type": kind,
        "published": published,
        "card": _card(site, url, title),
        "index": index,
        "data_blocks": [data_script(block) for block in blocks],
        "report": report_href(site, url, title),
        "site_feed": site.href(FEED) if site.newest else "",
        "feed": site.href(feed) if feed else "",
        "citation": citation,
    }
    return Page(url, template, frame | dict(view))


def _card(site: Site, url: str, title: str) -> Mapping[str, str] | None:
    """The address of the picture by which a page is shared, and its words; None where nothing draws."""
    card = site.cards.get(url) or site.cards.get("/")
    if card is None:
        return None
    alt = site.strings("card.alt", name=plain(card.heading), site=plain(site.config.title))
    return {"url": site.absolute(address_of(card)), "alt": alt, "width": str(WIDTH), "height": str(HEIGHT)}


def report_href(site: Site, url: str, title: str) -> str:
    """A letter to the editors that already says which page is meant; empty where there is no one to write to."""
    if not site.config.contact:
        return ""
    subject = quote(site.strings("report.subject", page=plain(title)))
    body = quote(site.strings("report.body", address=site.absolute(url)))
    return f"mailto:{quote(site.config.contact, safe='@+.')}?subject={subject}&body={body}"


def fill(site: Site, key: str, **pieces: str) -> Html:
    """The words of a key around pieces of markup or text."""
    return Html(escape(site.strings(key)).format(**{name: escape(piece) for name, piece in pieces.items()}))


def _short(text: str) -> str:
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[: LONGEST_DESCRIPTION - 1].rpartition(" ")[0] + "…"
