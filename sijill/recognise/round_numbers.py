"""The numbers of rounds in a text: «الحادية عشرة», «الـ11», «التاسعة والعاشرة», and what only looks like one."""

from __future__ import annotations

from typing import NamedTuple

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at, ordinal_at
from sijill.arabic.parties import ARTICLE

__all__ = ["Number", "numbers_at", "slipped"]

PRONOUN = "ها"
COMMA = "،"
MONTHS = ("month", "hijri_month")
UNCOUNTED = ("party", "relative_day", "place", "city", "event_verb")
"""What is not counted, though it may end like what is: «جنيف 3 تبدأ»."""
FEW, SOUND_PLURAL = (3, 10), "ين"
"""So many are counted in the plural: «7 ممثلين»."""
TWO = 2
"""Up to it Arabic counts without the number: «جنيف اثنين» names."""


class Number(NamedTuple):
    """A number in a phrase, with its words."""

    value: int
    first: int
    behind: int
    cut: int


def numbers_at(passage: Passage, index: int) -> list[Number]:
    """The numbers at word `index`: «الحادية عشرة», «الـ11», «التاسعة والعاشرة», «10 و11»; none that dates or counts."""
    found = ordinal_at(passage, index) or _named_at(passage, index)
    if found is None:
        return []
    numbers = [Number(found[0], index, found[1], 0)]
    while (more := _next_number(passage, numbers[-1].behind)) is not None and more.value >= numbers[-1].value - 1:
        numbers.append(more)
    while numbers and (_counts_something(passage, numbers[-1].behind) or _is_dated(passage, numbers[-1].behind)):
        # «أستانا 11، 28 تشرين الثاني»: behind a comma begins something else; «28 و29 تشرين» is one date.
        last = numbers.pop()
        if passage.word(last.first - 1) != COMMA:
            return []
    return numbers


def _named_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A number that names, right behind the city: «جنيف واحد», «أستانا ثلاثة»; not «أستانا ثلاثة أيام», where a noun
    follows, or «في أستانا ثلاثة»."""
    hit = passage.hit("number_name", index, bare=True)
    city = passage.starts_one(("city", "held_place"), index - 1)
    if hit is None or not city or passage.starts("in", index - 2):
        return None
    word = passage.word(hit.end)
    none = not word.isalpha() or word.startswith(("و", ARTICLE)) and not passage.starts("counted", hit.end, bare=True)
    named = none or passage.starts("behind_name", hit.end) or passage.starts("event_verb", hit.end)
    named = named or hit.value <= TWO and not passage.starts("of", hit.end, bare=True)
    return (hit.value, hit.end) if named else None


def slipped(passage: Passage, index: int) -> bool:
    """Whether a comma stands at `index` that belongs behind the number which it is glued to: «جنيف ،2 في …»."""
    if passage.word(index) != COMMA or not passage.word(index + 1).isdecimal():
        return False
    start, end = passage.span(index, index + 1)
    return passage.text.raw[start - 1 : start].isspace() and passage.text.raw[end : end + 1].isdecimal()


def _next_number(passage: Passage, index: int) -> Number | None:
    """A further number joined by «و» or a comma."""
    word = passage.word(index)
    if word in ("و", "وال", COMMA):
        found = ordinal_at(passage, index + 1) if word != "وال" else digits_at(passage, index + 1)
        return None if found is None else Number(found[0], index + 1, found[1], 0)
    hit = passage.hit("ordinal", index)
    if hit is not None and hit.cut == 1 and word.startswith("و"):
        return Number(hit.value, index, hit.end, 1)
    return None


def _is_dated(passage: Passage, index: int) -> bool:
    """Whether a month follows, or «من» and a month or «الشهر الجاري»: the number is a day's."""
    at = index + passage.starts("of", index, bare=True)
    return passage.starts_one(MONTHS, at) or at > index and passage.starts("this_month", at, bare=True)


def _counts_something(passage: Passage, index: int) -> bool:
    """Whether the digits before `index` go on as a date, a decimal or a count: «أستانا 11 كانون الثاني», «14 قتيلاً»."""
    word = passage.word(index)
    if not passage.word(index - 1).isdecimal():
        return False
    if word in (".", ",", "/", ":", "-") and passage.word(index + 1).isdecimal() or word == "%":
        return True
    if passage.starts_one(MONTHS, index) or passage.starts("counted", index):
        return True
    if passage.starts("this_month", index) and not passage.starts("this", index):  # «يعقد جنيف 2 هذا الشهر»
        return True
    few = FEW[0] <= int(passage.word(index - 1)) <= FEW[1]
    if few and len(word) > len(SOUND_PLURAL) + 2 and word.endswith(SOUND_PLURAL) and word[0] not in "وفلب":
        return not passage.starts("uncounted", index, bare=True)  # «يصل إلى أستانا 7 ممثلين»
    # An accusative behind a number is what is counted; a country's name may end so too.
    accusative = len(word) > 3 and word.endswith("ا") and not word.endswith(PRONOUN)
    accusative = accusative and word[0] not in "وفلب" and not word.startswith(ARTICLE)
    accusative = accusative and not passage.starts_one(("uncounted", "speech.participles"), index, bare=True)
    return accusative and not any(name in passage.forms[index] for name in UNCOUNTED)
