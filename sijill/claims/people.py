"""What a sentence says of people: whose official somebody is, in what office, and at which round a delegation is."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.delegations import STATES, delegations_at, party_at
from sijill.arabic.names import ARTICLE
from sijill.arabic.parties import state_parties
from sijill.arabic.titles import COUNTERPART, Title, listed, written
from sijill.claims.scene import OFFICIAL, PARTICIPANTS, Rule, Scene
from sijill.link import Linked
from sijill.model import Claim, Fields

__all__ = ["RULES", "delegation_in", "its_round", "round_field"]

NO_OFFICE = frozenset({"", COUNTERPART})
OWNERS = ("state", "organisation")
OWNER_WITHIN = 8
"""Words between a state or an organisation and an office that is its own by a pronoun."""


def _offices(scene: Scene) -> Iterator[Claim]:
    """role and affiliation, from the title that stands with a name."""
    for one in scene.of("official"):
        spot, title = one.spot, one.spot.title
        if title is None or spot.form == "nominal" or one.entity is None:
            continue
        first, behind = min(title.start, spot.first), max(title.end, spot.behind)
        if title.head not in NO_OFFICE:  # «نظيره الفرنسي» says whose he is, and no office
            yield scene.claim(
                "role", (("official", one.entity), ("title", written(scene.passage, title))), first, behind
            )
        party, since = (title.party, first) if title.party is not None else _owner(scene, title)
        if not party and (colleague := _colleague(scene, one, title)) is not None:
            party, since = colleague
        if party and _is_of_delegation(scene, title):  # «الوفد الحكومي» of an article on Yemen is Yemen's
            delegation = delegation_in(scene, one)
            party = "" if delegation is None else delegation.entity or ""
        if party:
            yield scene.claim("affiliation", (("official", one.entity), ("party", party)), since, behind)


def _is_of_delegation(scene: Scene, title: Title) -> bool:
    """Whether a title has its party from a delegation that it names."""
    heads = scene.passage.between("delegation_head", title.start, title.end)
    return any(one.party == title.party for at in heads for one in delegations_at(scene.passage, at))


def _owner(scene: Scene, title: Title) -> tuple[str, int]:
    """Whose «مندوبها» or «وزير خارجيتها» somebody is: the state or the state's delegation that stands last before the
    office; and the word where it begins."""
    if not scene.has("titles.its_own", title.start, title.end):
        return "", title.start
    for at in range(title.start - 1, max(scene.first, title.start - OWNER_WITHIN) - 1, -1):
        if scene.passage.starts_one(("clause_break", "speech.resumes"), at, bare=True):
            break  # «زيارته لدمشق، في حين أعرب رئيسها …»
        one = scene.at(at)
        if one is not None and one.spot.kind == "delegation" and one.entity in state_parties():
            return one.entity or "", one.spot.first
        if one is not None and one.spot.kind in PARTICIPANTS:
            break
        state = party_at(scene.passage, at, STATES)
        if state is not None and state.value.kind in OWNERS:
            return state.value.party, at
    return "", title.start


def _colleague(scene: Scene, one: Linked, title: Title) -> tuple[str, int] | None:
    """The state of the minister to whom «و» joins one of whom none is told, and the word where he begins."""
    field = scene.word(title.start + 1).startswith(ARTICLE)  # «ووزير سابق» may be anybody's
    if title.head not in listed("of_a_government") or not field or title.start >= one.spot.first:
        return None
    other = scene.last(title.start, "official")
    theirs = None if other is None else other.spot.title
    if other is None or theirs is None or theirs.head != title.head or theirs.party not in state_parties():
        return None
    beside = other.spot.behind == title.start and theirs.start < other.spot.first and title.cut > 0
    return (theirs.party or "", theirs.start) if beside else None


def delegation_in(scene: Scene, one: Linked) -> Linked | None:
    """The delegation that a title names («رئيس وفد النظام السوري»)."""
    title = one.spot.title
    if title is None:
        return None
    other = scene.next(title.start + 1, "delegation")
    return other if other is not None and other.spot.behind <= max(title.end, one.spot.first) else None


def round_field(scene: Scene, near: int, behind: int | None = None) -> Fields:
    """The round that the sentence names before word `behind`, nearest to a word, or refers back to («المحادثات»); empty
    if it does neither."""
    rounds = [one for one in (scene.last(near, "round"), scene.next(near, "round")) if one is not None]
    rounds = [one for one in rounds if not scene.passage.starts("rounds.aside", one.spot.first - 1)]
    rounds = [one for one in rounds if behind is None or one.spot.first < behind]
    if rounds:
        nearest = min(rounds, key=lambda one: (abs(one.spot.first - near), one.spot.first))
        return (("round", nearest.entity or ""),)
    if scene.main is not None and scene.has("rounds.anaphors", scene.first, scene.behind):
        return (("round", scene.main),)
    return ()


def its_round(scene: Scene, near: int, delegation: Linked | None = None) -> Fields:
    """The round to which a delegation is sent: the one behind it, else the one that the sentence names, else the one
    that the article is about. «رئيس وفد س إلى محادثات أستانا» says nothing of a round of Geneva."""
    told = round_field(scene, near)
    if not told and scene.main is not None and scene.main[-1].isdigit():
        told = (("round", scene.main),)
    to = None if delegation is None else _sent_to(scene, delegation)
    if to is None:
        return told
    if to.spot.kind == "round":
        return (("round", to.entity or ""),)
    return told if any(value.startswith(f"{to.entity}-") for _, value in told) else ()


def _sent_to(scene: Scene, delegation: Linked) -> Linked | None:
    """The talks to which or at which a delegation is said to be, right behind it."""
    at = delegation.spot.behind
    to = scene.passage.starts_one(("to", "in"), at, bare=True)
    one = scene.next(at + to, "round", "process")
    return one if one is not None and one.spot.first == at + to and (to or one.spot.cut) else None


RULES: tuple[Rule, ...] = (Rule(_offices, OFFICIAL),)
