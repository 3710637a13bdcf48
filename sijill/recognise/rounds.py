"""Rounds and processes: «الجولة الحادية عشرة من محادثات أستانا», «أستانا 11», «مسار أستانا».

The span runs from the head noun to the last word that identifies: a number, the talks, the city, «الحالي».
"""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at, ordinal_at
from sijill.recognise.spot import Spot

GAP = 3
"""Words that may stand inside a round's phrase without identifying anything (adjectives, «حول سورية»)."""
OPENING = frozenset('"(')
LOCATIVES = frozenset({"مدينه", "العاصمه", "عاصمه", "منتجع"})
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
NUMBERED_CITY_SCORE = 0.95
TALKS = "rule:talks"
"""Origin of a process named by its talks: the linker may find that the text dates them as one round."""


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
    behind = 0
    for index in sorted({*passage.where("round_head"), *passage.where("process_noun")}):
        if index >= behind and (spot := _phrase(passage, index, paragraph)) is not None:
            yield spot
            behind = spot.behind


def _phrase(passage: Passage, index: int, paragraph: int) -> Spot | None:
    head = passage.hit("round_head", index) or passage.hit("process_noun", index)
    if head is None:
        return None
    kind: str = head.value
    follows = passage.forms[head.end] if head.end < len(passage) else {}
    if kind == "process" and ("round_head" in follows or "process_noun" in follows):
        # «إطار اجتماع أستانا الحادي عشر» holds a round, «مسار محادثات أستانا» is one phrase for the process.
        inner_spot = _phrase(passage, head.end, paragraph)
        if inner_spot is None or inner_spot.kind == "round" or passage.word(index)[head.cut :] in FRAMES:
            return inner_spot
    this = index > 0 and passage.word(index - 1) in ("هذه", "هذا")
    process = place = when = ""
    number: int | None = None
    nested = False
    at = behind = head.end
    gap = 0
    quotes = 0
    while at < len(passage) and gap <= GAP:
        forms = passage.forms[at]
        word = passage.word(at)
        if number is None and kind != "process" and (not nested or process) and (found := _number(passage, at)):
            number, at = found
            behind, gap = at, 0
            if quotes and passage.word(at) == '"':
                at = behind = at + 1
                quotes = 0
            continue
        if (
            "round_modifier" in forms
            and kind != "process"
            and number is None
            and (hit := passage.hit("round_modifier", at, bare=True))
        ):
            when = when or hit.value
            at = hit.end
            if not gap:
                behind = at
            continue
        if "city" in forms and not process and (city := passage.hit("city", at)) and _joins(passage, at, city.cut):
            process = city.value
            if at > 0 and (passage.word(at - 1) == "في" or passage.word(at - 1) in LOCATIVES):
                place = _place(passage, at)
            at = behind = city.end
            gap = 0
            if quotes and passage.word(at) == '"':
                at = behind = at + 1
                quotes = 0
            continue
        if (
            ("round_head" in forms or "process_noun" in forms)
            and not process
            and (inner := passage.hit("round_head", at) or passage.hit("process_noun", at))
            and _joins(passage, at, inner.cut)
        ):
            nested = True
            at = inner.end
            if gap or number is not None or passage.word(at - 1).startswith(("ال", "لل")):
                behind = at if number is not None or when else behind
            gap = 0
            continue
        if word == '"' and not quotes and at + 1 < len(passage) and "city" in passage.forms[at + 1]:
            quotes, at = 1, at + 1
            continue
        if "place" in forms and not place and passage.word(at - 1) in ("في", *LOCATIVES) and number is not None:
            place = _place(passage, at)
            hit_place = passage.hit("place", at, bare=True)
            at = behind = hit_place.end if hit_place else at + 1
            continue
        if word in LINKS or word in LOCATIVES or "party" in forms or "round_adjective" in forms:
            at += 1
            gap += word not in LINKS and word not in LOCATIVES
            continue
        break
    if kind == "process":
        return _process_spot(index, behind, head.cut, process, place, paragraph) if process else None
    if number is not None and (process or nested or kind == "event"):
        return Spot(
            paragraph,
            index,
            behind,
            head.cut,
            "round",
            "rule:round-head",
            process=process,
            number=number,
            when=when,
            place=place,
        )
    if process and kind == "event":
        return Spot(
            paragraph,
            index,
            behind,
            head.cut,
            "round",
            "rule:round-head",
            process=process,
            when=when or "current",
            place=place,
            score=0.8,
        )
    if process and kind == "talks" and when:
        return Spot(
            paragraph,
            index,
            behind,
            head.cut,
            "round",
            "rule:round-head",
            process=process,
            when=when,
            place=place,
            score=0.8,
        )
    if process:
        return _process_spot(index, behind, head.cut, process, place, paragraph, TALKS)
    if kind == "event" and this and passage.word(index).startswith("الجول"):
        return Spot(
            paragraph, index - 1, index + 1, 0, "round", "rule:round-this", when="current", form="short", score=0.7
        )
    return None


def _process_spot(
    first: int, behind: int, cut: int, process: str, place: str, paragraph: int, origin: str = "rule:process"
) -> Spot:
    return Spot(paragraph, first, behind, cut, "process", origin, process=process, place=place)


def _number(passage: Passage, index: int) -> tuple[int, int] | None:
    found = ordinal_at(passage, index)
    return None if found is None or passage.starts("month", found[1]) else found


def _joins(passage: Passage, index: int, cut: int) -> bool:
    """Whether the word belongs to the phrase before it: no «و» or «ف» in front."""
    return cut == 0 or passage.word(index)[0] in "لب"


def _place(passage: Passage, index: int) -> str:
    hit = passage.hit("place", index)
    return hit.value if hit is not None else ""
