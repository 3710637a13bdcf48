"""What pages show: every fact with its words, nothing merged, nothing merely guessed, no list without an end."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from sijill.model import Article, Block, Fact
from sijill.pages import Site, plans, site_of, sitemap_pages
from sijill.pages.dates import Dates, plain_dates
from sijill.pages.facts import Notes, source_view
from sijill.pages.quotes import PER_PAGE
from sijill.pages.site import sort_key
from tests.fixture_archive import all_pages, first_article, made_up, real_html, real_site, renderer, words

XHTML = "{http://www.w3.org/1999/xhtml}"


@cache
def real_trees() -> dict[str, Element]:
    """Every page of the real site, parsed."""
    return {url: html5lib.parse(html) for url, html in real_html().items()}


def elements(html: str, tag: str) -> Iterator[dict[str, str]]:
    for each in html5lib.parse(html).iter(f"{XHTML}{tag}"):
        yield dict(each.attrib)


def text_of(html: str, wanted: str) -> str:
    """The text of the element with this id, as a reader copies it."""
    found = next(each for each in html5lib.parse(html).iter() if each.attrib.get("id") == wanted)
    return "".join(found.itertext())


def test_a_paragraph_that_a_reader_copies_is_the_source_to_the_letter() -> None:
    html = real_html()["/articles/astana-11/"]
    for number, block in enumerate(first_article().blocks):
        assert text_of(html, f"p{number}") == block.text


def test_a_sentence_that_a_reader_copies_is_the_sentence_of_its_anchor() -> None:
    html = real_html()["/articles/astana-11/"]
    for claim in real_site().archive.readings[0].claims:
        assert text_of(html, claim.evidence.sentence.anchor) == claim.evidence.sentence.text


def test_what_stands_on_two_sides_of_a_drawn_sign_is_copied_as_two_words() -> None:
    signs = [
        "".join(each.itertext())
        for page in real_trees().values()
        for each in page.iter(f"{XHTML}span")
        if each.attrib.get("class") in ("dot", "to")
    ]
    assert len(signs) > 100
    assert set(signs) == {" "}


def test_every_mention_of_an_article_is_linked_or_says_why_not() -> None:
    html = real_html()["/articles/astana-11/"]
    body = html5lib.parse(html)
    shown = [
        ("".join(each.itertext()), each.attrib.get("href")) for each in body.iter(f"{XHTML}a") if "href" in each.attrib
    ]
    for link in real_site().archive.readings[0].links:
        assert link.entity is not None
        assert (link.mention.text, str(real_site().hrefs[link.entity])) in shown


def test_a_mention_without_an_entity_is_no_link_and_has_a_reason() -> None:
    site, article = made_up("كلمات")
    html = renderer(site).render(all_pages(site, article)[-1]).decode()
    lost = [each for each in elements(html, "span") if each.get("class") == "un"]
    assert [each["title"] for each in lost] == [words()("why.other.text")]


@pytest.mark.parametrize("url", ["/officials/staffan-de-mistura/", "/delegations/syria/", "/documents/unscr-2254/"])
def test_the_page_of_an_entity_keeps_its_order(url: str) -> None:
    """What it is, what is known and from whom, its sentences, its ties, its names, and where to follow and complain."""
    html = real_html()[url]
    marks = ['class="kicker"', "<h1>", 'class="latin"', 'class="lede"', 'class="box"', 'id="groups"', 'class="brief"']
    marks += ['class="group"', 'id="quotes"', 'id="ego"', 'id="together"', 'id="variants"', 'id="sources"']
    marks += ['id="cite"', f"{url}feed.xml", "mailto:"]
    body = html[html.index("<main") :]
    places = [body.index(mark) for mark in marks if mark in body]
    assert places == sorted(places)
    assert len(places) > 10


def test_the_contents_of_a_page_stand_in_its_order() -> None:
    for url, html in real_html().items():
        nav, _, rest = html.partition('class="contents"')[2].partition("</nav>")
        places = [rest.index(f'id="{each}"') for each in re.findall(r'href="#([a-z]+)"', nav)]
        assert places == sorted(places), url


def test_numbers_that_follow_each_other_are_cited_as_one_range() -> None:
    notes = Notes(real_site(), Dates(words()))
    facts = [Fact("role", (("title", str(number)),), (), ()) for number in range(9)]
    for fact in facts:
        notes.number(fact)
    shown = [facts[at] for at in (8, 0, 1, 2, 4, 5, 0, 8)]
    cited = html5lib.parseFragment(notes.cite_all(shown))
    assert ["".join(sup.itertext()) for sup in cited] == ["1–3", "5", "6"]
    assert notes.cite_all([Fact("role", (), (), ())]) == ""


def test_every_fact_of_an_entity_is_on_its_page_with_something_behind_it() -> None:
    site = real_site()
    views: dict[str, Any] = {page.url: page.view for page in all_pages(site)}
    for entity in site.archive.entities.values():
        view = views[site.hrefs[entity.id]]
        rows = [row for group in view["groups"] for row in group["rows"]]
        assert len(rows) == len(entity.facts)
        assert all(row["claims"] or row["records"] for row in rows)
        assert all(str(row["value"]).strip() for row in rows)


def view_of(site: Site, url: str) -> Any:
    """The plain data of one page, whose parts differ from kind to kind."""
    return next(page.view for page in all_pages(site) if page.url == url)


def test_the_round_of_the_first_article_says_when_where_and_who_led() -> None:
    html = real_html()["/rounds/astana-11/"]
    box = html[html.index('<dl class="box">') : html.index("</dl>")]
    assert '<time datetime="2018-11-28">28</time>' in box
    assert '<time datetime="2018-11-29">29 تشرين الثاني 2018</time>' in box
    assert "حسين جابري أنصاري" in html[html.index('id="delegations"') : html.index('id="groups"')]
    assert "التاريخ مستنتج" in html


def test_articles_and_registry_are_told_apart_on_every_row() -> None:
    html = real_html()["/rounds/astana-11/"]
    rows = html[html.index('id="groups"') : html.index('id="quotes"')].split('<li id="f')[1:]
    assert any('class="said"' in row and 'class="reg"' not in row for row in rows)
    assert any('class="reg"' in row and 'class="said"' not in row for row in rows)
    assert all('class="said"' in row or "من السجل" in row for row in rows)


def test_a_sources_address_leads_where_browsers_go_and_is_shown_as_written() -> None:
    view = source_view(real_site(), "https://example.org/a[b]", 1)
    assert view["href"] == "https://example.org/a%5Bb%5D"
    assert "example.org/a[b]" in str(view["text"])


def test_whom_an_official_stands_for_is_cited_or_marked_as_the_registrys_with_its_sources() -> None:
    """The box of each registered official: a number that leads to a row, or the mark with numbers of sources."""
    marked = 0
    for url, html in real_html().items():
        if re.fullmatch(r"/officials/[^/]+/", url) is None:
            continue
        [row] = re.findall(r"<dt>الجهة</dt><dd>(.*?)</dd>", html, re.DOTALL)
        sources = re.findall(r'<a class="no" href="([^"]+)"', row)
        if '<sup class="cite">' in row:
            assert not sources
            continue
        marked += 1
        assert "من السجل" in row, url
        assert sources, url
        assert all(f'<li id="r{n}"><span class="no">{n}</span>' in html for n in range(1, len(sources) + 1)), url
    assert marked > 20


def test_values_that_contradict_each_other_stand_side_by_side() -> None:
    site, _ = made_up("قيمة")
    view = view_of(site, "/rounds/talks-1/")
    held = next(row for group in view["groups"] if group["label"] == "الانعقاد" for row in group["rows"])
    assert held["against"]
    html = renderer(site).render(next(page for page in all_pages(site) if page.url == "/rounds/talks-1/")).decode()
    assert words()("fact.other_form") in html


@pytest.mark.parametrize("url", ["/rounds/", "/processes/astana/"])
def test_a_table_of_rounds_marks_the_days_on_which_sources_differ(url: str) -> None:
    rows = re.findall(r'href="/rounds/(astana-\d+)/">[^<]*</a></th>(.*?)</tr>', real_html()[url], re.DOTALL)
    assert len(rows) == 22
    assert [id for id, row in rows if words()("fact.disputed") in row] == ["astana-1", "astana-4"]


def test_a_round_without_articles_says_so_and_is_drawn_hollow() -> None:
    html = real_html()["/rounds/astana-22/"]
    assert words()("nothing.round_quotes") in html
    marks = html[html.index('<ol class="strip"') : html.index("</ol>", html.index('<ol class="strip"'))].split("<li ")[
        1:
    ]
    assert len(marks) == 22
    assert ["full" in mark.partition(">")[0] for mark in marks].count(True) == 2
    assert "أستانا 1،" in marks[0], "the oldest comes first, which is the right"


def test_a_provisional_page_says_that_it_is_one() -> None:
    site, _ = made_up("غريب")
    render = renderer(site).render
    html = {page.url: render(page).decode() for page in all_pages(site)}
    assert words()("provisional.text") in html["/officials/stranger/"]
    assert words()("provisional.text") not in html["/officials/someone/"]


def test_sentences_beyond_the_first_fifty_stand_on_further_pages() -> None:
    site, _ = made_up("اسم", mentions=2 * PER_PAGE + 1)
    pages = {page.url: page for page in all_pages(site)}
    assert {url for url in pages if url.startswith("/officials/someone/")} == {
        "/officials/someone/",
        "/officials/someone/feed.xml",
        "/officials/someone/preview.json",
        "/officials/someone/mentions/2/",
        "/officials/someone/mentions/3/",
    }
    render = renderer(site).render
    counts = [
        render(pages[f"/officials/someone/{rest}"]).decode().count("<mark>")
        for rest in ("", "mentions/2/", "mentions/3/")
    ]
    assert counts == [PER_PAGE, PER_PAGE, 1]


def test_no_list_of_facts_has_no_end() -> None:
    site, _ = made_up("نتيجة")
    official = site.archive.entities["someone"]
    many = tuple(
        Fact("role", (("official", "someone"), ("title", f"صفة {n}")), official.facts[0].claims * 9, ())
        for n in range(200)
    )
    entities = {**site.archive.entities, "someone": dataclasses.replace(official, facts=many)}
    grown = site_of(dataclasses.replace(site.archive, entities=entities), site.config, words(), {})
    view = view_of(grown, "/officials/someone/")
    (group,) = view["groups"]
    assert len(group["rows"]) == 40
    assert group["more"] == "و160 معلومة أخرى في ملفات البيانات"
    assert len(group["rows"][0]["claims"]) == 5
    assert group["rows"][0]["more"] == "و4 جمل أخرى"


def test_a_former_address_leads_to_the_present_one() -> None:
    site, _ = made_up("اسم")
    page = next(page for page in all_pages(site) if page.url == "/officials/former/")
    html = renderer(site).render(page).decode()
    assert '<meta http-equiv="refresh" content="0; url=/archive/officials/someone/">' in html
    assert '<link rel="canonical" href="https://example.org/archive/officials/someone/">' in html
    assert "noindex" in html


def test_a_site_under_a_path_links_within_it() -> None:
    site, article = made_up("اسم")
    render = renderer(site).render
    for page in all_pages(site, article):
        if page.template.endswith(".html"):
            for tag, name in (("a", "href"), ("link", "href")):
                for each in elements(render(page).decode(), tag):
                    assert not each[name].startswith("/") or each[name].startswith("/archive/"), each[name]


def test_plans_make_the_same_pages_every_time() -> None:
    site = real_site()
    render = renderer(site).render
    first, again = ([(page.url, render(page)) for page in (plan.make() for plan in plans(site))] for _ in range(2))
    assert first == again
    assert len({url for url, _ in first}) == len(first)
    assert [plan.url for plan in plans(site)] == [url for url, _ in first]


def test_structured_data_is_json_and_names_its_page() -> None:
    for url, page in real_trees().items():
        for each in page.iter(f"{XHTML}script"):
            if "src" in each.attrib:
                continue
            data = json.loads("".join(each.itertext()))
            assert data["@context"] == "https://schema.org", url


def test_the_kind_of_each_page_is_known_to_search_engines() -> None:
    pages = real_html()
    wanted = {
        "/": "Dataset",
        "/rounds/astana-11/": "Event",
        "/delegations/syria/": "Organization",
        "/officials/sergey-lavrov/": "Person",
        "/articles/astana-11/": "NewsArticle",
        "/documents/unscr-2254/": "CreativeWork",
    }
    for url, kind in wanted.items():
        assert f'"@type":"{kind}"' in pages[url]


def test_dates_name_the_month_twice_only_the_first_time() -> None:
    dates = Dates(words())
    assert dates.one("2018-11-28") == '<time datetime="2018-11-28">28 تشرين الثاني (نوفمبر) 2018</time>'
    assert dates.one("2018-11-29") == '<time datetime="2018-11-29">29 تشرين الثاني 2018</time>'
    assert "(ديسمبر)" in dates.one("2018-12-01")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2018-11-28", "2018-11-29", "28 و29 تشرين الثاني 2018"),
        ("2017-03-14", "2017-03-16", "من 14 إلى 16 آذار 2017"),
        ("2017-02-23", "2017-03-03", "من 23 شباط إلى 3 آذار 2017"),
        ("2017-12-30", "2018-01-03", "من 30 كانون الأول 2017 إلى 3 كانون الثاني 2018"),
        ("2017-01", "2017-03", "من كانون الثاني إلى آذار 2017"),
        ("2006", "2006-03", "من 2006 إلى آذار 2006"),
        ("2017-01-23", "2017-01-23", "23 كانون الثاني 2017"),
        ("2017-01", "", "كانون الثاني 2017"),
        ("2006", "", "2006"),
        ("2018-11-30", "2018-11-28", "من 30 تشرين الثاني إلى 28 تشرين الثاني 2018"),
    ],
)
def test_ranges_of_dates_read_as_arabic(start: str, end: str, shown: str) -> None:
    assert plain_dates(words(), start, end) == shown


def test_no_page_has_a_bare_dash_between_numbers() -> None:
    """Right to left such a range would read backwards, so it must stand in a left-to-right element."""
    for url, page in real_trees().items():
        for each in page.iter():
            text = each.text or ""
            for at, letter in enumerate(text):
                if letter == "–" and text[at - 1 : at].isdigit():
                    assert each.attrib.get("dir") == "ltr", (url, text)


def test_names_are_ordered_without_the_article() -> None:
    names = ["الوليد", "ألكسندر", "أحمد", "باسم", "إبراهيم", "الأمين"]
    ordered = sorted(names, key=lambda name: sort_key(words(), name))
    assert ordered == ["إبراهيم", "أحمد", "ألكسندر", "الأمين", "باسم", "الوليد"]


def test_blocks_of_every_kind_keep_their_text_and_emphasis() -> None:
    site, article = made_up("نص")
    html = renderer(site).render(all_pages(site, article)[-1]).decode()
    for number, block in enumerate(article.blocks):
        assert text_of(html, f"p{number}") == block.text
    assert html.count("<ul><li id=") == 1, "list items that follow each other are one list"
    assert "<blockquote id=" in html


def test_an_article_with_nothing_in_it_but_a_title_is_a_page() -> None:
    site, _ = made_up("نص")
    bare = Article("bare", "content/articles/bare.txt", "ar", None, "", "", "", (Block("title", "عنوان"),))
    reading = dataclasses.replace(
        site.archive.readings[0], article="bare", links=(), claims=(), statements=(), date=None
    )
    grown = site_of(
        dataclasses.replace(site.archive, readings=(*site.archive.readings, reading)), site.config, words(), {}
    )
    html = renderer(grown).render(all_pages(grown, bare)[-1]).decode()
    assert words()("source.undated") in html


def test_a_day_that_only_the_words_give_is_said_to_be_theirs_and_is_not_told_to_search_engines() -> None:
    site, article = made_up("نص")
    told = [renderer(site).render(all_pages(site, article)[-1]).decode()]
    readings = tuple(dataclasses.replace(each, date_why="date-in-text") for each in site.archive.readings)
    inferred = site_of(dataclasses.replace(site.archive, readings=readings), site.config, words(), {})
    told.append(renderer(inferred).render(all_pages(inferred, article)[-1]).decode())
    mark = words()("source.dated_by_text").replace("{date}", "").strip()
    assert [mark in html for html in told] == [False, True]
    assert ["datePublished" in html for html in told] == [True, False]


def test_an_empty_archive_still_has_its_pages() -> None:
    site, _ = made_up("نص")
    empty = site_of(dataclasses.replace(site.archive, entities={}, readings=(), aliases={}), site.config, words(), {})
    urls = {page.url for page in all_pages(empty)}
    assert {"/", "/rounds/", "/articles/", "/method/", "/404.html", "/robots.txt"} <= urls


def test_titles_isolate_latin_and_hold_no_markup() -> None:
    site, _ = made_up("اسم Latin Name هنا")
    view = view_of(site, "/officials/someone/")
    assert "\u2068Latin Name\u2069" in str(view["title"])


def test_whatever_is_shown_outside_the_page_keeps_latin_apart() -> None:
    site, article = made_up("اسم Latin Name هنا")
    seen = set()
    for page in all_pages(site, article):
        if page.template.endswith(".html") and page.template != "redirect.html":
            head = renderer(site).render(page).decode().partition("</head>")[0]
            for name, text in re.findall(
                r'<(?:meta (?:name|property)|link rel)="([^"]+)"[^>]* (?:content|title)="([^"]*)"', head
            ):
                if "Latin" in text:
                    seen.add(name)
                    assert text.count("Latin Name") == text.count("\u2068Latin Name\u2069"), (page.url, name)
    assert seen >= {"description", "og:title", "og:description", "og:site_name", "alternate"}


def test_every_word_of_every_page_is_composed() -> None:
    assert all(unicodedata.is_normalized("NFC", html) for html in real_html().values())


def test_a_sitemap_that_one_file_cannot_hold_goes_into_several(monkeypatch: pytest.MonkeyPatch) -> None:
    site, _ = made_up("اسم")
    monkeypatch.setattr("sijill.pages.fixed.MOST_ADDRESSES", 3)
    urls = ["/", "/404.html", "/x.xml", "/officials/someone/", "/officials/someone/mentions/2/", "/data/"]
    files = {page.url: renderer(site).render(page).decode() for page in sitemap_pages(site, urls)}
    assert list(files) == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap.xml"]
    assert [text.count("<url>") for text in files.values()] == [3, 1, 0]
    assert "<loc>https://example.org/archive/sitemap-2.xml</loc><lastmod>2018-11-28</lastmod>" in files["/sitemap.xml"]
