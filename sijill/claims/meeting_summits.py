"""meets, told by a summit: each two of the leaders whom the sentence names together met at it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sijill.claims.meeting import ROW_AT_MOST, denied
from sijill.claims.scene import OFFICIAL, Rule, Scene, joined, start_of
from sijill.link import Linked
from sijill.model import Claim


def _summits(scene: Scene) -> Iterator[Claim]:
    """Each two of the officials whom a sentence with a summit joins by «و» or by «بحضور»."""
    summit = next(iter(scene.words("meets.summits")), None)
    if summit is None or denied(scene, summit[0]):
        return
    for group in _present(scene):
        for one, other in combinations(group[:ROW_AT_MOST], 2):
            if one.entity != other.entity:
                span = min(summit[0], start_of(one.spot)), max(summit[1], other.spot.behind)
                yield scene.claim("meets", (("a", one.entity or ""), ("b", other.entity or "")), *span)


def _present(scene: Scene) -> list[list[Linked]]:
    """Those joined by «و», and those whom «باستضافة» or «وبحضور» joins to them, or whom a summit joined besides one
    («ضمت إضافة إلى س نظيريه ص وع»)."""
    groups: list[list[Linked]] = []
    for group in joined(scene, scene.of("official")):
        at = start_of(group[0].spot) - 1 if group else scene.first
        joins = bool(groups) and groups[-1][-1].spot.behind in (at, at + 1)
        if joins and (scene.passage.starts("meets.present", at) or _besides(scene, groups[-1], group)):
            groups[-1].extend(group)
        elif group:
            groups.append(group)
    return groups


def _besides(scene: Scene, before: list[Linked], group: list[Linked]) -> bool:
    """Whether one stands behind «إضافة إلى», and right behind him those besides whom he was there."""
    start = start_of(before[0].spot)
    besides = any(
        hit.end == start for at in range(start - 2, start) if (hit := scene.passage.hit("attends.besides", at))
    )
    return besides and before[-1].spot.behind == start_of(group[0].spot)


RULES: tuple[Rule, ...] = (Rule(_summits, OFFICIAL, ("meets.summits",)),)
