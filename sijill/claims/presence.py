"""What a sentence says of who takes part in which round. Separate from meetings, which are between two and have
words of their own: here a cue, a list of those who take part and the round must be found around each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sijill.arabic.delegations import party_at
from sijill.claims.row import AND, FILLERS_AT_MOST, STATES, Guest, guest_of, row_at, subject_before
from sijill.claims.scene import PARTICIPANTS, Scene, start_of
from sijill.model import Claim, EntityId

GUARANTORS, OBSERVERS = "guarantor-states", "observer-states"
DENIED_WITHIN = 4
"""Words before a cue in which a denial («لن», «رفض») makes it none."""
NEAR_SESSION = 8
"""Words between «المحادثات» and «بين» or «ضمت»."""
COMING_WITHIN = 25
"""Words between whoever comes and «للمشاركة»."""
NEAR_OTHERS = 3
"""Signs and «فإن» between «إضافة إلى س» and those who take part beside him."""
NEAR_FROM = 6
"""Words between the round and «من» behind which stands who comes to it, or between «إلى» and the city."""
NEAR_WITH = 3
"""Words between «اجتماع» and «مع»."""
JOINED_WITHIN = 14
"""Words between a round and «بين»; further on it is something else that is between them."""
HEADS = frozenset({"من", "عن"})
TO = "الي"
QUOTE = '"'


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
    yield from _come_from(scene)
    yield from _arrivals(scene)


def _listed(scene: Scene) -> Iterator[Claim]:
    """The list behind «بمشاركة» and the like; the round is behind «في», else the one that the clause is about."""
    done = scene.first
    for first, behind, category in scene.words("attends.behind", "attends.presence"):
        if first < done or _denied(scene, first):
            continue
        guests = row_at(scene, _past(scene, behind, HEADS) if category == "attends.behind" else first)
        if guests:
            done = guests[-1].behind
            yield from _attend(scene, guests, _round_of_list(scene, first, done), first)
    for first, behind, category in scene.words("attends.verbs_it", "attends.among"):
        coming = category == "attends.verbs_it" or any(
            scene.has(cue, scene.first, first) for cue in ("attends.comes", "attends.arrival", "attends.verbs")
        )
        if coming and not _denied(scene, first):
            guests = row_at(scene, _past(scene, behind, HEADS))
            before = scene.last(first, "round")
            if not _other_event(scene, scene.first if before is None else before.spot.behind, first):
                yield from _attend(scene, guests, _main(scene) if before is None else before.entity, first)


def _named_before(scene: Scene, index: int) -> Target | None:
    """«تنطلق الجولة غدا، حيث تحضر وفود س وص»: the round that the sentence names before, with no other event since."""
    here = scene.last(index, "round")
    if here is None or _other_event(scene, here.spot.behind, index):
        return None
    return Target(here.entity, here.spot.behind)


def _other_event(scene: Scene, first: int, behind: int) -> bool:
    """Whether an event that is no link is named between: «… بسبب لقاء س، الذي سيحضره فلان»."""
    return any(
        scene.at(at) is None and scene.passage.starts(category, at)
        for category in ("meets.nouns", "round_head")
        for at in scene.passage.between(category, first, behind)
    )


def _verbs(scene: Scene) -> Iterator[Claim]:
    """«ويشارك في الجولة س وص», «تشارك س في الجولة», «س وص يشاركون في الجولة», «حضر س الجلسة»."""
    told: Target | None = None
    for first, behind, _ in scene.words("attends.verbs"):
        if _denied(scene, first):
            continue
        at = _past(scene, behind)
        target = _before_it(scene, at, first) or _target(scene, at)
        if target is None and scene.passage.starts("attends.side", at):
            target = Target(_main(scene), at)  # «يشارك من الجانب س فلان»: in what the article is about
        if target is None and scene.passage.starts("attends.capacity", behind, bare=True):
            target = Target(_main(scene), at)  # «سيشاركون بصفة مراقب»: in what the article is about
        if target is not None:  # «ويشارك في الجولة كل من س وص», or the subject before
            relative = scene.passage.starts("speech.relatives", first - 1, bare=True)  # «وفد س الذي سيشارك في الجولة»
            guests = row_at(scene, _past(scene, target.behind))
            guests = guests or _with_others(scene, subject_before(scene, first - relative))
        else:
            guests = row_at(scene, at)
            end = _past(scene, guests[-1].behind if guests else at)
            target = (_target(scene, end) or _target(scene, _past_place(scene, end))) if guests else None
            if target is None and guests and not scene.passage.starts("attends.into", end, bare=True):
                target = told or _named_before(scene, first)  # «تشارك في الجولة س، ولأول مرة تشارك ص»: said once
        told = target or told
        if target is not None:
            yield from _attend(scene, guests, target.round, first)


def _with_others(scene: Scene, guests: list[Guest]) -> list[Guest]:
    """«إضافة إلى س وص، فإن ع سيشاركون»: the row and those whom the sentence has named before it as others."""
    first = guests[0].first if guests else scene.first
    for start, behind, _ in scene.words("attends.besides") if guests else ():
        others = row_at(scene, behind) if start < first else []
        if others and first - others[-1].behind <= NEAR_OTHERS:
            return [*others, *guests]
    return guests


def _purposes(scene: Scene) -> Iterator[Claim]:
    """«وصل وفد س إلى المدينة للمشاركة في الجولة», «لدى وصوله … لحضور الجولة، قال س»."""
    for first, behind, _ in scene.words("attends.purpose"):
        target = _target(scene, behind)
        if target is None or target.round is None or _denied(scene, first):
            continue
        behind_it = row_at(scene, target.behind)
        if behind_it and scene.last(first, *PARTICIPANTS) is None and scene.has("attends.comes", scene.first, first):
            yield from _attend(scene, behind_it, target.round, first)  # «وصلت للمشاركة في الجولة وفود س وص»
            continue
        who = scene.last(first, "delegation")  # «وفد س برئاسة ص … للمشاركة»: the delegation comes
        if who is None and scene.has("attends.comes", scene.first, first):
            who = scene.last(first, "official")
        refuses = who is not None and scene.passage.starts("attends.denials", start_of(who.spot) - 1)
        if who is not None and not refuses and first - who.spot.behind <= COMING_WITHIN:
            guests = subject_before(scene, who.spot.behind) or [guest_of(who)]
            yield from _attend(scene, guests, target.round, first)
        elif scene.has("attends.comes_pronoun", scene.first, first):
            who = scene.next(target.behind, "official")
            if who is not None and scene.has("verb", target.behind, start_of(who.spot)):
                yield from _attend(scene, [guest_of(who)], target.round, first)


def _accredited(scene: Scene) -> Iterator[Claim]:
    """«وفد س إلى الجولة», «وفد س المشارك في الجولة», «بدأ وفد س لقاءاته … ضمن الجولة»."""
    for one in scene.of("delegation"):
        at = one.spot.behind
        sent = scene.passage.starts("attends.sent", at)
        target = _target(scene, at + 1 if sent else at) if sent or scene.word(at) == TO else None
        if target is None or target.round is None or _stays_away(scene):
            continue
        if not _denied(scene, one.spot.first):
            yield from _attend(scene, [Guest(one.entity or "", one.spot.first, at)], target.round, one.spot.first)
    for first, behind, _ in scene.words("attends.within"):
        who, here = scene.last(first, "delegation"), scene.next(behind, "round")
        if who is None or here is None or here.spot.first != behind:
            continue
        if scene.has("attends.own", who.spot.behind, first) and not _denied(scene, who.spot.first):
            guest = Guest(who.entity or "", who.spot.first, who.spot.behind)
            yield from _attend(scene, [guest], here.entity, first)


def _stays_away(scene: Scene) -> bool:
    """«قال وفد س إلى الجولة إنه انسحب», «… إنه لن يشارك»: whether the sentence tells of leaving or of staying away."""
    return scene.has("attends.leaves", scene.first, scene.behind) or any(
        _denied(scene, first) for first, _, _ in scene.words("attends.verbs")
    )


def _between(scene: Scene) -> Iterator[Claim]:
    """«الجولة … بين وفدي س وص», «اجتماعات ضمت وفود س وص», «الجولة، ممثلة بس وص»: two or more whom a round joins."""
    for first, behind, _ in scene.words("attends.joins"):
        guests = row_at(scene, behind)
        parted = any(scene.passage.starts("attends.parts_them", at) for at in (first - 1, first - 2))
        if len(guests) < 2 or parted or _denied(scene, first):
            continue  # «بسبب خلاف بين س وص»: something else is between them
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
        verb = next((at for at in (first - 1, first - 2) if scene.passage.starts("attends.affirms", at)), first)
        guests = subject_before(scene, verb)
        if not guests or _denied(scene, guests[0].first) or _denied(scene, first):
            continue
        # «أكدت س وص مشاركتهما», «س وص أكدوا أيضا مشاركتهم»
        if verb < first or scene.has("attends.affirms", max(scene.first, guests[0].first - 2), guests[0].first):
            target = _target(scene, behind)
            yield from _attend(scene, guests, _main(scene) if target is None else target.round, first)


def _represented(scene: Scene) -> Iterator[Claim]:
    """«سيمثل تركيا في المحادثات فلان»: whoever stands for a state."""
    for told in representatives(scene):
        yield from _attend(scene, told.guests, told.round, told.first)


class Representatives(NamedTuple):
    """Who stands for a party in which round, by the words at `first`."""

    party: EntityId
    guests: list[Guest]
    round: EntityId | None
    first: int


def representatives(scene: Scene) -> Iterator[Representatives]:
    """«سيمثل تركيا في المحادثات فلان، بينما سيمثل إيران فلان»: what in is said once in a sentence."""
    where: EntityId | None = None
    for first, behind, _ in scene.words("attends.represents"):
        state = party_at(scene.passage, behind, STATES)
        if state is None or _denied(scene, first):
            continue
        target = _target(scene, state.end)
        where = where if target is None else target.round
        before = None if scene.word(first).startswith(AND) else subject_before(scene, first)
        guests = before or row_at(scene, state.end if target is None else target.behind)
        yield Representatives(state.value.party, guests[:1], where, first)


def _come_from(scene: Scene) -> Iterator[Claim]:
    """«الوفود المشاركة في الجولة من س وص»: two or more from whom those who take part come."""
    for first, behind, _ in scene.words("attends.participants"):
        target = _target(scene, behind)
        if target is None or _denied(scene, first):
            continue
        for at in range(target.behind, min(scene.behind, target.behind + NEAR_FROM)):
            if scene.word(at) in HEADS and len(guests := row_at(scene, at + 1)) > 1:
                yield from _attend(scene, guests, target.round, first)
                break
            if not scene.word(at).isalpha():
                break


def _arrivals(scene: Scene) -> Iterator[Claim]:
    """«وصل وفد س إلى جنيف», «وصول وفود س وص»: delegations that come to the city of the round that the article is
    about."""
    for first, behind, _ in scene.words("attends.arrives"):
        main = _main(scene)
        if main is None or _denied(scene, first):
            continue
        at = _past_city(scene, behind, main)
        guests = row_at(scene, _past(scene, behind if at is None else at))
        if at is None and guests:
            at = _past_city(scene, guests[-1].behind, main)
        if at is None:
            continue
        came = {start_of(one.spot) for one in scene.of("delegation")}
        guests = [guest for guest in guests or subject_before(scene, first) if guest.first in came]
        yield from _attend(scene, guests, main, first)


def _past_city(scene: Scene, index: int, main: EntityId) -> int | None:
    """Behind «إلى جنيف» or «إلى العاصمة الكازاخية أستانا», where that is the city by which the round is called."""
    if scene.word(index) != TO:
        return None
    for at in range(index + 1, min(scene.behind, index + NEAR_FROM)):
        place = scene.passage.hit("place", at, bare=True)
        if place is not None:
            return place.end if main.startswith(f"{place.value}-") else None
        if not scene.word(at).isalpha():
            return None
    return None


def _past_place(scene: Scene, index: int) -> int:
    """Behind «في جنيف», «في سويسرا»: where it is, before what is taken part in."""
    if not scene.passage.starts("in", index, bare=True):
        return index
    place = scene.passage.hit("place", index + 1, bare=True) or party_at(scene.passage, index + 1, STATES)
    return index if place is None else place.end


def _attend(scene: Scene, guests: list[Guest], where: EntityId | None, cue: int) -> Iterator[Claim]:
    """A claim for each; guarantors and observers stand for the states listed behind them, if any are."""
    if where is None:
        return
    several = len({guest.who for guest in guests}) > 1
    states = {"russia", "turkey", "iran"} & {guest.who for guest in guests}
    for guest in guests:
        if guest.who == GUARANTORS and several and states or guest.who == OBSERVERS and several:
            continue
        first, behind = min(cue, guest.first), max(cue + 1, guest.behind)
        yield scene.claim("attends", (("who", guest.who), ("round", where)), first, behind)


def _target(scene: Scene, index: int) -> Target | None:
    """What word `index` says is taken part in: a round, its process where the article has a main round of it, or
    «المحادثات»."""
    at = index
    into = scene.passage.hit("attends.into", at, bare=True)
    at = at if into is None else into.end
    part = scene.passage.hit("attends.parts", at)
    if part is not None and scene.at(at) is None:
        at = part.end
    at += scene.word(at) == QUOTE
    one = scene.next(at, "round", "process")
    if one is not None and one.spot.first == at:
        if one.spot.kind == "round":
            return Target(one.entity, one.spot.behind)
        return Target(_of_process(scene, one.entity, at), one.spot.behind)
    hit = scene.passage.hit("attends.sessions", at) or scene.passage.hit("attends.meetings", at)
    if hit is not None:
        return Target(_spoken_of(scene, at), hit.end)
    hit = scene.passage.hit("attends.congress", at)
    return None if hit is None else Target(_spoken_of(scene, at, congress=True), hit.end)


def _before_it(scene: Scene, index: int, verb: int) -> Target | None:
    """«الجولة …، التي سيشارك فيها س»: the round named before."""
    if not scene.passage.starts("attends.in_it", index, bare=True):
        return None
    here = scene.last(verb, "round")
    return Target(here.entity, index + 1) if here is not None else None


def _of_process(scene: Scene, process: EntityId | None, index: int) -> EntityId | None:
    """The round of a process that the sentence has named before word `index`, else the main one if it is of it."""
    before = scene.last(index, "round")
    for entity in (None if before is None else before.entity, scene.main):
        if process is not None and entity is not None and entity.startswith(f"{process}-"):
            return entity
    return None


def _spoken_of(scene: Scene, index: int, congress: bool = False) -> EntityId | None:
    """The round that «الجولة» or «المؤتمر» at word `index` means: of those that the sentence has named before the main
    one, else the last; the main one where it has named none."""
    named = [one.entity for one in scene.of("round") if one.spot.behind <= index]
    for entity in (scene.main if scene.main in named else None, *reversed(named), scene.main):
        if entity is not None and (congress or entity[-1].isdigit()):
            return entity
    return None


def _main(scene: Scene) -> EntityId | None:
    """The main round, if it is one of several: a congress is never meant by «المحادثات»."""
    return scene.main if scene.main is not None and scene.main[-1].isdigit() else None


def _round_of_list(scene: Scene, first: int, behind: int) -> EntityId | None:
    """What a list of those who take part belongs to."""
    if scene.passage.starts("attends.into", behind, bare=True) and (target := _target(scene, behind)) is not None:
        return target.round
    before = scene.last(first, "round")
    start = before.spot.behind if before is not None else scene.first
    if _at_another(scene, start, first):
        return None  # «عقب لقاء مع فلان بحضور …»: they attended the meeting
    if before is not None:
        return before.entity
    after = scene.next(behind, "round")
    if after is not None:
        return after.entity
    told = scene.passage.starts("attends.expected", first - 1, bare=True)
    told = told or any(scene.passage.starts("attends.settled", at) for at in (first - 1, behind))
    told = (
        told or scene.has("attends.sessions", scene.first, first) or scene.has("attends.meetings", scene.first, first)
    )
    return _main(scene) if told else None


def _at_another(scene: Scene, first: int, behind: int) -> bool:
    """Whether what is told between is a meeting of some who met: «لقاء بين», «اجتماع مغلق مع», «لقائه»."""
    if any(scene.has(category, first, behind) for category in ("meets.own", "meets.own_with")):
        return True
    nouns = scene.passage.between("meets.nouns", first, behind)
    if nouns and scene.has("meets.binders", first, behind):
        return True
    return any(
        scene.passage.starts("meets.nouns", at) and scene.has("meets.with", at + 1, min(behind, at + 1 + NEAR_WITH))
        for at in nouns
    )


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
