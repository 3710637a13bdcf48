"""Who says what: a finite verb of saying and its speaker, named behind it, before it, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache

from sijill.arabic.delegations import HOME, party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.quotations import is_quoted
from sijill.arabic.speech import Verb
from sijill.claims.heard import Heard
from sijill.claims.opening import opens_soon
from sijill.claims.scene import Scene, start_of
from sijill.claims.speaker import Speaker
from sijill.claims.subject import speakers_of
from sijill.model import Statement
from sijill.recognise.subjects import OWN

__all__ = ["statements_of"]

NAMING, SORT_OWN = frozenset({"name", "nisba", "seat"}), frozenset({"own"})
"""Forms that tell which state is meant, and wordings that are ours alone only in news about us."""
WHAT = "ما"
RECEIVED_WITHIN = 8
"""Words between what is done with an answer and the answer."""
NOUN_END = "ة"
BETWEEN = "بين"
QUOTED_WITHIN = 4
"""Words behind a medium that quotes in which «عن» and whom it quotes begin."""


def statements_of(scenes: tuple[Scene, ...]) -> tuple[Statement, ...]:
    """The statements of an article's scenes, given in the order of the text."""
    found: list[Statement] = []
    heard = Heard()
    of_home = cache(lambda: _speaks_most_of_home(scenes))  # once an article, and only if somebody asks
    for scene in scenes:
        heard.named.add(scene.passage)
        heard.introduce(scene)
        if heard.first is None and (officials := scene.of("official")):
            one = officials[0]
            heard.first = Speaker(one.entity or "", one.spot.first, one.spot.behind)
        within = False
        for index, _, _ in scene.words("verb"):
            if is_quoted(scene.passage, index) or scene.at(index) is not None:
                continue
            hit = _verb(scene, index)
            speakers = [] if hit is None else speakers_of(scene, index, hit, heard)
            speakers = [one for one in speakers if not _is_any_states(scene.passage, one) or of_home()]
            if hit is not None and speakers:
                goes_on = hit.cut or scene.passage.starts("clause_break", index - 1)  # «فيما يقول س»
                passed_on = hit.value.quotes and _is_according(scene.passage, index)  # «وفقا لما نقله تلفزيون …»
                passed_on = passed_on or scene.has("speech.reporters", index + 1, speakers[-1].behind)
                heard.add(speakers, hit.value, passed_on or within and not goes_on, scene.passage)
                if (quoted_one := _quoted_one(scene, max(hit.end, speakers[-1].behind), hit.value)) is not None:
                    heard.quoted(quoted_one)
                within = within or opens_soon(scene.passage, speakers[-1].behind, hit.end)
                found += [_statement(scene, index, hit, speaker) for speaker in speakers]
    return tuple(found)


def _is_any_states(passage: Passage, speaker: Speaker) -> bool:
    """Whether words that every state has name who speaks: «السلطات», «الحكومة», «الجيش»."""
    if speaker.entity != HOME or not speaker.body or passage.any(OWN, speaker.first, speaker.behind):
        return False
    return party_at(passage, speaker.first, SORT_OWN) is not None


def _speaks_most_of_home(scenes: tuple[Scene, ...]) -> bool:
    """Whether no state is named more often than ours: «السلطات» of an article on another are that one's."""
    named: Counter[str] = Counter()
    for passage in {scene.sentence.paragraph: scene.passage for scene in scenes}.values():
        for at in passage.where("party"):
            state = party_at(passage, at, NAMING)
            named[state.value.party if state is not None and state.value.kind == "state" else ""] += 1
    del named[""]
    return named[HOME] > 0 and named[HOME] == max(named.values())


def _quoted_one(scene: Scene, index: int, verb: Verb) -> Speaker | None:
    """Whom a medium quotes: «ونقلت الوكالة عن فلان قوله»."""
    if not verb.quotes:
        return None
    for at in range(index, min(scene.behind, index + QUOTED_WITHIN)):
        if scene.word(at) == verb.preposition:
            one = scene.next(at + 1, "official")
            found = one is not None and start_of(one.spot) == at + 1 and one.entity is not None
            return Speaker(one.entity, at + 1, one.spot.behind) if one is not None and one.entity and found else None
    return None


def _verb(scene: Scene, index: int) -> Hit | None:
    """A finite verb of saying that is neither negated nor part of «يذكر أن»."""
    passage = scene.passage
    hit = passage.phrases("verb")[index]
    if hit.cut > 1 or (hit.cut and passage.word(index)[0] not in "وف"):
        return None
    negation = passage.hit("speech.negations", index - 1) if index > scene.first else None
    what = passage.word(index - 1) == WHAT and hit.value.with_object  # «وفق ما أعلنت», «وهو ما نفته» deny nothing
    denied = negation is not None and not (what or _is_according(passage, index))
    if negation is not None and denied and (not negation.cut or passage.word(index - 1)[0] in "وف"):
        return None
    if passage.starts("speech.impersonal", index) or _is_preposition(scene, index):
        return None
    if hit.value.with_object and passage.written(index).endswith(NOUN_END):  # «إدانة» is not «أدانه»
        return None
    if hit.value.noun_too and not hit.cut and _is_noun(scene, index):
        return None
    return hit


def _is_according(passage: Passage, index: int) -> bool:
    """Whether «وفق ما», «حسبما» stands right before a verb."""
    hits = (passage.hit("speech.according", at) for at in (index - 2, index - 1))
    return any(hit is not None and hit.end == index for hit in hits)


def _is_noun(scene: Scene, index: int) -> bool:
    """«وفي رد على سؤال», «تسلم أمس رد الوفد»."""
    before = index > scene.first and scene.passage.starts("speech.before_nouns", index - 1)
    return before or scene.has("speech.received", max(scene.first, index - RECEIVED_WITHIN), index)


def _is_preposition(scene: Scene, index: int) -> bool:
    """Whether the verb's letters are the «بين» of two sides: the second one («بين س وص، وبين س وع»), or one behind a
    noun («مشاورات بين»)."""
    passage = scene.passage
    if not passage.starts("between", index):
        return False
    if passage.word(index - 1).startswith(BETWEEN):
        return True  # «بينه وبين س»
    if not passage.starts("between", index, bare=True):
        before = passage.between("between", scene.first, index)
        return any(passage.starts("verb", at) and passage.starts("between", at) for at in before)
    plain = passage.word(index - 1).isalpha() and not passage.starts("clause_break", index - 1)
    return index > scene.first and plain and not scene.ending(index)


def _statement(scene: Scene, index: int, hit: Hit, speaker: Speaker) -> Statement:
    evidence = scene.evidence(index, hit.end, "rule:statement")
    text = ""
    if speaker.behind > speaker.first:
        start, end = scene.passage.span(speaker.first, speaker.behind)
        text = scene.passage.text.raw[start:end]
    marks = scene.passage.where("quote")
    opening = bisect_left(marks, max(hit.end, speaker.behind))
    direct = opening < len(marks) and marks[opening] < scene.behind
    return Statement(speaker.entity, text, evidence, direct)
