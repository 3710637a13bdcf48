"""Letters and words: folding that keeps offsets into the text as published, and tokens.

camel-tools supplies the letter normalisation (alef, alef maksura, teh marbuta, compatibility forms), the vowel
marks and the
signs that split words; the tokens are those of its `simple_word_tokenize(split_digits=True)`, with their offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, chain, count
from operator import add, sub
from types import MappingProxyType
from typing import Any

import tomli
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from sijill.value import Value, slotted

__all__ = ["Words", "by_folded", "fold", "folded_all", "language_data", "unmarked", "words_of", "words_of_phrases"]

SHORT = 40
"""Characters up to which the table is faster than one replacement after another."""
PIECES_KEPT = 1 << 13
"""Pieces with signs that are kept with their tokens: those that texts repeat; others come and go."""
SLASHED = re.compile(r"(?:^|(?<=[\s(])|(?<=\s[وفبكل]))/(?=[^\W\d])([^/]{1,40})(?<=\w)/(?!\w)")
"""Words between slashes, as some agencies write quotation marks («مباحثات /أستانا/»); not «مايو/أيار» nor «1/2»."""
ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))


@cache
def language_data(name: str) -> dict[str, Any]:
    """The data file `sijill/arabic/data/<name>.toml`."""
    return tomli.loads(files("sijill.arabic").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def _letter(character: str) -> str:
    """One character as words are compared; itself where the compared form is not one character."""
    folded = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(normalize_unicode(character))))
    if unicodedata.category(folded[0]) == "Nd":
        folded = str(unicodedata.digit(folded))
    return folded if len(folded) == 1 else character


@cache
def _tables() -> tuple[dict[int, str], re.Pattern[str]]:
    """The folding table, one character to one, and the pattern of characters that are dropped."""
    folding = language_data("folding")
    table = {point: _letter(chr(point)) for first, last in ARABIC_BLOCKS for point in range(first, last + 1)}
    for group in ("letters", "quotes", "dashes"):
        table |= {ord(written): compared for written, compared in folding[group].items()}
    table |= {point: " " for point in (0x00A0, 0x202F, 0x2007, 0x2009)}
    marks = [chr(point) for first, last in language_data("characters")["marks"] for point in range(first, last + 1)]
    mark = "[" + re.escape("".join(marks + folding["dropped"]["characters"])) + "]"
    dropped = re.compile(f"{mark}{mark}*")  # no «+»: only from a sign that stands first Python leaps to the next
    return {point: to for point, to in table.items() if chr(point) != to}, dropped


@cache
def _usual() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    """What the usual text needs folded, and the pattern of what only the whole table folds."""
    table, _ = _tables()
    usual = language_data("folding")["usual"]["characters"]
    other = "".join(re.escape(chr(point)) for point in sorted(table) if chr(point) not in usual)
    return tuple((one, table[ord(one)]) for one in usual), re.compile(f"[{other}]")


@cache
def _tokens() -> re.Pattern[str]:
    signs = "".join(
        re.escape(chr(first)) + ("-" + re.escape(chr(last)) if last > first else "")
        for first, last in language_data("characters")["signs"]
    )
    # Plain Arabic letters first: the large class is exact but slow, and words rarely need it.
    return re.compile(rf"(?:[\u0621-\u063a\u0641-\u064a]++|[^\s\d{signs}])++|\d++|[{signs}]")


def fold(text: str) -> str:
    """`text` as words are compared: idempotent, and without vowel marks, tatweel and direction marks."""
    table, dropped = _tables()
    usual, other = _usual()
    text = dropped.sub("", text)
    if len(text) < SHORT or other.search(text):
        return text.translate(table)
    for written, compared in usual:  # many times faster than translate, and the same
        text = text.replace(written, compared)
    return text


def folded_all(forms: Iterable[str]) -> frozenset[str]:
    """Many short forms folded, in one go."""
    return frozenset(fold("\n".join(forms)).split("\n"))


def by_folded(forms: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Words as written, by what folding makes of them."""
    twins: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        twins[fold(form)].add(form)
    return MappingProxyType({folded: frozenset(written) for folded, written in twins.items()})


def unmarked(text: str) -> str:
    """`text` as written but for what folding drops: «علــى» and «عَلى» are «على», which is not «علي»."""
    return _tables()[1].sub("", text)


@slotted
class Words(Value):
    """A paragraph's tokens: folded words with offsets (code points) into the paragraph as published."""

    raw: str
    words: tuple[str, ...]
    at: tuple[int, ...]
    """Where each word starts in the folded text."""
    dropped: tuple[int, ...]
    """For each character that folding dropped, the offset in the folded text at which it stood; nearly always none."""

    def __len__(self) -> int:
        return len(self.words)

    def start(self, index: int, cut: int = 0) -> int:
        """Raw offset of word `index` after `cut` letters."""
        return self._raw(self.at[index] + cut)

    def _raw(self, at: int) -> int:
        """Raw offset of a folded character."""
        return at + bisect_right(self.dropped, at)

    def without(self, signs: frozenset[str]) -> Words:
        """The same without these signs: what they stand between is read as if nothing stood there."""
        kept = [(word, at) for word, at in zip(self.words, self.at, strict=True) if word not in signs]
        return Words(self.raw, tuple(word for word, _ in kept), tuple(at for _, at in kept), self.dropped)

    def before(self, offset: int) -> int:
        """How many words start before a raw offset."""
        return bisect_left(self.at, offset, key=self._raw) if self.dropped else bisect_left(self.at, offset)

    def end(self, index: int) -> int:
        """Raw offset behind word `index`, its closing vowel marks included."""
        at = self.at[index] + len(self.words[index])
        if not self.dropped:
            return at
        end = self._raw(at - 1) + 1
        match = _tables()[1].match(self.raw, end)
        return match.end() if match else end


def words_of(text: str) -> Words:
    """The tokens of one paragraph."""
    folded = fold(text)
    if "/" in folded:
        folded = SLASHED.sub(r'"\1"', folded)
    dropped = _dropped(text) if len(folded) != len(text) else ()
    pieces = folded.split(" ")
    places = list(map(add, accumulate(map(len, pieces), initial=0), range(len(pieces))))
    words: list[str] = []
    at: list[int] = []
    first = 0
    for number in [number for number, piece in enumerate(pieces) if not piece.isalpha()]:
        # Most pieces are plain; no sign is a letter, so the pattern would find one word in each too.
        words += pieces[first:number]
        at += places[first:number]
        for word, start in _tokens_of(pieces[number]):
            words.append(word)
            at.append(places[number] + start)
        first = number + 1
    return Words(text, (*words, *pieces[first:]), (*at, *places[first:]), dropped)


@lru_cache(maxsize=PIECES_KEPT)
def _tokens_of(piece: str) -> tuple[tuple[str, int], ...]:
    """The tokens of what stands between two spaces, with their offsets; texts repeat it («السورية،», «أن:»)."""
    return tuple([(match.group(), match.start()) for match in _tokens().finditer(piece)])


def words_of_phrases(phrases: Iterable[str]) -> list[tuple[str, ...]]:
    """The folded words of many short phrases, without offsets; they are folded in one go."""
    folded = fold("\n".join(phrase.replace("\n", " ") for phrase in phrases)).split("\n")
    return [tuple(line.split()) if line.replace(" ", "").isalpha() else words_of(line).words for line in folded]


def _dropped(text: str) -> tuple[int, ...]:
    """`dropped` of a text's words."""
    gone = chain.from_iterable(range(*match.span()) for match in _tables()[1].finditer(text))
    return tuple(map(sub, gone, count()))
