"""What a sentence says of who takes part in which round. Separate from meetings, which are between two and have
words of their own: here a cue, a list of those who take part and the round must be found around each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sijill.arabic.delegations import STATES, party_at
from sijill.arabic.signs import COMMAS
from sijill.claims.row import AND, Guest, row_at, subject_before
from sijill.claims.scene import ROUND, Rule, Scene
from sijill.claims.target import DENIED_WITHIN, Target, attend, before_it, denied, main_round, past, target_at
from sijill.link import Linked
from sijill.model import Claim, EntityId

__all__ = ["RULES", "representatives"]

NEAR_SESSION = 8
"""Words between «المحادثات» and «بين» or «ضمت»."""
NEAR_OTHERS = 3
"""Signs and «فإن» between «إضافة إلى س» and those who take part beside him."""
NEAR_WITH = 3
"""Words between «اجتماع» and «مع»."""
JOINED_WITHIN = 14
"""Words between a round and «بين»; further on it is something else that is between them."""
NEAR_JOINED = 3
"""Words, of where it is held for example, between a round and a verb that joins; further on it is another's verb."""
HEADS = frozenset({"من", "عن"})
BETWEEN = "بين"
REPRESENTED = STATES | {"own"}
"""Names of states, and «النظام»."""
COME = ("attends.comes", "attends.arrival", "attends.verbs")


def _listed(scene: Scene) -> Iterator[Claim]:
    """The list behind «بمشاركة» and the like; the round is behind «في», else the one that the clause is about."""
    done = scene.first
    for first, behind, category in scene.words("attends.behind", "attends.presence"):
        if first < done or denied(scene, first) and not _beside_absence(scene, first):
            continue
        guests = row_at(scene, past(scene, behind, HEADS) if category == "attends.behind" else first)
        if guests:
            done = guests[-1].behind
            yield from attend(scene, guests, _round_of_list(scene, first, done), first)


def _among(scene: Scene) -> Iterator[Claim]:
    """«بحضور س، بينهم ص», «حضره س»: those among whoever came, or who attended what is told before."""
    come = [cue for cue in COME if cue in scene.passage.holds]
    for first, behind, category in scene.words("attends.verbs_it", "attends.among"):
        comes = category == "attends.verbs_it" or any(scene.has(cue, scene.first, first) for cue in come)
        if (comes or _take_part(scene, first)) and not denied(scene, first):
            guests = row_at(scene, past(scene, behind, HEADS))
            before = scene.last(first, "round")
            if before is not None and _is_prepared(scene, before):
                continue
            if not _other_event(scene, scene.first if before is None else before.spot.behind, first):
                yield from attend(scene, guests, main_round(scene) if before is None else before.entity, first)


def _is_prepared(scene: Scene, one: Linked) -> bool:
    """«اجتماعا تحضيريا لمؤتمر جنيف، حضره س»: whether the meeting spoken of only prepares the round."""
    return one.spot.cut > 0 and scene.passage.starts("attends.preparing", one.spot.first - 1)


def _take_part(scene: Scene, index: int) -> bool:
    """«بحضور س، بينهم ص»: whether some were said before to take part."""
    return any(not denied(scene, at) for at in scene.passage.between("attends.behind", scene.first, index))


def _beside_absence(scene: Scene, index: int) -> bool:
    """«بغياب س ومشاركة ص»: who is away is told before «و», and denies nothing behind it."""
    away = scene.passage.between("attends.absence", max(scene.first, index - DENIED_WITHIN), index)
    return (
        scene.word(index).startswith(AND)
        and bool(away)
        and not denied(scene, away[0])
        and not denied(scene, index, away[-1] + 1)
    )


def _named_before(scene: Scene, index: int) -> Target | None:
    """«تنطلق الجولة غدا، حيث تحضر وفود س وص»: the round that the sentence names before, with no other event since."""
    here = scene.last(index, "round")
    if here is None or _other_event(scene, here.spot.behind, index):
        return None
    return Target(here.entity, here.spot.behind)


def _further(scene: Scene, first: int, behind: int) -> Target | None:
    """«كما يحضر س»: in what the article is about, if nothing follows («كما يحضر س حفلا») and the sentence tells of
    nothing else."""
    goes_on = scene.passage.starts("meets.further", first - 1) and not scene.word(behind).isalpha()
    if not goes_on or _other_event(scene, scene.first, scene.behind):
        return None
    main = main_round(scene)
    return None if main is None else Target(main, behind)


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
        if denied(scene, first):
            continue
        at = past(scene, behind)
        target = before_it(scene, at, first) or target_at(scene, at)
        if target is None and scene.passage.starts("attends.side", at):
            target = Target(main_round(scene), at)  # «يشارك من الجانب س فلان»: in what the article is about
        if target is None and scene.passage.starts("attends.capacity", behind, bare=True):
            target = Target(main_round(scene), at)  # «سيشاركون بصفة مراقب»: in what the article is about
        if target is not None:  # «ويشارك في الجولة كل من س وص», or the subject before
            relative = scene.passage.starts("speech.relatives", first - 1, bare=True)  # «وفد س الذي سيشارك في الجولة»
            guests = row_at(scene, past(scene, target.behind))
            guests = guests or _with_others(scene, subject_before(scene, first - relative))
        else:
            guests = row_at(scene, at)
            end = past(scene, guests[-1].behind if guests else at)
            target = (target_at(scene, end) or target_at(scene, _past_place(scene, end))) if guests else None
            if target is None and guests and not scene.passage.starts("attends.into", end, bare=True):
                target = told or _named_before(scene, first)  # «تشارك في الجولة س، ولأول مرة تشارك ص»: said once
                target = target or _further(scene, first, end)
        told = target or told
        if target is not None:
            yield from attend(scene, guests, target.round, first)


def _with_others(scene: Scene, guests: list[Guest]) -> list[Guest]:
    """«إضافة إلى س وص، فإن ع سيشاركون»: the row and those whom the sentence has named before it as others."""
    first = guests[0].first if guests else scene.first
    for start, behind, _ in scene.words("attends.besides") if guests else ():
        others = row_at(scene, behind) if start < first else []
        if others and first - others[-1].behind <= NEAR_OTHERS:
            return [*others, *guests]
    return guests


def _between(scene: Scene) -> Iterator[Claim]:
    """«الجولة … بين وفدي س وص», «اجتماعات ضمت وفود س وص», «وشملت المحادثات س وص»: two or more whom a round joins."""
    for first, behind, _ in scene.words("attends.joins"):
        joined = target_at(scene, behind)
        if joined is not None and len(guests := row_at(scene, joined.behind)) > 1 and not denied(scene, first):
            yield from attend(scene, guests, joined.round, first)
            continue
        guests = row_at(scene, behind)
        parted = any(scene.passage.starts("attends.parts_them", at) for at in (first - 1, first - 2))
        if len(guests) < 2 or parted or denied(scene, first):
            continue  # «بسبب خلاف بين س وص»: something else is between them
        here = scene.last(first, "round")
        if here is not None and (first - here.spot.behind > JOINED_WITHIN or _joins_another(scene, here, first)):
            continue
        if here is not None and not scene.has("meets.nouns", here.spot.behind, first - 1):
            yield from attend(scene, guests, here.entity, first)
        elif here is None and scene.has("attends.sessions", max(scene.first, first - NEAR_SESSION), first):
            yield from attend(scene, guests, main_round(scene), first)


def _joins_another(scene: Scene, here: Linked, first: int) -> bool:
    """«تبحث الجولة تبادل المعتقلين بين س وص», «في الجولة إقامة حكومة تجمع س وص»: whether what is between those who
    follow, or joins them, is something named behind the round."""
    if scene.has("attends.parts_them", here.spot.behind, first) or scene.has("round_head", here.spot.behind, first):
        return True  # «دعا اجتماع أستانا إلى حوار بين س وص»
    if scene.word(first) in (BETWEEN, AND + BETWEEN) or first - here.spot.behind <= NEAR_JOINED:
        return False
    return scene.word(first - 1) not in COMMAS and not scene.passage.starts("speech.relatives", first - 1, bare=True)


def _own_part(scene: Scene) -> Iterator[Claim]:
    """«أكدت س وص مشاركتهما», «أكدت الأطراف مشاركتها، من ضمنهم س»: those right before, whose verb says yes, and those
    among them."""
    for first, behind, _ in scene.words("attends.own_part"):
        target = target_at(scene, behind)
        end = behind if target is None else target.behind
        among = scene.passage.hit("attends.among", end + (scene.word(end) in COMMAS))
        if among is not None and scene.has("attends.affirms", scene.first, first) and not denied(scene, first):
            guests = row_at(scene, past(scene, among.end, HEADS))
            yield from attend(scene, guests, main_round(scene) if target is None else target.round, first)
        verb = next((at for at in (first - 1, first - 2) if scene.passage.starts("attends.affirms", at)), first)
        guests = subject_before(scene, verb)
        if not guests or denied(scene, guests[0].first) or denied(scene, first):
            continue
        # «أكدت س وص مشاركتهما», «س وص أكدوا أيضا مشاركتهم»
        if verb < first or scene.has("attends.affirms", max(scene.first, guests[0].first - 2), guests[0].first):
            yield from attend(scene, guests, main_round(scene) if target is None else target.round, first)


def _represented(scene: Scene) -> Iterator[Claim]:
    """«سيمثل تركيا في المحادثات فلان»: whoever stands for a state."""
    for told in representatives(scene):
        yield from attend(scene, told.guests, told.round, told.first)


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
        state = party_at(scene.passage, behind, REPRESENTED)
        if state is None or denied(scene, first):
            continue
        target = target_at(scene, state.end)
        where = where if target is None else target.round
        if where is None and not scene.passage.starts("in", state.end, bare=True):
            where = main_round(scene)  # «سيمثل تركيا فلان»; not «يمثل تركيا في الأمم المتحدة»
        before = None if scene.word(first).startswith(AND) else subject_before(scene, first)
        guests = before or row_at(scene, state.end if target is None else target.behind)
        yield Representatives(state.value.party, guests[:1], where, first)


def _past_place(scene: Scene, index: int) -> int:
    """Behind «في جنيف», «في سويسرا»: where it is, before what is taken part in."""
    if not scene.passage.starts("in", index, bare=True):
        return index
    place = scene.passage.hit("place", index + 1, bare=True) or party_at(scene.passage, index + 1, STATES)
    return index if place is None else place.end


def _round_of_list(scene: Scene, first: int, behind: int) -> EntityId | None:
    """What a list of those who take part belongs to."""
    if scene.passage.starts("attends.into", behind, bare=True) and (target := target_at(scene, behind)) is not None:
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
    settled = any(scene.passage.starts("attends.settled", at) for at in (first - 1, behind))
    told = told or settled and not _other_event(scene, start, first)  # «لحضور لقاء …، تأتي مشاركة س»
    told = (
        told or scene.has("attends.sessions", scene.first, first) or scene.has("attends.meetings", scene.first, first)
    )
    return main_round(scene) if told else None


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


RULES: tuple[Rule, ...] = (
    Rule(_listed, ROUND, ("attends.behind", "attends.presence")),
    Rule(_among, ROUND, ("attends.verbs_it", "attends.behind", *COME)),
    Rule(_verbs, ROUND, ("attends.verbs",)),
    Rule(_between, ROUND, ("attends.joins",)),
    Rule(_own_part, ROUND, ("attends.own_part",)),
    Rule(_represented, ROUND, ("attends.represents",)),
)
