"""What stands before the noun of a round and belongs to its phrase: «ثالث جولات …», «آخر جولة من …», «هذه الجولة»."""

from __future__ import annotations

from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.parties import ARTICLE
from sijill.recognise.round_numbers import Number
from sijill.recognise.round_phrase import Phrase

__all__ = ["takes_before"]


def takes_before(passage: Passage, phrase: Phrase) -> None:
    """«ثالث جولات …», «آخر جولة من …», «هذه الجولة»: what stands before the noun."""
    index = phrase.first - 1
    if index < 0 or phrase.cut:
        return
    ordinal = passage.hit("ordinal", index)
    last = passage.hit("round_modifier_before", index)
    this = phrase.head.kind in ("round", "congress") and phrase.head.definite and passage.starts("this", index)
    if this and not passage.starts("ordinal", phrase.at, bare=True):  # «هذه الجولة التاسعة» is told by its number
        phrase.first, phrase.cut, phrase.when = index, _cut(passage, "this", index), "this"
    elif phrase.head.kind in ("round", "meeting") and last is not None and not phrase.head.definite:
        phrase.first, phrase.cut, phrase.when = index, last.cut, last.value
    elif ordinal is not None and _counts_rounds(passage, phrase, index, ordinal):
        phrase.first, phrase.cut = index, ordinal.cut
        if ordinal.value > 1 or phrase.head.several:
            phrase.numbers.append(Number(ordinal.value, index, phrase.at, ordinal.cut))
        else:
            phrase.when = "new"  # «أول جولة منذ شهرين»: the first for long


def _counts_rounds(passage: Passage, phrase: Phrase, index: int, ordinal: Hit) -> bool:
    """«ثالث جولات أستانا», «خامس اجتماع في أستانا»; «أول اجتماع» may be the first of anything."""
    indefinite = not phrase.head.definite and not passage.word(index)[ordinal.cut :].startswith(ARTICLE)
    if phrase.head.kind == "meeting" and ordinal.value > 1:  # somebody's, where he stands right behind it
        return indefinite and (passage.starts("in", phrase.at, bare=True) or passage.starts("city", phrase.at))
    return indefinite and phrase.head.kind == "round"


def _cut(passage: Passage, category: str, index: int) -> int:
    hit = passage.hit(category, index)
    return 0 if hit is None else hit.cut
