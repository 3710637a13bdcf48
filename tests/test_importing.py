"""Importing: what others saved becomes articles that the archive reads, and nothing is guessed, lost or overwritten."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest
import trafilatura

from bench.pages import Told, pages, write_pages
from sijill.importing.alike import Shelf, sketch
from sijill.importing.found import day_of
from tests import commands
from tests.sites import ROOT, again, make, tree

TEXT = (
    "وصلت الوفود المشاركة إلى المدينة صباح اليوم للمشاركة في جولة جديدة.",
    "وقال متحدث إن الجلسة العامة ستعقد غدًا بعد لقاءات ثنائية بين الأطراف.",
    "ومن المقرر أن يصدر بيان مشترك في ختام الجلسة عن الدول الضامنة والمراقبين.",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "archive")


def bring(project: Path, *words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the import in the project's folder."""
    done = commands.run(project, "import", *map(str, words))
    assert done.returncode == code, done.stderr
    return done


def articles(project: Path) -> dict[str, str]:
    """What was imported, by the file's name below articles/."""
    folder = project / "content" / "articles"
    return {name: data.decode() for name, data in tree(folder).items() if name != "2018/first.txt"}


def page(title: str = "الوفود تصل إلى المدينة", texts: tuple[str, ...] = TEXT, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    head = f"<head><meta charset=utf-8><title>{title}</title>{head}</head>"
    return f"<html>{head}<body><article><h1>{title}</h1>{body}</article>"


def save(project: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = project / "saved" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


# --- pages


@pytest.mark.parametrize("told", list(pages(10)), ids=lambda told: told.date)
def test_a_saved_page_gives_its_title_day_and_every_paragraph_and_nothing_of_its_frame(
    project: Path, told: Told
) -> None:
    path = project / "page.html"
    path.write_bytes(told.html.encode(told.encoding))
    bring(project, path)
    [text] = articles(project).values()
    front, _, body = text.removeprefix("---\n").partition("---\n")
    assert f'title: "{told.title}"\n' in front
    assert f"date: {told.date}\n" in front
    stated = re.findall(r"<p>([^<]+)</p>", told.html.split("<aside>")[0]) or re.findall(
        r"(?:class='text'>|<br><br>)([^<]+)", told.html
    )
    assert body.splitlines() == stated


def test_imported_articles_are_published_by_the_next_build(project: Path) -> None:
    write_pages(project / "pages", 10)
    said = bring(project, project / "pages").stdout
    assert "10 articles imported" in said
    site = again(project)
    assert site.lines == []
    assert site.outcome.articles == 11


def test_a_page_saved_in_one_file_with_its_pictures_is_read_with_its_address(project: Path) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/news/delegations-arrive"
    message.set_content(page(), subtype="html", charset="utf-8", cte="quoted-printable")
    path = project / "page.mhtml"
    path.write_bytes(message.as_bytes())
    bring(project, path)
    [(name, text)] = articles(project).items()
    assert name == "undated/delegations-arrive.txt"
    assert 'url: "https://example.org/news/delegations-arrive"' in text


def test_direction_overrides_and_quotes_of_a_page_cannot_break_the_article(project: Path) -> None:
    title = 'قال: "نعم" \\ ثم --- \u202eصمت'
    bring(project, save(project, "odd.html", page(title, (*TEXT, "\u2067نص معزول\u2069 --- نهاية الكلام هنا."))))
    [text] = articles(project).values()
    assert "\u202e" not in text
    assert "\u2067" not in text
    assert again(project).lines == []


@pytest.mark.parametrize(
    ("where", "written", "day"),
    [
        ("head", "<meta property='article:published_time' content='2018-11-28T23:10:00+03:00'>", "2018-11-28"),
        ("head", "<meta name=date content='2018-11-28'>", "2018-11-28"),
        ("head", '<script type="application/ld+json">{"datePublished": "2018-11-28 10:00"}</script>', "2018-11-28"),
        ("head", "<link rel=canonical href='https://a.example/2018/11/28/talks-open.html'>", "2018-11-28"),
        ("inside", "<time datetime='2018-11-28T10:00'>أمس</time>", "2018-11-28"),
        ("inside", "<span class='post-date'>الأربعاء 28 تشرين الثاني 2018</span>", "2018-11-28"),
        ("inside", "<p>نشر في: 28 نوفمبر 2018 - 10:30</p>", "2018-11-28"),
        ("inside", "<span class='date'>28/11/2018</span>", "2018-11-28"),
        # day or month first: nobody can tell
        ("inside", "<span class='date'>04/05/2018</span>", ""),
        # what is said of something else, or not at all, is no day of publication
        ("behind", "<aside><time datetime='2015-02-03'>خبر آخر</time></aside>", ""),
        ("behind", "<p>نشر في 2013-03-04 خبر آخر عن جولة أخرى من المحادثات في المدينة نفسها.</p>", ""),
        ("behind", "<footer>جميع الحقوق محفوظة 2024-01-01</footer>", ""),
        ("head", "<meta property='article:modified_time' content='2020-01-02'>", ""),
        ("inside", "<p>وكانت الجولة السابقة قد عقدت في 12 أيار 2017 في المدينة نفسها بحضور الأطراف كلها.</p>", ""),
    ],
)
def test_the_day_is_taken_where_a_page_states_it_and_never_from_elsewhere(
    project: Path, where: str, written: str, day: str
) -> None:
    html = page(head=written if where == "head" else "")
    if where == "inside":
        html = html.replace("</h1>", f"</h1>{written}")
    elif where == "behind":
        html = html.replace("</article>", f"</article>{written}")
    bring(project, save(project, "talks.html", html))
    [(name, text)] = articles(project).items()
    assert re.findall(r"^date: (.*)$", text, re.MULTILINE) == ([day] if day else [])
    assert name.startswith(day[:4] or "undated")
    assert "28" not in text.split("---")[2]


# --- encodings


def test_the_encoding_that_a_page_states_is_used_and_shown(project: Path) -> None:
    html = page().replace("charset=utf-8", "charset=windows-1256")
    done = bring(project, "--dry-run", save(project, "old.html", html, "cp1256"))
    assert "windows-1256" in done.stdout
    assert "الوفود تصل إلى المدينة" in done.stdout


def test_the_encodings_are_told_at_the_end_of_an_import(project: Path) -> None:
    old = page().replace("charset=utf-8", "charset=windows-1256")
    said = bring(project, save(project, "one.html", page()), save(project, "two.html", old, "cp1256")).stdout
    told, then = said.splitlines()[-2:]
    assert told.endswith("; encodings: utf-8 (1), windows-1256 (1)")
    assert then == "next: python build.py serve shows them"


def test_a_page_that_states_no_encoding_and_is_not_utf8_is_refused_until_the_editor_names_it(project: Path) -> None:
    path = save(project, "old.html", page().replace("<meta charset=utf-8>", ""), "cp1256")
    done = bring(project, path, code=1)
    assert (
        "the file does not say its encoding, and is not UTF-8 (name it, as in --encoding windows-1256)" in done.stderr
    )
    assert articles(project) == {}
    bring(project, "--encoding", "windows-1256", path)
    assert TEXT[0] in "".join(articles(project).values())


def test_utf16_without_its_mark_is_never_taken_for_utf8(project: Path) -> None:
    path = save(project, "wide.html", page(), "utf-16-le")
    done = bring(project, path, code=1)
    assert "wide.html:1: error: the file holds zero bytes, as UTF-16 without its mark does (save it as " in done.stderr
    assert articles(project) == {}
    assert "encodings: utf-16-le (1)" in bring(project, "--encoding", "utf-16-le", path).stdout
    assert TEXT[0] in articles(project)["undated/wide.txt"]


def test_a_page_saved_anew_as_utf8_is_read_as_such_and_that_is_said(project: Path) -> None:
    html = page().replace("charset=utf-8", "charset=windows-1256")
    done = bring(project, save(project, "anew.html", html))
    assert "warning: the page says windows-1256 and is UTF-8" in done.stderr
    assert TEXT[0] in "".join(articles(project).values())


# --- what is there already


def test_importing_twice_adds_nothing_and_changes_nothing(project: Path) -> None:
    write_pages(project / "pages", 5)
    bring(project, project / "pages")
    before = articles(project)
    done = bring(project, project / "pages")
    assert "0 articles imported, 5 there already" in done.stdout
    assert articles(project) == before


def test_the_same_text_under_another_address_is_there_already_whatever_its_spelling(project: Path) -> None:
    spelt = tuple(text.replace("إلى", "الى").replace("أن", "ان") for text in TEXT)
    first, second = save(project, "a.html", page()), save(project, "b.html", page("عنوان آخر", spelt))
    done = bring(project, first, second)
    assert "1 article imported, 1 there already" in done.stdout


def test_nearly_the_same_text_is_imported_and_told(project: Path) -> None:
    longer = (*TEXT, "وأضافت مصادر أخرى تفاصيل قليلة.")
    done = bring(project, save(project, "first-report.html", page()), save(project, "other.html", page(texts=longer)))
    assert "2 articles imported, 1 of them much like another" in done.stdout
    assert re.search(r"other\.txt:1: warning: this is nearly the text of another article \(\d\d %\)", done.stderr)


def test_two_different_texts_are_not_alike() -> None:
    shelf = Shelf()
    shelf.add("first", sketch(TEXT))
    assert shelf.closest(sketch(("خبر مختلف تمامًا عن الرياضة والطقس في مكان آخر من العالم.",))) == ("", 0.0)
    assert shelf.closest(sketch(TEXT)) == ("first", 1.0)


def test_a_file_that_stands_there_already_is_never_overwritten(project: Path) -> None:
    there = project / "content" / "articles" / "2018" / "news.txt"
    there.write_text("خبر قديم\nنص الخبر القديم لم يتغير.\n", "utf-8")
    bring(project, save(project, "news.html", page()))
    assert there.read_text("utf-8").startswith("خبر قديم")
    assert set(articles(project)) == {"2018/news.txt", "undated/news-2.txt"}


def test_a_dry_run_shows_the_table_and_writes_nothing(project: Path) -> None:
    before = tree(project / "content")
    done = bring(project, "--dry-run", save(project, "news.html", page()))
    assert re.match(r"new  no date  utf-8  content/articles/undated/news\.txt  الوفود تصل إلى المدينة\n", done.stdout)
    assert "1 article would be imported" in done.stdout
    assert done.stdout.endswith("next: the same without --dry-run writes them\n")
    assert tree(project / "content") == before


# --- feeds and tables

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/" version="2.0"><channel><title>موقع المثال</title>
<item><title>الوفود تصل</title><link>https://example.org/delegations-arrive</link><dc:creator>كاتب</dc:creator>
{date}<content:encoded><![CDATA[<p>{0}</p><p>{1}</p>]]></content:encoded></item>
<item><title>صورة</title><wp:post_type>attachment</wp:post_type></item>
<item><title>مسودة</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>
<content:encoded>لم يُنشر بعد</content:encoded></item></channel></rss>"""


def test_a_wordpress_export_gives_its_published_posts(project: Path) -> None:
    text = RSS.format(*TEXT, date="<pubDate>Wed, 28 Nov 2018 20:00:00 +0000</pubDate>")
    bring(project, save(project, "export.xml", text))
    assert articles(project) == {
        "2018/delegations-arrive.txt": (
            '---\ntitle: "الوفود تصل"\ndate: 2018-11-28\nauthor: "كاتب"\nsource: "موقع المثال"\n'
            f'url: "https://example.org/delegations-arrive"\n---\n{TEXT[0]}\n{TEXT[1]}\n'
        )
    }


def test_a_feed_without_dates_is_imported_and_each_missing_date_told(project: Path) -> None:
    done = bring(project, save(project, "feed.xml", RSS.format(*TEXT, date="")))
    assert "warning: entry 1 states no date (add `date: YYYY-MM-DD` to the article)" in done.stderr
    assert list(articles(project)) == ["undated/delegations-arrive.txt"]


def test_an_atom_feed_gives_its_entries(project: Path) -> None:
    text = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>خلاصة</title><entry><title>الوفود تصل</title>
    <link rel="self" href="https://example.org/feed"/><link href="https://example.org/arrival"/>
    <author><name>كاتب</name></author><published>2018-11-28T23:59:00+03:00</published>
    <content type="html">&lt;p&gt;{TEXT[0]}&lt;/p&gt;</content></entry></feed>"""
    bring(project, save(project, "feed.atom", text))
    [(name, article)] = articles(project).items()
    assert name == "2018/arrival.txt"
    assert 'author: "كاتب"\nsource: "خلاصة"' in article


def test_a_feed_that_declares_entities_or_is_broken_is_refused_with_its_line(project: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><rss>&b;</rss>'
    assert "the feed declares entities" in bring(project, save(project, "bomb.xml", bomb), code=1).stderr
    broken = bring(project, save(project, "broken.rss", "<rss>\n<channel>\n</rss>"), code=1)
    assert re.search(r"broken\.rss:3: error: broken XML: mismatched tag", broken.stderr)


def test_a_table_is_read_by_a_map_of_its_columns(project: Path) -> None:
    table = f'العنوان;body;published\nالوفود تصل;"{TEXT[0]}\n{TEXT[1]}";2018-11-28\n'
    path = save(project, "dump.csv", table)
    refused = bring(project, path, code=1)
    assert (
        'dump.csv:1: error: there is no column "title" (the columns are "العنوان", "body", "published";'
        in refused.stderr
    )
    words = ("--map", "title=العنوان", "--map", "text=body", "--map", "date=published", "--source", "جريدة المثال")
    bring(project, path, *words)
    [text] = articles(project).values()
    assert text == (f'---\ntitle: "الوفود تصل"\ndate: 2018-11-28\nsource: "جريدة المثال"\n---\n{TEXT[0]}\n{TEXT[1]}\n')


def test_letters_that_a_source_takes_apart_are_composed_as_in_every_article(project: Path) -> None:
    """Found by the fuzzer: a title with «ا» and a hamza above was another title once the article was read."""
    apart = unicodedata.normalize("NFD", "وصول الوفد إلى أستانا")
    bring(project, save(project, "dump.csv", f"title,text\n{apart},{TEXT[0]}\n"))
    [text] = articles(project).values()
    assert 'title: "وصول الوفد إلى أستانا"' in text


def test_an_address_that_no_browser_can_open_is_left_out_and_its_article_is_not(project: Path) -> None:
    bring(project, save(project, "dump.csv", f"title,text,url\nالوفود تصل,{TEXT[0]},https://exa[mple.org/3\n"))
    [text] = articles(project).values()
    assert "url:" not in text


def test_a_table_of_thousands_of_columns_is_one_line_that_can_be_read(project: Path) -> None:
    wide = save(project, "wide.csv", ",".join(f"column {number}" for number in range(5000)) + "\n")
    refused = bring(project, wide, code=1)
    assert len(refused.stderr) < 1000
    assert '"column 0", "column 1"' in refused.stderr


def test_a_broken_line_of_json_lines_is_told_and_the_others_are_imported(project: Path) -> None:
    good = json.dumps({"title": "الوفود تصل", "text": TEXT[0], "date": "28 تشرين الثاني"}, ensure_ascii=False)
    done = bring(project, save(project, "dump.jsonl", f"{good}\n{{broken\n"), code=1)
    assert "dump.jsonl:2: error: this line is not JSON (write one object on each line)" in done.stderr
    assert 'dump.jsonl:1: warning: date "28 تشرين الثاني" is not understood' in done.stderr
    assert len(articles(project)) == 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-11-28", "2018-11-28"),
        ("2018-11-28T23:30:00+00:00", "2018-11-28"),
        ("Wed, 28 Nov 2018 23:30:00 -0800", "2018-11-28"),
        ("28/11/2018", ""),
        ("2018-02-30", ""),
        ("", ""),
    ],
)
def test_a_date_is_the_day_that_is_written_or_none(written: str, day: str) -> None:
    assert day_of(written) == day


# --- what cannot be imported


def test_a_folder_of_pdfs_is_one_clear_line(project: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        save(project, name, "%PDF-1.4")
    done = bring(project, "saved", code=1)
    [line] = done.stderr.splitlines()
    assert line.startswith("saved:1: error: 2 files end in .pdf, which is not read (copy the text into .txt files;")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("https://example.org/a",), "this is an address, and nothing is fetched (save the page, and give its file)"),
        (("nowhere.html",), "nowhere.html:1: error: there is no such file"),
    ],
)
def test_what_is_no_file_is_told(project: Path, words: tuple[str, ...], said: str) -> None:
    assert said in bring(project, *words, code=1).stderr


def test_a_map_to_a_field_that_does_not_exist_is_refused(project: Path) -> None:
    done = bring(project, "--map", "headline=a", "x.csv", code=2)
    assert "--map headline=a is no FIELD=COLUMN (fields are title, text, date, author, source, url)" in done.stderr


def test_a_page_made_to_take_for_ever_is_refused_in_one_line(project: Path) -> None:
    head = "<html><head><meta charset=utf-8><title>عنوان</title></head><body><article><h1>عنوان</h1>"
    save(project, "tags.html", head + "<time " * 70_000)
    save(project, "deep.html", head + "<div>" * 50_000 + f"<p>{TEXT[0]}</p>")
    done = bring(project, "saved", code=1)
    assert "saved/tags.html:1: error: the page has more than 60000 tags (save the page of the article itself)" in (
        done.stderr
    )
    assert "saved/deep.html:1: error: no article was found in the page" in done.stderr


def test_what_a_page_carries_within_itself_is_left_out_and_its_text_is_not(project: Path) -> None:
    picture = "<img src='data:image/png;base64," + "iVBORw0KGgo" * 100_000 + "'>"
    bring(project, save(project, "single.html", page().replace("<p>", f"{picture}<p>", 1)))
    [text] = articles(project).values()
    assert text.endswith("\n".join((*TEXT, "")))


def test_a_page_without_an_article_is_refused_and_the_others_are_imported(project: Path) -> None:
    save(project, "good.html", page())
    save(project, "shell.html", "<html><head><title>تحميل</title></head><body><div id=app></div></body></html>")
    done = bring(project, "saved", code=1)
    assert "saved/shell.html:1: error: no article was found in the page" in done.stderr
    assert list(articles(project)) == ["undated/good.txt"]


def test_an_interrupted_import_ends_with_one_clear_line_and_goes_on_when_run_again(project: Path) -> None:
    write_pages(project / "pages", 300)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(project)
        os.execv(sys.executable, [sys.executable, str(ROOT / "build.py"), "import", "pages"])  # noqa: S606
    shown = b""
    while b"reading sources" not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, b"\x03")
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # how Linux tells that the other side is closed
            break
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 130
    os.close(terminal)
    assert "stopped; what was imported stays, and running it again goes on" in shown.decode()
    assert "Traceback" not in shown.decode()
    bring(project, "pages")
    assert len(articles(project)) == 300
    assert again(project).lines == []


def test_without_what_reads_pages_the_command_that_installs_it_is_named_and_feeds_are_still_read(
    project: Path, tmp_path: Path
) -> None:
    """In an environment that holds every package but that one."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for path in Path(trafilatura.__file__).parents[1].iterdir():
        if not path.name.startswith("trafilatura"):
            (packages / path.name).symlink_to(path)
    command = [sys.executable, "-S", str(ROOT / "build.py"), "import"]
    feed, saved = save(project, "feed.xml", RSS.format(*TEXT, date="")), save(project, "a.html", page())
    for source, code, said in (
        (saved, 2, "saved pages are read by trafilatura, which is not installed (run: make import)\n"),
        (feed, 0, "states no date"),
    ):
        done = subprocess.run(
            [*command, str(source)],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(packages)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code
        assert said in done.stderr


def test_what_browsers_save_beside_a_page_is_no_page(project: Path) -> None:
    save(project, "good.html", page())
    (project / "saved" / "good_files").mkdir()
    (project / "saved" / "good_files" / "frame.html").write_text(page("إعلان"), "utf-8")
    bring(project, "saved")
    assert list(articles(project)) == ["undated/good.txt"]
