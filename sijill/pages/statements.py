"""All statements, newest first: pages that need no script, and the data from which a script filters them.

Separate from the pages of speakers because it shows those too whom the archive gives no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from ..model import Page, Reading, Statement
from ..safe import Html, Span, data_script, escape, marked
from ..strings import PLURALS
from ..urls import STATEMENTS, article_url, fixed_url
from .dates import Dates, plain_dates
from .frame import page
from .officials import party_of
from .plan import Plan
from .quotes import pager, source_line
from .site import Site

__all__ = ["Said", "all_said", "statements_index", "statements_page", "statements_pages", "statements_plans"]

PER_PAGE = 50
PER_SHARD = 250
"""Statements whose words are fetched together by the script."""
INDEX = f"{STATEMENTS}index.json"
FOR_SCRIPT = ("every", "nobody", "unknown", "more", "sentence")
FILTERS = ("speaker", "party", "round", "source")


class Said(NamedTuple):
    """A statement and the article that reports it."""

    reading: Reading
    statement: Statement


def all_said(site: Site) -> tuple[Said, ...]:
    """Newest article first, and within it in the order of the text."""
    return tuple(Said(reading, each) for reading in site.archive.readings for each in reading.statements)


def statements_pages(said: tuple[Said, ...]) -> int:
    """How many pages the statements fill."""
    return max(1, -(-len(said) // PER_PAGE))


def statements_page(site: Site, said: tuple[Said, ...], number: int) -> Page:
    """One page of the statements, grouped by article."""
    strings = site.strings
    dates = Dates(strings)
    lot = said[(number - 1) * PER_PAGE : number * PER_PAGE]
    groups = [
        {
            "href": site.href(article_url(reading.article)),
            "title": reading.title,
            "source": source_line(site, reading.article, dates),
            "rows": [_row(site, each) for each in members],
        }
        for reading, members in groupby(lot, key=lambda each: each.reading)
    ]
    title = strings("statements.title")
    addresses = [fixed_url(STATEMENTS, each) for each in range(1, statements_pages(said) + 1)]
    return page(
        site,
        fixed_url(STATEMENTS, number),
        "statements.html",
        {
            "heading": title,
            "lede": strings("statements.lede"),
            "count": strings.count("count.statement", len(said)),
            "groups": groups,
            "pager": pager(site, addresses, number),
            "filters": [(name, strings(f"statements.by.{name}")) for name in FILTERS],
            "index_href": site.href(INDEX),
            "file_href": site.href("/data/statements.jsonl"),
        },
        title=title if number == 1 else strings("listing.page_title", title=title, page=strings.figure(number)),
        description=strings("statements.lede"),
        section="statement",
        crumbs=[(title, STATEMENTS)] if number > 1 else [],
    )


def statements_index(site: Site, said: tuple[Said, ...]) -> Page:
    """Who spoke in which article, and what is known of both; numbers are places in the lists beside them."""
    speakers, parties, rounds, sources = _Places(), _Places(), _Places(), _Places()
    articles: list[list[object]] = []
    rows: list[tuple[int, int]] = []
    for reading, members in groupby(said, key=lambda each: each.reading):
        named = dict.fromkeys(link.entity for link in reading.links if link.mention.kind == "round" and link.entity)
        day = reading.date.isoformat() if reading.date is not None else ""
        articles.append(
            [
                site.href(article_url(reading.article)),
                reading.title,
                day,
                plain_dates(site.strings, day) if day else site.strings("source.undated"),
                sources.of(reading.source),
                [rounds.of(id) for id in named],
            ]
        )
        rows += [(len(articles) - 1, speakers.of(each.statement.speaker or "")) for each in members]
    people = [[id, site.name(id) if id else "", _href(site, id), parties.of(_party(site, id))] for id in speakers]
    return _data(
        INDEX,
        {
            "speaker": people,
            "party": [[id, site.parties.get(id, site.name(id)) if id else ""] for id in parties],
            "round": [[id, site.name(id)] for id in rounds],
            "source": [[name, name] for name in sources],
            "articles": articles,
            "rows": rows,
            "size": PER_SHARD,
            "words": _words(site),
        },
    )


def statements_plans(site: Site) -> Iterator[Plan]:
    """The pages, the index, and the words of the statements, some in each file."""
    said = all_said(site)
    yield Plan(INDEX, partial(statements_index, site, said))
    for first in range(0, len(said), PER_SHARD):
        number = first // PER_SHARD
        yield Plan(_shard_url(number), partial(_shard, said[first : first + PER_SHARD], number))
    for number in range(1, statements_pages(said) + 1):
        yield Plan(fixed_url(STATEMENTS, number), partial(statements_page, site, said, number))


def _shard_url(number: int) -> str:
    return f"{STATEMENTS}{number}.json"


def _shard(lot: tuple[Said, ...], number: int) -> Page:
    rows = []
    for _, each in lot:
        sentence = each.verb.sentence
        rows.append([sentence.anchor, each.speaker_text, each.verb.quote, sentence.text])
    return _data(_shard_url(number), rows)


def _data(url: str, value: dict[str, object] | list[list[str]]) -> Page:
    return Page(url, "data.json", {"body": data_script(value)})


class _Places:
    """Values in the order in which they are first asked for, each with its place."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def of(self, value: str) -> int:
        return self._at.setdefault(value, len(self._at))

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)


def _row(site: Site, said: Said) -> dict[str, object]:
    """The speaker, the verb and the whole sentence with the verb marked."""
    reading, statement = said
    verb = statement.verb
    sentence = verb.sentence
    mark = Span(verb.start - sentence.start, verb.end - sentence.start, "<mark>", "</mark>")
    return {
        "speaker": _speaker(site, statement),
        "quote": marked(sentence.text, ([mark],)),
        "href": site.sentence_href(reading.article, sentence.anchor),
    }


def _speaker(site: Site, statement: Statement) -> Html:
    """As the registry names the speaker; one whom nothing names is said to be unknown."""
    id = statement.speaker
    if id and (id in site.archive.entities or id in site.parties):
        return site.source(id)
    return escape(statement.speaker_text or site.strings("statements.nobody"))


def _href(site: Site, id: str) -> str:
    return str(site.hrefs.get(id, ""))


def _party(site: Site, id: str) -> str:
    """Whom the speaker belongs to: an official's party, and delegations and states themselves."""
    entity = site.archive.entities.get(id)
    if entity is not None and entity.kind == "official":
        return party_of(entity)
    return id if id in site.parties or entity is not None and entity.kind == "delegation" else ""


def _words(site: Site) -> dict[str, object]:
    """The words that the script prints, and the digits that it prints them with."""
    strings = site.strings
    words: dict[str, object] = {key: strings(f"statements.{key}") for key in FOR_SCRIPT}
    words["count"] = {form: strings(f"count.statement.{form}") for form in PLURALS}
    words["publisher"] = strings("source.unknown")
    words["digits"] = "".join(strings.figure(digit) for digit in range(10))
    return words
