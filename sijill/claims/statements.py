"""Who says what: a finite verb of saying and its speaker, named behind it, before it, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.names import ARTICLE, slug
from sijill.arabic.speech import Verb
from sijill.claims.scene import PARTICIPANTS, Scene, joined, start_of
from sijill.link import Linked
from sijill.model import EntityId, Statement

TOPIC_WITHIN = 24
"""Words between «أما» and the verb with «ف»."""
SAID_BY_MANY = "وا"
"""How a verb ends whose subject are several."""
SKIPPED_AT_MOST = 7
"""Words of occasion («، أمس، خلال مؤتمر صحفي») that may stand between a verb and its speaker."""
NEEDS_OPENER_WITHIN = 3
FEMININE_OPENER_WITHIN = 12
"""Further for a feminine past form («عبرت الهيئة … عن أملها»): it is no homograph of a preposition."""
COMMAS = frozenset({"،", ","})
NAME_AT_MOST = 6
"""Words of a medium's name in quotation marks."""
BODIES = frozenset({"party", "speech.media", "title_field", "title_body"})
"""What the words of a body can begin with but for a quotation mark."""
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
    bodies: dict[str, Speaker] = {}
    quoted: dict[int, list[bool]] = {}
    for scene in scenes:
        paragraph = scene.sentence.paragraph
        if paragraph not in quoted:
            quoted[paragraph] = _quoted(scene.passage)
        inside = quoted[paragraph]
        nested = False
        for index, _, _ in scene.words("verb"):
            if inside[index] or scene.at(index) is not None:
                continue
            hit = _verb(scene, index)
            if hit is None:
                continue
            speakers = _speakers(scene, index, hit, last, bodies)
            if speakers:
                if not nested or hit.cut:  # who speaks inside of what somebody says is not meant by a later pronoun
                    last = speakers[-1]
                nested = nested or _opens_soon(scene.passage, speakers[-1].behind, hit.end)
                for speaker in speakers:
                    if speaker.body and speaker.behind > speaker.first:
                        bodies.setdefault(_kind_of_body(scene.passage, speaker.first), speaker)
                found += [_statement(scene, index, hit, speaker) for speaker in speakers]
    return tuple(found)


def _verb(scene: Scene, index: int) -> Hit | None:
    """A finite verb of saying that is neither negated nor part of «يذكر أن»."""
    passage = scene.passage
    hit = passage.hit("verb", index)
    if hit is None or hit.cut > 1 or (hit.cut and passage.word(index)[0] not in "وف"):
        return None
    negation = passage.hit("speech.negations", index - 1) if index > scene.first else None
    according = negation is not None and passage.starts("speech.according", index - 2)  # «وفق ما أعلنت» denies nothing
    if negation is not None and not according and (not negation.cut or passage.word(index - 1)[0] in "وف"):
        return None
    return None if passage.starts("speech.impersonal", index) else hit


def _kind_of_body(passage: Passage, index: int) -> str:
    """The noun by which a body is named again: «الوزارة» for «وزارة الخارجية»."""
    word = passage.word(index)
    return word if word.startswith(ARTICLE) else ARTICLE + word


def _opens_soon(passage: Passage, behind: int, verb_end: int) -> bool:
    """Whether what is said opens with «أن» right behind the verb and its speaker."""
    start = max(behind, verb_end)
    return passage.any("speech.openers", start, start + SKIPPED_AT_MOST)


def _speakers(scene: Scene, index: int, hit: Hit, last: Speaker | None, bodies: dict[str, Speaker]) -> list[Speaker]:
    verb: Verb = hit.value
    passage = scene.passage
    at = _behind_occasions(scene, hit.end)
    if passage.starts("speech.anonymous", at):
        return []
    if at == hit.end and passage.starts("speech.bodies", at, bare=True) and _named_at(scene, at) is None:
        body = bodies.get(passage.word(at)) or (last if last is not None and last.body else None)
        if body is not None:
            return [Speaker(body.entity, at, at + 1, body=True)]
    named = _named_at(scene, at)
    if (
        named is not None
        and (not verb.ambiguous or at == hit.end)
        and (not verb.strict or _complement(passage, named.behind, verb, verb.feminine))
    ):
        return _coordinated(scene, named)
    topic = passage.word(index).startswith("ف") and passage.word(index - 1) in COMMAS  # «أما فلان، فقال»
    if topic and (subject := _topic(scene, index)) is not None:
        return [subject]
    if (
        (not hit.cut or topic)
        and (before := _named_before(scene, index, verb)) is not None
        and (not verb.ambiguous or _complement(passage, hit.end, verb))
    ):
        return [before]
    if passage.word(index).endswith(SAID_BY_MANY):
        several = _several_before(scene, index) if hit.cut and _opens(passage, hit.end, verb) else []
        return [Speaker(one.entity, index, index) for one in several if one.entity is not None]
    if last is None or verb.feminine != last.body:
        return []
    referred = index > scene.first and passage.starts("speech.pronouns", index - 1)
    referred = referred and (not verb.ambiguous or _complement(passage, hit.end, verb))
    goes_on = (hit.cut > 0 or index - scene.first <= 1) and _opens(passage, hit.end, verb)
    return [Speaker(last.entity, index, index, last.body)] if referred or goes_on else []


def _topic(scene: Scene, index: int) -> Speaker | None:
    """«أما فصائل المعارضة في أنقرة، فشددت»: whoever stands behind «أما»."""
    for at in range(max(scene.first, index - TOPIC_WITHIN), index):
        if scene.passage.starts("speech.topics", at):
            return _named_at(scene, at + 1)
    return None


def _several_before(scene: Scene, index: int) -> list[Linked]:
    """The officials whom the sentence has joined by «و», before a verb said of several: «… وأكدوا»."""
    groups = [group for group in joined(scene, scene.of("official")) if group and group[-1].spot.behind <= index]
    return groups[-1] if groups and len(groups[-1]) > 1 else []


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
    if one is None and scene.passage.starts("title_head", index):
        bearer = scene.at(index + 1)  # «قال المستشار فلان، المتحدث باسم …»: his office stands behind his name
        if bearer is not None and bearer.spot.kind == "official" and bearer.spot.first == index + 1:
            return Speaker(bearer.entity, index, bearer.spot.behind) if bearer.entity is not None else None
    mouthpiece = scene.passage.hit("speech.mouthpieces", index, bare=True)
    return _body(scene.passage, index if mouthpiece is None else mouthpiece.end)


def _medium(passage: Passage, index: int) -> Speaker | None:
    """«وكالة "كازينفورم"», «"شبكة شام" الإخبارية»: an agency, newspaper or channel by its name."""
    head = passage.hit("speech.media", index + (passage.word(index) == '"'), bare=True)
    if head is None:
        return None
    at = head.end + (passage.word(head.end) == '"')
    closing = index if passage.word(index) == '"' else head.end
    if passage.word(closing) == '"':
        end = next(
            (place for place in range(at, min(passage.size, at + NAME_AT_MOST)) if passage.word(place) == '"'), None
        )
        if end is None or end == at:
            return None
        known = next((hit for hit in passage.hits("party", at) if hit.value.kind == "agency"), None)
        return Speaker(known.value.party if known else slug(" ".join(passage.words[at:end])), index, end + 1, body=True)
    return None


def _body(passage: Passage, index: int) -> Speaker | None:
    """«وزارة الخارجية الكازاخية», «وكالة الأنباء الإيرانية “إرنا”»: the party that the words name or belong to."""
    if index >= passage.size or passage.word(index) != '"' and BODIES.isdisjoint(passage.forms[index]):
        return None
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
    if (medium := _medium(passage, index)) is not None:
        return medium
    if passage.starts("title_field", index, bare=True) and passage.word(index).startswith(ARTICLE):
        field = passage.hit("title_field", index, bare=True)  # «الخارجية الروسية»
        state = party_at(passage, field.end, frozenset({"nisba"})) if field is not None else None
        if state is not None and not state.cut:
            return Speaker(state.value.party, index, state.end, body=True)
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
    whole = party_at(passage, index)
    if whole is not None and not whole.cut and whole.value.sort in ("own", "name") and whole.end - index > 1:
        return Speaker(whole.value.party, index, whole.end, body=True)
    at = index
    while (part := passage.hit("title_body", at) or passage.hit("title_field", at)) is not None:
        at = part.end
    party = party_at(passage, at)
    return Speaker(party.value.party, index, party.end, body=True) if party is not None and not party.cut else None


def _named_before(scene: Scene, index: int, verb: Verb) -> Speaker | None:
    """Whoever ends right before the verb: «لكن لافروف أكد», «وكانت وزارة الخارجية الكازاخية أعلنت»."""
    at = index
    relative = at > scene.first and scene.passage.starts("speech.relatives", at - 1, bare=True)
    if relative and scene.passage.starts("speech.relatives_feminine", at - 1) != verb.feminine:
        return None  # «المحادثات التي دعا إلى عقدها»: the verb's subject is somebody else
    at -= relative
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
        if body is not None and body.behind == at and (relative or "title_body" in scene.passage.forms[first]):
            return body
    return None


def _coordinated(scene: Scene, speaker: Speaker) -> list[Speaker]:
    """Several named speakers of one verb: «وأكد أردوغان وبوتين وروحاني»."""
    speakers = [speaker]
    while (
        (one := scene.at(_past_comma(scene, speakers[-1].behind))) is not None
        and one.spot.kind == "official"
        and one.entity is not None
    ):
        if (
            not scene.passage.word(_past_comma(scene, speakers[-1].behind)).startswith("و")
            or one.spot.first != _past_comma(scene, speakers[-1].behind)
            and one.spot.title is None
        ):
            break
        speakers.append(Speaker(one.entity, start_of(one.spot), one.spot.behind))
    return speakers


def _past_comma(scene: Scene, index: int) -> int:
    return index + (scene.passage.word(index) in COMMAS)


def _complement(passage: Passage, index: int, verb: Verb, far: bool = False) -> bool:
    """Whether what was said opens soon: «أن», a colon, a quotation mark, or the verb's own preposition."""
    within = FEMININE_OPENER_WITHIN if far else NEEDS_OPENER_WITHIN
    for at in range(index, min(passage.size, index + within + 1)):
        word = passage.word(at)
        opens = not verb.preposition_too and (passage.starts("speech.openers", at) or word in ('"', ":"))
        if opens or _takes(word, verb):
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
    inside = [False] * passage.size
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
