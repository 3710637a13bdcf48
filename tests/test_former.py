"""Content under an edited id is found at its old address: every page, further page, anchor and feed that ever stood."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from tests.sites import Site, again, built

MANY = "\n".join(f"قال الدكتور بشار الجعفري إن اللقاء رقم {number} كان مفيدًا." for number in range(120))
BEFORE = f"""
-- articles/2018/second.txt --
---
date: 2018-11-29
---
تصريحات
{MANY}
-- documents/unscr-2254.md --
---
name: قرار مجلس الأمن 2254
---
"""
OFFICIAL = """
-- officials/bashar-jaafari.md --
remove
-- officials/bashar-al-jaafari.md --
---
name: بشار الجعفري
party: syria
aliases: [bashar-jaafari]
---
"""
ARTICLE = f"""
-- articles/2018/second.txt --
remove
-- articles/2019/the-second.md --
---
date: 2018-11-29
former: [second]
---
# تصريحات

{MANY.replace(chr(10), chr(10) * 2)}
"""
PROCESS = """
-- documents/unscr-2254.md --
remove
-- documents/resolution-2254.md --
---
name: قرار مجلس الأمن 2254
aliases: [unscr-2254]
---
"""
AGAIN = (
    """
-- officials/bashar-al-jaafari.md --
remove
-- officials/b-jaafari.md --
---
name: بشار الجعفري
party: syria
aliases: [bashar-jaafari, bashar-al-jaafari]
---
-- articles/2019/the-second.md --
remove
-- articles/second-of-november.txt --
---
date: 2018-11-29
former:
  - second
  - the-second
---
تصريحات
"""
    + MANY
)
LINKED = (".html", ".xml", ".json", ".csv", ".jsonl", ".txt")


def followed(site: Site, name: str) -> str:
    """The file that a reader comes to who asks for `name`, going where pages send them."""
    for _ in range(3):
        path = site.output / name
        assert path.is_file(), f"{name} is gone"
        sent = re.search(r'http-equiv="refresh" content="0; url=/([^"]*)"', path.read_text("utf-8"))
        if sent is None:
            return name
        name = f"{sent[1]}index.html"
    pytest.fail(f"{name} leads in a circle")


def ids_of(path: Path) -> set[str]:
    return {each.attrib["id"] for each in html5lib.parse(path.read_text("utf-8")).iter() if "id" in each.attrib}


def test_every_old_address_leads_to_its_content_after_ids_are_edited_twice(tmp_path: Path) -> None:
    site = built(tmp_path, BEFORE)
    assert site.outcome.published, site.lines
    anchors = {name: ids_of(site.output / name) for name in site.tree() if name.endswith(".html")}
    known = {name for name in site.tree() if name.endswith(LINKED)}
    assert {"officials/bashar-jaafari/mentions/2/index.html", "officials/bashar-jaafari/feed.xml"} <= known
    moved = 0
    for edit in (OFFICIAL, ARTICLE, PROCESS, AGAIN):
        site = again(tmp_path, edit)
        assert site.outcome.published, site.lines
        for name in sorted(known):
            target = followed(site, name)
            moved += target != name
            sentences = {each for each in anchors.get(name, ()) if re.fullmatch(r"s-[0-9a-f]{8}", each)}
            assert not sentences - ids_of(site.output / target) if sentences else True, name
        for name, page in ((name, site.output / name) for name in site.tree() if name.endswith(".html")):
            if followed(site, name) == name:
                known.add(name)
                anchors[name] = ids_of(page)
    assert moved >= 10
    sitemap = (site.output / "sitemap.xml").read_text("utf-8")
    assert "/officials/b-jaafari/" in sitemap
    assert "/officials/bashar-jaafari/" not in sitemap
    assert "/articles/second/" not in sitemap


def test_a_feed_at_a_former_address_is_the_present_one(tmp_path: Path) -> None:
    built(tmp_path)
    tree = again(tmp_path, OFFICIAL).tree()
    assert tree["officials/bashar-jaafari/feed.xml"] == tree["officials/bashar-al-jaafari/feed.xml"]


def test_a_former_name_that_another_article_has_is_an_error(tmp_path: Path) -> None:
    text = "-- articles/2018/other.txt --\n---\nformer: first\n---\nعنوان\nنص آخر.\n"
    assert built(tmp_path, text).lines == [
        "content/articles/2018/other.txt:1: error: a former name of content/articles/2018/other.txt would stand at "
        "/articles/first/, where article content/articles/2018/first.txt stands (rename one of them; the other is in "
        "content/articles/2018/first.txt)"
    ]


@pytest.mark.parametrize("value", ["قديم", "A", "[a, b c]", "{a: b}", "[[a]]", "../x"])
def test_a_former_name_that_no_address_can_hold_is_an_error(tmp_path: Path, value: str) -> None:
    text = f"-- articles/2018/other.txt --\n---\nformer: {value}\n---\nعنوان\nنص آخر.\n"
    (line,) = built(tmp_path, text).lines
    assert line.startswith("content/articles/2018/other.txt:2: error: former name")
    assert "former: [old-name]" in line
