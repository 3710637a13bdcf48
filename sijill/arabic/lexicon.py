"""What words can be: phrases of the data files, found at a position of a text whatever proclitics stand before them.

A phrase is looked up by its folded words. The first word may carry proclitics (و ف ب ك ل, and ل melted with the article
into «لل»); the longest reading of a word that starts a phrase wins: «وفد» is never و + فد. A form is analysed once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import compress, repeat
from operator import contains, itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar, TypeVarTuple

from sijill.arabic.text import Words, unmarked, words_of_phrases
from sijill.value import Value, slotted

__all__ = ["LETTERS", "Hit", "Lexicon", "Passage", "once", "plain"]

_Told = TypeVar("_Told")
_Where = TypeVarTuple("_Where")
_NOTHING: Mapping[Any, Any] = {}
LETTERS = "وفبكل"
"""The proclitics of one letter."""
HASHTAG = frozenset("#_")
"""Signs that make one of several words and say nothing."""
BEYOND = 128
"""Words on either side of a paragraph at which a rule may ask what stands there: nothing does. The lists by word are
filled up by so many, and what is below zero counts from behind: to look whether a word is within takes half of the time
that asking takes. No rule looks half as far."""
_NO_WORDS, _NO_FORMS = ("",) * BEYOND, (_NOTHING,) * BEYOND
_starts, _noted = itemgetter(0), itemgetter(1)
FORMS_KEPT = 60_000
"""Analysed forms kept at most, so that memory stays flat over any number of articles."""


@slotted
class Hit(Value):
    """A phrase of the lexicon at a position: what it means, the word behind it, and the letters cut off its first
    word."""

    value: Any
    end: int
    cut: int


class _Node:
    """A place in the tree of phrases: what the words so far mean, and how they can go on."""

    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.next: dict[str, _Node] = {}

    def copy(self) -> _Node:
        """A tree of its own from here on."""
        made = _Node()
        made.values += self.values
        made.next.update((word, node.copy()) for word, node in self.next.items())
        return made


_Start: TypeAlias = "tuple[int, _Node, _Start | None]"
"""A reading of a word that starts a phrase: the letters cut off, the place in the tree, and the word's next reading
that starts one of the category; nearly always there is none."""


_Noted: TypeAlias = Sequence[tuple[str, Container[str] | None]]
"""Of the categories that are sought, those of which a word begins a phrase, each with the words by which it goes on;
None where the word is one by itself."""


class _Form(NamedTuple):
    """What a word can be: by category, the reading that starts a phrase; and what is noted of it."""

    starts: dict[str, _Start]
    noted: _Noted


_NO_FORM = _Form({}, ())
"""Of most words nothing is known: they share it."""


def readings(word: str) -> tuple[tuple[int, str], ...]:
    """The ways to cut proclitics off a folded word: (letters cut, what remains), the whole word first.

    >>> readings("وللجوله")[:2]
    ((0, 'وللجوله'), (1, 'للجوله'))
    """
    cuts = [(0, word)]
    rest, at = word, 0
    if len(rest) > 2 and rest[0] in "وف":
        rest, at = rest[1:], 1
        cuts.append((at, rest))
    if len(rest) > 4 and rest.startswith("لل"):
        cuts.append((at + 1, "ا" + rest[1:]))
        cuts.append((at + 1, "ال" + rest[1:]))  # «للاجئين» is «ل» and «اللاجئين»: of three ل two are written
    if len(rest) > 2 and rest[0] in "بكل":
        cuts.append((at + 1, rest[1:]))
    return tuple(cuts)


class Lexicon:
    """Phrases by category. Frozen after construction but for its memory of forms, which holds only derived values."""

    def __init__(
        self,
        phrases: Mapping[str, Iterable[tuple[str, Any]]],
        sought: frozenset[str] = frozenset(),
        loosely: frozenset[str] = frozenset(),
        base: Lexicon | None = None,
    ) -> None:
        """`sought`: categories whose places in a paragraph rules ask for again and again; others are looked for when
        they do. `loosely`: those of them of which the mere beginning of a phrase is such a place too. `base`: a lexicon
        whose phrases this one has too."""
        self.sought, self.loosely = sought, loosely
        self.nowhere: Mapping[str, list[int]] = {category: [] for category in sought}
        self._base: Mapping[str, dict[str, _Node]] = base._first if base is not None else {}
        self._first: defaultdict[str, dict[str, _Node]] = defaultdict(dict)
        for category, entries in phrases.items():
            entries = tuple(entries)
            for words, (_, value) in zip(words_of_phrases(phrase for phrase, _ in entries), entries, strict=True):
                if not words:  # a variant of nothing but marks
                    continue
                of_word = self._first[words[0]]
                node = of_word.get(category) or of_word.setdefault(category, self._begun(words[0], category))
                for word in words[1:]:
                    node = node.next.get(word) or node.next.setdefault(word, _Node())
                if value not in node.values:
                    node.values.append(value)
        self._forms = _Forms(self._base, self._first, sought, loosely)

    def _begun(self, word: str, category: str) -> _Node:
        """Where phrases of a category start with the word: with those of the base, which stays as it is."""
        known = self._base.get(word, _NOTHING).get(category)
        return _Node() if known is None else known.copy()

    def forms(self, words: Iterable[str]) -> list[_Form]:
        """`form` of each word."""
        return list(map(self._forms.__getitem__, words))

    def form(self, word: str) -> _Form:
        """What a word can be."""
        return self._forms[word]


class _Forms(dict[str, _Form]):
    """What words can be: a word is analysed when it is met first."""

    def __init__(
        self,
        base: Mapping[str, dict[str, _Node]],
        first: Mapping[str, dict[str, _Node]],
        sought: frozenset[str],
        loosely: frozenset[str],
    ) -> None:
        self._base, self._first, self._sought, self._loosely = base, first, sought, loosely

    def __missing__(self, word: str) -> _Form:
        if len(self) >= FORMS_KEPT:
            self.clear()
        starts: dict[str, _Start] = {}
        for cut, stem in reversed(readings(word)):
            base, first = self._base.get(stem), self._first.get(stem)
            if base is not None or first is not None:
                for category, node in {**(base or _NOTHING), **(first or _NOTHING)}.items():
                    starts[category] = (cut, node, starts.get(category))
        noted = [(category, self._follows(category, starts[category])) for category in self._sought & starts.keys()]
        form = _Form(starts, noted or ()) if starts else _NO_FORM
        self[word] = form
        return form

    def _follows(self, category: str, start: _Start) -> Container[str] | None:
        """The words by which phrases of a sought category go on; None where the word is one by itself."""
        nodes = _nodes(start)
        if category in self._loosely or any(node.values for node in nodes):
            return None
        return {word for node in nodes for word in node.next}


def _nodes(start: _Start | None) -> list[_Node]:
    nodes: list[_Node] = []
    while start is not None:
        _, node, start = start
        nodes.append(node)
    return nodes


def plain(data: Mapping[str, Sequence[str]], categories: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, None]]:
    """(category, form, None) for the forms of lists that mean no more than where they stand; `categories`: each with
    the key of its list in the data."""
    return ((category, form, None) for category, key in categories for form in data[key])


def once(work: Callable[[Passage, *_Where], _Told]) -> Callable[[Passage, *_Where], _Told]:
    """Have what is worked out at a word of a paragraph worked out once: several rules ask for it."""

    @wraps(work)
    def told(passage: Passage, *where: *_Where) -> _Told:
        answers: dict[tuple[*_Where], _Told] | None = passage.told.get(work)
        if answers is None:
            answers = passage.told[work] = {}
        if where not in answers:
            answers[where] = work(passage, *where)
        return answers[where]

    return told


class _Places(dict[str, list[int]]):
    """By category the words of a paragraph, in order, at which a phrase of it may start: those that are sought were
    noted while it was read, others are looked for when they are asked for."""

    def __init__(self, forms: Sequence[_Form], words: Sequence[str], nowhere: Mapping[str, list[int]]) -> None:
        noted: defaultdict[str, list[int]] = defaultdict(list)
        for index, here in enumerate(map(_noted, forms)):
            for category, follows in here:
                if follows is None or words[index + 1] in follows:
                    noted[category].append(index)
        super().__init__(nowhere)
        self.update(noted)
        self.noted = frozenset(noted)
        self._forms = forms

    def __missing__(self, category: str) -> list[int]:
        starts = map(_starts, self._forms)
        places = self[category] = list(compress(range(len(self._forms)), map(contains, starts, repeat(category))))
        return places


class Passage:
    """One paragraph under analysis: its words, and the phrases of a lexicon at each of them."""

    __slots__ = (*("_padded", "_phrases", "cues", "forms", "holds", "size", "text", "told", "where", "words"),)

    def __init__(self, text: Words, lexicon: Lexicon) -> None:
        self.text = text
        if "#" in text.raw or "_" in text.raw:  # «#محادثات_أستانا»
            self.text = text.without(HASHTAG)
        self.words = self.text.words
        self.size = len(self.words)
        self._padded = self.words + _NO_WORDS
        forms = lexicon.forms(self.words)
        self.forms: list[Mapping[str, _Start]] = [*map(_starts, forms), *_NO_FORMS]
        """By word, what can start there; beyond the paragraph, on both sides, nothing."""
        places = _Places(forms, self._padded, lexicon.nowhere)
        self.where: Callable[[str], list[int]] = places.__getitem__
        """The words, in order, at which a phrase of a category may start."""
        self.holds = places.noted
        """The sought categories of which a phrase may start somewhere in the paragraph."""
        self._phrases: dict[str, dict[int, Hit]] = {}
        self.cues: dict[tuple[str, ...], list[tuple[int, int, str]]] = {}
        """What `found` has answered."""
        self.told: dict[Any, Any] = {}
        """What rules have worked out of the paragraph and ask for again."""

    def __len__(self) -> int:
        return self.size

    def between(self, category: str, first: int, behind: int) -> list[int]:
        """Those of `where` among the words `first` to `behind`: to look at each word takes many times longer."""
        places = self.where(category)
        return places[bisect_left(places, first) : bisect_left(places, behind)] if places else places

    def phrases(self, category: str) -> Mapping[int, Hit]:
        """By word, in order, every phrase of `category` in the paragraph: of what several rules go through."""
        places = self.where(category)
        if not places:
            return _NOTHING
        phrases = self._phrases.get(category)
        if phrases is None:
            phrases = self._phrases[category] = {}
            for index in places:  # a comprehension would make three cells wherever this is asked
                hit = self.hit(category, index)
                if hit is not None:
                    phrases[index] = hit
        return phrases

    def found(self, categories: tuple[str, ...]) -> list[tuple[int, int, str]]:
        """(word, word behind it, category) of each phrase of these categories, in order: the first of them at a word
        that is the first of several."""
        found = self.cues.get(categories)
        if found is None:
            found = []
            for category in categories:
                for index, hit in self.phrases(category).items():
                    found.append((index, hit.end, category))
            if len(found) > 1 and len(categories) > 1:  # at one word the first category stays
                found = sorted({hit[0]: hit for hit in reversed(found)}.values())
            self.cues[categories] = found
        return found

    def any(self, category: str, first: int, behind: int) -> bool:
        """Whether a phrase of `category` stands at one of the words `first` to `behind`."""
        near = self.between(category, first, behind)
        return bool(near) and any(map(self.starts, repeat(category), near))

    def hit(self, category: str, index: int, bare: bool = False) -> Hit | None:
        """The longest phrase of `category` at word `index`, with its first meaning; `bare` allows no proclitic."""
        forms = self.forms[index]
        if category not in forms:
            return None
        cut, node, other = forms[category]
        behind = index + 1
        if self._padded[behind] in node.next:
            node, behind = self._longest(node, behind)
        best = Hit(node.values[0], behind, cut) if node.values and not (bare and cut) else None
        while other is not None:
            cut, node, other = other
            node, behind = self._longest(node, index + 1)
            if node.values and not (bare and cut) and (best is None or behind > best.end):
                best = Hit(node.values[0], behind, cut)
        return best

    def hits(self, category: str, index: int) -> list[Hit]:
        """Every phrase of `category` at word `index`: the longest of each reading of the word, in all its meanings."""
        found: list[Hit] = []
        start = self.forms[index].get(category)
        while start is not None:
            cut, node, start = start
            end = index + 1
            if self._padded[end] in node.next:
                node, end = self._longest(node, end)
            for value in node.values:
                found.append(Hit(value, end, cut))
        return found

    def _longest(self, node: _Node, at: int) -> tuple[_Node, int]:
        """The last node with a meaning on the way that the words from `at` on take, and the word behind its phrase; the
        node itself where none has."""
        longest, words = (node, at), self._padded
        while words[at] in node.next:
            node, at = node.next[words[at]], at + 1
            if node.values:
                longest = node, at
        return longest

    def starts(self, category: str, index: int, bare: bool = False) -> bool:
        """Whether a phrase of `category` stands at word `index`."""
        forms = self.forms[index]
        if category not in forms:
            return False
        cut, node, _ = forms[category]
        if node.values and not (bare and cut):  # the word alone is one
            return True
        return self.hit(category, index, bare) is not None

    def hit_of(self, categories: tuple[str, ...], index: int) -> Hit | None:
        """`hit` of the first of these categories that has one at word `index`."""
        forms = self.forms[index]
        for category in categories if forms else ():
            if category in forms and (hit := self.hit(category, index)) is not None:
                return hit
        return None

    def starts_one(self, categories: Iterable[str], index: int, bare: bool = False) -> bool:
        """Whether a phrase of one of these categories stands at word `index`."""
        forms = self.forms[index]
        if forms:
            for category in categories:
                if category in forms and self.starts(category, index, bare):
                    return True
        return False

    def word(self, index: int) -> str:
        """The folded word at `index`; empty outside the paragraph."""
        return self._padded[index]

    def is_written(self, index: int, cut: int, forms: Mapping[str, frozenset[str]]) -> bool:
        """Whether the word at `index`, less `cut` letters, is one of these as written. `forms`: by the folded word."""
        twins = forms.get(self.words[index][cut:])
        return twins is not None and self.written(index)[cut:] in twins

    def written(self, index: int) -> str:
        """The word at `index` as published, but for vowel marks: for twins that only folding makes alike."""
        start, end = self.span(index, index + 1)
        return unmarked(self.text.raw[start:end])

    def span(self, first: int, end: int, cut: int = 0) -> tuple[int, int]:
        """Offsets in the text as published of words `first` to `end` (not included), less the first one's `cut`."""
        text = self.text
        if not text.dropped:  # nearly always: what folding dropped nothing of has the offsets of its words
            return text.at[first] + cut, text.at[end - 1] + len(text.words[end - 1])
        return text.start(first, cut), text.end(end - 1)
