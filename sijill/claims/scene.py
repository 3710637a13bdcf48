"""One sentence with all that was linked in it: what the rules of claims look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.speech import says
from sijill.calendar import Publication
from sijill.link import Linked
from sijill.model import Claim, EntityId, Evidence, Fields, Kind, Prop, Sentence, made
from sijill.recognise.spot import Spot
from sijill.value import Value, slotted

__all__ = [
    "OFFICIAL",
    "OF_DELEGATION",
    "PARTICIPANT",
    "PARTICIPANTS",
    "ROUND",
    "Rule",
    "Scene",
    "been",
    "clause_between",
    "end_of",
    "joined",
    "scene_of",
    "speaker_before",
    "speaker_behind",
    "start_of",
]

PARTICIPANTS: tuple[Kind, ...] = ("delegation", "official")

NEAR_LINKS = 40
"""Links looked at in one direction: whatever stands behind more has nothing to do with a word. Keeps rules linear."""


@slotted
class Scene(Value):
    """Words `first` to `behind` of a paragraph, the links in them in the order of the text, and the sentence they
    are."""

    article: str
    passage: Passage
    sentence: Sentence
    first: int
    behind: int
    links: tuple[Linked, ...]
    spans: Sequence[range]
    """The words of each link, the title before it included."""
    covered: frozenset[int]
    """Every word of any link, titles included."""
    named: Mapping[Kind, Sequence[Linked]]
    """Those links of each kind that have an entity."""
    firsts: Sequence[int]
    """The first word of each link, its title not counted."""
    behinds: Sequence[int]
    """The word behind each link."""
    main: EntityId | None
    """The round that the article is about: the only one it names, or the one it names more often than all others
    together."""
    published: Publication
    speakers: tuple[tuple[int, Linked], ...] = ()
    """Who says something in it, by the word of the verb, also where only a pronoun stands for him."""

    def of(self, *kinds: Kind) -> Sequence[Linked]:
        """The links of these kinds that have an entity."""
        return self.named.get(kinds[0], ()) if len(kinds) == 1 else self._of_any(kinds)

    def _of_any(self, kinds: tuple[Kind, ...]) -> Sequence[Linked]:
        return [one for one in self.links if one.spot.kind in kinds and one.entity is not None]

    def words(self, *categories: str) -> list[tuple[int, int, str]]:
        """(word, word behind it, category) for each phrase of these categories that starts in the sentence."""
        found = self.passage.cues.get(categories)
        if found is None:
            found = self.passage.found(categories)
        if not found:
            return found
        first, behind = self.first, self.behind
        if found[-1][0] < first or found[0][0] >= behind:
            return []
        return found[bisect_left(found, (first,)) : bisect_left(found, (behind,))]

    def has(self, category: str, first: int, behind: int) -> bool:
        """Whether a phrase of the category stands in words `first` to `behind`."""
        return self.passage.any(category, first, behind)

    def says(self, index: int) -> bool:
        """Whether a verb of saying stands here."""
        return says(self.passage, index)

    def word(self, index: int) -> str:
        """The folded word at `index`; empty outside the sentence."""
        return self.passage.words[index] if self.first <= index < self.behind else ""

    def at(self, index: int) -> Linked | None:
        """The link that covers word `index`, its title included."""
        if index not in self.covered:
            return None
        near = bisect_right(self.firsts, index) - 1
        # A title may hold a delegation and where it is sent, which are links of their own: the person comes behind.
        near = max(near, 0)
        for place, words in enumerate(self.spans[near : near + 4], near):
            if index in words:
                return self.links[place]
        return None

    def next(self, index: int, *kinds: Kind) -> Linked | None:
        """The first link of these kinds that starts, with its title, at word `index` or behind."""
        first = bisect_left(self.firsts, index)
        for place in range(first, min(len(self.links), first + NEAR_LINKS)):
            one = self.links[place]
            if one.spot.kind in kinds and one.entity is not None and self.spans[place].start >= index:
                return self._whose_title(place, index, kinds) or one
        return None

    def _whose_title(self, place: int, index: int, kinds: tuple[Kind, ...]) -> Linked | None:
        """Whoever has the link at `place` in the title before his name («رئيس وفد س، فلان»); None if nobody has."""
        one = self.links[place]
        for other in self.links[place + 1 : place + 3] if one.spot.kind in PARTICIPANTS else ():
            title = other.spot.title
            if title is not None and other.spot.kind in kinds and index <= title.start <= one.spot.first < title.end:
                return other if other.entity is not None and title.end <= other.spot.first else None
        return None

    def last(self, index: int, *kinds: Kind) -> Linked | None:
        """The last link of these kinds that ends before word `index`."""
        end = bisect_right(self.behinds, index)
        for place in range(end - 1, max(0, end - NEAR_LINKS) - 1, -1):
            one = self.links[place]
            if one.spot.kind in kinds and one.entity is not None and not self._is_in_office(place):
                return one
        return None

    def _is_in_office(self, place: int) -> bool:
        """Whether a person is named within the office behind another's name: «س، مبعوث الرئيس ص إلى المنطقة»."""
        title = self.links[place - 1].spot.title if place else None
        spot = self.links[place].spot
        return title is not None and spot.kind == "official" and title.start <= spot.first < title.end

    def ending(self, index: int) -> tuple[Linked, ...]:
        """The few links that end last before word `index`, in the order of the text."""
        end = bisect_right(self.behinds, index)
        return self.links[max(0, end - 3) : end]

    def evidence(self, first: int, behind: int, origin: str) -> Evidence:
        """The words `first` to `behind` as evidence."""
        start, end = self.passage.span(first, behind)
        text = self.passage.text.raw
        sentence = self.sentence
        words = text[start:end]
        return made(Evidence, (self.article, sentence.paragraph, start, end, words, sentence, origin))

    def claim(self, prop: Prop, fields: Fields, first: int, behind: int, why: str = "") -> Claim:
        """A claim that rests on the words `first` to `behind`."""
        return Claim(prop, fields, self.evidence(first, behind, f"rule:{prop}"), why)


class Rule(NamedTuple):
    """A way in which a sentence claims something, and without what it does not."""

    claims: Callable[[Scene], Iterator[Claim]]
    needs: frozenset[str]
    """Links of these kinds in the sentence; the article's main round is one, and either of two kinds a participant."""
    cues: tuple[str, ...] = ()
    """A phrase of one of these categories in the paragraph, if any are told."""


OFFICIAL, PARTICIPANT, ROUND = frozenset({"official"}), frozenset({"participant"}), frozenset({"round"})
OF_DELEGATION = frozenset({"official", "delegation"})
"""What rules need."""


def scene_of(
    article: str,
    passage: Passage,
    sentence: Sentence,
    first: int,
    behind: int,
    links: tuple[Linked, ...],
    main: EntityId | None,
    published: Publication,
) -> Scene:
    """The scene of words `first` to `behind` with these links."""
    if not links:
        return Scene(article, passage, sentence, first, behind, (), (), frozenset(), {}, (), (), main, published)
    spans, firsts, behinds = [], [], []
    named: dict[Kind, list[Linked]] = {}
    for one in links:
        spot = one.spot
        firsts.append(spot.first)
        behinds.append(spot.behind)
        spans.append(range(start_of(spot), spot.behind))
        if one.entity is not None:
            named.setdefault(spot.kind, []).append(one)
    covered = frozenset(chain.from_iterable(spans))
    told = (article, passage, sentence, first, behind, links, spans, covered, named, firsts, behinds, main)
    return Scene(*told, published)


def start_of(spot: Spot) -> int:
    """The first word of a mention with the title before it; «والأمريكي» before another's name is none of his words."""
    title = spot.title
    if title is None or title.end > spot.first or not title.head and title.end < spot.first:
        return spot.first
    return title.start


def end_of(one: Linked) -> int:
    """The word behind a mention, the title behind a name included."""
    title = one.spot.title
    return max(one.spot.behind, title.end) if title is not None and title.start >= one.spot.behind else one.spot.behind


def been(scene: Scene, verb: int) -> Linked | None:
    """«كان س، الذي …، قد التقى»: whoever stands right behind «كان» at the sentence's start."""
    for at in (scene.first, scene.first + 1):
        if scene.passage.starts("meets.been", at):
            one = scene.next(at + 1, *PARTICIPANTS)
            return one if one is not None and start_of(one.spot) == at + 1 and one.spot.behind <= verb else None
    return None


def speaker_before(scene: Scene, index: int) -> Linked | None:
    """Whoever spoke last before word `index` of the sentence."""
    return next((one for at, one in reversed(scene.speakers) if at < index), None)


def speaker_behind(scene: Scene, index: int) -> Linked | None:
    """Whoever speaks first from word `index` on."""
    return next((one for at, one in scene.speakers if at >= index), None)


def joined(scene: Scene, people: Sequence[Linked]) -> Iterator[list[Linked]]:
    """Runs of people of whom each follows the one before with «و»."""
    group: list[Linked] = []
    for one in people:
        start = start_of(one.spot)
        if group and (start != group[-1].spot.behind or not scene.passage.word(start).startswith("و")):
            yield group
            group = []
        group.append(one)
    yield group


def clause_between(scene: Scene, first: int, behind: int, at_most: int) -> bool:
    """Whether no more than `at_most` words, and no end of a clause, stand between."""
    return 0 <= behind - first <= at_most and not any(
        scene.passage.word(index) in ("؛", ":", "؟", "!") for index in range(first, behind)
    )
