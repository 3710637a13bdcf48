"""Officials: an office and the names behind it; an office alone."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, Name, name_at
from sijill.arabic.signs import COMMAS
from sijill.arabic.speech import says
from sijill.arabic.titles import ADDRESSES, AND_THE, Title, is_somebodys, listed, title_at
from sijill.recognise.beside import (
    KNOWN,
    NOMINAL,
    TITLED,
    behind_errand,
    full_name_before,
    is_a_ruler,
    is_his_own,
    known_before,
    name_behind,
    named,
    of_a_ruler,
    of_one_served,
    office_spoken_for,
    ruler_within,
    served,
    title_behind,
)
from sijill.recognise.spot import Spot

AND, FOR_THE = "و", "لل"
NISBA = frozenset({"nisba"})
STATES = frozenset({"name", "rule"})


def titled(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A title and the name behind it; a title alone as a nominal candidate; «والروسي فلاديمير بوتين» behind another."""
    behind = 0
    before: Title | None = None
    office: Title | None = None
    """The one right before, if no name stands with it."""
    heads = {*passage.where("title_head"), *passage.where("counterpart")}
    for index in sorted(heads.union(passage.where("party"))):
        if index < behind:
            continue
        title = title_at(passage, index) if index in heads else None
        if title is None and before is not None:
            title = _shared(passage, index, before)
        if title is None:
            continue
        if (voice := served(passage, title)) is not None:
            whose, longer = voice
            other = name_behind(passage, longer)
            yield named(passage, paragraph, whose, None, KNOWN, look_behind=other is None)
            before, office, behind = None, None, whose.end
            if other is not None:
                yield named(passage, paragraph, other, longer, KNOWN if other.known else TITLED)
                behind = other.end
            continue
        name = name_behind(passage, title)
        apart = name is not None and passage.word(name.start - 1) in COMMAS and not title.cut
        if apart and known_before(passage, title.start):
            name = None  # «فلان رئيس الوفد، علان»
        if name is not None and is_a_ruler(passage, name) and (_serves(passage, title) or _of_his(passage, title)):
            name = None  # «مبعوث بوتين», «أعضاء في فريق ترامب» are others
        if name is not None and (ruler_s := of_one_served(passage, title, name)) is not None:
            title = ruler_s  # the rest is the office of the one before
        if name is not None and office is not None and _is_rank(passage, title, office):
            title = office  # «مقرر المجلس، النائب فلان», «العاهل السعودي الملك فلان»
        office = title if name is None else None
        behind = max(title.end, index + 1)
        if name is not None and _is_anothers(passage, title, name):  # «س الأمين العام للجامعة ص المبعوث الخاص»
            yield named(passage, paragraph, name, None, KNOWN if name.known else TITLED)
            before, behind = None, name.end
        elif name is not None and (own := office_spoken_for(passage, title)) and is_his_own(passage, title, name):
            yield named(passage, paragraph, name, own, KNOWN if name.known else TITLED, look_behind=False)
            before, behind = None, name.end
        elif name is not None and (whole := of_a_ruler(passage, title, name)) is not None:
            # «الممثل الخاص للرئيس فلان إلى سوريا ص»: the ruler has his own office, the whole is the other's
            inner = ruler_within(passage, title)
            ruler = inner if inner is not None and inner.end - inner.start > 1 else None
            yield named(passage, paragraph, name, ruler, KNOWN if name.known else TITLED, look_behind=False)
            before, behind = None, whole.end
            if (other := name_behind(passage, whole)) is not None:
                yield named(passage, paragraph, other, whole, KNOWN if other.known else TITLED)
                behind = other.end
        elif name is not None:
            if (errand := behind_errand(passage, title)) > title.end:
                title = title.replaced(end=errand)  # «رئيس الوفد السوري إلى محادثات أستانا فلان»
            next_one = _next_of_title(passage, name.end) if title.plural else None
            alone = title.plural and next_one is None  # «بين أعضاء الوفد فلان المسؤول السياسي»
            own = title_behind(passage, name.end) or _last_within(passage, title) if alone else None
            yield named(
                passage, paragraph, name, own or _weightier(passage, title, name), KNOWN if name.known else TITLED
            )
            before, behind = title, name.end
            while next_one is not None:
                same = None if title.party is None else title.replaced(head="")  # his state; which office is not said
                yield named(passage, paragraph, next_one, same, KNOWN if next_one.known else TITLED)
                behind = next_one.end
                next_one = _next_of_title(passage, behind)
            while (colleague := _next_of_government(passage, title, behind)) is not None:
                own, one = colleague
                yield named(passage, paragraph, one, own, KNOWN if one.known else TITLED)
                behind = one.end
        elif title.plural and (pair := list(_one_each(passage, title))):
            for own, one in pair:
                yield named(passage, paragraph, one, own, KNOWN if one.known else TITLED)
                behind = one.end
            before = None
        elif title.plural:
            before = title  # «نظيريه، التركي س، والإيراني ص»
        elif (title.definite or _is_addressed(passage, title)) and not title.plural:
            yield Spot(
                paragraph,
                title.start,
                title.end,
                title.cut,
                "official",
                "rule:title",
                title=title,
                form="nominal",
                score=NOMINAL,
            )


def _last_within(passage: Passage, title: Title) -> Title | None:
    """The office of one in that of several, whose name follows: «ممثلو المبعوث الأممي فلان»."""
    for index in reversed(passage.between("title_head", title.start + 1, title.end)):
        inner = title_at(passage, index)
        if inner is not None and inner.end == title.end and inner.definite and not inner.plural:
            return inner
    return None


def _is_addressed(passage: Passage, title: Title) -> bool:
    """«معالي وزير الخارجية»: with an honorific before it an office of several words is somebody's who is known."""
    return title.end - title.start > 1 and passage.starts("honorific", title.start - 1)


def _of_his(passage: Passage, title: Title) -> bool:
    """Whether an office ends in a body without article or state, which is then whose name follows."""
    last = title.end - 1
    bare = passage.starts("title_body", last) and not passage.word(last).startswith(ARTICLE)
    return bare and title.party is None and last > title.start


def _is_rank(passage: Passage, title: Title, office: Title) -> bool:
    """Whether a title of one word says only how to address the holder of the office before the comma."""
    apart = passage.word(title.start - 1) in COMMAS and office.end == title.start - 1
    if office.end == title.start:  # «قال المتحدث باسم الوزارة السفير فلان»; «وصف الرئيس الروسي الرئيس فلانا» are two
        king = office.ruler and title.head in listed("by_given_name")
        apart = king or office.head in listed("speakers") and says(passage, office.start - 1)
    one = title.end - title.start == 1 and not title.cut and passage.word(title.start).startswith(ARTICLE)
    return apart and one and not title.plural and not office.plural and office.end - office.start > 1


def _is_anothers(passage: Passage, title: Title, name: Name) -> bool:
    """Whether a title between two names is that of the first, since the second has one of his own behind."""
    if title.cut or not passage.word(title.start - 1).isalpha() or passage.word(name.start - 1) in COMMAS:
        return False
    if title_behind(passage, name.end) is None:
        return False
    return known_before(passage, title.start) or full_name_before(passage, title.start) is not None


def _serves(passage: Passage, title: Title) -> bool:
    """Whether an office of one word, neither definite nor a ruler's, may be held under whoever follows."""
    word = passage.word(title.start)
    # «للزعيم», «رئيسها», «نائبه»
    own = word.startswith(FOR_THE) or passage.starts("titles.its_own", title.start) or is_somebodys(passage, title)
    return title.end - title.start == 1 and not (title.definite or title.ruler or own)


def _one_each(passage: Passage, title: Title) -> Iterator[tuple[Title, Name]]:
    """«وزيرا الخارجية الروسي والأمريكي س وص», «وزيرا خارجية روسيا وتركيا س وص»: the office is said of the first, whose
    state stands first; of the other the state alone."""
    nisba = passage.word(title.end).startswith(AND_THE)
    other = party_at(passage, title.end, NISBA if nisba else STATES)
    if title.party is None or other is None or not other.cut or not passage.word(title.end).startswith(AND):
        return
    first = name_at(passage, other.end, titled=True)
    second = None if first is None else _next_of_title(passage, first.end)
    if first is not None and second is not None:
        yield title.replaced(end=other.end), first
        yield Title(title.end, other.end, other.cut, "", other.value.party, True, True, True), second


def _weightier(passage: Passage, title: Title, name: Name) -> Title | None:
    """The title of the person: before the name, or behind it where the one before is one word without a state."""
    if title.end - title.start > 1 or title.party is not None:
        return title
    behind = title_behind(passage, name.end)
    return behind or (None if passage.starts("honorific", title.start) else title)


def _next_of_title(passage: Passage, index: int) -> Name | None:
    """«عضوي البرلمان س وص»: a further name that a plural title belongs to."""
    if not passage.word(index).startswith("و") or passage.starts("title_head", index):
        return None
    name = name_at(passage, index, titled=False)
    return name if name is not None and name.cut == 1 and name.end - name.start > 1 else None


def _next_of_government(passage: Passage, title: Title, index: int) -> tuple[Title, Name] | None:
    """«وزيري الخارجية س والدفاع ص», «وزراء الخارجية س، والطاقة والموارد الطبيعية ص»: a further minister, of whom his
    field alone is said."""
    at = index + (passage.word(index) in COMMAS)
    if title.head not in listed("of_a_government") or not passage.word(at).startswith(AND_THE):
        return None
    field = passage.hit("title_field", at)
    if field is None or passage.starts("title_head", at):
        return None
    name = name_at(passage, field.end, titled=title.plural)
    if name is None or name.cut or name.end - name.start < 2:
        return None
    return Title(at, field.end, field.cut, title.head, title.party, True, False, True), name


def _shared(passage: Passage, index: int, before: Title) -> Title | None:
    """«الرئيس التركي X والروسي Y»: the second title is the nisba alone, and lends its head from the first."""
    joined = passage.word(index).startswith(AND_THE) or passage.word(index - 1) == AND
    if not (before.plural or joined):
        return None
    if (
        before.plural
        and (state := party_at(passage, index, STATES)) is not None
        and (state.cut or passage.word(index - 1) == AND)
    ):
        # «رؤساء تركيا س وروسيا ص», «و روسيا ص»: the office is said of the first alone, the state of both.
        known_name = name_at(passage, state.end, titled=True)
        return Title(index, state.end, state.cut, "", state.value.party, True, True, True) if known_name else None
    party = party_at(passage, index, NISBA)
    first = before.plural and index == before.end + 1 and passage.word(before.end) in COMMAS
    if party is None or not (joined if party.cut or passage.word(index - 1) == AND else first):
        return None
    at = party.end + (passage.word(party.end) in COMMAS)
    while (address := passage.hit_of(ADDRESSES, at)) is not None and not address.cut:
        at = address.end  # «والبحريني الشيخ فلان»
    name = name_at(passage, at, True)
    if name is None or first and not name.known:
        return None
    return Title(index, party.end, party.cut, before.head, party.value.party, True, False, True)
