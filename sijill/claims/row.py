"""Those whom a sentence names in a row («وفود س وص، إلى جانب ع»), behind a word or right before it. Separate from what
the row is said to do: taking part reads it, and nothing here knows of rounds."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from sijill.arabic.delegations import STATES, party_at
from sijill.arabic.lexicon import Hit
from sijill.claims.meeting import past_head
from sijill.claims.scene import PARTICIPANTS, Scene, start_of
from sijill.link import Linked
from sijill.model import EntityId

__all__ = ["AND", "FILLERS_AT_MOST", "JOINTS", "NISBA", "Guest", "guest_of", "row_at", "state_before", "subject_before"]

JOINTS = frozenset({"،", ",", "و", '"', "(", ")", ":"})
NISBA = frozenset({"nisba"})
FILLERS_AT_MOST = 4
"""Words of no weight («أيضا», «اليوم», «رمزية من») between a cue and what belongs to it."""
UNKNOWN_AT_MOST = 3
"""Words of a delegation that no list knows («ممثلي المنظمات الدولية»), which a row may hold."""
REMARK_AT_MOST = 8
"""Words of a remark in brackets within a row."""
UNDER = ("leads.under", "leads.with_pronoun")
AND = "و"
DASH = "-"


class Guest(NamedTuple):
    """Whoever takes part, and the words that say so."""

    who: EntityId
    first: int
    behind: int


def guest_of(one: Linked) -> Guest:
    """A participant whom a link names, his title with him."""
    return Guest(one.entity or "", start_of(one.spot), one.spot.behind)


def row_at(scene: Scene, index: int) -> list[Guest]:
    """Those named in a row from word `index`, joined by commas, «و», brackets and words like «إلى جانب»."""
    guests: list[Guest] = []
    at, words = index, 0
    under = scene.passage.starts("leads.under", index - 1)  # «برئاسة فلان»: the delegation is named, not its head
    bracket = -1
    while at < scene.behind and words <= FILLERS_AT_MOST:
        word, forms = scene.word(at), scene.passage.forms[at]
        if word == "(":
            bracket = at
        one = scene.at(at)
        if one is not None and one.spot.kind in PARTICIPANTS:
            if one.entity is not None and not under:
                guests.append(Guest(one.entity, start_of(one.spot), one.spot.behind))
            under = False
            at, words = max(one.spot.behind, at + 1), 0
            title = one.spot.title
            at = title.end if title is not None and title.start >= at and title.start - at <= 1 else at
            continue
        state = party_at(scene.passage, at, STATES)
        if state is not None and one is None:
            guests.append(Guest(state.value.party, at, state.end))
            at, words = _past_parent(scene, state.end), 0
            continue
        deputies = scene.passage.hit("attends.deputies", at) if "attends.deputies" in forms else None
        if deputies is not None and (state := party_at(scene.passage, deputies.end, STATES)) is not None:
            guests.append(Guest(state.value.party, at, state.end))
            at, words = state.end, 0
            continue
        if guests and "leads.of" in forms and (behind := _behind_party_with_delegation(scene, at)) is not None:
            state = party_at(scene.passage, at + 1, STATES)
            guests.append(Guest(state.value.party if state is not None else "", at, behind))
            at, words = behind, 0
            continue
        if one is not None and one.spot.kind == "process" and guests:
            at, words = one.spot.behind, words + 1  # «ووفود البلدان الضامنة لعملية أستانا (س وص)»
            continue
        if guests and "in" in forms and (place := _past_place(scene, at)) is not None:
            at, words = place, words + 1
            continue
        if "attends.side" in forms and (side := _past_side(scene, at)) is not None:
            at, words = side, words + 1
            continue
        joint = scene.passage.hit("attends.joints", at) if "attends.joints" in forms else None
        heads = guests and "delegation_head" in forms and scene.passage.starts("delegation_head", at)
        if heads and (joint is None or joint.end - at < 2):
            at, words = _past_unknown(scene, at + 1), words + 1
            continue
        if joint is not None:
            at, words = joint.end, words + 1
        elif (
            word in JOINTS
            or "honorific" in forms
            and scene.passage.starts("honorific", at)
            or guests
            and (word == DASH or _under(scene, at))  # «الدول الضامنة - س وص - إلى جانب ع»
        ):
            under = under or _under(scene, at)
            words += word.isalpha()
            at += 1
        elif guests and bracket >= 0 and (close := _closing(scene, bracket, at)) is not None:
            at, bracket = close, -1  # «س وص (وهي الدول الراعية للمحادثات)، إلى جانب ع»
        else:
            break
    return guests


def _under(scene: Scene, index: int) -> bool:
    """«برئاسة», «يترأسه», «الذي يرأسه»: whoever follows is the head of the delegation before."""
    relative = scene.passage.starts("speech.relatives", index, bare=True)
    return scene.passage.starts_one(UNDER, index + relative)


def _party_in(scene: Scene, index: int) -> Hit | None:
    """The party of «في الأمم المتحدة», «في سوريا»."""
    return party_at(scene.passage, index + 1, STATES) if scene.passage.starts("in", index, bare=True) else None


def _past_parent(scene: Scene, index: int) -> int:
    """Behind «في الأمم المتحدة»: the organisation to which a body belongs; the word itself where none follows."""
    parent = _party_in(scene, index)
    return index if parent is None or parent.value.kind != "organisation" else parent.end


def _past_place(scene: Scene, index: int) -> int | None:
    """Behind «في سوريا» in «الدول الضامنة للهدنة في سوريا (س وص)», «… في سوريا وهي س وص»: a list follows."""
    place = _party_in(scene, index)
    if place is None:
        return None
    goes_on = scene.word(place.end) == "(" or scene.passage.starts("attends.joints", place.end, bare=True)
    return place.end if goes_on else None


def _past_side(scene: Scene, index: int) -> int | None:
    """Behind «من الجانب التركي», which stands before those who come for it."""
    side = scene.passage.hit("attends.side", index)
    state = party_at(scene.passage, side.end, NISBA) if side is not None else None
    return None if state is None else state.end


def _behind_party_with_delegation(scene: Scene, index: int) -> int | None:
    """Behind «ومن المعارضة وفد»: a party whose delegation follows it."""
    if not scene.passage.starts("leads.of", index):
        return None
    state = party_at(scene.passage, index + 1, STATES)
    if state is None or state.cut or not scene.passage.starts("delegation_head", state.end, bare=True):
        return None
    return state.end + 1


def _closing(scene: Scene, opened: int, index: int) -> int | None:
    """Behind the bracket that closes a remark of some words; None where it was closed before, or is a long one."""
    if any(scene.word(at) == ")" for at in range(opened, index)):
        return None
    return next((at + 1 for at in range(index, index + REMARK_AT_MOST) if scene.word(at) == ")"), None)


def _past_unknown(scene: Scene, index: int) -> int:
    """The word at which a delegation of an unknown body ends: a sign, or a party that «و» joins."""
    at = index
    while at - index < UNKNOWN_AT_MOST and scene.word(at).isalpha():
        state = party_at(scene.passage, at, STATES)
        if state is not None and state.cut:
            break
        at += 1
    return at


def subject_before(scene: Scene, behind: int) -> list[Guest]:
    """Those who stand right before word `behind`, in a row."""
    end = behind
    for _ in range(FILLERS_AT_MOST):
        step = _before_filler(scene, end)
        if step == end:
            break
        end = step
    process = scene.last(end, "process")
    if process is not None and process.spot.behind == end:
        end = process.spot.first  # «وفود الدول الضامنة لعملية أستانا حضرت الاجتماع»
    at = scene.first
    for one in scene.of(*PARTICIPANTS):
        start = start_of(one.spot)
        if at <= start < end and not _of_a_party(scene, one):
            row = row_at(scene, start)
            if row and (end <= row[-1].behind <= behind or past_head(scene, row[-1].behind) == end):
                return row  # «وفد س», «وفد س برئاسة ص»
            at = row[-1].behind if row else at
    states: list[Guest] = []
    while (state := state_before(scene, states[0].first if states else end)) is not None:
        states.insert(0, state)
        if not scene.word(state.first).startswith(AND):
            return states
    return []


def _of_a_party(scene: Scene, one: Linked) -> bool:
    """«نظام فلان»: somebody who is named only with the party that is called by him."""
    party = party_at(scene.passage, one.spot.first - 1, STATES)
    return party is not None and one.spot.kind == "official" and party.end >= one.spot.behind


def _before_filler(scene: Scene, behind: int) -> int:
    """The word at which a filler begins that ends before word `behind`; `behind` itself where none does."""
    if scene.word(behind - 1) in JOINTS or scene.passage.starts("attends.fillers", behind - 1):
        return behind - 1
    hit = scene.passage.hit("attends.fillers", behind - 2, bare=True)  # «رفيع المستوى»
    return behind - 2 if hit is not None and hit.end == behind else behind


def state_before(scene: Scene, behind: int) -> Guest | None:
    """The party whose words end right before word `behind`."""
    places = scene.passage.where("party")
    place = bisect_left(places, behind) - 1
    for index in places[max(0, place - 2) : place + 1]:
        state = party_at(scene.passage, index, STATES)
        if (
            index >= scene.first
            and state is not None
            and state.end == behind
            and (not state.cut or scene.word(index)[0] == AND)
        ):
            return Guest(state.value.party, index, behind)
    return None
