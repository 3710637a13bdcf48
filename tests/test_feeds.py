"""Atom feeds keep the rules of RFC 4287, are dated by the content alone, and outlive a change of names."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest

from sijill.pages import Site, pages, site_of
from sijill.pages.feeds import FED, MOST_ENTRIES
from tests.fixture_archive import made_up, real_html, real_site, renderer, words

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[!-~]+")

RULES: dict[str, dict[str, tuple[int, int]]] = {
    "feed": {
        "author": (1, 99), "id": (1, 1), "link": (1, 99), "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1),
        "entry": (0, MOST_ENTRIES),
    },
    "entry": {
        "author": (1, 99), "id": (1, 1), "link": (1, 99), "published": (0, 1), "summary": (0, 1), "title": (1, 1),
        "updated": (1, 1),
    },
    "author": {"name": (1, 1)},
}  # fmt: skip
"""What may stand in an element and how often: RFC 4287, 4.1.1, 4.1.2 and 3.2, for the elements that we use."""


def broken(feed: Element) -> Iterator[str]:
    """Every rule of Atom that a feed breaks."""
    if feed.tag != f"{ATOM}feed":
        yield f"the first element is {feed.tag}"
    for element in feed.iter():
        name = element.tag.removeprefix(ATOM)
        children = Counter(child.tag.removeprefix(ATOM) for child in element)
        allowed = RULES.get(name, {})
        yield from (f"<{child}> in <{name}>" for child in children if child not in allowed)
        for child, (least, most) in allowed.items():
            if not least <= children[child] <= most:
                yield f"{children[child]} times <{child}> in <{name}>"
        text = (element.text or "").strip()
        if name in ("updated", "published") and DATE.fullmatch(text) is None:
            yield f"{text} is not a date of RFC 3339"
        if name == "id" and TAG.fullmatch(text) is None:
            yield f"{text} is not a tag URI of RFC 4151"
        if name in ("title", "name", "summary", "subtitle") and not text:
            yield f"<{name}> is empty"
        if name == "link":
            parts = urlsplit(element.get("href", ""))
            if parts.scheme not in ("http", "https") or not parts.netloc:
                yield f"the link {element.get('href')} is not absolute"
        if name in ("feed", "entry"):
            kinds = Counter(link.get("rel") for link in element.findall(f"{ATOM}link"))
            if kinds["alternate"] != 1 or (name == "feed" and kinds["self"] != 1):
                yield f"<{name}> has links {dict(kinds)}"
    ids = [each.findtext(f"{ATOM}id") for each in feed.findall(f"{ATOM}entry")]
    if len(ids) != len(set(ids)):
        yield "two entries have one id"


def feeds(site: Site) -> dict[str, Element]:
    """Every feed by its address, parsed."""
    render = renderer(site).render
    return {page.url: ElementTree.fromstring(render(page)) for page in pages(site) if page.template == "feed.xml"}  # noqa: S314 - ours


def entry_ids(feed: Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]


def test_every_round_delegation_and_official_has_a_feed_and_so_has_the_site() -> None:
    site = real_site()
    wanted = {f"{site.hrefs[each.id]}feed.xml" for each in site.archive.entities.values() if each.kind in FED}
    assert feeds(site).keys() == wanted | {"/feed.xml"}
    assert len(wanted) > 100


@pytest.mark.parametrize("text", ["اسم", "<b>&amp;</b> ]]> Latin", "‏نص‎ مع علامات"])
def test_every_feed_keeps_the_rules_of_atom(text: str) -> None:
    for site in (real_site(), made_up(text, mentions=30)[0]):
        for url, feed in feeds(site).items():
            assert list(broken(feed)) == [], url
            assert feed.get(LANGUAGE) == "ar"


def test_the_rules_notice_what_is_wrong() -> None:
    feed = ElementTree.fromstring(  # noqa: S314 - ours
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title/><updated>2018-13-01</updated>'
        '<link rel="self" href="/feed.xml"/><entry/><x/></feed>'
    )
    told = " / ".join(broken(feed))
    for part in ("<x> in", "0 times <author>", "not a tag", "not a date", "is empty", "not absolute", "has links"):
        assert part in told


def test_a_feed_is_dated_by_its_newest_article_and_one_without_articles_by_the_archive() -> None:
    found = feeds(real_site())
    for url in ("/feed.xml", "/rounds/astana-11/feed.xml", "/rounds/astana-22/feed.xml"):
        assert found[url].findtext(f"{ATOM}updated") == "2018-11-28T00:00:00Z"
    assert entry_ids(found["/rounds/astana-22/feed.xml"]) == []
    assert entry_ids(found["/rounds/astana-11/feed.xml"]) == ["tag:localhost,2026:/articles/astana-11/"]


def test_an_article_keeps_its_id_when_its_file_is_renamed() -> None:
    site, _ = made_up("اسم")
    renamed = tuple(dataclasses.replace(each, former=("older", "old")) for each in site.archive.readings)
    moved = site_of(dataclasses.replace(site.archive, readings=renamed), site.config, words(), {})
    assert entry_ids(feeds(moved)["/feed.xml"]) == ["tag:example.org,2026:/archive/articles/older/"]


def test_articles_without_a_day_are_in_no_feed_and_without_any_day_there_is_none() -> None:
    site, _ = made_up("اسم")
    undated = tuple(dataclasses.replace(each, date=None) for each in site.archive.readings)
    grown = dataclasses.replace(undated[0], article="x"), *site.archive.readings
    with_one = site_of(dataclasses.replace(site.archive, readings=grown), site.config, words(), {})
    assert len(entry_ids(feeds(with_one)["/feed.xml"])) == 1
    without = site_of(dataclasses.replace(site.archive, readings=undated), site.config, words(), {})
    assert feeds(without) == {}


def test_pages_lead_browsers_and_readers_to_their_feeds() -> None:
    for url in ("/rounds/astana-11/", "/delegations/syria/", "/officials/bashar-jaafari/"):
        page = html5lib.parse(real_html()[url], namespaceHTMLElements=False)
        found = [each.get("href") for each in page.iter("link") if each.get("type") == "application/atom+xml"]
        assert found == ["/feed.xml", f"{url}feed.xml"]
        assert {"/feed.xml", f"{url}feed.xml"} <= {each.get("href") for each in page.iter("a")}
