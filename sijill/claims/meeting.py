"""What every way to tell a meeting needs: who stands in a row, what makes it none, and the claim itself. Separate from
the ways, which are many: by a verb (`meeting_verbs`), by a noun (`meeting_nouns`), by a summit (`meeting_summits`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from sijill.arabic.dates import Days, days_in
from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.titles import title_at
from sijill.claims.people import round_field
from sijill.claims.scene import PARTICIPANTS, Scene, end_of, start_of
from sijill.link import Linked
from sijill.model import Claim, Fields

__all__ = [
    "AND",
    "BY",
    "FOR",
    "ROW_AT_MOST",
    "TITLE_AT_MOST",
    "all_of_them",
    "apart",
    "by",
    "closes",
    "cut_off",
    "denied",
    "each_other",
    "headed",
    "in_clause",
    "is_with",
    "meet",
    "only_one",
    "past_head",
    "past_quoted",
    "past_retinue",
    "proclitic",
    "row",
]

ENDS = frozenset({".", "؛", ":", "إن", "ان"})
AND, BY, FOR = "و", "ب", "ل"
BESIDE = ("meets.afterwards", "attends.besides")
"""What joins one more to a row without «و»."""
ROW_AT_MOST = 8
"""A longer list of names is a list of those present, not of those who met each other."""
DENIED_WITHIN = 4
"""Words before a meeting in which a denial makes it none."""
QUOTED_AT_MOST = 5
"""Words in quotation marks that say what a meeting was («"مشاورات غير رسمية"») and end no clause."""
TITLE_AT_MOST = 8
"""Words of an office that is not read to its end, before a name."""
NEAR_NOUN = 4
"""Words behind «لقاءات» that say with whom they were, or that they were not with each other."""
CLAUSE_WITHIN = 60
"""Words behind a meeting in which a clause begins whose rounds are not the meeting's."""
DATED_WITHIN = 3
"""Words behind whoever was met at which the day can begin."""


def row(scene: Scene, one: Linked) -> list[Linked]:
    """The participant and those whom «و» joins right behind him, his title and those at his side left out."""
    found = [one]
    while len(found) < ROW_AT_MOST:
        end = past_head(scene, end_of(found[-1]))
        headed = end > end_of(found[-1])
        end += scene.word(end) == QUOTE == scene.word(found[-1].spot.first - 1)  # «رئيس الوزراء "س"، والرئيس "ص"»
        end = past_retinue(scene, end)
        comma = scene.word(end) in COMMAS
        end += comma
        if len(found) > 1 and scene.passage.starts("meets.again", end):
            break  # «بين س وص، وبين ص وع»: another meeting
        end += scene.word(end) == AND  # «س، و ص»
        joins = ("meets.also",) if scene.word(end).startswith(AND) else BESIDE
        hits = [hit for category in joins if (hit := scene.passage.hit(category, end)) is not None]
        also = max(hits, key=lambda hit: hit.end, default=None)
        end = end if also is None else also.end  # «مع وفد س برئاسة ع وكذلك وفد ص»
        other = scene.next(end, *PARTICIPANTS)
        if also is not None and other is not None and start_of(other.spot) == end:
            found.append(other)
            continue
        detached = scene.word(end - 1) == AND
        if other is None or not (detached or scene.word(end).startswith(AND)):
            break
        bare = scene.passage.starts("title_head", end, bare=True)  # «مع س وزير … ص»: «وزير» has no «و» before it
        if not bare and unread_office(scene, end, start_of(other.spot)):
            found.append(other)
            continue
        if start_of(other.spot) != end:
            break
        if comma and end == other.spot.first and not (headed or detached or _has_office_behind(scene, other)):
            break  # behind a comma only somebody with an office goes on with the row («مع س، ووزير … ص», «وص وزير …،»)
        if not detached and other.spot.cut == 0 and (other.spot.title is None or other.spot.title.cut == 0):
            break
        found.append(other)
    return [
        other for place, other in enumerate(found) if all(other.entity != before.entity for before in found[:place])
    ]


def _has_office_behind(scene: Scene, one: Linked) -> bool:
    """«وفلان وزير خارجية س،»: no verb can follow of which he is the subject."""
    return end_of(one) > one.spot.behind and not scene.word(end_of(one)).isalpha()


def unread_office(scene: Scene, first: int, behind: int) -> bool:
    """Whether words `first` to `behind`, right before a name, are an office that is not read to its end («ونائب الوزير
    لشؤون القارة فلان»); a verb is no part of one («ونائب الوزير يزور فلانا»)."""
    title = title_at(scene.passage, first) if 0 < behind - first <= TITLE_AT_MOST else None
    return title is not None and all(
        scene.word(at).removeprefix(AND).startswith((ARTICLE, FOR)) for at in range(title.end, behind)
    )


def past_retinue(scene: Scene, at: int) -> int:
    """Past «وفريقه», «ونائبه» behind a participant: those at his side, whom nobody names; not where a name follows."""
    hit = scene.passage.hit("meets.retinue", at) if scene.word(at).startswith(AND) else None
    named = hit is not None and (one := scene.at(hit.end)) is not None and one.spot.kind == "official"
    return at if hit is None or named else hit.end


def past_head(scene: Scene, at: int) -> int:
    """Past «برئاسة فلان» behind a delegation: he is at its head, and the delegation is meant."""
    if not scene.passage.starts("leads.under", at):
        return at
    head = scene.next(at + 1, *PARTICIPANTS)
    if head is None or head.spot.kind != "official":
        return at
    start = start_of(head.spot)
    return end_of(head) if start - at <= 2 or unread_office(scene, at + 1, start) else at


def headed(scene: Scene, one: Linked) -> Linked:
    """The delegation, where a person stands only as its head («الوفد برئاسة فلان»)."""
    start = start_of(one.spot)
    under = next((start - back for back in (1, 2) if scene.passage.starts("leads.under", start - back)), None)
    delegation = scene.last(under, "delegation") if under is not None else None
    return one if delegation is None or under is None or under - delegation.spot.behind > 1 else delegation


def is_with(scene: Scene, index: int) -> bool:
    """Whether «مع» stands here."""
    return scene.passage.starts("meets.with", index, bare=True)


def by(scene: Scene, at: int) -> list[Linked]:
    """«لقاء جمع س بص», «اجتمع س بص»: those whom «ب» begins at word `at`."""
    one = scene.next(at, *PARTICIPANTS) if scene.word(at).startswith(BY) else None
    return row(scene, one) if one is not None and start_of(one.spot) == at and cut_off(one) else []


def cut_off(one: Linked) -> int:
    """How many letters stand before the words that name somebody, his title included: the «ب» of «بالوفد»."""
    title = one.spot.title
    return title.cut if title is not None and title.start < one.spot.first else one.spot.cut


def apart(scene: Scene, index: int) -> bool:
    """«منفصلة», «مع الخبراء» from word `index` on: those who held meetings did not meet each other."""
    near = range(index, min(scene.behind, index + NEAR_NOUN))
    return any(is_with(scene, at) or scene.passage.starts("meets.apart", at, bare=True) for at in near)


def closes(scene: Scene, at: int) -> bool:
    """Whether word `at` begins another clause, or makes the meeting none."""
    if scene.word(at) in ENDS or scene.says(at) and scene.at(at) is None:
        return True
    return scene.passage.starts_one(("meets.denials", "meets.calls"), at, bare=True)


def past_quoted(scene: Scene, at: int) -> int | None:
    """Behind the few words in quotation marks that open at word `at`; None where what opens is what somebody says."""
    close = next((end for end in range(at + 1, at + 2 + QUOTED_AT_MOST) if scene.word(end) == QUOTE), None)
    return None if close is None else close + 1


def proclitic(scene: Scene, category: str, index: int) -> str:
    """The last letter cut off the word that starts a phrase; empty where none is («لقاء» is no «ل»)."""
    hit = scene.passage.hit(category, index)
    return scene.word(index)[hit.cut - 1] if hit is not None and hit.cut else ""


def denied(scene: Scene, index: int) -> bool:
    """Whether the few words before say that it was not, or may not be."""
    return scene.has("meets.denials", max(scene.first, index - DENIED_WITHIN), index)


def in_clause(scene: Scene, first: int, behind: int) -> bool:
    """Whether no other clause begins in words `first` to `behind`."""
    return not any(scene.says(at) or scene.word(at) in ENDS or scene.word(at) == QUOTE for at in range(first, behind))


def only_one(scene: Scene, index: int) -> Linked | None:
    """Whoever is named alone before word `index`: an official, else a delegation; None where several are, or one of
    whom it is not known who he is."""
    if any(one.entity is None and one.spot.kind == "official" and one.spot.behind <= index for one in scene.links):
        return None
    for kind in PARTICIPANTS[::-1]:
        before = [one for one in scene.of(kind) if one.spot.behind <= index]
        if before:
            return headed(scene, before[-1]) if len({one.entity for one in before}) == 1 else None
    return None


def each_other(scene: Scene, those: Iterable[Linked], first: int, behind: int) -> Iterator[Claim]:
    """A claim for each two."""
    for one, other in combinations(those, 2):
        if one.entity != other.entity:
            yield meet(scene, one, other, first, behind)


def all_of_them(scene: Scene, those: list[Linked], first: int) -> Iterator[Claim]:
    """«عقد س لقاء ثلاثيا مع ص وع»: those whom somebody met met each other, where the words from `first` up to them say
    that it was a meeting of several."""
    if len(those) > 1 and scene.has("meets.multilateral", first, start_of(those[0].spot)):
        yield from each_other(scene, those, first, first + 1)


def meet(scene: Scene, one: Linked, other: Linked, first: int, behind: int, published: dt.date | None = None) -> Claim:
    """A meeting told by the words `first` to `behind`; with `published`, also its day if the clause names one."""
    pair = sorted((one, other), key=lambda one: one.spot.first)
    start, end = min(first, pair[0].spot.first), max(behind, pair[1].spot.behind)
    days = _days(scene, published, first, end) if published is not None else None
    when: Fields = (("date", days.first.isoformat()),) if days is not None else ()
    fields: Fields = (("a", pair[0].entity or ""), ("b", pair[1].entity or ""))
    return scene.claim(
        "meets", fields + _round(scene, pair[0], pair[1], end) + when, start, end, days.why if days else ""
    )


def _days(scene: Scene, published: dt.date | None, first: int, behind: int) -> Days | None:
    """The one day between the verb and whoever was met, or right behind him («التقى نظيره أمس», «سيلتقي س غداً»)."""
    found = days_in(scene.passage, published, first, behind)
    end = behind
    while not found and end < min(scene.behind, behind + DATED_WITHIN) and not closes(scene, end):
        end += 1
        found = [
            days
            for days in days_in(scene.passage, published, end - 1, min(scene.behind, end + DATED_WITHIN))
            if days.start < end
        ]
    return found[0] if found and found[0].first == found[0].last else None


def _round(scene: Scene, one: Linked, other: Linked, near: int) -> Fields:
    """The round at which they met: two delegations of which an article tells meet at its round."""
    ahead = range(near, min(scene.behind, near + CLAUSE_WITHIN))
    clause = next((at for at in ahead if scene.word(at) in ENDS), None)
    told = round_field(scene, near, clause)  # «قال س بعد لقاء مع ص إن الجولة ستعقد»: not there
    delegations = one.spot.kind == other.spot.kind == "delegation"
    if told or not delegations or scene.main is None or not scene.main[-1].isdigit():
        return told
    return (("round", scene.main),)
