"""What a sentence says of who comes to a round: «وصل س للمشاركة في», «وفد س إلى الجولة», «الوفود المشاركة … من س»."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.claims.row import Guest, guest_of, row_at, subject_before
from sijill.claims.scene import OFFICIAL, PARTICIPANTS, ROUND, Rule, Scene, end_of, start_of
from sijill.claims.target import Target, attend, denied, main_round, past, target_at
from sijill.model import Claim, EntityId

__all__ = ["RULES"]

COMING_WITHIN = 25
"""Words between whoever comes and «للمشاركة»."""
NEAR_FROM = 6
"""Words between the round and «من» behind which stands who comes to it, or between «إلى» and the city."""
SOURCES = frozenset({"من", "عن"})
TO = "الي"


def _purposes(scene: Scene) -> Iterator[Claim]:
    """«وصل وفد س إلى المدينة للمشاركة في الجولة», «لدى وصوله … لحضور الجولة، قال س»."""
    for first, behind, _ in scene.words("attends.purpose"):
        target = target_at(scene, behind)
        if target is None or target.round is None or denied(scene, first):
            continue
        behind_it = row_at(scene, target.behind)
        if behind_it and scene.last(first, *PARTICIPANTS) is None and scene.has("attends.comes", scene.first, first):
            yield from attend(scene, behind_it, target.round, first)  # «وصلت للمشاركة في الجولة وفود س وص»
            continue
        who = scene.last(first, "delegation")  # «وفد س برئاسة ص … للمشاركة»: the delegation comes
        if who is None and scene.has("attends.comes", scene.first, first):
            who = scene.last(first, "official")
        refuses = who is not None and scene.passage.starts("attends.denials", start_of(who.spot) - 1)
        if who is not None and not refuses and first - who.spot.behind <= COMING_WITHIN:
            guests = subject_before(scene, who.spot.behind) or [guest_of(who)]
            yield from attend(scene, guests, target.round, first)
        elif scene.has("attends.comes_pronoun", scene.first, first):
            who = scene.next(target.behind, "official")
            if who is not None and scene.has("verb", target.behind, start_of(who.spot)):
                yield from attend(scene, [guest_of(who)], target.round, first)


def _accredited(scene: Scene) -> Iterator[Claim]:
    """«وفد س إلى الجولة», «وفد س المشارك في الجولة»; «وفد س إلى أستانا» to the round that the article is about."""
    for one in scene.of("delegation"):
        at = one.spot.behind
        sent = scene.passage.starts("attends.sent", at)
        if not sent and scene.word(at) != TO:
            continue
        target = target_at(scene, at + 1 if sent else at)
        main = main_round(scene)
        if target is None and main is not None and (city := _past_city(scene, at, main)) is not None:
            target = Target(main, city)  # «وفد س إلى أستانا»
        if target is None or target.round is None or _stays_away(scene):
            continue
        if not denied(scene, one.spot.first):
            several = scene.passage.starts("attends.sent_several", at)  # «مع وفدي س وص المشاركين في الجولة»
            guests = (subject_before(scene, at) if several else []) or [Guest(one.entity or "", one.spot.first, at)]
            yield from attend(scene, guests, target.round, one.spot.first)


def _accredited_people(scene: Scene) -> Iterator[Claim]:
    """«قال المبعوث فلان المشارك في الجولة»."""
    for one in scene.of("official"):
        at = end_of(one)
        target = target_at(scene, at + 1) if scene.passage.starts("attends.sent", at) else None
        if target is not None and not denied(scene, one.spot.first):
            yield from attend(scene, [guest_of(one)], target.round, at)


def _within(scene: Scene) -> Iterator[Claim]:
    """«بدأ وفد س لقاءاته … ضمن الجولة»."""
    for first, behind, _ in scene.words("attends.within") if scene.of("round") else ():
        here = scene.next(behind, "round")
        who = scene.last(first, "delegation") if here is not None and here.spot.first == behind else None
        if who is None or here is None:
            continue
        if scene.has("attends.own", who.spot.behind, first) and not denied(scene, who.spot.first):
            guest = Guest(who.entity or "", who.spot.first, who.spot.behind)
            yield from attend(scene, [guest], here.entity, first)


def _stays_away(scene: Scene) -> bool:
    """«قال وفد س إلى الجولة إنه انسحب», «… عدم مشاركته»: whether the sentence tells of leaving or of staying away."""
    if any(scene.has(category, scene.first, scene.behind) for category in ("attends.leaves", "attends.absence")):
        return True
    return any(denied(scene, first) for first, _, _ in scene.words("attends.verbs", "attends.behind"))


def _come_from(scene: Scene) -> Iterator[Claim]:
    """«الوفود المشاركة في الجولة من س وص»: two or more from whom those who take part come."""
    for first, behind, _ in scene.words("attends.participants"):
        target = target_at(scene, behind)
        if target is None or denied(scene, first):
            continue
        for at in range(target.behind, min(scene.behind, target.behind + NEAR_FROM)):
            if scene.word(at) in SOURCES and len(guests := row_at(scene, at + 1)) > 1:
                yield from attend(scene, guests, target.round, first)
                break
            if not scene.word(at).isalpha():
                break


def _arrivals(scene: Scene) -> Iterator[Claim]:
    """«وصل وفد س إلى جنيف», «وصول وفود س وص»: delegations that come to the city of the round that the article is
    about."""
    for first, behind, _ in scene.words("attends.arrives"):
        main = main_round(scene)
        if main is None or denied(scene, first):
            continue
        at = _past_city(scene, behind, main)
        guests = row_at(scene, past(scene, behind if at is None else at))
        if at is None and guests:
            at = _past_city(scene, guests[-1].behind, main)
        if at is None or scene.has("attends.without", at, scene.behind):
            continue
        came = {start_of(one.spot) for one in scene.of("delegation")}
        guests = [guest for guest in guests or subject_before(scene, first) if guest.first in came]
        yield from attend(scene, guests, main, first)


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


RULES: tuple[Rule, ...] = (
    Rule(_purposes, ROUND, ("attends.purpose",)),
    Rule(_accredited, ROUND | {"delegation"}),
    Rule(_accredited_people, ROUND | OFFICIAL, ("attends.sent",)),
    Rule(_within, ROUND | {"delegation"}, ("attends.within",)),
    Rule(_come_from, ROUND, ("attends.participants",)),
    Rule(_arrivals, ROUND, ("attends.arrives",)),
)
