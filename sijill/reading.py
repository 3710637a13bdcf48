"""One article from its words to its reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, lru_cache
from hashlib import blake2b
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

from sijill.anchors import sentence_table
from sijill.arabic.delegations import of_one
from sijill.arabic.lexicon import Lexicon, Passage
from sijill.arabic.names import NAMES_KEPT
from sijill.arabic.text import folded_all, language_data, words_of
from sijill.claims import attributed, claims_of, scenes_of, statements_of
from sijill.confidence import confidence
from sijill.gazetteer import Gazetteer, gazetteer_of
from sijill.issues import quoted, warning
from sijill.link import Directory, Linked, link, outermost
from sijill.model import Article, Issue, Link, Mention, Reading, Registry, Sentence, made
from sijill.publication import disagreement, publication
from sijill.recognise import spots_of
from sijill.recognise.second import Labeller, people
from sijill.recognise.vocabulary import lexicon_of, surname

__all__ = ["Reader"]

LANGUAGE = "ar"
"""What the rules can read. A text that its file says to be in another language is counted and shown, not read."""
PACKAGES = ("sijill", "sijill.arabic", "sijill.arabic.data", "sijill.recognise", "sijill.claims")
_start = attrgetter("start")


class _Knowledge(NamedTuple):
    """What the language data and the registry say, as reading asks for it."""

    lexicon: Lexicon
    directory: Directory
    surname: Callable[[tuple[str, ...]], tuple[str, ...]]
    """What `surname` says of a full name; articles repeat names."""


class Reader:
    """Reads articles by the language data and one registry. Getting ready is what costs; reading keeps no state."""

    def __init__(self, registry: Registry, second: Labeller | None = None, least: float = 0.0) -> None:
        self.gazetteer = gazetteer_of(registry)
        self._second = second
        self._least = least
        self.version = _version(self.gazetteer, second, least)
        """Readers of one version read an article alike."""

    @cached_property
    def _knowledge(self) -> _Knowledge:
        names = language_data("names")
        given, binds = folded_all(names["given"]), folded_all(names["binds_next"])
        of_names = lru_cache(NAMES_KEPT)(lambda parts: surname(parts, given, binds))
        return _Knowledge(lexicon_of(self.gazetteer.phrases), Directory(self.gazetteer), of_names)

    def get_ready(self) -> None:
        """Do now what the first reading would do: for a process whose workers come and go, and would each do it."""
        _ = self._knowledge

    def read(self, article: Article, everything: bool = False) -> Reading:
        """The article's links, claims and statements, each with its words. What is less sure than the reader was told
        is held back with all that rests on it, unless `everything` is wanted."""
        lexicon, directory, of_names = self._knowledge
        paragraphs = [words_of(block.text) for block in article.blocks]
        passages = tuple([Passage(one, lexicon) for one in paragraphs])
        words = sum([passage.size for passage in passages])
        sentences = sentence_table(article)
        if article.lang.partition("-")[0] != LANGUAGE:
            passages = sentences = ()
        named = people(passages, sentences, self._second) if self._second is not None else ()
        spots = spots_of(passages, of_names, named)
        published = publication(passages, spots, directory.calendar, article.date)
        linked = link(spots, passages, directory, published)
        if self._least and not everything:
            linked = tuple(one for one in linked if confidence(one.spot.score, one.entity, one.why) >= self._least)
        scenes = scenes_of(article.id, passages, sentences, outermost(linked), published, directory.calendar)
        statements = statements_of(scenes)
        claims = attributed(claims_of(scenes, statements), statements, scenes)
        return Reading(
            article.id,
            article.path,
            article.title,
            published.day,
            article.source,
            article.url,
            article.author,
            words=words,
            links=tuple([_link(article, passages, sentences, one) for one in linked]),
            claims=claims,
            statements=statements,
            issues=_issues(article, passages),
            date_why=published.why,
            former=article.former,
        )


def _issues(article: Article, passages: tuple[Passage, ...]) -> tuple[Issue, ...]:
    """A warning where the text speaks of another day of publication than the front matter."""
    other = None if article.date is None else disagreement(passages, article.date)
    if article.date is None or other is None:
        return ()
    words, day = other
    meaning = "" if day is None else f", which is {day.isoformat()}"
    return (
        warning(
            article.path,
            1,
            f"date {article.date.isoformat()} disagrees with the text: {quoted(words)}{meaning}",
            "correct the date, or leave it if the source printed the text on a later day",
        ),
    )


def _link(
    article: Article, passages: tuple[Passage, ...], sentences: tuple[tuple[Sentence, ...], ...], one: Linked
) -> Link:
    spot = one.spot
    passage = passages[spot.paragraph]
    start, end = passage.span(spot.first, spot.behind, spot.cut)
    row = sentences[spot.paragraph]
    mention = (
        article.id,
        spot.paragraph,
        start,
        end,
        passage.text.raw[start:end],
        spot.kind,
        spot.key or str(spot.number or spot.when or spot.process),
        row[bisect_right(row, start, key=_start) - 1],
        spot.origin,
        _role(passage, one),
        spot.form,
        confidence(spot.score, one.entity, one.why),
    )
    return made(Link, (made(Mention, mention), one.entity, one.why))


def _role(passage: Passage, one: Linked) -> str:
    """The title's words, or «رئيس» and the delegation that «برئاسة» puts under the person."""
    spot = one.spot
    if spot.form == "nominal":
        return ""
    if spot.title is not None and spot.title.head:
        start, end = passage.span(spot.title.start, spot.title.end, spot.title.cut)
        return passage.text.raw[start:end]
    if spot.heads is not None:
        start, end = passage.span(*spot.heads)
        return f"رئيس {of_one(passage.text.raw[start:end])}"
    return ""


def _version(gazetteer: Gazetteer, second: Labeller | None, least: float) -> str:
    """What tells readings apart but for the article: a digest of code, language data and gazetteer, then the second
    recogniser and the least confidence."""
    digest = blake2b(digest_size=16)
    for package in PACKAGES:
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    digest.update(repr(gazetteer.told()).encode())
    return f"{digest.hexdigest()}{second.version if second is not None else ''}{least or ''}"
