"""In what the words of a sentence say that somebody takes part: a round by its name, its process, «المحادثات».
Separate from who takes part and from the ways to say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sijill.arabic.signs import QUOTE
from sijill.claims.row import FILLERS_AT_MOST, Guest
from sijill.claims.scene import Scene
from sijill.model import Claim, EntityId

__all__ = ["DENIED_WITHIN", "Target", "attend", "before_it", "denied", "denies", "main_round", "past", "target_at"]

GUARANTORS, OBSERVERS = "guarantor-states", "observer-states"
DENIED_WITHIN = 4
"""Words before a cue in which a denial («لن», «رفض») makes it none."""


class Target(NamedTuple):
    """What is taken part in, and the word behind the words that name it."""

    round: EntityId | None
    behind: int


def attend(scene: Scene, guests: list[Guest], where: EntityId | None, cue: int) -> Iterator[Claim]:
    """A claim for each; guarantors and observers stand for the states listed behind them, if any are."""
    if where is None:
        return
    several = len({guest.who for guest in guests}) > 1
    states = {"russia", "turkey", "iran"} & {guest.who for guest in guests}
    for guest in guests:
        if guest.who == GUARANTORS and several and states or guest.who == OBSERVERS and several:
            continue
        first, behind = min(cue, guest.first), max(cue + 1, guest.behind)
        yield scene.claim("attends", (("who", guest.who), ("round", where)), first, behind)


def target_at(scene: Scene, index: int) -> Target | None:
    """What word `index` says is taken part in: a round, its process where the article has a main round of it, or
    «المحادثات»."""
    at = index
    into = scene.passage.hit("attends.into", at, bare=True)
    at = at if into is None else into.end
    part = scene.passage.hit("attends.parts", at)
    if part is not None and scene.at(at) is None:
        at = part.end
    at += scene.word(at) == QUOTE
    one = scene.next(at, "round", "process")
    if one is not None and one.spot.first == at:
        if one.spot.kind == "round":
            return Target(one.entity, one.spot.behind)
        return Target(_of_process(scene, one.entity, at), one.spot.behind)
    hit = scene.passage.hit("attends.sessions", at) or scene.passage.hit("attends.meetings", at)
    if hit is not None:
        return Target(_spoken_of(scene, at), hit.end)
    hit = scene.passage.hit("attends.congress", at)
    return None if hit is None else Target(_spoken_of(scene, at, congress=True), hit.end)


def before_it(scene: Scene, index: int, verb: int) -> Target | None:
    """«الجولة …، التي سيشارك فيها س»: the round named before."""
    if not scene.passage.starts("attends.in_it", index, bare=True):
        return None
    here = scene.last(verb, "round")
    return Target(here.entity, index + 1) if here is not None else None


def _of_process(scene: Scene, process: EntityId | None, index: int) -> EntityId | None:
    """The round of a process that the sentence has named before word `index`, else the main one if it is of it."""
    before = scene.last(index, "round")
    for entity in (None if before is None else before.entity, scene.main):
        if process is not None and entity is not None and entity.startswith(f"{process}-"):
            return entity
    return None


def _spoken_of(scene: Scene, index: int, congress: bool = False) -> EntityId | None:
    """The round that «الجولة» or «المؤتمر» at word `index` means: of those that the sentence has named before the main
    one, else the last; the main one where it has named none."""
    named = [one.entity for one in scene.of("round") if one.spot.behind <= index]
    for entity in (scene.main if scene.main in named else None, *reversed(named), scene.main):
        if entity is not None and (congress or entity[-1].isdigit()):
            return entity
    return None


def main_round(scene: Scene) -> EntityId | None:
    """The main round, if it is one of several: a congress is never meant by «المحادثات»."""
    return scene.main if scene.main is not None and scene.main[-1].isdigit() else None


def past(scene: Scene, index: int, words: frozenset[str] = frozenset()) -> int:
    """Past the few words of no weight at `index`."""
    at = index
    for _ in range(FILLERS_AT_MOST):
        hit = scene.passage.hit("attends.fillers", at, bare=True)
        if hit is None and scene.word(at) not in words:
            break
        at = hit.end if hit is not None else at + 1
    return at


def denied(scene: Scene, index: int, since: int = 0) -> bool:
    """Whether the few words before, from word `since` on, say that it is not so, or not yet sure."""
    return denies(scene, max(scene.first, since, index - DENIED_WITHIN), index)


def denies(scene: Scene, first: int, behind: int) -> bool:
    """Whether a word of denial stands between; «كلا من» is none, though «كلا» is «لا» with a letter before it."""
    places = scene.passage.between("attends.denials", first, behind)
    return any(not scene.passage.starts("attends.fillers", at, bare=True) for at in places)
