"""Rendering and markup: whatever a text holds, a page stays the page that was meant, and no script of it lives."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.assets import read_assets
from sijill.model import Page
from sijill.render import Renderer, TemplateError
from sijill.safe import Html, Span, data_script, element, escape, is_web_address, marked, plain
from sijill.urls import CHRONOLOGY, SEARCH, STATEMENTS
from tests.fixture_archive import TEMPLATES, all_pages, made_up, real_html, renderer, words

XHTML = "{http://www.w3.org/1999/xhtml}"

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% raw %}",
    "{0}{name}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--<script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "\u202e<b>\u2066",
    "\u2028</script>",
)


OUR_SCRIPTS = frozenset(url for name, url in read_assets(TEMPLATES).urls.items() if name.endswith(".js"))
"""Files of ours, whole: a page may name them and hold no code of its own."""


def _ours(address: str, known: Set[str]) -> bool:
    """Whether an address is one of ours, under the path where the site stands."""
    return bool(re.match(r"/(?!/)", address)) and address.endswith(tuple(known))


SVG = "{http://www.w3.org/2000/svg}"
DRAWN = frozenset({"svg", "a", "title", "line", "circle", "rect", "text"})
"""What our own drawings hold."""


def live(html: str) -> list[str]:
    """What could run or lead astray: scripts but data, handlers, odd addresses, elements that we never print."""
    found = []
    for each in html5lib.parse(html).iter():
        tag = str(each.tag).removeprefix(XHTML)
        if tag.startswith(SVG) and tag.removeprefix(SVG) in DRAWN:
            tag = "drawn"
        if tag == "script" and _ours(each.attrib.get("src", ""), OUR_SCRIPTS) and not "".join(each.itertext()).strip():
            continue
        if tag == "form" and _ours(each.attrib.get("action", ""), {CHRONOLOGY, SEARCH, STATEMENTS}):
            continue
        if tag == "script" and each.attrib.get("type") != "application/ld+json":
            found.append("script")
        if tag in ("iframe", "object", "embed", "base", "img", "svg", "style", "form", "b") or tag.startswith("{"):
            found.append(tag)
        for name, value in each.attrib.items():
            if str(name).startswith("on") or name == "style":
                found.append(f"{tag} {name}")
            if name in ("href", "src") and re.match(r"\s*(?!https?:|mailto:|/|#)", value) and value:
                found.append(f"{tag} {name}={value}")
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_script_lives_on_any_page_whatever_the_texts_hold(payload: str) -> None:
    site, article = made_up(payload)
    render = renderer(site).render
    for page in all_pages(site, article):
        if page.template.endswith(".html"):
            html = render(page).decode()
            assert live(html) == [], page.url
            assert len(list(html5lib.parse(html).iter(f"{XHTML}meta"))) == html.count("<meta "), page.url


def test_texts_of_an_article_survive_whole_whatever_they_hold() -> None:
    for payload in PAYLOADS:
        site, article = made_up(payload)
        html = renderer(site).render(all_pages(site, article)[-1]).decode()
        found = {each.attrib.get("id"): "".join(each.itertext()) for each in html5lib.parse(html).iter()}
        assert found["p0"] == article.blocks[0].text
        assert found["p1"] == article.blocks[1].text


def test_the_real_site_has_no_script_no_style_attribute_and_nothing_from_elsewhere() -> None:
    for url, html in real_html().items():
        if url.endswith("/"):
            assert live(html) == [], url
            for tag in ("link", "script", "img"):
                for each in html5lib.parse(html).iter(f"{XHTML}{tag}"):
                    if each.attrib.get("rel") != "canonical":
                        address = each.attrib.get("href", each.attrib.get("src", "/"))
                        assert address.startswith("/"), (url, address)


def test_every_page_has_the_frame_that_readers_and_machines_need() -> None:
    for url, html in real_html().items():
        if not url.endswith("/"):
            continue
        assert html.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
        assert html.count('rel="preload"') == 3
        assert html.count("crossorigin") == 3
        assert "default-src 'none'" in html
        assert html.index('class="skip"') < html.index("<header") < html.index("<main")
        assert len(re.findall(r"<h1[ >]", html)) == 1, url
        assert html.count('rel="canonical"') == 1
        assert 0 < len(re.findall(r'<meta name="description" content="([^"]+)"', html)[0]) <= 220


def test_pages_stay_light() -> None:
    import gzip

    for url, html in real_html().items():
        if url.endswith("/") and not url.startswith("/articles/a"):
            assert len(gzip.compress(html.encode())) <= 12_000, url


def test_a_name_that_a_view_lacks_is_an_error() -> None:
    render = Renderer(TEMPLATES, words(), read_assets(TEMPLATES).urls)
    with pytest.raises(TemplateError, match="is undefined"):
        render.render(Page("/", "home.html", {}))


def test_files_have_names_that_change_with_their_content(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").write_text("a { src: url(f.woff2) }")
    (tmp_path / "assets" / "f.woff2").write_bytes(b"one")
    (tmp_path / "assets" / "f.LICENSE.txt").write_text("free")
    first = read_assets(tmp_path)
    (tmp_path / "assets" / "f.woff2").write_bytes(b"two")
    second = read_assets(tmp_path)
    assert first.urls["f.woff2"] != second.urls["f.woff2"]
    assert first.urls["site.css"] != second.urls["site.css"], "the style sheet names the font"
    assert second.urls["f.woff2"].removeprefix("/assets/") in dict(second.files)[second.urls["site.css"][1:]].decode()
    assert second.urls["f.LICENSE.txt"] == "/assets/f.LICENSE.txt"


def test_marks_that_cross_are_cut_so_that_tags_nest() -> None:
    layers = ([Span(0, 6, "<s>", "</s>")], [Span(4, 9, "<a>", "</a>")], [Span(2, 8, "<em>", "</em>")])
    assert marked("0123456789", layers) == ("<s>01<em>23</em><a><em>45</em></a></s><a><em>67</em>8</a>9")


def test_marks_may_cut_a_text_short() -> None:
    assert marked("0123456789", ([Span(0, 9, "<a>", "</a>")],), 2, 5) == "<a>234</a>"


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=6)


@given(st.text(alphabet="اب<>&\"' ", max_size=30), st.lists(SPANS, min_size=1, max_size=3))
def test_marked_text_nests_and_reads_as_the_text(text: str, layers: list[list[list[int]]]) -> None:
    names = ("span", "a", "em")
    spans = [
        [Span(start, end, f"<{names[depth]}>", f"</{names[depth]}>") for start, end in layer]
        for depth, layer in enumerate(layers)
    ]
    html = marked(text, spans)
    open_tags: list[str] = []
    for slash, name in re.findall(r"<(/?)(\w+)>", html):
        if slash:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []
    read = re.sub(r"</?\w+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert read == text


def test_markup_is_escaped_once_and_only_once() -> None:
    assert escape("<b>") == "&lt;b&gt;"
    assert escape(Html("<b>")) == "<b>"
    assert element("a", "<", href='"x"', title=None) == '<a href="&quot;x&quot;">&lt;</a>'


def test_data_in_a_script_cannot_end_it() -> None:
    written = data_script({"a": "</script><!-- & \u2028"})
    assert "<" not in written
    assert "&" not in written
    assert "\u2028" not in written


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "//x.org", "http:/x", "https://a b", "x.org"]
)
def test_only_web_addresses_become_links(text: str) -> None:
    assert not is_web_address(text)
    assert is_web_address("https://example.org/طريق")


def test_plain_text_drops_the_directions_of_its_source_and_isolates_latin() -> None:
    assert plain("قرار S/RES/2254 \u202eنص") == "قرار \u2068S/RES/2254\u2069 نص"
