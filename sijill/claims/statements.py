"""Who says what: a finite verb of saying and its speaker, named behind it, before it, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.speech import Verb
from sijill.claims.scene import PARTICIPANTS, Scene, start_of
from sijill.model import EntityId, Statement

SKIPPED_AT_MOST = 7
"""Words of occasion («، أمس، خلال مؤتمر صحفي») that may stand between a verb and its speaker."""
NEEDS_OPENER_WITHIN = 3
COMMAS = frozenset({"،", ","})
SAYING_ONLY = frozenset({"قال", "أضاف", "ذكر", "نقل", "تابع", "أفاد", "صرح", "كشف"})
"""Verbs whose bare noun is a subject, not an object: «وقال ناشط» is not «وأكد ضرورة»."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and the words that name him here; both ends equal where a pronoun does."""

    entity: EntityId
    first: int
    behind: int
    body: bool = False
    """A ministry, an agency or a state: feminine to its verbs, more often than not."""


def statements_of(scenes: tuple[Scene, ...]) -> tuple[Statement, ...]:
    """The statements of an article's scenes, given in the order of the text."""
    found: list[Statement] = []
    last: Speaker | None = None
    quoted: dict[int, list[bool]] = {}
    for scene in scenes:
        paragraph = scene.sentence.paragraph
        if paragraph not in quoted:
            quoted[paragraph] = _quoted(scene.passage)
        inside = quoted[paragraph]
        for index, _, _ in scene.words("verb"):
            if inside[index] or scene.at(index) is not None:
                continue
            hit = _verb(scene, index)
            if hit is None:
                continue
            speakers = _speakers(scene, index, hit, last)
            if speakers:
                last = speakers[-1]
                found += [_statement(scene, index, hit, speaker) for speaker in speakers]
    return tuple(found)


def _verb(scene: Scene, index: int) -> Hit | None:
    """A finite verb of saying that is neither negated nor part of «يذكر أن»."""
    passage = scene.passage
    hit = passage.hit("verb", index)
    if hit is None or hit.cut > 1 or (hit.cut and passage.word(index)[0] not in "وف"):
        return None
    negation = passage.hit("speech.negations", index - 1) if index > scene.first else None
    if negation is not None and (not negation.cut or passage.word(index - 1)[0] in "وف"):
        return None
    return None if passage.starts("speech.impersonal", index) else hit


def _speakers(scene: Scene, index: int, hit: Hit, last: Speaker | None) -> list[Speaker]:
    verb: Verb = hit.value
    passage = scene.passage
    at = _behind_occasions(scene, hit.end)
    if passage.starts("speech.anonymous", at):
        return []
    if last is not None and last.body and at == hit.end and passage.starts("speech.bodies", at, bare=True):
        return [Speaker(last.entity, at, at + 1, body=True)]
    named = _named_at(scene, at)
    if (
        named is not None
        and (not verb.ambiguous or at == hit.end)
        and (not verb.strict or _complement(passage, named.behind, verb))
    ):
        return _coordinated(scene, named)
    topic = passage.word(index).startswith("ف") and passage.word(index - 1) in COMMAS  # «أما فلان، فقال»
    if (
        (not hit.cut or topic)
        and (before := _named_before(scene, index)) is not None
        and (not verb.ambiguous or _complement(passage, hit.end, verb))
    ):
        return [before]
    if last is None or verb.feminine != last.body:
        return []
    referred = index > scene.first and passage.starts("speech.pronouns", index - 1)
    goes_on = (hit.cut > 0 or index - scene.first <= 1) and _opens(passage, hit.end, verb)
    return [Speaker(last.entity, index, index, last.body)] if referred or goes_on else []


def _behind_occasions(scene: Scene, index: int) -> int:
    """Past commas, days and phrases of occasion."""
    passage, at = scene.passage, index
    while at < scene.behind and at - index < SKIPPED_AT_MOST:
        if scene.at(at) is not None:
            return at
        for category in ("speech.occasions", "speech.adverbs", "honorific", "relative_day", "weekday"):
            hit = passage.hit(category, at)
            if hit is not None:
                at = hit.end
                break
        else:
            if passage.word(at) not in ("،", ",", "-"):
                return at
            at += 1
    return at


def _named_at(scene: Scene, index: int) -> Speaker | None:
    """A person, delegation, agency, body or state that starts at word `index`."""
    one = scene.at(index)
    if one is not None and one.spot.kind in PARTICIPANTS:
        return (
            Speaker(one.entity, start_of(one.spot), one.spot.behind)
            if one.entity is not None and start_of(one.spot) == index
            else None
        )
    return _body(scene.passage, index)


def _body(passage: Passage, index: int) -> Speaker | None:
    """«وزارة الخارجية الكازاخية», «وكالة الأنباء الإيرانية “إرنا”»: the party that the words name or belong to."""
    agency = next(
        (
            hit
            for hit in passage.hits("party", index)
            if hit.value.kind in ("agency", "organisation", "group") and hit.value.sort == "name"
        ),
        None,
    )
    if agency is not None:
        return Speaker(agency.value.party, index, agency.end, body=True)
    if not passage.starts("title_body", index):
        party = party_at(passage, index)
        if (
            party is None
            or party.cut
            or party.value.sort == "nisba"
            or party.value.sort == "seat"
            and "place" in passage.forms[index]
        ):
            return None  # a capital stands for its state too loosely
        return Speaker(party.value.party, index, party.end, body=True)
    at = index
    while (part := passage.hit("title_body", at) or passage.hit("title_field", at)) is not None:
        at = part.end
    party = party_at(passage, at)
    return Speaker(party.value.party, index, party.end, body=True) if party is not None and not party.cut else None


def _named_before(scene: Scene, index: int) -> Speaker | None:
    """Whoever ends right before the verb: «لكن لافروف أكد», «وكانت وزارة الخارجية الكازاخية أعلنت»."""
    at = index
    while at > scene.first and (
        scene.passage.word(at - 1) in ("قد", "،", ",", "كان", "كانت")
        or scene.passage.starts("speech.auxiliaries", at - 1)
    ):
        at -= 1
    for one in scene.ending(at):
        title_end = one.spot.title.end if one.spot.title is not None else 0
        if one.spot.kind in PARTICIPANTS and at in (one.spot.behind, title_end) and one.entity is not None:
            return Speaker(one.entity, start_of(one.spot), at)
    for first in range(max(scene.first, at - 6), at):
        body = _body(scene.passage, first)
        if body is not None and body.behind == at and "title_body" in scene.passage.forms[first]:
            return body
    return None


def _coordinated(scene: Scene, speaker: Speaker) -> list[Speaker]:
    """Several named speakers of one verb: «وأكد أردوغان وبوتين وروحاني»."""
    speakers = [speaker]
    while (one := scene.at(speakers[-1].behind)) is not None and one.spot.kind == "official" and one.entity is not None:
        if (
            not scene.passage.word(speakers[-1].behind).startswith("و")
            or one.spot.first != speakers[-1].behind
            and one.spot.title is None
        ):
            break
        speakers.append(Speaker(one.entity, start_of(one.spot), one.spot.behind))
    return speakers


def _complement(passage: Passage, index: int, verb: Verb) -> bool:
    """Whether what was said opens soon: «أن», a colon, a quotation mark, or the verb's own preposition."""
    for at in range(index, min(len(passage), index + NEEDS_OPENER_WITHIN + 1)):
        word = passage.word(at)
        if passage.starts("speech.openers", at) or word in ('"', ":") or _takes(word, verb):
            return True
    return False


def _takes(word: str, verb: Verb) -> bool:
    """Whether the word is the verb's preposition or carries it: «رحب بالمبادرة», «دعا لممرات»."""
    if not verb.preposition:
        return False
    letter = verb.preposition if len(verb.preposition) == 1 else "ل" if verb.preposition == "الي" else ""
    return word == verb.preposition or (bool(letter) and word.startswith(letter) and len(word) > 2)


def _opens(passage: Passage, index: int, verb: Verb) -> bool:
    """Whether the verb's subject is a pronoun: its complement, or an occasion, stands right behind it."""
    while (adverb := passage.hit("speech.adverbs", index, bare=True)) is not None:
        index = adverb.end
    word = passage.word(index)
    if passage.starts("speech.openers", index) or word in ('"', ":") or _takes(word, verb):
        return True
    if verb.ambiguous:
        return False
    if (
        passage.starts("speech.occasions", index)
        or passage.starts("relative_day", index)
        or word in ("في", "خلال", "على", "عن", "عقب")
    ):
        return True
    return verb.lemma not in SAYING_ONLY and "speech.objects" in passage.forms[index]


def _quoted(passage: Passage) -> list[bool]:
    """For each word, whether it stands inside quotation marks that close in the same paragraph."""
    inside = [False] * len(passage)
    marks = passage.at('"')
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        inside[first:last] = [True] * (last - first)
    return inside


def _statement(scene: Scene, index: int, hit: Hit, speaker: Speaker) -> Statement:
    evidence = scene.evidence(index, hit.end, "rule:statement")
    text = ""
    if speaker.behind > speaker.first:
        start, end = scene.passage.span(speaker.first, speaker.behind)
        text = scene.passage.text.raw[start:end]
    marks = scene.passage.at('"')
    opening = bisect_left(marks, hit.end)
    direct = opening < len(marks) and marks[opening] < scene.behind
    return Statement(speaker.entity, text, evidence, direct)
