"""What every page may ask of the whole archive, worked out once: names, links, rounds in order, sentences by entity.

Separate from the pages so that making one page costs no more than what it shows.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urlsplit

from ..cards import Card
from ..config import Config
from ..model import Archive, Entity, EntityId, Fact, Mention, Reading, Sentence, made
from ..safe import Html, escape, ltr
from ..strings import Strings, Style
from ..urls import article_url, url_of

__all__ = ["Quote", "Site", "held", "root_of", "round_number", "site_of", "sort_key", "styled"]

RARE = 30
"""Articles that may name an entity for it to tell which of them belong together."""


class Quote(NamedTuple):
    """A sentence that names an entity, and where in it."""

    article: str
    sentence: Sentence
    mentions: Sequence[Mention]

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Where the mentions stand: offsets into the sentence's own text."""
        start = self.sentence.start
        return [(mention.start - start, mention.end - start) for mention in self.mentions]


@dataclass(frozen=True, slots=True)
class Site:
    """The archive with what is needed to show it."""

    archive: Archive
    config: Config
    strings: Strings
    parties: Mapping[str, str]
    root: str
    """The path under which the site stands: empty, or `/archive`."""
    readings: Mapping[str, Reading]
    rounds: Mapping[EntityId, tuple[Entity, ...]]
    """Of each process, oldest first."""
    order: Mapping[EntityId, int]
    """The place of each round in all of them."""
    quotes: Mapping[EntityId, tuple[Quote, ...]]
    """Of each entity, newest article first."""
    together: Mapping[tuple[str, str], tuple[EntityId, ...]]
    """By article and anchor, the entities that a sentence names, each once."""
    links: Mapping[EntityId, Html]
    """The name of each entity, linked to its page."""
    hrefs: Mapping[EntityId, Html]
    """The address of each entity's page, escaped for `href`."""
    addresses: Mapping[EntityId, str]
    """The whole address of each entity's page."""
    articles: Mapping[EntityId, int]
    """How many articles name the entity."""
    rare: Mapping[EntityId, tuple[str, ...]]
    """The articles that name an entity, newest first, where they are so few that this makes them belong together."""
    cards: Mapping[str, Card]
    """By the address of a page, the picture by which it is shared; empty where nothing draws."""
    newest: str
    """The day of the newest article, ISO; empty where none has a day."""
    kept: dict[object, Html] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What pages have worked out and ask for again. It holds only derived values."""

    def href(self, url: str) -> str:
        """A site-relative address as it stands in `href`."""
        return f"{self.root}{url}"

    def absolute(self, url: str) -> str:
        return f"{self.config.base_url}{url}"

    def name(self, id: str) -> str:
        """What a page calls an entity or a party."""
        entity = self.archive.entities.get(id)
        if entity is not None:
            return entity.name
        return self.parties.get(id, id)

    def shown(self, id: str) -> Html:
        """The name, as markup: an id for which there is no name is set from left to right."""
        name = self.name(id)
        return ltr(name) if name == id else escape(name)

    def link(self, id: str, text: str = "") -> Html:
        """The name, linked where the archive has a page for it."""
        found = self.links.get(id)
        if found is not None and not text:
            return found
        words = escape(text) if text else self.shown(id)
        return words if found is None else Html(f'<a href="{self.hrefs[id]}">{words}</a>')

    def place(self, slug: str) -> Html:
        """A city's name. Cities are asked for by themselves: a process may have the same slug as its city."""
        place = self.config.places.get(slug)
        return escape(place.name) if place is not None else ltr(slug)

    def party(self, slug: str) -> Html:
        """A party's own name, linked to its delegation's page where there is one."""
        return self.link(slug, self.parties.get(slug, ""))

    def source(self, id: str) -> Html:
        """Whoever said something: a ministry speaks for its state, not for the state's delegation."""
        return self.party(id) if id in self.parties else self.link(id)

    def sentence_href(self, article: str, anchor: str) -> str:
        return f"{self.root}{article_url(article)}#{anchor}"

    def process_of(self, round: Entity) -> Entity | None:
        """The process of a round; of one without a record, by its id."""
        id = round.record.process if round.record is not None else round.id.rpartition("-")[0]
        return self.archive.entities.get(id)


def site_of(archive: Archive, config: Config, strings: Strings, parties: Mapping[str, str]) -> Site:
    """The site of an archive."""
    quotes: dict[EntityId, tuple[Quote, ...]] = {}
    articles: dict[EntityId, int] = {}
    rare: dict[EntityId, tuple[str, ...]] = {}
    together: defaultdict[tuple[str, str], list[EntityId]] = defaultdict(list)
    for entity in archive.entities.values():
        found: list[Quote] = []
        of: dict[tuple[str, str], list[Mention]] = {}
        last: Sentence | None = None
        mentions: list[Mention] = []
        for link in entity.links:
            mention = link.mention
            sentence = mention.sentence
            if sentence is not last:  # mentions of one sentence stand together, and share it
                last, key = sentence, (mention.article, sentence.anchor)
                if key not in of:
                    of[key] = []
                    found.append(made(Quote, (mention.article, sentence, of[key])))
                    together[key].append(entity.id)
                mentions = of[key]
            mentions.append(mention)
        quotes[entity.id] = tuple(found)
        named_by = dict.fromkeys([quote.article for quote in found])
        articles[entity.id] = len(named_by)
        if 1 < len(named_by) <= RARE:
            rare[entity.id] = tuple(named_by)
    rounds: defaultdict[EntityId, list[Entity]] = defaultdict(list)
    for entity in archive.of("round"):
        process = entity.record.process if entity.record is not None else entity.id.rpartition("-")[0]
        rounds[process].append(entity)
    root = root_of(config)
    hrefs = {entity.id: escape(f"{root}{url_of(entity.kind, entity.id)}") for entity in archive.entities.values()}
    ordered = {process: tuple(sorted(found, key=_by_time)) for process, found in sorted(rounds.items())}
    return Site(
        archive=archive,
        config=config,
        strings=styled(strings, config),
        parties=parties,
        root=root,
        readings={reading.article: reading for reading in archive.readings},
        rounds=ordered,
        order={each.id: at for at, each in enumerate(each for found in ordered.values() for each in found)},
        quotes=quotes,
        together={key: tuple(ids) for key, ids in together.items()},
        links={id: Html(f'<a href="{href}">{escape(archive.entities[id].name)}</a>') for id, href in hrefs.items()},
        hrefs=hrefs,
        addresses={
            entity.id: f"{config.base_url}{url_of(entity.kind, entity.id)}" for entity in archive.entities.values()
        },
        articles=articles,
        rare=rare,
        cards={},
        newest=max((each.date.isoformat() for each in archive.readings if each.date is not None), default=""),
    )


def styled(strings: Strings, config: Config) -> Strings:
    """The words with numbers and days as the site is set to write them."""
    return replace(strings, style=Style(config.digits, config.months, config.hijri))


def root_of(config: Config) -> str:
    """The path under which the site stands."""
    return urlsplit(config.base_url).path.rstrip("/")


def held(round: Entity, *names: str) -> Fact | None:
    """The best fact of when (`start`) or where (`place`) a round was held."""
    return next(
        (
            fact
            for fact in round.facts
            if fact.prop == "held" and fact.get("round") == round.id and all(fact.get(name) for name in names)
        ),
        None,
    )


def round_number(round: Entity) -> int | None:
    if round.record is not None:
        return round.record.number
    last = round.id.rpartition("-")[2]
    return int(last) if last.isdigit() else None


def _by_time(round: Entity) -> tuple[int, str, str]:
    when = held(round, "start")
    return round_number(round) or 10**6, (when.get("start") or "") if when is not None else "", round.id


def sort_key(strings: Strings, name: str) -> str:
    """How names are ordered: without the article, without vowel marks, and with all forms of one letter as one."""
    article = strings("sort.article")
    same = {ord(pair[0]): pair[1] for pair in strings("sort.same").split()}
    # The article is taken off as written: «ألكسندر» begins with a letter of its own.
    bare = " ".join(word.removeprefix(article) if len(word) > len(article) + 2 else word for word in name.split())
    return "".join(letter for letter in bare.translate(same) if not unicodedata.combining(letter))
