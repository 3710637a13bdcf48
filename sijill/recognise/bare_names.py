"""Officials by names that no office before them announces: those that the registry holds, and full names where only a
name can stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress

from sijill.arabic.delegations import NISBA, delegations_at, party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, LENGTH_AT_MOST, Name, begin_of_surname, name_at, never_in_names
from sijill.arabic.signs import CLOSING, COMMAS, QUOTE, STOPS
from sijill.arabic.titles import title_at
from sijill.recognise.beside import KNOWN, TITLED, UNTITLED, named, title_behind
from sijill.recognise.people import Forms
from sijill.recognise.spot import WORDED, Spot

BEGINS_APPOSED = ("given", "binds_given", "given_ambiguous")
BEGINS_SURELY = frozenset(BEGINS_APPOSED[:2])
AND, COLON = "و", ":"
SEVERAL_WITHIN = 12
"""Words between an office of several and the names of its holders."""
NOTABLES_WITHIN = 3
"""Words of a row before «شخصيات», the number among them."""
BETWEEN_NAMES = 5
"""Words that may stand between two names in a row."""


def honoured(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A name behind an honorific («الدكتور بشار الجعفري»), with no title."""
    for index, honorific in passage.phrases("honorific").items():
        definite = passage.word(index)[honorific.cut :].startswith(ARTICLE)  # «30 سيدة وطفلا» names nobody
        if (name := name_at(passage, honorific.end, titled=True, unknown=definite)) is not None:
            yield named(passage, paragraph, name, None, KNOWN if name.known else TITLED)


def known(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Names that the registry holds, wherever they stand."""
    for index, hit in passage.phrases("name").items():
        if (
            (hit.end - index == 1 or passage.starts("binds_sons", index))
            and _continues_a_name(passage, index, hit.cut)
            or hit.end - index == 1
            and (hit.value != "free" or passage.starts("closes_name", hit.end, bare=True))  # «ترامب الابن» is another
        ):
            continue
        name = name_at(passage, index, titled=False)
        if name is None or name.end < hit.end:
            continue
        if not hit.cut and (start := begin_of_surname(passage, index)) < index:
            name = name.replaced(start=start)  # «جاوش أوغلو»: a spelling of its own
        spot = named(passage, paragraph, name, None, KNOWN)
        yield spot.replaced(first=index - 1) if _has_a_name_before(passage, index, hit.cut) else spot


def _has_a_name_before(passage: Passage, index: int, cut: int) -> bool:
    """«أحمد معاذ الخطيب», where «معاذ الخطيب» is known: a given name right before is his too; not behind «الملك»: that
    may be another's."""
    if cut or not passage.starts("given", index - 1, bare=True) or not passage.starts("given", index, bare=True):
        return False
    if never_in_names(passage, index - 1, 0):  # «على فلان الفلاني»
        return False
    of_a_state = party_at(passage, index - 2, NISBA) is not None  # «العاهل السعودي سلمان»
    return not (of_a_state or passage.starts_one(("title_head", "title_adjective", "honorific", "given"), index - 2))


def _continues_a_name(passage: Passage, index: int, cut: int = 0) -> bool:
    """Whether a given name stands right before: then the word is somebody else's surname, or part of a longer name;
    but not where «و» joins it («شي وأردوغان»)."""
    if cut and passage.word(index).startswith(AND):
        return False
    before = passage.forms[index - 1]
    return ("given" in before or "binds_next" in before) and not never_in_names(passage, index - 1, 0)  # «على أوباما»


def spoken(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A full name right behind a verb of saying: «وقال فلان الفلاني إن», one that no list holds where its office
    follows; and a surname that is a word too, of one official of the registry («وأوضح المعلم أن»)."""
    if passage.word(1) == COLON and _is_worded(passage, 0):  # «المعلم: لن نقبل»
        yield named(passage, paragraph, Name(0, 1, 0, True), None, KNOWN).replaced(origin=WORDED)
    for verb in passage.phrases("verb").values():
        closing = CLOSING.get(passage.word(verb.end))
        quoted = closing is not None
        name = name_at(passage, verb.end + quoted, titled=False)
        if quoted and name is not None and passage.word(name.end) != closing:
            continue
        if name is None and not quoted:
            name = _strange(passage, verb.end)
        if name is None or name.cut:
            continue
        if name.end - name.start > 1:
            yield named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)
        elif _is_worded(passage, name.start) and _says_something(passage, name.end):
            yield named(passage, paragraph, name, None, KNOWN).replaced(origin=WORDED)


def _strange(passage: Passage, index: int) -> Name | None:
    """Words that no list holds, with an office right behind: «وقالت شامي تشاكرابارتي، النائبة العامة في …»."""
    if not passage.between("title_head", index + 2, index + LENGTH_AT_MOST):
        return None
    name = name_at(passage, index, titled=True)
    if name is None or name.end - name.start < 2:
        return None
    title = title_behind(passage, name.end)
    return name if title is not None and title.definite else None


def _says_something(passage: Passage, index: int) -> bool:
    """Whether what is said begins here, or where it is said: not to whom («قال المعلم للطلاب»)."""
    return passage.word(index) in (COLON, QUOTE) or passage.starts_one(
        ("speech.openers", "speech.occasions", "in"), index
    )


def _is_worded(passage: Passage, index: int) -> bool:
    hit = passage.hit("name", index, bare=True)
    return hit is not None and hit.value == "worded"


def by_given_name(passage: Passage, paragraph: int, given: Mapping[str, str]) -> Iterator[Spot]:
    """«واعتبر مارتن أن»: who says something, by the given name of the only one whom the article names in full with it.
    `given`: full names by their first words."""
    for verb in passage.phrases("verb").values() if given else ():
        at = verb.end
        key = given.get(passage.word(at))
        if key is None or never_in_names(passage, at, 0) or passage.starts("stop", at, bare=True):
            continue  # «وأكد أن» is not «آن», whom the article names in full
        if _says_something(passage, at + 1):
            yield Spot(paragraph, at, at + 1, 0, "official", "rule:repeat", key=key, form="short", score=UNTITLED)


def heading(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A full name behind «برئاسة» or «يترأسه», or behind a verb of leading and a delegation."""
    for category in ("leads.under", "leads.with_pronoun", "leads.verbs"):
        for index in passage.where(category):
            hit = passage.hit(category, index)
            at = hit.end if hit is not None else passage.size
            if category == "leads.verbs":
                found = delegations_at(passage, at)
                bare = passage.hit("delegation_head", at, bare=True)
                at = found[-1].end if found else bare.end if bare is not None else passage.size
            at += passage.word(at) in COMMAS
            while (honorific := passage.hit("honorific", at, bare=True)) is not None:
                at = honorific.end
            at += passage.word(at) == QUOTE
            name = name_at(passage, at, titled=False)
            if name is not None and not name.cut and name.end - name.start > 1:
                yield named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)


def in_a_row(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Full names in a row behind words of membership, in a paragraph on a delegation or behind an office of several:
    «يضم الوفد فلانا الفلاني وعلانا العلاني», «أعضاء البرلمان، هم فلان الفلاني وعلان العلاني»."""
    on_delegation = bool(passage.where("delegation_head"))
    behind = 0
    for index in passage.where("member.row"):
        hit = passage.hit("member.row", index)
        if hit is None or index < behind or not (on_delegation or _of_several(passage, index, hit.end)):
            continue
        names = list(_row_of_names(passage, hit.end))
        if len(names) > 1:
            behind = names[-1].end
            for name in names:
                yield named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)


def _of_several(passage: Passage, index: int, behind: int) -> bool:
    """Whether an office of several, or a word for people of weight, stands a few words before; such a word may stand
    behind too («مكونة من 10 شخصيات»)."""
    if any(
        not any(word in STOPS for word in passage.words[at:index])
        for at in passage.between("member.notables", index - SEVERAL_WITHIN, behind + NOTABLES_WITHIN)
    ):
        return True
    for at in passage.between("title_head", index - SEVERAL_WITHIN, index):
        title = title_at(passage, at)
        if title is not None and title.plural and not any(word in STOPS for word in passage.words[at:index]):
            return True
    return False


def _row_of_names(passage: Passage, index: int) -> Iterator[Name]:
    """The full names from word `index` on, between which stand commas, offices and a few other words."""
    at, between = index, 0
    while at < passage.size and between <= BETWEEN_NAMES and passage.word(at) not in STOPS:
        doubtful = BEGINS_SURELY.isdisjoint(passage.forms[at])
        apart = at == index or passage.word(at - 1) in COMMAS  # «عناية عز الدين» is no «عز الدين»
        goes_on = (
            apart and at > index and between == 0 and passage.word(at)[0] != AND
        )  # «، نذير الحكيم، حميد درويش»: right behind a name of the row
        begins = not doubtful or apart and passage.starts("given_ambiguous", at, bare=True) or goes_on
        name = name_at(passage, at, titled=doubtful, unknown=goes_on or not doubtful) if begins else None
        if name is not None and name.end - name.start > 1 and (not name.cut or passage.word(at).startswith(AND)):
            yield name
            at, between = name.end, 0
        else:
            title = title_at(passage, at) if "title_head" in passage.forms[at] else None
            between += passage.word(at).isalpha()
            at = at + 1 if title is None else title.end


def apposed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A full name with its office right behind: «نقلاً عن فلان الفلاني، نائب وزير الخارجية الروسي»."""
    heads = passage.where("title_head")
    begins = {index for category in BEGINS_APPOSED for index in passage.where(category)} if heads else ()
    for index in sorted(begins):
        if "binds_sons" in passage.forms[index - 1] and passage.starts("binds_sons", index - 1):
            index -= 1  # «أبو بكر البغدادي زعيم …»
        ahead = bisect_right(heads, index)
        if ahead == len(heads) or heads[ahead] - index > LENGTH_AT_MOST * 2:
            continue
        doubtful = BEGINS_SURELY.isdisjoint(passage.forms[index])  # «سلطان الجابر وزير الدولة»
        name = name_at(passage, index, titled=doubtful, unknown=not doubtful)
        if name is None or name.cut > 1 or name.end - name.start < 2:
            continue
        title = title_behind(passage, name.end)
        if title is not None and (title.definite or passage.word(title.end - 1).startswith(ARTICLE)):
            yield named(passage, paragraph, name, None, KNOWN if name.known else TITLED)


def _longest_at(passage: Passage, index: int, forms: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The first of these forms, of which the longest come first, that goes on from word `index` as the words do."""
    for form in forms:
        if len(form) <= LENGTH_AT_MOST and form[1:] == passage.words[index + 1 : index + len(form)]:
            return form
    return None


def repeated(passage: Passage, paragraph: int, forms: Forms) -> Iterator[Spot]:
    """Short and full forms of people that this article names elsewhere."""
    if forms.keys().isdisjoint(passage.words):
        return
    for index in compress(range(passage.size), map(forms.__contains__, passage.words)):
        cut, known = forms[passage.words[index]]
        form = _longest_at(passage, index, known)
        if (
            form is None
            or never_in_names(passage, index, cut)
            or (len(form) == 1 and _continues_a_name(passage, index, cut))
        ):
            continue
        behind = index + len(form)
        yield Spot(
            paragraph,
            index,
            behind,
            cut,
            "official",
            "rule:repeat",
            key=" ".join(form),
            form="short",
            title=title_behind(passage, behind),
        )
