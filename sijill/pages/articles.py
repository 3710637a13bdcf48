"""Pages of articles: the whole text as published, each name in it linked, each sentence with its own address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ..anchors import paragraph_anchor, sentence_table
from ..model import EDITOR, KINDS, Article, Block, Link, Page, Reading, Sentence, Statement
from ..safe import Html, Span, escape, isolated, marked
from ..urls import ARTICLES, article_url
from .cite import Cited, citation
from .corrections import reviewed
from .dates import Dates
from .facts import found_claim
from .frame import page
from .related import related_articles
from .schema import claims_of, news_article
from .site import Site

__all__ = ["article_page"]

MOST_FOUND = 200
MOST_NOTES = 3
"""Beside one paragraph; the others stand below the text with the rest."""
DESCRIPTION = 160

_TAGS: Mapping[str, str] = {"title": "h1", "p": "p", "h2": "h2", "h3": "h3", "quote": "blockquote", "li": "li"}


def article_page(site: Site, article: Article, reading: Reading) -> Page:
    """The page of one article. `reading` is the settled one, with present ids."""
    strings = site.strings
    dates = Dates(strings)
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for link in reading.links:
        links[link.mention.paragraph].append(link)
    table = sentence_table(article)
    tags = _tags(article.blocks)
    language = article.lang if article.lang.partition("-")[0] != site.config.language.partition("-")[0] else ""
    blocks = [
        _block(site, number, block, tags[number], table[number], links.get(number, ()), "" if number else language)
        for number, block in enumerate(article.blocks)
    ]
    date = dates.published(reading)
    claims = [found_claim(site, claim, dates) for claim in reading.claims[:MOST_FOUND]]
    notes = _notes(site, reading, claims)
    view = {
        "article": article.id,
        "date": date,
        "outlet": isolated(reading.source) if reading.source else "",
        "author": reading.author,
        "source_url": reading.url,
        "language": language,
        "heading": blocks[0],
        "blocks": _grouped(article.blocks[1:], blocks[1:], notes),
        "words": strings.count("count.word", reading.words),
        "named": _named(site, reading.links),
        "claims": claims,
        "statements": [_statement(site, each) for each in reading.statements[:MOST_FOUND]],
        "reviewed": reviewed(site, reading, dates),
        "related": related_articles(site, reading, dates),
        "unnamed": any(link.entity is None and link.mention.origin != EDITOR for link in reading.links),
    }
    body = " ".join(block.text for block in article.blocks[1:3]) or article.title
    # A day that only the words give is for readers, who are told so; search engines cannot be.
    day = reading.date.isoformat() if reading.date is not None and not reading.date_why else ""
    return page(
        site,
        article_url(article.id),
        "article.html",
        view,
        title=article.title,
        description=body if len(body) <= DESCRIPTION else body[:DESCRIPTION].rpartition(" ")[0] + "…",
        section="article",
        crumbs=[(strings("nav.articles"), ARTICLES)],
        data=news_article(site, reading, day, article.lang),
        graph=claims_of(site, reading),
        citation=citation(site, Cited(article_url(article.id), article.title, reading.author, reading.source, day)),
        kind="article",
        published=day,
    )


def _tags(blocks: Sequence[Block]) -> list[str]:
    """The element of each block. No level is skipped: subheadings that stand below no heading are headings."""
    first = next((number for number, block in enumerate(blocks) if block.kind == "h2"), len(blocks))
    return ["h2" if block.kind == "h3" and number < first else _TAGS[block.kind] for number, block in enumerate(blocks)]


def _block(
    site: Site,
    number: int,
    block: Block,
    tag: str,
    sentences: Sequence[Sentence],
    links: Sequence[Link],
    language: str,
) -> Html:
    """The element of one block. What a reader selects and copies in it is the block's text, no more and no less.
    `language` is empty where it is that of what the block stands in."""
    anchors = [
        Span(
            each.start,
            each.end,
            f'<span id="{each.anchor}">',
            f'</span><a class="sl" href="#{each.anchor}" aria-label="{_sentence_label(site, number, at)}"></a>',
        )
        for at, each in enumerate(sentences, 1)
    ]
    names: list[Span] = []
    end = 0
    for link in sorted(links, key=lambda each: each.mention.start):
        if link.mention.start >= end:
            names.append(_name(site, link))
            end = link.mention.end
    styles = [
        Span(each.start, each.end, f"<{each.tag}>", f"</{each.tag}>") for each in block.inlines if each.tag != "a"
    ]
    outside = [
        Span(start, stop, f'<a class="ext" href="{escape(each.href)}" rel="nofollow noopener">', "</a>")
        for each in block.inlines
        if each.tag == "a"
        for start, stop in _between(each.start, each.end, names)
    ]
    content = marked(block.text, (anchors, [*names, *outside], styles))
    own = f' lang="{escape(language)}" dir="auto"' if language else ""
    return Html(f'<{tag} id="{paragraph_anchor(number)}"{own}>{content}</{tag}>')


def _between(start: int, end: int, names: Sequence[Span]) -> list[tuple[int, int]]:
    """A link of the source gives way where a name has a link of ours: links cannot stand within links."""
    pieces: list[tuple[int, int]] = []
    for name in names:
        if name.start < end and start < name.end:
            if start < name.start:
                pieces.append((start, name.start))
            start = max(start, name.end)
    if start < end:
        pieces.append((start, end))
    return pieces


def _sentence_label(site: Site, paragraph: int, sentence: int) -> Html:
    """What a sentence's own address is called: the same in every article."""
    key = ("sentence", paragraph, sentence)
    label = site.kept.get(key)
    if label is None:
        places = {"paragraph": site.strings.figure(paragraph), "sentence": site.strings.figure(sentence)}
        site.kept[key] = label = escape(site.strings("article.sentence_link", **places))
    return label


def _name(site: Site, link: Link) -> Span:
    mention = link.mention
    mark = ""
    if mention.origin == EDITOR:
        mark = f'<a class="sl ed" href="#reviewed" aria-label="{escape(site.strings("correction.mark"))}"></a>'
        if link.entity is None:
            return Span(mention.start, mention.end, "", mark)
    entity = site.archive.entities.get(link.entity) if link.entity is not None else None
    if entity is None:
        reason = site.strings.find(f"why.{link.why}.text") or site.strings("why.other.text")
        return Span(mention.start, mention.end, f'<span class="un" title="{escape(reason)}">', "</span>")
    return Span(mention.start, mention.end, f'<a href="{site.hrefs[entity.id]}">', f"</a>{mark}")


def _grouped(blocks: Sequence[Block], elements: Sequence[Html], notes: Mapping[int, Html]) -> list[Html]:
    """Elements of the body, each after its notes; list items that follow each other become one list."""
    out: list[Html] = []
    items: list[Html] = []
    beside: list[Html] = []
    for number, (block, each) in enumerate(zip(blocks, elements, strict=True), 1):
        if block.kind != "li" and items:
            out += [*beside, Html(f"<ul>{''.join(items)}</ul>")]
            items, beside = [], []
        if number in notes:
            (beside if block.kind == "li" else out).append(notes[number])
        (items if block.kind == "li" else out).append(each)
    return [*out, *beside, Html(f"<ul>{''.join(items)}</ul>")] if items else out


def _notes(site: Site, reading: Reading, claims: Sequence[tuple[str, ...]]) -> dict[int, Html]:
    """What was taken from a paragraph, to stand in the margin beside it on wide screens."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for claim, (label, subject, value, *_) in zip(reading.claims, claims, strict=False):
        arrow = '<span class="to"> </span>' if subject and value else ""
        found[claim.evidence.paragraph].append(f'<p><span class="k">{label}</span> {subject}{arrow}{value}</p>')
    notes: dict[int, Html] = {}
    for paragraph, rows in found.items():
        shown = list(dict.fromkeys(rows))
        more = site.strings.count("count.more_notes", len(shown) - MOST_NOTES)
        rest = f'<p><a href="#claims">{escape(more)}</a></p>' if len(shown) > MOST_NOTES else ""
        notes[paragraph] = Html(f'<div class="mn" role="note">{"".join(shown[:MOST_NOTES])}{rest}</div>')
    return notes


def _named(site: Site, links: Sequence[Link]) -> list[dict[str, object]]:
    """What the article names, by kind, most often first."""
    entities, strings = site.archive.entities, site.strings
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for id, times in Counter([link.entity for link in links if link.entity is not None]).items():
        if id in entities:
            found[entities[id].kind].append((-times, id))
    groups: list[dict[str, object]] = []
    for kind in KINDS:
        if kind in found:
            rows = [(site.link(id), strings.count("count.times", -times)) for times, id in sorted(found[kind])]
            groups.append({"label": strings(f"kind.{kind}.many"), "rows": rows})
    return groups


def _statement(site: Site, statement: Statement) -> tuple[str, str, Html]:
    """The sentence's address, the verb and the speaker."""
    name = statement.speaker_text or statement.speaker or ""
    known = statement.speaker in site.archive.entities if statement.speaker is not None else False
    words = statement.speaker_text if statement.speaker in site.parties else ""
    speaker = site.link(statement.speaker, words) if known and statement.speaker is not None else escape(name)
    return f"#{statement.verb.sentence.anchor}", statement.verb.quote, speaker
