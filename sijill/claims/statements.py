"""Who says what: a finite verb of saying and its speaker, named behind it, before it, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.names import ARTICLE
from sijill.arabic.parties import nations, state_parties
from sijill.arabic.quotations import is_quoted
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.speech import Verb
from sijill.arabic.text import folded_all, language_data
from sijill.arabic.titles import Title, title_at
from sijill.claims.opening import SKIPPED_AT_MOST, between, complement, opens, opens_soon
from sijill.claims.scene import PARTICIPANTS, Scene, been, joined, start_of
from sijill.claims.speaker import (
    Introduced,
    Speaker,
    agrees,
    body_at,
    in_marks,
    is_a_medium,
    kind_of_body,
    named_at,
    opens_clause,
    state_before,
)
from sijill.link import Linked
from sijill.model import EntityId, Statement

__all__ = ["statements_of"]

TOPIC_WITHIN = 24
"""Words between «أما» and the verb with «ف»."""
PAUSES = COMMAS | {"-"}
DAYS = ("speech.adverbs", "relative_day", "weekday")
OCCASIONS = ("speech.occasions", "honorific", *DAYS)
AND, FOR_THE, WHAT = "و", "لل", "ما"
STATES = frozenset({"name", "rule"})
OWN, NISBA = frozenset({"own"}), frozenset({"nisba"})
ACCUSATIVE = "ين"
"""How a plural of people ends that is no subject."""
NAMELESS_WITHIN = 8
"""Words before a verb in which a source without a name makes a name behind «من» no speaker."""
HEARD_WITHIN = 4
"""Statements of others between one's own and a pronoun that means him."""
RECEIVED_WITHIN = 8
"""Words between what is done with an answer and the answer."""
NOUN_END = "ة"
BETWEEN = "بين"
FEMININE = "ه"
"""What the title of a woman ends in, folded."""
QUOTED_WITHIN = 4
"""Words behind a medium that quotes in which «عن» and whom it quotes begin."""


def _of_delegation(passage: Passage, title: Title) -> bool:
    return bool(passage.between("delegation_head", title.start, title.end))


class _Heard:
    """Whoever spoke so far, as later words can mean them: by a pronoun in the verb, or by the kind of a body."""

    def __init__(self) -> None:
        self.bodies: dict[str, Speaker] = {}
        self.named = Introduced()
        self._heads: list[tuple[Title, EntityId]] = []
        """The offices of a delegation that somebody was introduced with: «رئيس وفد س فلان»."""
        self.last: Speaker | None = None
        self.first: Speaker | None = None
        """The official whom the article names first."""
        self._nations: dict[EntityId, str] = dict(nations())
        """Of which state a medium is, where the data or the words that named it say so."""
        self._of_gender: dict[bool, tuple[Speaker, int]] = {}
        self._count = 0

    def meant(self, verb: Verb) -> Speaker | None:
        """Whoever a pronoun in the verb means: of its gender, and not spoken of long ago."""
        speaker, count = self._of_gender.get(verb.feminine, (None, 0))
        return speaker if self._count - count < HEARD_WITHIN else None

    def introduce(self, scene: Scene) -> None:
        """The officials of a sentence who have an office of a delegation."""
        for one in scene.of("official"):
            title = one.spot.title
            named = title is not None and one.spot.form != "nominal" and one.entity is not None
            if title is not None and named and _of_delegation(scene.passage, title):
                self._heads.append((title, one.entity or ""))

    def head(self, scene: Scene, index: int) -> Speaker | None:
        """«وقال رئيس الوفد», «أعلن المتحدث باسم وفد س»: the only one who was introduced with such an office."""
        title = title_at(scene.passage, index) if self._heads and scene.passage.starts("title_head", index) else None
        if title is None or title.cut or title.plural or not _of_delegation(scene.passage, title):
            return None
        if named_at(scene, index) is not None:
            return None  # «رئيس الوفد فلان»
        fitting = {
            who
            for known, who in self._heads
            if known.head == title.head and (title.party is None or title.party == known.party)
        }
        return Speaker(fitting.pop(), index, title.end) if len(fitting) == 1 else None

    def body(self, passage: Passage, index: int, spoke_last: bool = True) -> Speaker | None:
        """The body that «الوزارة» or «المرصد» at a word of the paragraph at hand means; `spoke_last`: the one that did,
        where none was named by this noun. A medium of a state is no other's («الوكالة السورية»)."""
        word, nation = passage.word(index), party_at(passage, index + 1, NISBA)
        meant = self._body(word, index, spoke_last)
        if meant is None or nation is None or not is_a_medium(word):
            return meant
        return meant if self._nations.get(meant.entity) == nation.value.party else None

    def _body(self, word: str, index: int, spoke_last: bool) -> Speaker | None:
        if (spoken := self.bodies.get(word)) is not None:
            return spoken
        if (entity := self.named.by(word, index)) is not None:
            return Speaker(entity, index, index + 1, body=True)
        if word in _named_in_full() or not spoke_last:
            return None
        last = self.last if self.last is not None and self.last.body else None
        ours = last is not None and (last.entity not in state_parties() or word in _of_states())
        return last if ours else None  # «المنظمة» is no state

    def quoted(self, speaker: Speaker) -> None:
        """Who is quoted by whoever spoke last: a medium is feminine, so «وأضاف» means him."""
        self._of_gender[False] = (speaker, self._count)

    def add(self, speakers: list[Speaker], verb: Verb, nested: bool, passage: Passage) -> None:
        """Who spoke with this verb. Whoever speaks inside of what somebody says is not meant by a later pronoun."""
        self._count += 1
        if not nested:
            self.last = speakers[-1]
            self._of_gender[verb.feminine] = (speakers[-1], self._count)
        for speaker in speakers:
            if speaker.body and speaker.behind > speaker.first:
                self.bodies[kind_of_body(passage, speaker.first)] = speaker
                nation = party_at(passage, speaker.behind, NISBA)
                if nation is not None:  # «صحيفة "س" البريطانية»
                    self._nations.setdefault(speaker.entity, nation.value.party)


def statements_of(scenes: tuple[Scene, ...]) -> tuple[Statement, ...]:
    """The statements of an article's scenes, given in the order of the text."""
    found: list[Statement] = []
    heard = _Heard()
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
            speakers = [] if hit is None else _speakers(scene, index, hit, heard)
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


def _speakers(scene: Scene, index: int, hit: Hit, heard: _Heard) -> list[Speaker]:
    verb: Verb = hit.value
    passage = scene.passage
    at = _behind_occasions(scene, hit.end)
    if passage.starts("speech.anonymous", at) and (at == hit.end or _named_before(scene, index, verb) is None):
        return []
    again = at == hit.end and passage.starts_one(("speech.bodies", "speech.bodies_in_full"), at, bare=True)
    if again and not _is_named_further(passage, at + 1) and named_at(scene, at) is None:
        paper = passage.starts("speech.papers", at, bare=True)  # «وأضاف البيان»: of whoever spoke last
        body = heard.last if paper else heard.body(passage, at, not _is_described(passage, at + 1))
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


def _body_before(scene: Scene, index: int, heard: _Heard) -> Speaker | None:
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


@cache
def _named_in_full() -> frozenset[str]:
    return folded_all(language_data("relations")["speech"]["bodies_in_full"])


@cache
def _of_states() -> frozenset[str]:
    """The nouns by which a state's own bodies are named again."""
    return folded_all(language_data("relations")["speech"]["of_states"])
