"""meets, told by a noun: «بعد لقائه وفد س», «لقاء ثنائي جمع س وص», «اجتماع س مع ص»."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS
from sijill.arabic.titles import COUNTERPART
from sijill.claims.meeting import (
    AND,
    BY,
    FOR,
    ROW_AT_MOST,
    all_of_them,
    apart,
    by,
    closes,
    denied,
    each_other,
    headed,
    in_clause,
    is_with,
    meet,
    only_one,
    past_retinue,
    proclitic,
    row,
)
from sijill.claims.scene import (
    PARTICIPANT,
    PARTICIPANTS,
    Rule,
    Scene,
    end_of,
    joined,
    speaker_before,
    speaker_behind,
    start_of,
)
from sijill.link import Linked
from sijill.model import Claim

NEAR_PARTNER = 4
"""Words, days for example, between «لقائه» and whom he met."""
QUALIFIED_BY = 5
"""Words that say what sort of meeting it is («أول لقاء رسمي من نوعه»), or where, before «مع», «بين» or a name."""
WHEN_WITHIN = 3
"""Words before a meeting among which «بعد» or «خلال» stands."""
DASH = "-"
QUALITIES = ("meets.adjectives", "in", "place", "locative", "relative_day", "weekday", "date.before")
"""What says of a meeting of what sort it is, or where or when."""
ASIDE_AT_MOST = 14
"""Words between commas that say at what a meeting was held, before those whom it joined."""


def _encounters(scene: Scene) -> Iterator[Claim]:
    """«بعد لقائه وفد س», «إثر لقاء جمعه بس», «خلال محادثات أجراها مع س»: with whoever the sentence is about."""
    for first, behind, category in scene.words("meets.own", "meets.own_with", "meets.own_several", "meets.nouns"):
        if scene.at(first) is not None or denied(scene, first):
            continue
        if category == "meets.own_several":
            yield from _their_own(scene, first, behind)
            continue
        partner = _met(scene, category, first, behind)
        subject = _whose(scene, category, first, partner) if partner is not None else None
        those = row(scene, partner) if partner is not None and subject is not None else []
        for one in those:
            if subject is not None and one.entity != subject.entity:
                yield meet(scene, subject, one, first, behind)
        yield from all_of_them(scene, those, first)


def _their_own(scene: Scene, first: int, behind: int) -> Iterator[Claim]:
    """«أكد س وص خلال لقائهما»: those joined last before."""
    groups = [group for group in joined(scene, scene.of("official")) if group and group[-1].spot.behind <= first]
    if groups and len(groups[-1]) > 1 and _in_time(scene, first):
        yield from each_other(scene, groups[-1][:ROW_AT_MOST], first, behind)


def _partner(scene: Scene, index: int, near: int) -> Linked | None:
    """Whoever starts soon behind word `index`, in the same clause."""
    other = scene.next(index, *PARTICIPANTS)
    if other is None or start_of(other.spot) - index > near:
        return None
    return other if in_clause(scene, index, start_of(other.spot)) else None


def _met(scene: Scene, category: str, first: int, behind: int) -> Linked | None:
    """Whoever was met in the meeting that a noun tells."""
    if category == "meets.own":
        return _partner(scene, behind, NEAR_PARTNER)
    letter = proclitic(scene, category, first)
    direct = _partner(scene, behind, 1) if category == "meets.nouns" and letter in (FOR, BY) and letter else None
    if direct is not None or letter == FOR and category == "meets.nouns":
        return direct  # «للقاء س», «بلقاء س»
    told = category != "meets.nouns" or letter == BY or _in_time(scene, first)
    if not (told or _is_announced(scene, first)):
        return None
    held = scene.passage.hit("meets.took_place", behind, bare=True)
    start = behind if held is None else held.end  # «خلال الاجتماع الذي عقد في المدينة، مع س»
    for at in range(start, min(scene.behind, start + QUALIFIED_BY)):
        if is_with(scene, at):
            partner = _partner(scene, at + 1, NEAR_PARTNER)
            return partner if told or partner is not None and _is_counterpart(partner) else None
        if at > behind and (named := by(scene, at)):  # «إثر لقاء جمعه بس»
            return named[0]
        if at > behind and scene.passage.starts("meets.joins_it", at - 1) and scene.word(at).startswith(AND):
            one = scene.next(at, *PARTICIPANTS)  # «خلال قمة جمعته والرئيسين س وص»
            return one if one is not None and start_of(one.spot) == at else None
        comma = scene.word(at) in COMMAS and held is not None and is_with(scene, at + 1)
        if scene.at(at) is not None or closes(scene, at) or not (comma or scene.word(at).isalpha()):
            return None
    return None


def _is_announced(scene: Scene, first: int) -> bool:
    """«أعلن س الاجتماع مع نظيره»: no clause of its own («أعلن أنه وافق على حضور …») opens in between."""
    verb = next(iter(scene.passage.between("meets.announced", scene.first, first)[-1:]), None)
    return verb is not None and not scene.has("speech.openers", verb, first)


def _is_counterpart(one: Linked) -> bool:
    """«نظيره»: whose is said by the pronoun."""
    return one.spot.title is not None and one.spot.title.head == COUNTERPART


def _in_time(scene: Scene, first: int) -> bool:
    """Whether the words before say that the meeting was or will be: «بعد», «في ختام», «توجه إلى المدينة لعقد»."""
    passage, before = scene.passage, range(first - WHEN_WITHIN, first)
    if any(passage.starts("meets.when", at) and not passage.starts("meets.clock", at + 1) for at in before):
        return True
    goes = any(passage.starts("meets.for", at) for at in before)
    return goes and scene.has("attends.comes", scene.first, first)


def _whose(scene: Scene, category: str, first: int, partner: Linked) -> Linked | None:
    """Whose meeting it is: of whoever was named last before it, or speaks in the sentence."""
    if category == "meets.nouns" and proclitic(scene, category, first) in (FOR, BY):
        return only_one(scene, first)  # «وصل س للقاء ص»: only where nobody else can be meant
    one = scene.last(first, "official")
    if one is None:
        one = speaker_before(scene, first) or speaker_behind(scene, end_of(partner))
    if one is None:
        one = scene.last(first, "delegation")
    return None if one is None else headed(scene, one)


def _gatherings(scene: Scene) -> Iterator[Claim]:
    """«لقاء ثنائي جمع س مع ص», «اجتماع بين س وص», «اجتماع للوفدين س وص», «لقاء س مع ص»: each two of those joined."""
    for first, behind, _ in scene.words("meets.nouns"):
        if scene.at(first) is not None or denied(scene, first):
            continue
        at = _past_aside(scene, _past_qualities(scene, behind))
        if (holder := scene.passage.hit("meets.held_by", at, bare=True)) is not None:
            yield from _held_by(scene, holder.end, first)
            continue
        binder = scene.passage.hit("meets.binders", at, bare=True)
        if binder is None and at == behind:
            binder = scene.passage.hit("meets.gathers", first - 1)  # «جمع اللقاء س وص»
        start = at if binder is None else max(at, binder.end)
        one = scene.next(start, *PARTICIPANTS)
        if one is None or start_of(one.spot) - start > (binder is not None):
            continue
        those = row(scene, one)
        end = past_retinue(scene, end_of(those[-1]))
        others = _others(scene, end)
        if not others and len(those) == 1:
            others = by(scene, end) or _object(scene, end) if binder is None else by(scene, end)
        if others:
            for one, other in product(those, others):
                if one.entity != other.entity:
                    yield meet(scene, one, other, first, first + 1)
            yield from all_of_them(scene, others, first)
        elif len(those) > 1 and (
            binder is not None or scene.word(start).startswith(FOR) or _annexed(scene, first, start)
        ):
            # «اجتماع ثنائي بين س وص إضافة لع»: the first met each of them
            bilateral = scene.has("meets.bilateral", behind, start)
            for part in [[those[0], other] for other in those[1:]] if bilateral else [those]:
                yield from each_other(scene, part, first, first + 1)
            if binder is not None:
                yield from _further(scene, end, first)


def _held_by(scene: Scene, index: int, first: int) -> Iterator[Claim]:
    """«بعد لقاءات أجراها س مع ص»: whoever held the meeting stands right behind the verb, and «مع» behind him."""
    one = scene.next(index, *PARTICIPANTS)
    those = row(scene, one) if one is not None and start_of(one.spot) == index else []
    others = _others(scene, end_of(those[-1])) if those else []
    for one, other in product(those, others):
        if one.entity != other.entity:
            yield meet(scene, one, other, first, first + 1)
    each = all(one.spot.kind == "delegation" for one in those) and not scene.has("meets.apart", first, index)
    if not others and each and not apart(scene, end_of(those[-1]) if those else index):
        yield from each_other(scene, those, first, first + 1)  # «مشاورات أجرتها وفود س وص»


def _further(scene: Scene, index: int, first: int) -> Iterator[Claim]:
    """«اجتماع بين س وص، ومن ثم بين س وع، وبين ص وع»: further meetings, of which the noun is not said again."""
    at = index
    while at < scene.behind:
        at += scene.word(at) in COMMAS
        again = scene.passage.hit("meets.again", at)
        one = scene.next(again.end, *PARTICIPANTS) if again is not None else None
        if again is None or one is None or start_of(one.spot) != again.end:
            return
        those = row(scene, one)
        yield from each_other(scene, those, first, first + 1)
        at = end_of(those[-1])


def _annexed(scene: Scene, first: int, start: int) -> bool:
    """«في ختام اجتماع س وص»: whether the meeting, told by when it was, is that of those right behind it."""
    hit = scene.passage.hit("meets.nouns", first)
    definite = hit is not None and scene.word(first)[hit.cut :].startswith(ARTICLE)
    return start == first + 1 and not definite and _in_time(scene, first)


def _past_qualities(scene: Scene, behind: int) -> int:
    """Behind the words that say what sort of meeting it is, or where or when."""
    at = behind
    while at - behind < QUALIFIED_BY:
        hit = scene.passage.hit_of(QUALITIES, at)
        if hit is None or scene.at(at) is not None:
            break
        at = hit.end
    return at


def _past_aside(scene: Scene, index: int) -> int:
    """Behind «، على هامش مؤتمر …،» where a verb of joining follows; the word itself where none does."""
    if scene.word(index) not in COMMAS:
        return index
    ahead = range(index + 2, min(scene.behind, index + ASIDE_AT_MOST))
    end = next((at for at in ahead if scene.word(at) in COMMAS), index)
    return end + 1 if end > index and scene.passage.starts("meets.binders", end + 1, bare=True) else index


def _others(scene: Scene, index: int) -> list[Linked]:
    """Those behind «مع», or behind a dash, a few words behind whoever has the meeting."""
    index += scene.word(index) in COMMAS and is_with(scene, index + 1)
    for at in range(index, min(scene.behind, index + QUALIFIED_BY)):
        if is_with(scene, at) or at == index and scene.word(at) == DASH:
            one = scene.next(at + 1, *PARTICIPANTS)
            return row(scene, one) if one is not None and start_of(one.spot) - at <= 2 else []
        if scene.at(at) is not None or closes(scene, at) or not scene.word(at).isalpha():
            return []
    return []


def _object(scene: Scene, index: int) -> list[Linked]:
    """«لقاء س ص»: whoever stands right behind whose meeting it is, and is no further name of his."""
    one = scene.next(index, *PARTICIPANTS)
    return row(scene, one) if one is not None and start_of(one.spot) == index and scene.word(index).isalpha() else []


RULES: tuple[Rule, ...] = (
    Rule(_encounters, PARTICIPANT, ("meets.own", "meets.own_with", "meets.own_several", "meets.nouns")),
    Rule(_gatherings, PARTICIPANT, ("meets.nouns",)),
)
