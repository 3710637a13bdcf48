"""Chronology, participation and network: every cell and line has its evidence, and each drawing its twin in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Page, sync_playwright

from sijill.pages import chronology, network, strip
from sijill.pages.chronology import events, unknown_rounds
from sijill.pages.graph import MOST_EGO, ego
from sijill.pages.network import MOST_NODES, chosen, every_tie
from sijill.pages.participation import cells
from tests.fixture_archive import made_up, real_html, real_site, words
from tests.sites import built

FIGURES = ("/chronology/", "/participation/", "/network/")
SVG = "{http://www.w3.org/2000/svg}"
MORE = """
-- rounds/astana-13.md --
---
name: أستانا 13
process: astana
number: 13
facts:
  - held: { start: 2019-08-01, end: 2019-08-02, place: astana }
    sources: ["https://example.org/13"]
  - absent: { who: turkey }
    sources: ["https://example.org/13"]
  - leads: { official: bashar-jaafari, delegation: syria }
    sources: ["https://example.org/13"]
---
-- places.toml --
astana = { name = "أستانا", country = "kazakhstan" }
-- delegations/turkey.md --
---
name: وفد تركيا
---
-- articles/2018/second.txt --
---
date: 2018-11-29
---
لقاء في أستانا
التقى الوفد السوري أمس الوفد التركي في إطار الجولة 11 من محادثات أستانا.
وقال الجعفري إن الجولة 11 من محادثات أستانا مفيدة.
"""


def tree(html: str) -> Element:
    found: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return found


def classed(root: Element, tag: str, name: str) -> list[Element]:
    return [each for each in root.iter(tag) if name in (each.get("class") or "").split()]


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_round_of_every_process_has_its_place_in_the_chronology() -> None:
    site = real_site()
    shown = [each.subject.id for each in events(site) if each.kind == "round" and each.subject is not None]
    assert sorted(shown) == sorted(each.id for each in site.archive.of("round"))
    starts = [each.start for each in events(site) if each.start]
    assert starts == sorted(starts)


def test_every_event_has_evidence_one_click_away() -> None:
    rows = [each for each in tree(real_html()["/chronology/"]).iter("li") if each.get("data-of") is not None]
    assert len(rows) == len(events(real_site()))
    for row in rows:
        assert [a for line in classed(row, "p", "src") for a in line.iter("a")], text(row)


def test_a_round_without_articles_is_hollow_and_says_so() -> None:
    rows = classed(tree(real_html()["/chronology/"]), "li", "round")
    hollow = [row for row in rows if row.get("data-of") is not None and "full" not in (row.get("class") or "").split()]
    assert len(hollow) == sum(1 for each in real_site().archive.of("round") if not real_site().articles[each.id])
    assert all(words()("strip.none") in text(row) for row in hollow)


def test_numbers_that_nothing_knows_are_shown_and_not_skipped(tmp_path: Path) -> None:
    html = built(tmp_path, MORE).page("/chronology/")
    undated = next(each for each in classed(tree(html), "li", "year") if each.find("h2[@id='undated']") is not None)
    assert "الجولة 12 من مسار أستانا" in text(undated)
    assert text(undated).count(words()("strip.none")) >= 11
    assert unknown_rounds(real_site()) == []


def test_a_date_that_was_worked_out_carries_its_tag() -> None:
    rows = classed(tree(real_html()["/chronology/"]), "li", "meeting")
    dated = [row for row in rows if row.get("data-of") is not None]
    assert dated
    assert all(words()("why.date-from-publication.tag") in text(row) for row in dated)


def test_every_cell_leads_to_what_says_it_and_registry_cells_are_marked() -> None:
    pages = real_html()
    links = [
        a
        for name in ("leads", "member", "attends", "absent")
        for a in classed(tree(pages["/participation/"]), "a", name)
    ]
    site = real_site()
    said = sum(len(found) for each in site.archive.of("round") for found in cells(each).values())
    officials = sum(
        len(found)
        for each in site.archive.of("round")
        for id, found in cells(each).items()
        if site.archive.entities[id].kind != "delegation"
    )
    assert len(links) == said - officials
    for link in links:
        page, _, anchor = (link.get("href") or "").partition("#")
        assert f'id="{anchor}"' in pages[page]
        assert text(link).endswith("*") == (words()("fact.from_registry") in (link.get("aria-label") or ""))


def test_absent_is_told_apart_from_not_mentioned(tmp_path: Path) -> None:
    root = tree(built(tmp_path, MORE).page("/participation/"))
    assert len(classed(root, "a", "absent")) == 1
    assert text(classed(root, "a", "absent")[0]) == f"{words()('participation.absent')}*"
    rows = [row for row in root.iter("tr") if text(row).startswith("أستانا 13")]
    assert [text(cell) for cell in rows[0].iter("td")] == ["رئاسة*", "غياب*"] or len(rows) == 1
    assert words()("participation.none") in text(root)


def test_the_table_below_the_network_holds_what_is_drawn() -> None:
    root = tree(real_html()["/network/"])
    drawing = next(each for each in root.iter(f"{SVG}svg") if each.get("role") == "group")
    rows = [row for row in root.iter("tr") if row.find("td") is not None]
    assert len(list(drawing.iter(f"{SVG}line"))) == len(rows) == len(chosen(real_site(), every_tie(real_site())))
    drawn = {each.get("href") for each in drawing.iter(f"{SVG}a")}
    listed = {a.get("href") for row in rows for cell in list(row)[:2] for a in cell.iter("a")}
    assert drawn == listed
    assert 2 <= len(drawn) <= MOST_NODES
    for row in rows:
        assert list(list(row)[3].iter("a")), "no tie without evidence"


def test_small_drawings_say_what_their_lists_say() -> None:
    site, found = real_site(), 0
    for official in site.archive.of("official"):
        root = tree(real_html()[f"/officials/{official.id}/"])
        section = next((each for each in root.iter("section") if each.get("id") == "ego"), None)
        if section is not None:
            found += 1
            drawn = {each.get("href") for each in section.iter(f"{SVG}a")} - {f"/officials/{official.id}/"}
            rows = [each for ul in classed(section, "ul", "pairs") for each in ul.iter("li")]
            assert drawn == {next(row.iter("a")).get("href") for row in rows}
            assert all(classed(row, "sup", "cite") for row in rows)
            assert len(drawn) < MOST_EGO
        assert len(ego(site.archive.entities, official)) < MOST_EGO
    assert found


def test_labels_in_drawings_stand_in_the_middle_and_are_text() -> None:
    for each in tree(real_html()["/network/"]).iter(f"{SVG}text"):
        assert each.get("text-anchor") == "middle"
        assert text(each)


def test_no_name_in_the_network_stands_on_another_name_or_mark() -> None:
    drawing = next(each for each in tree(real_html()["/network/"]).iter(f"{SVG}svg") if each.get("role") == "group")
    labels = [(float(each.get("x") or 0), float(each.get("y") or 0), text(each)) for each in drawing.iter(f"{SVG}text")]
    marks = [(float(each.get("cx") or 0), float(each.get("cy") or 0)) for each in drawing.iter(f"{SVG}circle")]
    assert len(labels) > len(marks) > 10
    for x, y, name in labels:
        half = len(name) * 3.2
        for other, foot, word in labels:
            if word != name:
                assert abs(x - other) >= half + len(word) * 3.2 or abs(y - foot) >= 14, (name, word)
        for across, down in marks:
            assert abs(x - across) >= half + 9 or abs(y - 5 - down) >= 9 + 7, name


def test_hardly_a_name_in_the_network_stands_on_a_line() -> None:
    drawing = next(each for each in tree(real_html()["/network/"]).iter(f"{SVG}svg") if each.get("role") == "group")
    lines = [
        tuple(float(each.get(name) or 0) for name in ("x1", "y1", "x2", "y2")) for each in drawing.iter(f"{SVG}line")
    ]
    labels = [(float(each.get("x") or 0), float(each.get("y") or 0), text(each)) for each in drawing.iter(f"{SVG}text")]
    crossed = [
        name
        for x, y, name in labels
        if any(
            abs(x1 + (x2 - x1) * step / 200 - x) < len(name) * 2.5 and -8 < y1 + (y2 - y1) * step / 200 - y < 2
            for x1, y1, x2, y2 in lines
            for step in range(201)
        )
    ]
    assert len(crossed) <= len(labels) / 10, crossed


def test_what_a_figure_has_no_room_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    site = real_site()
    every = len(every_tie(site))
    monkeypatch.setattr(network, "MOST_TIES", 4)
    assert network.network_page(site).view["more"] == words().count("count.more_ties", every - 4)
    met = sum(each.kind == "meeting" for each in events(site))
    assert met
    monkeypatch.setattr(chronology, "MOST_OF_YEAR", 0)
    years = chronology.chronology_page(site).view["years"]
    assert isinstance(years, list)
    assert [year["more"] for year in years if year["more"]] == [
        words()("chronology.elsewhere", meetings=words().count("count.more_meetings", met))
    ]
    monkeypatch.setattr(strip, "MOST", 5)
    found = strip.strip(site, "astana", "astana-11")
    assert found is not None
    assert len(site.rounds["astana"]) == 22
    assert words().count("count.other_rounds", 17) in str(found["rest"])


def test_a_round_tells_who_said_what_and_each_sentence_is_one_click_away() -> None:
    root = tree(real_html()["/rounds/astana-11/"])
    said = next(each for each in root.iter("section") if each.get("id") == "said")
    quotes = list(said.iter("blockquote"))
    assert len(quotes) > 5
    assert all(list(quote.iter("em")) for quote in quotes), "the verb is marked"
    links = [a.get("href") or "" for line in classed(said, "p", "src") for a in line.iter("a")]
    assert len(links) == len(quotes)
    assert all("#s-" in href for href in links)
    rest = [a.get("href") or "" for line in classed(said, "p", "meta") for a in line.iter("a")]
    assert rest
    assert all(href.startswith("/statements/?speaker=") and href.endswith("&round=astana-11") for href in rest)
    course = classed(root, "ol", "course")[0]
    spoke = [a for p in course.iter("p") if words().count("count.statement", 13) in text(p) for a in p.iter("a")]
    assert len(spoke) > 3
    assert all("#s-" in (a.get("href") or "") for a in spoke)


def test_a_round_tells_its_days_with_their_sentences() -> None:
    course = classed(tree(real_html()["/rounds/astana-11/"]), "ol", "course")[0]
    days = [each.get("datetime") for each in course.iter("time")]
    assert days == ["2018-11-27", "2018-11-28", "2018-11-29"]
    assert list(course.iter("q"))
    assert not classed(tree(real_html()["/rounds/astana-22/"]), "ol", "course")


def test_heads_follow_each_other_and_name_their_rounds() -> None:
    section = next(each for each in tree(real_html()["/delegations/syria/"]).iter("div") if each.get("id") == "heads")
    rows = [text(each) for each in section.iter("li")]
    assert rows[0].startswith("بشار الجعفري من أستانا 1 إلى أستانا")
    assert len(rows) > 1


@pytest.mark.parametrize("url", FIGURES)
def test_an_archive_whose_one_article_names_nobody_has_its_figures(tmp_path: Path, url: str) -> None:
    site = built(tmp_path, "-- articles/2018/first.txt --\nعنوان\nكان الطقس جميلًا.\n")
    assert site.outcome.published, site.lines
    assert "<h1>" in site.page(url)


@pytest.mark.parametrize("payload", ["س" * 200, "اسم " * 50, "Latin only", "<b>&\"'"])
def test_figures_stand_any_name(payload: str) -> None:
    site, _ = made_up(payload.strip())
    pairs = chosen(site, every_tie(site))
    assert pairs
    assert len(events(site)) >= 2


def test_a_name_of_200_letters_is_cut_in_the_drawing_and_whole_in_its_title(tmp_path: Path) -> None:
    name = "عبد " * 50
    record = f"-- delegations/syria.md --\n---\nname: {name}\nvariants: [الوفد السوري]\n---\n"
    html = built(tmp_path, record + MORE).page("/network/")
    assert list(tree(html).iter(f"{SVG}text"))
    titles = [text(each) for each in tree(html).iter(f"{SVG}title")]
    assert name.strip() in titles
    for each in tree(html).iter(f"{SVG}text"):
        assert len(text(each)) <= 24


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = built(tmp_path_factory.mktemp("figures"), MORE)
    assert site.outcome.published, site.lines
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.output)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def tab(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def shown(tab: Page) -> int:
    return tab.locator("[data-of]:visible").count()


def test_the_chronology_is_filtered_in_place_and_keeps_the_choice_in_its_address(tab: Page, origin: str) -> None:
    tab.goto(f"{origin}/chronology/")
    all_rows = shown(tab)
    tab.select_option("select[name=party]", "turkey")
    left = shown(tab)
    assert 0 < left < all_rows
    assert tab.url.endswith("#party=turkey")
    assert re.search(r"حدث", tab.inner_text("#when-count"))
    tab.goto(f"{origin}/")
    tab.goto(f"{origin}/chronology/#party=turkey")
    assert shown(tab) == left
    tab.select_option("select[name=party]", "")
    assert shown(tab) == all_rows
    assert "#" not in tab.url


@pytest.mark.parametrize("url", [*FIGURES, "/rounds/astana-11/", "/officials/bashar-jaafari/", "/delegations/syria/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_figures_need_no_scrolling_of_the_page_sideways(tab: Page, origin: str, url: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(origin + url)
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
