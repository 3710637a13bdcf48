"""Saved web pages, made up: five layouts as news sites have them, each stating its title and day in its own way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Told", "pages", "write_pages"]

_WORDS = (
    "المحادثات الوفود الجولة العاصمة الاجتماع المشاركون البيان المبعوث اللجنة الأطراف الهدنة المساعدات الملف النقاش"
    " التوافق الموعد اليوم الجلسة العامة الثنائية المسودة المراقبون الضامنون المتحدث المدينة الحوار التنفيذ القرار"
).split()
_VERBS = "بحث ناقش تناول أكد أعلن شدد أوضح عرض تابع دعا".split()


class Told(NamedTuple):
    """A page, and what it states."""

    html: str
    title: str
    date: str
    encoding: str


def pages(count: int, seed: int = 1) -> Iterator[Told]:
    """So many pages, each with a text of its own."""
    chance = random.Random(seed)
    first = dt.date(2017, 1, 23)
    for number in range(count):
        title = f"{_sentence(chance, 6)} {number}"
        day = (first + dt.timedelta(days=number)).isoformat()
        texts = [_sentence(chance, chance.randint(12, 30)) + "." for _ in range(chance.randint(3, 9))]
        yield _LAYOUTS[number % len(_LAYOUTS)](title, day, texts, number)


def write_pages(folder: Path, count: int) -> list[tuple[Path, Told]]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, page in enumerate(pages(count)):
        path = folder / f"page-{number:04}.html"
        path.write_bytes(page.html.encode(page.encoding))
        written.append((path, page))
    return written


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join([chance.choice(_VERBS), *(chance.choice(_WORDS) for _ in range(words))])


_MENU = (
    "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li>"
    "<li><a href='/s'>رياضة</a></li></ul></nav>"
)
_ASIDE = (
    "<aside><h3>اقرأ أيضًا</h3><ul><li><a href='/a'>خبر سابق</a> <time datetime='2015-02-03'>شباط</time></li>"
    "<li><a href='/b'>خبر أسبق</a></li></ul></aside>"
)
_FOOT = "<footer><p>جميع الحقوق محفوظة 2024</p><a href='/c'>اتصل بنا</a></footer>"


def _body(inner: str) -> str:
    return f"<body>{_MENU}{inner}{_ASIDE}{_FOOT}</body></html>"


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _with_properties(title: str, day: str, texts: list[str], number: int) -> Told:
    head = (
        f"<!DOCTYPE html><html lang='ar' dir='rtl'><head><meta charset='utf-8'><title>{title} | موقع المثال</title>"
        f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='موقع المثال'>"
        f"<meta property='article:published_time' content='{day}T22:10:00+03:00'>"
        f"<meta property='article:modified_time' content='2023-01-01T00:00:00+03:00'>"
        f"<link rel='canonical' href='https://example.org/ar/news/{number}'></head>"
    )
    return Told(head + _body(f"<article><h1>{title}</h1>{_paragraphs(texts)}</article>"), title, day, "utf-8")


def _with_json(title: str, day: str, texts: list[str], number: int) -> Told:
    head = (
        f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>{title} - وكالة المثال</title>"
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{title}","dateModified":"2022-05-05","datePublished":"{day}T05:00:00Z",'
        f'"url":"https://agency.example/story/talks-day-{number}",'
        '"author":{"@type":"Person","name":"كاتب المثال"},"publisher":{"@type":"Organization","name":"وكالة المثال"}}'
        "</script></head>"
    )
    inner = (
        f"<main><div class='post'><h1>{title}</h1><div class='entry-content'>{_paragraphs(texts)}</div></div></main>"
    )
    return Told(head + _body(inner), title, day, "utf-8")


def _with_time(title: str, day: str, texts: list[str], number: int) -> Told:
    head = f"<html lang='ar'><head><meta charset='utf-8'><title>{title}</title></head>"
    inner = (
        f"<article itemscope><h1 itemprop='headline'>{title}</h1><time itemprop='datePublished' datetime='{day}T09:00'>"
        f"اليوم</time><div itemprop='articleBody'>{_paragraphs(texts)}</div></article>"
    )
    saved = f"<!-- saved from url=(0041)https://paper.example/?p={number} -->\n"
    return Told(saved + head + _body(inner), title, day, "utf-8")


def _in_windows_letters(title: str, day: str, texts: list[str], number: int) -> Told:
    head = (
        "<html dir='rtl'><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>"
        f"<title>{title}</title><meta name='DC.date' content='{day}'></head>"
    )
    inner = f"<div id='content'><h1>{title}</h1><div class='text'>{'<br><br>'.join(texts)}</div></div>"
    return Told(head + _body(inner), title, day, "cp1256")


def _with_day_in_address(title: str, day: str, texts: list[str], number: int) -> Told:
    head = (
        f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>{title}</title>"
        f"<link rel='canonical' href='https://daily.example/{day.replace('-', '/')}/talks-{number}'>"
        f"<meta property='og:url' content='https://daily.example/{day.replace('-', '/')}/talks-{number}'></head>"
    )
    inner = f"<div class='article-body'><h1>{title}</h1>{_paragraphs(texts)}</div>"
    return Told(head + _body(inner), title, day, "utf-8")


_LAYOUTS = (_with_properties, _with_json, _with_time, _in_windows_letters, _with_day_in_address)
