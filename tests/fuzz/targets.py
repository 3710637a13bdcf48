"""What is fuzzed. A target takes bytes and raises where what it reads breaks, lies or lets something live."""

from __future__ import annotations

import atexit
import datetime as dt
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

import html5lib
import tomli

from sijill.arabic.parties import party_names
from sijill.assets import read_assets
from sijill.config import Config, load_config
from sijill.corrections import CORRECTIONS, load_corrections
from sijill.importing.feed import of_feed
from sijill.importing.found import Found
from sijill.importing.page import of_mhtml, of_page
from sijill.importing.plan import planned
from sijill.importing.rows import of_csv, of_json_lines
from sijill.issues import line_text
from sijill.model import Article, Block, Issue, Page, Reading, Registry
from sijill.packed import pack, unpack
from sijill.pages import Site, article_page, pages, site_of
from sijill.read import article_of
from sijill.reading import Reader
from sijill.registry import load_registry
from sijill.render import Renderer
from sijill.settle import settle
from sijill.sources import Source
from sijill.strings import Strings, load_strings
from tests.fuzz import seeds
from tests.fuzz.seeds import FILES, SUFFIXES
from tests.live import ATTRIBUTES, ELEMENTS, foreign_xml, live
from tests.payloads import PIECES
from tests.sites import ROOT, make

__all__ = ["TARGETS", "Target"]

LONGEST_LINE = 2000
"""Bytes of a message."""
WHOLE = 128
"""One of so many inputs is looked at in every page, which takes long."""


class Target(NamedTuple):
    """Something to fuzz."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    """Inputs that are nearly right, from which a machine makes others."""
    pieces: tuple[str, ...]
    """What inputs are made of."""


class _Tools(NamedTuple):
    registry: Registry
    reader: Reader
    config: Config
    words: Strings
    render: Callable[[Page], bytes]
    parties: Mapping[str, str]


@cache
def _project() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sijill-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make(folder)


@cache
def _tools() -> _Tools:
    content = _project() / "content"
    registry, issues = load_registry(content)
    config, more = load_config(content)
    strings, _ = load_strings(content)
    assert issues == more == ()
    render = Renderer(ROOT / "templates", strings, read_assets(ROOT / "templates").urls).render
    return _Tools(registry, Reader(registry), config, strings, render, party_names())


def _site(reading: Reading) -> Site:
    tools = _tools()
    return site_of(settle([reading], tools.registry, tools.parties), tools.config, tools.words, tools.parties)


def _told(issues: tuple[Issue, ...]) -> None:
    """Each is a line that an editor can do something about."""
    for issue in issues:
        assert issue.path, issue
        assert issue.line >= 0, issue
        assert issue.message, issue
        assert issue.hint, issue
        assert len(line_text(issue).encode()) < LONGEST_LINE, issue


# --- an article to its pages ------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-zA-Z-]+)(?:="([^"<>]*)")?')
_DOCTYPE = "<!doctype html>"


def page(data: bytes) -> None:
    """An article: read, recognised and shown."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    article = article_of(Source("fuzz", Path(f"fuzz{suffix}"), f"content/articles/fuzz{suffix}"), data[1:])
    if not isinstance(article, Article):
        _told(article or ())
        return
    for block in article.blocks:
        assert block.text == block.text.strip() != "", block
        for inline in block.inlines:
            assert 0 <= inline.start < inline.end <= len(block.text), inline
    reading = _tools().reader.read(article)
    _upheld(article, reading)
    site = _site(reading)
    render = _tools().render
    shown = render(article_page(site, article, site.readings[article.id])).decode()
    _looked_over(shown)
    if zlib.crc32(data) % WHOLE == 0:
        _looked_through(shown, article)
        for each in pages(site):
            body = render(each)
            if each.template.endswith(".html"):
                assert live(body) == [], each.url
            elif each.template.endswith(".xml"):
                assert list(foreign_xml(body)) == [], each.url


def _looked_over(html: str) -> None:
    """Quickly: nothing but plain tags of ours, so that every parser reads the page as it was meant."""
    assert html.startswith(_DOCTYPE)
    rest = _TOKEN.sub("", html.removeprefix(_DOCTYPE))
    assert "<" not in rest, rest[max(0, rest.index("<") - 40) :][:100]
    for _, tag, written in _TOKEN.findall(html):
        assert tag in ELEMENTS, tag
        for name, value in _ATTRIBUTE.findall(written):
            assert name in ATTRIBUTES or name.startswith(("aria-", "data-")), f"{tag} {name}"
            if name in ("href", "src", "action"):
                assert re.match(r"https?://|mailto:|/(?!/)|#|\?|$", unescape(value), re.IGNORECASE), f"{tag} {value}"


def _looked_through(html: str, article: Article) -> None:
    """By a browser's parser: nothing lives, and each block has its words to the letter."""
    assert live(html) == []
    found = {each.get("id"): "".join(each.itertext()) for each in html5lib.parse(html).iter()}
    for number, block in enumerate(article.blocks):
        assert found[f"p{number}"] == block.text, number


def _upheld(article: Article, reading: Reading) -> None:
    """Everything that was found has its words where it says."""
    texts = [block.text for block in article.blocks]
    for link in reading.links:
        said = link.mention
        assert texts[said.paragraph][said.start : said.end] == said.text != "", said
    for evidence in [claim.evidence for claim in reading.claims] + [said.verb for said in reading.statements]:
        assert texts[evidence.paragraph][evidence.start : evidence.end] == evidence.quote != "", evidence
        sentence = evidence.sentence
        assert sentence.start <= evidence.start < evidence.end, evidence
        assert texts[sentence.paragraph][sentence.start : sentence.end] == sentence.text, sentence
    assert unpack(pack(reading)) == reading


# --- front matter, records, settings ----------------------------------------------------------------------------------


def files(data: bytes) -> None:
    """A record, or a file of settings, whose first byte says which."""
    content = _project() / "content"
    name = FILES[data[0] % len(FILES)] if data else FILES[0]
    path = content / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data[1:])
    try:
        if name == "strings/ar.toml":
            _told(load_strings(content)[1])
            return
        if name == CORRECTIONS:
            _told(load_corrections(content)[1])
            return
        config, issues = load_config(content)
        registry, more = load_registry(content, party_names(), config.places)
        _told((*issues, *more))
        if zlib.crc32(data) % WHOLE == 0:
            words = "قال بشار الجعفري إن الوفد السوري وصل إلى أستانا."
            article = Article("fuzz", "fuzz.txt", "ar", None, "", "", "", (Block("title", "ع"), Block("p", words)))
            reading = Reader(registry).read(article)
            _upheld(article, reading)
            settle([reading], registry, party_names())
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


# --- reading ----------------------------------------------------------------------------------------------------------

SIGNS = (
    "،",
    "؛",
    ".",
    "؟",
    "!",
    ":",
    "«",
    "»",
    '"',
    "(",
    ")",
    "-",
    "–",
    "\u0640",
    "\u064b",
    "\u0651",
    "\u200f",
    "\u200c",
    "\u00a0",
)
GLUE = ("و", "ال", "ب", "ل", "ف", "ك", "وال", "11", "٢٠١٨", "28-11-2018", "2254", "28", "A", "🕊", "\u0653")


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word and phrase that the rules know."""
    found: dict[str, None] = {}

    def take(value: object) -> None:
        if isinstance(value, str):
            found.update(dict.fromkeys(value.split(" | ") if len(value) < 200 else value.split()))
        elif isinstance(value, dict):
            for key, each in value.items():
                take(key)
                take(each)
        elif isinstance(value, list):
            for each in value:
                take(each)

    for path in sorted((ROOT / "sijill" / "arabic" / "data").glob("*.toml")):
        if path.name != "names.toml":
            take(tomli.loads(path.read_text("utf-8")))
    names = (name for record in _tools().registry.records.values() for name in (record.name, *record.variants))
    return (*SIGNS, *GLUE, *names, *(each for each in found if "\u0600" < each[:1] < "\u0700"))


def words(data: bytes) -> None:
    """Arabic words in any order, two bytes each, are read and every finding has its words."""
    known = vocabulary()
    texts: list[list[str]] = [[] for _ in range(1 + data[0] % 4)] if data else [[]]
    for place in range(1, len(data) - 1, 2):
        number = data[place] * 256 + data[place + 1]
        # Half of all words are signs, particles and names of the registry: without them nothing is said.
        word = known[number // 2 % 48] if number % 2 else known[number // 2 % len(known)]
        texts[place % len(texts)].append(word + ("" if number % 5 == 0 else " "))
    blocks = tuple(Block("p", joined) for text in texts if (joined := "".join(text).strip()))
    if not blocks:
        return
    date = dt.date(2018, 11, 28) if data[0] & 128 else None
    article = Article("fuzz", "fuzz.txt", "ar", date, "", "", "", blocks)
    reading = _tools().reader.read(article)
    _upheld(article, reading)
    settle([reading], _tools().registry, _tools().parties)


# --- importing --------------------------------------------------------------------------------------------------------

_ENCODINGS = ("", "utf-8", "windows-1256", "iso-8859-6")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def imported(data: bytes) -> None:
    """A page, feed or table of somebody else: what is found becomes an article that can be read again."""
    way, body = (data[0] if data else 0), data[1:]
    encoding = _ENCODINGS[way // 8 % len(_ENCODINGS)]
    match way % 5:
        case 0:
            told: list[Found | Issue] = [of_page(body, "saved/fuzz.html", encoding)]
        case 1:
            told = [of_mhtml(body, "saved/fuzz.mhtml", encoding)]
        case 2:
            told = list(of_feed(body, "saved/fuzz.xml", encoding))
        case 3:
            told = list(of_csv(body, "saved/fuzz.csv", encoding, {}))
        case _:
            told = list(of_json_lines(body, "saved/fuzz.jsonl", encoding, {}))
    things = [each for each in told if isinstance(each, Found)]
    _told(tuple(each for each in told if isinstance(each, Issue)))
    for thing in things:
        assert not thing.date or _DAY.fullmatch(thing.date), thing.date
    plan = planned(_project() / "content", things)
    _told(plan.issues)
    assert len(plan.rows) == len(things)
    for row in plan.rows:
        if row.status in ("new", "near"):
            assert row.path is not None
            found = article_of(Source(row.path.stem, row.path, row.name), row.data)
            assert isinstance(found, Article), found
            assert found.title == row.found.title


TARGETS: Mapping[str, Target] = {
    "page": Target(page, seeds.articles, PIECES),
    "files": Target(files, seeds.settings, (*seeds.KEYS, *PIECES[:16])),
    "words": Target(words, seeds.texts, ("\0", "\1", "\x7f")),
    "imported": Target(imported, seeds.sources, (*seeds.MARKS, *PIECES)),
}
