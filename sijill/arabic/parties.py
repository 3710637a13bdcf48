"""Parties: states, organisations and movements, and every form by which a text can mean them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from sijill.arabic.text import language_data

__all__ = ["ARTICLE", "PartyForm", "nations", "party_forms", "party_names", "state_parties", "weak_names"]

Sort: TypeAlias = Literal["name", "seat", "own", "nisba", "rule"]
"""name «روسيا» · seat «موسكو» · own «الحكومي السوري» · nisba «الروسي» · rule «النظام التركي», «حكومة تركيا»."""


class PartyForm(NamedTuple):
    """A form of a party's name: whose, of which sort, and whether it is definite."""

    party: str
    sort: Sort
    kind: str
    """state, opposition, organisation, group or agency."""


ARTICLE = "ال"
MASCULINE_RULE = ("النظام", "الجانب", "الطرف", "البرلمان", "مجلس الأمن")
FEMININE_RULE = ("الحكومة", "السلطات", "القيادة", "الدولة", "الرئاسة")


def nisba_forms(nisba: str) -> tuple[str, ...]:
    """The regular forms of a nisba given in the masculine singular, indefinite: روسي → روسي, روسية, الروسي,
    الروسيين …"""
    stems = (
        nisba,
        nisba + "ة",
        nisba + "ين",
        nisba + "ون",
        nisba + "ان",
        nisba + "تين",
        nisba + "تان",
        nisba + "ات",
        nisba + "ا",
    )
    return stems + tuple(ARTICLE + stem for stem in stems)


def party_forms() -> Iterator[tuple[str, PartyForm]]:
    """Every form with its meaning, from `data/parties.toml`."""
    for row in language_data("parties")["party"]:
        party, kind = row["id"], row["kind"]
        for name in (row["name"], *row.get("names", ())):
            yield name, PartyForm(party, "name", kind)
            if kind == "state":
                yield "حكومة " + name, PartyForm(party, "rule", kind)
        for seat in row.get("seats", ()):
            yield seat, PartyForm(party, "seat", kind)
            if kind == "state":
                yield "حكومة " + seat, PartyForm(party, "rule", kind)
        for own in row.get("own", ()):
            yield own, PartyForm(party, "own", kind)
        for nisba in row.get("nisba", ()):
            for form in nisba_forms(nisba):
                yield form, PartyForm(party, "nisba", kind)
            if kind == "state":
                definite = ARTICLE + nisba
                for head in MASCULINE_RULE:
                    yield f"{head} {definite}", PartyForm(party, "rule", kind)
                for head in FEMININE_RULE:
                    yield f"{head} {definite}ة", PartyForm(party, "rule", kind)
        for form in row.get("nisba_other", ()):
            yield form, PartyForm(party, "nisba", kind)


def weak_names() -> Iterator[tuple[str, str]]:
    """Ordinary words that name an agency where a word for a medium stands before them («قناة الجزيرة»), or quotation
    marks about them; and whose name they are."""
    for row in language_data("parties")["party"]:
        for form in row.get("weak", ()):
            yield form, row["id"]


@cache
def party_names() -> Mapping[str, str]:
    """Slug → neutral Arabic name, for every party in the data."""
    return MappingProxyType({row["id"]: row["name"] for row in language_data("parties")["party"]})


@cache
def state_parties() -> frozenset[str]:
    """The slugs of the parties that are states."""
    return frozenset(row["id"] for row in language_data("parties")["party"] if row["kind"] == "state")


@cache
def nations() -> Mapping[str, str]:
    """Slug of a medium → that of the state whose medium it is."""
    return MappingProxyType({row["id"]: row["nation"] for row in language_data("parties")["party"] if "nation" in row})
