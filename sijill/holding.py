"""Which words near a mention of talks say that they begin, are held or end, and on what days.

Both the linker, that asks which round is meant, and the claims, that repeat what is said of it, read them here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sijill.arabic.dates import Days, days_in
from sijill.arabic.delegations import NISBA, party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.parties import ARTICLE
from sijill.arabic.signs import COMMAS
from sijill.arabic.speech import says
from sijill.arabic.written import written_at
from sijill.recognise.round_sides import sides_end
from sijill.recognise.round_topic import topic_end
from sijill.recognise.round_words import EventVerb
from sijill.recognise.spot import Spot

__all__ = ["Tie", "days_of", "destination", "place_of", "tie_of", "written_days_of"]

BEFORE_WITHIN = 24
"""Words between a verb and the round behind it, all of them adverbials."""
BEHIND_WITHIN = 14
"""Words between a round and a verb behind it that is its own."""
DATED_WITHIN = 14
"""Words behind a verb of holding among which its days stand."""
PLACE_WITHIN = 20
"""Words behind a verb among which the place stands."""
HOST_WITHIN = 4
"""Words before a verb among which the city stands that is its subject."""
ASIDE_AT_MOST = 14
"""Words up to a comma, between a verb and the round behind it, that say who opens it or in which hall."""
DATE_AT_MOST = 9
"""Words of a day with its month and year, and of the preposition before it."""
RIGHT_BEHIND = 3
"""Words between talks and days that stand with them without a verb («محادثات جنيف في 28 نوفمبر»)."""
STOPS = frozenset({".", "؛", ":", "؟", "!"})
AND, THEN = "و", "ف"


class Tie(NamedTuple):
    """A word that says that the talks begin, are held or end, and where its days can stand."""

    at: int
    behind: int
    verb: EventVerb
    windows: tuple[tuple[int, int], ...]


def tie_of(spot: Spot, passage: Passage, first: int = 0, behind: int | None = None) -> Tie | None:
    """The word of holding that belongs to a round, within words `first` to `behind`."""
    end = passage.size if behind is None else behind
    key = ("tie", spot.first, spot.behind, first, end)  # the linker asks for it again and again, and a claim once more
    if key not in passage.told:
        passage.told[key] = _tie_of(spot, passage, first, end)
    tie: Tie | None = passage.told[key]
    return tie


def _tie_of(spot: Spot, passage: Passage, first: int, end: int) -> Tie | None:
    put_off = passage.hit("event_verb", spot.first - 1)
    if put_off is not None and put_off.value.phase == "postponed":  # «تعليق المحادثات الجارية حتى شباط»
        return Tie(spot.first - 1, spot.first, put_off.value, _put_off(passage, spot.behind, end))
    own = _after(spot, passage, end) if _dated_clause(spot, passage) else None  # «شهدت الجولة التي اختتمت أمس»
    return (
        _inside(spot, passage, end)
        or _appointed(spot, passage, first)
        or own
        or _before(spot, passage, first, end)
        or _after(spot, passage, end)
    )


def _dated_clause(spot: Spot, passage: Passage) -> bool:
    """Whether a relative clause with a verb and a day of its own stands right behind."""
    verb = passage.hit("event_verb", spot.behind + 1) if passage.starts("relative", spot.behind, bare=True) else None
    if verb is None or verb.value.phase == "goes_on":
        return False
    at = verb.end + (passage.starts("date.before", verb.end, bare=True))
    day = passage.starts_one(("relative_day", "weekday"), at)
    return day or written_at(passage, at) is not None


def days_of(spot: Spot, passage: Passage, day: dt.date | None, about: dt.date | None) -> Iterator[Days]:
    """The days that the words give to talks, likeliest first."""
    tie = tie_of(spot, passage)
    side = "" if tie is None else tie.verb.time
    for first, end in _windows(spot, passage, tie):
        yield from days_in(passage, day, first, end, side, about)[:1]


def place_of(spot: Spot, passage: Passage, tie: Tie, end: int) -> tuple[str, int, int]:
    """The city behind «في», «العاصمة» or «بـ» near the verb, with its words; of two names of one city the last."""
    for first, last in (*tie.windows, (spot.behind, spot.behind + PLACE_WITHIN // 2)):
        stop = min(last, end, first + PLACE_WITHIN)
        heads = passage.between("round_head", max(first, spot.behind), stop)
        stop = next((at for at in heads if _another(passage, at)), stop)
        for index in passage.between("place", first, stop):
            hit = passage.hit("place", index)
            if hit is None or not _stands_in(passage, index, hit.cut, tie):
                continue
            named = passage.hit("place", hit.end + (passage.word(hit.end) in COMMAS), bare=True)
            found = hit if named is None else named
            return str(found.value), index, found.end
    return _host(spot, passage, tie)


def _host(spot: Spot, passage: Passage, tie: Tie) -> tuple[str, int, int]:
    """The city right before the verb that says that it holds the talks («جنيف السويسرية التي ستستضيف … جولة جديدة»), or
    where a clause begins with it («وفي جنيف، انتهت الجولة السادسة»)."""
    comma = passage.word(tie.at - 1) in COMMAS
    relative = passage.starts("relative", tie.at - 1, bare=True)
    behind = tie.at - (comma or relative)
    hosting = not comma and passage.starts("event_hosting", tie.at)
    for index in passage.between("place", behind - HOST_WITHIN, behind):
        hit = passage.hit("place", index)
        opens = passage.starts("in", index - 1) and (index == 1 or passage.word(index - 2) in STOPS)
        described = hosting and party_at(passage, behind - 1, NISBA) is not None  # «جنيف السويسرية التي»
        ends = hit is not None and hit.end in (behind, behind - described)
        if hit is not None and ends and (hosting or opens and not relative):
            return str(hit.value), index, hit.end
    return "", spot.first, spot.behind


def _another(passage: Passage, index: int) -> bool:
    """Whether other talks are spoken of from word `index` on: what follows is theirs."""
    hit = passage.hit("round_head", index)
    return hit is not None and hit.value.kind != "process"


def _stands_in(passage: Passage, index: int, cut: int, tie: Tie) -> bool:
    """Whether a city's name says where something is: «في أستانا», «بالعاصمة الكازاخية», «تستضيف أستانا»."""
    if cut:
        return passage.word(index)[0] == "ب"
    placed = any(passage.starts("in", at) or passage.starts("locative", at) for at in range(index - 2, index))
    return placed or index == tie.behind


def destination(passage: Passage, index: int, first: int = 0) -> tuple[str, int, int]:
    """«وصل إلى أستانا للمشاركة في الجولة»: the city reached in order to take part, with its words."""
    if passage.any("attends.purpose", max(first, index - 2), index):
        for at in passage.between("place", max(first, index - PLACE_WITHIN), index):
            hit = passage.hit("place", at)
            if hit is not None and (passage.starts("to", at - 1) or passage.starts("locative", at - 1)):
                return str(hit.value), at, hit.end
    return "", index, index


def written_days_of(spot: Spot, passage: Passage) -> Iterator[tuple[int, int]]:
    """(month, day) of the same words, where nothing tells the year; month 0 where only «الجاري» stands for it."""
    for first, end in _windows(spot, passage, tie_of(spot, passage)):
        for at in range(first, end):
            written = written_at(passage, at)
            if written is not None and not written.hijri:
                yield written.month, written.numbers[0]
                break


def _windows(spot: Spot, passage: Passage, tie: Tie | None) -> tuple[tuple[int, int], ...]:
    if any(passage.starts("month", at) for at in range(spot.first, spot.behind)):
        return ((spot.first, spot.behind),)  # «جولة محادثات بين س وص في الـ21 من ديسمبر في أستانة»
    if tie is not None:
        return tie.windows
    start = topic_end(passage, spot.behind)  # «محادثات أستانا حول سوريا في 20 كانون الأول»
    if passage.word(start) in COMMAS:
        return ()
    end = _adverbials(passage, start, min(passage.size, start + RIGHT_BEHIND))
    return ((start, min(passage.size, end + RIGHT_BEHIND)),) if end > start else ()


def _appointed(spot: Spot, passage: Passage, first: int) -> Tie | None:
    """«الثالث والرابع من أيار موعداً للجولة»: the days stand before the word."""
    at = spot.first - 1 - passage.starts("event_verb", spot.first - 1)  # «موعداً لعقد الجولة»
    if not passage.starts("event_date", at):
        return None
    return Tie(at, spot.first, EventVerb("held", "ahead"), ((max(first, at - BEFORE_WITHIN), at),))


def _inside(spot: Spot, passage: Passage, end: int) -> Tie | None:
    """«المفاوضات المقرر تنظيمها في 23 يناير في أستانا»: the phrase itself says it."""
    for index in passage.between("event_verb", spot.first + 1, spot.behind):
        hit = passage.hit("event_verb", index)
        if hit is not None and (not hit.cut or passage.word(index).startswith(AND)):  # «التي اقترحتها س والمقررة في …»
            stop = spot.behind if hit.end < spot.behind else _stop(passage, spot.behind, end)
            return Tie(index, hit.end, hit.value, ((hit.end, spot.behind), (spot.behind, _stop(passage, stop, end))))
    return None


def _before(spot: Spot, passage: Passage, first: int, end: int) -> Tie | None:
    """«تنطلق اليوم في العاصمة الكازاخية الجولة 11»: only days and places between the verb and the round."""
    for index in reversed(passage.between("event_verb", max(first, spot.first - BEFORE_WITHIN), spot.first)):
        if not STOPS.isdisjoint(passage.words[index + 1 : spot.first]):
            return None
        hit = passage.hit("event_verb", index)
        if hit is None or hit.end > spot.first or passage.starts("this_month", index):
            continue  # «نوفمبر الجاري» is a month.
        back = passage.starts("speech.back", hit.end, bare=True)  # «في الوقت الذي فشلت فيه محادثات جنيف»
        if not (back or passage.starts("event_hosting", index)) and passage.starts("relative", index - 1, bare=True):
            return None  # «… التي جرت في آب»: another round's
        if not _leads_to(passage, hit.end, spot.first):
            return None
        if hit.value.phase == "postponed" and passage.starts("event_on", spot.first - 1):
            return None  # «في تعليق على محادثات أستانا»
        if hit.value.phase == "postponed":
            return Tie(index, hit.end, hit.value, _put_off(passage, spot.behind, end))
        start = max(spot.behind, sides_end(passage, spot.behind))  # «انطلاق جولة بين س وص يومي 30 و31 في أستانا»
        windows = (*_dated_before(passage, index, first), (hit.end, spot.first), (start, _stop(passage, start, end)))
        return Tie(index, hit.end, hit.value, windows)
    return None


def _dated_before(passage: Passage, index: int, first: int) -> tuple[tuple[int, int], ...]:
    """«وفي 23 كانون الثاني انطلقت …», «أنه في 23 و24 يناير الماضي، عقد …»: a day that begins a clause, right before its
    verb."""
    end = index - (passage.word(index - 1) in COMMAS)
    for at in range(max(first, end - DATE_AT_MOST), end):
        if passage.starts("date.before", at) and (written := written_at(passage, at + 1)) is not None:
            opens = at == first or passage.word(at).startswith(AND) or passage.starts("speech.openers", at - 1)
            opens = opens or passage.word(at - 1) in STOPS
            return ((at, end),) if written.end == end and opens else ()
    return ()


def _after(spot: Spot, passage: Passage, end: int) -> Tie | None:
    """«الجولة … التي تعقد يومي الـ28 والـ29»: the verb or participle follows the round, or what the round is about."""
    related = False
    start = _predicate(spot, passage)
    topic = passage.starts("speech.topics", spot.first - 1)  # «أما المفاوضات بوساطة س، فستبدأ في جنيف»
    for index in range(spot.behind, min(end, passage.size, spot.behind + BEHIND_WITHIN)):
        word, forms = passage.words[index], passage.forms[index]
        if word in STOPS:
            return None
        if FOLLOWS.isdisjoint(forms):  # most words, of which nothing below holds
            continue
        related = related or passage.starts("relative", index, bare=True)
        hit = passage.hit("event_verb", index) or _planned(passage, index)
        if hit is not None and not ("this_month" in forms and "month" in passage.forms[index - 1]):  # «ديسمبر الجاري»
            if passage.starts("round_own", hit.end):
                return None  # «محادثات أستانا التي عقدت جولتها الأولى»: the verb of a round of theirs
            near = index - start <= 2 and hit.cut == 0 and COMMAS.isdisjoint(passage.words[start:index])
            near = near or topic and word.startswith(THEN)
            # A definite participle agrees with the noun it describes; nothing else may have come between.
            participle = word.startswith(ARTICLE) and not related
            return _tie_after(passage, index, hit.end, hit.value, end) if near or related or participle else None
        called_for = related and passage.starts("to", index + 1, bare=True)  # «التي دعا إلى عقدها في جنيف»
        if passage.starts("clause_break", index) or not called_for and says(passage, index):
            return None
        if "round_head" in forms and not related and not passage.starts("round_link", index - 1):
            return None
    return None


def _predicate(spot: Spot, passage: Passage) -> int:
    """Where the verb can stand whose subject a round is: behind what it is about, between whom it is held and, at a
    sentence's head, a comma."""
    at = max(spot.behind, sides_end(passage, spot.behind))
    at = topic_end(passage, at)
    opens = spot.first == 0 or passage.word(spot.first - 1) in STOPS or passage.starts("that", spot.first - 1)
    return at + (passage.word(at) in COMMAS and opens)


def _planned(passage: Passage, index: int) -> Hit | None:
    """«من المقرر أن تعقد»: the verb of what is planned; the participle itself where no other stands behind."""
    planned = passage.hit("event_verb", index + 1, bare=True) if passage.starts("of", index, bare=True) else None
    if planned is None or not passage.word(index + 1).startswith(ARTICLE):
        return None
    verb = passage.hit("event_verb", planned.end + 1) if passage.starts("that", planned.end) else None
    return planned if verb is None else verb


def _tie_after(passage: Passage, index: int, behind: int, verb: EventVerb, end: int) -> Tie:
    if verb.phase == "postponed":
        return Tie(index, behind, verb, _put_off(passage, behind, end))
    return Tie(index, behind, verb, ((behind, _stop(passage, behind, end)),))


def _put_off(passage: Passage, index: int, end: int) -> tuple[tuple[int, int], ...]:
    """«تأجلت … من اليوم إلى يوم غد»: what is put off is held on the days behind «إلى»."""
    for at in range(index, min(end, index + DATED_WITHIN)):
        if passage.starts("to", at, bare=True):
            return ((at + 1, min(end, at + 1 + DATED_WITHIN // 2)),)
    return ()


def _stop(passage: Passage, index: int, end: int) -> int:
    """Where the words of one verb end: at another verb or a stop, or some words behind."""
    at, behind = index, min(end, passage.size, index + DATED_WITHIN)
    while at < behind:
        forms = passage.forms[at]
        breaks = "clause_break" in forms and at > index and not passage.starts("date.month", at)
        if breaks or passage.words[at] in STOPS or "verb" in forms and says(passage, at):
            break
        at += 1
    return at


def _adverbials(passage: Passage, first: int, end: int) -> int:
    """The word behind the days and places that stand from word `first` on."""
    at = first
    while at < end:
        written = written_at(passage, at)
        longest = at + passage.word(at).isdecimal() if written is None else written.end
        for category in ADVERBIAL.intersection(passage.forms[at]):
            if (hit := passage.hit(category, at)) is not None and hit.end > longest:
                longest = hit.end
        if longest == at:
            break
        at = longest
    return at


def _leads_to(passage: Passage, first: int, end: int) -> bool:
    """Whether only days and places stand from word `first` to `end`, or up to a comma who opens the talks («افتتح س،
    أمس،») or in which hall («في فندق س،»)."""
    at = _adverbials(passage, first, end)
    while at < end:
        ahead = range(at, min(end, at + ASIDE_AT_MOST))
        comma = next((index for index in ahead if passage.word(index) in COMMAS), end)
        dated = passage.starts_one(("relative_day", "weekday"), comma + 1)
        in_a_hall = passage.starts("in", at - 1, bare=True)
        if comma >= end or not (in_a_hall or at == first and dated):
            return False
        if any(passage.any(category, at, comma) for category in ("event_verb", "round_head", "clause_break", "verb")):
            return False
        at = _adverbials(passage, comma + 1, end)
    return True


ADVERBIAL = frozenset(
    (
        *("party", "adverbials", "place", "city", "relative_day", "weekday", "month", "this_month", "next", "last"),
        *("date.before", "date.time", "event_verb", "ordinal"),
    )
)
FOLLOWS = frozenset({"relative", "event_verb", "of", "clause_break", "verb", "round_head"})
"""What may stand behind a round and tells whether a verb further on is its own."""
