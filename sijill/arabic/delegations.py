"""Phrases that say delegation or representation: «الوفد السوري», «وفدي النظام والمعارضة», «ممثلي الدول الضامنة»."""

from __future__ import annotations

from typing import NamedTuple

from sijill.arabic.lexicon import Hit, Passage, once
from sijill.arabic.parties import PartyForm
from sijill.arabic.signs import CLOSING

__all__ = ["HOME", "NISBA", "STATES", "behind_adjectives", "delegations_at", "foreign", "of_one", "party_at"]

DUAL = "ن"
"""What a dual ends in that stands alone, not before whose it is."""
ADJECTIVES_AT_MOST = 3
HEAD_AT_MOST = 14
"""Words of an office and a name between two delegations that one word names."""
ARTICLE, NISBA_END = "ال", "ي"
NISBA, OWN = frozenset({"nisba"}), frozenset({"own"})
STATES = frozenset({"name", "own", "rule"})
"""Forms that name a party by themselves: no adjective, and no capital."""
SENDERS = frozenset({"state", "opposition"})
"""Kinds of parties whose mission is a delegation."""
HOME = "syria"
"""The state that is meant by «الحكومة» and «المعارضة» alone."""
SORTS_AFTER_HEAD = frozenset({"name", "own", "nisba", "rule", "seat"})


COMMA, AND, IN, FOR = "،", "و", "ب", "ل"
ONE, TWO = "وفد", ("وفدا", "وفدي")
FEMININE = "ه"
"""How «ة» is folded."""


class Delegation(NamedTuple):
    """A delegation phrase: words `start` to `end` (less `cut` letters of the first), and whose delegation it is."""

    start: int
    end: int
    cut: int
    party: str


def party_at(passage: Passage, index: int, sorts: frozenset[str] = SORTS_AFTER_HEAD) -> Hit | None:
    """The longest form of a party at word `index`, of one of these sorts; own wordings before names of equal length."""
    if index >= passage.size or "party" not in passage.forms[index]:
        return None
    best: Hit | None = None
    for hit in passage.hits("party", index):
        form: PartyForm = hit.value
        if form.sort in sorts and form.kind != "agency" and (best is None or _rank(hit) > _rank(best)):
            best = hit
    return best


def _rank(hit: Hit) -> tuple[int, int, bool]:
    return hit.end, -hit.cut, hit.value.sort == "own"


@once
def delegations_at(passage: Passage, index: int) -> tuple[Delegation, ...]:
    """The delegations that a head at word `index` names; more than one where parties are coordinated behind it."""
    head = passage.hit("delegation_head", index)
    if head is None:
        return ()
    at = head.end
    for _ in range(ADJECTIVES_AT_MOST):
        adjective = passage.hit("delegation_adjective", at, bare=True)
        if adjective is None or party_at(passage, at) is not None and passage.hit("party", at).end >= adjective.end:  # type: ignore[union-attr]
            break
        at = adjective.end
    described = at
    if head.value == "two" and described > head.end and not passage.word(head.end - 1).endswith(DUAL):
        return ()  # «عُيّن ممثلا خاصا لسوريا»: two of a party have nothing between them and it
    if head.value == "two" and passage.word(at) == COMMA:  # «وفدي، المعارضة والحكومة»
        at += 1
    at = _behind_link(passage, head, at)
    for category in ("delegation_each", "delegation_people", "delegation_so_called"):
        if category in passage.forms[at]:
            between = passage.hit(category, at, bare=category != "delegation_so_called")
            at = between.end if between is not None else at
    at = _behind_venue(passage, at)
    closing = CLOSING.get(passage.word(at), "")
    at += bool(closing)
    party = passage.hit("delegation_party", at) or party_at(passage, at)
    if party is not None and closing and passage.word(party.end) == closing:
        party = party.replaced(end=_behind_home(passage, party, party.end + 1))  # «وفد "المعارضة" السورية»
    mission = party if head.value == "mission" else None
    if mission is not None and (mission.value.kind not in SENDERS or _is_post(passage, index, mission)):
        return ()  # «بعثة الأمم المتحدة في ليبيا», «مقر البعثة السورية»: an office
    if party is not None and _of_both_sides(passage, head, at, party):
        return ()
    if party is not None and head.value == "linked" and at == head.end and not party.cut:
        return ()  # «احتكار تمثيل المعارضة»
    in_a_city = party is not None and (party.value.sort == "seat" or passage.starts("place", at))
    if party is not None and in_a_city and passage.word(at).startswith((IN, FOR)) and party.cut:
        return ()  # «الوفود المشاركة بأستانا», «أرسلت وفداً لأستانا»: where they are, or go
    if party is not None and party.value.sort == "own" and (theirs := foreign(passage, party)) is not None:
        if party.value.kind != "state":
            return ()  # «وفد المعارضة اليمنية»: theirs, not ours
        party = theirs
    if party is None or _starts_with_and(passage, at, party.cut):
        implied = _implied(passage, head.end, described)
        return () if implied is None else (Delegation(index, described, head.cut, implied),)
    # «وفدا» is one delegation in the accusative, but before a noun it can only be two.
    several = head.value in ("two", "many") or (head.value == "indefinite" and at == head.end and not party.cut)
    if head.value == "indefinite" and party.value.sort == "nisba":
        several = False
    if (end := _said_again(passage, party)) != party.end:
        party = party.replaced(end=end)
    found = [Delegation(index, party.end, head.cut, party.value.party)]
    if (second := _headed_apart(passage, party) if several else None) is not None:
        return (*found, second)
    at = behind_adjectives(passage, party.end)
    if not several and (other := _other_side(passage, party, at)) is not None:
        return (*found, Delegation(at, other.end, other.cut, other.value.party))
    if not several and _definite_nisba(passage, party) and passage.word(index)[head.cut :].startswith(ARTICLE):
        other = party_at(passage, at, NISBA)  # «الوفد الروسي والإيراني»: one word for two delegations
        if other is not None and _starts_with_and(passage, at, other.cut) and _definite_nisba(passage, other, at):
            return (*found, Delegation(at, other.end, other.cut, other.value.party))
    while several:
        at += passage.word(at) == COMMA  # «مندوبون من العراق، ولبنان، والأردن»
        apart = passage.word(at) == AND  # «وفدي روسيا و تركيا»
        at += apart
        other = party_at(passage, at)
        if other is None or not (apart or _starts_with_and(passage, at, other.cut)) or other.value.sort == "seat":
            break
        if other.value.sort == "own" and _described(passage, other.end):
            break  # «وفدي روسيا وإيران والدولة المستضيفة»: not our own
        found.append(Delegation(at, other.end, other.cut, other.value.party))
        at = behind_adjectives(passage, other.end)
    return tuple(found)


def _is_post(passage: Passage, index: int, party: Hit) -> bool:
    """Whether a mission is where a state's diplomats are posted: «مقر البعثة السورية», «البعثة السورية الدائمة»."""
    return passage.starts("mission_seat", index - 1) or passage.starts("mission_posted", party.end, bare=True)


def of_one(words: str) -> str:
    """The words of a delegation that two share as those of one: «وفد النظام» for «وفدا النظام»."""
    first, _, rest = words.partition(" ")
    return f"{ONE} {rest}" if first in TWO else words


def _behind_link(passage: Passage, head: Hit, at: int) -> int:
    """Past what joins the party to its delegation: «وفد من المعارضة», «الوفد الذي يمثل الحكومة», «وفد يمثل …»."""
    link = passage.hit("delegation_link", at, bare=True)
    if link is None and not passage.word(head.end - 1)[head.cut :].startswith(ARTICLE):
        link = passage.hit("delegation_link_indefinite", at, bare=True)
    return at if link is None else link.end


def _behind_home(passage: Passage, party: Hit, at: int) -> int:
    """Past «السورية» behind one of our own sides in quotation marks."""
    nisba = party_at(passage, at, NISBA) if party.value.sort == "own" else None
    return at if nisba is None or nisba.cut or nisba.value.party != HOME else nisba.end


def _said_again(passage: Passage, party: Hit) -> int:
    """The word behind a party that is said by its body and by itself: «وفد الهيئة العليا للمعارضة السورية»."""
    at = behind_adjectives(passage, party.end)
    again = party_at(passage, at, STATES)
    if again is None or again.cut != 1 or not passage.word(at).startswith(FOR):
        return party.end
    other = again.value.party != party.value.party or passage.word(again.end - 1) == passage.word(party.end - 1)
    return party.end if other else again.end


def _behind_venue(passage: Passage, at: int) -> int:
    """Past the city of the talks, which is no party to them though it is a capital: «وفد أستانا لقوى الثورة»."""
    city = passage.hit("city", at, bare=True)
    return at if city is None else city.end


def _of_both_sides(passage: Passage, head: Hit, at: int, party: Hit) -> bool:
    """«الوفود السورية», «الوفدين السوريين»: those of the government and of its opponents."""
    return (
        head.value in ("two", "many")
        and party.value.party == HOME
        and party.value.sort == "nisba"
        and not _definite_nisba(passage, party, at)
    )


def _other_side(passage: Passage, party: Hit, at: int) -> Hit | None:
    """The opponents in «وفد النظام والمعارضة»: one word for the delegations of both."""
    other = party_at(passage, at, OWN)
    if other is None or party.value.sort != "own" or not _starts_with_and(passage, at, other.cut):
        return None
    sides = {party.value.kind, other.value.kind} == {"state", "opposition"}
    return other if sides and foreign(passage, other) is None else None


def foreign(passage: Passage, party: Hit) -> Hit | None:
    """The nisba of another state behind what alone would mean our own («الوفد الحكومي اليمني»)."""
    other = party_at(passage, behind_adjectives(passage, party.end), NISBA)
    if other is None or other.cut or other.value.kind != "state" or other.value.party in (party.value.party, HOME):
        return None
    return other


def _headed_apart(passage: Passage, party: Hit) -> Delegation | None:
    """The second of «الوفدان الروسي برئاسة فلان والإيراني برئاسة علان», «وفدا النظام برئاسة فلان، والمعارضة برئاسة
    علان»: each has its head behind it."""
    if not passage.starts("leads.under", party.end):
        return None
    sorts = NISBA if _definite_nisba(passage, party) else STATES
    for at in passage.between("party", party.end + 2, party.end + 2 + HEAD_AT_MOST):
        other = party_at(passage, at, sorts)
        if other is None or not passage.starts("leads.under", other.end):
            continue
        alike = sorts is STATES or _definite_nisba(passage, other, at)
        if alike and _starts_with_and(passage, at, other.cut):
            return Delegation(at, other.end, other.cut, other.value.party)
    return None


def _definite_nisba(passage: Passage, party: Hit, start: int | None = None) -> bool:
    """Whether the party is said by a masculine nisba with the article, as it stands with «الوفد»."""
    at = party.end - 1 if start is None else start
    word = passage.word(at)[party.cut :]
    return (
        party.value.sort == "nisba"
        and party.value.kind == "state"
        and word.startswith(ARTICLE)
        and word[-1] == NISBA_END
    )


def _implied(passage: Passage, first: int, behind: int) -> str | None:
    """The party that an adjective alone implies: «الوفد المفاوض» is the opposition's."""
    if behind < passage.size and passage.starts("party", behind):
        return None
    hits = (passage.hit("delegation_implied", at, bare=True) for at in range(first, behind))
    return next((str(hit.value) for hit in hits if hit is not None), None)


def _described(passage: Passage, index: int) -> bool:
    """Whether a definite word that says nothing of a party, a delegation or a day follows, agrees, and makes it another
    one: «وفدي روسيا وإيران والدولة المستضيفة»."""
    if index >= passage.size:
        return False
    known = not {"party", "delegation_adjective", "weekday"}.isdisjoint(passage.forms[index])
    agrees = passage.word(index).endswith(FEMININE) == passage.word(index - 1).endswith(FEMININE)
    return agrees and not known and passage.written(index).startswith(ARTICLE)  # «إلى», folded, would start with it too


def behind_adjectives(passage: Passage, at: int) -> int:
    """Past the adjectives between one party and the next: «وفدي المعارضة الموحد والنظام»."""
    for _ in range(ADJECTIVES_AT_MOST):
        adjective = passage.hit("delegation_adjective", at, bare=True)
        if adjective is None:
            return at
        at = adjective.end
    return at


def _starts_with_and(passage: Passage, index: int, cut: int) -> bool:
    return cut > 0 and passage.word(index)[0] == AND
