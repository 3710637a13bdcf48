"""Article files to articles, and every way in which they can be wrong, with the exact words that say so."""

from __future__ import annotations

import datetime as dt
import os
import time
import unicodedata
from pathlib import Path

import pytest

import sijill.sources
from sijill.issues import line_text
from sijill.model import Article
from sijill.read import read_article
from sijill.sources import Data, Held, Source, article_sources, read_bytes

GOOD = "عنوان المقال\nالفقرة الأولى من النص.\n"


def read(tmp_path: Path, data: str | bytes, name: str = "a.txt") -> Article | list[str] | None:
    """The article in a file of these contents, None for a draft, or the lines that would be printed."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_article(path, name)
    return [line_text(issue) for issue in found] if isinstance(found, tuple) else found


def article(tmp_path: Path, data: str | bytes, name: str = "a.txt") -> Article:
    found = read(tmp_path, data, name)
    assert isinstance(found, Article), found
    return found


def texts(found: Article) -> list[str]:
    return [block.text for block in found.blocks]


# --- what is read -----------------------------------------------------------------------------------------------------


def test_plain_text_is_a_title_line_and_a_paragraph_per_line_with_inner_spaces_kept(tmp_path: Path) -> None:
    found = article(tmp_path, "  عنوان \r\n\r\n فقرة  أولى\t\r\n\r\nفقرة ثانية")
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("title", "عنوان"),
        ("p", "فقرة  أولى"),
        ("p", "فقرة ثانية"),
    ]
    assert (found.id, found.path, found.lang, found.date, found.source) == ("a", "a.txt", "ar", None, "")


def test_front_matter_fills_the_article(tmp_path: Path) -> None:
    front = "---\ndate: 2018-11-28\nsource: صحيفة\nurl: https://example.org/a?b=1\nauthor: كاتب\nlang: ar-SY\n---\n"
    found = article(tmp_path, front + GOOD)
    assert found.date == dt.date(2018, 11, 28)
    assert (found.source, found.url, found.author, found.lang) == (
        "صحيفة",
        "https://example.org/a?b=1",
        "كاتب",
        "ar-SY",
    )
    assert found.title == "عنوان المقال"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.md", "# عنوان\n\nنص أول.\n\nنص ثان."),
        ("a.md", "---\ntitle: عنوان\n---\nنص أول.\n\nنص ثان."),
        ("a.md", "---\ntitle: عنوان\n---\n# عنوان\n\nنص أول.\n\nنص ثان."),
        ("a.txt", "---\ntitle: عنوان\n---\nعنوان\nنص أول.\nنص ثان."),
        ("a.txt", "---\ntitle: عنوان\n---\nنص أول.\nنص ثان."),
        ("a.html", "<h1>عنوان</h1><p>نص أول.</p><p>نص ثان.</p>"),
        ("a.html", "<html><head><title>عنوان</title></head><body><p>نص أول.<p>نص ثان.</body></html>"),
        ("a.html", "---\ntitle: عنوان\n---\n<p>نص أول.</p><div>نص ثان.</div>"),
    ],
)
def test_the_title_comes_from_front_matter_or_from_the_text_and_is_there_once(
    tmp_path: Path, name: str, body: str
) -> None:
    assert texts(article(tmp_path, body, name)) == ["عنوان", "نص أول.", "نص ثان."]


def test_a_heading_that_differs_from_the_given_title_stays_in_the_text(tmp_path: Path) -> None:
    found = article(tmp_path, "---\ntitle: عنوان\n---\n# آخر\n\nنص.", "a.md")
    assert [(block.kind, block.text) for block in found.blocks] == [("title", "عنوان"), ("h2", "آخر"), ("p", "نص.")]


def test_text_is_composed_once(tmp_path: Path) -> None:
    found = article(tmp_path, unicodedata.normalize("NFD", "آخر\nأكد المتحدث"))
    assert texts(found) == ["آخر", "أكد المتحدث"]


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert texts(article(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()))[0] == "عنوان المقال"


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "Windows-1256", "cp1256"])
def test_a_named_encoding_is_decoded(tmp_path: Path, encoding: str) -> None:
    data = f"---\ntitle: عنوان\nencoding: {encoding}\n---\nنص المقال هنا.\n".encode(encoding)
    assert texts(article(tmp_path, data)) == ["عنوان", "نص المقال هنا."]


def test_a_draft_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "---\ndraft: true\n---\n") is None
    assert read(tmp_path, "---\ndraft: true\n---\n" + GOOD) is None
    assert isinstance(read(tmp_path, "---\ndraft: false\n---\n" + GOOD), Article)


def test_marks_that_shape_words_are_kept(tmp_path: Path) -> None:
    body = "عنوان\nنص\u200f و\u200cنص \u200e(\u2067داخل\u2069) هنا."
    assert texts(article(tmp_path, body))[1] == "نص\u200f و\u200cنص \u200e(\u2067داخل\u2069) هنا."


# --- what is refused --------------------------------------------------------------------------------------------------

KEYS = "title, date, source, url, author, encoding, draft, lang, former"
ENCODINGS = "cp1256, iso-8859-6, mac-arabic, utf-8, utf8, windows-1256"
NAMED = "save the file as UTF-8, or name its encoding in the front matter, as in `encoding: windows-1256`"


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        ("a.txt", "", ["a.txt:1: error: the file is empty (write a title line and the text, or delete it)"]),
        ("a.txt", " \n\n", ["a.txt:1: error: the file is empty (write a title line and the text, or delete it)"]),
        (
            "a.txt",
            "---\ndate: 2018-01-01\n---\n\n",
            ["a.txt:4: error: there is no title (write it on the first line)"],
        ),
        (
            "a.md",
            "---\ndate: 2018-01-01\n---\nنص بلا عنوان.\n",
            ["a.md:4: error: there is no title (start with a line `# …`, or write `title: …` in the front matter)"],
        ),
        (
            "a.html",
            "<p>نص بلا عنوان.</p>",
            ["a.html:1: error: there is no title (write <h1>…</h1>, or `title: …` in the front matter)"],
        ),
        (
            "a.txt",
            "عنوان فقط\n",
            ["a.txt:1: error: there is no text after the title (write the text under the title, or delete the file)"],
        ),
        (
            "a.txt",
            "---\ndate: 23-13-2017\n---\n" + GOOD,
            ['a.txt:2: error: date "23-13-2017" is not a date (write YYYY-MM-DD)'],
        ),
        (
            "a.txt",
            "---\nsource: ص\ndate: 2017-02-30\n---\n" + GOOD,
            ['a.txt:3: error: date "2017-02-30" is not a date (write YYYY-MM-DD)'],
        ),
        (
            "a.txt",
            "---\ndate: ٢٠١٧-٠٢-٠٣\n---\n" + GOOD,
            ['a.txt:2: error: date "٢٠١٧-٠٢-٠٣" is not a date (write YYYY-MM-DD)'],
        ),
        (
            "a.txt",
            "---\ntitel: عنوان\n---\n" + GOOD,
            ['a.txt:2: error: key "titel" is not known (did you mean title?)'],
        ),
        (
            "a.txt",
            "---\nxyz: 1\ndate: x\n---\n" + GOOD,
            [
                f'a.txt:2: error: key "xyz" is not known (the keys are {KEYS})',
                'a.txt:3: error: date "x" is not a date (write YYYY-MM-DD)',
            ],
        ),
        (
            "a.txt",
            "---\nurl: javascript:alert(1)\ndraft: maybe\nlang: عربي\nsource: [a]\n---\n" + GOOD,
            [
                'a.txt:2: error: url "javascript:alert(1)" is not a web address (write https://…)',
                'a.txt:3: error: draft "maybe" is neither true nor false (write true or false)',
                'a.txt:4: error: lang "عربي" is not a language code (write ar, en, fr …)',
                "a.txt:5: error: source is a list or a table (write one value, as in `source: …`)",
            ],
        ),
        (
            "a.txt",
            "---\ntitle: عنوان\n" + GOOD,
            [
                "a.txt:1: error: the front matter is not closed "
                "(end it with a line of ---, or put an empty line before the first --- if none is meant)"
            ],
        ),
        (
            "a.txt",
            '---\ndate: 2018-01-01\ntitle: "عنوان\n---\n' + GOOD,
            [
                "a.txt:3: error: broken YAML: found unexpected end of stream "
                "(check the indentation, and put quotes around a value that contains a colon, # or brackets)"
            ],
        ),
        (
            "a.txt",
            "---\nencoding: utf-7\n---\n" + GOOD,
            [f'a.txt:2: error: encoding "utf-7" is not known (use one of {ENCODINGS})'],
        ),
        (
            "a.txt",
            "عنوان\nنص\n".encode("cp1256"),
            [f"a.txt:1: error: byte 0xDA is not UTF-8 ({NAMED})"],
        ),
        (
            "a.txt",
            GOOD.encode() + "نص".encode()[:-1],
            [f"a.txt:3: error: byte 0xD8 is not UTF-8 ({NAMED})"],
        ),
        (
            "a.txt",
            GOOD.encode("utf-16"),
            ["a.txt:1: error: the file is UTF-16 (save the file as UTF-8)"],
        ),
        (
            "a.txt",
            GOOD.encode("utf-16-le"),
            ["a.txt:1: error: the file holds a NUL byte: it is UTF-16, or no text at all (save the file as UTF-8)"],
        ),
        (
            "a.txt",
            GOOD.encode() + b"x\0y",
            ["a.txt:3: error: the file holds a NUL byte: it is UTF-16, or no text at all (save the file as UTF-8)"],
        ),
        (
            "a.txt",
            "عنوان\nنص \u202eمقلوب\u202c هنا\nثالث\x07\n",
            [
                "a.txt:2: error: U+202E is a direction override (remove it)",
                "a.txt:3: error: U+0007 is a control character (remove it)",
            ],
        ),
        (
            "a.txt",
            "عنوان\nنص عادي\nنص \u2067مفتوح\nنص\u2069\n",
            [
                "a.txt:3: error: the direction control U+2067 is not balanced "
                "(close it in the same paragraph, or remove it)",
                "a.txt:4: error: the direction control U+2069 is not balanced "
                "(close it in the same paragraph, or remove it)",
            ],
        ),
        (
            "a.html",
            "<h1>عنوان</h1><p>نص &#x202E;مقلوب",
            ["a.html:1: error: the direction control U+202E is not allowed (remove it)"],
        ),
        (
            "a.txt",
            '---\nsource: "\\u202Eقلب"\n---\n' + GOOD,
            ["a.txt:1: error: the direction control U+202E is not allowed (remove it)"],
        ),
        (
            "a.txt",
            b"x" * 1_000_001,
            ["a.txt:1: error: the file has 1000001 bytes, more than 1000000 (split the article)"],
        ),
        (
            "a.html",
            "---\ntitle: ع\n---\n" + "<div>" * 3000,
            ["a.html:4: error: the markup is nested too deeply (close the open <div> tags)"],
        ),
        (
            "a.md",
            "# ع\n\n" + "> " * 3000 + "x",
            ["a.md:1: error: the markup is nested too deeply (remove levels of quotes and lists)"],
        ),
    ],
)
def test_each_bad_file_is_refused_in_its_own_words(
    tmp_path: Path, name: str, data: str | bytes, lines: list[str]
) -> None:
    assert read(tmp_path, data, name) == lines


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    found = read_article(tmp_path / "a.txt", "a.txt")
    assert isinstance(found, tuple)
    assert "not a regular file" in found[0].message


# --- which files ------------------------------------------------------------------------------------------------------


def sources(tmp_path: Path, *names: str) -> tuple[list[str], list[str]]:
    """The names that are taken as articles, and the printed issues."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    for name in names:
        path = tmp_path / "content" / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD, "utf-8")
    return listed(tmp_path)


def listed(tmp_path: Path) -> tuple[list[str], list[str]]:
    found, issues = article_sources(tmp_path / "content")
    return [source.name for source in found], [line_text(issue) for issue in issues]


def test_articles_come_in_the_order_of_their_stems_whatever_their_folders(tmp_path: Path) -> None:
    names, issues = sources(tmp_path, "2019/b.txt", "2020/a.md", "c.html")
    assert names == ["content/articles/2020/a.md", "content/articles/2019/b.txt", "content/articles/c.html"]
    assert issues == []


def test_hidden_files_and_backups_are_none_of_our_business(tmp_path: Path) -> None:
    assert sources(tmp_path, "a.txt", ".b.txt.swp", "a.txt~", "#a.txt#", ".git/x") == (["content/articles/a.txt"], [])


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        ([], ["content/articles:1: error: there is no article (add a .html, .md or .txt file)"]),
        (
            ["2018/a.txt", "2019/a.md"],
            [
                'content/articles/2019/a.md:1: error: "a" is already the name of content/articles/2018/a.txt '
                "(rename one of the two)"
            ],
        ),
        (
            ["Geneva-4.txt"],
            [
                'content/articles/Geneva-4.txt:1: error: the name "Geneva-4" cannot be part of an address '
                "(rename it to geneva-4.txt)"
            ],
        ),
        (
            ["خبر.md"],
            [
                'content/articles/خبر.md:1: error: the name "خبر" cannot be part of an address '
                "(rename it to small Latin letters, digits and single hyphens)"
            ],
        ),
        (
            ["a.pdf"],
            [
                'content/articles/a.pdf:1: error: ".pdf" is not a kind of article '
                "(rename it to .html, .md or .txt, or move it out of articles/)"
            ],
        ),
    ],
)
def test_each_bad_name_is_refused_in_its_own_words(tmp_path: Path, names: list[str], lines: list[str]) -> None:
    assert sources(tmp_path, *names)[1] == lines


@pytest.mark.parametrize("twin", ["A1.md", "ａ1.txt", "a１.html"])
def test_names_that_differ_only_in_case_or_width_are_one(tmp_path: Path, twin: str) -> None:
    _, issues = sources(tmp_path, "2018/a1.txt", f"2019/{twin}")
    assert any("is already the name of" in line for line in issues)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert listed(tmp_path)[1] == [
        "content/articles:1: error: there is no such folder (make it and put an article into it)"
    ]


def test_links_out_of_the_content_folder_and_things_that_are_no_files_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text(GOOD, "utf-8")
    sources(tmp_path, "a.txt", "real/b.txt")
    articles = tmp_path / "content" / "articles"
    (articles / "file.txt").symlink_to(outside)
    (articles / "folder").symlink_to(tmp_path)
    (articles / "within").symlink_to(articles / "real")
    (articles / "dangling.txt").symlink_to(articles / "nothing.txt")
    (articles / "good.txt").symlink_to(articles / "a.txt")
    os.mkfifo(articles / "pipe.txt")
    names, issues = listed(tmp_path)
    assert names == ["content/articles/a.txt", "content/articles/real/b.txt", "content/articles/good.txt"]
    assert issues == [
        "content/articles/dangling.txt:1: error: this is not a regular file (remove it, or put the file itself here)",
        "content/articles/file.txt:1: error: this link leads out of the content folder (put a copy of the file here)",
        "content/articles/folder:1: error: this link leads out of the content folder (put a copy of the file here)",
        "content/articles/pipe.txt:1: error: this is not a regular file (remove it, or put the file itself here)",
        "content/articles/within:1: error: this is a link to a folder (put the folder itself here)",
    ]


def test_an_article_folder_that_leads_out_of_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content" / "articles").symlink_to(tmp_path / "elsewhere")
    assert listed(tmp_path)[1] == [
        "content/articles:1: error: this link leads out of the content folder (put a real folder here)"
    ]


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    _, issues = sources(tmp_path, "a\x1b[2Jb.txt")
    assert issues == [
        'content/articles/a\\u001b[2Jb.txt:1: error: the name "a\\u001b[2Jb" cannot be part of an address '
        "(rename it to a-2jb.txt)"
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "draft: false"])
def test_a_named_encoding_is_found_whatever_ends_the_lines(tmp_path: Path, end: str, mark: str) -> None:
    lines = ["---", "date: 2018-11-28", *filter(None, [mark]), "encoding: windows-1256", "---", "عنوان", "نص المقال."]
    path = tmp_path / "old.txt"
    path.write_bytes(end.join(lines).encode("cp1256"))
    article = read_article(path, "content/articles/old.txt")
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == ["عنوان", "نص المقال."]


# --- what is held in memory -------------------------------------------------------------------------------------------


def test_a_file_is_opened_again_only_where_it_may_have_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    path = tmp_path / "articles" / "a.txt"
    path.write_text(GOOD)
    (source,), _ = article_sources(tmp_path)
    opened: list[Source] = []

    def counting(one: Source) -> Data:
        opened.append(one)
        return read_bytes(one)

    monkeypatch.setattr(sijill.sources, "read_bytes", counting)
    held = Held()
    assert [held.read(source), held.read(source)] == [GOOD.encode()] * 2
    assert len(opened) == 2, "so young a file may change again without a sign"

    monkeypatch.setattr(sijill.sources, "FRESH", 0)
    assert [held.read(source) for _ in range(3)] == [GOOD.encode()] * 3
    assert len(opened) == 3

    before = path.stat()
    time.sleep(0.05)
    path.write_text(GOOD.replace("الأولى", "الثانية"[:6]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert held.read(source) == path.read_bytes() != GOOD.encode()

    held.keep_only(())
    assert held.read(source) == path.read_bytes()
    assert len(opened) == 5
    path.unlink()
    os.mkfifo(path)
    assert isinstance(held.read(source), tuple)
