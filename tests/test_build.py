"""The straight line as a whole: what is published, what is not, and that the same input gives the same bytes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sijill.publish import MANIFEST, locked, stands
from tests.sites import ROOT, again, built, make, tree

SECOND = """
-- articles/2019/second.md --
---
title: عودة الوفد
date: 2019-02-03
---
قال **بشار الجعفري** إن الوفد السوري عاد من أستانا.
"""


def test_a_small_site_is_built_and_counted(tmp_path: Path) -> None:
    site = built(tmp_path, SECOND)
    assert site.lines == []
    assert site.outcome.published
    assert (site.outcome.articles, site.outcome.entities) == (2, 4)
    assert site.outcome.pages == sum(name.endswith(".html") for name in site.tree())
    assert "بشار الجعفري" in site.page("/officials/bashar-jaafari/")
    assert "برئاسة الدكتور" in site.page("/articles/first/")
    assert stands(site.output)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "content", "site"]


def test_the_data_files_are_published(tmp_path: Path) -> None:
    rows = (built(tmp_path).output / "data" / "mentions.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(row)["entity"] for row in rows} >= {"syria", "bashar-jaafari", "astana-11"}


def test_a_draft_is_not_published(tmp_path: Path) -> None:
    site = built(tmp_path, "-- articles/secret.md --\n---\ndraft: true\n---\n# سر مكتوم\n\nكلام لا ينشر.\n")
    assert site.outcome.articles == 1
    assert not any("لا ينشر".encode() in body for body in site.tree().values())


def test_a_text_in_another_language_says_so_and_takes_its_own_direction(tmp_path: Path) -> None:
    front = "---\nlang: en\n---\n"
    site = built(tmp_path, f"-- articles/2019/plain.txt --\n{front}A title\nThe delegation of Syria arrived.\n")
    page = site.page("/articles/plain/")
    assert '<h1 id="p0" lang="en" dir="auto">' in page
    assert '<div class="text" lang="en" dir="auto">' in page
    assert '"inLanguage":"en"' in page
    own = site.page("/articles/first/")
    assert '<div class="text">' in own
    assert '"inLanguage":"ar"' in own


def test_headings_of_an_article_skip_no_level(tmp_path: Path) -> None:
    text = "# عنوان\n\n#### فرع أول\n\nنص أول.\n\n#### فرع ثان\n\nنص ثان.\n\n## باب\n\n### فرع ثالث\n\nنص ثالث.\n"
    body = built(tmp_path, f"-- articles/steps.md --\n{text}").page("/articles/steps/")
    assert re.findall(r"<(h[1-6]) id=\"p\d+\"", body) == ["h1", "h2", "h2", "h2", "h3"]


# --- errors -----------------------------------------------------------------------------------------------------------


def test_every_error_of_every_file_is_told_at_once_and_nothing_is_published(tmp_path: Path) -> None:
    site = built(tmp_path, SECOND)
    before = site.tree()
    site = again(
        tmp_path,
        "-- articles/bad.txt --\n---\ndate: 23-13-2017\n---\nعنوان\nنص\n"
        "-- articles/2019/first.md --\n# ع\n\nنص\n"
        "-- articles/empty.md --\n"
        "-- rounds/astana-12.md --\n---\nname: أستانا 12\nprocess: nowhere\nnumber: 12\n---\n"
        "-- site.toml --\ntitle = 1\nbase_url = 'https://example.org'\nprocesses = ['astana']\n",
    )
    assert not site.outcome.published
    places = [line.partition(" error: ")[0] for line in site.lines]
    assert places == [
        "content/articles/2019/first.md:1:",
        "content/articles/bad.txt:2:",
        "content/articles/empty.md:1:",
        "content/rounds/astana-12.md:3:",
        "content/site.toml:1:",
    ]
    assert site.tree() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "content", "site"]


def test_keep_going_leaves_out_the_bad_articles_and_publishes_the_good_ones(tmp_path: Path) -> None:
    bad = "-- articles/bad.txt --\n---\ndate: x\n---\nعنوان\nنص سيئ\n-- articles/2019/first.md --\n# ع\n\nنص\n"
    site = built(tmp_path, bad, keep_going=True)
    assert site.outcome.published
    assert [line.partition(" error: ")[0] for line in site.lines] == [
        "content/articles/2019/first.md:1:",
        "content/articles/bad.txt:2:",
    ]
    assert site.outcome.articles == 1
    assert again(tmp_path, keep_going=True).lines == site.lines
    assert not again(tmp_path).outcome.published
    assert not again(tmp_path, "-- articles/2018/first.txt --\n", keep_going=True).outcome.published


def test_an_empty_article_folder_is_an_error(tmp_path: Path) -> None:
    site = built(tmp_path, "-- articles/2018/first.txt --\nremove\n")
    assert site.lines == ["content/articles:1: error: there is no article (add a .html, .md or .txt file)"]
    assert not site.output.exists()


def test_a_first_build_that_fails_makes_no_output(tmp_path: Path) -> None:
    site = built(tmp_path, "-- articles/a.txt --\n")
    assert not site.outcome.published
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "content"]


@pytest.mark.parametrize("place", ["content", "content/site", "."])
def test_an_output_that_would_replace_what_is_read_is_refused(tmp_path: Path, place: str) -> None:
    make(tmp_path)
    before = tree(tmp_path / "content")
    site = again(tmp_path, output=(tmp_path / place).resolve())
    assert not site.outcome.published
    assert "content/ or lies in it (name another folder with --output)" in site.lines[0]
    assert tree(tmp_path / "content") == before


def test_someone_elses_folder_is_left_as_it_is(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("years of work")
    site = again(tmp_path)
    assert site.lines == [
        "site:1: error: it was not written by a build (move it away, or name another folder with --output)"
    ]
    assert tree(tmp_path / "site") == {"thesis.txt": b"years of work"}


def test_a_second_build_of_the_same_output_says_busy(tmp_path: Path) -> None:
    make(tmp_path)
    with locked(tmp_path / "site", 0):
        site = again(tmp_path, patience=0.1)
    assert site.lines == ["site:1: error: another build is writing it (wait for that build to end)"]


def test_a_full_disk_is_an_error_that_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(tmp_path).tree()

    def full(self: object, name: str, data: bytes) -> str:
        raise OSError(28, "No space left on device", name)

    monkeypatch.setattr("sijill.publish.Stage.write", full)
    site = again(tmp_path, SECOND)
    assert site.lines == [
        "site:1: error: the site cannot be written: No space left on device "
        "(free some space, or check the folder's rights)"
    ]
    assert site.tree() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "content", "site"]


# --- the same bytes ---------------------------------------------------------------------------------------------------

MANY = "".join(
    f"-- articles/{2017 + number % 5}/a{number}.txt --\n---\ndate: {2017 + number % 5}-0{1 + number % 9}-11\n---\n"
    f"خبر رقم {number} عن أستانا\nقال بشار الجعفري إن الوفد السوري حضر الجولة {number % 20 + 1} من محادثات أستانا.\n"
    for number in range(40)
)


def test_after_edits_the_site_is_that_of_a_clean_build(tmp_path: Path) -> None:
    built(tmp_path / "a", SECOND)
    edits = (
        "-- articles/2018/first.txt --\n---\ndate: 2018-11-30\n---\nعنوان جديد\nنص عن الوفد السوري.\n",
        "-- articles/2019/second.md --\nremove\n-- articles/third.txt --\nثالث\nقال بشار الجعفري إنه وصل.\n",
        "-- officials/bashar-jaafari.md --\nremove\n",
        "-- site.toml --\ntitle = 'اسم آخر'\nbase_url = 'https://example.net'\nprocesses = ['astana']\n",
    )
    for edit in edits:
        edited = again(tmp_path / "a", edit)
        assert edited.outcome.published, edited.lines
        assert not edited.outcome.unchanged
    clean = tmp_path / "b"
    shutil.copytree(tmp_path / "a" / "content", clean / "content")
    assert edited.tree() == again(clean, cache=False).tree()


# --- what is kept between builds --------------------------------------------------------------------------------------


def test_an_unchanged_build_leaves_the_site_and_says_so(tmp_path: Path) -> None:
    first = built(tmp_path, SECOND)
    inode = (first.output / MANIFEST).stat().st_ino
    second = again(tmp_path)
    assert second.outcome.unchanged
    assert (second.output / MANIFEST).stat().st_ino == inode
    counts = [(one.articles, one.pages, one.entities, one.issues) for one in (first.outcome, second.outcome)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("damage", ["edit", "remove", "add"])
def test_a_site_that_someone_touched_is_built_again(tmp_path: Path, damage: str) -> None:
    first = built(tmp_path)
    before = first.tree()
    page = first.output / "index.html"
    if damage == "edit":
        page.write_text("x")
    elif damage == "remove":
        page.unlink()
    else:
        (first.output / "extra.html").write_text("x")
    second = again(tmp_path)
    assert not second.outcome.unchanged
    assert second.tree() == before


def test_no_cache_builds_in_any_case(tmp_path: Path) -> None:
    before = built(tmp_path).tree()
    site = again(tmp_path, cache=False)
    assert not site.outcome.unchanged
    assert site.tree() == before


def test_damaged_readings_are_read_again(tmp_path: Path) -> None:
    before = built(tmp_path, MANY).tree()
    entries = [path for path in (tmp_path / ".cache" / "readings").rglob("*") if path.is_file()]
    assert len(entries) == 41
    for entry in entries:
        entry.write_bytes(b"not what it was")
    (tmp_path / "site" / "index.html").write_text("x")
    assert again(tmp_path).tree() == before


def test_unused_readings_do_not_pile_up(tmp_path: Path) -> None:
    built(tmp_path, MANY)
    for number in range(3):
        again(tmp_path, f"-- articles/2018/first.txt --\nعنوان {number}\nنص عن الوفد السوري.\n")
    assert sum(path.is_file() for path in (tmp_path / ".cache" / "readings").rglob("*")) == 41


HEAVY = "-- articles/heavy.txt --\nعنوان\n" + "وصل الوفد السوري إلى أستانا. " * 3000 + "\n"


def test_an_article_that_takes_too_long_is_refused_and_the_others_are_published(tmp_path: Path) -> None:
    limits = 'title = "س"\nbase_url = "https://example.org"\nprocesses = ["astana"]\narticle_seconds = 0.05\n'
    site = built(tmp_path, HEAVY + f"-- site.toml --\n{limits}", keep_going=True, cache=False)
    said = "content/articles/heavy.txt:1: error: reading it takes more than 0.05 s of the processor"
    assert site.lines[-1] == f"{said} (make it simpler or split it, or raise article_seconds in site.toml)"


def test_what_all_articles_need_is_on_the_account_of_none(tmp_path: Path) -> None:
    """By a command of its own, in which the words of the language are not in memory yet."""
    limits = 'title = "س"\nbase_url = "https://example.org"\nprocesses = ["astana"]\narticle_seconds = 0.1\n'
    make(tmp_path, f"-- site.toml --\n{limits}article_megabytes = 4\n")
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(tmp_path / "content")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_build_takes_on_no_more_articles_than_it_is_allowed(tmp_path: Path) -> None:
    limits = 'title = "س"\nbase_url = "https://example.org"\nprocesses = ["astana"]\nmost_articles = 1\n'
    site = built(tmp_path, f"-- site.toml --\n{limits}-- articles/a.txt --\nعنوان\nنص\n")
    assert site.lines == [
        "content/articles:1: error: there are 2 articles, more than 1 (raise most_articles in site.toml)"
    ]
    assert not site.output.exists()
