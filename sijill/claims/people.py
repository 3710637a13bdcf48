"""What a sentence says of people: whose official somebody is, in what office, and who belongs to a delegation."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.claims.row import JOINTS
from sijill.claims.scene import Scene, start_of
from sijill.link import Linked
from sijill.model import Claim, Fields

NO_OFFICE = frozenset({"", "نظير"})
MEMBER_HEADS = frozenset({"عضو", "متحدث", "ناطق", "مستشار"})


def offices(scene: Scene) -> Iterator[Claim]:
    """role and affiliation, from the title that stands with a name."""
    for one in scene.of("official"):
        spot, title = one.spot, one.spot.title
        if title is None or spot.form == "nominal" or one.entity is None:
            continue
        first, behind = min(title.start, spot.first), max(title.end, spot.behind)
        if title.head not in NO_OFFICE:  # «نظيره الفرنسي» says whose he is, and no office
            start, end = scene.passage.span(title.start, title.end, title.cut)
            words = scene.passage.text.raw[start:end]
            yield scene.claim("role", (("official", one.entity), ("title", words)), first, behind)
        if title.party is not None:
            yield scene.claim("affiliation", (("official", one.entity), ("party", title.party)), first, behind)


def members(scene: Scene) -> Iterator[Claim]:
    """member: «عضو وفد س», «المتحدث باسم وفد س»."""
    for one in scene.of("official"):
        title = one.spot.title
        if title is None or title.head not in MEMBER_HEADS or one.spot.form == "nominal":
            continue
        delegation = delegation_in(scene, one)
        if delegation is not None:
            fields: Fields = (("official", one.entity or ""), ("delegation", delegation.entity or ""))
            behind = max(title.end, one.spot.behind)
            yield scene.claim("member", fields + round_field(scene, behind), min(title.start, one.spot.first), behind)


def listed_members(scene: Scene) -> Iterator[Claim]:
    """member: «يضم الوفد فلانا وفلانا», «وفد س الذي يضم فلانا وفلانا»: the officials who follow in a row."""
    for first, behind, _ in scene.words("member.verbs"):
        before, after = scene.last(first, "delegation"), scene.next(behind, "delegation")
        at = behind
        delegation = None
        if after is not None and after.spot.first - behind <= 1:
            delegation, at = after, after.spot.behind
        elif before is not None and first - before.spot.behind <= 2:
            delegation = before
        person = scene.next(at, "official")
        while delegation is not None and person is not None and _only_fillers(scene, at, start_of(person.spot)):
            fields: Fields = (("official", person.entity or ""), ("delegation", delegation.entity or ""))
            start, end = min(first, delegation.spot.first), end_of_person(person)
            yield scene.claim("member", fields + round_field(scene, end), start, end)
            at = end
            person = scene.next(at, "official")


def _only_fillers(scene: Scene, first: int, behind: int) -> bool:
    """Whether nothing but commas, «و» and words like «كلا من» stands between."""
    at = first
    while at < behind:
        filler = scene.passage.hit("member.fillers", at, bare=True)
        if filler is None and scene.word(at) not in JOINTS:
            return False
        at = filler.end if filler is not None else at + 1
    return True


def end_of_person(one: Linked) -> int:
    """The word behind a person, the title behind his name included."""
    title = one.spot.title
    return max(one.spot.behind, title.end) if title is not None else one.spot.behind


def delegation_in(scene: Scene, one: Linked) -> Linked | None:
    """The delegation that a title names («رئيس وفد النظام السوري»)."""
    title = one.spot.title
    if title is None:
        return None
    other = scene.next(title.start + 1, "delegation")
    return other if other is not None and other.spot.behind <= max(title.end, one.spot.first) else None


def round_field(scene: Scene, near: int) -> Fields:
    """The round that the sentence names, nearest to a word, or refers back to («المحادثات»); empty if it does
    neither."""
    rounds = [one for one in (scene.last(near, "round"), scene.next(near, "round")) if one is not None]
    rounds = [one for one in rounds if not scene.passage.starts("rounds.aside", one.spot.first - 1)]
    if rounds:
        nearest = min(rounds, key=lambda one: (abs(one.spot.first - near), one.spot.first))
        return (("round", nearest.entity or ""),)
    if scene.main is not None and scene.has("rounds.anaphors", scene.first, scene.behind):
        return (("round", scene.main),)
    return ()
