"""Where a person's name starts and, above all, where it ends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from sijill.arabic.lexicon import Hit, Passage, once
from sijill.arabic.text import by_folded, fold, folded_all, language_data
from sijill.value import Value, slotted

NAMES_KEPT = 1 << 13
"""Names of which what was worked out is kept; articles repeat them."""
LENGTH_AT_MOST = 7
"""Steps of a name: words, each with the particle before it."""
GIVEN_AT_MOST = 4
"""Steps that may be given names, so that one word more is looked for behind them."""
PARTICLES_AT_MOST = 2
ARTICLE = "ال"

NEVER_IN_NAMES = frozenset(
    {
        "stop",
        "verb",
        "title_head",
        "counterpart",
        "honorific",
        "month",
        "weekday",
        "relative_day",
        "round_head",
        "process_noun",
        "delegation_head",
        "document_head",
        "ordinal",
        "party",
        "title_body",
        "title_field",
    }
)
UNKNOWN_AT_MOST = 4
"""So many words that no list holds are no name any more."""
BRACKET = "("
TANWEEN = "\u064b"
SHORT_REST = 2
"""So few letters behind a proclitic and the article are no word of their own."""
SURNAME_AT_LEAST = 4
"""Letters of a surname that its ending alone tells, at least one more than these."""
RULED = ("party", "title_body")
NEVER_BOUND = ("stop", "verb", "party", "month", "weekday")
PARTICLES = frozenset({"binds_next", "binds_inside"})
GIVEN = ("given", "given_ambiguous")
BEGINS = frozenset({"given", "binds_next", "binds_given"})
"""What a name without a title before it begins with, where no list holds the whole."""


class _Shapes(NamedTuple):
    """What words that no list holds look like, folded; the data file says what each tells."""

    of_nouns: tuple[str, ...]
    at_first: tuple[str, ...]
    never: tuple[str, ...]
    of_surnames: tuple[str, ...]
    melted: tuple[str, ...]
    prepositions: tuple[str, ...]
    before_verbs: tuple[str, ...]
    before_nouns: tuple[str, ...]


@cache
def _shapes() -> _Shapes:
    shapes = language_data("names")["shapes"]
    return _Shapes(*(tuple(fold(form) for form in shapes[name]) for name in _Shapes._fields))


@slotted
class Name(Value):
    """A name in words `start` to `end`. `known`: the registry, or the list of figures, holds this very form."""

    start: int
    end: int
    cut: int
    known: bool


def name_at(passage: Passage, index: int, titled: bool, unknown: bool = True, alone: bool = False) -> Name | None:
    """The name at word `index`, or None.

    `titled`: a title stands right before it. `unknown`: behind that title, a word that no list holds may be a name.
    `alone`: the title is a ruler's, whom his given name alone may name («الملك سلمان»).
    """
    if index >= passage.size:
        return None
    forms = passage.forms[index]
    known = passage.phrases("name").get(index) if "name" in forms else None
    if known is not None and titled and known.cut:  # right behind a title nothing joins a name to it
        known = passage.hit("name", index, bare=True)
    if known is None:
        begins = titled or not BEGINS.isdisjoint(forms)
        return _grow(passage, index, titled, unknown, alone) if begins else None
    grown = _grow(passage, index, titled, unknown, alone) if _may_go_on(passage, index, known) else None
    if grown is not None and grown.end > known.end:
        return grown
    if known.value == "worded" and known.end - index == 1 and not titled and _unknown(passage, known.end):
        return None  # «، دان ستوينيسكو»: a given name before a surname that no list holds
    return Name(index, known.end, known.cut, True)


def _may_go_on(passage: Passage, index: int, known: Hit) -> bool:
    """Whether a name that the lists hold may be the beginning of a longer one: a given name or two, a guarded surname,
    or one with a particle behind («محمد بن زايد» is called «آل نهيان» too)."""
    words = known.end - index
    if words == 1 and known.value != "free":
        return True
    if words <= 2 and ("given" in passage.forms[index] or "binds_given" in passage.forms[index]):
        return True
    return "binds_next" in passage.forms[known.end] and passage.starts("binds_next", known.end, bare=True)


def _grow(passage: Passage, index: int, titled: bool, unknown: bool, alone: bool) -> Name | None:
    """A name that starts with a given name or particle, or right behind a title with a family name or unknown word."""
    if never_in_names(passage, index, 0):
        return None
    forms = passage.forms[index]
    given = passage.hit("given", index, bare=titled)
    sure = given is not None
    if given is None and titled:
        given = passage.hit("given_ambiguous", index, bare=True)
        if given is None and passage.is_written(index, 0, _as_written("given_exact")):  # «وزيرة الدولة آن كلوي»
            rest = _end_of_name(passage, index + 1, True)
            whole = rest - index > 1 and not passage.word(index + 1).startswith(ARTICLE)  # «آن الأوان» is no name
            return Name(index, rest, 0, False) if whole else None
    if "binds_next" in forms and passage.starts("binds_next", index, bare=not passage.starts("binds_given", index)):
        behind = _bound(passage, index)
        end = None if behind is None else _end_of_name(passage, behind, _open_behind(passage, index, behind))
        bound = passage.hit("binds_next", index)
        return None if end is None or bound is None else Name(index, end, bound.cut, False)
    family = titled and passage.starts("family", index, bare=True)
    if given is None and not family:
        another = passage.starts("given", index)  # «نظيره الأمريكي وجون كيري»
        fresh = titled and unknown and not another and _could_start(passage.word(index))
        if not fresh or not _unknown(passage, index, _shapes().at_first):
            return None
    end = _end_of_name(passage, index + 1, given is not None)
    cut = given.cut if given is not None else 0
    if end - index == 1 and sure and titled and unknown and _ordinary_surname(passage, end):
        end += 1
    if end - index > 1:
        return Name(index, end, cut, False)
    if given is not None:  # a given name alone names nobody, but behind the title of a ruler
        ended = _ended(passage, end) or passage.starts("ordinal", end, bare=True)  # «الملك محمد السادس»
        return Name(index, end, cut, False) if alone and sure and ended else None
    if family:
        return Name(index, end, 0, False)
    behind = end
    while behind - index < UNKNOWN_AT_MOST and _extends(passage, behind) and not _joined(passage, behind):
        if passage.word(behind).startswith(ARTICLE) and behind > end:
            break  # «نظيره كلاوديو تابيا الأسبوع …»
        behind += 1
    if behind > end:  # unknown words are a name as long as nothing more could belong to it and its end looks like one's
        accusative = passage.word(index).endswith("ا") and passage.word(end).endswith("ا")  # «اتصالا هاتفيا»
        whole = (
            not accusative
            and behind - index < UNKNOWN_AT_MOST
            and (passage.word(behind - 1)[-1] not in "ها" or _ended(passage, behind))
        )
        return Name(index, behind, 0, False) if whole else None
    if passage.word(index).endswith("ا") and passage.word(end)[:1].isalpha():
        return None  # «الوزير اتصالا …» is an object in the accusative more often than a name
    if passage.word(index).startswith((*_shapes().prepositions, *_shapes().before_verbs)):
        return None  # «الوزير لقضايا …», «المندوب سيطلع …»
    return Name(index, end, 0, False)


@once
def _end_of_name(passage: Passage, at: int, open_ended: bool) -> int:
    """The word behind a name that has gone on to before `at`.

    `open_ended`: so far there are only given names and particles, so that one word more may be the family name.
    """
    length = 1
    while at < passage.size and length < LENGTH_AT_MOST:
        step = at + 1
        forms = passage.forms[at]
        if passage.word(at) == "-" and _glued(passage, at):
            if not open_ended and length > 1 and starts_with_given_name(passage, at + 1):
                return at  # «فلان الفلاني-أحمد العلاني»: the next of a list
            step, open_ended = at + 2, passage.starts("binds_inside", step, bare=True)
        elif "binds_previous" in forms and passage.starts("binds_previous", at, bare=True):
            open_ended = not passage.starts("closes_name", at, bare=True)
        elif "binds_next" in forms and passage.starts("binds_next", at, bare=True):
            behind = _bound(passage, at)
            if behind is None:
                return at
            step, open_ended = behind, _open_behind(passage, at, behind)
        elif open_ended and "binds_inside" in forms and _goes_on_behind(passage, at):
            open_ended = True
        elif (
            "family" in forms and passage.starts("family", at, bare=True) or not open_ended and _is_surname(passage, at)
        ):
            open_ended = False
        elif open_ended and _extends(passage, at, length == 1) and not _joined(passage, at):
            open_ended = length < GIVEN_AT_MOST and _given(passage, at)
        else:
            return at
        at, length = step, length + 1
    return at


def _is_surname(passage: Passage, index: int) -> bool:
    """Whether a word that no list holds ends as surnames do («محميدوف»)."""
    word = passage.word(index)
    return len(word) > SURNAME_AT_LEAST and word.endswith(_shapes().of_surnames) and _unknown(passage, index)


def begin_of_surname(passage: Passage, index: int) -> int:
    """The first word of a name that ends with word `index`, where that is «أوغلو» or «نجاد» and makes one surname with
    the word before it: «جاوش أوغلو», «أكمل الدين إحسان أوغلو», «كرم الله أوغلو»; else `index`."""
    at = index
    while at > 0 and index - at < GIVEN_AT_MOST and passage.starts("closes_name", index, bare=True):
        if at > 1 and passage.starts("binds_previous", at - 1, bare=True) and _strange(passage, at - 2):
            at -= 2
        elif at == index and _strange(passage, at - 1) or _given_alone(passage, at - 1):
            at -= 1
        else:
            break
    return at


def _given_alone(passage: Passage, index: int) -> bool:
    return passage.starts("given", index, bare=True) and not never_in_names(passage, index, 0)


def _strange(passage: Passage, index: int) -> bool:
    """Whether a word that no list holds stands here, and no verb or noun that «و» joins."""
    word = passage.word(index)
    if len(word) < SURNAME_AT_LEAST - 1 or word.startswith((ARTICLE, "و", "ف")) or word in _ordinary():
        return False
    return _unknown(passage, index)


def _ordinary_surname(passage: Passage, index: int) -> bool:
    """Whether a word that is a noun elsewhere stands alone where a surname must: «وزير الخارجية فلان جودة في …»."""
    if passage.word(index) not in _ordinary() or passage.starts_one(("verb", "stop"), index):
        return False
    return _ended(passage, index + 1)


@cache
def _ordinary() -> frozenset[str]:
    return folded_all(language_data("words")["words"])


def _bound(passage: Passage, index: int) -> int | None:
    """The word behind a particle and what it binds («بن سلطان», «دو لا سابليير»); None where it binds nothing."""
    at = index + 1
    while passage.starts("binds_inside", at, bare=True) or passage.starts("binds_next", at, bare=True):
        if at - index > PARTICLES_AT_MOST:
            return None
        at += 1
    word = passage.word(at)
    if word == "شيخ" or _extends(passage, at) or _could_be_bound(passage, index, at):
        return at + 1
    return None


def _could_be_bound(passage: Passage, particle: int, index: int) -> bool:
    """Whether a word behind a particle is a name though with a proclitic it would be another word: «فون دير لاين», «بن
    فليس»; not behind «آبي»."""
    word = passage.word(index)
    if len(word) <= 2 or not word.isalpha() or passage.is_written(particle, 0, _as_written("not_particles_exact")):
        return False
    if passage.starts_one(NEVER_BOUND, index, bare=True) or passage.is_written(
        index, 0, _as_written("not_names_exact")
    ):
        return False
    noun = word.startswith(ARTICLE) and not passage.starts("binds_sons", particle, bare=True)  # «ذو المرجعية»
    return not word.endswith(_shapes().of_nouns if noun else _shapes().never)


def _open_behind(passage: Passage, index: int, behind: int) -> bool:
    """Whether more may follow a particle and what it binds: they are like a given name («عبد الفتاح», «بن حمد»), or a
    given name follows."""
    return (
        passage.starts("binds_given", index, bare=True)
        or _given(passage, index + 1)
        or passage.starts("given", behind, bare=True)
    )


def _given(passage: Passage, index: int) -> bool:
    return passage.starts_one(GIVEN, index, bare=True)


def _glued(passage: Passage, index: int) -> bool:
    """Whether a dash stands between its neighbours without a space: «جاي-إن»."""
    start, end = passage.span(index, index + 1)
    return passage.text.raw[start - 1 : start].isalpha() and passage.text.raw[end : end + 1].isalpha()


def _joined(passage: Passage, index: int) -> bool:
    """Whether «و» joins the word to what stands before: «صدام حسين وشوهدت», «حسين وأسامة», not «جون وايت»."""
    word = passage.word(index)
    if not word.startswith("و") or _given(passage, index):
        return False
    return word[1:2] not in ("ا", "و", "ي") or passage.starts("given", index)  # «وأسامة» is another person


def _goes_on_behind(passage: Passage, index: int) -> bool:
    """Whether a particle stands inside a name: what follows goes on with it and does not look like a present form, as
    in «بوش لا يملك»."""
    if not passage.starts("binds_inside", index, bare=True):
        return False
    return _extends(passage, index + 1) and not passage.word(index + 1).startswith(("ي", "ت", "ن", "ا"))


def is_given(passage: Passage, index: int) -> bool:
    """Whether a given name stands here, also one that only its spelling tells from a function word (آلان)."""
    return passage.starts("given", index, bare=True) or passage.is_written(index, 0, _as_written("given_exact"))


def starts_with_given_name(passage: Passage, index: int) -> bool:
    """Whether a given name without the article stands here and the word behind it can go on with the name."""
    return (
        "given" in passage.forms[index]
        and not passage.word(index).startswith("ال")
        and passage.starts("given", index, bare=True)
        and _extends(passage, index + 1)
    )


def _ended(passage: Passage, index: int) -> bool:
    """Whether the word is surely no part of the name before it, so that the name is known to be whole."""
    word = passage.word(index)
    return (
        not word.isalpha() and word != BRACKET or passage.starts_one(("stop", "verb", "weekday", "title_head"), index)
    )


def _extends(passage: Passage, index: int, surely: bool = False) -> bool:
    """Whether the word can be a further part of a name. `surely`: a name must go on here («خافيير سولانا»)."""
    if index >= passage.size or never_in_names(passage, index, 0):
        return False
    if passage.is_written(index, 0, _as_written("family_exact")):
        return True
    forms = passage.forms[index]
    if "given" in forms and passage.starts("given", index, bare=True):
        rules = passage.starts("title_head", index, bare=True) and passage.starts_one(RULED, index + 1)
        return not rules  # «تميم أمير قطر», «سامي أمين لجنة السياسات»
    if "family" in forms and passage.starts("family", index, bare=True):
        return True
    if "given_ambiguous" in forms and passage.starts("given_ambiguous", index, bare=True):
        follows = index + 1 < passage.size and (passage.starts("family", index + 1) or _given(passage, index + 1))
        if follows:
            return True
    return _unknown(passage, index, _shapes().never if surely else _shapes().of_nouns)


def never_in_names(passage: Passage, index: int, cut: int) -> bool:
    """Whether the word as written is none of a name, though folding makes it like one: «على» is not «علي»."""
    return passage.is_written(index, cut, _as_written("not_names_exact"))


@cache
def _as_written(words: str) -> Mapping[str, frozenset[str]]:
    """A list of words of `data/names.toml` as written, by what folding makes of them: «على», which no name holds, is
    not «علي»."""
    return by_folded(language_data("names")[words])


def _unknown(passage: Passage, index: int, endings: tuple[str, ...] | None = None) -> bool:
    """A word that no list holds, proclitics considered, and that looks like no noun and no noun with a preposition."""
    word = passage.word(index)
    arabic = word.isalpha() and "\u0621" <= word[0] <= "\u064a"
    if len(word) < 2 or not arabic or _melted(word) or word[-1] == "ا" and _accusative(passage, index):
        return False
    if forms := passage.forms[index]:  # of most words nothing is known
        if not PARTICLES.isdisjoint(forms):
            return False
        if any(_is_one(passage, category, index) for category in NEVER_IN_NAMES.intersection(forms)):
            return False
    return len(word) < 5 or not word.endswith(endings or _shapes().of_nouns)


def _accusative(passage: Passage, index: int) -> bool:
    """Whether the word is written with the ending of an object: «اجتماعاً» is no name."""
    start, end = passage.span(index, index + 1)
    return TANWEEN in passage.text.raw[start : end + 1]


def _is_one(passage: Passage, category: str, index: int) -> bool:
    """Whether a word of the category stands here. No verb stands behind «ب» or «ك»: «كامل» is not «ك» and «أمل»."""
    hit = passage.hit(category, index)
    return hit is not None and not (
        category == "verb" and hit.cut and passage.word(index)[hit.cut - 1] in _shapes().before_nouns
    )


def _melted(word: str) -> bool:
    """Whether a proclitic and the article begin the word: «والبيان», not «والاس» or «فالون»."""
    melted = _shapes().melted
    return word.startswith(melted) and any(
        word.startswith(begin) and len(word) - len(begin) > SHORT_REST for begin in melted
    )


def _could_start(word: str) -> bool:
    """Whether an unknown word may be the first of a name: no article, no feminine ending."""
    return not word.startswith("ال") and not word.endswith("ه")


def short_of(name: str) -> str:
    """The first word of a full name whose family name stands first («شي جين بينغ»); else empty."""
    words = name.split()
    return words[0] if len(words) > 1 and words[0] in _family_first() else ""


@cache
def _family_first() -> frozenset[str]:
    return frozenset(fold(form) for form in language_data("names")["family_first"])


@lru_cache(maxsize=NAMES_KEPT)
def skeleton(name: str) -> str:
    """The consonants of a folded name without its spaces: «دي ميستورا» and «ديمستورا» have one skeleton.

    >>> skeleton("ستافان دي ميستورا") == skeleton("ستيفان ديمستورا")
    True
    """
    return "".join(letter for letter in name if letter not in " اوييئءؤه")


@lru_cache(maxsize=NAMES_KEPT)
def slug(name: str) -> str:
    """A provisional id from a folded name: its letters by `data/translit.toml`, words joined by dashes.

    Letters without a row, and everything that is not a letter, become nothing; two names with one slug are one id.
    """
    table = _transliteration()
    words = ("".join(table.get(letter, "") for letter in word) for word in name.split())
    return "-".join(word for word in words if word) or "x"


@cache
def _transliteration() -> dict[str, str]:
    rows: dict[str, str] = language_data("translit")["letters"]
    return {fold(letter): ascii_form for letter, ascii_form in rows.items()}


__all__ = [
    "ARTICLE",
    "LENGTH_AT_MOST",
    "NAMES_KEPT",
    "Name",
    "begin_of_surname",
    "is_given",
    "name_at",
    "never_in_names",
    "short_of",
    "skeleton",
    "slug",
    "starts_with_given_name",
]
