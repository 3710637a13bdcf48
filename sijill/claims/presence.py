"""What a sentence says of who takes part in which round. Separate from meetings, which are between two and have
words of their own: here a cue, a list of those who take part and the round must be found around each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from sijill.arabic.delegations import party_at
from sijill.claims.scene import PARTICIPANTS, Scene, start_of
from sijill.model import Claim, EntityId

JOINTS = frozenset({"،", ",", "و", '"', "(", ")", ":"})
STATES = frozenset({"name", "own", "rule"})
NISBA = frozenset({"nisba"})
GUARANTORS = "guarantor-states"
FILLERS_AT_MOST = 4
"""Words of no weight («أيضا», «اليوم», «رمزية من») between a cue and what belongs to it."""
DENIED_WITHIN = 4
"""Words before a cue in which a denial («لن», «رفض») makes it none."""
NEAR_SESSION = 8
"""Words between «المحادثات» and «بين» or «ضمت»."""
UNKNOWN_AT_MOST = 3
"""Words of a delegation that no list knows («ممثلي المنظمات الدولية»), which a row may hold."""
COMING_WITHIN = 25
"""Words between whoever comes and «للمشاركة»."""
JOINED_WITHIN = 14
"""Words between a round and «بين»; further on it is something else that is between them."""
REMARK_AT_MOST = 8
"""Words of a remark in brackets within a row."""
HEADS = frozenset({"من", "عن"})
AND, TO = "و", "الي"
QUOTE = '"'


class Guest(NamedTuple):
    """Whoever takes part, and the words that say so."""

    who: EntityId
    first: int
    behind: int


class Target(NamedTuple):
    """What is taken part in, and the word behind the words that name it."""

    round: EntityId | None
    behind: int


def attendance(scene: Scene) -> Iterator[Claim]:
    """attends: «بمشاركة س وص», «يشارك س في», «وصل س للمشاركة في», «وفد س إلى الجولة», «الجولة … بين س وص»."""
    if not scene.links and scene.main is None:
        return
    yield from _listed(scene)
    yield from _verbs(scene)
    yield from _purposes(scene)
    yield from _accredited(scene)
    yield from _between(scene)
    yield from _own_part(scene)
    yield from _represented(scene)


def _listed(scene: Scene) -> Iterator[Claim]:
    """The list behind «بمشاركة» and the like; the round is behind «في», else the one that the clause is about."""
    done = scene.first
    for first, behind, category in scene.words("attends.behind", "attends.presence"):
        if first < done or _denied(scene, first):
            continue
        guests = _row(scene, _past(scene, behind, HEADS) if category == "attends.behind" else first)
        if guests:
            done = guests[-1].behind
            yield from _attend(scene, guests, _round_of_list(scene, first, done), first)
    for first, behind, category in scene.words("attends.verbs_it", "attends.among"):
        coming = category == "attends.verbs_it" or any(
            scene.has(cue, scene.first, first) for cue in ("attends.comes", "attends.arrival", "attends.verbs")
        )
        if coming and not _denied(scene, first):
            guests = _row(scene, _past(scene, behind, HEADS))
            before = scene.last(first, "round")
            yield from _attend(scene, guests, _main(scene) if before is None else before.entity, first)


def _verbs(scene: Scene) -> Iterator[Claim]:
    """«ويشارك في الجولة س وص», «تشارك س في الجولة», «س وص يشاركون في الجولة», «حضر س الجلسة»."""
    for first, behind, _ in scene.words("attends.verbs"):
        if _denied(scene, first):
            continue
        at = _past(scene, behind)
        target = _before_it(scene, at, first) or _target(scene, at)
        if target is not None:  # «ويشارك في الجولة كل من س وص», or the subject before
            guests = _row(scene, _past_side(scene, _past(scene, target.behind))) or _subject(scene, first)
        else:
            guests = _row(scene, at)
            end = _past(scene, guests[-1].behind if guests else at)
            target = (_target(scene, end) or _target(scene, _past_place(scene, end))) if guests else None
        if target is not None:
            yield from _attend(scene, guests, target.round, first)


def _purposes(scene: Scene) -> Iterator[Claim]:
    """«وصل وفد س إلى المدينة للمشاركة في الجولة», «لدى وصوله … لحضور الجولة، قال س»."""
    for first, behind, _ in scene.words("attends.purpose"):
        target = _target(scene, behind)
        if target is None or target.round is None or _denied(scene, first):
            continue
        behind_it = _row(scene, target.behind)
        if behind_it and scene.last(first, *PARTICIPANTS) is None and scene.has("attends.comes", scene.first, first):
            yield from _attend(scene, behind_it, target.round, first)  # «وصلت للمشاركة في الجولة وفود س وص»
            continue
        who = scene.last(first, "delegation")  # «وفد س برئاسة ص … للمشاركة»: the delegation comes
        if who is None and scene.has("attends.comes", scene.first, first):
            who = scene.last(first, "official")
        if who is not None and first - who.spot.behind <= COMING_WITHIN:
            guests = _subject(scene, who.spot.behind) or [Guest(who.entity or "", start_of(who.spot), who.spot.behind)]
            yield from _attend(scene, guests, target.round, first)
        elif scene.has("attends.comes_pronoun", scene.first, first):
            who = scene.next(target.behind, "official")
            if who is not None and scene.has("verb", target.behind, start_of(who.spot)):
                guest = Guest(who.entity or "", start_of(who.spot), who.spot.behind)
                yield from _attend(scene, [guest], target.round, first)


def _accredited(scene: Scene) -> Iterator[Claim]:
    """«وفد س إلى الجولة», «وفد س المشارك في الجولة», «بدأ وفد س لقاءاته … ضمن الجولة»."""
    for one in scene.of("delegation"):
        at = one.spot.behind
        sent = scene.passage.starts("attends.sent", at)
        target = _target(scene, at + 1 if sent else at) if sent or scene.word(at) == TO else None
        if target is not None and target.round is not None and not _denied(scene, one.spot.first):
            yield from _attend(scene, [Guest(one.entity or "", one.spot.first, at)], target.round, one.spot.first)
    for first, behind, _ in scene.words("attends.within"):
        who, here = scene.last(first, "delegation"), scene.next(behind, "round")
        if who is None or here is None or here.spot.first != behind:
            continue
        if scene.has("attends.own", who.spot.behind, first) and not _denied(scene, who.spot.first):
            guest = Guest(who.entity or "", who.spot.first, who.spot.behind)
            yield from _attend(scene, [guest], here.entity, first)


def _between(scene: Scene) -> Iterator[Claim]:
    """«الجولة … بين وفدي س وص», «اجتماعات ضمت وفود س وص», «الجولة، ممثلة بس وص»: two or more whom a round joins."""
    for first, behind, _ in scene.words("attends.joins"):
        guests = _row(scene, behind)
        if len(guests) < 2 or _denied(scene, first):
            continue
        here = scene.last(first, "round")
        if here is not None and first - here.spot.behind > JOINED_WITHIN:
            continue
        if here is not None and not scene.has("meets.nouns", here.spot.behind, first - 1):
            yield from _attend(scene, guests, here.entity, first)
        elif here is None and scene.has("attends.sessions", max(scene.first, first - NEAR_SESSION), first):
            yield from _attend(scene, guests, _main(scene), first)


def _own_part(scene: Scene) -> Iterator[Claim]:
    """«أكدت س وص مشاركتهما»: those right before, whose verb says yes."""
    for first, behind, _ in scene.words("attends.own_part"):
        guests = _subject(scene, first)
        if not guests or _denied(scene, guests[0].first) or _denied(scene, first):
            continue
        if scene.has("attends.affirms", max(scene.first, guests[0].first - 2), guests[0].first):
            target = _target(scene, behind)
            yield from _attend(scene, guests, _main(scene) if target is None else target.round, first)


def _represented(scene: Scene) -> Iterator[Claim]:
    """«سيمثل تركيا في المحادثات فلان، بينما سيمثل إيران فلان»: what in is said once in a sentence."""
    where: EntityId | None = None
    for first, behind, _ in scene.words("attends.represents"):
        state = party_at(scene.passage, behind, STATES)
        if state is None or _denied(scene, first):
            continue
        target = _target(scene, state.end)
        where = where if target is None else target.round
        before = None if scene.word(first).startswith(AND) else _subject(scene, first)
        guests = before or _row(scene, state.end if target is None else target.behind)
        yield from _attend(scene, guests[:1], where, first)


def _past_side(scene: Scene, index: int) -> int:
    """Behind «من الجانب التركي», which stands before those who come for it."""
    side = scene.passage.hit("attends.side", index)
    state = party_at(scene.passage, side.end, NISBA) if side is not None else None
    return index if state is None else state.end


def _past_place(scene: Scene, index: int) -> int:
    """Behind «في جنيف», «في سويسرا»: where it is, before what is taken part in."""
    if not scene.passage.starts("in", index, bare=True):
        return index
    place = scene.passage.hit("place", index + 1, bare=True) or party_at(scene.passage, index + 1, STATES)
    return index if place is None else place.end


def _attend(scene: Scene, guests: list[Guest], where: EntityId | None, cue: int) -> Iterator[Claim]:
    """A claim for each; the guarantors stand for the states listed behind them, if any are."""
    if where is None:
        return
    several = len({guest.who for guest in guests}) > 1
    states = {"russia", "turkey", "iran"} & {guest.who for guest in guests}
    for guest in guests:
        if guest.who == GUARANTORS and several and states:
            continue
        first, behind = min(cue, guest.first), max(cue + 1, guest.behind)
        yield scene.claim("attends", (("who", guest.who), ("round", where)), first, behind)


def _row(scene: Scene, index: int) -> list[Guest]:
    """Those named in a row from word `index`, joined by commas, «و», brackets and words like «إلى جانب»."""
    guests: list[Guest] = []
    at, words = index, 0
    under = scene.passage.starts("leads.under", index - 1)  # «برئاسة فلان»: the delegation is named, not its head
    bracket = -1
    while at < scene.behind and words <= FILLERS_AT_MOST:
        if scene.word(at) == "(":
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
            at, words = state.end, 0
            continue
        if (
            scene.passage.starts("attends.deputies", at)
            and (state := party_at(scene.passage, at + 1, STATES)) is not None
        ):
            guests.append(Guest(state.value.party, at, state.end))
            at, words = state.end, 0
            continue
        if scene.passage.starts("delegation_head", at) and guests:
            at, words = _past_unknown(scene, at + 1), words + 1
            continue
        joint = scene.passage.hit("attends.joints", at)
        if joint is not None:
            at, words = joint.end, words + 1
        elif (
            scene.word(at) in JOINTS
            or scene.passage.starts("honorific", at)
            or guests
            and scene.passage.starts("leads.under", at)
        ):
            under = under or scene.passage.starts("leads.under", at)
            at += 1
            words += 1
        elif guests and bracket >= 0 and (close := _closing(scene, bracket, at)) is not None:
            at, bracket = close, -1  # «س وص (وهي الدول الراعية للمحادثات)، إلى جانب ع»
        else:
            break
    return guests


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


def _subject(scene: Scene, behind: int) -> list[Guest]:
    """Those who stand right before word `behind`, in a row."""
    end = behind
    for _ in range(FILLERS_AT_MOST):
        if not (scene.word(end - 1) in JOINTS or scene.passage.starts("attends.fillers", end - 1)):
            break
        end -= 1
    process = scene.last(end, "process")
    if process is not None and process.spot.behind == end:
        end = process.spot.first  # «وفود الدول الضامنة لعملية أستانا حضرت الاجتماع»
    at = scene.first
    for one in scene.of(*PARTICIPANTS):
        start = start_of(one.spot)
        if at <= start < end:
            row = _row(scene, start)
            if row and end <= row[-1].behind <= behind:
                return row
            at = row[-1].behind if row else at
    states: list[Guest] = []
    while (state := _state_before(scene, states[0].first if states else end)) is not None:
        states.insert(0, state)
        if not scene.word(state.first).startswith(AND):
            return states
    return []


def _state_before(scene: Scene, behind: int) -> Guest | None:
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


def _target(scene: Scene, index: int) -> Target | None:
    """What word `index` says is taken part in: a round, its process where the article has a main round of it, or
    «المحادثات»."""
    at = index
    if scene.passage.starts("attends.into", at, bare=True):
        at += 1
    part = scene.passage.hit("attends.parts", at)
    if part is not None and scene.at(at) is None:
        at = part.end
    at += scene.word(at) == QUOTE
    one = scene.next(at, "round", "process")
    if one is not None and one.spot.first == at:
        if one.spot.kind == "round":
            return Target(one.entity, one.spot.behind)
        same = scene.main is not None and one.entity is not None and scene.main.startswith(f"{one.entity}-")
        return Target(scene.main if same else None, one.spot.behind)
    hit = scene.passage.hit("attends.sessions", at) or scene.passage.hit("attends.meetings", at)
    return None if hit is None else Target(_main(scene), hit.end)


def _before_it(scene: Scene, index: int, verb: int) -> Target | None:
    """«الجولة …، التي سيشارك فيها س»: the round named before."""
    if not scene.passage.starts("attends.in_it", index, bare=True):
        return None
    here = scene.last(verb, "round")
    return Target(here.entity, index + 1) if here is not None else None


def _main(scene: Scene) -> EntityId | None:
    """The main round, if it is one of several: a congress is never meant by «المحادثات»."""
    return scene.main if scene.main is not None and scene.main[-1].isdigit() else None


def _round_of_list(scene: Scene, first: int, behind: int) -> EntityId | None:
    """What a list of those who take part belongs to."""
    if scene.passage.starts("attends.into", behind, bare=True) and (target := _target(scene, behind)) is not None:
        return target.round
    before = scene.last(first, "round")
    start = before.spot.behind if before is not None else scene.first
    gathering = scene.has("meets.nouns", start, first) and scene.has("meets.binders", start, first)
    if gathering or scene.has("meets.own", start, first):
        return None  # «عقب لقاء مع فلان بحضور …»: they attended the meeting
    if before is not None:
        return before.entity
    after = scene.next(behind, "round")
    if after is not None:
        return after.entity
    told = scene.passage.starts("attends.expected", first - 1, bare=True)
    told = (
        told or scene.has("attends.sessions", scene.first, first) or scene.has("attends.meetings", scene.first, first)
    )
    return _main(scene) if told else None


def _past(scene: Scene, index: int, words: frozenset[str] = frozenset()) -> int:
    """Past the few words of no weight at `index`."""
    at = index
    for _ in range(FILLERS_AT_MOST):
        hit = scene.passage.hit("attends.fillers", at, bare=True)
        if hit is None and scene.word(at) not in words:
            break
        at = hit.end if hit is not None else at + 1
    return at


def _denied(scene: Scene, index: int) -> bool:
    """Whether the few words before say that it is not so, or not yet sure."""
    return scene.has("attends.denials", max(scene.first, index - DENIED_WITHIN), index)
