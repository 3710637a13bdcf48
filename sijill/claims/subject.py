"""Whose words a verb of saying reports: its subject behind it, before it, or a pronoun for whoever spoke before."""

from __future__ import annotations

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.speech import Verb
from sijill.claims.heard import Heard
from sijill.claims.opening import ACCUSATIVE, SKIPPED_AT_MOST, between, complement, opens
from sijill.claims.scene import PARTICIPANTS, Scene, been, joined, start_of
from sijill.claims.speaker import (
    Speaker,
    agrees,
    body_at,
    in_marks,
    named_at,
    opens_clause,
    state_before,
)
from sijill.link import Linked

__all__ = ["speakers_of"]

TOPIC_WITHIN = 24
"""Words between «أما» and the verb with «ف»."""
PAUSES = COMMAS | {"-"}
DAYS = ("speech.adverbs", "relative_day", "weekday")
OCCASIONS = ("speech.occasions", "speech.asides", "honorific", *DAYS)
AND, FOR_THE = "و", "لل"
STATES = frozenset({"name", "rule"})
OWN = frozenset({"own"})
NAMELESS_WITHIN = 8
"""Words before a verb in which a source without a name makes a name behind «من» no speaker."""
FEMININE = "ه"
"""What the title of a woman ends in, folded."""


def speakers_of(scene: Scene, index: int, hit: Hit, heard: Heard) -> list[Speaker]:
    """Whoever says what the verb at word `index` reports; nobody where the words do not tell."""
    verb: Verb = hit.value
    passage = scene.passage
    at = _behind_occasions(scene, hit.end)
    if passage.starts("speech.anonymous", at) and (at == hit.end or _named_before(scene, index, verb) is None):
        return []
    again = at == hit.end and passage.starts_one(("speech.bodies", "speech.bodies_in_full"), at, bare=True)
    if again and not _is_named_further(passage, at + 1) and named_at(scene, at) is None:
        paper = passage.starts("speech.papers", at, bare=True)  # «وأضاف البيان»: of whoever spoke last
        body = heard.author if paper else heard.body(passage, at, not _is_described(passage, at + 1))
        called_on = verb.addresses and passage.starts("speech.bodies_in_full", at, bare=True)
        if body is not None and not called_on:  # «واتهم المفوضية بمنع العودة»
            return [Speaker(body.entity, at, at + 1, body=body.body)]
    if passage.starts("speech.honours", hit.end, bare=True):  # «وقال معاليه»
        meant = heard.last or heard.first
        said = not verb.ambiguous or complement(passage, hit.end + 1, verb)
        return [Speaker(meant.entity, hit.end, hit.end + 1)] if meant is not None and said else []
    if not hit.cut and (subject := _said_in(scene, index, hit) or _opening_subject(scene, index, verb)) is not None:
        return [subject]
    if (spokesman := _by_the_tongue_of(scene, hit.end)) is not None:
        return [spokesman]
    if passage.starts("meets.done", index - 1, bare=True) and (one := been(scene, index)) is not None and one.entity:
        told = Speaker(one.entity, start_of(one.spot), one.spot.behind)  # «كان س في زيارته قد دعا ص»
        return _with_those_joined(scene, told) if verb.several else [told]
    if (head := heard.head(scene, at)) is not None:
        return [head]
    # «إن موسكو تطالب الحكومة», «القرار الذي يطالب الأمين العام»: no subject follows
    spoken_to = not hit.cut and (state_before(scene, index) or verb.addresses and _has_subject(scene, index, hit.end))
    named = None if spoken_to else named_at(scene, at) or in_marks(scene, at)
    if named is not None and named.body and _is_accusative(passage, at):
        named = None  # «طالبت المسلحين بالخروج»
    if named is not None and named.first == at and not agrees(passage, named, verb.feminine):
        named = None
    far = verb.feminine or named is not None and verb.addresses and _is_set_off(passage, named)
    if (
        named is not None
        and (not verb.ambiguous or at == _behind(scene, hit.end, DAYS))
        and not (verb.of_people and named.body)
        and (not verb.strict or complement(passage, named.behind, verb, far, between(passage, index)))
    ):
        speakers = _coordinated(scene, named)
        return [] if len(speakers) > 1 and passage.starts("between", index) else speakers  # «القمة بين س وص إن»
    topic = passage.word(index).startswith("ف") or passage.word(index - 1).startswith("ف")  # «فقد قال»
    if topic and scene.has("speech.topics", max(scene.first, index - TOPIC_WITHIN), index):  # «أما فلان، فقال»
        subject = _topic(scene, index)
        return [] if subject is None else [subject]
    topic = passage.word(index).startswith("ف") and passage.word(index - 1) in COMMAS
    if (
        (not hit.cut or topic)
        and (before := _named_before(scene, index, verb)) is not None
        and (not verb.ambiguous or complement(passage, hit.end, verb))
    ):
        return _with_those_joined(scene, before) if verb.several else [before]
    if not hit.cut and not verb.ambiguous and (body := _body_before(scene, index, heard)) is not None:
        return [body]
    if verb.several:  # «ودعتا» is said of nobody who is one
        several = _several_before(scene, index) if hit.cut and opens(passage, hit.end, verb) else []
        return [Speaker(one.entity, index, index) for one in several if one.entity is not None]
    last = heard.meant(verb)
    if last is None or verb.addresses and passage.starts("speech.texts", at, bare=True):
        return []  # «كما يدعو القرار الدول إلى …»
    referred = index > scene.first and passage.starts("speech.pronouns", index - 1)
    referred = referred and passage.starts("speech.pronouns_feminine", index - 1) == verb.feminine
    referred = referred and (not verb.ambiguous or complement(passage, hit.end, verb))
    begins = _behind_occasions(scene, scene.first) == index  # «كذلك، أشار إلى أن»
    resumes = passage.starts("clause_break", index - 1) or passage.starts("speech.resumes", index - 1)
    opening = hit.cut > 0 or index - scene.first <= 1 or begins or resumes
    goes_on = opening and opens(passage, hit.end, verb)
    return [Speaker(last.entity, index, index, last.body)] if referred or goes_on else []


def _is_accusative(passage: Passage, index: int) -> bool:
    """«المسلحين», «المعارضين»: people in the plural who are no subject."""
    party = party_at(passage, index, OWN)
    return party is not None and party.end == index + 1 and passage.word(index).endswith(ACCUSATIVE)


def _is_set_off(passage: Passage, speaker: Speaker) -> bool:
    """«طالب البيت الأبيض، أمس، النظام بالوفاء»: what he calls for stands behind an aside."""
    masculine = not speaker.body or passage.starts("speech.masculine", speaker.first)
    return masculine and passage.word(speaker.behind) in COMMAS


def _is_named_further(passage: Passage, index: int) -> bool:
    """«المنظمة الدولية للهجرة»: behind the kind of a body stands which one it is."""
    definite = passage.word(index).startswith(ARTICLE) and not passage.starts_one(("to", "speech.adverbs"), index)
    return definite and passage.word(index + 1).startswith(FOR_THE)


def _is_described(passage: Passage, index: int) -> bool:
    """«الحركة المدنية الديمقراطية»: whether two adjectives say which one the body before word `index` is."""
    feminine = passage.word(index - 1).endswith(FEMININE)
    words = (passage.word(index), passage.word(index + 1))
    described = all(word.startswith(ARTICLE) and word.endswith(FEMININE) == feminine for word in words)
    return described and not passage.starts_one(("to", "relative"), index + 1)


def _has_subject(scene: Scene, index: int, behind: int) -> bool:
    """Whether a word right before says that the verb's subject stands before it: «الذي يطالب», «أنه طالب»; not
    «التي تتهم فيها إسرائيل إيران»."""
    back = scene.passage.starts("speech.back", behind, bare=True)
    relative = not back and scene.passage.starts("speech.relatives", index - 1, bare=True)
    return index > scene.first and (relative or scene.passage.starts("speech.pronouns", index - 1))


def _said_in(scene: Scene, index: int, hit: Hit) -> Speaker | None:
    """«أصدر فلان بيانا قال فيه إن», «في كلمة ألقاها فلان أمام المجلس، قال فيها إن»: whose words they are."""
    passage = scene.passage
    if not passage.starts("speech.within", hit.end, bare=True) or not opens(passage, hit.end + 1, hit.value):
        return None
    one = scene.last(index, "official")
    if one is None or one.entity is None or one.spot.cut or passage.starts("speech.others", start_of(one.spot) - 1):
        return None
    title = one.spot.title
    woman = title is not None and title.head.endswith(FEMININE)
    fits = woman or not hit.value.feminine
    return Speaker(one.entity, start_of(one.spot), one.spot.behind) if fits else None


def _by_the_tongue_of(scene: Scene, index: int) -> Speaker | None:
    """«قالت موسكو على لسان وزير خارجيتها فلان»: whoever speaks for a capital."""
    capital = party_at(scene.passage, index)
    tongue = None if capital is None else scene.passage.hit("speech.tongue", capital.end, bare=True)
    one = None if tongue is None else scene.next(tongue.end, "official")
    if tongue is None or one is None or one.entity is None or start_of(one.spot) != tongue.end:
        return None
    return Speaker(one.entity, tongue.end, one.spot.behind)


def _opening_subject(scene: Scene, index: int, verb: Verb) -> Speaker | None:
    """«لافروف يبلغ كيري بأن», «إن لافروف أبلغ كيري»: who opens the clause speaks, to whoever stands behind."""
    end = index - _closes_name(scene, index)
    before = next((one for one in scene.ending(end) if one.spot.behind == end), None)
    if before is None or before.entity is None or before.spot.kind not in PARTICIPANTS:
        return None
    if verb.ambiguous and not complement(scene.passage, index + 1, verb, far=True):
        return None
    first = start_of(before.spot)
    opens = first == scene.first or opens_clause(scene.passage, first - 1)
    return Speaker(before.entity, first, index) if opens else None


def _closes_name(scene: Scene, index: int) -> bool:
    """Whether a quotation mark closes right before word `index` that stands round a name alone («"فلان" أكد»)."""
    if scene.word(index - 1) != QUOTE:
        return False
    return any(
        one.spot.behind == index - 1 and scene.word(one.spot.first - 1) == QUOTE for one in scene.ending(index - 1)
    )


def _topic(scene: Scene, index: int) -> Speaker | None:
    """«أما فصائل المعارضة في أنقرة، فشددت»: whoever stands behind «أما»."""
    for at in scene.passage.between("speech.topics", max(scene.first, index - TOPIC_WITHIN), index):
        if scene.passage.starts("speech.topics", at):
            return named_at(scene, at + 1)
    return None


def _several_before(scene: Scene, index: int) -> list[Linked]:
    """The officials whom the sentence has joined by «و», before a verb said of several: «… وأكدوا»."""
    groups = [group for group in joined(scene, scene.of("official")) if group and group[-1].spot.behind <= index]
    return groups[-1] if groups and len(groups[-1]) > 1 else []


def _with_those_joined(scene: Scene, speaker: Speaker) -> list[Speaker]:
    """«س وص يعربان عن»: the officials of whom this speaker is one and whom «و» joins."""
    for group in joined(scene, scene.of("official")):
        if any(start_of(one.spot) == speaker.first for one in group):
            told = [Speaker(one.entity, start_of(one.spot), one.spot.behind) for one in group if one.entity is not None]
            return told or [speaker]
    return [speaker]


def _body_before(scene: Scene, index: int, heard: Heard) -> Speaker | None:
    """«وكان المرصد أفاد», «لكن المفوضية تقول»: a body by its kind alone, right before the verb, that opens a clause."""
    passage, at = scene.passage, index - 1
    if at < scene.first or not passage.starts_one(("speech.bodies", "speech.bodies_in_full"), at, bare=True):
        return None
    before = at - 1
    opens = at == scene.first or passage.starts("speech.auxiliaries", before) or opens_clause(passage, before)
    body = heard.body(passage, at, spoke_last=False) if opens else None
    return None if body is None else Speaker(body.entity, at, index, body=body.body)


def _behind_occasions(scene: Scene, index: int) -> int:
    """Past commas, days and phrases of occasion."""
    at = _behind(scene, index, OCCASIONS)
    while at - index < SKIPPED_AT_MOST and scene.word(at) in PAUSES:
        at = _behind(scene, at + 1, OCCASIONS)
    return at


def _behind(scene: Scene, index: int, categories: tuple[str, ...]) -> int:
    """Past phrases of these categories, but not past whoever is named."""
    at = index
    while at < scene.behind and at - index < SKIPPED_AT_MOST and scene.at(at) is None:
        hit = scene.passage.hit_of(categories, at)
        if hit is None:
            break
        at = hit.end
    return at


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
    anonymous = scene.has("speech.anonymous", max(scene.first, at - NAMELESS_WITHIN), at)
    for one in scene.ending(at):
        before = start_of(one.spot) - 1
        governed = scene.passage.starts("meets.prepositions", before, bare=True)
        if governed and (anonymous or not relative):  # «مصدر قريب من وفد س أكد», «كتب عن فلان، قال»
            return None
        title_end = one.spot.title.end if one.spot.title is not None else 0
        if relative and verb.feminine and one.spot.kind == "official" and scene.word(at) not in COMMAS:
            continue  # «المبادرة التي أطلقها فلان التي تدعو إلى»
        if one.spot.kind in PARTICIPANTS and at in (one.spot.behind, title_end) and one.entity is not None:
            return Speaker(one.entity, start_of(one.spot), at)
    for first in range(max(scene.first, at - 6), at):
        if not relative and scene.passage.starts("meets.prepositions", first - 1, bare=True):
            continue  # «رسالة من الحكومة السورية تفيد»
        body = body_at(scene.passage, first) if relative or _may_be_subject(scene, first) else None
        if body is not None and body.behind == at:
            return body
    return None


def _may_be_subject(scene: Scene, index: int) -> bool:
    """Whether a body or a state whose words begin here can stand before its verb."""
    if "title_body" in scene.passage.forms[index]:
        return True
    if index > scene.first and scene.passage.starts("speech.auxiliaries", index - 1):
        return True  # «وكانت روسيا أعلنت»
    if not scene.passage.starts("title_field", index, bare=True):
        return False
    return index == scene.first or opens_clause(scene.passage, index - 1)  # «الخارجية الروسية أعلنت»


def _coordinated(scene: Scene, speaker: Speaker) -> list[Speaker]:
    """Several named speakers of one verb: «وأكد أردوغان وبوتين وروحاني», «أعلنت روسيا وتركيا وإيران»."""
    speakers = [speaker]
    while (party := party_at(scene.passage, speakers[-1].behind, STATES)) is not None:
        if not speaker.body or not party.cut or not scene.word(speakers[-1].behind).startswith(AND):
            break
        speakers.append(Speaker(party.value.party, speakers[-1].behind, party.end, body=True))
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
