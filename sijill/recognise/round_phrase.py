"""A round's phrase while its words are read: what they have said so far, and small questions about single words.

The grammar that reads them is in `round_grammar`; what the phrase refers to is told later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sijill.arabic.lexicon import Hit, Passage, once
from sijill.arabic.text import by_folded, language_data
from sijill.recognise.round_numbers import Number
from sijill.recognise.round_words import Head

__all__ = ["Phrase", "again_at", "head_at", "joins", "place_at"]


@dataclass(slots=True)
class Phrase:
    """What a phrase has said up to word `at`; `behind` stands behind its last word that identifies anything."""

    first: int
    cut: int
    head: Head
    at: int
    behind: int
    process: str = ""
    numbers: list[Number] = field(default_factory=list)
    when: str = ""
    place: str = ""
    nested: bool = False
    """Talks stand inside («الجولة … من المحادثات»)."""
    within: bool = False
    """The city stands behind «في»: it is a place first, and the process only perhaps."""
    clause: bool = False
    quoted: str = ""
    """The sign that closes what a quotation mark or bracket before the city or the talks has opened."""
    gap: int = 0
    named: bool = False
    """The word before is the talks or an adjective of theirs: «المفاوضات غير المباشرة»."""
    sided: bool = False
    """It names between whom the talks are, and they are the sides of a process."""
    foreign: bool = False
    """The talks are those of other states: «المحادثات الروسية الأمريكية»."""

    def identifies(self, passage: Passage, at: int) -> None:
        """The words up to `at` identify; a quotation mark that closes behind them is theirs."""
        if self.quoted and passage.word(at) == self.quoted:
            at, self.quoted = at + 1, ""
        self.at = self.behind = at
        self.gap = 0
        self.named = False


@once
def head_at(passage: Passage, index: int) -> tuple[Head, int, int] | None:
    """The head noun at word `index`: (head, word behind it, letters cut)."""
    hit = passage.hit("round_head", index)
    if hit is None or passage.is_written(index, hit.cut, _not_nouns()):
        return None
    return hit.value, hit.end, hit.cut


@cache
def _not_nouns() -> Mapping[str, frozenset[str]]:
    """Words as written that folding makes like a head noun."""
    return by_folded(language_data("rounds")["process"]["not_nouns_exact"])


def joins(passage: Passage, index: int, cut: int) -> bool:
    """Whether the word belongs to the phrase before it: no «و» or «ف» in front."""
    return cut == 0 or passage.word(index)[0] in "لب"


def place_at(passage: Passage, index: int) -> str:
    """The slug of the city at word `index`; empty if there is none."""
    hit = passage.hit("place", index)
    return "" if hit is None else str(hit.value)


def again_at(passage: Passage, index: int, city: Hit) -> Hit:
    """The city at word `index` as far as the words name it: «العاصمة الكازاخستانية أستانا»; «أستانة عاصمة كازاخستان» is
    told by its first word."""
    again = passage.hit("city", city.end, bare=True) or passage.hit("host", city.end, bare=True)
    short = again is not None and again.value == city.value and again.end - city.end <= city.end - index
    return again if again is not None and short else city
