"""Quotation marks, brackets and dashes inside a round's phrase: «محادثات "أستانا"», «"الجولة 16" من محادثات "أستانة"».

Apart from the grammar's other steps because signs say nothing of which round is meant, only how far its phrase goes.
"""

from __future__ import annotations

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.signs import CLOSING, QUOTE
from sijill.recognise.round_phrase import Phrase, head_at, place_at

__all__ = ["dashes", "opens_quote", "passes_quote"]

SLASH = "/"


def opens_quote(passage: Passage, phrase: Phrase) -> bool:
    """A quotation mark right before the city or the talks, or brackets or slashes round the city: محادثات «أستانا»،
    (أستانا)، «مفاوضات/أستانا/»."""
    closing = CLOSING.get(passage.word(phrase.at), SLASH if passage.word(phrase.at) == SLASH else "")
    if phrase.quoted or not closing:
        return False
    behind = phrase.at + 2
    numbered = phrase.head.kind != "process" or passage.starts("process_numbered", phrase.first)
    if numbered and (digits := digits_at(passage, behind)) is not None:
        behind = digits[1]  # «مؤتمر (جنيف -2)»
    if closing in (")", SLASH) and passage.word(behind) != closing:
        return False
    named = passage.starts_one(("city", "place"), phrase.at + 1, bare=True)
    if not named and head_at(passage, phrase.at + 1) is None:
        return False
    phrase.quoted = closing
    phrase.at += 1
    return True


def passes_quote(passage: Passage, phrase: Phrase) -> bool:
    """«"الجولة 16" من محادثات "أستانا"», «الحوار "السوري السوري" في جنيف»: a part of the phrase stands in quotation
    marks, and more of it follows."""
    if phrase.quoted or passage.word(phrase.at) != QUOTE:
        return False
    if phrase.head.kind == "congress" and passage.word(phrase.first - 1) == QUOTE:
        _placed_behind(passage, phrase)
        return False
    if phrase.first and passage.word(phrase.first - 1) == QUOTE and not phrase.cut and phrase.at == phrase.behind:
        inner = phrase.at + 1 + passage.starts("of", phrase.at + 1, bare=True)
        if not phrase.numbers or phrase.process or inner == phrase.at + 1 or head_at(passage, inner) is None:
            return False
        phrase.first, phrase.at = phrase.first - 1, phrase.at + 1
        return True
    at = phrase.at + 1
    while passage.starts("round_filler", at, bare=True):
        at += 1
    if phrase.head.kind != "talks" or at == phrase.at + 1 or passage.word(at) != QUOTE:
        return False
    phrase.at = at + 1
    return True


def _placed_behind(passage: Passage, phrase: Phrase) -> None:
    """«"مؤتمر حوار وطني" في منتجع سوتشي»: the city behind a name in quotation marks is no part of it, and tells which
    it is."""
    at = phrase.at + 1
    if not passage.starts("in", at, bare=True):
        return
    at += 1 + passage.starts("locative", at + 1, bare=True)
    if passage.starts("held_place", at):
        phrase.place, phrase.behind = place_at(passage, at), phrase.at


def dashes(passage: Passage, phrase: Phrase) -> bool:
    """«المفاوضات السورية - السورية»."""
    if not phrase.named or passage.word(phrase.at) != "-" or "party" not in passage.forms[phrase.at - 1]:
        return False
    phrase.at += 1
    return phrase.at < passage.size and "party" in passage.forms[phrase.at]
