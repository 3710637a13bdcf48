"""What the words around a round's phrase say against it, or add to it: counts, other bodies, other talks, a topic.

Apart from the grammar because it looks out of the phrase, and from the rule because it never says what a phrase is.
"""

from __future__ import annotations

from sijill.arabic.lexicon import Passage
from sijill.arabic.signs import COMMAS
from sijill.arabic.written import written_at
from sijill.recognise.round_grammar import phrase_at
from sijill.recognise.round_numbers import numbers_at
from sijill.recognise.round_phrase import Phrase, head_at
from sijill.recognise.round_sides import sides_end
from sijill.recognise.subjects import OWN

__all__ = [
    "between_others",
    "holds_a_round",
    "is_counted",
    "of_another_body",
    "of_talks",
    "stands_alone",
    "with_somebody",
]

AND = "و"
THIRD = 3
"""A meeting that names no process is a round only from this number on: a first or second is anybody's."""
BODY_WITHIN = 8
"""Words before «جولتها» among which the body stands whose round it is."""
COUNTED_WITHIN = 40
"""Words between a numbered meeting and the one that is counted on from it."""
BETWEEN_WITHIN = 8
"""Words behind «بين» among which a side of ours would stand."""
PARTY_AT_MOST = 12
"""No name of a party is longer, in words."""
HELD = ("round", "meeting", "congress")
"""Kinds of nouns that talks are held in or at."""


def is_counted(passage: Passage, index: int) -> bool:
    """«إحدى عشرة جولة», «16 اجتماعاً», «18 جولة واجتماع»: several of them; not «جنيف 1 ومؤتمر جنيف 2»."""
    head = head_at(passage, index)
    if head is None or not head[2]:
        return _is_counted(passage, index)
    before = head_at(passage, index - 1) if passage.word(index).startswith(AND) else None
    return before is not None and not before[2] and _is_counted(passage, index - 1)


def _is_counted(passage: Passage, index: int) -> bool:
    if passage.word(index - 1).isdecimal():
        return True
    near = passage.between("cardinal", index - 3, index)
    return bool(near) and any((hit := passage.hit("cardinal", at)) is not None and hit.end == index for at in near)


def of_another_body(passage: Passage, phrase: Phrase) -> bool:
    """«الجولة السادسة لاجتماعات اللجنة الدستورية», «عقدت اللجنة الدستورية جولتها السادسة»: a body's own rounds."""
    if passage.starts("other_body", phrase.behind):
        return True
    committee = passage.hit("committee", phrase.behind)
    if committee is not None and committee.cut:  # «الجلسة السادسة لفريق العمل»; «أقر المؤتمر لجنة» founds one
        return True
    if not phrase.head.own:
        return False
    for index in range(phrase.first - 1, max(-1, phrase.first - BODY_WITHIN), -1):
        if passage.starts("city", index) or passage.starts("round_head", index):
            return False
        if passage.starts("other_body", index):
            return True
    return False


def with_somebody(passage: Passage, phrase: Phrase) -> bool:
    """«الاجتماع الذي عقد في أستانا، مع الرئيس فلان»: somebody's meeting in the city, not one of the talks."""
    at = phrase.behind + (passage.word(phrase.behind) in COMMAS)
    if phrase.head.kind != "meeting" or phrase.numbers or not passage.starts("meets.with", at, bare=True):
        return False
    return passage.starts("title_head", at + 1) or passage.starts("counterpart", at + 1)


def between_others(passage: Passage, phrase: Phrase) -> bool:
    """«رابع جولة من المحادثات بين الرؤساء الثلاثة», «الجولة الثانية من المفاوضات بين إيران والقوى»: talks of those who
    hold an office, or of states among which is none of the sides."""
    at = phrase.behind
    if phrase.place or not passage.starts("sides.between", at, bare=True) or sides_end(passage, at):
        return False
    if passage.starts("title_head", at + 1, bare=True):
        return True
    party = passage.hit("party", at + 1, bare=True)
    return party is not None and party.value.kind == "state" and not passage.any(OWN, at + 1, at + BETWEEN_WITHIN)


def holds_a_round(passage: Passage, index: int) -> bool:
    """Whether the noun only frames what follows («إطار عملية أستانا», «جلسة الجولة»), or is part of a body's name
    («الهيئة العليا للمفاوضات»)."""
    if _in_a_name(passage, index):
        return True
    head = head_at(passage, index)
    held = None if head is None else head_at(passage, head[1])
    if head is None:
        return False
    if held is None:  # «المحادثات في اجتماع "أستانا 18"»
        held = head_at(passage, head[1] + 1) if passage.starts("in", head[1], bare=True) else None
        return head[0].kind == "talks" and held is not None and held[0].kind in HELD and not held[0].own
    if head[0].kind == "session" and not head[0].several:  # «الجلسة الأولى للجولة الثامنة»
        return held[0].kind in ("round", "congress")
    if head[0].kind != "process":
        return False
    if passage.starts("process_frame", index):
        return True
    inner = phrase_at(passage, head[1])
    return inner is not None and inner.head.kind != "process" and bool(inner.numbers)


def _in_a_name(passage: Passage, index: int) -> bool:
    for at in passage.between("party", index - PARTY_AT_MOST, index):
        party = passage.hit("party", at)
        if party is not None and party.end > index:
            return True
    sent = passage.starts("delegation_head", index - 1 - (passage.word(index - 1) == '"'))  # «وفد "مؤتمر الرياض"»
    party = passage.hit("party", index) if sent else None
    return party is not None and party.end > index + 1


def stands_alone(passage: Passage, phrase: Phrase) -> bool:
    """Whether a number alone may make the noun a round of the article's process: «الجولة الثامنة», no other body's."""
    return (
        (phrase.head.definite or phrase.head.kind == "round" and phrase.numbers[0].value >= THIRD)
        and of_talks(passage, phrase)
        and (
            phrase.head.kind == "round"
            or phrase.head.kind != "talks"
            and (phrase.numbers[0].value >= THIRD and phrase.head.kind != "congress" or _counts_on(passage, phrase))
        )
    )


def _counts_on(passage: Passage, phrase: Phrase) -> bool:
    """«اجتماع أستانا الأول … والاجتماع الثاني»: the process was named with a number shortly before."""
    near = passage.between("city", phrase.first - COUNTED_WITHIN, phrase.first)
    cities = (passage.hit("city", index) for index in near)
    return any(city is not None and numbers_at(passage, city.end) for city in cities)


def of_talks(passage: Passage, phrase: Phrase) -> bool:
    """Whether what follows leaves the round to the talks: no «من الانتخابات», «للجنة», «بين الرئيسين», «مع نظيره»."""
    at = phrase.behind
    word = passage.word(at)
    if phrase.nested:
        return not passage.starts("between", at, bare=True) or phrase.head.definite or sides_end(passage, at) > 0
    numbered = phrase.numbers and phrase.head.kind == "round"
    if not phrase.head.definite and not numbered:
        return False
    if passage.starts("between", at, bare=True) and not (numbered and phrase.head.definite):
        return False
    if not phrase.head.definite and passage.starts("in", at, bare=True) and written_at(passage, at + 1) is None:
        return False  # «خاض جولة رابعة في الانتخابات»
    if passage.starts("of", at, bare=True):
        return False
    if passage.starts("round_peace", at, bare=True) and passage.starts("in", at + 1, bare=True):
        return passage.starts(OWN, at + 2)  # «الاجتماع الدولي الحادي عشر للسلام في سوريا»
    return not (word.startswith("لل") or len(word) > 4 and word.startswith("ل") and passage.starts("party", at))
