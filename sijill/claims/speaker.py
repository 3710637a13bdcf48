"""Who can speak, by the words at a place: a person, a delegation, a state, a ministry, an agency by its name. Separate
from statements, which ask whether the words say that he did."""

from __future__ import annotations

from dataclasses import dataclass

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, slug, starts_with_given_name
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.titles import listed, title_at
from sijill.claims.scene import PARTICIPANTS, Scene, start_of
from sijill.link import Linked
from sijill.model import EntityId

__all__ = [
    "NAMED_BY_KIND",
    "Speaker",
    "agrees",
    "body_at",
    "in_marks",
    "is_a_medium",
    "kind_of_body",
    "named_at",
    "opens_clause",
    "state_before",
]

NAMES = frozenset({"name", "own"})
FOR_THE, FEMININE = "لل", ("ه", "ات")
BODY_NOUNS = frozenset({"title_body", "title_field"})
BODY_SORTS = frozenset({"own", "name", "seat"})
ANY_SORT = frozenset({"name", "own", "rule", "seat"})
STATE_WORDS_AT_MOST = 3
NAME_AT_MOST = 6
"""Words of a medium's name in marks."""
REST_AT_MOST = 6
"""Words of an office behind those that its kind is known by, up to the comma before the name."""
NAMED_BY_KIND = frozenset({"agency", "organisation", "group"})
MARKS = {QUOTE: QUOTE, "(": ")"}
BODIES = frozenset({"party", "speech.media", "title_field", "title_body"})
"""What the words of a body can begin with but for a quotation mark."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and the words that name him here; both ends equal where a pronoun does."""

    entity: EntityId
    first: int
    behind: int
    body: bool = False
    """A ministry, an agency or a state: feminine to its verbs, more often than not."""


def named_at(scene: Scene, index: int) -> Speaker | None:
    """A person, delegation, agency, body or state that starts at word `index`."""
    one = scene.at(index)
    if one is not None and one.spot.kind in PARTICIPANTS:
        return (
            Speaker(one.entity, start_of(one.spot), one.spot.behind)
            if one.entity is not None and start_of(one.spot) == index
            else None
        )
    if one is None and (bearer := _bearer(scene, index)) is not None:
        return Speaker(bearer.entity, index, bearer.spot.behind) if bearer.entity is not None else None
    if (body := body_at(scene.passage, index)) is not None:
        return body
    mouthpiece = scene.passage.hit("speech.mouthpieces", index, bare=True)
    return None if mouthpiece is None else body_at(scene.passage, mouthpiece.end, spoken_for=True)


def _bearer(scene: Scene, index: int) -> Linked | None:
    """The official whose office begins at a word and does not end at his name: «المستشار فلان، المتحدث باسم …»,
    «المتحدث باسم الوفد، العميد فلان», «الناطقة باسم فلان فلانة»."""
    passage = scene.passage
    if not passage.starts("title_head", index):
        return None
    if (named := _official_at(scene, index + 1)) is not None:
        return named
    title = title_at(passage, index)
    if title is None:
        return None
    if (served := _official_at(scene, title.end)) is not None:
        return _official_at(scene, served.spot.behind)
    for at in range(title.end, min(scene.behind, title.end + REST_AT_MOST)):
        if passage.word(at) in COMMAS:
            return _official_at(scene, at + 1)
        if scene.at(at) is not None or not passage.word(at).isalpha() or passage.starts("speech.openers", at):
            return None
    return None


def _official_at(scene: Scene, index: int) -> Linked | None:
    """The official whose name, or the office before it, begins at a word."""
    one = scene.at(index)
    begins = one is not None and one.spot.kind == "official" and index in (start_of(one.spot), one.spot.first)
    return one if begins else None


def _medium(passage: Passage, index: int, spoken_for: bool) -> Speaker | None:
    """«وكالة "كازينفورم"», «صحيفة (الوطن)», «"شبكة شام" الإخبارية», «قناة الحدث»: a medium by its name."""
    within = passage.word(index) in MARKS
    head = passage.hit("speech.media", index + within, bare=not spoken_for)
    if head is None:
        return None
    at = head.end
    while not within and passage.word(at) in MARKS:
        at += 1
    if within or at > head.end:
        mark = MARKS[passage.word(index if within else head.end)]
        near = range(at, min(passage.size, at + NAME_AT_MOST))
        end = next((place for place in near if passage.word(place) == mark), at)
        if end == at:
            return None
        behind = end + 1
        while passage.word(behind) == mark:
            behind += 1
        return Speaker(_agency(passage, at) or slug(" ".join(passage.words[at:end])), index, behind, body=True)
    known = passage.hit("agency_weak", at, bare=True)
    if known is not None:
        return Speaker(known.value, index, known.end, body=True)
    word = passage.word(at)
    named = passage.starts("speech.channels", index) and word.startswith(ARTICLE)
    if not named or passage.starts("speech.no_names", at) or party_at(passage, at) is not None:
        return None
    return Speaker(slug(word), index, at + 1, body=True)


def _agency(passage: Passage, index: int) -> EntityId | None:
    """The agency whose name, also an ordinary word, begins here."""
    known = next((hit.value.party for hit in passage.hits("party", index) if hit.value.kind == "agency"), None)
    weak = passage.hit("agency_weak", index, bare=True)
    return known or (weak.value if weak is not None else None)


def in_marks(scene: Scene, index: int) -> Speaker | None:
    """«وأعلن «فلان» أن», «وأوضحت «تاس» أن»: a speaker whose name alone stands in quotation marks."""
    passage = scene.passage
    if scene.word(index) != QUOTE:
        return None
    one = scene.at(index + 1)
    if one is not None:
        named = one.spot.kind == "official" and one.entity is not None and one.spot.first == index + 1
        inner = Speaker(one.entity, index + 1, one.spot.behind) if named and one.entity is not None else None
    else:
        weak = passage.hit("agency_weak", index + 1, bare=True)
        if weak is not None and scene.word(weak.end) == QUOTE:
            inner = Speaker(weak.value, index + 1, weak.end, body=True)
        else:  # «"المرصد السوري لحقوق الإنسان"»
            inner = body_at(passage, index + 1)
    if inner is None or scene.word(inner.behind) != QUOTE:
        return None
    return Speaker(inner.entity, index, inner.behind + 1, inner.body)


def body_at(passage: Passage, index: int, spoken_for: bool = False) -> Speaker | None:
    """«وزارة الخارجية الكازاخية», «وكالة الأنباء الإيرانية “إرنا”»: the party that the words name or belong to."""
    if index >= passage.size or passage.word(index) != '"' and BODIES.isdisjoint(passage.forms[index]):
        return None
    agency = next(
        (
            hit
            for hit in passage.hits("party", index)
            if hit.value.kind in NAMED_BY_KIND
            and hit.value.sort == "name"
            and (spoken_for or not hit.cut)  # «قال لوكالة فرانس برس»: she is told
        ),
        None,
    )
    if agency is not None:
        return Speaker(agency.value.party, index, agency.end, body=True)
    if (medium := _medium(passage, index, spoken_for)) is not None:
        return medium
    own = party_at(passage, index, frozenset({"own"}))
    if own is not None and own.value.kind == "opposition" and own.end - index > 1:
        return Speaker(own.value.party, index, own.end, body=True)  # «الهيئة العليا للمفاوضات السورية»
    office = passage.starts("title_head", index, bare=True)  # «الرئيس الأمريكي» is somebody
    if not office and passage.starts("title_field", index, bare=True) and passage.word(index).startswith(ARTICLE):
        field = passage.hit("title_field", index, bare=True)  # «الخارجية الروسية»
        state = party_at(passage, field.end, frozenset({"nisba"})) if field is not None else None
        if state is not None and not state.cut and not _is_somebody(passage, state.end):
            return Speaker(state.value.party, index, state.end, body=True)
    if passage.starts("title_field", index, bare=True) and not passage.word(index).startswith(ARTICLE):
        state = party_at(passage, index + 1, NAMES)  # «خارجية كازاخستان»
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
    at = index
    while (part := passage.hit("title_body", at) or passage.hit("title_field", at)) is not None:
        at = part.end
    seat = (
        whole is not None and whole.value.sort == "seat"
    )  # «مجلس الأمن»; not «مجلس الأمن القومي», «المنظمة الدولية للهجرة»
    if whole is not None and not whole.cut and whole.value.sort in BODY_SORTS and whole.end - index > 1:
        longer = seat and (at > whole.end or passage.word(whole.end).startswith((ARTICLE, FOR_THE)))
        if not longer:
            return Speaker(whole.value.party, index, whole.end, body=True)
    if passage.word(at) == QUOTE and not passage.word(index).startswith(ARTICLE):
        return _body_in_marks(passage, index, at + 1)
    party = None if _is_of_a_medium(passage, index) else party_at(passage, at)
    return Speaker(party.value.party, index, party.end, body=True) if party is not None and not party.cut else None


def _is_of_a_medium(passage: Passage, index: int) -> bool:
    """«الوكالة الروسية», «صحيفة تركية»: what its state does not say; not «وكالة الاستخبارات الروسية»."""
    return is_a_medium(passage.word(index)) and not passage.starts("title_field", index + 1)


def is_a_medium(word: str) -> bool:
    """Whether a noun is one for a medium."""
    return word.removeprefix(ARTICLE) in listed("media")


def _is_somebody(passage: Passage, index: int) -> bool:
    """Whether a name or an office follows: «الدبلوماسية الأمريكية هند الصباغ» is no ministry."""
    return passage.starts("title_head", index, bare=True) or starts_with_given_name(passage, index)


def _body_in_marks(passage: Passage, index: int, at: int) -> Speaker | None:
    """«منظمة "الخوذ البيضاء"», «ميليشيات "فجر ليبيا"»: a body by its name, which begins at word `at`."""
    end = next((place for place in range(at, min(passage.size, at + NAME_AT_MOST)) if passage.word(place) == QUOTE), at)
    if end == at:
        return None
    party = party_at(passage, at)
    known = party is not None and party.end == end and not party.cut
    entity = party.value.party if party is not None and known else slug(" ".join(passage.words[at:end]))
    return Speaker(entity, index, end + 1, body=True)


def kind_of_body(passage: Passage, index: int) -> str:
    """The noun by which a body is named again: «الوزارة» for «وزارة الخارجية»."""
    word = passage.word(index)
    return word if word.startswith(ARTICLE) else ARTICLE + word


def agrees(passage: Passage, speaker: Speaker, feminine: bool) -> bool:
    """Whether a verb of this gender can have a state or ministry for its subject: «واتهم إسرائيل», «طالب وزارة» have
    another."""
    noun = passage.word(speaker.first).endswith(FEMININE) and not BODY_NOUNS.isdisjoint(passage.forms[speaker.first])
    if speaker.body and noun and not feminine:
        return False
    party = party_at(passage, speaker.first, ANY_SORT)
    if not speaker.body or party is None or party.value.kind != "state" or party.end != speaker.behind:
        return True
    return passage.starts("speech.masculine", speaker.first) != feminine


def state_before(scene: Scene, index: int) -> bool:
    """Whether a state or its capital that opens a clause stands right before the verb («إن موسكو تطالب», «أنقرة تحذر»),
    and is its subject."""
    passage = scene.passage
    for first in range(max(scene.first, index - STATE_WORDS_AT_MOST), index):
        party = party_at(passage, first, ANY_SORT)
        if party is not None and party.end == index and not party.cut:
            return first == scene.first or opens_clause(passage, first - 1)
    return False


def opens_clause(passage: Passage, index: int) -> bool:
    """Whether a clause with a subject of its own begins behind word `index`: «إن», «فيما», but not «من»."""
    if passage.starts("meets.prepositions", index, bare=True):
        return False
    return passage.starts("speech.openers", index) or passage.starts("clause_break", index)
