"""The grammar of a round's phrase: from a head noun to the last word that identifies, step by step.

It says what the words hold (a number, the process, «المقبلة», a place), not yet what they refer to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.parties import ARTICLE
from sijill.arabic.signs import CLOSING, COMMAS, QUOTE
from sijill.arabic.written import written_at
from sijill.recognise.round_before import takes_before
from sijill.recognise.round_clause import is_timed, takes_clause
from sijill.recognise.round_numbers import numbers_at, slipped
from sijill.recognise.round_phrase import Phrase, again_at, head_at, joins, place_at
from sijill.recognise.round_sides import sides_end
from sijill.recognise.round_signs import dashes, opens_quote, passes_quote
from sijill.recognise.round_words import Head
from sijill.recognise.subjects import OWN

__all__ = ["phrase_at"]

Step = Callable[[Passage, Phrase], bool]
FRAMED = ("round", "congress")
"""Kinds of nouns that talks right before them only frame."""
GAP = 3
"""Words that may stand inside a round's phrase without identifying anything (adjectives, «حول سورية»)."""
LENGTH_AT_MOST = 24
"""No phrase of a round is longer, in words; the bound keeps parsing linear."""
STEPS_KEPT = 1 << 10
"""Ways in which words differ by what they can be, of which the steps are kept."""


def phrase_at(passage: Passage, index: int) -> Phrase | None:
    """The longest phrase from the head noun at word `index`."""
    found = head_at(passage, index)
    if found is None:
        return None
    head, at, cut = found
    phrase = Phrase(index, cut, head, at, at, named=head.kind == "talks")
    takes_before(passage, phrase)
    end = min(passage.size, index + LENGTH_AT_MOST)
    while phrase.at < end and phrase.gap <= GAP:
        for step in _steps(passage, phrase.at):
            if step(passage, phrase):
                break
        else:  # none fits
            break
    return phrase


def _steps(passage: Passage, at: int) -> Iterable[Step]:
    """The steps that a word may allow, in their order: those whose categories it has; most words have none."""
    return _steps_of(tuple(passage.forms[at])) if passage.words[at].isalpha() else SIGN_STEPS


@lru_cache(maxsize=STEPS_KEPT)
def _steps_of(categories: tuple[str, ...]) -> tuple[Step, ...]:
    return tuple(step for category, step in STEPS if category in categories)


def _takes_numbers(passage: Passage, phrase: Phrase) -> bool:
    if phrase.head.kind == "process":
        return False
    # «جولة المفاوضات الخامسة»: right behind the talks the number is the round's.
    if phrase.nested and not phrase.process and not (phrase.named and phrase.head.kind == "round"):
        return False
    # «الجولة الثانية من مفاوضات جنيف (2)»: the number of the round of talks says more than that of its session.
    own = bool(phrase.numbers)
    if own and not (phrase.process and phrase.at == phrase.behind):  # «الجولة الثانية من جنيف 2» likewise
        return False
    if passage.starts("in", phrase.at - 1, bare=True):
        return False  # «لقاء أستانا في 10 الشهر المقبل»: a day
    if slipped(passage, phrase.at) and phrase.process:
        phrase.at += 1
    closing = "" if phrase.quoted else CLOSING.get(passage.word(phrase.at), "")  # «أستانا (8)», «أستانا "8"»
    bracketed = bool(closing)
    numbers = numbers_at(passage, phrase.at + bracketed)
    if (
        not numbers
        or bracketed
        and (passage.word(numbers[-1].behind) != closing or not phrase.process and phrase.head.kind != "round")
    ):
        return False
    if phrase.when and numbers[0].value == 1:
        return False  # «يعد الاجتماع المرتقب الأول بين الطرفين»: the first of its sort
    phrase.numbers = [numbers[-1]._replace(first=phrase.first, cut=phrase.cut)] if own else numbers
    phrase.identifies(passage, numbers[-1].behind + bracketed)
    return True


def _takes_modifier(passage: Passage, phrase: Phrase) -> bool:
    """«المقبلة», «الحالي»; beside a number they say nothing more."""
    hit = passage.hit("round_modifier", phrase.at, bare=True)
    if hit is None or phrase.head.kind == "process":
        return False
    talks = phrase.head.kind == "talks" and phrase.process and not phrase.within
    if talks and not passage.word(phrase.at).startswith(ARTICLE):
        return False  # «محادثات جنيف ماضية» says it of them
    verb = passage.hit("event_verb", phrase.at, bare=True)
    if verb is not None and verb.end > hit.end:  # «مؤتمر الحوار الوطني المرتقب عقده في سوتشي»: a clause of its own
        phrase.gap = GAP + 1
        return False
    if phrase.numbers:  # «الجولة السابعة عشرة السابقة من محادثات …»
        phrase.at = hit.end
        return True
    phrase.when = phrase.when or hit.value
    if phrase.process and is_timed(passage, hit.end):  # «اجتماع أستانا المرتقب خلال الشهر الجاري»: a clause of its own
        phrase.gap = GAP + 1
        return False
    phrase.at = hit.end
    phrase.behind = phrase.behind if phrase.gap else hit.end
    return True


def _takes_city(passage: Passage, phrase: Phrase) -> bool:
    """The city that names the process; behind «في» it is the place too."""
    city = passage.hit("city", phrase.at) or passage.hit("host", phrase.at)
    if city is None or phrase.process or not joins(passage, phrase.at, city.cut) or _is_of_another(phrase):
        return False
    name = passage.hit("name", phrase.at)
    if name is not None and name.end > city.end:
        return False
    placed = _is_placed(passage, phrase.at)
    if phrase.when == "this" and not (phrase.nested or passage.starts("of", phrase.at - 1, bare=True)):
        # «انطلقت هذه الجولة في العاصمة الكازاخية»: where it began tells which it is and stays outside its words
        phrase.process, phrase.gap = city.value if placed else "", GAP + 1
        return False
    city = again_at(passage, phrase.at, city)
    phrase.process, phrase.within = city.value, placed or passage.word(phrase.at).startswith("ب")
    if phrase.within:
        phrase.place = place_at(passage, phrase.at)
    phrase.identifies(passage, city.end)
    return True


def _is_of_another(phrase: Phrase) -> bool:
    """«الجلسة العامة لاجتماع أستانا 4»: a session without a number is a part of the meeting, not the meeting. Nothing
    further is its own."""
    if phrase.head.kind != "session" or phrase.numbers:
        return False
    phrase.foreign, phrase.gap = True, GAP + 1
    return True


def _takes_inner_head(passage: Passage, phrase: Phrase) -> bool:
    """«الجولة الأولى من محادثات …»: inner talks identify a round where a number or «الجديدة» stands before."""
    inner = head_at(passage, phrase.at)
    if inner is None or phrase.process or not joins(passage, phrase.at, inner[2]):
        return False
    # «اللقاءات حول سوريا في مؤتمر أستانا 8»: what is held in a meeting is not the meeting.
    held_in = phrase.gap and inner[0].kind == "congress" or _is_held_in(passage, phrase.at, inner)
    if phrase.head.kind == "talks" and held_in:
        phrase.foreign, phrase.gap = True, GAP + 1
        return False
    sessions = inner[0].kind == "session" and inner[0].several
    frames = phrase.head.kind in ("talks", "meeting") or phrase.head.kind == "session" and phrase.head.several
    if inner[0].kind in FRAMED and frames and phrase.at == phrase.first + 1:
        phrase.head, phrase.at = inner[0], inner[1]  # «اجتماعات الجولة الثامنة», «جلسات الجولة الثامنة» are that round
        return True
    if sessions or _is_of_another(phrase):
        return False
    others = passage.word(phrase.at - 1).isdecimal() and not (inner[2] or inner[0].definite)
    if others and not passage.starts("city", inner[1]):
        return False  # «تشمل الجولة 17 لقاءات»
    # «الجولة 11 من المحادثات حول سورية في إطار عملية أستانا»: behind number and topic the process is another mention,
    # «… بموجب صيغة أستانا» says which talks they are.
    behind_topic = phrase.numbers and phrase.gap and not inner[2]
    apart = behind_topic and not _by_a_formula(passage, phrase.at)
    apart = apart or _frames_a_round(passage, phrase, inner[1])
    if inner[0].kind == "process" and apart:
        phrase.gap = GAP + 1
        return False
    phrase.nested = phrase.nested or inner[0].kind in ("talks", "process")
    phrase.at = inner[1]
    if phrase.numbers or phrase.when:
        phrase.behind = inner[1]
    phrase.gap = 0
    phrase.named = inner[0].kind == "talks"
    return True


def _by_a_formula(passage: Passage, index: int) -> bool:
    """Whether «بموجب», «على أساس» stands right before."""
    before = (passage.hit("round_under", at, bare=True) for at in (index - 1, index - 2))
    return any(hit is not None and hit.end == index for hit in before)


def _takes_own_round(passage: Passage, phrase: Phrase) -> bool:
    """«محادثات أستانا في جولتها الثامنة», «… بنسختها الـ12»: a pronoun gives the number to the talks."""
    at = phrase.at + passage.starts("in", phrase.at, bare=True)
    hit = passage.hit("round_own", at)
    definite = phrase.process or phrase.head.kind == "talks" and phrase.head.definite
    if hit is None or phrase.numbers or not definite or (hit.cut == 0) == (at == phrase.at):
        return False
    if hit.cut and not joins(passage, at, hit.cut):
        return False
    numbers = numbers_at(passage, hit.end)
    modifier = passage.hit("round_modifier", hit.end, bare=True)
    if len(numbers) == 1:
        phrase.numbers = [numbers[0]._replace(first=phrase.first, cut=phrase.cut)]
    elif modifier is not None and not numbers and not phrase.when:  # «في جولتها الجديدة»
        phrase.when = modifier.value
    else:
        return False
    phrase.nested = True
    phrase.identifies(passage, modifier.end if phrase.when and modifier is not None else numbers[0].behind)
    return True


def _takes_this(passage: Passage, phrase: Phrase) -> bool:
    """«الجولة 13 من هذه المباحثات»: the talks spoken of already."""
    head = head_at(passage, phrase.at + 1)
    if head is None or head[0].kind != "talks" or not (phrase.numbers or phrase.when) or phrase.process:
        return False
    phrase.at += 1
    return True


def _takes_other_body(passage: Passage, phrase: Phrase) -> bool:
    """«اجتماعات اللجنة الدستورية في جنيف»: those of a body that meets there too."""
    hit = passage.hit("other_body", phrase.at) or passage.hit("committee", phrase.at)
    if hit is None or phrase.process or phrase.place or not joins(passage, phrase.at, hit.cut):
        return False
    phrase.foreign, phrase.gap = True, GAP + 1
    return True


def _takes_sides(passage: Passage, phrase: Phrase) -> bool:
    """«المحادثات بين النظام والمعارضة في جنيف»: between whom they are, and on what day, says nothing more, and the city
    may follow."""
    if phrase.process or not (phrase.head.kind == "talks" or phrase.nested):
        return False
    end = sides_end(passage, phrase.at)
    written = written_at(passage, end + 1) if end and passage.starts("in", end, bare=True) else None
    phrase.at = max(phrase.at, end if written is None else written.end)
    phrase.sided = end > 0
    return phrase.sided


def _takes_place(passage: Passage, phrase: Phrase) -> bool:
    """«الاجتماع العاشر في مدينة سوتشي»: the place identifies a numbered round, and a congress that bears its name."""
    anaphor = phrase.when and (phrase.nested or phrase.head.kind == "meeting")
    held = phrase.head.kind in ("talks", "meeting") and passage.starts("held_place", phrase.at)  # «محادثات سوتشي»
    named = phrase.numbers or phrase.head.kind == "congress" or anaphor or held
    if phrase.place or not named or phrase.when == "this" and not phrase.nested:
        return False  # «انطلقت هذه الجولة في العاصمة»: where it began
    if phrase.process and not _is_elsewhere(passage, phrase):
        return False
    hit = passage.hit("place", phrase.at)
    if hit is None or not joins(passage, phrase.at, hit.cut):
        return False
    own = phrase.head.kind in ("congress", "talks", "meeting") and not phrase.numbers
    if not (_is_placed(passage, phrase.at) or hit.cut or own):
        return False
    phrase.place = hit.value
    phrase.identifies(passage, hit.end)
    return True


def _is_elsewhere(passage: Passage, phrase: Phrase) -> bool:
    """«محادثات أستانا في نور سلطان», «جولة جديدة من محادثات أستانا في سوتشي»: whether talks without a number that bear
    the name of one city are held in another."""
    named_so = phrase.head.kind == "meeting" and not phrase.nested  # «اجتماع أستانا في سوتشي»
    talks = phrase.head.kind == "talks" or named_so or phrase.nested and phrase.head.kind == "round"
    if not talks or phrase.numbers or phrase.within or not passage.starts("held_place", phrase.at, bare=True):
        return False
    return _is_placed(passage, phrase.at)


def _is_placed(passage: Passage, index: int) -> bool:
    """Whether «في», «مدينة» or the like stands before word `index`, quotation marks aside."""
    before = index - 1 - (passage.word(index - 1) == '"')
    return passage.starts("in", before) or passage.starts("locative", before)


def _skips(passage: Passage, phrase: Phrase) -> bool:
    """Words that join the parts of a phrase, and up to `GAP` that say what it is about."""
    named, phrase.named, start = phrase.named, False, phrase.at
    # «مفاوضات برعاية الأمم المتحدة في جنيف» are any talks, «جولة مفاوضات برعاية …» is a round
    sponsored = phrase.numbers or phrase.when or phrase.sided or phrase.head.kind == "round"
    for category in ("round_link", "locative", "round_sponsor") if sponsored else ("round_link", "locative"):
        hit = passage.hit(category, phrase.at)
        if hit is not None and joins(passage, phrase.at, hit.cut):
            phrase.at = hit.end
            return True
    filler = passage.hit("round_filler", phrase.at)
    if filler is not None and joins(passage, phrase.at, filler.cut):
        if passage.starts("date.year", phrase.at, bare=True) and passage.starts("last", filler.end, bare=True):
            return False  # «مؤتمر جنيف العام الماضي»
        phrase.at = filler.end
        phrase.named = named and filler.cut == 0
    elif "party" in passage.forms[phrase.at] and _is_of_phrase(passage, phrase):
        phrase.named = named and _describes(passage, phrase)
        party = passage.hit("party", phrase.at)
        end = phrase.at + 1 if party is None else party.end
        # «اجتماعات الدول الضامنة لمسار أستانا»: a party's name may hold that of the process.
        phrase.at = next((at for at in range(phrase.at + 1, end) if "round_head" in passage.forms[at]), end)
    else:
        return False
    phrase.gap += not phrase.named
    # «الجولة الثالثة من المحادثات السورية»: the adjective belongs to the talks that tell which round.
    named_for = filler is not None and phrase.head.kind == "congress" and not phrase.numbers
    named_for = named_for and (not phrase.process or start == phrase.behind)  # «مؤتمر جنيف الدولي», not its topic
    if phrase.named and (phrase.numbers or phrase.when) or named_for:
        phrase.behind = phrase.at
    return True


def _passes_comma(passage: Passage, phrase: Phrase) -> bool:
    """«الجولة الرابعة عشرة، من المحادثات»: a comma that belongs to nothing."""
    if not phrase.numbers or phrase.nested or passage.word(phrase.at) not in COMMAS:
        return False
    inner = head_at(passage, phrase.at + 2) if passage.starts("of", phrase.at + 1, bare=True) else None
    if inner is None or inner[0].kind != "talks" or not inner[0].definite:
        return False
    phrase.at += 1
    return True


def _frames_a_round(passage: Passage, phrase: Phrase, index: int) -> bool:
    """«المفاوضات في إطار «جنيف 3»»: the talks are within the round, and no part of its name."""
    if phrase.head.kind != "talks" or phrase.numbers or not passage.starts("process_frame", index - 1, bare=True):
        return False
    return _is_numbered(passage, index)


def _is_held_in(passage: Passage, index: int, inner: tuple[Head, int, int]) -> bool:
    """«الحوار السوري السوري في اجتماعات جنيف 5»: what is spoken of there is not the round."""
    in_talks = inner[0].kind == "talks" and passage.starts("in", index - 1, bare=True)
    return in_talks and _is_numbered(passage, inner[1])


def _is_numbered(passage: Passage, index: int) -> bool:
    """Whether a city and a number stand at word `index`: «جنيف 5», «"جنيف 3"»."""
    city = passage.hit("city", index + (passage.word(index) == QUOTE))
    return city is not None and bool(numbers_at(passage, city.end))


def _is_of_phrase(passage: Passage, phrase: Phrase) -> bool:
    """Whether a party's name belongs to the phrase: no «و» in front, but for «مؤتمر للحكومة والمعارضة في سوتشي»."""
    for_sides = phrase.head.kind == "congress" and not phrase.head.definite and "party" in passage.forms[phrase.at - 1]
    return for_sides or not passage.word(phrase.at).startswith("و")


def _describes(passage: Passage, phrase: Phrase) -> bool:
    """Whether a party's adjective describes the talks before it; that of another state, or a capital, makes them other
    talks."""
    party = passage.hit("party", phrase.at, bare=True)
    if party is not None and party.value.sort == "seat" and "place" in passage.forms[phrase.at]:
        phrase.foreign = True  # «الجولة الثالثة من مشاورات موسكو»
    if party is not None and _is_theirs(passage, phrase, party):
        phrase.foreign = True  # «الجولة الثالثة من مفاوضات اليمن»
    if party is None or party.value.sort != "nisba" or not passage.word(phrase.at).startswith(ARTICLE):
        return False
    phrase.foreign = phrase.foreign or party.value.kind == "state" and not passage.starts(OWN, phrase.at)
    return True


def _is_theirs(passage: Passage, phrase: Phrase, party: Hit) -> bool:
    """Whether the talks are those of one other state, which stands right behind them by its name."""
    alone = party.value.sort == "name" and not passage.word(party.end).startswith("و")
    talks = passage.starts("round_head", phrase.at - 1)
    return talks and alone and party.value.kind == "state" and not passage.starts(OWN, phrase.at)


STEPS: tuple[tuple[str, Step], ...] = (
    ("other_body", _takes_other_body),
    ("committee", _takes_other_body),
    ("this", _takes_this),
    ("between", _takes_sides),
    ("ordinal", _takes_numbers),
    ("before_digits", _takes_numbers),
    ("number_name", _takes_numbers),
    ("city", _takes_city),
    ("host", _takes_city),
    ("relative", takes_clause),
    ("event_verb", takes_clause),
    ("round_sponsored", takes_clause),
    ("round_modifier", _takes_modifier),
    ("round_own", _takes_own_round),
    ("in", _takes_own_round),
    ("round_head", _takes_inner_head),
    ("place", _takes_place),
    ("round_link", _skips),
    ("round_sponsor", _skips),
    ("locative", _skips),
    ("round_filler", _skips),
    ("party", _skips),
)
"""What a word of a category may add, tried in this order at each word of a phrase."""
SIGN_STEPS = (_takes_numbers, takes_clause, _passes_comma, opens_quote, passes_quote, dashes)
"""What digits, a comma, a bracket or a quotation mark may add."""
