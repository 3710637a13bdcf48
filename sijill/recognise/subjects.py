"""Whether the words around a reference speak of the subject that its process is about, or of another.

«محادثات جنيف» may be Yemen's, «أستانا» a summit or a football club. The rule looks at the nearest words of either
side in the mention's own paragraph, then at the whole article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sijill.arabic.delegations import HOME
from sijill.arabic.lexicon import Passage
from sijill.arabic.parties import party_forms, state_parties
from sijill.arabic.text import language_data
from sijill.confidence import GUESS, LIKELY
from sijill.recognise.spot import Spot

__all__ = ["OWN", "on_subject", "sought_of_subjects", "subject_phrases"]

OWN = "subject_own"
UNSUPPORTED_SCORE = GUESS
"""Of a mention in an article that says nothing of any subject."""
IN_HEARING = 25
"""Words from a mention to a rival word that still speaks against it."""
LOOKED_AT = 6
"""Words of one side looked at before and behind a mention. Keeps the rule linear."""
OFTEN, CLEARLY = 5, 2
"""A state is whom an article is about if it is spoken of so often, and so many times more often than the next."""
NAMED_HERE = 2
"""A state is whom a paragraph is about if it is spoken of so often, and no other is."""
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
        if rival["name"] in state_parties():
            for form in rival["words"]:
                yield _state(rival["name"]), form, None


@cache
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


def sought_of_subjects() -> frozenset[str]:
    """The categories whose places rules ask for: words of our own, and of whatever else a process's name may mean."""
    rivals = language_data("subjects")["rival"]
    return frozenset({OWN, *(_rival(process) for rival in rivals for process in ("", *rival["processes"]))})


def on_subject(spots: tuple[Spot, ...], passages: tuple[Passage, ...]) -> tuple[Spot, ...]:
    """The spots without those rounds, processes and delegations that belong to another subject."""
    about = [spot for spot in spots if spot.kind in ("round", "process")]
    sides = [spot for spot in spots if spot.kind == "delegation" and spot.key in _sides()]
    if not about and not sides:
        return spots
    processes = {spot.process for spot in about if spot.process}
    categories = {OWN, *map(_rival, processes), *(map(_rival, contested()) if sides else ())}
    total = {
        category: sum(len(passage.phrases(category)) for passage in passages if category in passage.holds)
        for category in categories
    }
    only = next(iter(processes)) if len(processes) == 1 else ""  # of which a round is that names none
    judged = {spot: _judged(spot, spot.process or only, passages, total, len(processes)) for spot in about}
    told = any(judged.values())
    another = cache(lambda: _another_state(passages))  # once an article, and only if somebody asks
    judged |= {spot: _of_a_side(spot, passages, total, told, another) for spot in sides}
    return tuple([kept for spot in spots if (kept := judged.get(spot, spot)) is not None])


def _of_a_side(
    spot: Spot, passages: tuple[Passage, ...], total: Mapping[str, int], told: bool, another: Callable[[], str | None]
) -> Spot | None:
    """A delegation of one of the conflict's sides; None where only its wording says so («الوفد الحكومي») and the
    article is about another conflict, or about none. `told`: it speaks of a process; `another`: the state that it is
    about instead of ours."""
    if passages[spot.paragraph].any(OWN, spot.first, spot.behind):
        return spot
    if spot.key == HOME and (theirs := _of_state_here(spot, passages[spot.paragraph])) is not None:
        return theirs
    judged = [_judged(spot, process, passages, total, 1) for process in contested()]
    if all(judged):
        return spot if told or total[OWN] else None
    state = another() if spot.key == HOME else None
    return None if state is None else _of_state(spot, state)


def _of_state_here(spot: Spot, passage: Passage) -> Spot | None:
    """«الوفد الحكومي» in a paragraph that names Yemen often, and neither us nor another state, is Yemen's."""
    here = {} if passage.phrases(OWN) else _states_named((passage,))
    often = [state for state, times in here.items() if times >= NAMED_HERE]
    return _of_state(spot, often[0]) if often and len(here) == 1 else None


def _another_state(passages: tuple[Passage, ...]) -> str | None:
    """The state whose «الوفد الحكومي» is: in an article on Yemen it is Yemen's."""
    ranked = sorted(_states_named(passages).items(), key=lambda named: (-named[1], named[0]))
    most, second = (*(times for _, times in ranked[:2]), 0, 0)[:2]
    return ranked[0][0] if most >= OFTEN and most > CLEARLY * second else None


def _of_state(spot: Spot, state: str) -> Spot:
    return spot.replaced(key=state, score=min(spot.score, LIKELY))


def _states_named(passages: tuple[Passage, ...]) -> dict[str, int]:
    """How often each state is spoken of; those that are not are left out."""
    counts = {state: sum(len(passage.phrases(_state(state))) for passage in passages) for state in _states()}
    return {state: times for state, times in counts.items() if times}


def _states() -> tuple[str, ...]:
    """The subjects that are states."""
    return tuple(rival["name"] for rival in language_data("subjects")["rival"] if rival["name"] in state_parties())


def _state(name: str) -> str:
    return f"subject_of.{name}"


@cache
def _sides() -> frozenset[str]:
    """The parties to the conflict itself: the state whose it is, and those who oppose it."""
    return frozenset({HOME, *(form.party for _, form in party_forms() if form.kind == "opposition")})


def _judged(
    spot: Spot, process: str, passages: tuple[Passage, ...], total: Mapping[str, int], processes: int
) -> Spot | None:
    """The spot, with a lower score where nothing speaks for it; None where its words belong to another subject than
    this process."""
    category = _rival(process)
    passage = passages[spot.paragraph]
    for_it, against = passage.found((OWN,)), _distances(passage, category, spot)
    own, rivals = total[OWN], total.get(category, 0)
    if against and (not for_it or against[0] < _distances(passage, OWN, spot)[0]):
        # One rival word in an article of our own is a passing remark, unless it stands right beside.
        near = [distance for distance in against if distance <= IN_HEARING]
        if against[0] == 0 or len(near) > 1 or rivals > own:
            return None
    if for_it:
        return spot
    if rivals > own:
        return None
    if own or processes > 1:
        return spot
    if (spot.number is None or spot.place) and spot.process in contested() or not processes:
        return None  # «الاجتماع الرابع من سلسلة اجتماعات المنظمة في جنيف»: any meeting there
    return spot.replaced(score=min(spot.score, UNSUPPORTED_SCORE))


def _distances(passage: Passage, category: str, spot: Spot) -> list[int]:
    """Words between the spot and the near words of a category, nearest first; 0 within it and right behind it."""
    places = passage.found((category,))
    if not places:
        return []
    near = bisect_left(places, (spot.first,))
    return sorted(
        max(0, spot.first - index if index < spot.first else index - spot.behind - BESIDE)
        for index, _, _ in places[max(0, near - LOOKED_AT) : near + LOOKED_AT]
    )
