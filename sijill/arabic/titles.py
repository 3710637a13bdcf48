"""Where a title starts and ends, and whose office it is: «كبير مساعدي وزير الخارجية الإيراني للشؤون السياسية
الخاصة»."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sijill.arabic.delegations import NISBA, delegations_at, foreign, party_at
from sijill.arabic.lexicon import Hit, Passage, once
from sijill.arabic.names import ARTICLE, starts_with_given_name
from sijill.arabic.parties import state_parties
from sijill.arabic.signs import QUOTE
from sijill.arabic.text import by_folded, folded_all, language_data
from sijill.value import Value, slotted

__all__ = [
    "ADDRESSES",
    "AND_THE",
    "COUNTERPART",
    "Title",
    "is_somebodys",
    "listed",
    "serves_a_ruler",
    "title_at",
    "written",
]

QUOTED_AT_MOST = 8
"""Words of a body's name in quotation marks, the marks included."""
COMPLETED_AT_MOST = 4
"""Words that no list holds, in the name of a body."""
NO_COMPLEMENTS = frozenset({"title_head", "delegation_head", "honorific", "weekday", "relative_day", "month", "name"})
"""What none of these words is."""
LENGTH_AT_MOST = 24
"""No title in the news is longer, in words; the bound keeps parsing linear."""

AND_THE, FOR, FOR_THE = "وال", "ل", "لل"
COUNTERPART = "نظير"
"""The head of «نظيره»: it says whose somebody is, and his office only by another's."""
ADDRESSES = ("honorific", "title_rank")
"""Categories of what stands between an office and a name and is no part of either."""
MARKS = frozenset({QUOTE, "-"})
PARTS = ("title_field", "title_body", "title_adjective", "title_head")
BODIES = frozenset({"group", "opposition", "organisation"})
"""Kinds of parties whose names stand in quotation marks within a title."""
BELONGED_TO = frozenset({"group", "opposition"})
"""Kinds of parties that are no place where somebody could be."""
PLACES = frozenset({"name", "seat"})
ALL_PARTY_SORTS = frozenset({"name", "own", "nisba", "rule", "seat"})


@slotted
class Title(Value):
    """A title phrase: words `start` to `end` less `cut` letters of the first."""

    start: int
    end: int
    cut: int
    head: str
    """Lemma of its first word, for example وزير."""
    party: str | None
    """Whose official: the first party that is not where he is accredited or sent to."""
    definite: bool
    """Whether it can stand for a known person by itself."""
    plural: bool
    firm: bool
    """Whether a word that no list holds may be a name behind it: it is definite, and always a title."""
    ruler: bool = False
    """Whether a given name alone may stand behind it («الملك سلمان»)."""


@once
def title_at(passage: Passage, index: int) -> Title | None:
    """The longest title phrase at word `index`, or None."""
    if "title_head" not in passage.forms[index] and "counterpart" not in passage.forms[index]:
        return None
    head = passage.hit("title_head", index) or passage.hit("counterpart", index)
    if head is None or passage.is_written(index, 0, _never()):
        return None
    lemma, number, doubtful, ruler = head.value
    own = passage.is_written(index, head.cut, _possessives())  # «مندوبها في الأمم المتحدة»: whose he is, stands before
    at = end = head.end
    party: str | None = None
    abroad = anybodys = False
    with_article = passage.word(index)[head.cut :].startswith(ARTICLE)
    last, kind = "head", ""
    completed = 0
    """The word behind one that no list holds and that completes the name of a body."""
    while at < passage.size and at - index < LENGTH_AT_MOST:
        forms = passage.forms[at]
        if "delegation_head" in forms:
            found = delegations_at(passage, at)
            if found and last != "party" and not passage.word(at).startswith("و" + ARTICLE):
                party = party or found[0].party
                at = end = found[-1].end
                last = "party"
                continue
        if ("given" in forms or "name" in forms) and _name_starts(passage, at):
            break
        if last != "head" and passage.starts_one(ADDRESSES, at, bare=True):
            break
        mark = at + (passage.words[at] == FOR)  # «رئيس المكتب السياسي لـ«جيش النصر»»
        if passage.word(mark) in MARKS and (behind := _quoted(passage, mark, last)) is not None:
            body = party_at(passage, mark + 1, ALL_PARTY_SORTS)
            if mark > at and body is not None and body.value.kind == "agency":
                break  # «قالت الوزيرة لـ«وكالة الأنباء»»
            if body is not None and body.value.kind in BODIES and passage.word(mark) != "-":
                party = party or body.value.party  # «زعيم "هيئة تحرير الشام"»
            at = end = behind
            last = "part"
            continue
        if last == "party" and (with_article or lemma == COUNTERPART) and _other_title(passage, at, party):
            break  # «التقى المسؤول الروسي المبعوث الأممي»: two people
        part = _longest_part(passage, at)
        if part is not None and last == "part" and _others_office(passage, at):
            break  # «استقبل رئيس المجلس السفير الهندي»
        named = party_at(passage, at, ALL_PARTY_SORTS) if "party" in forms else None
        if named is not None and named.cut and "title_head" in forms and _name_starts(passage, at + 1):
            named = None  # «عضو الهيئة والمعارض فلان»: his other office, no party
        if named is not None and named.value.sort == "own":
            named = foreign(passage, named) or named  # «وزير الدولة الأردني», «رئيس الحكومة العراقية»
        if named is not None and (part is None or named.end >= part.end):
            letter = passage.word(at)[0] if named.cut else ""
            if last == "head" and with_article and _bare_nisba(passage, at, named):
                break  # «العقيد تركي المالكي»: beside the article the nisba would have one too
            together = last == "party" and kind == named.value.kind == "organisation" and lemma in listed("joint")
            if letter == "و" and not (last == "party" and (abroad or together)) and named.value.sort != "rule":
                break
            if letter == "ب" and named.value.kind not in BELONGED_TO:
                inside = last == "head" or not _ends_before_name(passage, named.end)
                posted = last == "party" and lemma in listed("posted")  # «سفير الدولة بالقاهرة»
                if inside and not (posted or passage.starts("title_takes_with", at - 1, bare=True)):
                    break  # «القيادي بجيش الإسلام» belongs to it; «الوزير بسوريا» is there
            theirs = letter == "ل" and lemma in listed("represents")
            theirs = theirs or letter == "ب" and _as_state(passage, at) and lemma not in listed("posted")
            its_own = not abroad and (letter not in ("ل", "ب") or named.value.kind != "state" or theirs)
            widely = named.value.party in ("united-nations", "european-union") and not anybodys
            if (its_own or widely) and not (own or _desk(passage, at, named)):
                whose = _whose(passage, lemma, index, at, named)
                party = party or whose
                if whose is None:  # «سفير الدولة في بغداد», «رئيس الجالية المصرية في ليبيا»
                    elsewhere = lemma in listed("posted") or passage.any("title_private_body", index + 1, at)
                    anybodys, abroad = True, abroad or elsewhere
            at = end = named.end
            last, kind = "party", named.value.kind
            continue
        if part is not None and passage.starts("binds_sons", part.end, bare=True):
            break  # «وزير البيئة ثاني بن أحمد»
        if part is not None:
            letter = passage.word(at)[0] if part.cut else ""
            apart = last == "party" and with_article and "title_body" in forms  # «الرئيس الروسي وحكومة البلاد»
            told = letter == "ل" and last == "party" and passage.word(at)[part.cut :] in listed("media")
            told = told or last == "party" and letter == "و" and "delegation_head" in forms  # «الروسي والوفد المرافق»
            if letter == "و" and passage.starts("leads.as_head", index, bare=True):
                break  # «س رئيسا للوفد ووزير الإعلام ص»
            if told or letter in ("ب", "ف") or letter == "و" and (last == "head" or apart or _theirs(passage, at)):
                break  # «قال الرئيس السوري لوكالة الأنباء»: to whom
            if party is None and part.end - at > 2 and "title_head" in forms:
                master = title_at(passage, at)  # «المبعوث الخاص للأمين العام للأمم المتحدة»
                party = None if master is None else master.party
            at = end = part.end
            last = "part"
            continue
        link = passage.hit("title_link", at) if "title_link" in forms else None
        alone = link is None or link.end == at + 1
        if alone and party is not None and lemma not in listed("held_by_many") and passage.starts("of", at, bare=True):
            break  # «طلب المبعوث الأممي من المعارضة»; not «المبعوث الأممي من أجل سوريا»
        if link is not None and not (link.cut and passage.word(at)[0] == "و"):
            step = link.end
            if step < passage.size and (
                _longest_part(passage, step)
                or party_at(passage, step, ALL_PARTY_SORTS)
                or _place(passage, step)
                or "delegation_head" in passage.forms[step]
                and delegations_at(passage, step)
                or _quoted(passage, step, "part")
            ):
                place = _place(passage, step)
                if place is not None and lemma in listed("unplaced") and passage.starts("in", at, bare=True):
                    break  # «وزير الخارجية في موسكو»
                if abroad and link.value == "abroad" and place is not None:
                    break  # «وصل مندوب سوريا لدى الأمم المتحدة إلى جنيف»
                abroad = abroad or link.value == "abroad" or _sent_there(passage, lemma, index, at)
                at = step
                if place is not None and _longest_part(passage, step) is None and party_at(passage, step) is None:
                    at = end = place.end
                continue
        joined = at == completed and passage.word(at).startswith(AND_THE)  # «مؤسسة الحج والزيارة»
        if (
            (last == "part" and _complement(passage, at))
            or (last == "head" and _portfolio(passage, at))
            or (joined and _is_unlisted(passage, at))
        ):
            at = end = completed = at + 1
            last = "head"
            continue
        break
    if party is None and (more := _up_to_name(passage, index, end)) > end:
        adjective = party_at(passage, more - 1, NISBA)
        party, end = None if adjective is None else adjective.value.party, more
    if doubtful and end == head.end and (doubtful == "needs_complement" or not with_article):
        return None
    definite = party is not None or anybodys or with_article
    return Title(
        index,
        end,
        head.cut,
        lemma,
        party,
        definite,
        number != "one",
        definite and (not doubtful or party is not None or anybodys),
        ruler,
    )


def written(passage: Passage, title: Title) -> str:
    """A title as published, without what is joined before it: of «للرئيس الروسي» it is «الرئيس الروسي»."""
    start, end = passage.span(title.start, title.end, title.cut)
    melted = title.cut > 0 and passage.word(title.start)[title.cut - 1 :].startswith(FOR_THE)
    return (ARTICLE[0] if melted else "") + passage.text.raw[start:end]


def is_somebodys(passage: Passage, title: Title) -> bool:
    """«نائبه»: whose office it is, a pronoun says."""
    return passage.is_written(title.start, title.cut, _possessives())


def serves_a_ruler(passage: Passage, title: Title) -> Title | None:
    """The ruler's own office at the end of «معاون الرئيس الفرنسي», «المستشار السياسي لرئيس الحركة», behind which his
    name may stand."""
    if title.head not in listed("serving"):
        return None
    for index in passage.between("title_head", title.start + 1, title.end):
        head = passage.hit("title_head", index)
        if head is None or not head.value[3] or head.cut and passage.word(index)[head.cut - 1] != FOR:
            continue
        definite = passage.word(index).startswith((ARTICLE, FOR_THE))  # «الرئيس الفرنسي», «رئيس الوزراء الفرنسي»
        if definite or passage.starts("title_field", index + 1, bare=True):
            inner = title_at(passage, index)
            return inner if inner is not None and inner.end == title.end and inner.end - inner.start > 1 else None
    return None


def _others_office(passage: Passage, index: int) -> bool:
    """Whether a definite office with the adjective of a state stands right behind a definite word: somebody else's."""
    if not passage.starts("title_head", index, bare=True) or not passage.word(index).startswith(ARTICLE):
        return False
    return passage.word(index - 1).startswith(ARTICLE) and party_at(passage, index + 1, NISBA) is not None


def _up_to_name(passage: Passage, start: int, end: int) -> int:
    """The word behind definite words, of whatever sort, that complete the name of a body in the title, where a full
    name stands behind them: «رئيس منظمة الطاقة الذرية الإيرانية فلان الفلاني»; else `end`."""
    at = end
    while at - end < COMPLETED_AT_MOST and passage.word(at).startswith((ARTICLE, AND_THE)):
        if not NO_COMPLEMENTS.isdisjoint(passage.forms[at]):
            return end
        at += 1
    if at == end or not passage.any("title_body", start + 1, end):
        return end
    if any(passage.word(head).startswith(ARTICLE) for head in passage.between("title_head", start + 1, end)):
        return end  # «مدير مكتب الزعيم الدرزي فلان الفلاني»: his name
    return at if starts_with_given_name(passage, at) else end


def _theirs(passage: Passage, index: int) -> bool:
    """«… ونائبه», «… ووزير خارجيته»: an office that is another person's than the one before."""
    if "title_head" not in passage.forms[index]:
        return False
    return passage.is_written(index, 1, _possessives()) or passage.starts("title_theirs", index + 1, bare=True)


@cache
def listed(name: str) -> frozenset[str]:
    """Words that a list of the data file names, folded: most are lemmas of heads."""
    return folded_all(language_data("titles")[name])


@cache
def _never() -> Mapping[str, frozenset[str]]:
    """Words as written that begin no title, though folding makes them like one: «وإلى» is not «والي»."""
    return by_folded(language_data("titles")["not_heads_exact"])


@cache
def _possessives() -> Mapping[str, frozenset[str]]:
    """Heads with a pronoun, as written: folded, «مندوبه» is «مندوبة»."""
    return by_folded(language_data("titles")["possessives"])


def _name_starts(passage: Passage, index: int) -> bool:
    """Whether a person's name stands here, so that the title ends: a party may be called by its leader's name too."""
    if starts_with_given_name(passage, index):
        return True  # «وزير المياه البرتغالي سامي …»: an adjective would have the article
    if "name" not in passage.forms[index]:
        return False
    hit = passage.hit("name", index, bare=True)
    return hit is not None and (hit.end - index > 1 or hit.value == "free")


def _ends_before_name(passage: Passage, index: int) -> bool:
    """Whether a title that ends here has its name at once, before it or behind: «مسؤولة السياسة الخارجية بالاتحاد
    الأوروبي فلانة», «، سفير المغرب بكازاخستان.»."""
    return not passage.word(index)[:1].isalpha() or starts_with_given_name(passage, index)


def _other_title(passage: Passage, index: int, party: str | None) -> bool:
    """Whether an office begins here that no «و» joins to the one before, of this party: a definite one, or that of
    another state («يلتقي الوزير الروسي أمير دولة قطر»)."""
    if not passage.starts("title_head", index, bare=True):
        return False
    if passage.word(index).startswith(ARTICLE):
        return True
    other = title_at(passage, index)
    states = state_parties()
    return other is not None and other.party != party and other.party in states and party in states


def _desk(passage: Passage, index: int, named: Hit) -> bool:
    """Whether a state is what an office deals with: «مديرية سوريا في الخارجية التركية», «العلاقات السورية في …»."""
    if named.value.sort == "nisba":
        return passage.starts("title_desk_of_nations", index - 1) and passage.starts("in", named.end, bare=True)
    return named.value.sort in ("name", "own") and passage.starts("title_desk", index - 1)


def _whose(passage: Passage, lemma: str, first: int, at: int, named: Hit) -> str | None:
    """The party that a title names at word `at`; None where that does not say whose official he is: «رئيس الحكومة» may
    be any state's, «المحامي السوري» is of a nation, «مدير المرصد السوري» is of a body that is no state's."""
    anybodys = passage.hit("title_any_state", at)
    if named.value.sort == "own" and anybodys is not None and anybodys.end == named.end:
        return None
    opponents = named.value.kind == "opposition" and named.end == at + 1  # «الحزب المعارض» may be any country's
    if not opponents and (named.value.kind != "state" or party_at(passage, at, NISBA) is None):
        return str(named.value.party)
    if passage.any("title_private_body", first + 1, at) or passage.starts("title_people", at - 1, bare=True):
        return None
    heads = passage.between("title_head", first + 1, at)
    joined = any(passage.word(head).startswith("و") for head in heads)  # «محامي حقوق الإنسان ووزير العدل القطري»
    if lemma in listed("private") and not joined:
        return None
    return str(named.value.party)


def _as_state(passage: Passage, index: int) -> bool:
    """«وزير الدولة بدولة الإمارات»: a state by its word for one says whose office it is, not where its holder is."""
    return passage.word(index)[1:] in listed("states")


def _sent_there(passage: Passage, lemma: str, first: int, at: int) -> bool:
    """Whether «في» says where a body's official works: «ممثل المنظمة في سوريا», «مسؤولة اللجنة في سوريا»."""
    if not passage.starts("in", at, bare=True) or party_at(passage, at + 1, PLACES) is None:
        return False
    return lemma in listed("posted") or at > first + 1 and passage.starts("title_private_body", at - 1, bare=True)


def _bare_nisba(passage: Passage, index: int, named: Hit) -> bool:
    return named.value.sort == "nisba" and not named.cut and not passage.word(index).startswith(ARTICLE)


def _quoted(passage: Passage, index: int, last: str) -> int | None:
    """The word behind a quotation that names the body in a title («قائد "جيش النصر" فلان»), or behind a dash in
    it."""
    word = passage.word(index)
    if word == "-":
        if last == "head" or index + 1 == passage.size:
            return None
        joins = _longest_part(passage, index + 1) or party_at(passage, index + 1, NISBA)
        return joins.end if joins else None
    if word != QUOTE:
        return None
    named_after = passage.starts("title_body", index - 1) and not passage.word(index - 1).startswith(ARTICLE)
    body = named_after or passage.starts("title_body", index + 1)
    named = party_at(passage, index + 1, ALL_PARTY_SORTS)
    if not body and named is None and not passage.starts("party", index + 1):
        return None
    for at in range(index + 1, min(passage.size, index + QUOTED_AT_MOST)):
        if passage.word(at) == QUOTE:
            return at + 1
    return None


def _longest_part(passage: Passage, index: int) -> Hit | None:
    """The longest part of a title here; an adjective agrees with a noun, so no preposition is melted into it, but «و»
    may join it to another («المنسق السياسي والإعلامي»)."""
    best: Hit | None = None
    forms = passage.forms[index]
    for category in PARTS:
        if category in forms:
            if category == "title_body" and _behind_definite(passage, index):
                continue
            if category in ("title_field", "title_body") and _is_object(passage, index):
                continue
            joined = passage.word(index).startswith(AND_THE) and passage.starts("title_adjective", index - 1, bare=True)
            hit = passage.hit(category, index, bare=category == "title_adjective" and not joined)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
    return best


def _is_object(passage: Passage, index: int) -> bool:
    """«بحث مع المستشار البريطاني العلاقات الثنائية», «ترأس مبعوث الرئيس الروسي الوفد»: what is told of, right behind
    the adjective of a state."""
    return passage.word(index).startswith(ARTICLE) and party_at(passage, index - 1, NISBA) is not None


def _behind_definite(passage: Passage, index: int) -> bool:
    """Whether a body without article stands right behind a word that has one, and so belongs to no phrase with it:
    «يقود مدير معهد الشؤون الدولية والأمنية مجموعة العمل»."""
    bare = passage.starts("title_body", index, bare=True) and not passage.word(index).startswith(ARTICLE)
    return bare and passage.word(index - 1).startswith((ARTICLE, AND_THE))


def _place(passage: Passage, index: int) -> Hit | None:
    return passage.hit("place", index, bare=True)


def _portfolio(passage: Passage, index: int) -> bool:
    """Whether an unknown definite noun is what somebody is minister or head of: a nisba right behind it says so."""
    party = party_at(passage, index + 1, NISBA) if passage.word(index).startswith(ARTICLE) else None
    return party is not None and not party.cut


def _complement(passage: Passage, index: int) -> bool:
    """Whether an unknown word can complete «إدارة …», «حزب …»: only where a body was just named and no name can
    start, and with an article where the body has one."""
    both = passage.word(index).startswith((ARTICLE, AND_THE)) or not passage.word(index - 1).startswith(ARTICLE)
    return both and passage.starts("title_body", index - 1) and _is_unlisted(passage, index)


def _is_unlisted(passage: Passage, index: int) -> bool:
    forms = passage.forms[index]
    listed = any(category in forms for category in ("given", "stop", "verb", "name", "month", "honorific"))
    return passage.word(index)[:1].isalpha() and not listed
