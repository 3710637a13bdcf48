"""Whether the words around a reference speak of the subject that its process is about, or of another.

«محادثات جنيف» may be Yemen's, «أستانا» a summit or a football club. The rule looks at the nearest words of either
side in the mention's own paragraph, then at the whole article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import language_data
from sijill.recognise.spot import Spot

OWN = "subject_own"
UNSUPPORTED_SCORE = 0.6
"""Of a mention in an article that says nothing of any subject."""
BESIDE = 3
"""Words behind a mention that say what it is about («محادثات جنيف بشأن اليمن»)."""


def subject_phrases() -> Iterator[tuple[str, str, Any]]:
    """(category, form, value) for the lexicon."""
    subjects = language_data("subjects")
    for form in subjects["own"]:
        yield OWN, form, None
    for rival in subjects["rival"]:
        for process in rival["processes"]:
            for form in rival["words"]:
                yield _rival(process), form, None


def contested() -> frozenset[str]:
    """The processes whose names other talks bear too."""
    return frozenset(
        process
        for rival in language_data("subjects")["rival"]
        if rival.get("contests")
        for process in rival["processes"]
    )


def _rival(process: str) -> str:
    return f"subject_rival.{process}"


def on_subject(spots: tuple[Spot, ...], passages: tuple[Passage, ...]) -> tuple[Spot, ...]:
    """The spots without those rounds and processes that belong to another subject."""
    about = [spot for spot in spots if spot.kind in ("round", "process")]
    if not about:
        return spots
    own = Counter({number: len(passage.where(OWN)) for number, passage in enumerate(passages)})
    cities = {spot.process for spot in about if spot.process}
    judged: dict[Spot, Spot | None] = {spot: _judged(spot, passages, own.total(), len(cities)) for spot in about}
    return tuple(kept for spot in spots if (kept := judged.get(spot, spot)) is not None)


def _judged(spot: Spot, passages: tuple[Passage, ...], own: int, processes: int) -> Spot | None:
    """The spot, with a lower score where nothing speaks for it; None where its words belong to another subject."""
    category = _rival(spot.process)
    passage = passages[spot.paragraph]
    for_it, against = _distance(passage, OWN, spot), _distance(passage, category, spot)
    if against is not None and (for_it is None or against < for_it):
        return None
    if for_it is not None:
        return spot
    rivals = sum(len(other.where(category)) for other in passages) if spot.process else 0
    if rivals > own:
        return None
    if own or processes > 1:
        return spot
    if spot.number is None and spot.process in contested():
        return None
    return spot._replace(score=min(spot.score, UNSUPPORTED_SCORE))


def _distance(passage: Passage, category: str, spot: Spot) -> int | None:
    """Words between the spot and the nearest word of a category; 0 within it and right behind it."""
    best: int | None = None
    places = passage.where(category)
    near = bisect_left(places, spot.first)
    for index in places[max(0, near - 4) : near + 8]:
        if not passage.starts(category, index):
            continue
        distance = max(0, spot.first - index if index < spot.first else index - spot.behind - BESIDE)
        best = distance if best is None else min(best, distance)
    return best
