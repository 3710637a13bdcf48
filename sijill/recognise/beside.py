"""The name that stands with an office, and the office that stands with a name: behind it, before it, or around both."""

from __future__ import annotations

from collections.abc import Mapping

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, LENGTH_AT_MOST, Name, is_given, name_at, never_in_names
from sijill.arabic.quotations import closes
from sijill.arabic.signs import COMMAS, QUOTE, STOPS
from sijill.arabic.speech import says
from sijill.arabic.titles import ADDRESSES, Title, is_somebodys, listed, serves_a_ruler, title_at
from sijill.confidence import CERTAIN, GUESS, LIKELY
from sijill.recognise.round_grammar import phrase_at
from sijill.recognise.round_topic import topic_end
from sijill.recognise.spot import Spot

__all__ = [
    "KNOWN",
    "NOMINAL",
    "TITLED",
    "UNTITLED",
    "behind_errand",
    "full_name_before",
    "is_a_ruler",
    "is_his_own",
    "known_before",
    "name_behind",
    "named",
    "of_a_ruler",
    "of_one_served",
    "office_spoken_for",
    "ruler_within",
    "served",
    "title_behind",
]

FOR, BY, FOR_THE = "ل", "ب", "لل"
ENDS = COMMAS | STOPS | {":", ")"}
"""Signs behind a name."""
APPOSITION = COMMAS | {"(", "-"}
"""Signs behind a name that its office may follow."""
NO_NAMES = ("stop", "verb", "party", "title_body", "title_head", "title_field", "month", "weekday", "city", "place")
"""What no word of a quoted name is."""
QUOTED_AT_MOST = 4
RULERS_AT_MOST = 3
"""No longer office, in words, has a holder whom his given name alone may name."""
KNOWN, TITLED, UNTITLED, NOMINAL = CERTAIN, LIKELY, GUESS, GUESS
"""How sure a name is: one of the registry's, one behind an office, one behind nothing, an office alone."""


def named(
    passage: Passage, paragraph: int, name: Name, title: Title | None, score: float, look_behind: bool = True
) -> Spot:
    """The spot of a name with the title before it, or else the one right behind it."""
    key = " ".join([passage.word(name.start)[name.cut :], *passage.words[name.start + 1 : name.end]])
    if title is None and look_behind:
        title = title_behind(passage, name.end)
    return Spot(paragraph, name.start, name.end, name.cut, "official", "rule:name", key=key, title=title, score=score)


def name_behind(passage: Passage, title: Title) -> Name | None:
    """The name right behind a title: past a comma, a quotation mark and honorifics."""
    at = behind_errand(passage, title)
    sent = at > title.end
    at += passage.word(at) == ")" and passage.word(title.start - 1) == "("  # «(المبعوث الأممي) فلان»
    then = passage.starts("title_then", at, bare=True)
    at += then
    comma = passage.word(at) in APPOSITION and passage.word(at) != "("
    at += comma
    quoted = passage.word(at) == '"'
    at += quoted
    honoured = False
    while passage.starts_one(ADDRESSES, at, bare=True):
        address = passage.hit("honorific", at, bare=True) or passage.hit("title_rank", at, bare=True)
        at, honoured = at + 1 if address is None else address.end, sent
    firm = title.firm and not (sent or then)
    titled = not (comma or sent) or honoured
    numbered = passage.starts("ordinal", at + 1, bare=True)  # «الملك محمد السادس»
    alone = title.ruler and (firm or numbered or _stands_apart(passage, title))
    alone = alone and title.end - title.start <= RULERS_AT_MOST
    name = name_at(passage, at, titled=titled, unknown=firm and not quoted, alone=alone)
    king = alone and title.head in listed("by_given_name") and passage.starts("given", at, bare=True)
    if name is None and king and not never_in_names(passage, at, 0):
        name = Name(at, at + 1, 0, False)  # «وأبدى الملك سلمان تحياته»
    if name is None and comma and title.firm:
        name = _ambiguous_name(passage, at)
    if name is None and quoted and firm:
        name = _quoted_name(passage, at)
    if name is not None and quoted and passage.word(name.end + 1) == QUOTE:
        name = name.replaced(end=name.end + passage.word(name.end).startswith(ARTICLE))  # «"محمد شياع السوداني"»
    if name is not None and title.ruler and passage.starts("ordinal", name.end, bare=True):
        name = name.replaced(end=name.end + 1)  # «الملك عبد الله الثاني»
    if name is not None and comma and name.cut:
        return None
    given = name is not None and name.end - name.start > 1 and is_given(passage, name.start)
    return None if name is not None and title.plural and not name.known and not given else name


def _stands_apart(passage: Passage, title: Title) -> bool:
    """Whether «الملك» stands where no noun before is called by it («مدينة الملك عبد الله»): behind a verb or a sign, or
    behind a ruler's office («العاهل السعودي الملك سلمان»)."""
    if title.head not in listed("by_given_name") or title.end - title.start > 1 or title.cut:
        return False
    if not passage.word(title.start).startswith(ARTICLE):
        return False
    before = title.start - 1
    if not passage.word(before).isalpha() or passage.starts("verb", before):
        return True
    offices = (title_at(passage, at) for at in passage.between("title_head", title.start - RULERS_AT_MOST, title.start))
    return any(office is not None and office.ruler and office.end == title.start for office in offices)


def _ambiguous_name(passage: Passage, index: int) -> Name | None:
    """A name behind a comma that begins with a word which may be another («وزير الخارجية التركي، نور الدين:»), or with
    one that no list holds before a given name («، نمرود سليمان،»): the words end where a name would."""
    begins = passage.starts("given_ambiguous", index, bare=True) or passage.starts("given", index + 1, bare=True)
    name = name_at(passage, index, titled=True) if begins else None
    if name is None or name.end - index < 2:
        return None
    ends = passage.word(name.end) in ENDS or passage.starts("speech.openers", name.end, bare=True)
    return name if ends else None


def _quoted_name(passage: Passage, index: int) -> Name | None:
    """Words that no list holds, from word `index` up to the mark that closes: «عضو الائتلاف "فلان الفلاني"»."""
    behind = index
    while behind - index < QUOTED_AT_MOST and passage.word(behind).isalpha():
        if passage.starts_one(NO_NAMES, behind):
            return None
        behind += 1
    return Name(index, behind, 0, False) if behind - index > 1 and passage.word(behind) == QUOTE else None


def behind_errand(passage: Passage, title: Title) -> int:
    """The word behind where the head of a delegation, or whoever stands for one, is sent: «رئيس وفد س إلى اجتماع
    أستانا، الدكتور فلان», «ممثل س بمحادثات أستانا فلان»."""
    at = title.end
    if not (passage.any("delegation_head", title.start, at) or title.head in listed("sent")):
        return at
    first = at + passage.starts("leads.sent_to", at, bare=True)
    phrase = phrase_at(passage, first) if first < passage.size else None
    named = passage.hit("round_name", first, bare=True) if first > at else None
    if named is not None:
        return named.end  # «رئيس وفد س إلى مؤتمر الحوار الوطني السوري فلان»
    if phrase is None or phrase.behind <= first or (first == at) != passage.word(first)[: phrase.cut].endswith(BY):
        return at
    behind = topic_end(passage, phrase.behind)  # «في محادثات السلام»
    return behind + (passage.word(behind) == QUOTE and passage.word(first + 1) == QUOTE)


def ruler_within(passage: Passage, title: Title) -> Title | None:
    """The office of the ruler at the end of a longer title, whose name follows: «المبعوث الخاص للرئيس الروسي»."""
    for index in reversed(passage.between("title_head", title.start + 1, title.end)):
        head = passage.hit("title_head", index)
        if head is not None and head.value[3] and head.cut and passage.word(index)[head.cut - 1] == FOR:
            inner = title_at(passage, index)
            return inner if inner is not None and inner.end == title.end and inner.end - inner.start <= 2 else None
    return None


def is_a_ruler(passage: Passage, name: Name) -> bool:
    known = passage.hit("ruler_name", name.start, bare=True)
    return known is not None and known.end == name.end


def of_a_ruler(passage: Passage, title: Title, name: Name) -> Title | None:
    """The whole title, where the name behind it is the ruler's: somebody else's follows, or stands right before."""
    if ruler_within(passage, title) is None:
        return None
    whole = to_where(passage, title, name.end)
    if is_a_ruler(passage, name):
        return whole
    other = name_behind(passage, whole)
    if other is not None and (other.known or passage.starts("given", other.start, bare=True)):
        return whole
    return whole if whole.end > name.end and known_before(passage, title.start) else None


def full_name_before(passage: Passage, index: int) -> int | None:
    """Where a full name begins that starts with a given name and ends right before the word."""
    for at in range(max(0, index - LENGTH_AT_MOST), index - 1):
        forms = passage.forms[at]
        if "given" not in forms and "given_ambiguous" not in forms:
            continue
        name = name_at(passage, at, titled="given" not in forms)
        if name is not None and name.end == index and name.end - name.start > 1:
            return at
    return None


def of_one_served(passage: Passage, title: Title, name: Name) -> Title | None:
    """The office of the one behind it, in that of the one before who serves him: «فلان، معاون الرئيس الفرنسي علان»,
    «قال فلان المستشار الإعلامي لرئيس الحركة علان»."""
    if title.cut or name.known and not is_a_ruler(passage, name):
        return None  # «س، مبعوث الرئيس الروسي لافرنتييف، وص»
    inner = serves_a_ruler(passage, title)
    if inner is None:
        return None
    apart = passage.word(title.start - 1) in COMMAS
    start = full_name_before(passage, title.start - apart)
    if apart:
        return inner if start is not None or known_before(passage, title.start - 1) else None
    return inner if start is not None and says(passage, start - 1) else None


def known_before(passage: Passage, index: int) -> bool:
    """Whether a name that the registry holds ends right before the word."""
    names = passage.phrases("name")
    near = passage.between("name", index - LENGTH_AT_MOST, index) if names else ()
    return any(at in names and names[at].end == index for at in near)


def to_where(passage: Passage, title: Title, index: int) -> Title:
    """The title with the name in it, up to word `index`, and where its holder is sent: «إلى سوريا», «لسوريا»."""
    at = index
    link = passage.hit("title_link", at, bare=True)
    step = link.end if link is not None else at
    state = party_at(passage, step, frozenset({"name"})) or passage.hit("title_field", step)
    if state is not None and (link is not None) != (state.cut > 0 and passage.word(step).startswith(FOR)):
        at = state.end
    return title.replaced(end=at)


def title_behind(passage: Passage, index: int) -> Title | None:
    """A title in apposition behind a name: «فلان وزير الخارجية المصري», «فلان، رئيس الوفد الروسي،»."""
    forms = passage.forms[index]
    begins = "title_head" in forms or "title_one_of" in forms or "apposition.copulas" in forms
    if not begins and passage.word(index).isalpha():
        return None  # most words: an office can begin here, or behind a sign
    marked = passage.word(index) == QUOTE and index + 1 < passage.size
    ends = marked and closes(passage, index)  # ««فلان» رئيس الوفد»: the mark is the name's
    quoted = marked and not ends and "title_head" in passage.forms[index + 1]
    at = index + (quoted or ends or marked and passage.word(index + 1) in COMMAS)
    at += passage.word(at) in APPOSITION
    at += passage.starts("apposition.copulas", at, bare=True)
    if at < passage.size and passage.starts("title_one_of", at, bare=True):
        return _one_of(passage, at)
    if at >= passage.size or "title_head" not in passage.forms[at]:
        return None
    title = _of_somebody(passage, at) or title_at(passage, at)
    if title is None or title.cut or title.plural or title.end - title.start < 2:
        return None
    if quoted:  # «فلان "رئيس قسم سورية في الخارجية التركية"»
        return title if passage.word(title.end) == QUOTE else None
    name = name_behind(passage, title)
    if name is None or at == index and passage.word(name.start - 1) in COMMAS:
        return title
    if office_spoken_for(passage, title) is not None:  # «فلانة المتحدثة باسم المبعوث الأممي علان»
        return title.replaced(end=name.end)
    if at == index and title_behind(passage, name.end) is not None:  # «س الأمين العام للجامعة ص المبعوث الخاص»
        return title
    if of_one_served(passage, title, name) is not None:
        return title.replaced(end=name.end)
    of_ruler = ruler_within(passage, title) is not None
    whole = to_where(passage, title, name.end) if of_ruler else title
    if whole.end > name.end and name_behind(passage, whole) is None:
        return whole
    return title.replaced(end=name.end) if of_ruler and is_a_ruler(passage, name) else None


def _one_of(passage: Passage, index: int) -> Title | None:
    """«أحد أعضاء الوفد الحكومي»: an office of several, of which he has one."""
    title = title_at(passage, index + 1)
    if title is None or title.cut or not title.plural:
        return None
    return title.replaced(start=index, plural=False)


def _of_somebody(passage: Passage, index: int) -> Title | None:
    """«مساعد دي ميستورا», «الناطقة الرسمية باسم دي ميستورا»: an office by the name of whom it serves."""
    head = passage.hit("title_head", index, bare=True)
    title = title_at(passage, index)
    if head is None or head.value[1] != "one" or head.value[3]:
        return None
    if title is not None and (voice := served(passage, title)) is not None:
        return voice[1]
    whose = None if passage.word(index).startswith(ARTICLE) else _whose_name(passage, head.end)
    return None if whose is None else Title(index, whose.end, 0, head.value[0], None, True, False, False)


def served(passage: Passage, title: Title) -> tuple[Name, Title] | None:
    """Whom an office serves that names him right behind its first words («نائب دي ميستورا», «مدير مكتب لافروف»,
    «الناطقة الرسمية باسم دي ميستورا»), and the whole office."""
    by_name = passage.starts("title_by_name", title.end, bare=True)
    whose = None if title.plural else _whose_name(passage, title.end + by_name)
    if whose is None or not (by_name or _is_servants(passage, title)):
        return None
    return whose, title.replaced(end=whose.end, definite=True, firm=by_name)


def office_spoken_for(passage: Passage, title: Title) -> Title | None:
    """The office of one whom somebody speaks for, whose own name may follow: «المتحدثة باسم المبعوث الأممي»."""
    for index in passage.between("title_by_name", title.start + 1, title.end):
        inner = title_at(passage, index + 1)
        if inner is not None and inner.end == title.end and inner.definite and not inner.plural:
            return inner
    return None


def is_his_own(passage: Passage, title: Title, name: Name) -> bool:
    """Whether the office that is spoken for at the end of a title is that of the name behind: the speaker stands
    before, or others speak for whoever bears the name."""
    before = title.start - (passage.word(title.start - 1) in COMMAS)
    if full_name_before(passage, before) is not None or known_before(passage, before):
        return True
    spoken_for = passage.between("spoken_for", name.start, name.end)
    return any((hit := passage.hit("spoken_for", at)) is not None and hit.end == name.end for at in spoken_for)


def _is_servants(passage: Passage, title: Title) -> bool:
    """Whether an office is that of whoever follows: one word without article, or what ends in a body without one
    («مدير مكتب»)."""
    last = title.end - 1
    bare = not passage.word(last)[title.cut if last == title.start else 0 :].startswith((ARTICLE, FOR_THE))
    if title.party is not None or title.ruler or not bare or is_somebodys(passage, title):
        return False
    return title.head in listed("serving") if last == title.start else passage.starts("title_body", last)


def _whose_name(passage: Passage, index: int) -> Name | None:
    """The name at a word that the registry holds and that names nobody else."""
    whose = passage.hit("name", index, bare=True)
    if whose is None or whose.end - index == 1 and whose.value != "free":
        return None
    return Name(index, whose.end, 0, True)


def within(passage: Passage, whole: Spot, spot: Spot) -> Spot:
    """The spot of a person whose name is part of a delegation's, with the office that stands there with it."""
    for index in reversed(passage.between("title_head", whole.first + 1, spot.first)):
        title = title_at(passage, index) if passage.starts("title_head", index) else None
        if title is not None and title.end == spot.first and title.definite:
            return spot.replaced(title=title)
    return spot.replaced(title=None)


def under_delegations(passage: Passage, spots: list[Spot]) -> list[Spot]:
    """The spots of a paragraph, each person with the delegation that the words put under him."""
    if "leads.under" not in passage.holds:
        return spots
    delegations = {spot.behind: spot for spot in spots if spot.kind == "delegation"}
    return [_under_delegation(passage, spot, delegations) for spot in spots]


def _under_delegation(passage: Passage, spot: Spot, delegations: Mapping[int, Spot]) -> Spot:
    """The spot with the delegation that the person heads: «وفد س برئاسة الدكتور ص» gives ص the role «رئيس وفد س»."""
    if spot.kind != "official" or spot.title is not None:
        return spot
    at = spot.first - 1
    while at > 0 and (passage.starts("honorific", at) or passage.word(at) == QUOTE):
        at -= 1
    if not passage.starts("leads.under", at):
        return spot
    heads = delegations.get(at) or delegations.get(at - 1)
    head = None if heads is None else passage.hit("delegation_head", heads.first)
    one = head is not None and head.value in (
        "one",
        "indefinite",
    )  # of «الوفدان الروسي والإيراني» neither
    return spot if heads is None or not one else spot.replaced(heads=(heads.first, heads.behind, heads.cut))
