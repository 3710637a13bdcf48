"""Archives for the tests of pages: the project's own first article, and a hand-made one with any text in every slot."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from sijill.anchors import sentence_table
from sijill.arabic.parties import party_names
from sijill.assets import read_assets
from sijill.config import Config, Place, load_config
from sijill.model import (
    Archive,
    Article,
    Block,
    Claim,
    Entity,
    EntityId,
    Evidence,
    Fact,
    Inline,
    Kind,
    Link,
    Mention,
    Page,
    Reading,
    Record,
    RecordFact,
    Statement,
)
from sijill.pages import Site, article_page, pages, site_of
from sijill.read import read_article
from sijill.reading import Reader
from sijill.registry import load_registry
from sijill.render import Renderer
from sijill.settle import settle
from sijill.strings import Strings, load_strings

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
TEMPLATES = ROOT / "templates"
FIRST = CONTENT / "articles" / "2018" / "astana-11.txt"


@cache
def words() -> Strings:
    strings, issues = load_strings(CONTENT)
    assert issues == ()
    return strings


@cache
def first_article() -> Article:
    article = read_article(FIRST, "content/articles/2018/astana-11.txt")
    assert isinstance(article, Article)
    return article


@cache
def real_site() -> Site:
    """The project's registry and its first article."""
    registry, _ = load_registry(CONTENT)
    config, _ = load_config(CONTENT)
    archive = settle([Reader(registry).read(first_article())], registry, party_names())
    return site_of(archive, config, words(), party_names())


def all_pages(site: Site, *articles: Article) -> list[Page]:
    """Every page, those of articles last."""
    return [*pages(site), *(article_page(site, each, site.readings[each.id]) for each in articles)]


def renderer(site: Site) -> Renderer:
    return Renderer(TEMPLATES, site.strings, read_assets(TEMPLATES).urls, site.root)


@cache
def real_html() -> dict[str, str]:
    """Every page of the real site by its address."""
    site = real_site()
    render = renderer(site).render
    return {page.url: render(page).decode() for page in all_pages(site, first_article())}


def made_up(text: str, address: str = "https://example.org/a?b=1&c=2", mentions: int = 1) -> tuple[Site, Article]:
    """A site of one article in which every free text is `text`, with `mentions` sentences that name everything."""
    paragraph = f"قال {text} إن اللقاء تم."
    article = Article(
        id="made-up",
        path="content/articles/made-up.txt",
        lang="ar",
        date=dt.date(2018, 11, 28),
        source=text,
        url=address,
        author=text,
        blocks=(
            Block("title", text),
            *(
                Block(
                    "p",
                    f"{number} {paragraph}",
                    (Inline(0, 4, "em"), Inline(2, 9, "strong"), Inline(0, 6, "a", address)),
                )
                for number in range(mentions)
            ),
            Block("li", text),
            Block("li", text),
            Block("quote", text),
            Block("h2", text),
        ),
    )
    table = sentence_table(article)
    kinds: dict[EntityId, Kind] = {
        "talks": "process", "talks-1": "round", "talks-2": "round", "side": "delegation", "someone": "official",
        "text-1": "document", "stranger": "official",
    }  # fmt: skip
    links: list[Link] = []
    for number in range(1, mentions + 1):
        sentence = table[number][0]
        for place, (id, kind) in enumerate(kinds.items()):
            start = sentence.start + place
            mention = Mention(
                article.id,
                number,
                start,
                start + 1,
                sentence.text[place : place + 1],
                kind,
                id,
                sentence,
                "rule:test",
                text,
            )
            links.append(Link(mention, id, "registry-name"))
    unknown = table[1][0]
    lost = Mention(article.id, 1, unknown.start + 9, unknown.start + 11, "xx", "official", "x", unknown, "rule:test")
    links.append(Link(lost, None, text))
    evidence = Evidence(article.id, 1, unknown.start, unknown.end, unknown.text, unknown, "rule:test")
    claims = (
        Claim(
            "leads", (("official", "someone"), ("delegation", "side"), ("round", "talks-1")), evidence, text, "someone"
        ),
        Claim(
            "held", (("round", "talks-1"), ("start", "2018-11-28"), ("place", text)), evidence, "date-from-publication"
        ),
        Claim("role", (("official", "someone"), ("title", text)), evidence, "", text),
        Claim("affiliation", (("official", "someone"), ("party", text)), evidence),
        Claim("meets", (("a", "side"), ("b", "someone"), ("round", "talks-1"), ("date", "2018-11-27")), evidence),
    )
    statements = (Statement("someone", text, evidence, True), Statement(None, text, evidence, False))
    reading = Reading(
        article.id, article.path, text, article.date, text, address, text, 9, tuple(links), claims, statements
    )
    noted = RecordFact("outcome", (("text", text),), (address, text), text)
    odd = RecordFact("odd", (("odd", text),), (f"javascript:{text}",), text)
    entities: dict[EntityId, Entity] = {}
    for id, kind in sorted(kinds.items()):
        record = Record(
            id, kind, text, text, f"content/{kind}/{id}.md", (text,), (), "talks" if kind == "round" else "",
            None if kind != "round" else int(id[-1]), (text,), "side" if kind == "official" else "", text,
            (noted, odd), text,
        )  # fmt: skip
        facts = [
            Fact(each.prop, each.fields, (each,), (), ((*each.fields[:-1], (each.fields[-1][0], text)),))
            for each in claims
        ]
        facts += [Fact(each.prop, each.fields, (), (each,)) for each in (noted, odd)]
        entities[id] = Entity(
            id, kind, text, text, None if id == "stranger" else record,
            tuple(link for link in links if link.entity == id), tuple(facts), statements, ((text, 3),),
        )  # fmt: skip
    archive = Archive(entities, (reading,), {"former": "someone"})
    config = Config(
        text, text, "https://example.org/archive", "ar", ("talks",), "editor@example.org", {"x": Place(text, "x")}
    )
    return site_of(archive, config, words(), {"side": text}), article
