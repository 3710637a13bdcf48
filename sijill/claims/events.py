"""What a sentence says of meetings: who met whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from sijill.arabic.dates import Days, days_in
from sijill.claims.people import round_field
from sijill.claims.scene import PARTICIPANTS, Scene, joined, start_of
from sijill.link import Linked
from sijill.model import Claim, Fields

NEAR_PARTNER = 4
"""Words, days for example, between «لقائه» and whom he met."""
ENDS = frozenset({".", "؛", ":", '"', "إن", "ان"})
WITH = "مع"
LEADERS_AT_MOST = 8
"""A longer list of names at a summit is a list of those present, not of those who met each other."""
BETWEEN_WORDS = 8
"""Words that may stand between a meeting's verb and its partners."""


def summits(scene: Scene) -> Iterator[Claim]:
    """meets: each two of the officials whom a sentence with a summit joins by «و»."""
    summit = next(iter(scene.words("meets.summits")), None)
    for group in joined(scene, scene.of("official")) if summit is not None else ():
        for one, other in combinations(group[:LEADERS_AT_MOST], 2):
            if summit is not None and one.entity != other.entity:
                span = min(summit[0], start_of(one.spot)), max(summit[1], other.spot.behind)
                yield scene.claim("meets", (("a", one.entity or ""), ("b", other.entity or "")), *span)


def meetings(scene: Scene, published: dt.date | None) -> Iterator[Claim]:
    """meets: «التقى س ص», «بحث س مع ص», «أجرى س لقاء مع ص»."""
    for first, behind, category in scene.words("meets.with_preposition", "meets.direct"):
        if scene.at(first) is not None:
            continue
        subject, after = scene.last(first, *PARTICIPANTS), behind
        if subject is None or subject.spot.behind != first:
            nearest = scene.next(behind, *PARTICIPANTS)
            if nearest is not None and start_of(nearest.spot) - behind <= 2:
                subject, after = nearest, nearest.spot.behind
            elif subject is None or first - subject.spot.behind > 2:
                continue
        other = _partner(scene, after, category, subject, scene.passage.starts("meets.needs_object", first))
        if other is None or other.entity == subject.entity:
            continue
        pair = sorted((subject, other), key=lambda one: one.spot.first)
        fields: Fields = (("a", pair[0].entity or ""), ("b", pair[1].entity or ""))
        end = max(behind, pair[1].spot.behind)
        days = _days_between(scene, published, first, end)
        when: Fields = (("date", days.first.isoformat()),) if days is not None and days.first == days.last else ()
        yield scene.claim(
            "meets",
            fields + round_field(scene, end) + when,
            min(first, pair[0].spot.first),
            end,
            days.why if when and days else "",
        )


def _partner(scene: Scene, after: int, category: str, subject: Linked, needs_object: bool) -> Linked | None:
    """Whom the subject meets: the one behind «مع», or the object right behind a verb that takes one."""
    if category == "meets.direct":
        other = scene.next(after, *PARTICIPANTS)
        between = range(after, start_of(other.spot)) if other is not None else range(0)
        if len(between) <= 2 and not any(scene.passage.starts("leads.under", at) for at in between):
            return other
    seen_object = not needs_object
    at = after
    while at < scene.behind and at - after <= BETWEEN_WORDS * 3:
        word = scene.passage.word(at)
        if scene.passage.starts("meets.objects", at):
            seen_object = True
        if word == "مع" or word == "ونظيره":
            other = scene.next(at + (word == "مع"), *PARTICIPANTS)
            near = other is not None and start_of(other.spot) - at <= 2
            return other if near and seen_object else None
        if word in (".", "؛", ":") or "verb" in scene.passage.forms[at] and scene.at(at) is None:
            return None
        at += 1
    return None


def encounters(scene: Scene) -> Iterator[Claim]:
    """meets: «بعد لقائه وفد س», «إثر لقاء جمعه بس», «عقب محادثات مع س»; the other side is whoever the
    sentence is about."""
    for first, behind, _ in scene.words("meets.own"):
        pronoun = not scene.passage.starts("meets.with", behind - 1, bare=True)
        if not pronoun and not any(scene.passage.starts("meets.when", first - back) for back in (1, 2)):
            continue
        other = scene.next(behind, *PARTICIPANTS)
        subject = scene.last(first, "official") or (None if pronoun else scene.last(first, "delegation"))
        if subject is None or other is None or subject.entity == other.entity:
            continue
        if start_of(other.spot) - behind <= NEAR_PARTNER and _in_clause(scene, behind, start_of(other.spot)):
            yield _meet(scene, subject, other, first)


def gatherings(scene: Scene) -> Iterator[Claim]:
    """meets: «لقاء جمع س مع ص», «اجتماع بين س وص», «عقد س وص وع اجتماعات»: each two of those joined."""
    for _, behind, _ in scene.words("meets.joins"):
        one = scene.next(behind, *PARTICIPANTS)
        if one is None or start_of(one.spot) > behind + 1:
            continue
        other = scene.next(one.spot.behind, *PARTICIPANTS)
        if other is None or other.entity == one.entity:
            continue
        gap = start_of(other.spot) - one.spot.behind
        if (
            gap == 0
            and scene.passage.word(one.spot.behind).startswith("و")
            or (gap <= 2 and scene.passage.starts("meets.with", one.spot.behind))
        ):
            yield _meet(scene, one, other, behind - 1)
    groups = [group for group in joined(scene, scene.of("official")) if len(group) > 1]
    for first, behind, _ in scene.words("meets.with_preposition", "meets.direct") if groups else ():
        group = next((group for group in groups if 0 <= start_of(group[0].spot) - behind <= 1), None)
        if group is None or scene.passage.starts("meets.needs_object", first) and not _object(scene, group[-1]):
            continue
        if scene.passage.word(group[-1].spot.behind) == WITH:
            continue
        for one, other in combinations(group[:LEADERS_AT_MOST], 2):
            if one.entity != other.entity:
                yield _meet(scene, one, other, first)


def _object(scene: Scene, last: Linked) -> bool:
    """Whether a word of meeting stands right behind those who hold it."""
    return any(scene.passage.starts("meets.objects", last.spot.behind + gap) for gap in range(2))


def _in_clause(scene: Scene, first: int, behind: int) -> bool:
    return not any("verb" in scene.passage.forms[at] or scene.passage.word(at) in ENDS for at in range(first, behind))


def _meet(scene: Scene, one: Linked, other: Linked, word: int) -> Claim:
    pair = sorted((one, other), key=lambda one: one.spot.first)
    first, behind = min(word, pair[0].spot.first), max(word + 1, pair[1].spot.behind)
    fields: Fields = (("a", pair[0].entity or ""), ("b", pair[1].entity or ""))
    return scene.claim("meets", fields + round_field(scene, behind), first, behind)


def _days_between(scene: Scene, published: dt.date | None, first: int, behind: int) -> Days | None:
    return next(iter(days_in(scene.passage, published, first, behind)), None)
