"""«الوفد» said again, without whose it is, «يمثل س وفد» and «س … وفده»: they take part in what a sentence says, but are
no mentions of their own."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.arabic.delegations import STATES, party_at
from sijill.arabic.lexicon import Hit, Passage
from sijill.arabic.names import ARTICLE
from sijill.link import Linked
from sijill.model import EntityId
from sijill.recognise.spot import Spot

__all__ = ["with_bare_delegations"]


def with_bare_delegations(
    passage: Passage, paragraph: int, links: list[Linked], about: EntityId | None
) -> tuple[list[Linked], EntityId | None]:
    """The links of a paragraph with those of bare «الوفد», in order; and the delegation named last.

    `about`: the delegation named last before this paragraph.
    """
    again = [] if HEADS.isdisjoint(passage.holds) else _said_again(passage, paragraph)
    if not again:
        return links, next((one.entity for one in reversed(links) if one.spot.kind == "delegation"), about)
    covered = {index for one in links for index in range(one.spot.first, one.spot.behind)}
    found: list[Linked] = []
    for one in sorted([*links, *again], key=_place):
        if one.spot.kind == "delegation" and (one.entity is not None or one.why == TOLD):
            about = one.entity  # behind «وفده» of one whom nothing names, «الوفد» is his
        if one.why != AGAIN:
            found += [one] if one.entity is not None or one.why != TOLD else []
        elif about is not None and one.spot.first not in covered:
            found.append(one.replaced(entity=about, spot=one.spot.replaced(key=about)))
    return found, about


AGAIN = "named-before"
"""The reason of a link that only a scene holds."""
TOLD = "party-before"
"""The same, where the words before say whose it is."""
HEADS = frozenset({"delegation_head", "delegation.own"})
OWNER_WITHIN = 10
"""Words between a party and «وفده»."""


def _said_again(passage: Passage, paragraph: int) -> list[Linked]:
    heads = passage.phrases("delegation_head").items()
    again = [_again(paragraph, index, head) for index, head in heads if _bare(passage, index, head)]
    return [*again, *_representing(passage, paragraph), *_of_its_own(passage, paragraph)]


def _bare(passage: Passage, index: int, head: Hit) -> bool:
    """Whether «الوفد» stands here, one and definite, with no party behind it."""
    if head.value != "one" or not passage.word(index)[head.cut :].startswith(ARTICLE):
        return False
    if passage.any("leads.with_pronoun", head.end, head.end + 2):  # «الوفد الذي يرأسه فلان»: told apart from others
        return False
    return not passage.starts("party", head.end)


def _representing(passage: Passage, paragraph: int) -> Iterator[Linked]:
    """«يمثل الحكومة وفد تقني»: a delegation whose party stands before it."""
    for verb in passage.phrases("attends.represents").values():
        hit = party_at(passage, verb.end, STATES)
        if hit is not None and passage.starts("delegation_head", hit.end, bare=True):
            party, head = hit.value.party, hit.end
            spot = Spot(paragraph, head, head + 1, 0, "delegation", "rule:delegation-again", key=party)
            yield Linked(spot, party, TOLD)


def _of_its_own(passage: Passage, paragraph: int) -> Iterator[Linked]:
    """«كشفت الحكومة عن أعضاء وفدها»: of the party named last before it; without an entity where none is."""
    for index in passage.where("delegation.own"):
        near = passage.between("party", index - OWNER_WITHIN, index)
        near = [at for at in near if not passage.starts("title_link", at - 1)]  # not «مندوبه في الأمم المتحدة»
        owner = next((hit.value.party for at in reversed(near) if (hit := party_at(passage, at, STATES))), None)
        spot = Spot(paragraph, index, index + 1, 0, "delegation", "rule:delegation-again", key=owner or "")
        yield Linked(spot, owner, TOLD)


def _again(paragraph: int, index: int, head: Hit) -> Linked:
    return Linked(Spot(paragraph, index, head.end, head.cut, "delegation", "rule:delegation-again"), None, AGAIN)


def _place(one: Linked) -> int:
    return one.spot.first
