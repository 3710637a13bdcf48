"""Who leads a delegation, as a sentence says it: «وفد س برئاسة ص», «يترأس وفد س ص», «رئيس وفد س فلان»."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.parties import state_parties
from sijill.arabic.signs import COMMAS
from sijill.claims.people import delegation_in, its_round
from sijill.claims.row import state_before
from sijill.claims.scene import OF_DELEGATION, OFFICIAL, Rule, Scene, clause_between, end_of, start_of
from sijill.claims.target import denies
from sijill.link import Linked
from sijill.model import Claim, Fields
from sijill.recognise.spot import Spot

NEAR_PERSON = 4
"""Words between «برئاسة» or a verb of leading and the person."""
NEAR_DELEGATION = 3
"""Words between a delegation and «برئاسة»."""
NEAR_OBJECT = 2
"""Words between the delegation that a verb of leading has behind it and its head."""
TITLE_AT_MOST = 12
"""Words of an office between a verb of leading and a name."""
AND, FOR = "و", "ل"
DASH = "-"
DASHES = frozenset({DASH, "("})
ASIDE_AT_MOST = 10
"""Words of a remark between dashes, the dashes included."""
ON_ITS_WAY = 12
"""Words between a delegation and «برئاسة» where they say where it goes («وفد س إلى المحادثات برئاسة ص»)."""
GUARANTORS = "guarantor-states"
HEAD_TITLES = frozenset({"رئيس"})


def _by_words(scene: Scene) -> Iterator[Claim]:
    """leads: «وفد س برئاسة ص», «يترأس وفد س ص», «ترأس ص وفد س», «الوفد … يترأسه ص»."""
    for first, behind, category in scene.words("leads.under", "leads.verbs", "leads.with_pronoun", "leads.at_head"):
        if category in ("leads.under", "leads.with_pronoun"):
            pair = _under(scene, first, behind)
        else:
            pair = _led(scene, first, behind, category == "leads.verbs")
        if category == "leads.verbs" and (all_of := scene.passage.hit("leads.all", behind)) is not None:
            yield from _each_his_own(scene, first, all_of.end)
        elif category == "leads.verbs" and scene.passage.starts("leads.each_his_own", behind):
            yield from _each_before(scene, first)
        elif pair is None and (own := _unnamed(scene, first, behind)) is not None:
            yield _leads(scene, own[0], own[1], first - 1, max(behind, own[0].spot.behind))
        if pair is not None and _may_lead(scene, *pair):
            person, delegation = pair
            start = min(first, delegation.spot.first, start_of(person.spot))
            yield _leads(scene, person, delegation, start, max(behind, person.spot.behind, delegation.spot.behind))


def _by_office(scene: Scene) -> Iterator[Claim]:
    """leads: the title «رئيس وفد س»."""
    for one in scene.of("official"):
        title = one.spot.title
        if (
            title is None
            or one.spot.form == "nominal"
            or scene.has("title_former", title.start, max(title.end, one.spot.first))
        ):
            continue
        within = delegation_in(scene, one)
        if within is not None and _is_head_of(scene, title.start, within):
            yield _leads(scene, one, within, min(title.start, one.spot.first), max(title.end, one.spot.behind))


def _is_head(scene: Scene) -> Iterator[Claim]:
    """«رئيس الوفد س هو المندوب فلان»: the delegation that «رئيس» has behind it, and whoever is said to be that."""
    for one in scene.of("delegation"):
        head = scene.passage.hit("title_head", one.spot.first - 1)
        if head is None or head.value[0] not in HEAD_TITLES or not scene.passage.starts("leads.is", one.spot.behind):
            continue
        person = scene.next(one.spot.behind + 1, "official")
        if person is not None and start_of(person.spot) == one.spot.behind + 1:
            yield _leads(scene, person, one, one.spot.first - 1, end_of(person))


def _made_head(scene: Scene) -> Iterator[Claim]:
    """«سمت المعارضة فلانا رئيسا لوفدها», «… لقيادة وفدها», «يضم وفد س فلانا رئيسا للوفد»: whoever stands right
    before."""
    for first, behind, _ in scene.words("leads.as_head"):
        person, delegation = scene.last(first, "official"), scene.next(behind, "delegation")
        if person is None or end_of(person) != first:
            continue
        if delegation is None or delegation.spot.first != behind:  # «للوفد»: the one that was told last
            bare = scene.passage.starts("delegation_head", behind) and scene.at(behind) is None
            delegation = scene.last(first, "delegation") if bare else None
        if delegation is None:
            continue
        denied = denies(scene, scene.first, start_of(person.spot))
        if not denied and FOR in (scene.word(first)[0], scene.word(behind)[0]) and _may_lead(scene, person, delegation):
            start, end = min(delegation.spot.first, start_of(person.spot)), max(delegation.spot.behind, behind + 1)
            yield _leads(scene, person, delegation, start, end)


def _is_head_of(scene: Scene, first: int, delegation: Linked) -> bool:
    """Whether «رئيس» stands right before the delegation in a title that begins at word `first`: the head of a committee
    in it is another («رئيس اللجنة العسكرية في وفد س»)."""
    at = delegation.spot.first - 1
    head = scene.passage.hit("title_head", at) if at >= first else None
    return head is not None and head.value[0] in HEAD_TITLES


def _under(scene: Scene, first: int, behind: int) -> tuple[Linked, Linked] | None:
    """«وفد س برئاسة ص», «وفد س إلى المحادثات برئاسة ص», «أما وفد س فيترأسه ص»."""
    delegation, person = scene.last(first, "delegation"), scene.next(behind, "official")
    # «برئاسة مندوبها الدائم في الأمم المتحدة فلان»: an office that is not read to its end
    words = TITLE_AT_MOST if scene.passage.starts("title_head", behind, bare=True) else NEAR_PERSON
    if delegation is None or person is None or not clause_between(scene, behind, start_of(person.spot), words):
        return None
    gap = first - delegation.spot.behind
    if _held_under(scene, delegation.spot.behind, first) or _other_head(scene, delegation.spot.behind, first):
        return None
    if gap > NEAR_DELEGATION:
        on_its_way = any(
            scene.passage.starts("leads.sent_to", delegation.spot.behind + skip, bare=True)
            or scene.passage.starts("member.verbs", delegation.spot.behind + skip)  # «وفد س يضم عشرة برئاسة ص»
            or scene.passage.starts("speech.relatives", delegation.spot.behind + skip, bare=True)
            for skip in range(2)
        )
        # «يضم الوفد الروسي ممثلين عن وزارتين، ويترأسه ص»
        pronoun = scene.passage.starts("leads.with_pronoun", first) and scene.word(first).startswith(AND)
        on_its_way = on_its_way or pronoun and scene.has("member.verbs", scene.first, delegation.spot.first)
        person_between = scene.next(delegation.spot.behind, "official") is not person
        if gap > ON_ITS_WAY or not on_its_way or person_between:
            return None
    if not clause_between(scene, delegation.spot.behind, first, ON_ITS_WAY):
        return None
    return _of_those_joined(scene, delegation, person)


def _each_his_own(scene: Scene, first: int, behind: int) -> Iterator[Claim]:
    """«ترأس الوفود كل من س وص»: each leads the delegation of the state whose office he has."""
    person, end = scene.next(behind, "official"), behind
    while person is not None and start_of(person.spot) - end <= 2:
        if (own := _of_his_state(scene, person, first)) is not None:
            yield _leads(scene, person, own, first, max(person.spot.behind, end_of(person)))
        end = end_of(person)
        person = scene.next(end, "official")


def _each_before(scene: Scene, first: int) -> Iterator[Claim]:
    """«س، وص، وع يرأسون وفود بلادهم»: those named one behind another right before the verb, with offices of states."""
    end = first
    for person in reversed(scene.of("official")):
        if person.spot.first >= first:
            continue
        if end - end_of(person) > 2 or (own := _of_his_state(scene, person, first)) is None:
            return
        yield _leads(scene, person, own, start_of(person.spot), first + 1)
        end = start_of(person.spot)


def _unnamed(scene: Scene, first: int, behind: int) -> tuple[Linked, Linked] | None:
    """«وفد يرأسه وزير الخارجية الروسي فلان»: a delegation without whose it is has its head's state."""
    if not scene.passage.starts("delegation_head", first - 1) or scene.at(first - 1) is not None:
        return None
    person = scene.next(behind, "official")
    if person is None or start_of(person.spot) - behind > 1:
        return None
    guest = state_before(scene, first - 1)  # «ومن المعارضة وفد برئاسة فلان»
    if guest is not None and scene.passage.starts("leads.of", guest.first - 1):
        spot = Spot(scene.sentence.paragraph, first - 1, first, 0, "delegation", "rule:delegation-again", key=guest.who)
        return person, Linked(spot, guest.who, "party")
    own = _of_his_state(scene, person, first - 1)
    return None if own is None else (person, own)


def _of_his_state(scene: Scene, person: Linked, at: int) -> Linked | None:
    """The delegation of the state in whose office a person is, said by the word at `at`."""
    party = person.spot.title.party if person.spot.title is not None else None
    if party not in state_parties():
        return None
    spot = Spot(scene.sentence.paragraph, at, at + 1, 0, "delegation", "rule:delegation-again", key=party or "")
    return Linked(spot, party, "office")


def _held_under(scene: Scene, first: int, behind: int) -> bool:
    """Whether it is a meeting that is under somebody («في جلسة برئاسة فلان»), not the talks to which a delegation is
    sent («وفد س إلى محادثات جنيف برئاسة فلان»)."""
    meetings = scene.words("meets.nouns", "meets.with_preposition", "meets.direct")
    return any(first <= at < behind and not _is_talks(scene.at(at)) for at, _, _ in meetings)


def _is_talks(one: Linked | None) -> bool:
    return one is not None and one.spot.kind in ("round", "process")


def _other_head(scene: Scene, first: int, behind: int) -> bool:
    """Whether another delegation, of whom the words do not say, stands between («، والوفد الذي يرأسه فلان»)."""
    near = range(max(first, behind - 2), behind)
    return any(scene.passage.starts("delegation_head", at) and scene.at(at) is None for at in near)


def _of_those_joined(scene: Scene, delegation: Linked, person: Linked) -> tuple[Linked, Linked] | None:
    """Of «الوفدين س وص» whoever follows heads the one that is his own by his title; of one delegation, that one."""
    if scene.passage.starts_one(("delegation_head", "delegation_own"), delegation.spot.first):
        return person, delegation
    before = scene.last(delegation.spot.first, "delegation")
    if before is not None and scene.passage.starts("leads.under", before.spot.behind):
        return person, delegation  # «الوفدان س برئاسة ص وع برئاسة ف»
    party = person.spot.title.party if person.spot.title is not None else None
    one: Linked | None = delegation
    while one is not None and party is not None:
        if one.entity == party:
            return person, one
        before = scene.last(one.spot.first, "delegation")
        one = before if before is not None and before.spot.behind == one.spot.first else None
    return None


def _led(scene: Scene, first: int, behind: int, verb: bool) -> tuple[Linked, Linked] | None:
    """«يترأس وفد س ص», «ترأس ص، وزير …، وفد س», «فلان سيرأس وفد س», «على رأس وفد س»."""
    delegation, person = scene.next(behind, "delegation"), scene.next(behind, "official")
    if delegation is None:
        return None
    subject = scene.last(first, "official")
    if delegation.spot.first - behind <= 1 and not _within(person, delegation):
        named = person is not None and _follows(scene, delegation.spot.behind, person)
        # «…، ويترأس وفد س فلان», «بوفد يترأسه فلان، يترأس وفد س فلان»: a clause of its own, whose subject follows
        opens = scene.word(first).startswith(AND) or scene.has("leads.with_pronoun", scene.first, first)
        new_clause = verb and named and opens and _gap_free(scene, delegation, person)
        if subject is not None and not new_clause and _is_subject_of(scene, end_of(subject), first):
            return subject, delegation
        if person is not None and named:
            return person, delegation
        far = verb or scene.has("attends.comes", scene.first, first)
        if subject is not None and scene.has("clause_break", end_of(subject), first):
            return None
        if subject is None or not far:
            return None
        near = clause_between(scene, end_of(subject), first, NEAR_PERSON if verb else ON_ITS_WAY)
        return (subject, delegation) if near else None
    titled = scene.passage.starts("title_head", behind, bare=True)  # an office that is not read to its end, and a name
    words = TITLE_AT_MOST if titled else 1
    if verb and person is not None and start_of(person.spot) - behind <= words and _gap(scene, person, delegation):
        return person, delegation
    return None


def _follows(scene: Scene, index: int, person: Linked) -> bool:
    """Whether a person stands at word `index`, behind a remark between dashes, or behind where his delegation goes."""
    start, at = start_of(person.spot), _past_aside(scene, index)
    here = scene.at(at + 1) if scene.passage.starts("in", at, bare=True) else None
    if here is not None and here.spot.kind == "round" and here.spot.first == at + 1:
        at = here.spot.behind  # «ويترأس وفد س في هذه الجولة فلان»
    if clause_between(scene, at, start, NEAR_OBJECT):
        return True
    titled = start < person.spot.first or scene.passage.starts("title_head", start - 1)  # «…، السفير فلان سفير بلاده»
    sent = scene.passage.starts("leads.sent_to", index, bare=True) and titled
    breaks = scene.has("clause_break", index, start) or scene.has("verb", index, start)
    return sent and not breaks and clause_between(scene, index, start, ON_ITS_WAY)


def _past_aside(scene: Scene, index: int) -> int:
    """Behind «- وفقا للخارجية -»; the word itself where no remark stands there."""
    if scene.word(index) != DASH:
        return index
    behind = range(index + 2, min(scene.behind, index + ASIDE_AT_MOST))
    return next((at + 1 for at in behind if scene.word(at) == DASH), index)


def _gap_free(scene: Scene, delegation: Linked, person: Linked | None) -> bool:
    """Whether no sign stands between a delegation and the person behind it."""
    words = scene.passage.words[delegation.spot.behind : start_of(person.spot)] if person is not None else ("،",)
    return all(word.isalpha() for word in words)


def _behind_a_dash(scene: Scene) -> Iterator[Claim]:
    """«سيترأس وفد س فلان، ووفد ص - فلان», «يرأس وفد س فلان، ووفد ص وزير … فلان»: the verb is said once."""
    for delegation in scene.of("delegation"):
        at = delegation.spot.behind
        before = scene.last(delegation.spot.first, "official")
        next_to = before is not None and end_of(before) == delegation.spot.first
        again = delegation.spot.cut > 0 and (next_to or scene.word(delegation.spot.first - 1) in COMMAS)
        at += scene.word(at) in DASHES
        person = scene.next(at, "official") if at > delegation.spot.behind or again else None
        if person is None or start_of(person.spot) != at or not _may_lead(scene, person, delegation):
            continue
        if scene.has("leads.verbs", scene.first, delegation.spot.first):
            yield _leads(scene, person, delegation, delegation.spot.first, person.spot.behind)


def _within(person: Linked | None, delegation: Linked) -> bool:
    """Whether the delegation is part of the person's title, before his name."""
    return person is not None and start_of(person.spot) <= delegation.spot.first < person.spot.first


def _gap(scene: Scene, person: Linked, delegation: Linked) -> bool:
    """Whether no more than a comma and a word stand between a person, his title included, and the delegation."""
    return clause_between(scene, end_of(person), delegation.spot.first, 2)


def _may_lead(scene: Scene, person: Linked, delegation: Linked) -> bool:
    """Not where the title is of one state and the delegation of another, nor whom another serves («برئاسة المبعوث الخاص
    للرئيس فلان»); the guarantors have no head."""
    at = start_of(person.spot) - (person.spot.title is None)
    office = scene.passage.hit("title_head", at)
    served = office is not None and office.cut > 0 and office.value[3] and scene.word(at)[office.cut - 1] == FOR
    party = person.spot.title.party if person.spot.title is not None else None
    states = state_parties()
    foreign = party in states and delegation.entity in states and party != delegation.entity
    return not foreign and not served and delegation.entity != GUARANTORS


def _is_subject_of(scene: Scene, behind: int, verb: int) -> bool:
    """Whether the verb follows at once, or behind one word that opens no other clause («بينما»)."""
    if not clause_between(scene, behind, verb, 1):
        return False
    return not scene.has("clause_break", behind, verb)


def _leads(scene: Scene, person: Linked, delegation: Linked, first: int, behind: int) -> Claim:
    fields: Fields = (("official", person.entity or ""), ("delegation", delegation.entity or ""))
    return scene.claim("leads", fields + its_round(scene, behind, delegation), first, behind)


RULES: tuple[Rule, ...] = (
    Rule(_by_words, OFFICIAL, ("leads.under", "leads.verbs", "leads.with_pronoun", "leads.at_head")),
    Rule(_behind_a_dash, OF_DELEGATION, ("leads.verbs",)),
    Rule(_is_head, OF_DELEGATION, ("leads.is",)),
    Rule(_made_head, OF_DELEGATION, ("leads.as_head",)),
    Rule(_by_office, OF_DELEGATION),
)
