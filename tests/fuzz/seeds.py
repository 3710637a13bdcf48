"""Inputs that are nearly right, from which a machine makes others, and pieces that it puts into them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.payloads import PAYLOADS
from tests.sites import ROOT

__all__ = ["FILES", "KEYS", "MARKS", "SUFFIXES", "articles", "settings", "sources", "texts"]

SUFFIXES = (".txt", ".md", ".html")
"""What the first byte of an article means."""
FILES = (
    "officials/someone.md",
    "rounds/astana-12.md",
    "delegations/side.md",
    "documents/text.md",
    "processes/talks.md",
    "site.toml",
    "places.toml",
    "identity.toml",
    "strings/ar.toml",
    "corrections.toml",
)
"""What the first byte of a record or of settings means."""
KEYS = (
    *("name: ", "latin: ", "variants:\n  - ", "aliases: [", "sources:\n  - ", "facts:\n  - ", "held: {", "role:\n"),
    *("leads: {official: ", "note: ", "start: ", "place: ", "party: ", "process: astana\n", "number: ", "cities: ["),
    *("outcome: ", "title = ", 'base_url = "https://', "processes = [", "[[judgement]]\n", "left = ", "same = "),
    *("[[correction]]\n", "read = ", "right = "),
    *(
        "on = 2026-01-31\n",
        "&a ",
        "*a",
        "!!python/object:x ",
        "? ",
        "<<: ",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "|\n",
        ">-\n",
    ),
    *('"', "'", '"""', "'''", "0x", "1e999", "nan", "inf", "1979-05-27T07:32:00Z", "\\u", "\\U0010ffff", "#", "=", "."),
    *("{", "}", "[", "]", ": ", "- ", "\n"),
)
MARKS = (
    *(
        "<rss>",
        "<channel>",
        "<item>",
        "<title>",
        "</title>",
        "<link>",
        "<pubDate>",
        "<content type='xhtml'>",
        "<entry>",
    ),
    *("<!ENTITY x 'y'>", "<?xml version='1.0' encoding='cp1256'?>", "<article>", "<meta charset=utf-8>"),
    *("<meta property=", '"title": ', '"text": ', "{", "}", "[", ",", ";", "\\u0000", "\\ud800", "2018-11-28"),
    *("Content-Type: ", "text/html"),
)
_FRONT = """---
title: عنوان
date: 2018-11-28
source: وكالة
author: 'كاتب'
url: https://example.org/a?b=1
former: [old]
---
"""
_TEXT = "وصلت الوفود المشاركة إلى المدينة صباح اليوم للمشاركة في جولة جديدة من المحادثات، ومن المقرر أن يصدر بيان."
_PAGE = f"""<html><head><meta charset=utf-8><title>عنوان | موقع</title><meta property="og:site_name" content="موقع">
<meta name="author" content="كاتب"><meta property="article:published_time" content="2018-11-28"></head>
<body><article><h1>عنوان</h1><p>{_TEXT}</p><p>{_TEXT} مرة أخرى</p></article></body></html>
"""
_MAIL = f"""MIME-Version: 1.0
Content-Type: multipart/related; boundary=x

--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

{_PAGE}
--x--
"""
_RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>م</title><item><title>عنوان</title><link>https://example.org/1</link>
<pubDate>Wed, 28 Nov 2018 10:00:00 +0300</pubDate>
<description>&lt;p&gt;{_TEXT}&lt;/p&gt;</description></item></channel></rss>
"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>م</title><entry><title>عنوان</title>
<link href="https://example.org/2"/><updated>2018-11-28T10:00:00Z</updated>
<content type="html">{_TEXT}</content></entry></feed>
"""
_CSV = f'title,text,date,url\n"عنوان","{_TEXT}",2018-11-28,https://example.org/3\n'
_JSON = f'{{"title": "عنوان", "text": "{_TEXT}", "date": "2018-11-28"}}\n'
_JUDGEMENT = """[[judgement]]
left = "a"
right = "bashar-jaafari"
same = true
by = "التحرير"
on = 2026-01-31
"""
_CORRECTION = """[[correction]]
article = "fuzz"
claim = "role"
field = "title"
read = "وزير"
right = false
by = "التحرير"
on = 2026-01-31
note = "سبب"

[[correction]]
article = "fuzz"
sentence = "s-28d5d06d"
words = "بشار الجعفري"
read = "bashar-jaafari"
right = "syria"
by = "التحرير"
on = 2026-01-31
"""
_RECORDS = (
    "officials/bashar-jaafari.md",
    "rounds/astana-11.md",
    "delegations/syria.md",
    "documents/unscr-2254.md",
    "processes/astana.md",
    "site.toml",
    "places.toml",
)
"""Of the project's own content, in the order of `FILES`."""


def articles() -> Iterator[bytes]:
    words = "# عنوان\n\nقال **بشار الجعفري** إن [الوفد](https://example.org/) وصل.\n\n- أول\n- ثان\n\n> اقتباس\n"
    for number, suffix in enumerate(SUFFIXES):
        yield bytes([number]) + f"{_FRONT}{words}<p>نص &amp; <b>كلام</b></p>\n".encode()
        if suffix != ".txt":
            for payload in PAYLOADS:
                yield bytes([number]) + f"# عنوان\n\n<h1>عنوان</h1>\n\n{payload}\n".encode()


def settings() -> Iterator[bytes]:
    for number, name in enumerate(_RECORDS):
        yield bytes([number]) + (ROOT / "content" / name).read_bytes()[:3000]
    yield bytes([FILES.index("identity.toml")]) + (_JUDGEMENT * 2).encode()
    yield bytes([FILES.index("corrections.toml")]) + _CORRECTION.encode()
    yield bytes([FILES.index("strings/ar.toml")]) + b'[nav]\nhome = "x {n}"\n[count.word]\nzero = "x"\none = "y"\n'


def texts() -> Iterator[bytes]:
    yield b"\x01" + bytes(range(256))
    yield b"\x83" + bytes(range(0, 256, 3)) * 3


def sources() -> Iterator[bytes]:
    for way, text in enumerate((_PAGE, _MAIL, _RSS, _CSV, _JSON)):
        yield bytes([way]) + text.encode()
    yield bytes([2]) + _ATOM.encode()
