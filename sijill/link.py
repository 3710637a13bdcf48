"""Who a spot is, from within one article and the registry: strong names before weak ones, and never a guess.

A link that cannot be made is None with the reason; reasons are codes that the interface puts into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE, NAMES_KEPT, short_of, skeleton, slug
from sijill.arabic.parties import state_parties
from sijill.arabic.text import fold, folded_all, language_data
from sijill.arabic.titles import Title, listed
from sijill.calendar import Publication
from sijill.gazetteer import Gazetteer
from sijill.model import EntityId
from sijill.offices import holders
from sijill.recognise.spot import HOLDING, WORDED, Spot, holds
from sijill.rounds import rounds_of
from sijill.value import Value, slotted

__all__ = ["Directory", "Linked", "link", "outermost"]

SKELETON_AT_LEAST = 4
"""Consonants of a surname that may be told by its consonants alone."""

UNKNOWN = "unknown-surname"
FOR = "ل"


@slotted
class Linked(Value):
    """A spot and who it is."""

    spot: Spot
    entity: EntityId | None
    why: str


class Directory:
    """The registry as the linker needs it: names, spellings and rounds. Built once, then only read."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.calendar = gazetteer.calendar
        self._parties = gazetteer.parties
        self.names: dict[str, set[EntityId]] = {}
        self.skeletons: dict[str, set[EntityId]] = {}
        for form, owner in gazetteer.officials:
            self.names.setdefault(form, set()).add(owner)
            bones = skeleton(form)
            if " " in form or len(bones) >= SKELETON_AT_LEAST:
                self.skeletons.setdefault(bones, set()).add(owner)

    def party(self, entity: EntityId) -> str:
        """The party of a registered official; empty if unknown."""
        return self._parties.get(entity, "")


def link(
    spots: tuple[Spot, ...], passages: tuple[Passage, ...], directory: Directory, published: Publication
) -> tuple[Linked, ...]:
    """Every spot with its entity, in the order given; spots that turn out to be nothing are left out."""
    spots = _with_article(spots, directory)
    spots = tuple([_with_own_title(spot, passages, directory) if spot.title is not None else spot for spot in spots])
    rounds = rounds_of(directory.calendar, spots, passages, published)
    people = _people(spots, passages, directory)
    linked, homes = [], _Homes(people, directory)
    for spot in spots:
        if spot.kind == "official":
            homes.meet(spot)
            entity, why = people.get(spot, (None, ""))
            if entity is None and (spot.form == "nominal" or spot.origin == WORDED):
                continue
        elif spot.kind == "delegation" and not spot.key:
            home = homes.of(spot)
            if home is None:
                continue
            spot, entity, why = spot.replaced(key=home), home, "party"
        elif spot.kind == "delegation":
            entity, why = spot.key, "registry-name" if spot.origin == "rule:delegation-name" else "party"
        elif spot.kind == "document":
            entity, why = (
                (f"unscr-{spot.key}", "number") if spot.origin == "rule:resolution" else (spot.key, "registry-name")
            )
        else:
            told = rounds[spot]
            if told is None:
                continue
            spot = spot if spot.kind == told.kind else spot.replaced(kind=told.kind)
            entity, why = told.entity, told.why
        linked.append(Linked(spot, entity, why))
    return tuple(linked)


def _with_article(spots: tuple[Spot, ...], directory: Directory) -> tuple[Spot, ...]:
    """«للجبير» is «ل» and «الجبير», where the registry, the news or the article knows him so; «للافروف» is not."""
    if not [spot for spot in spots if spot.cut and spot.kind == "official" and spot.key.startswith(FOR)]:
        return spots
    named = {form for spot in spots if spot.kind == "official" and not spot.cut for form in _endings(spot.key)}

    def whole(spot: Spot) -> Spot:
        key = "ا" + spot.key
        known = key in named or key in directory.names or key in _figures()
        melted = spot.kind == "official" and spot.cut and spot.key.startswith(FOR) and known
        return spot.replaced(key=key) if melted else spot

    return tuple(whole(spot) for spot in spots)


def _with_own_title(spot: Spot, passages: tuple[Passage, ...], directory: Directory) -> Spot:
    """«هنأ بوتين الرئيس السوري», «استقبل فلان نائب رئيس الوزراء العراقي لافروف»: an office of another state than the
    registry's is not his, where it may be that of somebody else before or behind him."""
    title = spot.title
    if title is None or title.party not in state_parties() or spot.form == "nominal":
        return spot
    owners = directory.names.get(spot.key, set())
    party = directory.party(next(iter(owners))) if len(owners) == 1 else ""
    if not party or party == title.party:
        return spot
    passage = passages[spot.paragraph]
    if title.start < spot.first:
        others = passage.starts_one(("given", "binds_given"), title.start - 2, bare=True)
    else:
        others = title.start == spot.behind
    return spot.replaced(title=None) if others else spot


def outermost(linked: tuple[Linked, ...]) -> tuple[Linked, ...]:
    """Without what stands within the words of a delegation, a document or a round: what a sentence claims, it claims of
    the whole."""
    kept: list[Linked] = []
    whole: Spot | None = None
    for one in linked:
        if whole is None or not holds(whole, one.spot):
            kept.append(one)
            whole = one.spot if one.spot.kind in HOLDING else None
    return tuple(kept)


Person = tuple[EntityId | None, str]


def _people(spots: tuple[Spot, ...], passages: tuple[Passage, ...], directory: Directory) -> dict[Spot, Person]:
    """Officials: full names by the registry or as new people, then short forms by the article, then titles alone."""
    officials = [spot for spot in spots if spot.kind == "official"]
    people: dict[Spot, Person] = {}
    for spot in officials:
        if spot.form == "nominal" or " " not in spot.key or _is_a_surname(spot.key):
            continue
        if (person := _by_full_name(spot, directory)) is not None:
            people[spot] = person
    short = _owners(people)
    before: dict[str, set[EntityId]] = {}
    met: set[tuple[str, EntityId]] = set()
    for spot in officials:
        if spot in people:
            entity, _ = people[spot]
            if entity is not None and (spot.key, entity) not in met:
                met.add((spot.key, entity))
                for form in _forms(spot.key):
                    before.setdefault(form, set()).add(entity)
        elif spot.form != "nominal":
            person = _by_given_name(spot, people) or _by_short_form(spot, before, short, directory)
            if spot.origin == WORDED and person[1] == "registry-surname" and not _spoken_of(spot, passages, directory):
                person = None, UNKNOWN
            whole = _by_full_name(spot, directory) if person[1] == UNKNOWN and " " in spot.key else None
            people[spot] = person = whole or person
            for form in _forms(spot.key) if person[1] == "new-name" and _ends_as_one(spot.key) else ():
                before.setdefault(form, set()).add(person[0] or "")
    named = {spot: entity for spot, (entity, _) in people.items() if entity is not None}
    for spot, who in holders(officials, passages, named, directory.party).items():
        people[spot] = who, "title-in-article"
    return people


def _by_given_name(spot: Spot, people: Mapping[Spot, Person]) -> Person | None:
    """«الملك سلمان»: the one whom the article names in full with this given name."""
    if spot.title is None or spot.title.head not in listed("by_given_name"):
        return None
    owners = {who for named, (who, _) in people.items() if who is not None and named.key.startswith(f"{spot.key} ")}
    return (owners.pop(), "named-in-full") if len(owners) == 1 else None


def _spoken_of(spot: Spot, passages: tuple[Passage, ...], directory: Directory) -> bool:
    """Whether the paragraph speaks of the party of the one official who bears the name."""
    passage = passages[spot.paragraph]
    parties = {directory.party(owner) for owner in directory.names.get(spot.key, set())}
    return any(hit.value.party in parties for at in passage.where("party") for hit in passage.hits("party", at))


def _is_a_surname(name: str) -> bool:
    """«أبو زيد», «عبد الرحمن», «ولد عبد العزيز», «أحمدي نجاد»: a surname of several words, of whom the article names so
    in full."""
    sons, servants, _ = _bound()
    first, _, rest = name.partition(" ")
    second, _, more = rest.partition(" ")
    if _ends_as_one(name) or first in servants and not more:
        return True
    return first in sons and (not more or second in servants)


def _ends_as_one(name: str) -> bool:
    """«جاوش أوغلو», «أحمدي نجاد»; «بوش الابن» is a name."""
    words = name.split()
    return len(words) == 2 and words[1] in _bound()[2] and not words[1].startswith(ARTICLE)


@cache
def _bound() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What begins a surname of two words, what begins a name of two words in it, and what ends one of two words."""
    names = language_data("names")
    return folded_all(names["binds_sons"]), folded_all(names["binds_given"]), folded_all(names["closes_name"])


def _owners(people: dict[Spot, Person]) -> dict[str, set[EntityId]]:
    """Short form → whom the article names in full with it, wherever it does."""
    owners: dict[str, set[EntityId]] = {}
    for name, entity in {(spot.key, entity) for spot, (entity, _) in people.items() if entity is not None}:
        for form in _forms(name):
            owners.setdefault(form, set()).add(entity)
    return owners


@lru_cache(maxsize=NAMES_KEPT)
def _forms(name: str) -> tuple[str, ...]:
    """The short forms of a full name, and the consonants of each."""
    return tuple(form for ending in _endings(name) for form in (ending, "/" + skeleton(ending)))


class _Homes:
    """Of which state those are who are named, as far as a text has been gone through."""

    def __init__(self, people: Mapping[Spot, Person], directory: Directory) -> None:
        self._people, self._directory = people, directory
        self._last: Spot | None = None
        self._told: dict[EntityId, str] = {}
        """By the first title that says so."""

    def meet(self, spot: Spot) -> None:
        """The next official in the order of the text."""
        self._last = spot
        entity = self._people.get(spot, (None, ""))[0]
        if entity is not None and spot.title is not None and spot.title.party:
            self._told.setdefault(entity, spot.title.party)

    def of(self, spot: Spot) -> str | None:
        """The state of «وفد بلاده»: that of whoever was named last before in its paragraph."""
        last = self._last if self._last is not None and self._last.paragraph == spot.paragraph else None
        entity = None if last is None else self._people.get(last, (None, ""))[0]
        party = "" if entity is None else self._told.get(entity) or self._directory.party(entity)
        return party if party in state_parties() else None


def _endings(name: str) -> list[str]:
    """The short forms of a full name: every ending of it, the whole, and a family name that stands first. What stands
    behind «بن» is his father's."""
    words, (sons, _, _) = name.split(), _bound()
    starts = [at for at in range(len(words)) if at == 0 or words[at - 1] not in sons]
    return [*(" ".join(words[at:]) for at in starts), *filter(None, [short_of(name)])]


def _by_full_name(spot: Spot, directory: Directory) -> Person | None:
    """A name of several words; None where it may be a surname of several words («دي ميستورا»)."""
    owners = directory.names.get(spot.key, set())
    why = "registry-name"
    if not owners:
        owners = directory.skeletons.get(skeleton(spot.key), set())
        owners = {owner for owner in owners if not _contradicts(spot.title, directory.party(owner))}
        why = "registry-spelling"
    if len(owners) > 1:
        owners = {owner for owner in owners if spot.title is not None and spot.title.party == directory.party(owner)}
        if len(owners) != 1:
            return None, "ambiguous-name"
    if owners:
        return next(iter(owners)), why
    return (slug(spot.key), "new-name") if spot.form == "full" else None


def _contradicts(title: Title | None, party: str) -> bool:
    return title is not None and title.party is not None and bool(party) and title.party != party


def _by_short_form(
    spot: Spot, before: dict[str, set[EntityId]], short: dict[str, set[EntityId]], directory: Directory
) -> Person:
    """A surname: the only one whom the article has named in full with it so far, else the only one whom it names so
    anywhere, else the one official of the registry who bears it."""
    for form in (spot.key, "/" + skeleton(spot.key)):
        owners = before.get(form, set())
        owners = owners if len(owners) == 1 else short.get(form, set())
        if len(owners) > 1 and spot.title is not None:
            owners = {owner for owner in owners if directory.party(owner) == spot.title.party}
        if len(owners) == 1:
            return next(iter(owners)), "named-in-full"
        if owners:
            return None, "ambiguous-surname"
    owners = directory.names.get(spot.key) or directory.skeletons.get(skeleton(spot.key), set())
    fitting = {owner for owner in owners if not _contradicts(spot.title, directory.party(owner))}
    if len(fitting) == 1:
        return next(iter(fitting)), "registry-surname"
    if fitting:
        return None, "ambiguous-surname"
    full = _figures().get(spot.key)
    if full is not None:
        return slug(full), "new-name"
    return (slug(spot.key), "new-name") if spot.title is not None else (None, UNKNOWN)


@cache
def _figures() -> Mapping[str, str]:
    """Surnames that are one figure's in the news, each with the full name; both folded."""
    return {fold(surname): fold(full) for surname, full in language_data("figures")["surnames"].items()}
