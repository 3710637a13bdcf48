"""What links show before they are followed, and which articles stand beside an article."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from sijill.assets import read_assets
from tests.fixture_archive import TEMPLATES, all_pages, made_up, real_html, renderer
from tests.sites import built

THREE = """
-- articles/2018/second.txt --
---
date: 2018-11-29
---
لقاء في أستانا
التقى نائب الوزير سمير الوادي المبعوث نزار الحقل في أستانا. ترأس الوفد السوري الدكتور بشار الجعفري.
-- articles/2018/third.txt --
---
date: 2018-11-30
---
تصريح بعد اللقاء
قال نائب الوزير سمير الوادي إن اللقاء مع المبعوث نزار الحقل ومع الدكتور بشار الجعفري كان مفيدًا.
-- articles/2018/fourth.txt --
---
date: 2018-12-30
---
خبر لا صلة له
هطل المطر على المدينة مساء أمس.
"""


def test_every_entity_has_a_small_preview() -> None:
    pages = real_html()
    entities = [url for url in pages if url.endswith("preview.json")]
    assert len(entities) > 100
    for url in entities:
        assert url.removesuffix("preview.json") in pages
        lines = json.loads(pages[url])
        assert len(pages[url].encode()) <= 2_000, url
        assert all(text for _, text in lines)


def test_a_name_of_two_hundred_letters_is_cut_in_its_preview() -> None:
    site, article = made_up("اسم طويل " * 22)
    render = renderer(site).render
    found = [render(page) for page in all_pages(site, article) if page.url.endswith("preview.json")]
    assert max(map(len, found)) <= 2_000


def test_the_script_of_the_reading_pages_is_small() -> None:
    body = next(body for name, body in read_assets(TEMPLATES).files if "/reader." in name)
    assert len(gzip.compress(body)) <= 2_560


def test_articles_that_share_rare_names_are_related_and_others_are_not(tmp_path: Path) -> None:
    site = built(tmp_path, THREE)
    assert site.outcome.published, site.lines
    second = site.page("/articles/second/").partition('id="related"')[2]
    assert "/articles/third/" in second
    assert "/articles/fourth/" not in second
    assert 'id="related"' not in site.page("/articles/fourth/")


def test_the_home_page_names_who_is_most_in_the_news_with_the_way_to_the_sentences(tmp_path: Path) -> None:
    home = built(tmp_path, THREE).page("/")
    news = home.partition('id="news"')[2].partition("</section>")[0]
    assert "/officials/bashar-jaafari/#quotes" in news
    assert news.index("/officials/bashar-jaafari/") < news.rindex("/delegations/syria/")


def test_a_round_shows_who_said_what_in_the_articles_about_it_and_where_sources_differ(tmp_path: Path) -> None:
    site = built(
        tmp_path,
        """
-- articles/2018/second.txt --
---
date: 2018-11-29
---
وفد آخر يصل إلى أستانا
قال الدكتور بشار الجعفري إن الوفد السوري جاء إلى الجولة 11 من محادثات أستانا.

ترأس الوفد السوري سمير الوادي في الجولة 11 من محادثات أستانا.
""",
    )
    assert site.outcome.published, site.lines
    page = site.page("/rounds/astana-11/")
    said = page.partition('id="said"')[2].partition("</section>")[0]
    assert "/officials/bashar-jaafari/" in said
    assert "/articles/second/#s-" in said
    assert "/rounds/astana-11/" in page
    made, article = made_up("نص")
    html = {each.url: renderer(made).render(each).decode() for each in all_pages(made, article)}
    assert 'id="disputed"' in html["/rounds/talks-1/"]


def test_the_names_of_a_delegation_lead_to_a_sentence_that_uses_them() -> None:
    variants = real_html()["/delegations/syria/"].partition('id="variants"')[2].partition("</section>")[0]
    assert "/articles/astana-11/#s-" in variants
