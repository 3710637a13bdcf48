"""What on a page could run or lead astray, seen as a browser's own parser sees it. One oracle for all tests of markup.

It knows what our templates print and takes everything else for an attacker's: an element, an attribute or an address
that is not in the lists below is told, whether or not anybody knows how it could hurt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

from sijill.assets import read_assets
from sijill.urls import CHRONOLOGY, SEARCH, STATEMENTS
from tests.sites import ROOT

__all__ = ["XHTML", "foreign", "foreign_json", "foreign_xml", "is_ours", "live", "odd_addresses"]

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "a article aside bdi blockquote body br button caption cite dd details div dl dt em fieldset figcaption figure"
    " footer form h1 h2 h3 h4 head header html img input label legend li link main mark meta nav noscript ol optgroup"
    " option output p pre q script section select small span strong sub summary sup table tbody td th thead time"
    " title tr ul".split()
)
DRAWN = frozenset("svg g a title desc line path circle rect text tspan".split())
"""What our own drawings hold."""
ATTRIBUTES = frozenset(
    "accept-charset action as autocomplete charset class colspan content crossorigin datetime defer dir disabled for"
    " height hidden href hreflang id lang max maxlength method min name open placeholder property rel role rowspan"
    " scope spellcheck src tabindex title type value width http-equiv".split()
)
DRAWING = frozenset(
    "cx cy d fill height href r rx ry stroke text-anchor transform viewBox width x x1 x2 y y1 y2 dx dy"
    " preserveAspectRatio focusable direction role class id dir lang tabindex".split()
)
_SAFE = re.compile(r"https?://[^\s<>\"]|mailto:|/(?!/)|#|\?|$", re.IGNORECASE)
"""How an address of ours begins: the web, a letter, or a place of this site."""
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\t\r\n-]*):", re.IGNORECASE)
"""As browsers find it."""
_FORMS = frozenset({CHRONOLOGY, SEARCH, STATEMENTS})
_REFRESH = re.compile(r"0; ?url=(?:https?://[^\s\"'<>]+|/(?!/)[^\s\"'<>]*)")
_LIST = re.compile(r"\{http://www\.(?:w3\.org/2005/Atom|sitemaps\.org/schemas/sitemap/0\.9)\}([a-z]+)")
LISTED = frozenset(
    "feed id title subtitle updated published link author name entry summary urlset url loc lastmod sitemapindex"
    " sitemap".split()
)
"""The elements of our feeds and sitemaps."""
_ADDRESSES = frozenset(
    {"@id", "url", "sameAs", "contentUrl", "mainEntityOfPage", "isBasedOn", "license", "item", "href"}
)


def live(html: str | bytes) -> list[str]:
    """Of a whole page."""
    data = html.encode() if isinstance(html, str) else html
    page = html5lib.parse(data, transport_encoding="utf-8")
    return [told for each in page.iter() for told in foreign(each)]


def foreign(each: Element) -> Iterator[str]:
    """What is not ours about one element."""
    tag = str(each.tag).removeprefix(XHTML)
    drawn = tag.startswith(SVG)
    tag = tag.removeprefix(SVG)
    if tag.startswith("<function Comment"):
        yield f"comment {each.text!r:.60}"
        return
    if tag not in (DRAWN if drawn else ELEMENTS):
        yield f"element {tag}"
    words = "".join(each.itertext()).strip() if tag in ("script", "title") else ""
    if tag == "script" and each.get("type") == "application/ld+json":
        yield from foreign_json(words)
    elif tag == "script" and (words or not is_ours(each.get("src", ""), our_scripts())):
        yield f"script {each.get('src')} {words[:60]}"
    elif tag == "form" and not is_ours(each.get("action", ""), _FORMS):
        yield f"form to {each.get('action')}"
    elif tag == "img" or (
        tag == "link" and each.get("rel") not in ("canonical", "alternate", "license", "prev", "next")
    ):
        if not re.match(r"/(?!/)", each.get("src", each.get("href", ""))):
            yield f"{tag} from {each.get('src', each.get('href'))}"
    elif tag == "meta":
        named = each.get("http-equiv", "content-security-policy").lower()
        refresh = named == "refresh" and _REFRESH.fullmatch(each.get("content", ""))
        if named != "content-security-policy" and not refresh:
            yield f"meta {named}: {each.get('content')}"
    for name, value in each.attrib.items():
        key = str(name)
        known = key in (DRAWING if drawn else ATTRIBUTES) or re.fullmatch(r"(?:aria|data)-[a-z]+", key)
        if not known or key == "style":
            yield f"{tag} {key}={value!r:.60}"
        if key in ("href", "src", "action") and not _SAFE.match(value):
            yield f"{tag} {key}={value!r:.60}"


def foreign_xml(data: bytes) -> Iterator[str]:
    """Of a feed or a sitemap: elements and addresses that are not ours."""
    if b"<!" in data or b"<?" in data.removeprefix(b"<?xml "):
        yield "a declaration, a comment or an instruction"
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - without declarations: see above
    except ElementTree.ParseError as problem:
        yield f"no XML: {problem}"
        return
    for each in root.iter():
        tag = _LIST.fullmatch(each.tag)
        if tag is None or tag[1] not in LISTED:
            yield f"element {each.tag}"
        for name, value in each.attrib.items():
            odd = name == "href" and not re.match(r"https?://", value)
            if odd or name not in ("href", "rel", "type", "hreflang", "{http://www.w3.org/XML/1998/namespace}lang"):
                yield f"{each.tag} {name}={value}"
            elif name == "type" and value not in ("application/atom+xml", "text/html"):
                yield f"{each.tag} of {value}"  # words that a reader's program takes for markup


def foreign_json(text: str) -> Iterator[str]:
    """Of data within a page: what ends the script that holds it, and addresses that are none."""
    if "<" in text or "\u2028" in text or "\u2029" in text:
        yield f"data with a sign that means something to a browser: {text[:60]}"
    yield from odd_addresses(json.loads(text))


def odd_addresses(value: object, key: str = "") -> Iterator[str]:
    """What stands in data as an address and is none that a page could link to."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name != "@context":  # its prefixes are ours
                yield from odd_addresses(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from odd_addresses(each, key)
    elif key in _ADDRESSES and isinstance(value, str):
        scheme = _SCHEME.match(value)
        if scheme is not None and scheme[1].lower() not in ("http", "https", "mailto"):
            yield f"{key}: {value!r:.60}"


@cache
def our_scripts() -> frozenset[str]:
    """The addresses of our own scripts: a page may name them and hold no code of its own."""
    return frozenset(url for name, url in read_assets(ROOT / "templates").urls.items() if name.endswith(".js"))


def is_ours(address: str, known: Set[str]) -> bool:
    """Whether an address is one of ours, under the path where the site stands."""
    return bool(re.match(r"/(?!/)", address)) and address.endswith(tuple(known))
