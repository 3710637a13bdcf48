"""What a sentence says of a round's days and place: the claim `held`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sijill.arabic.dates import Days, days_in
from sijill.arabic.delegations import NISBA, party_at
from sijill.arabic.numerals import digits_at
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.written import date_of
from sijill.claims.scene import ROUND, Rule, Scene
from sijill.holding import Tie, destination, place_of, tie_of
from sijill.link import Linked
from sijill.model import Claim, EntityId, Fields
from sijill.recognise.spot import Spot

__all__ = ["RULES"]

LASTING_WITHIN = 30
"""Words behind a round's verb among which stands how long it lasts."""
ENDING_WITHIN = 8
"""Words behind the first day among which the verb stands that tells the last, and behind that its day."""
LONGEST = dt.timedelta(days=31)
NEAR = dt.timedelta(days=10)
"""Between publication and the days of talks that no words tell apart from those that the article is about."""
DATED_WITHIN = 6
"""Words of a day that stands right behind a round and its place."""
CITY_WITHIN = 3
"""Words from «في» to the city: «في منتجع سوتشي», «في العاصمة الكازاخية أستانا»."""


def _tied(scene: Scene) -> Iterator[Claim]:
    """held: the days and the city of a round, where a verb or participle of holding ties them to it."""
    for one in scene.of("round"):
        tie = tie_of(one.spot, scene.passage, scene.first, scene.behind)
        if tie is None:
            yield from _placed(scene, one)
            continue
        days = _days(scene, one, tie)
        place, first, behind = _place(scene, one, tie)
        if days is None and place == one.spot.place and not _says_where(scene, one):
            continue  # «عقد مؤتمر جنيف 2»: the name of a city in that of a round says not where it is held
        yield from _held(scene, one, tie, days, (place, first, behind))


def _again(scene: Scene) -> Iterator[Claim]:
    """held: «وبدأت المفاوضات اليوم في أستانا»: the article's round, near its publication and in its city."""
    about = scene.published.about
    if scene.main is None or not scene.main[-1].isdigit() or about is None or scene.of("round"):
        return
    for first, behind, _ in scene.words("rounds.anaphors"):
        spot = Spot(scene.sentence.paragraph, first, behind, 0, "round", "rule:round-again")
        one = Linked(spot, scene.main, "round-of-article")
        verb = scene.passage.hit("event_verb", first - 1)
        tie = tie_of(spot, scene.passage, scene.first, scene.behind) if verb is not None else None
        if tie is None or tie.at != first - 1 or scene.at(first) is not None:
            continue
        days, where = _days(scene, one, tie), _place(scene, one, tie)
        if days is not None and abs(days.first - about) <= NEAR and _is_city_of(scene, where[1], scene.main):
            yield from _held(scene, one, tie, days, where)
            return


def _placed(scene: Scene, one: Linked) -> Iterator[Claim]:
    """held, with no verb: where the words of a round say where, or those right behind, and the day right behind that:
    «مؤتمر الحوار السوري في سوتشي», «المؤتمر»، في سوتشي الروسية في 18 نوفمبر»."""
    passage, place, behind = scene.passage, one.spot.place, one.spot.behind
    if not _says_where(scene, one):
        at = behind
        while scene.word(at) == QUOTE or scene.word(at) in COMMAS:
            at += 1
        city = passage.hit("place", at + 1, bare=True) if passage.starts("in", at, bare=True) else None
        if city is None or not (one.entity or "").startswith(f"{city.value}-"):
            return  # «عقب الجولة الثامنة، في موسكو»
        place, behind = str(city.value), city.end
    fields: Fields = (("round", one.entity or ""), ("place", place))
    at = behind + (party_at(passage, behind, NISBA) is not None)  # «في سوتشي الروسية»
    at += passage.starts("date.before", at, bare=True)
    days = next(iter(days_in(passage, scene.published.day, at, min(scene.behind, at + DATED_WITHIN))), None)
    if days is not None and (days.start != at or passage.starts_one(("relative_day", "weekday"), at)):
        days = None  # «في أستانا أمس» may be the day of anything
    if days is not None:
        fields = (fields[0], *_days_of(days), fields[1])
    yield scene.claim("held", fields, one.spot.first, behind if days is None else days.end, days.why if days else "")


def _days_of(days: Days) -> Fields:
    start: Fields = (("start", days.first.isoformat()),)
    return start if days.first == days.last else (*start, ("end", days.last.isoformat()))


def _is_city_of(scene: Scene, index: int, entity: EntityId) -> bool:
    """Whether the city that a round's process is called by stands at a word."""
    hits = (scene.passage.hit(category, index) for category in ("city", "host"))
    return any(hit is not None and hit.value == entity.rpartition("-")[0] for hit in hits)


def _held(scene: Scene, one: Linked, tie: Tie, days: Days | None, where: tuple[str, int, int]) -> Iterator[Claim]:
    """The claim of what is told, if anything is; `where` is the place with its words."""
    place, first, behind = where
    fields: Fields = (("round", one.entity or ""), *_when(scene, tie, days))
    if place:
        fields += (("place", place),)
    if len(fields) > 1:
        first, behind = min(tie.at, one.spot.first, first), max(tie.behind, one.spot.behind, behind)
        if days is not None:
            first, behind = min(first, days.start), max(behind, days.end)
        yield scene.claim("held", fields, first, behind, days.why if days is not None else "")


def _says_where(scene: Scene, one: Linked) -> bool:
    """«مؤتمر السلام في منتجع سوتشي», but not «مؤتمر سوتشي»: the city is no part of the name."""
    passage, spot = scene.passage, one.spot
    if not spot.place:
        return False
    places = passage.between("place", spot.first + 1, spot.behind)
    there = [at for at in places if any(hit.value == spot.place for hit in passage.hits("place", at))]
    return any(
        passage.starts("in", at) or passage.starts("locative", at)
        for place in there
        for at in range(max(spot.first + 1, place - CITY_WITHIN), place + 1)
    )


def _days(scene: Scene, one: Linked, tie: Tie) -> Days | None:
    day, about = scene.published.day, scene.published.about
    for first, end in tie.windows:
        found = days_in(scene.passage, day, first, end, tie.verb.time, about)
        appointed = end <= tie.at  # «28 تشرين الثاني موعداً للجولة»: the nearest days before the word are meant
        for days in reversed(found) if appointed else found:
            between = _between(scene, days.end, end) if appointed else _between(scene, first, days.start)
            if not any(other.spot.kind == "round" and other is not one for other in between):
                return days
    return None


def _between(scene: Scene, first: int, behind: int) -> Iterator[Linked]:
    return (one for one in scene.links if first <= one.spot.first < behind)


def _when(scene: Scene, tie: Tie, days: Days | None) -> Fields:
    """The fields of the days: a beginning, an end, or both; a beginning with its length gives the end."""
    if days is None:
        return ()
    until = any(scene.passage.starts("date.until", at, bare=True) for at in (days.start - 1, days.start - 2))
    if tie.verb.phase == "ends" or until:
        end = ("end", days.last.isoformat())
        if (length := _length(scene, tie)) is None:
            return (end,)
        return (("start", (days.last - dt.timedelta(days=length - 1)).isoformat()), end)
    last = days.last
    if tie.verb.phase == "goes_on" and days.first == last:  # «تتواصل اليوم» says neither, «تستمر يومي …» both
        return ()
    if days.first == last and (length := _length(scene, tie)) is not None:
        last = days.first + dt.timedelta(days=length - 1)
    elif days.first == last:
        last = _end(scene, tie, days) or last
    return _days_of(days._replace(last=last))


def _end(scene: Scene, tie: Tie, days: Days) -> dt.date | None:
    """«تبدأ في 10 تموز وتنتهي في 15 منه», «… وتستمر حتى الجمعة»: the day of a second verb of the same round."""
    passage = scene.passage
    for index in passage.between("event_verb", days.end, min(scene.behind, days.end + ENDING_WITHIN)):
        hit = passage.hit("event_verb", index)
        if hit is None or hit.value.phase not in ("ends", "goes_on"):
            continue
        behind = hit.end
        while passage.starts("date.before", behind, bare=True) or passage.starts("date.until", behind, bare=True):
            behind += 1
        number = digits_at(passage, behind)
        if number is not None and passage.starts("date.same_month", number[1], bare=True):
            last = date_of(days.first.year, days.first.month, number[0])
        else:
            until = hit.value.phase == "ends" or passage.starts("date.until", behind - 1, bare=True)
            found = days_in(
                passage, scene.published.day, behind, min(scene.behind, behind + ENDING_WITHIN), tie.verb.time
            )
            last = found[0].last if until and found and found[0].start <= behind else None
        return last if last is not None and days.first < last <= days.first + LONGEST else None
    return None


def _length(scene: Scene, tie: Tie) -> int | None:
    """«تستمر يومين», «على مدى ثلاثة أيام»."""
    for index in scene.passage.between("duration", tie.behind, min(scene.behind, tie.behind + LASTING_WITHIN)):
        hit = scene.passage.hit("duration", index)
        if hit is None or scene.passage.starts("date.or", hit.end, bare=True):  # «لمدة أسبوعين أو ثلاثة»
            continue
        for at in (index - 1, index - 2):
            verb = scene.passage.hit("event_verb", at)
            if verb is not None and verb.value.phase == "goes_on" or scene.passage.starts("date.lasting", at):
                return int(hit.value)
    return None


def _place(scene: Scene, one: Linked, tie: Tie) -> tuple[str, int, int]:
    """The city where the round is held, with its words."""
    spot = one.spot
    if spot.place:
        return spot.place, spot.first, spot.behind
    found = place_of(spot, scene.passage, tie, scene.behind)
    return found if found[0] else destination(scene.passage, spot.first, scene.first)


RULES: tuple[Rule, ...] = (
    Rule(_tied, ROUND),
    Rule(_again, ROUND, ("rounds.anaphors",)),
)
