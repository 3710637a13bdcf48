"""Rules are asked only where what they need stands: one that is not asked would have found nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sijill import claims, recognise
from sijill.arabic.lexicon import Passage
from sijill.arabic.parties import party_names
from sijill.claims.scene import Scene
from sijill.model import Article, Block, Claim
from sijill.reading import Reader
from sijill.recognise.spot import Spot
from sijill.registry import load_registry
from tests.test_cases import Case, cases

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry(ROOT / "content", party_names())[0])


def read(reader: Reader, case: Case) -> None:
    lines = [line for line in case.text.splitlines() if line.strip()]
    blocks = tuple(Block("p" if number else "title", line) for number, line in enumerate(lines))
    reader.read(Article("case", "case.txt", "ar", case.published, "", "", "", blocks))


def test_a_rule_that_is_not_asked_of_a_paragraph_finds_nothing_in_it(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = recognise._of_rules

    def all_of_them(passages: Sequence[Passage]) -> list[list[Spot]]:
        found = asked(passages)
        for number, passage in enumerate(passages):
            every = [spot for rule, _ in recognise.RULES for spot in rule(passage, number)]
            assert repr(found[number]) == repr(every), passage.text.raw
        return found

    monkeypatch.setattr(recognise, "_of_rules", all_of_them)
    for case in cases():
        read(reader, case)


def test_a_rule_that_is_not_asked_of_a_sentence_claims_nothing_of_it(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = claims._of_rules

    def all_of_them(scenes: Sequence[Scene]) -> list[list[Claim]]:
        found = asked(scenes)
        for scene, here in zip(scenes, found, strict=True):
            assert here == [claim for rule in claims.RULES for claim in rule.claims(scene)], scene.sentence.text
        return found

    monkeypatch.setattr(claims, "_of_rules", all_of_them)
    for case in cases():
        read(reader, case)
