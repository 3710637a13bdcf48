"""meets, told by a verb: «التقى س ص», «بحث س مع ص», «أجرى س لقاء مع ص», «عقد س وص اجتماعا», «س وص يجتمعان»."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS, QUOTE
from sijill.arabic.written import written_at
from sijill.claims.meeting import (
    AND,
    FOR,
    TITLE_AT_MOST,
    all_of_them,
    apart,
    closes,
    denied,
    each_other,
    headed,
    is_with,
    meet,
    only_one,
    past_head,
    past_retinue,
    row,
)
from sijill.claims.meeting_objects import partners
from sijill.claims.scene import PARTICIPANT, PARTICIPANTS, Rule, Scene, been, end_of, speaker_before, start_of
from sijill.link import Linked
from sijill.model import Claim

OBJECT_WITHIN = 10
"""Words of an office between «استقبله» and who received him."""
ROWS_BEFORE = 8
"""Participants before a verb of several among whom its subjects are sought."""
CALLED_WITHIN = 12
"""Words behind «بحثا» in which a telephone makes it no meeting."""
CALLED_BEFORE = 30
"""Words of the paragraph before it in which one does so."""
MET = ("party", "delegation_head", "title_head", "counterpart", "name")
"""What begins the name or the office of whomever somebody met."""
WHEN = ("relative_day", "weekday", "date.before")
ACCUSATIVE = ("ا", "ين")
CALLED_AFTER = 4
"""Words behind whoever somebody spoke with in which it makes it none."""
WORDS_SKIPPED = 4
RELATIVE_AT_MOST = 10
"""Words of «الذي …» between a subject and its verb."""
WHEN_AT_MOST = 5
"""Words between commas that say when those met who stand before."""


class Subjects(NamedTuple):
    """Who meets, the word behind those who are named behind the verb, and whether they are."""

    those: list[Linked]
    after: int
    behind_verb: bool = False


def _meetings(scene: Scene) -> Iterator[Claim]:
    """The meetings that the verbs of a sentence tell."""
    before: list[Linked] = []
    for first, behind, category in scene.words("meets.with_preposition", "meets.direct"):
        if scene.at(first) is not None or denied(scene, first):
            continue
        inside = scene.passage.starts("meets.inside", behind, bare=True)
        inside = inside and scene.passage.starts("delegation_head", behind + 1, bare=True)
        found = _subjects(scene, first, behind + inside, [] if inside else before)
        if inside and not found.behind_verb:
            continue  # «زيارة التقى فيها الوفد ص»: whoever stands before the clause is not its subject
        met = partners(scene, found.after, first, category) if found.those else []
        if found.behind_verb and not met and category == "meets.direct":
            # «حيث التقى س»: nothing stands behind whoever follows, so he is met, and who met him came before
            subject = _understood(scene, first, before) if _nothing_more(scene, found.after) else []
            if subject:
                found, met = Subjects(subject, found.after), found.those
        met = [one for one in met if all(one.entity != other.entity for other in found.those)]
        if met and _by_telephone(scene, end_of(met[-1])):
            continue
        if met:
            for one, other in product(found.those, met):
                yield meet(scene, one, other, first, behind, scene.published.day)
            yield from all_of_them(scene, met, first)
        elif len(found.those) > 1 and _with_each_other(scene, found, first, behind, category):
            yield from each_other(scene, found.those, first, first + 1)
        if found.those:
            before = found.those


def _received(scene: Scene) -> Iterator[Claim]:
    """«وصل س، حيث استقبله ص»: whoever is named alone before is met by whoever follows."""
    for first, behind, _ in scene.words("meets.direct_it"):
        one, other = only_one(scene, first), scene.next(behind, *PARTICIPANTS)
        if one is None or other is None or denied(scene, first) or one.entity == other.entity:
            continue
        heads = scene.passage.between("title_head", behind, start_of(other.spot) + 1)
        titled = any(scene.passage.starts("title_head", at, bare=True) for at in heads)
        if start_of(other.spot) - behind <= (OBJECT_WITHIN if titled else 1):
            yield meet(scene, one, other, first, behind, scene.published.day)


def _by_telephone(scene: Scene, index: int) -> bool:
    """«بحث س مع ص في اتصال هاتفي»: whether the words right behind whoever was met say so."""
    return scene.has("meets.calls", index, min(scene.behind, index + CALLED_AFTER))


def _with_each_other(scene: Scene, found: Subjects, first: int, behind: int, category: str) -> bool:
    """Whether those who are the subjects of a verb met each other."""
    several = scene.passage.starts("meets.several", first)
    mutual = category != "meets.direct" or scene.passage.starts("meets.mutual", first)
    if not (several or found.behind_verb and mutual) or scene.passage.starts("meets.never_mutual", first):
        return False
    if found.behind_verb and scene.last(first, *PARTICIPANTS) is not None:
        return False  # the sentence has somebody before the verb, who may be its subject
    if category == "meets.direct" and _meets_others(scene, found.after):
        return False
    if scene.passage.starts("meets.needs_object", first):
        at = _past_when(scene, found.after)
        noun = next((at + gap for gap in range(2) if scene.passage.starts("meets.nouns", at + gap)), None)
        return noun is not None and not apart(scene, noun + 1)
    called = scene.passage.any("meets.calls", max(0, first - CALLED_BEFORE), first)
    return not called and not scene.has("meets.calls", behind, min(scene.behind, behind + CALLED_WITHIN))


def _meets_others(scene: Scene, index: int) -> bool:
    """«يلتقي س وص في 26 آب جماعات المعارضة»: whether behind the day others follow, whom those before it met."""
    at = index + scene.passage.starts("date.before", index, bare=True)
    day = written_at(scene.passage, at)
    return day is not None and day.end < scene.behind and scene.passage.starts_one(MET, day.end, bare=True)


def _past_when(scene: Scene, index: int) -> int:
    """Behind «، مساء أمس،» or «يوم الأربعاء»; the word itself where nothing of the kind stands there."""
    at = index
    if scene.word(at) in COMMAS:
        ahead = range(at + 1, min(scene.behind, at + 2 + WHEN_AT_MOST))
        close = next((end for end in ahead if scene.word(end) in COMMAS or closes(scene, end)), at)
        aside = scene.word(close) in COMMAS and not any(scene.word(end).startswith(AND) for end in range(at + 1, close))
        return close + 1 if aside and close > at else index
    while at - index < WHEN_AT_MOST and scene.passage.starts_one(WHEN, at, bare=True):
        at += 1
    return at


def _subjects(scene: Scene, first: int, behind: int, before: list[Linked]) -> Subjects:
    """Who meets: those right before the verb, those right behind it, or whoever is understood."""
    passage, at = scene.passage, first
    while at > scene.first and first - at < WORDS_SKIPPED and passage.starts("meets.auxiliaries", at - 1):
        at -= 1
    if passage.starts("meets.several", first) and (several := _row_before(scene, at)):
        return Subjects(several, behind)
    if before and any(passage.starts("meets.to_come", index, bare=True) for index in range(first - 2, first)):
        return Subjects(before, behind)
    if passage.starts("meets.mine", first):
        speaker = speaker_before(scene, first)
        return Subjects([] if speaker is None else [speaker], behind)
    if (one := _behind_relative(scene, first)) is not None:
        return Subjects([headed(scene, one)], behind)
    one = scene.last(at, *PARTICIPANTS)
    if one is not None and _closed(scene, one) >= at and one.spot.behind <= first and not _governed(scene, one):
        return Subjects([headed(scene, one)], behind)
    if passage.starts("meets.done", first - 1) and (one := been(scene, first)) is not None:
        return Subjects([one], behind)
    if any(passage.starts("speech.pronouns", index) for index in range(at, first)) or passage.starts(
        "speech.pronouns", at - 1
    ):
        speaker = speaker_before(scene, first)
        if speaker is not None:
            return Subjects([speaker], behind)
    if passage.starts("meets.while", behind, bare=True):
        one = scene.last(first, "official") or scene.last(first, "delegation")
        return Subjects([headed(scene, one)] if one is not None else [], behind + 1)
    while (honorific := passage.hit("honorific", behind, bare=True)) is not None:
        behind = honorific.end
    one = scene.next(behind, *PARTICIPANTS)
    titled = passage.starts("title_head", behind, bare=True)
    if titled and one is not None and _is_nobodys_office(scene, behind, one):
        return Subjects([], behind)  # «استقبل الوزير وفدا من س»: who did is not known
    near = TITLE_AT_MOST if titled else 1
    if one is not None and start_of(one.spot) - behind <= near and not _with_before(scene, behind, start_of(one.spot)):
        those = row(scene, one)
        after = past_retinue(scene, past_head(scene, end_of(those[-1])))
        quoted = scene.word(start_of(one.spot) - 1) == scene.word(after) == QUOTE  # «يجري "س" محادثات»
        return Subjects(those, after + quoted, behind_verb=True)
    if not (is_with(scene, behind) or passage.starts("meets.nouns", behind)):
        if before and _goes_on(scene, first):
            return Subjects(before, behind)
        named = passage.starts("title_head", behind) or passage.starts("meets.both", behind)  # «حيث بحث الجانبان»
        return Subjects([] if named else _understood(scene, first, []), behind)
    return Subjects(_understood(scene, first, before), behind)


def _closed(scene: Scene, one: Linked) -> int:
    """The word behind somebody and the quotation mark that closes what opens right before his name."""
    end = end_of(one)
    return end + (scene.word(end) == QUOTE == scene.word(start_of(one.spot) - 1))


def _is_nobodys_office(scene: Scene, index: int, one: Linked) -> bool:
    """Whether an office stands before a delegation that is another's («الوزير وفدا», not «رئيس وفد س»)."""
    if one.spot.kind != "delegation" or one.spot.first == index:
        return False
    return scene.word(index).startswith(ARTICLE) or scene.word(one.spot.first).endswith(ACCUSATIVE)


def _behind_relative(scene: Scene, verb: int) -> Linked | None:
    """«س، الذي وصل أمس، التقى ص»: whoever stands before a clause about him that ends right before the verb."""
    if scene.word(verb - 1) not in COMMAS:
        return None
    for at in range(verb - 2, max(scene.first, verb - 2 - RELATIVE_AT_MOST), -1):
        if scene.word(at) in COMMAS:
            one = scene.last(at, *PARTICIPANTS)
            told = scene.passage.starts("speech.relatives", at + 1, bare=True)
            return one if told and one is not None and end_of(one) == at and not _governed(scene, one) else None
        if closes(scene, at):
            return None
    return None


def _row_before(scene: Scene, verb: int) -> list[Linked]:
    """Those joined right before a verb of several: «س وص يجتمعان», «الوفدان س برئاسة ع وص برئاسة ف عقدا»."""
    for one in [one for one in scene.of(*PARTICIPANTS) if one.spot.behind <= verb][-ROWS_BEFORE:]:
        those = row(scene, one)
        end = past_head(scene, end_of(those[-1]))
        if len(those) > 1 and end + (scene.word(end) in COMMAS and end < verb) == verb:
            return those
    return []


def _governed(scene: Scene, one: Linked) -> bool:
    """Whether «مع» or another preposition stands right before, or an office: «بعد لقاء مع س، التقى ص ع» and «مبعوث س
    يلتقي ص» have another subject."""
    start = start_of(one.spot)
    if scene.passage.starts("title_head", start - 1, bare=True):
        return True
    return is_with(scene, start - 1) or scene.passage.starts("meets.prepositions", start - 1, bare=True)


def _goes_on(scene: Scene, first: int) -> bool:
    word = scene.word(first)
    return scene.passage.starts("meets.further", first - 1) or word.startswith((AND, FOR))


def _understood(scene: Scene, first: int, before: list[Linked]) -> list[Linked]:
    """The subject of a verb that goes on with what somebody does: of the verb of meeting before, or the only one."""
    if _goes_on(scene, first) and before:
        return before
    if not (_goes_on(scene, first) or scene.passage.starts("meets.whereupon", first - 1)):
        return []
    one = only_one(scene, first)
    return [] if one is None else [one]


def _nothing_more(scene: Scene, at: int) -> bool:
    """Whether no object can follow at word `at`: the sentence ends, or says where, when or why."""
    passage = scene.passage
    if at >= scene.behind or not scene.word(at).isalpha() or scene.word(at).startswith(AND):
        return scene.word(at) not in COMMAS or not passage.starts("title_head", at + 1)
    return any(
        passage.starts(category, at)
        for category in ("meets.prepositions", "relative_day", "weekday", "in", "meets.when")
    )


def _with_before(scene: Scene, first: int, behind: int) -> bool:
    """Whether «مع», a quotation or another clause begins in between; a name itself may stand in quotation marks."""
    quoted = scene.word(behind - 1) == QUOTE == scene.word(first)
    return any(
        is_with(scene, at) or scene.word(at) == QUOTE or closes(scene, at) for at in range(first, behind - quoted)
    )


RULES: tuple[Rule, ...] = (
    Rule(_meetings, PARTICIPANT, ("meets.with_preposition", "meets.direct")),
    Rule(_received, PARTICIPANT, ("meets.direct_it",)),
)
