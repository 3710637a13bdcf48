"""Rendering and markup: whatever a text holds, a page stays the page that was meant, and no script of it lives."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.addresses import is_web_address
from sijill.assets import read_assets
from sijill.model import Page
from sijill.render import Renderer, TemplateError
from sijill.safe import Html, Span, data_script, element, escape, isolated, marked, plain, prose
from tests.fixture_archive import TEMPLATES, all_pages, made_up, real_html, renderer, words
from tests.live import XHTML, foreign_xml, live, odd_addresses
from tests.payloads import LOADED, PAYLOADS

SOME = tuple(each for each in PAYLOADS[::4] if "\0" not in each)
"""All of them are for `make soak`; an article never holds a NUL."""


@pytest.mark.parametrize("payload", LOADED)
def test_what_lives_is_seen_where_nobody_escapes_it(payload: str) -> None:
    page = '<!doctype html><html lang="ar" dir="rtl"><head><title>x</title></head><body><p>{}</p></body></html>'
    assert live(page.format("x")) == []
    assert live(page.format(payload)) != []


def test_what_lives_in_feeds_and_data_is_seen() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title{}>x</title><link href="{}"/>{}</feed>'
    assert list(foreign_xml(feed.format("", "https://example.org/", "").encode())) == []
    for pieces in (
        (' type="html"', "https://example.org/", ""),
        ("", "javascript:alert(1)", ""),
        ("", "https://example.org/", '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
        ("", "https://example.org/", "<b>"),
    ):
        assert list(foreign_xml(feed.format(*pieces).encode())) != []
    assert list(odd_addresses({"url": ["https://example.org/", "/a"]})) == []
    assert list(odd_addresses([{"url": [" java\tscript:alert(1)"]}])) != []


@pytest.mark.parametrize("payload", SOME)
def test_no_script_lives_on_any_page_whatever_the_texts_hold(payload: str) -> None:
    site, article = made_up(payload)
    render = renderer(site).render
    for page in all_pages(site, article):
        if page.template.endswith(".html"):
            html = render(page).decode()
            assert live(html) == [], page.url
            assert len(list(html5lib.parse(html).iter(f"{XHTML}meta"))) == html.count("<meta "), page.url


def test_texts_of_an_article_survive_whole_whatever_they_hold() -> None:
    for payload in SOME:
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


def test_scripts_are_published_without_the_comments_that_have_their_lines_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    script = "// one\nlet a = '//';  // kept\n  /* two\n  lines */\n"
    rest = "let b = a /* too */;\n/* a */ let c = a; /* b */\n/* c */ let d = a;\nlet e = a; /* d */\n"
    (tmp_path / "assets" / "a.js").write_text(script + rest)
    ((_, body),) = read_assets(tmp_path).files
    assert body == b"let a = '//';  // kept\n" + rest.encode()


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("الجولات 3–8 و11", "3–8"),
        ("أحاط علمًا بالوثيقة S/2016/1133 أمس", "S/2016/1133"),
        ("القرار S/RES/2254.", "S/RES/2254"),
    ],
)
def test_ranges_and_symbols_in_the_words_of_editors_run_from_left_to_right(text: str, apart: str) -> None:
    assert prose(text) == text.replace(apart, f'<bdi dir="ltr">{apart}</bdi>')


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
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "http:/x",
        "https://a b",
        "x.org",
        "https://[x/",
        "https://a:x/",
    ],
)
def test_only_web_addresses_become_links(text: str) -> None:
    assert not is_web_address(text)
    assert is_web_address("https://example.org/طريق")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RT عربي", '<bdi dir="rtl">RT عربي</bdi>'),
        ("الوطن", '<bdi dir="rtl">الوطن</bdi>'),
        ("Reuters & AP", "<bdi>Reuters &amp; AP</bdi>"),
    ],
)
def test_a_name_with_one_arabic_letter_runs_as_the_page_does(text: str, shown: str) -> None:
    assert isolated(text) == shown


def test_plain_text_drops_the_directions_of_its_source_and_isolates_latin() -> None:
    assert plain("قرار S/RES/2254 \u202eنص") == "قرار \u2068S/RES/2254\u2069 نص"
