"""Documents: Security Council resolutions in all wordings, and agreements that the registry knows by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import compress

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.parties import ARTICLE
from sijill.arabic.signs import CLOSING, COMMAS
from sijill.arabic.written import month_of_year, written_at
from sijill.recognise.round_numbers import numbers_at
from sijill.recognise.spot import Spot

__all__ = ["cited", "listed", "named", "repeated", "resolutions", "symbols"]

LOWEST, HIGHEST = 40, 2999
"""Numbers below are rarely cited without the Council; above it has not come yet."""
NO_YEAR = 2100
"""From here on a number alone is no year."""
NO_COUNT = 1000
"""Behind a comma and «و» something else may begin; what is counted there is mostly less."""
LISTED_WITHIN = 10
"""Words between resolutions in general and the number of one."""
AND = "و"


def resolutions(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«قرار مجلس الأمن الدولي 2254», «القرار الأممي رقم ٢٢٥٤», «القرارين 2254 و2118»."""
    for index, head in passage.phrases("document_head").items():
        at = _past_body(passage, head.end)
        number = _number(passage, at) or _number_behind_subject(passage, at)
        if number is None:
            continue
        value, behind = number
        yield Spot(paragraph, index, behind, head.cut, "document", "rule:resolution", key=str(value))
        if head.value != "one":
            yield from _further(passage, paragraph, behind)


def _past_body(passage: Passage, at: int) -> int:
    """The word behind «مجلس الأمن الدولي», «الأممي», «الشهير»."""
    while at < passage.size and (hit := passage.hit("document_body", at)) is not None:
        at = hit.end
    return at


def _number_behind_subject(passage: Passage, at: int) -> tuple[int, int] | None:
    """The number behind what says of what or of when a resolution is: «حول سوريا رقم 2254», «الصادر في 24 شباط 2018
    برقم 2401». A date needs a word between, since numbers follow it anyway."""
    about = passage.hit("document_about", at)
    party = None if about is None else passage.hit("party", about.end)
    if party is not None:
        return _number(passage, party.end)
    issued = passage.hit("document_issued", at) or passage.hit("document_issued", at - 1)  # «الصادر» may end the body
    if issued is None:
        return None
    date, year = written_at(passage, issued.end), month_of_year(passage, issued.end)
    behind = date.end if date is not None else year.behind if year is not None else at
    return _number(passage, behind) if passage.starts("document_number", behind, bare=True) else None


def _number(passage: Passage, at: int) -> tuple[int, int] | None:
    """A resolution's number, and the word behind it and the bracket or mark around it."""
    comma = passage.word(at) in COMMAS and passage.starts("document_number", at + 1, bare=True)
    word = passage.hit("document_number", at + comma, bare=True)  # «قرار مجلس الأمن الدولي، رقم 2254»
    at = at if word is None else word.end
    closing = "/" if passage.word(at) == "/" else CLOSING.get(passage.word(at), "")  # «رقم /2254/»
    number = digits_at(passage, at + bool(closing))
    if number is None or not LOWEST <= number[0] <= HIGHEST or passage.starts("month", number[1]):
        return None
    if closing != "/" and _is_of_the_assembly(passage, number[1]):
        return None
    return number[0], number[1] + (bool(closing) and passage.word(number[1]) == closing)


def _is_of_the_assembly(passage: Passage, behind: int) -> bool:
    """Whether a stroke follows the number that no month or year stands behind: «67/262»."""
    return passage.word(behind) == "/" and month_of_year(passage, behind + 1) is None


def _further(passage: Passage, paragraph: int, at: int) -> Iterator[Spot]:
    """The numbers behind the first: «2118 و2254», «2118 لعام 2013 و2254», «2118، 2254»."""
    while True:
        at = _past_year(passage, at)
        step = at + (passage.word(at) in COMMAS)
        apart = step > at and passage.word(step) == AND
        step += passage.word(step) == AND
        more = digits_at(passage, step)
        if more is None or step == at or not (NO_COUNT if apart else LOWEST) <= more[0] <= HIGHEST:
            return
        if _is_of_the_assembly(passage, more[1]):
            return
        yield Spot(paragraph, step, more[1], 0, "document", "rule:resolution", key=str(more[0]), form="short")
        at = more[1]


def _past_year(passage: Passage, at: int) -> int:
    """The word behind a resolution's year, where another may follow: «2254 لعام 2015 و2336», «2118 (2013) و2254»."""
    bracket = passage.word(at) in ("(", "/")
    word = passage.hit("document_year", at)
    start = at + bracket if word is None else word.end
    year = month_of_year(passage, start)
    if year is None or year.month and word is None or not (bracket or word is not None or year.behind > at + 1):
        return at
    return year.behind + (passage.word(at) == "(" and passage.word(year.behind) == ")")


def listed(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Some among resolutions in general: «القرارات الدولية ذات الصلة، ولا سيما 2254», «القرارات: 2118 و2254»."""
    for head in passage.phrases("document_head").values():
        if head.value == "one":
            continue
        body = _past_body(passage, head.end)
        at = body + 1 if passage.word(body) == ":" else _past_example(passage, body)
        number = _number(passage, at) if at else None
        if number is not None and not _counts(passage, number[1]):
            word = passage.hit("document_number", at, bare=True)
            first = at if word is None else word.end
            yield Spot(paragraph, first, number[1], 0, "document", "rule:resolution", key=str(number[0]), form="short")
            yield from _further(passage, paragraph, number[1])


def _past_example(passage: Passage, body: int) -> int:
    """The word behind «ولا سيما» near the resolutions; 0 if there is none before the sentence or a number ends it."""
    for at in passage.between("document_example", body, body + LISTED_WITHIN):
        if any(passage.word(one) in (".", "؟", "!") or passage.word(one).isdecimal() for one in range(body, at)):
            return 0
        hit = passage.hit("document_example", at)
        if hit is not None:
            return hit.end
    return 0


def symbols(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«S/RES/2254 (2015)»: the symbol by which the Council files a resolution."""
    for index in passage.where("document_symbol"):
        number = digits_at(passage, index + 2)
        between = index > 1 and passage.word(index - 1) == passage.word(index + 1) == "/"
        if number is not None and between and passage.starts("document_symbol", index, bare=True):
            key = str(number[0])
            yield Spot(paragraph, index - 2, number[1], 0, "document", "rule:resolution", key=key, form="short")


def _is_numbered(passage: Passage, index: int) -> bool:
    return bool(numbers_at(passage, index + (passage.word(index) in CLOSING)))


def cited(spots: Iterable[Spot]) -> Set[str]:
    """The numbers of resolutions that an article names as such and that can be no year."""
    return {spot.key for spot in spots if spot.origin == "rule:resolution" and int(spot.key) >= NO_YEAR}


def repeated(passage: Passage, paragraph: int, numbers: Set[str]) -> Iterator[Spot]:
    """A number alone that the article names elsewhere as a resolution's: «تنفيذ الـ2254», «بنود 2254»."""
    for index in compress(range(passage.size), map(str.isdecimal, passage.words)):
        key = str(int(passage.words[index]))
        if key in numbers and not _counts(passage, index + 1) and not _is_of_else(passage, index):
            yield Spot(paragraph, index, index + 1, 0, "document", "rule:resolution", key=key, form="short")


def _is_of_else(passage: Passage, index: int) -> bool:
    """Whether the number belongs to the word or the sign before it: «المرسوم رقم 2254», «1/2254»."""
    before = passage.word(index - 1)
    return before in ("/", "-", ".") or before != ARTICLE and passage.starts("document_number", index - 1)


def _counts(passage: Passage, behind: int) -> bool:
    """Whether the number before this word counts something: «2254 شخصاً», «2118 دولاراً»."""
    word = passage.word(behind)
    accusative = len(word) > 3 and word.endswith("ا") and not passage.starts("uncounted", behind, bare=True)
    return passage.starts("counted", behind) or passage.starts("month", behind) or word == "%" or accusative


def named(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Documents by the names and variants of their records; not «بيان جنيف 2», of another round than any of them."""
    for index, hit in passage.phrases("document_name").items():
        if not (passage.starts("city", hit.end - 1) and _is_numbered(passage, hit.end)):
            yield Spot(paragraph, index, hit.end, hit.cut, "document", "rule:document-name", key=hit.value)
