"""What a sentence says of meetings: who met whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from sijill.arabic.dates import Days, days_in
from sijill.claims.people import round_field
from sijill.claims.scene import PARTICIPANTS, Scene, joined, start_of
from sijill.link import Linked
from sijill.model import Claim, Fields

NEAR_PARTNER = 4
"""Words, days for example, between «لقائه» and whom he met."""
ENDS = frozenset({".", "؛", ":", '"', "إن", "ان"})
COMMAS = frozenset({"،", ","})
AND, BY, FOR = "و", "ب", "ل"
LEADERS_AT_MOST = 8
"""A longer list of names at a summit is a list of those present, not of those who met each other."""
BETWEEN_WORDS = 24
"""Words that may stand between a meeting's verb and «مع»."""
OBJECT_WITHIN = 10
"""Words that may stand between the subject of «التقى» and whom it met."""
SAID_WITHIN = 5
"""Words between a speaker and «إنه»."""
DENIED_WITHIN = 4
"""Words before a meeting in which a denial makes it none."""
WORDS_SKIPPED = 4
TITLE_AT_MOST = 8
"""Words of an office that is not read to its end, between a verb and a name."""


def meetings(scene: Scene, published: dt.date | None) -> Iterator[Claim]:
    """meets: «التقى س ص», «بحث س مع ص», «أجرى س لقاء مع ص», «عقد س وص اجتماعا»."""
    before: list[Linked] = []
    for first, behind, category in scene.words("meets.with_preposition", "meets.direct"):
        if scene.at(first) is not None or _denied(scene, first):
            continue
        needs_object = scene.passage.starts("meets.needs_object", first)
        subjects, after = _subjects(scene, first, behind, before)
        if not subjects:
            continue
        if category == "meets.direct":
            partners = _object(scene, after, subjects[0])
        else:
            partners = _with(scene, after, needs_object)
        partners = [one for one in partners if all(one.entity != other.entity for other in subjects)]
        if partners:
            before = subjects
            for one, other in product(subjects, partners):
                yield _meeting(scene, one, other, first, behind, published)
        elif len(subjects) > 1 and not _told_before(scene, first) and (not needs_object or _noun_near(scene, after)):
            before = subjects
            yield from _each_other(scene, subjects, first)


def _told_before(scene: Scene, verb: int) -> bool:
    """Whether the sentence has somebody before the verb, who may be its subject."""
    return scene.last(verb, *PARTICIPANTS) is not None


def _subjects(scene: Scene, first: int, behind: int, before: list[Linked]) -> tuple[list[Linked], int]:
    """Who meets: those right before the verb, those right behind it, or the subject of the verb of meeting before."""
    at = first
    while at > scene.first and first - at < WORDS_SKIPPED and scene.passage.starts("meets.auxiliaries", at - 1):
        at -= 1
    one = scene.last(at, *PARTICIPANTS)
    if one is not None and _end(scene, one) >= at and one.spot.behind <= first:
        return [_headed(scene, one)], behind
    if scene.passage.starts("meets.done", first - 1) and (one := _been(scene, first)) is not None:
        return [one], behind
    if scene.passage.starts("speech.pronouns", first - 1) and (one := _speaking(scene, first - 1)) is not None:
        return [one], behind
    if scene.passage.starts("meets.while", behind, bare=True):
        one = scene.last(first, "official")
        return ([_headed(scene, one)] if one is not None else []), behind + 1
    one = scene.next(behind, *PARTICIPANTS)
    near = TITLE_AT_MOST if scene.passage.starts("title_head", behind, bare=True) else 1
    if one is not None and start_of(one.spot) - behind <= near and not _with_before(scene, behind, start_of(one.spot)):
        row = _row(scene, one)
        return row, _past_head(scene, _end(scene, row[-1]))
    further = scene.passage.starts("meets.further", first - 1) or scene.word(first).startswith(AND)
    return (before if further else []), behind


def _been(scene: Scene, verb: int) -> Linked | None:
    """«كان س، الذي …، قد التقى»: whoever stands right behind «كان» at the sentence's start."""
    for at in (scene.first, scene.first + 1):
        if scene.passage.starts("meets.been", at):
            one = scene.next(at + 1, *PARTICIPANTS)
            return one if one is not None and start_of(one.spot) == at + 1 and one.spot.behind <= verb else None
    return None


def _speaking(scene: Scene, index: int) -> Linked | None:
    """«قال فلان في بيان إنه بحث»: whoever, named last before word `index`, stands right behind a verb of saying."""
    one = scene.last(index, "official")
    if one is None or index - _end(scene, one) > SAID_WITHIN:
        return None
    return one if scene.has("verb", max(scene.first, start_of(one.spot) - 2), start_of(one.spot)) else None


def _with_before(scene: Scene, first: int, behind: int) -> bool:
    return any(_is_with(scene, at) or _closes(scene, at) for at in range(first, behind))


def _object(scene: Scene, after: int, subject: Linked) -> list[Linked]:
    """Whom «التقى» has for its object, past where and when; or with «مع» or «ب»."""
    at = after
    while at < scene.behind and at - after <= OBJECT_WITHIN:
        one = scene.at(at)
        if one is not None and one.spot.kind in PARTICIPANTS:
            start = start_of(one.spot)
            comma = scene.word(start - 1) in COMMAS and not scene.word(start).startswith(BY)
            behind_other = scene.passage.starts("meets.prepositions", start - 1, bare=True)
            joined_on = scene.word(start).startswith(AND) and one.spot.cut > 0
            if one.entity is None or comma or behind_other or joined_on:
                return []
            return _row(scene, one)
        if one is not None:
            at = max(one.spot.behind, at + 1)
            continue
        if _closes(scene, at):
            return []
        at += 1
    return []


def _with(scene: Scene, after: int, needs_object: bool) -> list[Linked]:
    """Those behind «مع», or «ونظيره», if what is held is a meeting."""
    seen = not needs_object
    at = after
    while at < scene.behind and at - after <= BETWEEN_WORDS:
        if scene.passage.starts("meets.nouns", at):
            seen = True
        counterpart = scene.passage.starts("counterpart", at) and scene.word(at).startswith(AND)
        if _is_with(scene, at) or counterpart:
            each = scene.passage.hit("delegation_each", at + 1, bare=True)
            start = at + (not counterpart) if each is None else each.end
            one = scene.next(start, *PARTICIPANTS)
            near = one is not None and start_of(one.spot) - start <= 1
            return _row(scene, one) if near and seen and one is not None else []
        if _closes(scene, at):
            return []
        at += 1
    return []


def _closes(scene: Scene, at: int) -> bool:
    """Whether word `at` begins another clause, or makes the meeting none."""
    if scene.word(at) in ENDS or "verb" in scene.passage.forms[at] and scene.at(at) is None:
        return True
    return any(scene.passage.starts(category, at, bare=True) for category in ("meets.denials", "meets.calls"))


def encounters(scene: Scene) -> Iterator[Claim]:
    """meets: «بعد لقائه وفد س», «إثر لقاء جمعه بس», «عقب محادثات مع س»; the other side is whoever the
    sentence is about."""
    for first, behind, _ in scene.words("meets.own"):
        pronoun = not _is_with(scene, behind - 1) or not scene.passage.starts("meets.nouns", first)
        if not pronoun and not any(scene.passage.starts("meets.when", first - back) for back in (1, 2, 3)):
            continue
        other = scene.next(behind, *PARTICIPANTS)
        subject = scene.last(first, "official") or (None if pronoun else scene.last(first, "delegation"))
        if subject is None or other is None or subject.entity == other.entity or _denied(scene, first):
            continue
        if start_of(other.spot) - behind <= NEAR_PARTNER and _in_clause(scene, behind, start_of(other.spot)):
            for one in _row(scene, other):
                if one.entity != subject.entity:
                    yield _meet(scene, subject, one, first)


def gatherings(scene: Scene) -> Iterator[Claim]:
    """meets: «لقاء ثنائي جمع س مع ص», «اجتماع بين س وص», «اجتماع للوفدين س وص»: each two of those joined."""
    for first, behind, _ in scene.words("meets.nouns"):
        if scene.at(first) is not None or _denied(scene, first):
            continue
        at = behind
        while at - behind < WORDS_SKIPPED and scene.passage.starts("meets.adjectives", at, bare=True):
            at += 1
        binder = scene.passage.hit("meets.binders", at, bare=True)
        one = scene.next(binder.end if binder is not None else at, *PARTICIPANTS)
        if one is None or start_of(one.spot) - (binder.end if binder is not None else at) > 1:
            continue
        if binder is None and not (start_of(one.spot) == at and scene.word(at).startswith(FOR)):
            continue
        row = _row(scene, one)
        others = _with(scene, _end(scene, row[-1]), needs_object=False) if binder is not None else []
        if not others and len(row) == 1:
            others = _by(scene, _end(scene, row[0]))
        if others:
            for one, other in product(row, others):
                if one.entity != other.entity:
                    yield _meet(scene, one, other, first)
        elif len(row) > 1:
            yield from _each_other(scene, row, first)


def summits(scene: Scene) -> Iterator[Claim]:
    """meets: each two of the officials whom a sentence with a summit joins by «و»."""
    summit = next(iter(scene.words("meets.summits")), None)
    for group in joined(scene, scene.of("official")) if summit is not None else ():
        if summit is not None and len(group) > 1:
            for one, other in combinations(group[:LEADERS_AT_MOST], 2):
                if one.entity != other.entity:
                    span = min(summit[0], start_of(one.spot)), max(summit[1], other.spot.behind)
                    yield scene.claim("meets", (("a", one.entity or ""), ("b", other.entity or "")), *span)


def _by(scene: Scene, at: int) -> list[Linked]:
    """«لقاء جمع س بص»."""
    one = scene.next(at, *PARTICIPANTS)
    return _row(scene, one) if one is not None and start_of(one.spot) == at and scene.word(at).startswith(BY) else []


def _row(scene: Scene, one: Linked) -> list[Linked]:
    """The participant and those whom «و» joins right behind him, his title and those at his side left out."""
    row = [one]
    while len(row) < LEADERS_AT_MOST:
        end = _past_head(scene, _end(scene, row[-1]))
        headed = end > _end(scene, row[-1])
        comma = scene.word(end) in COMMAS
        end += comma
        also = scene.passage.hit("meets.also", end) if scene.word(end).startswith(AND) else None
        end = end if also is None else also.end  # «مع وفد س برئاسة ع وكذلك وفد ص»
        other = scene.next(end, *PARTICIPANTS)
        if also is not None and other is not None and start_of(other.spot) == end:
            row.append(other)
            continue
        if other is None or start_of(other.spot) != end or not scene.word(end).startswith(AND):
            break
        if comma and end == other.spot.first and not headed:
            break  # behind a comma only somebody with an office goes on with the row («مع س، ووزير … ص»)
        if other.spot.cut == 0 and (other.spot.title is None or other.spot.title.cut == 0):
            break
        row.append(other)
    return [other for place, other in enumerate(row) if all(other.entity != before.entity for before in row[:place])]


def _past_head(scene: Scene, at: int) -> int:
    """Past «برئاسة فلان» behind a delegation: he is at its head, and the delegation is meant."""
    if not scene.passage.starts("leads.under", at):
        return at
    head = scene.next(at + 1, "official")
    return _end(scene, head) if head is not None and start_of(head.spot) - at <= 2 else at


def _headed(scene: Scene, one: Linked) -> Linked:
    """The delegation, where a person stands only as its head («الوفد برئاسة فلان»)."""
    start = start_of(one.spot)
    under = next((start - back for back in (1, 2) if scene.passage.starts("leads.under", start - back)), None)
    delegation = scene.last(under, "delegation") if under is not None else None
    return one if delegation is None or under is None or under - delegation.spot.behind > 1 else delegation


def _end(scene: Scene, one: Linked) -> int:
    """The word behind a participant, his title behind his name included."""
    title = one.spot.title
    return max(one.spot.behind, title.end) if title is not None and title.start >= one.spot.behind else one.spot.behind


def _is_with(scene: Scene, index: int) -> bool:
    return scene.passage.starts("meets.with", index, bare=True)


def _noun_near(scene: Scene, index: int) -> bool:
    return any(scene.passage.starts("meets.nouns", index + gap) for gap in range(2))


def _denied(scene: Scene, index: int) -> bool:
    return scene.has("meets.denials", max(scene.first, index - DENIED_WITHIN), index)


def _in_clause(scene: Scene, first: int, behind: int) -> bool:
    return not any("verb" in scene.passage.forms[at] or scene.passage.word(at) in ENDS for at in range(first, behind))


def _each_other(scene: Scene, row: Iterable[Linked], word: int) -> Iterator[Claim]:
    for one, other in combinations(row, 2):
        if one.entity != other.entity:
            yield _meet(scene, one, other, word)


def _meeting(scene: Scene, one: Linked, other: Linked, first: int, behind: int, published: dt.date | None) -> Claim:
    """A meeting told by a verb, with its day if the clause names one."""
    pair = sorted((one, other), key=lambda one: one.spot.first)
    end = max(behind, pair[1].spot.behind)
    days = _days_between(scene, published, first, end)
    when: Fields = (("date", days.first.isoformat()),) if days is not None and days.first == days.last else ()
    fields: Fields = (("a", pair[0].entity or ""), ("b", pair[1].entity or ""))
    start = min(first, pair[0].spot.first)
    return scene.claim(
        "meets", fields + _round(scene, one, other, end) + when, start, end, days.why if when and days else ""
    )


def _meet(scene: Scene, one: Linked, other: Linked, word: int) -> Claim:
    pair = sorted((one, other), key=lambda one: one.spot.first)
    first, behind = min(word, pair[0].spot.first), max(word + 1, pair[1].spot.behind)
    fields: Fields = (("a", pair[0].entity or ""), ("b", pair[1].entity or ""))
    return scene.claim("meets", fields + _round(scene, one, other, behind), first, behind)


def _round(scene: Scene, one: Linked, other: Linked, near: int) -> Fields:
    """The round at which they met: two delegations of which an article tells meet at its round."""
    told = round_field(scene, near)
    delegations = one.spot.kind == other.spot.kind == "delegation"
    if told or not delegations or scene.main is None or not scene.main[-1].isdigit():
        return told
    return (("round", scene.main),)


def _days_between(scene: Scene, published: dt.date | None, first: int, behind: int) -> Days | None:
    return next(iter(days_in(scene.passage, published, first, behind)), None)
