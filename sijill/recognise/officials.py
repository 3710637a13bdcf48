"""Officials: titles with names, names that the registry knows, names behind a verb of saying, and titles alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from sijill.arabic.delegations import delegations_at, party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, LENGTH_AT_MOST, Name, name_at, never_in_names
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.titles import AND_THE, Title, title_at
from sijill.confidence import CERTAIN, GUESS, LIKELY
from sijill.recognise.people import Forms
from sijill.recognise.round_grammar import phrase_at
from sijill.recognise.spot import Spot

AND, FOR = "و", "ل"
APPOSITION = COMMAS | {"(", "-"}
"""Signs behind a name that its office may follow."""
STOPS = frozenset({".", "؛", "؟", "!"})
NO_NAMES = ("stop", "verb", "party", "title_body", "title_head", "title_field", "month", "weekday", "city", "place")
"""What no word of a quoted name is."""
QUOTED_AT_MOST = 4
RULERS_AT_MOST = 3
"""No longer office, in words, has a holder whom his given name alone may name."""
BETWEEN_NAMES = 5
"""Words that may stand between two names in a row."""
NISBA = frozenset({"nisba"})
STATES = frozenset({"name", "rule"})
KNOWN, TITLED, UNTITLED, NOMINAL = CERTAIN, LIKELY, GUESS, GUESS


def titled(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A title and the name behind it; a title alone as a nominal candidate; «والروسي فلاديمير بوتين» behind another."""
    behind = 0
    before: Title | None = None
    heads = {*passage.where("title_head"), *passage.where("counterpart")}
    for index in sorted(heads.union(passage.where("party"))):
        if index < behind:
            continue
        title = title_at(passage, index) if index in heads else None
        if title is None and before is not None:
            title = _shared(passage, index, before)
        if title is None:
            continue
        name = _name_behind(passage, title)
        apart = name is not None and passage.word(name.start - 1) in COMMAS and not title.cut
        if apart and _known_before(passage, title.start):
            name = None  # «فلان رئيس الوفد، علان»
        if name is not None and title.end - title.start == 1 and not title.definite and _is_a_ruler(passage, name):
            name = None  # «مبعوث بوتين» is somebody else
        behind = max(title.end, index + 1)
        if name is not None and (whole := _of_a_ruler(passage, title, name)) is not None:
            # «الممثل الخاص للرئيس فلان إلى سوريا ص»: the ruler has his own office, the whole is the other's
            inner = ruler_within(passage, title)
            ruler = inner if inner is not None and inner.end - inner.start > 1 else None
            yield _named(passage, paragraph, name, ruler, KNOWN if name.known else TITLED, look_behind=False)
            before, behind = None, whole.end
            if (other := _name_behind(passage, whole)) is not None:
                yield _named(passage, paragraph, other, whole, KNOWN if other.known else TITLED)
                behind = other.end
        elif name is not None:
            next_one = _next_of_title(passage, name.end) if title.plural else None
            alone = title.plural and next_one is None  # «بين أعضاء الوفد فلان المسؤول السياسي»
            own = title_behind(passage, name.end) if alone else None
            yield _named(
                passage, paragraph, name, own or _weightier(passage, title, name), KNOWN if name.known else TITLED
            )
            before, behind = title, name.end
            same = None if title.party is None else title._replace(head="")  # his state; which office is not said
            while title.plural and (other := _next_of_title(passage, behind)) is not None:
                yield _named(passage, paragraph, other, same, KNOWN if other.known else TITLED)
                behind = other.end
        elif title.plural and (pair := list(_one_each(passage, title))):
            for own, one in pair:
                yield _named(passage, paragraph, one, own, KNOWN if one.known else TITLED)
                behind = one.end
            before = None
        elif title.plural:
            before = title  # «نظيريه، التركي س، والإيراني ص»
        elif title.definite and not title.plural:
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
        yield title._replace(end=other.end), first
        yield Title(title.end, other.end, other.cut, "", other.value.party, True, True, True), second


def _weightier(passage: Passage, title: Title, name: Name) -> Title | None:
    """The title of the person: before the name, or behind it where the one before is one word without a state."""
    if title.end - title.start > 1 or title.party is not None:
        return title
    behind = title_behind(passage, name.end)
    return behind or (None if passage.starts("honorific", title.start) else title)


def ruler_within(passage: Passage, title: Title) -> Title | None:
    """The office of the ruler at the end of a longer title, whose name follows: «المبعوث الخاص للرئيس الروسي»."""
    for index in range(title.end - 1, title.start, -1):
        head = passage.hit("title_head", index)
        if head is not None and head.value[3] and head.cut and passage.word(index)[head.cut - 1] == FOR:
            inner = title_at(passage, index)
            return inner if inner is not None and inner.end == title.end and inner.end - inner.start <= 2 else None
    return None


def _is_a_ruler(passage: Passage, name: Name) -> bool:
    known = passage.hit("ruler_name", name.start, bare=True)
    return known is not None and known.end == name.end


def _of_a_ruler(passage: Passage, title: Title, name: Name) -> Title | None:
    """The whole title, where the name behind it is the ruler's: somebody else's follows, or stands right before."""
    if ruler_within(passage, title) is None:
        return None
    whole = _to_where(passage, title, name.end)
    if _is_a_ruler(passage, name):
        return whole
    other = _name_behind(passage, whole)
    if other is not None and (other.known or passage.starts("given", other.start, bare=True)):
        return whole
    return whole if whole.end > name.end and _known_before(passage, title.start) else None


def _known_before(passage: Passage, index: int) -> bool:
    """Whether a name that the registry holds ends right before the word."""
    hits = (passage.hit("name", at) for at in range(max(0, index - LENGTH_AT_MOST), index))
    return any(hit is not None and hit.end == index for hit in hits)


def _to_where(passage: Passage, title: Title, index: int) -> Title:
    """The title with the name in it, up to word `index`, and where its holder is sent: «إلى سوريا», «لسوريا»."""
    at = index
    link = passage.hit("title_link", at, bare=True)
    step = link.end if link is not None else at
    state = party_at(passage, step, frozenset({"name"})) or passage.hit("title_field", step)
    if state is not None and (link is not None) != (state.cut > 0 and passage.word(step).startswith(FOR)):
        at = state.end
    return title._replace(end=at)


def _next_of_title(passage: Passage, index: int) -> Name | None:
    """«عضوي البرلمان س وص»: a further name that a plural title belongs to."""
    if not passage.word(index).startswith("و") or passage.starts("title_head", index):
        return None
    name = name_at(passage, index, titled=False)
    return name if name is not None and name.cut == 1 and name.end - name.start > 1 else None


def _shared(passage: Passage, index: int, before: Title) -> Title | None:
    """«الرئيس التركي X والروسي Y»: the second title is the nisba alone, and lends its head from the first."""
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
    joins = party is not None and (party.cut and passage.word(index).startswith(AND_THE) or first and not party.cut)
    name = None if party is None else name_at(passage, party.end + (passage.word(party.end) in COMMAS), True)
    if party is None or not joins or name is None or first and not name.known:
        return None
    return Title(index, party.end, party.cut, before.head, party.value.party, True, False, True)


def _behind_errand(passage: Passage, title: Title) -> int:
    """The word behind where the head of a delegation is sent: «رئيس وفد س إلى اجتماع أستانا، الدكتور فلان»."""
    at = title.end
    sent = passage.any("delegation_head", title.start, at) and passage.starts("leads.sent_to", at, bare=True)
    phrase = phrase_at(passage, at + 1) if sent and at + 1 < passage.size else None
    if phrase is None or phrase.behind <= at + 1:
        return at
    return phrase.behind + (passage.word(phrase.behind) == QUOTE and passage.word(at + 2) == QUOTE)


def _name_behind(passage: Passage, title: Title) -> Name | None:
    """The name right behind a title: past a comma, a quotation mark and honorifics."""
    at = _behind_errand(passage, title)
    sent = at > title.end
    comma = passage.word(at) in APPOSITION and passage.word(at) != "("
    at += comma
    quoted = passage.word(at) == '"'
    at += quoted
    honoured = False
    while (honorific := passage.hit("honorific", at, bare=True)) is not None:
        at, honoured = honorific.end, sent
    firm = title.firm and not sent
    titled = not (comma or sent) or honoured
    alone = title.ruler and firm and title.end - title.start <= RULERS_AT_MOST
    name = name_at(passage, at, titled=titled, unknown=firm and not quoted, alone=alone)
    if name is None and quoted and firm:
        name = _quoted_name(passage, at)
    if name is not None and title.ruler and passage.starts("ordinal", name.end, bare=True):
        name = name._replace(end=name.end + 1)  # «الملك عبد الله الثاني»
    if name is not None and comma and name.cut:
        return None
    given = name is not None and name.end - name.start > 1 and passage.starts("given", name.start, bare=True)
    return None if name is not None and title.plural and not name.known and not given else name


def _quoted_name(passage: Passage, index: int) -> Name | None:
    """Words that no list holds, from word `index` up to the mark that closes: «عضو الائتلاف "فلان الفلاني"»."""
    behind = index
    while behind - index < QUOTED_AT_MOST and passage.word(behind).isalpha():
        if any(passage.starts(category, behind) for category in NO_NAMES):
            return None
        behind += 1
    return Name(index, behind, 0, False) if behind - index > 1 and passage.word(behind) == QUOTE else None


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
                yield _named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)


def in_a_row(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Full names in a row behind words of membership, in a paragraph on a delegation: «يضم الوفد فلانا الفلاني وعلانا
    العلاني»."""
    if not passage.where("delegation_head"):
        return
    behind = 0
    for index in passage.where("member.row"):
        hit = passage.hit("member.row", index)
        if hit is None or index < behind:
            continue
        names = list(_row_of_names(passage, hit.end))
        if len(names) > 1:
            behind = names[-1].end
            for name in names:
                yield _named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)


def _row_of_names(passage: Passage, index: int) -> Iterator[Name]:
    """The full names from word `index` on, between which stand commas, offices and a few other words."""
    at, between = index, 0
    while at < passage.size and between <= BETWEEN_NAMES and passage.word(at) not in STOPS:
        name = (
            name_at(passage, at, titled=False)
            if "given" in passage.forms[at] or "binds_given" in passage.forms[at]
            else None
        )
        if name is not None and name.end - name.start > 1 and (not name.cut or passage.word(at).startswith(AND)):
            yield name
            at, between = name.end, 0
        else:
            title = title_at(passage, at) if "title_head" in passage.forms[at] else None
            between += passage.word(at).isalpha()
            at = at + 1 if title is None else title.end


def honoured(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A name behind an honorific («الدكتور بشار الجعفري»), with no title."""
    for index in passage.where("honorific"):
        honorific = passage.hit("honorific", index)
        if honorific is None:
            continue
        definite = passage.word(index)[honorific.cut :].startswith(ARTICLE)  # «30 سيدة وطفلا» names nobody
        if (name := name_at(passage, honorific.end, titled=True, unknown=definite)) is not None:
            yield _named(passage, paragraph, name, None, KNOWN if name.known else TITLED)


def known(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Names that the registry holds, wherever they stand."""
    for index in passage.where("name"):
        hit = passage.hit("name", index)
        if (
            hit is None
            or hit.end - index == 1
            and (_continues_a_name(passage, index, hit.cut) or hit.value == "guarded")
        ):
            continue
        name = name_at(passage, index, titled=False)
        if name is not None and name.end >= hit.end:
            yield _named(passage, paragraph, name, None, KNOWN)


def _continues_a_name(passage: Passage, index: int, cut: int = 0) -> bool:
    """Whether a given name stands right before: then the word is somebody else's surname, or part of a longer name;
    but not where «و» joins it («شي وأردوغان»)."""
    if cut and passage.word(index).startswith(AND):
        return False
    return index > 0 and ("given" in passage.forms[index - 1] or "binds_next" in passage.forms[index - 1])


def spoken(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A full name right behind a verb of saying: «وقال فلان الفلاني إن»."""
    for index in passage.where("verb"):
        verb = passage.hit("verb", index)
        if verb is None:
            continue
        quoted = passage.word(verb.end) == QUOTE
        name = name_at(passage, verb.end + quoted, titled=False)
        if quoted and name is not None and passage.word(name.end) != QUOTE:
            continue
        if name is not None and not name.cut and name.end - name.start > 1:
            yield _named(passage, paragraph, name, None, KNOWN if name.known else UNTITLED)


def apposed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """A full name with its office right behind: «نقلاً عن فلان الفلاني، نائب وزير الخارجية الروسي»."""
    heads = passage.where("title_head")
    for index in sorted({*passage.where("given"), *passage.where("binds_given")}) if heads else ():
        ahead = bisect_right(heads, index)
        if ahead == len(heads) or heads[ahead] - index > LENGTH_AT_MOST * 2:
            continue
        name = name_at(passage, index, titled=False)
        if name is None or name.cut > 1 or name.end - name.start < 2:
            continue
        title = title_behind(passage, name.end)
        if title is not None and (title.definite or passage.word(title.end - 1).startswith(ARTICLE)):
            yield _named(passage, paragraph, name, None, KNOWN if name.known else TITLED)


def _named(
    passage: Passage, paragraph: int, name: Name, title: Title | None, score: float, look_behind: bool = True
) -> Spot:
    """The spot of a name with the title before it, or else the one right behind it."""
    key = " ".join([passage.word(name.start)[name.cut :], *passage.words[name.start + 1 : name.end]])
    spot = Spot(paragraph, name.start, name.end, name.cut, "official", "rule:name", key=key, title=title, score=score)
    behind = title_behind(passage, name.end) if title is None and look_behind else None
    return spot if behind is None else spot._replace(title=behind)


def title_behind(passage: Passage, index: int) -> Title | None:
    """A title in apposition behind a name: «فلان وزير الخارجية المصري», «فلان، رئيس الوفد الروسي،»."""
    marked = passage.word(index) == QUOTE and index + 1 < passage.size
    closes = marked and _closes(passage, index)  # ««فلان» رئيس الوفد»: the mark is the name's
    quoted = marked and not closes and "title_head" in passage.forms[index + 1]
    at = index + (quoted or closes or marked and passage.word(index + 1) in COMMAS)
    at += passage.word(at) in APPOSITION
    at += passage.starts("apposition.copulas", at, bare=True)
    if at >= passage.size or "title_head" not in passage.forms[at]:
        return None
    title = _of_somebody(passage, at) or title_at(passage, at)
    if title is None or title.cut or title.plural or title.end - title.start < 2:
        return None
    if quoted:  # «فلان "رئيس قسم سورية في الخارجية التركية"»
        return title if passage.word(title.end) == QUOTE else None
    name = _name_behind(passage, title)
    if name is None or at == index and passage.word(name.start - 1) in COMMAS:
        return title
    whole = _to_where(passage, title, name.end) if ruler_within(passage, title) is not None else title
    return whole if whole.end > name.end and _name_behind(passage, whole) is None else None


def _closes(passage: Passage, index: int) -> bool:
    """Whether the quotation mark at word `index` closes: an odd number of them stands before it."""
    return bisect_left(passage.at(QUOTE), index) % 2 == 1


def _of_somebody(passage: Passage, index: int) -> Title | None:
    """«مساعد دي ميستورا»: an office by the name of whom it serves."""
    head = passage.hit("title_head", index, bare=True)
    if head is None or head.value[1] != "one" or head.value[3] or passage.word(index).startswith(ARTICLE):
        return None
    whose = passage.hit("name", head.end, bare=True)
    if whose is None or whose.end - head.end == 1 and whose.value != "free":
        return None
    return Title(index, whose.end, 0, head.value[0], None, True, False, False)


def repeated(passage: Passage, paragraph: int, forms: Forms) -> Iterator[Spot]:
    """Short and full forms of people that this article names elsewhere."""
    if forms.keys().isdisjoint(passage.words):
        return
    for index in [index for index, word in enumerate(passage.words) if word in forms]:
        cut, known = forms[passage.words[index]]
        rest = passage.words[index + 1 : index + LENGTH_AT_MOST]
        form = next((form for form in known if rest[: len(form) - 1] == form[1:]), None)
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


def within(passage: Passage, whole: Spot, spot: Spot) -> Spot:
    """The spot of a person whose name is part of a delegation's, with the office that stands there with it."""
    for index in range(spot.first - 1, whole.first, -1):
        title = title_at(passage, index) if passage.starts("title_head", index) else None
        if title is not None and title.end == spot.first and title.definite:
            return spot._replace(title=title)
    return spot._replace(title=None)


def under_delegation(passage: Passage, spot: Spot, spots: list[Spot]) -> Spot:
    """The spot with the delegation that the person heads: «وفد س برئاسة الدكتور ص» gives ص the role «رئيس وفد س»."""
    if spot.kind != "official" or spot.title is not None:
        return spot
    at = spot.first - 1
    while at > 0 and (passage.starts("honorific", at) or passage.word(at) == QUOTE):
        at -= 1
    if not passage.starts("leads.under", at):
        return spot
    heads = next((other for other in spots if other.kind == "delegation" and 0 <= at - other.behind <= 1), None)
    head = None if heads is None else passage.hit("delegation_head", heads.first)
    one = head is not None and head.value in (
        "one",
        "indefinite",
    )  # of «الوفدان الروسي والإيراني» neither
    return spot if heads is None or not one else spot._replace(heads=(heads.first, heads.behind, heads.cut))


__all__ = [
    *("apposed", "heading", "honoured", "in_a_row", "known", "repeated", "spoken", "title_behind", "titled"),
    *("under_delegation", "within"),
]
