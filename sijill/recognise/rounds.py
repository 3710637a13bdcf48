"""Rounds and processes by a noun: «الجولة الحادية عشرة من محادثات أستانا», «اجتماع أستانا المقبل», «مسار أستانا».

The span runs from the head noun to the last word that identifies: a number, the talks, the city, «الحالي». What a
phrase without a number means is told later, by the article's date and its other mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.parties import ARTICLE
from sijill.arabic.signs import CLOSING, QUOTE
from sijill.confidence import LIKELY
from sijill.model import Form
from sijill.recognise.round_city import behind_city
from sijill.recognise.round_clause import CLAUSE_AT_MOST, IN_CLAUSE, is_timed
from sijill.recognise.round_context import (
    between_others,
    holds_a_round,
    is_counted,
    of_another_body,
    of_talks,
    stands_alone,
    with_somebody,
)
from sijill.recognise.round_grammar import phrase_at
from sijill.recognise.round_numbers import numbers_at
from sijill.recognise.round_phrase import Phrase, head_at, place_at
from sijill.recognise.round_sides import sides_end
from sijill.recognise.round_topic import topic_end
from sijill.recognise.spot import Spot
from sijill.recognise.subjects import OWN

__all__ = [
    "CONGRESS",
    "IN_PLACE",
    "LOOSE",
    "MEETING",
    "MEETING_THERE",
    "SHORT_NAME",
    "TALKS",
    "TALKS_THERE",
    "THIS_ONE",
    "UNNAMED",
    "has_name",
]

THIS_ONE = "rule:this-congress"
"""Origin of «هذا المؤتمر»: the congress told before it, if there is one."""
THIS_CONGRESS = 2
TOPIC_AT_MOST = 4
"""Words of what talks are about before the country: «تسوية النزاع في سوريا»."""
TOLD_THERE = {"talks": ("", "last", "next"), "meeting": ("", "last")}
"""Nouns of talks that the city where they are held may tell, with what an adjective may say of them."""
UNNUMBERED_SCORE, ANAPHOR_SCORE = LIKELY, LIKELY
TALKS = "rule:talks"
"""Origin of a process named by its talks: the words around may say that one round is meant."""
MEETING_THERE = "rule:meeting-there"
"""Origin of «اجتماع أستانا»: a round, if one is near."""
CONGRESS = "rule:congress"
"""Origin of «مؤتمر جنيف»: one meeting of the process, often its first."""
LOOSE = "rule:talks-in-city"
"""Origin of talks that are merely held in the city: nothing, unless the words around say that a round is meant."""
TALKS_THERE = "rule:talks-there"
"""Origin of talks in a city where rounds of some process were held: one of these, if it is just then."""
UNNAMED = "rule:talks-unnamed"
"""Origin of «محادثات السلام حول سوريا»: a round if the words give it the days and the place of one."""
FOR_THE = "لل"
IN_PLACE = "rule:round-place"
"""Origin of a congress by its city: «مؤتمر سوتشي», «مؤتمر مقترح عقده في سوتشي»."""
SHORT_NAME = "rule:round-short-name"
"""Origin of a round's name cut short: that round, where the article also names it in full."""
MEETING = "rule:meeting"
"""Origin of «الاجتماع الحالي», «الاجتماع المقبل في سوتشي»: a round that the article or the calendar has just so."""


def named(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Rounds that the registry knows by a name of their own («مؤتمر الحوار الوطني السوري»)."""
    for index in passage.where("round_name"):
        hit = passage.hit("round_name", index)
        if hit is not None:
            behind = hit.end
            # «السوري السوري»: a doubled last word belongs to the name.
            while behind < passage.size and passage.word(behind) == passage.word(behind - 1):
                behind += 1
            if passage.word(behind) == "-" and passage.word(behind + 1) == passage.word(behind - 1):
                behind += 2
            # «مؤتمر "الحوار الوطني السوري"»: the mark that closes what one inside the name opens.
            behind += behind < passage.size and passage.word(behind) == CLOSING.get(passage.word(index + 1))
            behind = _with_modifier(passage, _with_place(passage, behind))
            place = next((found for at in range(index, behind) if (found := place_at(passage, at))), "")
            key, process = hit.value
            yield Spot(paragraph, index, behind, hit.cut, "round", "rule:round-name", key, process, place=place)


def named_shortly(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«مؤتمر الحوار الوطني»: a round's name without its last word; with a city or a number it is another rule's."""
    for index in passage.where("round_short_name"):
        hit = passage.hit("round_short_name", index)
        phrase = None if hit is None or passage.starts("round_name", index) else phrase_at(passage, index)
        if hit is not None and phrase is not None and not (phrase.place or phrase.process or phrase.numbers):
            key, process = hit.value
            yield Spot(paragraph, index, hit.end, hit.cut, "round", SHORT_NAME, key, process, score=ANAPHOR_SCORE)


def _with_place(passage: Passage, behind: int) -> int:
    """The word behind a name and the place that it may end in: «مؤتمر الحوار السوري بمنتجع «سوتشي»»."""
    at = behind
    while (
        passage.starts("in", at, bare=True)
        or passage.starts("locative", at)
        or at > behind
        and passage.word(at) == QUOTE
    ):
        at += 1
    at += at == behind and passage.word(at) == QUOTE  # «مؤتمر الحوار السوري "سوتشي"»
    place = passage.hit("place", at)
    if at == behind and place is not None and place.cut and passage.word(at).startswith("ب"):
        return place.end  # «مؤتمر الحوار السوري بسوتشي»
    if at == behind or place is None or place.cut:
        return behind
    return place.end + (passage.word(at - 1) == QUOTE == passage.word(place.end))


def has_name(passage: Passage, first: int, behind: int) -> bool:
    """Whether the words of a congress name it: «مؤتمر سوتشي», «مؤتمر السلام السوري في سوتشي»; not «مؤتمر يعقد في
    سوتشي», «مؤتمر للحكومة والمعارضة في سوتشي»."""
    head = head_at(passage, first)
    if head is None or head[0].definite or not passage.between("place", first, behind):
        return True
    return not (passage.any("event_verb", head[1], behind) or passage.word(head[1]).startswith(FOR_THE))


def _with_modifier(passage: Passage, behind: int) -> int:
    """The word behind an adjective that says which one it is: «مؤتمر سوتشي المقترح», «… المقبل»; not «المقرر عقده»."""
    hit = passage.hit("round_modifier", behind, bare=True)
    clause = passage.hit("event_verb", behind, bare=True)
    if hit is None or not passage.word(behind).startswith(ARTICLE) or is_timed(passage, hit.end):
        return behind
    if passage.starts("round_timed", behind, bare=True) and passage.starts("in", hit.end, bare=True):
        return behind  # «مؤتمر الحوار السوري المنعقد في سوتشي»: a clause of its own
    return behind if clause is not None and clause.end > hit.end else hit.end


def headed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A head noun with a number, a city or a word such as «المقبلة»; or a process noun with its city."""
    behind = 0
    for index in passage.where("round_head"):
        if index < behind or holds_a_round(passage, index) or behind_city(passage, index):
            continue
        phrase = None if is_counted(passage, index) else phrase_at(passage, index)
        for spot in (
            ()
            if phrase is None or phrase.foreign or of_another_body(passage, phrase) or with_somebody(passage, phrase)
            else _spots(passage, paragraph, phrase)
        ):
            yield spot
            behind = spot.behind


def _spots(passage: Passage, paragraph: int, phrase: Phrase) -> Iterator[Spot]:
    """What a phrase refers to: a round, several, the process, or nothing."""
    kind, process = phrase.head.kind, phrase.process
    found = Spot(
        paragraph,
        phrase.first,
        phrase.behind,
        phrase.cut,
        "round",
        "rule:round-head",
        process=process,
        when=phrase.when,
        place=phrase.place,
    )
    if phrase.numbers:
        placed = bool(phrase.place) and kind == "talks"  # «محادثات سوتشي عشرة»
        alone = phrase.nested or stands_alone(passage, phrase)
        if process or placed or alone and not between_others(passage, phrase):
            yield from _numbered(found, phrase)
    elif phrase.head.several:
        return
    elif kind == "process":
        counted = digits_at(passage, phrase.behind) or passage.starts("number_name", phrase.behind, bare=True)
        numbers = numbers_at(passage, phrase.behind) if process and counted else []
        if len(numbers) == 1 and passage.starts("process_numbered", phrase.first):  # «مسار جنيف 3», «عملية (جنيف 2)»
            phrase.identifies(passage, numbers[0].behind)
            yield found.replaced(behind=phrase.behind, number=numbers[0].value, when="")
        elif process and not numbers:  # «في إطار جنيف 3», «صيغة جنيف 2»: the noun says no more than the round
            yield found.replaced(kind="process", origin="rule:process", when="")
    elif (phrase.within or not process) and _is_of_few(passage, phrase):
        return
    elif process:
        yield _unnumbered(found, phrase)
    elif phrase.place and phrase.when in TOLD_THERE.get(kind, ()):
        yield found.replaced(origin=TALKS_THERE, score=UNNUMBERED_SCORE)
    elif kind == "congress" and phrase.place:
        # «مؤتمر يعقد في سوتشي», «مؤتمر للحكومة في سوتشي» are any where nothing speaks of peace or of our subject.
        for_peace = passage.starts("round_peace", phrase.first + 1, bare=True)
        if has_name(passage, phrase.first, phrase.behind) or for_peace or passage.phrases(OWN):
            yield found.replaced(origin=IN_PLACE, score=UNNUMBERED_SCORE)
    elif there := _held_behind_topic(passage, phrase):
        yield found.replaced(behind=there.end, place=there.value, origin=TALKS_THERE, score=UNNUMBERED_SCORE)
    elif (about := _about_end(passage, phrase)) is not None:
        yield found.replaced(behind=about, origin=UNNAMED, score=ANAPHOR_SCORE)
    elif phrase.when in ("current", "next") and kind == "meeting" and not phrase.nested and of_talks(passage, phrase):
        yield found.replaced(origin=MEETING, form="short", score=ANAPHOR_SCORE)
    elif phrase.when == "this" and kind == "congress" and phrase.behind - phrase.first == THIS_CONGRESS:
        yield found.replaced(origin=THIS_ONE, form="short", score=ANAPHOR_SCORE)
    elif phrase.when and kind == "round" and of_talks(passage, phrase):
        if phrase.nested and not phrase.place:
            found = found.replaced(behind=topic_end(passage, phrase.behind))
            head = head_at(passage, found.behind - 1)
            if head is not None and not head[0].definite and passage.starts("of", found.behind - 2, bare=True):
                found = found.replaced(behind=found.behind - 2)  # «هذه الجولة من مفاوضات وفدي …»
        form: Form = "short" if phrase.when == "this" and not phrase.nested else "full"
        yield found.replaced(origin=f"rule:round-{phrase.when}", form=form, score=ANAPHOR_SCORE)


def _is_of_few(passage: Passage, phrase: Phrase) -> bool:
    """«اجتماع ثلاثي في جنيف»: of two or three, beside the talks."""
    meeting = phrase.head.kind == "meeting" and not phrase.head.definite
    return meeting and passage.starts("round_few", phrase.first + 1, bare=True)


def _about_end(passage: Passage, phrase: Phrase) -> int | None:
    """The word behind what talks are about, or between whom, told by one phrase: «المفاوضات بين الأطراف السورية»; sides
    that are named are mentions of their own. Of congresses only that of peace, of which a process has one at a time, is
    told so («مؤتمر السلام حول سوريا»)."""
    head, at = phrase.head, topic_end(passage, phrase.behind)
    peace = head.kind == "congress" and passage.starts("round_peace", phrase.first + 1, bare=True)
    about = passage.any("round_link", phrase.behind, at) and passage.any(OWN, phrase.behind, at)
    meeting = head.kind == "meeting" and head.definite and about  # «الاجتماع الدولي حول سوريا»
    if head.kind != "talks" and not (peace or meeting):
        return None
    if passage.starts("sides.between", at, bare=True):
        both = passage.hit("sides.both", at + 1, bare=True)
        if both is not None:
            return both.end
        if sides_end(passage, at):
            return at
    return at if at > phrase.behind else None


def _held_behind_topic(passage: Passage, phrase: Phrase) -> Hit | None:
    """The place behind talks and what they are about: «اجتماع حول الأزمة السورية عقد الاثنين في سوتشي»."""
    if phrase.head.definite or phrase.head.kind not in ("talks", "meeting") or phrase.when:
        return None
    at = phrase.behind + passage.starts("delegation_adjective", phrase.behind, bare=True)
    first = at = at + passage.starts("round_link", at, bare=True)
    while at < first + TOPIC_AT_MOST and passage.starts_one(("round_filler", "party", "in"), at, bare=True):
        if passage.starts(OWN, at):
            break
        at += 1
    if not passage.starts(OWN, at):
        return None
    at, end = at + 1, at + CLAUSE_AT_MOST
    while at < end and any(name in passage.forms[at] for name in IN_CLAUSE):
        if passage.starts("in", at, bare=True) and passage.starts("held_place", at + 1):
            return passage.hit("place", at + 1, bare=True)
        at += 1
    return None


def _numbered(found: Spot, phrase: Phrase) -> Iterator[Spot]:
    """One round for each number: the first with the head noun, the last up to the end of the phrase."""
    numbers = phrase.numbers
    if phrase.head.several and len(numbers) == 1 and phrase.first == phrase.numbers[0].first - 1:
        return  # «الجولات العشرون»: a count
    for place, number in enumerate(numbers):
        first, cut = (found.first, found.cut) if place == 0 else (number.first, number.cut)
        behind = found.behind if place == len(numbers) - 1 else number.behind
        yield found.replaced(first=first, cut=cut, behind=behind, number=number.value, when="")


def _unnumbered(found: Spot, phrase: Phrase) -> Spot:
    """A phrase that names a process but no number: one round, the process, or perhaps neither."""
    kind = phrase.head.kind
    about = phrase.behind - phrase.first > 3 or phrase.head.definite
    if kind == "meeting" and not phrase.within and not phrase.when:
        return found.replaced(origin=MEETING_THERE, score=UNNUMBERED_SCORE)
    if kind == "round" or phrase.when:
        return found.replaced(score=UNNUMBERED_SCORE)
    if kind in ("talks", "congress") and (not phrase.within or about):
        return found.replaced(kind="process", origin=TALKS if kind == "talks" else CONGRESS)
    return found.replaced(kind="process", origin=LOOSE, score=UNNUMBERED_SCORE)
