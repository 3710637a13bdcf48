"""What a sentence says of people: whose official somebody is, in what office, who leads a delegation and who
belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.claims.scene import Scene, clause_between, start_of
from sijill.link import Linked
from sijill.model import Claim, Fields

NEAR = 30
"""Words between a verb of leading and the person or delegation it belongs to."""


def offices(scene: Scene) -> Iterator[Claim]:
    """role and affiliation, from the title that stands with a name."""
    for one in scene.of("official"):
        spot, title = one.spot, one.spot.title
        if title is None or spot.form == "nominal" or one.entity is None:
            continue
        first, behind = min(title.start, spot.first), max(title.end, spot.behind)
        if title.head not in ("", "نظير"):  # «نظيره الفرنسي» says whose he is, and no office
            start, end = scene.passage.span(title.start, title.end, title.cut)
            words = scene.passage.text.raw[start:end]
            yield scene.claim("role", (("official", one.entity), ("title", words)), first, behind)
        if title.party is not None:
            yield scene.claim("affiliation", (("official", one.entity), ("party", title.party)), first, behind)


def heads(scene: Scene) -> Iterator[Claim]:
    """leads: «وفد س برئاسة ص», «يترأس وفد س ص», «الوفد … يترأسه ص», and the title «رئيس وفد س»."""
    for first, behind, category in scene.words("leads.under", "leads.verbs", "leads.with_pronoun"):
        if category == "leads.under":
            delegation, person = scene.last(first, "delegation"), scene.next(behind, "official")
            if delegation is None or not clause_between(scene, delegation.spot.behind, first, 3):
                continue
        elif category == "leads.with_pronoun":
            delegation, person = scene.last(first, "delegation"), scene.next(behind, "official")
        else:
            delegation, person = scene.next(behind, "delegation"), scene.next(behind, "official")
            subject = scene.last(first, "official")
            if subject is not None and _is_subject_of(scene, subject.spot.behind, first):
                person = subject  # «فلان سيرأس وفد س»
            if person is not None and delegation is not None and start_of(person.spot) < delegation.spot.first:
                person = None
            if (
                person is None
                or person is not subject
                and delegation is not None
                and not clause_between(scene, delegation.spot.behind, start_of(person.spot), 2)
            ):
                person = scene.last(first, "official")
        if delegation is None or person is None or not _near(scene, first, behind, delegation, person):
            continue
        yield _leads(
            scene,
            person,
            delegation,
            min(first, delegation.spot.first),
            max(behind, person.spot.behind, delegation.spot.behind),
        )
    for one in scene.of("official"):
        title = one.spot.title
        if (
            title is not None
            and title.head == "رئيس"
            and one.spot.form != "nominal"
            and (delegation := _delegation_in(scene, one)) is not None
        ):
            yield _leads(scene, one, delegation, min(title.start, one.spot.first), max(title.end, one.spot.behind))


def _is_subject_of(scene: Scene, behind: int, verb: int) -> bool:
    """Whether the verb follows at once, or behind one word that opens no other clause («بينما»)."""
    if not clause_between(scene, behind, verb, 1):
        return False
    return not any(scene.passage.starts("clause_break", at) for at in range(behind, verb))


def _near(scene: Scene, first: int, behind: int, delegation: Linked, person: Linked) -> bool:
    return (
        clause_between(scene, behind, start_of(person.spot), 4)
        or clause_between(scene, behind, delegation.spot.first, 2)
        and (
            clause_between(scene, delegation.spot.behind, start_of(person.spot), 4)
            or clause_between(scene, person.spot.behind, first, 4)
        )
    ) and abs(first - delegation.spot.first) <= NEAR


def _leads(scene: Scene, person: Linked, delegation: Linked, first: int, behind: int) -> Claim:
    fields: Fields = (("official", person.entity or ""), ("delegation", delegation.entity or ""))
    return scene.claim("leads", fields + round_field(scene, behind), first, behind)


def _delegation_in(scene: Scene, one: Linked) -> Linked | None:
    """The delegation that a title names («رئيس وفد النظام السوري»)."""
    title = one.spot.title
    if title is None:
        return None
    return next(
        (
            other
            for other in scene.of("delegation")
            if title.start < other.spot.first and other.spot.behind <= title.end
        ),
        None,
    )


def members(scene: Scene) -> Iterator[Claim]:
    """member: «عضو وفد س», «المتحدث باسم وفد س»."""
    for one in scene.of("official"):
        title = one.spot.title
        if title is None or title.head not in MEMBER_HEADS or one.spot.form == "nominal":
            continue
        delegation = _delegation_in(scene, one)
        if delegation is not None:
            fields: Fields = (("official", one.entity or ""), ("delegation", delegation.entity or ""))
            behind = max(title.end, one.spot.behind)
            yield scene.claim("member", fields + round_field(scene, behind), min(title.start, one.spot.first), behind)


MEMBER_HEADS = frozenset({"عضو", "متحدث", "ناطق", "مستشار"})


def round_field(scene: Scene, near: int) -> Fields:
    """The round that the sentence names, nearest to a word, or refers back to («المحادثات»); empty if it does
    neither."""
    rounds = [one for one in (scene.last(near, "round"), scene.next(near, "round")) if one is not None]
    if rounds:
        nearest = min(rounds, key=lambda one: (abs(one.spot.first - near), one.spot.first))
        return (("round", nearest.entity or ""),)
    if scene.main is not None and any(
        scene.passage.starts("rounds.anaphors", at) for at in range(scene.first, scene.behind)
    ):
        return (("round", scene.main),)
    return ()
