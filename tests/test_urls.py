"""Addresses: short, Latin, permanent, and never two things at one."""

from __future__ import annotations

import dataclasses

import pytest

from sijill.model import Archive
from sijill.urls import article_url, collisions, mentions_url, redirects, url_of
from tests.fixture_archive import made_up, real_site


def test_addresses_are_short_and_latin() -> None:
    assert url_of("round", "astana-11") == "/rounds/astana-11/"
    assert article_url("astana-11") == "/articles/astana-11/"
    assert mentions_url("delegation", "syria", 1) == "/delegations/syria/"
    assert mentions_url("delegation", "syria", 2) == "/delegations/syria/mentions/2/"


def test_the_real_archive_has_no_collisions() -> None:
    assert collisions(real_site().archive) == ()


def archive_with(*ids: str) -> Archive:
    base = made_up("اسم")[0].archive
    someone = base.entities["someone"]
    return dataclasses.replace(base, entities={id: dataclasses.replace(someone, id=id) for id in ids}, aliases={})


@pytest.mark.parametrize("other", ["Someone", "SOMEONE"])
def test_ids_that_differ_in_letter_case_only_are_an_error(other: str) -> None:
    (issue,) = collisions(archive_with("someone", other))
    assert issue.level == "error"
    assert other in issue.message


@pytest.mark.parametrize("id", ["بشار", "a/b", "a b", "ａ", "é", ""])
def test_ids_that_no_address_can_hold_are_an_error(id: str) -> None:
    (issue,) = collisions(archive_with(id))
    assert "address" in issue.message


def test_a_former_id_that_another_entity_has_now_is_an_error() -> None:
    archive = dataclasses.replace(archive_with("someone", "other"), aliases={"other": "someone"})
    (issue,) = collisions(archive)
    assert "official other" in issue.message


def test_former_ids_lead_to_present_addresses_in_a_fixed_order() -> None:
    archive = dataclasses.replace(archive_with("someone"), aliases={"b": "someone", "a": "someone", "c": "nobody"})
    assert list(redirects(archive)) == [
        ("official", "a", "someone"),
        ("official", "b", "someone"),
    ]
