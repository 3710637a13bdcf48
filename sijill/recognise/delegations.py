"""Delegations: «الوفد السوري», «وفدي النظام والمعارضة», «ممثلي الدول الضامنة، روسيا وإيران …»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sijill.arabic.delegations import behind_adjectives, delegations_at, party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.names import ARTICLE, name_at
from sijill.arabic.signs import STOPS
from sijill.arabic.speech import says
from sijill.arabic.titles import title_at
from sijill.confidence import LIKELY
from sijill.recognise.rounds import TALKS_THERE, THIS_ONE
from sijill.recognise.spot import Spot

PARTICIPANT = "rule:participant"
"""Origin of a party in a row of participants: a delegation only beside talks, not at a summit of states."""
SENDERS = frozenset({"state", "opposition", "group"})
"""Kinds of parties that send delegations."""
SENT_WITHIN = 20
"""Words between a party or a verb of sending and the delegation."""
LISTED = frozenset({"name", "own", "rule"})
SEAT = frozenset({"seat"})
COMING = frozenset({"name", "own"})
SHORTLY = "rule:delegation-short"
JOINTS = frozenset({"،", ",", "(", ":", "و", '"'})


def headed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Every delegation phrase, and the states listed in apposition to the guarantors or with them."""
    for index in passage.where("delegation_head"):
        found = delegations_at(passage, index)
        for one in found:
            yield Spot(paragraph, one.start, one.end, one.cut, "delegation", "rule:delegation", key=one.party)
        if not found and (spot := _named_shortly(passage, paragraph, index)) is not None:
            yield spot
        if found and found[-1].party == "guarantor-states":
            yield from listed(passage, paragraph, found[-1].end)


def _named_shortly(passage: Passage, paragraph: int, index: int) -> Spot | None:
    """«وفد الهيئة»: a party by one word that is many others' too."""
    head = passage.hit("delegation_head", index)
    party = passage.hit("delegation_short", head.end, bare=True) if head is not None else None
    if head is None or party is None or head.value not in ("one", "many"):
        return None
    key = party.value
    return Spot(paragraph, index, party.end, head.cut, "delegation", SHORTLY, key=key, form="short", score=LIKELY)


def named(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Delegations of parties that only the registry knows, by the names and variants of their records."""
    for index, hit in passage.phrases("delegation_name").items():
        yield Spot(paragraph, index, hit.end, hit.cut, "delegation", "rule:delegation-name", key=hit.value)


def represented(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«في غياب ممثل الأردن»: whoever comes, or does not come, for a party without being named."""
    for index in passage.where("delegation_person"):
        person = passage.hit("delegation_person", index, bare=True)
        party = party_at(passage, person.end, COMING) if person is not None else None
        if party is None or not passage.starts("delegation_presence", index - 1):
            continue
        alone = not passage.starts("title_link", party.end, bare=True) and name_at(passage, party.end, True) is None
        if party.cut == 0 and alone:
            yield Spot(
                paragraph, index, party.end, 0, "delegation", "rule:delegate", key=party.value.party, score=LIKELY
            )


def backed(spots: Sequence[Spot], passages: Sequence[Passage]) -> tuple[Spot, ...]:
    """The spots without delegations that are named too shortly («وفد الهيئة») for an article which does not say whose
    they are, by another delegation or by the body's full name; and without participants of something else than talks
    («قمة بمشاركة روسيا وفرنسا»)."""
    if {SHORTLY, PARTICIPANT}.isdisjoint([spot.origin for spot in spots]):
        return tuple(spots)
    sentence = _sentences(passages)
    talks = {
        sentence(spot)
        for spot in spots
        if spot.kind in ("round", "process")
        and spot.origin != THIS_ONE
        and (spot.origin != TALKS_THERE or not spot.when)
    }
    spots = tuple(spot for spot in spots if spot.origin != PARTICIPANT or sentence(spot) in talks)
    parties = {spot.key for spot in spots if spot.kind == "delegation" and spot.origin != SHORTLY}
    unsaid = {spot.key for spot in spots if spot.origin == SHORTLY} - parties
    parties |= {party for party in unsaid if any(_names(passage, party) for passage in passages)}
    return tuple(spot for spot in spots if spot.origin != SHORTLY or spot.key in parties)


def _sentences(passages: Sequence[Passage]) -> Callable[[Spot], tuple[int, int]]:
    """In which paragraph, and behind how many stops in it, a spot begins."""
    stops = [[at for at, word in enumerate(passage.words) if word in STOPS] for passage in passages]
    return lambda spot: (spot.paragraph, bisect_left(stops[spot.paragraph], spot.first))


def _names(passage: Passage, party: str) -> bool:
    hits = passage.phrases("party").values()
    return any(hit.value.party == party and hit.value.sort in COMING for hit in hits)


def of_home(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«وفد بلاده»: whose it is, is told by the person named before."""
    for index, head in passage.phrases("delegation_head").items():
        home = passage.hit("delegation.home", head.end, bare=True)
        if home is not None and head.value == "one":
            yield Spot(paragraph, index, home.end, head.cut, "delegation", "rule:delegation-home", score=LIKELY)


def with_pronoun(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«تعلن المعارضة أسماء وفدها», «أرسلت المعارضة وفدا إلى جنيف»: of the party that was named last before in the
    sentence, if the pronoun agrees."""
    for index in passage.where("delegation_own"):
        hit = passage.hit("delegation_own", index)
        whose = _named_before(passage, index)
        if hit is None or whose is None or delegations_at(passage, index):
            continue
        if passage.starts("delegation_sent", index) and not _sends(passage, index, whose):
            continue
        masculine = passage.starts("speech.masculine", whose.first)
        agrees = masculine == passage.starts("delegation_own_masculine", index)
        if agrees or passage.starts("delegation_own_of_any", index):
            definite = passage.word(hit.end).startswith(ARTICLE)  # «وفدها المفاوض»
            yield Spot(
                paragraph,
                index,
                behind_adjectives(passage, hit.end) if definite else hit.end,
                hit.cut,
                "delegation",
                "rule:delegation-own",
                key=whose.party,
                form="short",
                score=LIKELY,
            )


def united(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«المعارضة … تشكيل وفد موحد»: whoever unites for talks are the opponents, where their sentence has named them."""
    for index in passage.where("delegation_united"):
        word = passage.hit("delegation_united", index, bare=True)
        first = index - 2 if passage.starts("delegation_adjective", index - 1, bare=True) else index - 1
        head = passage.hit("delegation_head", first)
        if word is None or head is None or head.value not in ("one", "indefinite") or delegations_at(passage, first):
            continue
        if any(whose.party == word.value for whose in _parties_before(passage, first)):
            yield Spot(
                paragraph,
                first,
                word.end,
                head.cut,
                "delegation",
                "rule:delegation-united",
                key=word.value,
                form="short",
                score=LIKELY,
            )


class _Whose(NamedTuple):
    party: str
    first: int
    behind: int
    kind: str


def _sends(passage: Passage, index: int, whose: _Whose) -> bool:
    """Whether the party stands right beside the verb of sending that is the last before the word."""
    verbs = passage.between("delegation_sends", max(0, whose.first - 1), index)
    verb = passage.hit("delegation_sends", verbs[-1]) if verbs else None
    will = passage.starts("meets.auxiliaries", whose.behind, bare=True)  # «المعارضة سوف ترسل وفدا»
    return verb is not None and (verb.end == whose.first or whose.behind + will == verbs[-1])


def _named_before(passage: Passage, index: int) -> _Whose | None:
    """The last party before a word, in its sentence, that could send a delegation to talks."""
    return next((whose for whose in _parties_before(passage, index) if whose.kind in SENDERS), None)


def _parties_before(passage: Passage, index: int) -> Iterator[_Whose]:
    """The parties that the sentence names before a word, the nearest first."""
    for at in reversed(passage.between("party", index - SENT_WITHIN, index)):
        if any(passage.word(word) in STOPS for word in range(at, index)):
            return
        hit = party_at(passage, at, LISTED) or _who_speaks(passage, at, index)
        where = hit is not None and hit.value.kind == "state" and passage.starts("to", at - 1, bare=True)
        if hit is not None and hit.end <= index and not where:  # «المبعوث إلى سوريا سيترأس وفدها»
            yield _Whose(hit.value.party, at, hit.end, hit.value.kind)


def _who_speaks(passage: Passage, index: int, behind: int) -> Hit | None:
    """A ministry or a capital right behind a verb of saying, if nobody else says something before word `behind`:
    «أعلنت وزارة الخارجية الروسية أن وفدها»."""
    if not says(passage, index - 1) or passage.between("verb", index, behind):
        return None
    return party_at(passage, index, SEAT)


def participants(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Parties named behind «بمشاركة» and «بحضور», among delegations and titled people; a state alone behind «مشاركة» is
    no delegation, nor is one whose part is only spoken of («رحب بمشاركة س»)."""
    for index in passage.where("attends.behind"):
        if passage.starts("attends.denials", index - 1):
            continue
        trigger = passage.hit("attends.behind", index)
        row = tuple(listed(passage, paragraph, trigger.end)) if trigger is not None else ()
        if trigger is not None and (trigger.cut or len(row) > 1):
            yield from (spot.replaced(origin=PARTICIPANT) for spot in row)


def listed(passage: Passage, paragraph: int, index: int) -> Iterator[Spot]:
    """Parties in a row from word `index`, joined by commas and «و»: «، روسيا وإيران والنظام التركي، والمبعوث الأممي
    فلان و"المعارضة"»."""
    at = index
    while at < passage.size:
        if passage.word(at) in JOINTS:
            at += 1
            continue
        party = party_at(passage, at, LISTED)
        if party is not None:
            yield Spot(
                paragraph,
                at,
                party.end,
                party.cut,
                "delegation",
                "rule:delegation-list",
                key=party.value.party,
                form="short",
                score=LIKELY,
            )
            at = party.end
            continue
        behind = _behind_other(passage, at)
        if behind is None:
            return
        at = behind


def _behind_other(passage: Passage, index: int) -> int | None:
    """Past a delegation or a titled person in the row; None where the row ends."""
    if found := delegations_at(passage, index):
        return found[-1].end
    title = title_at(passage, index)
    if title is None:
        return None
    name = name_at(passage, title.end, titled=True)
    return name.end if name is not None else title.end
