"""What an article claims: from its links, sentence by sentence, each claim with the words it rests on."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, compress

from sijill.arabic.lexicon import Passage
from sijill.arabic.parties import state_parties
from sijill.arabic.text import fold, language_data
from sijill.calendar import JUST_OVER, Calendar, Publication
from sijill.claims import (
    coming,
    leading,
    meeting_nouns,
    meeting_summits,
    meeting_verbs,
    members,
    people,
    presence,
    schedule,
)
from sijill.claims.again import with_bare_delegations
from sijill.claims.scene import PARTICIPANTS, Rule, Scene, scene_of
from sijill.claims.statements import statements_of
from sijill.link import Linked
from sijill.model import Claim, EntityId, Fields, Kind, Sentence, Statement
from sijill.recognise.spot import Spot
from sijill.turns import turns

RULES: tuple[Rule, ...] = (
    *leading.RULES,
    *members.RULES,
    *people.RULES,
    *presence.RULES,
    *coming.RULES,
    *schedule.RULES,
    *meeting_verbs.RULES,
    *meeting_nouns.RULES,
    *meeting_summits.RULES,
)
_CUES = frozenset(cue for rule in RULES for cue in rule.cues)
DELEGATION = "وفد"
"""In an office: that of a delegation's head, which says no more than that he leads it."""
LOOKED_BACK_ON = dt.timedelta(days=90)
"""A round that ended so long before is history: what the article says of «المحادثات» is not said of it."""
COMBINATIONS_KEPT = 1 << 11
"""Kinds of links with cues of which the rules are kept; in thousands of articles there were a thousand."""


def scenes_of(
    article: str,
    passages: tuple[Passage, ...],
    sentences: tuple[tuple[Sentence, ...], ...],
    linked: tuple[Linked, ...],
    published: Publication,
    calendar: Calendar,
) -> tuple[Scene, ...]:
    """The article's sentences with the links in each."""
    scenes = []
    main = _not_over(_main_round(linked), linked, published, calendar)
    about: EntityId | None = None
    of: defaultdict[int, list[Linked]] = defaultdict(list)
    for one in linked:
        of[one.spot.paragraph].append(one)
    for number, (passage, row) in enumerate(zip(passages, sentences, strict=True)):
        links, about = with_bare_delegations(passage, number, of[number], about)
        firsts = [one.spot.first for one in links]
        at = 0
        for sentence in row:
            behind = passage.text.before(sentence.end)
            here = tuple(links[bisect_left(firsts, at) : bisect_left(firsts, behind)])
            scenes.append(scene_of(article, passage, sentence, at, behind, here, main, published))
            at = behind
    return tuple(scenes)


def claims_of(scenes: tuple[Scene, ...], statements: tuple[Statement, ...]) -> tuple[Claim, ...]:
    """Every claim once an article: of two that say the same, the one that says more stays, else the first."""
    claims = _once(chain.from_iterable(_of_rules(tuple(_with_speakers(scenes, statements)))))
    of_people: dict[str, list[Claim]] = {"leads": [], "member": [], "role": [], "affiliation": []}
    for claim in claims:
        if claim.prop in of_people:
            of_people[claim.prop].append(claim)
    if not (of_people["leads"] or of_people["member"]):
        return claims
    both = {claim.fields[:2] for claim in of_people["leads"]}  # whoever leads a delegation is said to lead it alone
    alone = [claim for claim in claims if claim.prop != "member" or claim.fields[:2] not in both]
    return (*alone, *_of_delegations(**of_people))


def _of_delegations(
    leads: list[Claim], member: list[Claim], role: list[Claim], affiliation: list[Claim]
) -> Iterator[Claim]:
    """«يرأس وفد س نائب وزير الخارجية فلان»: whose official somebody is whose office names no state, as the words say in
    whose delegation he comes."""
    owned = {claim.get("official") for claim in affiliation}
    offices = {
        (claim.get("official"), claim.evidence.sentence)
        for claim in role
        if " " in (title := claim.get("title") or "") and DELEGATION not in title
    }
    for claim in (*leads, *member):
        who, party = claim.get("official") or "", claim.get("delegation") or ""
        if who not in owned and party in state_parties() and (who, claim.evidence.sentence) in offices:
            owned.add(who)
            evidence = claim.evidence._replace(origin="rule:affiliation")
            yield Claim("affiliation", (("official", who), ("party", party)), evidence)


def _with_speakers(scenes: tuple[Scene, ...], statements: tuple[Statement, ...]) -> Iterator[Scene]:
    """The scenes with who speaks in each: of people and delegations, not of ministries and agencies."""
    people = {one.entity for scene in scenes for one in scene.of("official")}
    said: defaultdict[Sentence, list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.verb.sentence].append(statement)
    for scene in scenes:
        speakers = []
        for statement in said.get(scene.sentence, ()):
            kind: Kind = "official" if statement.speaker in people else "delegation"
            if kind == "official" or any(one.entity == statement.speaker for one in scene.of(kind)):
                at = scene.passage.text.before(statement.verb.start)
                spot = Spot(scene.sentence.paragraph, at, at + 1, 0, kind, "rule:speaker")
                speakers.append((at, Linked(spot, statement.speaker, "speaker")))
        yield scene.replaced(speakers=tuple(speakers)) if speakers else scene


def _main_round(linked: tuple[Linked, ...]) -> EntityId | None:
    """The round named more often than all others together, else the only one of the title and the first paragraph; a
    congress only where no numbered round is named."""
    rounds = [one for one in linked if one.spot.kind == "round" and one.entity is not None]
    rounds = [one for one in rounds if (one.entity or "")[-1].isdigit()] or rounds
    told = Counter(one.entity for one in rounds)
    entity, count = told.most_common(1)[0] if told else (None, 0)
    if count * 2 > told.total():
        return entity
    opening = {one.entity for one in rounds if one.spot.paragraph <= 1}
    return opening.pop() if len(opening) == 1 else None


def _not_over(
    main: EntityId | None, linked: tuple[Linked, ...], published: Publication, calendar: Calendar
) -> EntityId | None:
    """The main round, unless it was over when the article was written: then another that is named and is on just then,
    or none where it was over long before."""
    held = None if main is None else calendar.row_of.get(main)
    if held is None or published.about is None or published.about <= held.end + JUST_OVER:
        return main
    now = calendar.around(held.process, published.about)
    if now is not None and now.round != main and any(one.entity == now.round for one in linked):
        return now.round
    return None if held.end + LOOKED_BACK_ON < published.about else main


def _of_rules(scenes: Sequence[Scene]) -> list[list[Claim]]:
    """What each sentence claims by the rules, in their order."""
    found: list[list[Claim]] = [[] for _ in scenes]
    asked = (_asked(_kinds(scene), scene.passage.holds & _CUES) for scene in scenes)
    for rule, numbers in zip(RULES, turns(asked, len(RULES)), strict=True):
        for number in numbers:
            found[number] += rule.claims(scenes[number])
    return found


def _kinds(scene: Scene) -> frozenset[str]:
    """The kinds of links that the rules may use in a sentence."""
    kinds: set[str] = {one.spot.kind for one in scene.links}
    if scene.main is not None:
        kinds.add("round")
    if not kinds.isdisjoint(PARTICIPANTS):
        kinds.add("participant")
    return frozenset(kinds)


@lru_cache(maxsize=COMBINATIONS_KEPT)
def _asked(kinds: frozenset[str], held: frozenset[str]) -> tuple[int, ...]:
    """The rules, by their place, that have what they need in a sentence with links of these kinds, in a paragraph with
    these cues."""
    having = ((place, rule) for place, rule in enumerate(RULES) if rule.needs <= kinds)
    return tuple(place for place, rule in having if not rule.cues or not held.isdisjoint(rule.cues))


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    kept: dict[tuple[str, tuple[str, str]], list[Claim]] = {}
    order: dict[int, Claim] = {}
    for claim in claims:
        # One claim can only say all that another says where both begin with the same field, which is never left out.
        rivals = kept.setdefault((claim.prop, _said(claim)[0]), [])
        if rivals and any(_says(other, claim) for other in rivals):
            continue
        for other in rivals[:]:
            if _says(claim, other):
                rivals.remove(other)
                del order[id(other)]
        rivals.append(claim)
        order[id(claim)] = claim
    return tuple(order.values())


def _says(claim: Claim, other: Claim) -> bool:
    """Whether `claim` says all that `other` says."""
    return set(_said(other)) <= set(_said(claim))


def _said(claim: Claim) -> Fields:
    """The fields of a claim; of a meeting it does not matter who is named first."""
    if claim.prop != "meets":
        return claim.fields
    (_, one), (_, other), *rest = claim.fields
    return (("a", min(one, other)), ("b", max(one, other)), *rest)


def attributed(
    claims: tuple[Claim, ...], statements: tuple[Statement, ...], scenes: tuple[Scene, ...]
) -> tuple[Claim, ...]:
    """The claims with whoever, in the same sentence, said what they rest on."""
    said: dict[Sentence, Statement] = {}
    for one in statements:
        said.setdefault(one.verb.sentence, one)
    claimed = {claim.evidence.sentence for claim in claims}
    spoken = {
        scene.sentence: (statement, _opening(statement, scene))
        for scene in scenes
        if scene.sentence in claimed and (statement := said.get(scene.sentence)) is not None
    }
    return tuple([_attributed(claim, spoken.get(claim.evidence.sentence)) for claim in claims])


def _opening(statement: Statement, scene: Scene) -> int:
    """Where the words said open: at «أن», a colon or a quotation mark; at the sentence's end if there is none."""
    text = scene.passage.text
    behind = range(text.before(statement.verb.end), scene.behind)
    said = map(_openers().__contains__, text.words[behind.start : behind.stop])
    return next(map(text.start, compress(behind, said)), scene.sentence.end)


def _attributed(claim: Claim, spoken: tuple[Statement, int] | None) -> Claim:
    """What stands before the words said is the article's word; so is the speaker's own office."""
    if spoken is None or claim.evidence.start < spoken[1]:
        return claim
    speaker = spoken[0].speaker
    if claim.prop in ("role", "affiliation") and claim.get("official") == speaker:
        return claim
    return claim._replace(said_by=speaker)


@cache
def _openers() -> frozenset[str]:
    return frozenset({fold(form) for form in language_data("speech")["openers"]} | {":", '"'})


__all__ = ["attributed", "claims_of", "scenes_of", "statements_of"]
