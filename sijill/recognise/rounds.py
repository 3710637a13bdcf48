"""Rounds and processes: «الجولة الحادية عشرة من محادثات أستانا», «أستانا 11», «مسار أستانا».

The span runs from the head noun to the last word that identifies: a number, the talks, the city, «الحالي».
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.numerals import digits_at, ordinal_at
from sijill.recognise.spot import Spot

GAP = 3
"""Words that may stand inside a round's phrase without identifying anything (adjectives, «حول سورية»)."""
LOCATIVES = frozenset({"مدينه", "العاصمه", "عاصمه", "منتجع"})
PLACED = LOCATIVES | {"في"}
FRAMES = frozenset({"اطار", "الاطار"})
"""«في إطار عملية أستانا»: the frame is no part of the name; «مسار محادثات أستانا» is one."""
LINKS = frozenset(
    {
        "من",
        "في",
        "ضمن",
        "باطار",
        "اطار",
        "بصيغه",
        "صيغه",
        "ب",
        "ل",
        "الي",
        "مسار",
        "حول",
        "بشان",
        "علي",
        "الخاصه",
        "المتعلقه",
    }
)
LENGTH_AT_MOST = 24
"""No phrase of a round is longer, in words; the bound keeps parsing linear."""
NUMBERED_CITY_SCORE, UNNUMBERED_SCORE, ANAPHOR_SCORE = 0.95, 0.8, 0.7
THIS = frozenset({"هذه", "هذا"})
TALKS = "rule:talks"
"""Origin of a process named by its talks: the linker may find that the text dates them as one round."""
DATED = "rule:talks-dated"
"""Origin of such a round."""


def named(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Rounds and documents' kin that the registry knows by a name of their own («مؤتمر الحوار الوطني السوري»)."""
    for index in passage.where("round_name"):
        hit = passage.hit("round_name", index)
        if hit is not None:
            behind = hit.end
            # «السوري السوري»: a doubled last word belongs to the name.
            while behind < len(passage) and passage.word(behind) == passage.word(behind - 1):
                behind += 1
            place = next((found for at in range(index, behind) if (found := _place(passage, at))), "")
            yield Spot(paragraph, index, behind, hit.cut, "round", "rule:round-name", key=hit.value, place=place)


def numbered_city(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """The city and a number alone: «أستانا 11», «جنيف-2», «أستانا» 7."""
    for index in passage.where("city"):
        hit = passage.hit("city", index)
        if hit is None:
            continue
        at = hit.end
        quoted = passage.word(at) == '"' and index > 0 and passage.word(index - 1) == '"'
        number = digits_at(passage, at + quoted)
        if number is None or not 1 <= number[0] <= 60 or _counts_something(passage, number[1]):
            continue
        first, cut = (index - 1, 0) if quoted else (index, hit.cut)
        yield Spot(
            paragraph,
            first,
            number[1],
            cut,
            "round",
            "rule:round-city",
            process=hit.value,
            number=number[0],
            score=NUMBERED_CITY_SCORE,
        )


def _counts_something(passage: Passage, index: int) -> bool:
    """Whether the number before `index` goes on as a date, a decimal or a count: «أستانا 11 كانون الثاني»."""
    return (
        passage.starts("month", index)
        or passage.word(index) in (".", "/", ":", "%")
        and passage.word(index + 1).isdecimal()
        or (passage.word(index) == "و" and passage.word(index + 1).isdecimal())
    )


def headed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A head noun with a number, a city or a word such as «المقبلة»; or a process noun with its city."""
    heads = sorted({*passage.where("round_head"), *passage.where("process_noun")})
    behind = 0
    for index in heads:
        if index < behind or _holds_a_round(passage, index):
            continue
        phrase = _phrase(passage, index)
        if phrase is not None and (spot := _spot(passage, paragraph, phrase)) is not None:
            yield spot
            behind = spot.behind


def _holds_a_round(passage: Passage, index: int) -> bool:
    """Whether the noun only frames what follows: «إطار عملية أستانا», «مسار اجتماع أستانا الحادي عشر»."""
    head = _head(passage, index)
    if head is None or head.value != "process" or _head(passage, head.end) is None:
        return False
    if passage.word(index)[head.cut :] in FRAMES:
        return True
    inner = _phrase(passage, head.end)
    return inner is not None and inner.kind != "process" and inner.number is not None


def _head(passage: Passage, index: int) -> Hit | None:
    return passage.hit("round_head", index) or passage.hit("process_noun", index)


@dataclass(slots=True)
class _Phrase:
    """What a phrase has said up to word `at`; `behind` stands behind its last word that identifies anything."""

    first: int
    cut: int
    kind: str
    """event, talks, numbered or process, from the head noun."""
    at: int
    behind: int
    process: str = ""
    number: int | None = None
    when: str = ""
    place: str = ""
    nested: bool = False
    quoted: bool = False
    gap: int = 0

    def identifies(self, passage: Passage, at: int) -> None:
        """The words up to `at` identify; a quotation mark that closes behind them is theirs."""
        if self.quoted and passage.word(at) == '"':
            at, self.quoted = at + 1, False
        self.at = self.behind = at
        self.gap = 0


def _phrase(passage: Passage, index: int) -> _Phrase | None:
    """The longest phrase from the head noun at word `index`."""
    head = _head(passage, index)
    if head is None:
        return None
    phrase = _Phrase(index, head.cut, head.value, head.end, head.end)
    end = min(len(passage), index + LENGTH_AT_MOST)
    while phrase.at < end and phrase.gap <= GAP and any(step(passage, phrase) for step in STEPS):
        pass
    return phrase


def _takes_number(passage: Passage, phrase: _Phrase) -> bool:
    if phrase.number is not None or phrase.kind == "process" or (phrase.nested and not phrase.process):
        return False
    found = _number(passage, phrase.at)
    if found is None:
        return False
    phrase.number = found[0]
    phrase.identifies(passage, found[1])
    return True


def _takes_modifier(passage: Passage, phrase: _Phrase) -> bool:
    """«المقبلة», «الحالي»; beside a number they say nothing more."""
    if phrase.kind == "process" or phrase.number is not None:
        return False
    hit = passage.hit("round_modifier", phrase.at, bare=True)
    if hit is None:
        return False
    phrase.when = phrase.when or hit.value
    phrase.at = hit.end
    phrase.behind = phrase.behind if phrase.gap else hit.end
    return True


def _takes_city(passage: Passage, phrase: _Phrase) -> bool:
    """The city that names the process; behind «في» it is the place too."""
    city = passage.hit("city", phrase.at)
    if city is None or phrase.process or not _joins(passage, phrase.at, city.cut):
        return False
    phrase.process = city.value
    if passage.word(phrase.at - 1) in PLACED:
        phrase.place = _place(passage, phrase.at)
    phrase.identifies(passage, city.end)
    return True


def _takes_inner_head(passage: Passage, phrase: _Phrase) -> bool:
    """«الجولة الأولى من محادثات …»: inner talks identify a round where a number or «الجديدة» stands before."""
    inner = _head(passage, phrase.at)
    if inner is None or phrase.process or not _joins(passage, phrase.at, inner.cut):
        return False
    phrase.nested = True
    phrase.at = inner.end
    if phrase.number is not None or phrase.when:
        phrase.behind = inner.end
    phrase.gap = 0
    return True


def _opens_quote(passage: Passage, phrase: _Phrase) -> bool:
    """A quotation mark right before the city: محادثات «أستانا»."""
    if phrase.quoted or passage.word(phrase.at) != '"' or not passage.starts("city", phrase.at + 1):
        return False
    phrase.quoted = True
    phrase.at += 1
    return True


def _takes_place(passage: Passage, phrase: _Phrase) -> bool:
    """«الاجتماع العاشر في مدينة سوتشي»: the place of a numbered round identifies it."""
    if phrase.place or phrase.number is None or passage.word(phrase.at - 1) not in PLACED:
        return False
    hit = passage.hit("place", phrase.at, bare=True)
    if hit is None:
        return False
    phrase.place = hit.value
    phrase.identifies(passage, hit.end)
    return True


def _skips(passage: Passage, phrase: _Phrase) -> bool:
    """Words that join the parts of a phrase, and up to `GAP` that say what it is about."""
    word, forms = passage.word(phrase.at), passage.forms[phrase.at]
    joins = word in LINKS or word in LOCATIVES
    if not joins and "party" not in forms and "round_adjective" not in forms:
        return False
    phrase.at += 1
    phrase.gap += not joins
    return True


STEPS: tuple[Callable[[Passage, _Phrase], bool], ...] = (
    _takes_number,
    _takes_modifier,
    _takes_city,
    _takes_inner_head,
    _opens_quote,
    _takes_place,
    _skips,
)
"""Tried in this order at each word of a phrase."""


def _spot(passage: Passage, paragraph: int, phrase: _Phrase) -> Spot | None:
    """What a phrase refers to: a round, the process, or nothing."""
    kind, process = phrase.kind, phrase.process
    found = Spot(
        paragraph,
        phrase.first,
        phrase.behind,
        phrase.cut,
        "round",
        "rule:round-head",
        process=process,
        number=phrase.number,
        when=phrase.when,
        place=phrase.place,
    )
    if phrase.number is not None and (process or phrase.nested or kind == "event"):
        return found
    if process and (kind == "event" or (kind == "talks" and phrase.when)):
        return found._replace(when=phrase.when or "current", score=UNNUMBERED_SCORE)
    if process:
        return found._replace(kind="process", origin="rule:process" if kind == "process" else TALKS, when="")
    this = passage.word(phrase.first - 1) in THIS and passage.word(phrase.first).startswith("الجول")
    if kind == "event" and this:
        first = phrase.first - 1
        spot = found._replace(first=first, behind=first + 2, cut=0, when="current", place="")
        return spot._replace(origin="rule:round-this", form="short", score=ANAPHOR_SCORE)
    return None


def _number(passage: Passage, index: int) -> tuple[int, int] | None:
    found = ordinal_at(passage, index)
    return None if found is None or passage.starts("month", found[1]) else found


def _joins(passage: Passage, index: int, cut: int) -> bool:
    """Whether the word belongs to the phrase before it: no «و» or «ف» in front."""
    return cut == 0 or passage.word(index)[0] in "لب"


def _place(passage: Passage, index: int) -> str:
    hit = passage.hit("place", index)
    return hit.value if hit is not None else ""
