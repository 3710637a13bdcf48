"""The grammar of a round's phrase: from a head noun to the last word that identifies, step by step.

It says what the words hold (a number, the process, «المقبلة», a place), not yet what they refer to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.parties import ARTICLE
from sijill.arabic.written import written_at
from sijill.recognise.round_numbers import Number, numbers_at
from sijill.recognise.round_words import Head

GAP = 3
"""Words that may stand inside a round's phrase without identifying anything (adjectives, «حول سورية»)."""
LENGTH_AT_MOST = 24
"""No phrase of a round is longer, in words; the bound keeps parsing linear."""
CLAUSE_AT_MOST = 10
"""Words of a clause that ends in the city («المقرر تنظيمها في 23 يناير في أستانا»)."""


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
    quoted: bool = False
    gap: int = 0

    def identifies(self, passage: Passage, at: int) -> None:
        """The words up to `at` identify; a quotation mark that closes behind them is theirs."""
        if self.quoted and passage.word(at) == '"':
            at, self.quoted = at + 1, False
        self.at = self.behind = at
        self.gap = 0


def head_at(passage: Passage, index: int) -> tuple[Head, int, int] | None:
    """The head noun at word `index`: (head, word behind it, letters cut)."""
    hit = passage.hit("round_head", index)
    return None if hit is None else (hit.value, hit.end, hit.cut)


def phrase_at(passage: Passage, index: int) -> Phrase | None:
    """The longest phrase from the head noun at word `index`."""
    found = head_at(passage, index)
    if found is None:
        return None
    head, at, cut = found
    phrase = Phrase(index, cut, head, at, at)
    _before(passage, phrase)
    end = min(len(passage), index + LENGTH_AT_MOST)
    while phrase.at < end and phrase.gap <= GAP and any(step(passage, phrase) for step in STEPS):
        pass
    return phrase


def _before(passage: Passage, phrase: Phrase) -> None:
    """«ثالث جولات …», «آخر جولة من …», «هذه الجولة»: what stands before the noun."""
    index = phrase.first - 1
    if index < 0 or phrase.cut:
        return
    ordinal = passage.hit("ordinal", index)
    last = passage.hit("round_modifier_before", index)
    if phrase.head.kind == "round" and phrase.head.definite and passage.starts("this", index):
        phrase.first, phrase.cut, phrase.when = index, _cut(passage, "this", index), "this"
    elif phrase.head.kind == "round" and last is not None and not phrase.head.definite:
        phrase.first, phrase.cut, phrase.when = index, last.cut, last.value
    elif ordinal is not None and _counts_rounds(passage, phrase, index, ordinal):
        phrase.first, phrase.cut = index, ordinal.cut
        if ordinal.value > 1 or phrase.head.several:
            phrase.numbers.append(Number(ordinal.value, index, phrase.at, ordinal.cut))
        else:
            phrase.when = "new"  # «أول جولة منذ شهرين»: the first for long


def _counts_rounds(passage: Passage, phrase: Phrase, index: int, ordinal: Hit) -> bool:
    """«ثالث جولات أستانا»."""
    indefinite = not phrase.head.definite and not passage.word(index)[ordinal.cut :].startswith(ARTICLE)
    return indefinite and phrase.head.kind == "round"


def _cut(passage: Passage, category: str, index: int) -> int:
    hit = passage.hit(category, index)
    return 0 if hit is None else hit.cut


def _takes_numbers(passage: Passage, phrase: Phrase) -> bool:
    if phrase.head.kind == "process" or (phrase.nested and not phrase.process):
        return False
    # «الجولة الثانية من مفاوضات جنيف (2)»: the number of the round of talks says more than that of its session.
    own = bool(phrase.numbers)
    if own and not (phrase.nested and phrase.process and phrase.at == phrase.behind):
        return False
    bracketed = passage.word(phrase.at) == "("
    numbers = numbers_at(passage, phrase.at + bracketed)
    if not numbers or bracketed and (passage.word(numbers[-1].behind) != ")" or not phrase.process):
        return False
    phrase.numbers = [numbers[-1]._replace(first=phrase.first, cut=phrase.cut)] if own else numbers
    phrase.identifies(passage, numbers[-1].behind + bracketed)
    return True


def _takes_modifier(passage: Passage, phrase: Phrase) -> bool:
    """«المقبلة», «الحالي»; beside a number they say nothing more."""
    if phrase.head.kind == "process" or phrase.numbers:
        return False
    hit = passage.hit("round_modifier", phrase.at, bare=True)
    if hit is None:
        return False
    phrase.when = phrase.when or hit.value
    phrase.at = hit.end
    phrase.behind = phrase.behind if phrase.gap else hit.end
    return True


def _takes_city(passage: Passage, phrase: Phrase) -> bool:
    """The city that names the process; behind «في» it is the place too."""
    city = passage.hit("city", phrase.at) or passage.hit("host", phrase.at)
    if city is None or phrase.process or not joins(passage, phrase.at, city.cut):
        return False
    name = passage.hit("name", phrase.at)
    if name is not None and name.end > city.end:
        return False
    placed = _is_placed(passage, phrase.at)
    phrase.process, phrase.within = city.value, placed or passage.word(phrase.at).startswith("ب")
    if phrase.within:
        phrase.place = place_at(passage, phrase.at)
    phrase.identifies(passage, city.end)
    return True


def _takes_clause(passage: Passage, phrase: Phrase) -> bool:
    """«المقرر تنظيمها في 23 يناير في عاصمة كازاخستان», «التي تجري في جنيف»: a clause of holding up to the city."""
    if phrase.process or phrase.numbers or phrase.head.kind in ("process", "numbered"):
        return False
    comma = phrase.at + (passage.word(phrase.at) in ("،", ","))
    at = comma + passage.starts("relative", comma, bare=True)
    verb = passage.hit("event_verb", at, bare=True)
    # «المنعقدة في جنيف» describes the talks; a finite verb does so only behind «التي».
    if verb is None or at == comma and not passage.word(at).startswith(ARTICLE):
        return False
    at, end = verb.end, min(len(passage), phrase.at + CLAUSE_AT_MOST)
    while at < end:
        city = passage.hit("city", at)
        if city is not None and (city.cut == 0 or passage.word(at)[0] == "ب"):
            phrase.process, phrase.within, phrase.clause = city.value, True, True
            phrase.place = place_at(passage, at)
            phrase.identifies(passage, city.end + (passage.word(at - 1) == passage.word(city.end) == '"'))
            return True
        if phrase.head.kind == "congress" and (place := place_at(passage, at)):
            phrase.place = place  # a congress bears the name of its city; the clause is no part of its own
            return False
        written = written_at(passage, at)
        if written is not None:
            at = written.end
        elif passage.word(at) == '"' or any(name in passage.forms[at] for name in IN_CLAUSE):
            at += 1
        else:
            return False
    return False


IN_CLAUSE = (
    "in",
    "locative",
    "weekday",
    "relative_day",
    "event_verb",
    "next",
    "date.before",
    "event_distance",
    "event_distance_units",
)
"""Words that may stand between a verb of holding and the city."""


def _takes_inner_head(passage: Passage, phrase: Phrase) -> bool:
    """«الجولة الأولى من محادثات …»: inner talks identify a round where a number or «الجديدة» stands before."""
    inner = head_at(passage, phrase.at)
    if inner is None or phrase.process or not joins(passage, phrase.at, inner[2]):
        return False
    phrase.nested = phrase.nested or inner[0].kind in ("talks", "process")
    phrase.at = inner[1]
    if phrase.numbers or phrase.when:
        phrase.behind = inner[1]
    phrase.gap = 0
    return True


def _opens_quote(passage: Passage, phrase: Phrase) -> bool:
    """A quotation mark right before the city or the talks: محادثات «أستانا»."""
    if phrase.quoted or passage.word(phrase.at) != '"':
        return False
    named = any(passage.starts(category, phrase.at + 1, bare=True) for category in ("city", "place"))
    if not named and head_at(passage, phrase.at + 1) is None:
        return False
    phrase.quoted = True
    phrase.at += 1
    return True


def _takes_place(passage: Passage, phrase: Phrase) -> bool:
    """«الاجتماع العاشر في مدينة سوتشي»: the place identifies a numbered round, and a congress that bears its name."""
    named = phrase.numbers or phrase.head.kind == "congress" or phrase.when and phrase.nested
    if phrase.place or phrase.process or not named:
        return False
    hit = passage.hit("place", phrase.at)
    if hit is None or not joins(passage, phrase.at, hit.cut):
        return False
    if not (_is_placed(passage, phrase.at) or hit.cut or phrase.head.kind == "congress" and not phrase.numbers):
        return False
    phrase.place = hit.value
    phrase.identifies(passage, hit.end)
    return True


def _is_placed(passage: Passage, index: int) -> bool:
    """Whether «في», «مدينة» or the like stands before word `index`, quotation marks aside."""
    before = index - 1 - (passage.word(index - 1) == '"')
    return passage.starts("in", before) or passage.starts("locative", before)


def _skips(passage: Passage, phrase: Phrase) -> bool:
    """Words that join the parts of a phrase, and up to `GAP` that say what it is about."""
    for category in ("round_link", "locative"):
        hit = passage.hit(category, phrase.at)
        if hit is not None and joins(passage, phrase.at, hit.cut):
            phrase.at = hit.end
            return True
    filler = passage.hit("round_filler", phrase.at)
    if filler is not None and joins(passage, phrase.at, filler.cut):
        phrase.at = filler.end
        if phrase.head.kind == "congress":
            phrase.behind = filler.end
    elif "party" in passage.forms[phrase.at] and not passage.word(phrase.at).startswith("و"):
        phrase.at += 1
    else:
        return False
    phrase.gap += 1
    return True


STEPS: tuple[Callable[[Passage, Phrase], bool], ...] = (
    _takes_numbers,
    _takes_city,
    _takes_clause,
    _takes_modifier,
    _takes_inner_head,
    _opens_quote,
    _takes_place,
    _skips,
)
"""Tried in this order at each word of a phrase."""


def joins(passage: Passage, index: int, cut: int) -> bool:
    """Whether the word belongs to the phrase before it: no «و» or «ف» in front."""
    return cut == 0 or passage.word(index)[0] in "لب"


def place_at(passage: Passage, index: int) -> str:
    """The slug of the city at word `index`; empty if there is none."""
    hit = passage.hit("place", index)
    return "" if hit is None else str(hit.value)
