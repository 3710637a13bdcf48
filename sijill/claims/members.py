"""Who belongs to a delegation: by his office, by a list of those in it, by the side that he stands for at talks."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.delegations import party_at
from sijill.arabic.parties import state_parties
from sijill.arabic.signs import COMMAS
from sijill.claims.people import delegation_in, its_round
from sijill.claims.presence import representatives
from sijill.claims.row import JOINTS, NISBA
from sijill.claims.scene import OF_DELEGATION, OFFICIAL, Rule, Scene, end_of, start_of
from sijill.link import Linked
from sijill.model import Claim, EntityId, Fields

HEADS = frozenset({"عضو", "متحدث", "ناطق", "مستشار"})
"""Offices in a delegation that are not at its head."""
AND, FROM = "و", "من"
NEAR_LIST = 2
"""Words between a delegation and the verb that lists who is in it, or «بينهم»."""
ON_ITS_WAY = 12
"""Words between them where they say where it goes."""
LED_WITHIN = 30
"""Words between a delegation and «عضوية» where they say who leads it («وفد س برئاسة ص وعضوية ع»)."""
OFFICE_AT_MOST = 5
"""Words behind a name in a list that say what else he is («فلان من مكتب الوزير وعلان»)."""


def _in_office(scene: Scene) -> Iterator[Claim]:
    """member: «عضو وفد س», «المتحدث باسم وفد س», «فلان، أحد أعضاء وفد س»."""
    for one in scene.of("official"):
        title = one.spot.title
        if title is not None and title.head in HEADS and one.spot.form != "nominal":
            delegation = delegation_in(scene, one)
            if delegation is not None:
                yield _member(scene, one, delegation, title.start)
                continue
        at = end_of(one)
        at += scene.word(at) in JOINTS
        among = scene.passage.hit("member.of", at, bare=True)
        delegation = scene.next(among.end, "delegation") if among is not None else None
        if among is not None and delegation is not None and delegation.spot.first == among.end:
            yield _member(scene, one, delegation, at)


def _listed(scene: Scene) -> Iterator[Claim]:
    """member: «يضم الوفد فلانا وفلانا», «وفد س الذي يضم فلانا، كما يضم علانا», «وفد س، ومن بينهم فلان»: the officials
    who follow in a row."""
    last: Linked | None = None
    for first, behind, category in scene.words("member.verbs", "member.among", "member.with"):
        delegation, at = _whose_list(scene, first, behind, category)
        if delegation is None and category == "member.verbs" and _goes_on(scene, first):
            delegation = last
        if delegation is None:
            continue
        last = delegation
        for person in _people_at(scene, at):
            yield _member(scene, person, delegation, first)


def _standing_for(scene: Scene) -> Iterator[Claim]:
    """member: «سيمثل تركيا في المحادثات فلان»: of the delegation of the state."""
    people = {start_of(one.spot): one for one in scene.of("official")}
    for told in representatives(scene):
        for guest in told.guests if told.round is not None else ():
            one = people.get(guest.first)
            if one is not None and told.party in state_parties():
                yield _of_state(scene, one, told.party, told.first)


def _of_side(scene: Scene) -> Iterator[Claim]:
    """member: «ومن الجانب الروسي فلان»: of the delegation of the state."""
    if scene.main is None or not scene.main[-1].isdigit():
        return  # of what else than talks he comes for his side is not known
    for first, behind, _ in scene.words("member.side"):
        nisba = party_at(scene.passage, behind, NISBA)
        if nisba is None or not scene.passage.starts("attends.side", first - 1) or _at_a_meeting(scene):
            continue
        one = scene.next(nisba.end, "official")
        if one is not None and _comes_next(scene, nisba.end, start_of(one.spot)):
            yield _of_state(scene, one, nisba.value.party, first - 1)


def _at_a_meeting(scene: Scene) -> bool:
    """Whether the sentence tells of a meeting that is no round: those named may stand for their states there."""
    met = any(scene.at(first) is None for first, _, _ in scene.words("meets.nouns", "meets.direct"))
    return met and not scene.words("attends.verbs")


def _comes_next(scene: Scene, first: int, behind: int) -> bool:
    """Whether nothing but signs and «ويشارك» stands between."""
    return all(scene.word(at) in JOINTS or scene.passage.starts("attends.verbs", at) for at in range(first, behind))


def _whose_list(scene: Scene, first: int, behind: int, category: str) -> tuple[Linked | None, int]:
    """The delegation of which a list at words `first` to `behind` tells, and the word at which names may begin."""
    before, after = scene.last(first, "delegation"), scene.next(behind, "delegation")
    if category == "member.verbs" and after is not None and after.spot.first - behind <= 1:
        return after, after.spot.behind
    if before is None:
        return None, behind
    gap = first - before.spot.behind
    if category == "member.with":
        led = gap <= NEAR_LIST or gap <= LED_WITHIN and scene.has("leads.under", before.spot.behind, first)
        return before if led else None, behind
    if category == "member.among" and scene.has("member.people", max(before.spot.behind, first - NEAR_LIST), first):
        return before if gap <= ON_ITS_WAY else None, behind  # «يبقي الوفد على عدد من أعضائه، بينهم س»
    if category == "member.among" and scene.at(before.spot.first - 1) is not None:
        return None, behind  # «وفدا س وص، بينهم فلان»: of which of them is not said
    sent = scene.passage.starts("leads.sent_to", before.spot.behind, bare=True) and scene.last(first) is before
    return before if gap <= (ON_ITS_WAY if sent else NEAR_LIST) else None, behind


def _goes_on(scene: Scene, first: int) -> bool:
    """«كما يضم», «ويضم»: more of the delegation before."""
    return scene.word(first).startswith(AND) or scene.passage.starts("meets.further", first - 1)


def _people_at(scene: Scene, index: int) -> Iterator[Linked]:
    """The officials in a row from word `index` on; whoever is named only as the one beside whom they are is none."""
    at = index
    beside = scene.passage.hit("member.beside", at, bare=True)
    if beside is not None and (one := scene.at(beside.end)) is not None and one.spot.kind == "official":
        at = end_of(one)
    named = [one for one in scene.of("official") if one.spot.form != "nominal" and one.spot.first >= at]
    for place, person in enumerate(named):
        start = start_of(person.spot)
        if not (_only_fillers(scene, at, start) or place > 0 and _behind_office(scene, at, start)):
            return
        yield person
        at = end_of(person)


def _only_fillers(scene: Scene, first: int, behind: int) -> bool:
    """Whether nothing but signs, numbers, «و» and words like «كلا من» stands between."""
    at = first
    while at < behind:
        filler = scene.passage.hit("member.fillers", at)
        if filler is None and scene.word(at) not in JOINTS and not scene.word(at).isdigit():
            return False
        at = filler.end if filler is not None else at + 1
    return True


def _behind_office(scene: Scene, first: int, behind: int) -> bool:
    """Whether a few words about whoever was named stand between, and «و» joins the next to him."""
    words = range(first, behind - (scene.word(behind - 1) in COMMAS))
    made_head = scene.passage.starts("leads.as_head", first)  # «يضم الوفد فلانا رئيسا للوفد، وعلانا»
    breaks_off = ("attends.verbs", "leads.under") if made_head else ("delegation_head", "attends.verbs", "leads.under")
    return (
        len(words) <= OFFICE_AT_MOST
        and scene.word(behind).startswith(AND)
        and all(scene.word(at).isalpha() and not scene.says(at) for at in words)
        and not any(scene.has(breaks, first, behind) for breaks in breaks_off)
        and not any(scene.passage.starts("clause_break", at, bare=True) for at in words if scene.word(at) != FROM)
    )


def _member(scene: Scene, person: Linked, delegation: Linked, cue: int) -> Claim:
    first = min(cue, delegation.spot.first, start_of(person.spot))
    behind = max(delegation.spot.behind, end_of(person))
    return _claim(scene, person, delegation.entity or "", first, behind, delegation)


def _of_state(scene: Scene, person: Linked, party: EntityId, cue: int) -> Claim:
    return _claim(scene, person, party, min(cue, start_of(person.spot)), end_of(person))


def _claim(
    scene: Scene, person: Linked, party: EntityId, first: int, behind: int, delegation: Linked | None = None
) -> Claim:
    fields: Fields = (("official", person.entity or ""), ("delegation", party))
    return scene.claim("member", fields + its_round(scene, behind, delegation), first, behind)


RULES: tuple[Rule, ...] = (
    Rule(_in_office, OF_DELEGATION),
    Rule(_listed, OF_DELEGATION, ("member.verbs", "member.among", "member.with")),
    Rule(_standing_for, OFFICIAL, ("attends.represents",)),
    Rule(_of_side, OFFICIAL, ("member.side",)),
)
