"""The pages that stand in every archive: home, method, what is not found, and files for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import KINDS, Kind, Page
from ..safe import Html, element
from ..urls import (
    ARTICLES,
    CHRONOLOGY,
    HEADERS,
    HOME,
    METHOD,
    MISSING,
    NETWORK,
    PARTICIPATION,
    ROBOTS,
    article_url,
    listing_url,
    url_of,
)
from .dates import Dates
from .former import former_urls
from .frame import fill, page
from .listings import shown_processes
from .related import article_row
from .schema import dataset
from .site import Site
from .strip import strip

__all__ = ["headers_page", "home_page", "method_page", "missing_page", "robots_page", "sitemap_pages"]

LATEST = 4
IN_THE_NEWS = 7
NEWSWORTHY: tuple[Kind, ...] = ("official", "delegation")
MOST_ADDRESSES = 50_000
"""In one sitemap, by its protocol."""
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
        "news": _news(site),
        "latest": [article_row(site, reading, dates) for reading in archive.readings[:LATEST]],
        "articles_href": site.href(ARTICLES),
        "method_href": site.href(METHOD),
        "example": _example(site),
        "figures": [
            (site.href(url), strings(f"{key}.title"), strings(f"{key}.lede"))
            for key, url in (("chronology", CHRONOLOGY), ("participation", PARTICIPATION), ("network", NETWORK))
        ],
    }
    files = [{"path": f"{each}.jsonl", "media_type": "application/x-ndjson"} for each in DATA_FILES]
    files += [{"path": f"{each}.json", "media_type": "application/json"} for each in DATA_TABLES]
    return page(
        site,
        HOME,
        "home.html",
        view,
        title=site.config.title,
        description=site.config.tagline,
        section="home",
        data=dataset(site, HOME, files),
    )


def _news(site: Site) -> list[dict[str, object]]:
    """The people and delegations that most articles name, each with the way to the sentences that do."""
    strings = site.strings
    groups: list[dict[str, object]] = []
    for kind in NEWSWORTHY:
        named = [each for each in site.archive.of(kind) if site.articles[each.id]]
        named.sort(key=lambda each: (-site.articles[each.id], -len(site.quotes[each.id]), each.id))
        rows = []
        for each in named[:IN_THE_NEWS]:
            sentences = strings.count("count.sentence", len(site.quotes[each.id]))
            articles = strings.count("count.in_articles", site.articles[each.id])
            count = strings("box.seen_value", sentences=sentences, articles=articles)
            rows.append((site.link(each.id), element("a", count, href=f"{site.hrefs[each.id]}#quotes")))
        if rows:
            groups.append({"label": strings(f"kind.{kind}.many"), "rows": rows})
    return groups


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
    view = {
        "sections": sections,
        "reasons": reasons,
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
        MISSING,
        "404.html",
        {"links": links},
        title=strings("missing.title"),
        description=strings("missing.text"),
        index=False,
    )


def sitemap_pages(site: Site, written: Iterable[str]) -> Iterator[Page]:
    """Every page that search engines may find, with the date of the newest article behind it.

    `written` are the addresses that the build has made, so that no page can be forgotten. What is too much for one
    file, by the protocol, goes into several, and `sitemap.xml` lists those.
    """
    former = {each for each, _ in former_urls(site)}
    urls = sorted(url for url in written if url.endswith("/") and url not in former)
    dates = _dates(site)
    rows = [(site.absolute(url), dates.get(_top(url), site.newest)) for url in urls]
    lots = [rows[start : start + MOST_ADDRESSES] for start in range(0, len(rows), MOST_ADDRESSES)]
    if len(lots) < 2:
        yield Page("/sitemap.xml", "sitemap.xml", {"addresses": rows})
        return
    names = [f"/sitemap-{number}.xml" for number in range(1, len(lots) + 1)]
    for name, lot in zip(names, lots, strict=True):
        yield Page(name, "sitemap.xml", {"addresses": lot})
    files = [(site.absolute(name), max(date for _, date in lot)) for name, lot in zip(names, lots, strict=True)]
    yield Page("/sitemap.xml", "sitemaps.xml", {"files": files})


def _top(url: str) -> str:
    """The page that a page stands below: `/officials/x/` for `/officials/x/mentions/2/`."""
    return "/".join([*url.split("/")[:3], ""])


def _dates(site: Site) -> dict[str, str]:
    """Of each entity's and article's page the day of the newest article behind it; empty where there is none."""
    dates: dict[str, str] = {}
    for entity in site.archive.entities.values():
        quotes = site.quotes[entity.id]
        date = site.readings[quotes[0].article].date if quotes else None
        dates[url_of(entity.kind, entity.id)] = date.isoformat() if date is not None else ""
    for reading in site.archive.readings:
        dates[article_url(reading.article)] = reading.date.isoformat() if reading.date is not None else ""
    return dates


def headers_page(site: Site) -> Page:
    """What hosts that read `_headers` (Netlify, Cloudflare Pages) send with each file; other hosts need the same."""
    return Page(HEADERS, "headers.txt", {"secure": site.config.base_url.startswith("https://")})


def robots_page(site: Site) -> Page:
    return Page(ROBOTS, "robots.txt", {"sitemap": site.absolute("/sitemap.xml")})
