"""The A to Z of officials and the list of documents: order, headings, and the bar that leads to them."""

from __future__ import annotations

from pathlib import Path

import html5lib

from tests.fixture_archive import words
from tests.sites import Site, built

MORE = """
-- officials/one.md --
---
name: الدكتور هادي العمر
party: syria
---
-- officials/two.md --
---
name: الأمين عادل
party: syria
---
-- documents/early.md --
---
name: بيان مبكر
sources: ["https://example.org/1"]
facts:
  - issued: 2017-05-04
---
-- documents/late.md --
---
name: بيان متأخر
sources: ["https://example.org/2"]
facts:
  - issued: 2018-09-17
---
-- documents/none.md --
---
name: بيان ثالث
---
"""


def _headings(html: str) -> list[str]:
    found = html5lib.parse(html, namespaceHTMLElements=False).iter("section")
    return ["".join(each.itertext()).split()[0] for each in found if "lettered" in (each.get("class") or "")]


def _jumps(site: Site, url: str) -> list[tuple[str, str]]:
    navs = html5lib.parse(site.page(url), namespaceHTMLElements=False).iter("nav")
    bar = next(each for each in navs if each.get("class") == "jumps")
    return [("".join(link.itertext()), link.get("href") or "") for link in bar.iter("a")]


def test_officials_stand_under_letters_without_article_or_title(tmp_path: Path) -> None:
    site = built(tmp_path, MORE)
    assert site.outcome.published, site.lines
    page = site.page("/officials/")
    assert _headings(page) == ["ا", "ب", "ه"]
    for label, href in _jumps(site, "/officials/"):
        url, _, anchor = href.partition("#")
        assert f'id="{anchor}"><h2>{label}</h2>' in site.page(url)


def test_documents_stand_under_their_years_and_undated_ones_last(tmp_path: Path) -> None:
    site = built(tmp_path, MORE)
    labels = [label for label, _ in _jumps(site, "/documents/")]
    assert labels == ["2017", "2018", words()("listing.undated")]


def test_the_bar_of_a_long_list_leads_to_the_page_where_a_letter_begins(tmp_path: Path) -> None:
    names = ("أ", "ب", "ن")
    more = "".join(
        f"\n-- officials/x-{letter}-{number}.md --\n---\n"
        f"name: {names[letter]}مر{'ا' * number}د سعيد\nparty: syria\n---\n"
        for letter in range(3)
        for number in range(1, 61)
    )
    site = built(tmp_path, more)
    assert site.outcome.published, site.lines
    jumps = dict(_jumps(site, "/officials/"))
    assert jumps["ا"].startswith("/officials/#")
    assert jumps["ن"].startswith("/officials/page/2/#")
    for label, href in jumps.items():
        url, _, anchor = href.partition("#")
        assert f'id="{anchor}"><h2>{label}</h2>' in site.page(url)
    assert _jumps(site, "/officials/page/2/") == _jumps(site, "/officials/")
