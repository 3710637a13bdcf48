"""Whom a verb of meeting has for its object: behind «التقى», behind «مع», «ب» or «إلى»."""

from __future__ import annotations

from sijill.arabic.signs import COMMAS, QUOTE
from sijill.claims.meeting import AND, BY, TITLE_AT_MOST, by, closes, cut_off, headed, is_with, past_quoted, row
from sijill.claims.scene import PARTICIPANTS, Scene, end_of, start_of
from sijill.link import Linked

__all__ = ["partners"]

BETWEEN_WORDS = 24
"""Words that may stand between a meeting's verb and «مع»."""
OBJECT_WITHIN = 10
"""Words that may stand between the subject of «التقى» and whom it met; his office is not counted, a name is one."""
HELD = ("meets.nouns", "meets.held_with")
"""What «أجرى» and «عقد» have for an object where somebody meets whoever stands behind «مع»."""
SOMEBODY = ("title_head", "counterpart", "delegation_head")
"""What the words for somebody begin with who is perhaps not read."""


def partners(scene: Scene, after: int, first: int, category: str) -> list[Linked]:
    """Those whom the subject of the verb at word `first` met; `after` is the word behind verb and subject."""
    if category == "meets.direct":
        return _object(scene, after)
    if scene.passage.starts("meets.takes_by", first) and (named := by(scene, after)):
        return named
    if scene.passage.starts("to", after, bare=True) and scene.passage.starts("meets.takes_to", first):
        one = scene.next(after + 1, *PARTICIPANTS)
        return row(scene, one) if one is not None and start_of(one.spot) == after + 1 else []
    return _with(scene, after, scene.passage.starts("meets.needs_object", first))


def _object(scene: Scene, after: int) -> list[Linked]:
    """Whom «التقى» has for its object, past where and when; or with «مع» or «ب»."""
    at, words, office = after, 0, None
    while at < scene.behind and words <= OBJECT_WITHIN + (0 if office is None else TITLE_AT_MOST):
        one, words = scene.at(at), words + 1
        if one is not None and words > 1 and _leads(scene, one):
            at = end_of(one)  # «التقى وفد س إلى المحادثات برئاسة ص مع ع»
            continue
        if one is not None and one.spot.kind in PARTICIPANTS:
            far = words > OBJECT_WITHIN + 1 and (office is None or not _may_hold(scene, one, office))
            return row(scene, one) if not far and _is_object(scene, after, one, office) else []
        if one is not None:
            at = max(one.spot.behind, at + 1)
            continue
        if closes(scene, at) or scene.word(at) == QUOTE and scene.at(at + 1) is None:
            return []
        if office is None and scene.passage.starts("title_head", at, bare=True):
            office = at
        elif scene.word(at) in COMMAS:
            office = None
        at += 1
    return []


def _leads(scene: Scene, one: Linked) -> bool:
    """Whether «برئاسة» stands right before somebody, his honorifics aside."""
    start = start_of(one.spot)
    while start > scene.first and scene.passage.starts("honorific", start - 1, bare=True):
        start -= 1
    return one.spot.kind == "official" and scene.passage.starts("leads.under", start - 1)


def _is_object(scene: Scene, after: int, one: Linked, office: int | None) -> bool:
    """Whether the first who is named behind a verb and its subject is its object; `office` is where the words of his
    office begin that are not read."""
    start = start_of(one.spot)
    begins = start if office is None or start - office > TITLE_AT_MOST else office
    comma = scene.word(begins - 1) in COMMAS and not scene.word(begins).startswith(BY)
    each = scene.passage.starts("meets.each", start - 2, bare=True)  # «كلا من س وص»
    behind_other = scene.passage.starts("meets.prepositions", start - 1, bare=True) and not each
    where = comma and _says_where(scene, after, begins - 1)
    joined_on = scene.word(begins).startswith(AND) and (cut_off(one) if where else one.spot.cut) > 0
    # «استقبل س، في مكتبه، ص», «التقى وفد س برئاسة ع، وفد ص», «يلتقي س في الجولة، ص»
    aside = scene.word(after) in COMMAS and (begins > after + 1 or _behind_head(scene, after))
    aside = aside or scene.passage.starts("counterpart", begins - 2)  # «التقى س بنظيريه، الروسي ص»
    aside = aside or where or begins == after + 1 and _has_office_before(one, begins)
    return one.entity is not None and not (comma and not aside or behind_other or joined_on)


def _has_office_before(one: Linked, index: int) -> bool:
    """«التقى الرئيس س، نظيره الإيراني ص»: whether his office, with a state, begins at the word and his name follows."""
    title = one.spot.title
    return title is not None and title.party is not None and title.start == index and title.end <= one.spot.first


def _may_hold(scene: Scene, one: Linked, office: int) -> bool:
    """Whether nothing between an office and somebody far behind says that it is another's: «الوزير الذي رأس وفد س»."""
    between = range(office, start_of(one.spot))
    told = any(scene.passage.starts("speech.relatives", at, bare=True) for at in between)
    return one.spot.kind == "official" and not told and not scene.has("member.verbs", between.start, between.stop)


def _behind_head(scene: Scene, after: int) -> bool:
    """Whether the head of a delegation stands right before."""
    head = scene.last(after, "official")
    return head is not None and end_of(head) == after and headed(scene, head) is not head


def _says_where(scene: Scene, after: int, comma: int) -> bool:
    """Whether the words up to a comma, the first, say where or when, and name nobody who is perhaps not read."""
    if not scene.passage.starts_one(("in", "meets.when"), after):
        return False
    return not any(
        scene.word(at) in COMMAS or scene.at(at) is None and scene.passage.starts_one(SOMEBODY, at)
        for at in range(after, comma)
    )


def _with(scene: Scene, after: int, needs_object: bool) -> list[Linked]:
    """Those behind «مع», or «ونظيره», if what is held is a meeting."""
    seen = not needs_object
    at = after
    while at < scene.behind and at - after <= BETWEEN_WORDS:
        if scene.passage.starts_one(HELD, at):
            seen = True
        counterpart = scene.passage.starts("counterpart", at) and scene.word(at).startswith(AND)
        if is_with(scene, at) or counterpart:
            each = scene.passage.hit("delegation_each", at + 1, bare=True)
            start = at + (not counterpart) if each is None else each.end
            one = scene.next(start, *PARTICIPANTS)
            near = one is not None and start_of(one.spot) - start <= 1
            return row(scene, one) if near and seen and one is not None else []
        if scene.word(at) == QUOTE:
            past = past_quoted(scene, at)
            if past is None:
                return []
            seen = seen or any(scene.has(category, at, past) for category in HELD)
            at = past
            continue
        if closes(scene, at):
            return []
        at += 1
    return []
