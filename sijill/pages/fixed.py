"""The pages that stand in every archive: home, method, what is not found, former addresses, and files for machines."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import KINDS, Page
from ..safe import Html, element, ltr
from ..urls import ARTICLES, HOME, METHOD, STATEMENTS, article_url, listing_url, url_of
from .articles import article_row
from .dates import Dates
from .frame import fill, page
from .listings import shown_processes
from .site import Site
from .strip import strip

__all__ = ["home_page", "method_page", "missing_page", "redirect_page", "robots_page", "sitemap_page"]

LATEST = 6
DATA_FILES = ("mentions", "claims", "statements")
DATA_TABLES = ("articles", "rounds", "delegations", "officials", "documents")


def home_page(site: Site) -> Page:
    """What this is, and every way in."""
    strings = site.strings
    dates = Dates(strings)
    archive = site.archive
    entries: list[dict[str, str]] = [
        {
            "href": site.href(listing_url(kind)),
            "name": strings(f"kind.{kind}.many"),
            "count": strings.count(f"count.{kind}", len(archive.of(kind))),
            "lede": strings(f"listing.{kind}"),
        }
        for kind in ("round", "delegation", "official", "document", "process")
    ]
    entries.append(
        {
            "href": site.href(ARTICLES),
            "name": strings("nav.articles"),
            "count": strings.count("count.article", len(archive.readings)),
            "lede": strings("listing.article"),
        }
    )
    strips = [
        (site.link(each.id), found) for each in shown_processes(site) if (found := strip(site, each.id)) is not None
    ]
    view = {
        "entries": entries,
        "strips": strips,
        "latest": [article_row(site, reading, dates) for reading in archive.readings[:LATEST]],
        "articles_href": site.href(ARTICLES),
        "method_href": site.href(METHOD),
        "example": _example(site),
    }
    data = {
        "@type": "Dataset",
        "name": site.config.title,
        "description": site.config.tagline,
        "url": site.absolute(HOME),
        "inLanguage": site.config.language,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site.absolute(f"/data/{name}")}
            for name, kind in [
                *((f"{each}.jsonl", "application/x-ndjson") for each in DATA_FILES),
                *((f"{each}.json", "application/json") for each in DATA_TABLES),
            ]
        ],
    }
    return page(
        site,
        HOME,
        "home.html",
        view,
        title=site.config.title,
        description=site.config.tagline,
        section="home",
        data=data,
    )


def _example(site: Site) -> Html:
    """A sentence that shows how a fact and its words hang together, from the newest article that has a fact."""
    for reading in site.archive.readings[:LATEST]:
        claim = next((each for each in reading.claims if each.prop == "leads" and each.get("round")), None)
        if claim is not None:
            sentence = claim.evidence.sentence
            href = site.sentence_href(reading.article, sentence.anchor)
            return fill(
                site,
                "home.example",
                official=site.link(claim.get("official") or ""),
                round=site.link(claim.get("round") or ""),
                delegation=site.link(claim.get("delegation") or ""),
                sentence=element("a", site.strings("home.example_sentence"), href=href),
            )
    return Html("")


def method_page(site: Site) -> Page:
    """How facts are made, what each tag means, the data, and how to report an error."""
    strings = site.strings
    sections = [
        (name, strings(f"method.{name}.title"), strings(f"method.{name}.text").strip().split("\n"))
        for name in strings.below("method")
        if strings.find(f"method.{name}.text") is not None
    ]
    sections = [
        (name, heading, lines + (_calendar(site) if name == "voice" else [])) for name, heading, lines in sections
    ]
    reasons = [(code, strings(f"why.{code}.tag"), strings(f"why.{code}.text")) for code in strings.below("why")]
    files = [(f"{each}.jsonl", site.href(f"/data/{each}.jsonl"), strings(f"data.{each}")) for each in DATA_FILES]
    for each in DATA_TABLES:
        for form in ("json", "csv"):
            files.append((f"{each}.{form}", site.href(f"/data/{each}.{form}"), strings(f"data.{each}")))
    view = {
        "sections": sections,
        "reasons": reasons,
        "files": [(ltr(name), href, text) for name, href, text in files],
        "contact": site.config.contact,
    }
    return page(
        site,
        METHOD,
        "method.html",
        view,
        title=strings("nav.method"),
        description=strings("method.description"),
        section="method",
    )


def _calendar(site: Site) -> list[str]:
    """How the days on this site are written."""
    strings = site.strings
    notes = [strings(f"calendar.months.{site.config.months}")]
    return [*notes, strings("calendar.hijri")] if site.config.hijri else notes


def missing_page(site: Site) -> Page:
    """What a server shows where nothing stands."""
    strings = site.strings
    links = [(site.href(listing_url(kind)), strings(f"kind.{kind}.many")) for kind in KINDS]
    links.append((site.href(ARTICLES), strings("nav.articles")))
    return page(
        site,
        "/404.html",
        "404.html",
        {"links": links},
        title=strings("missing.title"),
        description=strings("missing.text"),
        index=False,
    )


def redirect_page(site: Site, former: str, present: str) -> Page:
    """Stands at a former address and leads to the present one."""
    view = {
        "language": site.config.language,
        "target": site.href(present),
        "canonical": site.absolute(present),
        "title": site.strings("redirect.title"),
    }
    return Page(former, "redirect.html", view)


def sitemap_page(site: Site) -> Page:
    """Every page that may be found by search engines, with the date of the newest article behind it."""
    return Page("/sitemap.xml", "sitemap.xml", {"addresses": list(_addresses(site))})


def robots_page(site: Site) -> Page:
    return Page("/robots.txt", "robots.txt", {"sitemap": site.absolute("/sitemap.xml")})


def _addresses(site: Site) -> Iterator[tuple[str, str]]:
    newest = next((reading.date.isoformat() for reading in site.archive.readings if reading.date is not None), "")
    for url in (HOME, METHOD, ARTICLES, STATEMENTS, *(listing_url(kind) for kind in KINDS)):
        yield site.absolute(url), newest
    for entity in site.archive.entities.values():
        quotes = site.quotes[entity.id]
        date = site.readings[quotes[0].article].date if quotes else None
        yield site.absolute(url_of(entity.kind, entity.id)), date.isoformat() if date is not None else ""
    for reading in site.archive.readings:
        date = reading.date
        yield site.absolute(article_url(reading.article)), date.isoformat() if date is not None else ""
