"""Whether the words around «محادثات أستانا» make one event of them, or leave them the process as a whole.

Apart from `holding` because only the linker asks this; the claims ask for days and places alone.
"""

from __future__ import annotations

from collections.abc import Set
from enum import Enum
from functools import cache

from sijill.arabic.lexicon import Passage
from sijill.arabic.signs import QUOTE
from sijill.arabic.text import folded_all, language_data
from sijill.holding import Tie, tie_of
from sijill.recognise.rounds import LOOSE, TALKS
from sijill.recognise.spot import Spot

__all__ = ["Cue", "cue_of", "is_another"]

SINCE_WITHIN = 4
"""Words between «منذ» and the verb, the year among them."""
PART_WITHIN = 14
"""Words between «مشاركة» and the talks, whoever takes part among them."""
SEVERAL_WITHIN = 4
"""Words between «جولات» and the talks."""
PARTY_AT_MOST = 5
"""Words of a party's name that talks belong to."""
YEAR = 4
"""Digits of a year."""
WITH = ("party", "title_head", "counterpart", "name", "given", "delegation_head", "honorific")
"""What begins somebody's name or office."""
FOR = "ل"


class Cue(Enum):
    """Whether the words make talks one event."""

    NONE = "none"
    EVENT = "event"
    AHEAD = "ahead"
    PREPARED = "prepared"
    """Somebody prepares for them: they have not begun."""
    RESULTS = "results"
    """They have brought something about, or somebody took part: they have begun."""
    SENT = "sent"
    """A delegation's: «وفد الحكومة إلى محادثات جنيف»."""
    IN = "in"
    """Something is said or done in them."""
    OWNED = "owned"
    """Somebody is called by them: «الدول الضامنة لمحادثات أستانا»."""
    BETWEEN = "between"
    """Talks of two who are named: no round of a process."""


CUES_BEFORE = (("event_before", Cue.EVENT), ("event_appointing", Cue.AHEAD), ("event_results", Cue.RESULTS))
"""What words right before talks make of them."""


def cue_of(spot: Spot, passage: Passage, delegations: Set[tuple[int, int]] = frozenset()) -> Cue:
    """What the words around talks say of them. `delegations`: the paragraph and the word behind each delegation."""
    if spot.origin != TALKS and _is_between(spot, passage):
        return Cue.BETWEEN
    if spot.cut and (party := _party_before(spot, passage)):  # «قمة الدول الضامنة لمحادثات أستانا ستعقد»: its verb
        if party in _called_by_talks():
            return Cue.OWNED
        return Cue.SENT if _sent(spot, passage, delegations) else Cue.NONE
    if _of_several(spot, passage):
        return Cue.NONE
    tie = tie_of(spot, passage)
    if tie is not None:
        if passage.starts("since", tie.at - 1) or _for_years(passage, tie.at) or _began_in_a_year(passage, tie):
            return Cue.NONE
        ahead = tie.verb.time in ("ahead", "open") or passage.starts("event_appointing", tie.at - 1)
        return Cue.AHEAD if ahead else Cue.EVENT
    if spot.origin == TALKS:
        if passage.starts("event_soon", spot.behind, bare=True):
            return Cue.AHEAD
        if _will_be(spot, passage):
            return Cue.EVENT
    if _prepared(spot, passage):
        return Cue.PREPARED
    for index in range(max(0, spot.first - 4), spot.first):
        for category, cue in CUES_BEFORE:
            hit = passage.hit(category, index)
            if hit is not None and hit.end == spot.first:
                return cue
        if passage.starts("event_distance", index) and any(
            passage.starts("event_distance_units", at) for at in range(index + 1, spot.first)
        ):
            return Cue.EVENT
    if (takes_part := _takes_part(spot, passage)) is not None:
        return takes_part
    if _sent(spot, passage, delegations):
        return Cue.SENT
    return Cue.IN if passage.starts("in", spot.first - 1) and spot.origin == TALKS else Cue.NONE


def _is_between(spot: Spot, passage: Passage) -> bool:
    """«مؤتمر جنيف بين س وص», «لقاء أستانا مع الوزير»; not «تحديد موعد مؤتمر أستانا مع توتر»."""
    if not passage.starts("between", spot.behind, bare=True):
        return False
    if passage.starts("sides.between", spot.behind, bare=True) or spot.origin == LOOSE:
        return True
    return passage.starts_one(WITH, spot.behind + 1)


def is_another(spot: Spot, passages: tuple[Passage, ...]) -> bool:
    """«تقرر عقد لقاء في أستانا» while one is on there: a meeting that is not spoken of yet."""
    head = passages[spot.paragraph].hit("round_head", spot.first)
    return spot.origin == LOOSE and head is not None and head.value.kind == "meeting" and not head.value.definite


def _of_several(spot: Spot, passage: Passage) -> bool:
    """«كشف عن جولات جديدة من محادثات جنيف من المتوقع عقدها»: talks of which several rounds are told, and no one."""
    if not passage.starts("of", spot.first - 1, bare=True):
        return False
    heads = (
        passage.hit("round_head", at) for at in passage.between("round_head", spot.first - SEVERAL_WITHIN, spot.first)
    )
    return any(head is not None and head.value.kind == "round" and head.value.several for head in heads)


def _sent(spot: Spot, passage: Passage, delegations: Set[tuple[int, int]]) -> bool:
    """«وفد الحكومة السورية إلى مفاوضات جنيف», «وفد موحد للمعارضة لمحادثات جنيف»."""
    at = spot.first
    if not spot.cut:
        at -= passage.word(at - 1) == QUOTE
        if not (passage.starts_one(("to", "in"), at - 1, bare=True) or passage.word(at - 1) == FOR):
            return False
        at -= 1
    elif not passage.word(at).startswith(FOR):
        return False
    return (spot.paragraph, at) in delegations


def _party_before(spot: Spot, passage: Passage) -> str:
    """The party, no state, whose name ends right before talks that say what it does for them."""
    near = passage.between("party", spot.first - PARTY_AT_MOST, spot.first)
    hits = (passage.hit("party", index) for index in near)
    found = (hit.value.party for hit in hits if hit is not None and hit.end == spot.first and hit.value.kind != "state")
    return next(found, "")


@cache
def _called_by_talks() -> frozenset[str]:
    return frozenset(language_data("rounds")["sides"]["called_by_talks"])


def _takes_part(spot: Spot, passage: Passage) -> Cue | None:
    """«مشاركة الوفد الحكومي في محادثات أستانا»: somebody's part in them; «شارك الوفد», when they were on."""
    near = range(max(0, spot.first - PART_WITHIN), spot.first - 1)
    if not passage.starts("in", spot.first - 1, bare=True):
        parties = (passage.hit("party", index + 1) for index in near if passage.starts("attends.attending", index))
        return Cue.EVENT if any(party is not None and party.end == spot.first for party in parties) else None
    for index in reversed(near):
        if passage.starts_one(("attends.behind", "attends.verbs", "attends.own_part"), index):
            return Cue.RESULTS if passage.starts("attends.past", index) else Cue.EVENT
    return None


def _for_years(passage: Passage, index: int) -> bool:
    """«منذ عام 2017 تعقد الدول اجتماعات أستانا»: what has been held since some year is no one event."""
    return any(
        passage.starts("since", at) and any(len(word) == YEAR and word.isdecimal() for word in passage.words[at:index])
        for at in range(max(0, index - SINCE_WITHIN), index)
    )


def _began_in_a_year(passage: Passage, tie: Tie) -> bool:
    """«محادثات أستانا التي بدأت عام 2017»: the process, whose beginning is told by the year alone."""
    at = tie.behind + passage.starts("in", tie.behind, bare=True)
    year = passage.word(at + passage.starts("date.year", at, bare=True))
    return tie.verb.phase == "begins" and len(year) == YEAR and year.isdecimal()


def _prepared(spot: Spot, passage: Passage) -> bool:
    """«الإعداد لمحادثات جنيف», «التحضير الجيد لمؤتمر جنيف»: the noun or the verb, and perhaps an adjective of it."""
    at = spot.first - 1
    if passage.word(at) == QUOTE and passage.word(at - 1) == FOR:  # «لـ«محادثات أستانا»»
        at -= 2
    elif not passage.word(spot.first).startswith(FOR, max(0, spot.cut - 1)) or not spot.cut:
        return False
    return passage.starts("event_preparing", at) or passage.starts("event_preparing", at - 1)


def _will_be(spot: Spot, passage: Passage) -> bool:
    """«محادثات أستانا ستركز على», «محادثات جنيف سوف تبحث», «ستكون محادثات جنيف محور الزيارة»."""
    prefixes, particles, others = _future()
    at = spot.behind + passage.starts("relative", spot.behind, bare=True)  # «محادثات جنيف التي ستتناول المسألتين»
    behind, before = passage.word(at), "" if spot.cut else passage.word(spot.first - 1)
    if behind in particles or before and passage.word(spot.first - 2) in particles:
        return True
    return any(word.startswith(prefixes) and word not in others for word in (behind, before))


@cache
def _future() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """How a verb begins that says what talks are about to do, what says so before a verb, and what is no such verb."""
    future = language_data("rounds")["future"]
    return tuple(future["prefixes"]), folded_all(future["particles"]), folded_all(future["not_verbs"])
