"""The clause of holding inside a round's phrase: «المقرر تنظيمها في 23 يناير في عاصمة كازاخستان», «التي تجري في جنيف».

Apart from the other steps because it reads ahead, over days and places, before it knows whether it fits.
"""

from __future__ import annotations

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.parties import ARTICLE
from sijill.arabic.written import written_at
from sijill.recognise.round_phrase import Phrase, again_at, head_at, place_at
from sijill.recognise.round_sides import sides_end
from sijill.recognise.round_topic import topic_end

__all__ = ["CLAUSE_AT_MOST", "IN_CLAUSE", "is_timed", "takes_clause"]

CLAUSE_AT_MOST = 14
"""Words of a clause that ends in the city."""
WHEN_AT_MOST = 3
"""Words before a day or a month that a participle tells: «خلال الشهر», «في يوم»."""
IN_CLAUSE = (
    "in",
    "locative",
    "weekday",
    "relative_day",
    "event_verb",
    "that",
    "next",
    "date.before",
    "date.lasting",
    "duration",
    "event_distance",
    "event_distance_units",
    "round_soon",
)
"""Words that may stand between a verb of holding and the city."""


def takes_clause(passage: Passage, phrase: Phrase) -> bool:
    """«المقرر تنظيمها في 23 يناير في عاصمة كازاخستان», «التي تجري في جنيف»: a clause of holding up to the city."""
    numbered = phrase.numbers and not phrase.nested  # «الجولة الثانية من المباحثات التي ستبدأ في جنيف» is told by both
    if phrase.process or numbered or phrase.head.kind in ("process", "numbered", "session"):
        return False
    if phrase.when == "this" and phrase.head.kind == "round":
        return False  # «هذه الجولة» says which one it is
    comma = phrase.at + (passage.word(phrase.at) in ("،", ","))
    at = comma + passage.starts("relative", comma, bare=True)
    at += at > comma and passage.starts("of", at, bare=True)  # «التي من المقرر أن تعقد»
    sponsored = _sponsored(passage, at)
    verb = passage.hit("event_verb", at, bare=True)
    behind = sponsored or (0 if verb is None else verb.end)
    # «المنعقدة في جنيف» describes the talks; a finite verb does so only behind «التي», or talks that are not definite.
    right_before = head_at(passage, phrase.at - 1)
    plain = right_before is not None and not right_before[0].definite and right_before[0].kind in ("talks", "congress")
    plain = plain or phrase.head.kind == "congress" and not phrase.head.definite
    plain = plain or phrase.head.kind == "round" and not phrase.head.definite and bool(phrase.when)
    if not behind or at == comma and not (passage.word(at).startswith(ARTICLE) or plain or sponsored):
        return False
    plain = plain and at == comma and not (passage.word(at).startswith(ARTICLE) or sponsored)
    at_verb = at == comma
    at, end = behind, min(passage.size, phrase.at + CLAUSE_AT_MOST)
    while at < end:
        city = passage.hit("city", at)
        if city is not None and plain:
            return False  # «اجتماعات تعقد في جنيف» are any; their days tell which
        for_place = plain or sponsored and at_verb or phrase.head.kind in ("talks", "meeting")
        for_place = for_place or phrase.nested and bool(phrase.when) and phrase.head.kind == "round"
        if passage.starts("held_place", at) and for_place:
            phrase.place, phrase.clause = place_at(passage, at), True  # «مؤتمر يعقد في سوتشي»
            phrase.identifies(passage, at + 1)
            return True
        if city is not None and (city.cut == 0 or passage.word(at)[0] == "ب"):
            phrase.process, phrase.within, phrase.clause = city.value, True, True
            phrase.place = place_at(passage, at)
            city = again_at(passage, at, city)
            phrase.identifies(passage, city.end + (passage.word(at - 1) == passage.word(city.end) == '"'))
            return True
        if phrase.head.kind == "congress" and (place := place_at(passage, at)):
            phrase.place = place  # a congress bears the name of its city; the clause is no part of its own
            return False
        written = written_at(passage, at)
        if written is not None:
            at, plain = written.end, False
        elif (sponsor := passage.hit("round_sponsor", at, bare=True)) is not None:
            party = party_at(passage, sponsor.end)  # «التي تجري برعاية الأمم المتحدة في جنيف»
            at = sponsor.end if party is None else party.end
        elif (topic := topic_end(passage, at)) > at:  # «التي ستجري حول سوريا في جنيف»
            at = topic
        elif "between" in passage.forms[at] and (sides := sides_end(passage, at)):
            at = sides
        elif passage.word(at) == '"' or any(name in passage.forms[at] for name in IN_CLAUSE):
            at += 1
        else:
            return False
    return False


def _sponsored(passage: Passage, index: int) -> int:
    """The word behind who supports, leads, proposes or is to host the talks: «تدعمها الأمم المتحدة», «تعتزم موسكو»; 0
    if that does not stand here."""
    verb = passage.hit("round_sponsored", index, bare=True)
    party = None if verb is None else party_at(passage, verb.end)
    return 0 if party is None or party.cut else party.end


def is_timed(passage: Passage, index: int) -> bool:
    """Whether the participle before tells when: «المرتقب خلال الشهر الجاري», «المنتظر في 8 شباط», «المنعقد اليوم»."""
    if not passage.starts("round_timed", index - 1, bare=True):
        return False
    at = index
    while at < index + WHEN_AT_MOST and passage.starts("adverbials", at, bare=True):
        if passage.starts_one(("this_month", "event_soon"), at):
            return True
        at += 1
    if passage.starts_one(("relative_day", "weekday", "event_soon"), at):
        return True
    return at > index and (passage.starts_one(("month", "this_month"), at) or written_at(passage, at) is not None)
