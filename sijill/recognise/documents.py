"""Documents: Security Council resolutions in all wordings, and agreements that the registry knows by name."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.lexicon import Passage
from sijill.arabic.numerals import digits_at
from sijill.arabic.written import month_of_year
from sijill.recognise.spot import Spot

LOWEST, HIGHEST = 40, 2999
"""Numbers below are rarely cited without the Council; above it has not come yet."""


def resolutions(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """«قرار مجلس الأمن الدولي 2254», «القرار الأممي رقم ٢٢٥٤», «القرارين 2254 و2118»."""
    for index in passage.where("document_head"):
        head = passage.hit("document_head", index)
        if head is None:
            continue
        at = head.end
        while at < passage.size and (hit := passage.hit("document_body", at)) is not None:
            at = hit.end
        if (word := passage.hit("document_number", at, bare=True)) is not None:
            at = word.end
        bracket = passage.word(at) in ("(", '"')
        number = digits_at(passage, at + bracket)
        if number is None or not LOWEST <= number[0] <= HIGHEST or passage.starts("month", number[1]):
            continue
        yield Spot(paragraph, index, number[1], head.cut, "document", "rule:resolution", key=str(number[0]))
        at = number[1]
        while head.value != "one":
            at = _past_year(passage, at)
            step = at + (passage.word(at) in ("و", "،", ","))
            more = digits_at(passage, step)
            if more is None or not LOWEST <= more[0] <= HIGHEST or step == at:
                break
            yield Spot(paragraph, step, more[1], 0, "document", "rule:resolution", key=str(more[0]), form="short")
            at = more[1]


def _past_year(passage: Passage, at: int) -> int:
    """The word behind a resolution's year, where another may follow: «2254 لعام 2015 و2336», «2118 (2013) و2254»."""
    bracket = passage.word(at) in ("(", "/")
    year = month_of_year(passage, at + bracket)
    if year is None or year.month or not (bracket or year.behind > at + 1):
        return at
    return year.behind + (passage.word(at) == "(" and passage.word(year.behind) == ")")


def named(passage: Passage, paragraph: int) -> Iterator[Spot]:
    """Documents by the names and variants of their records."""
    for index in passage.where("document_name"):
        hit = passage.hit("document_name", index)
        if hit is not None:
            yield Spot(paragraph, index, hit.end, hit.cut, "document", "rule:document-name", key=hit.value)
