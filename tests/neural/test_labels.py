"""The engine: every word of every sentence gets its one label, the same in whatever company it is asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from transformers import BertForTokenClassification, BertTokenizer

from sijill.neural import NeuralLabels
from sijill.recognise.second import ModelError
from tests.neural.models import WORDS, make_model

KNOWN = sorted(WORDS)
ODD = (
    "",
    " ",
    "\u200f",
    "\u0651",
    "\U0001f54a",
    "،",
    "...",
    "漢" * 300,
    "ا" * 5000,
    "[SEP]",
    "[PAD]",
    "[CLS]",
    "الخبر",
)
WINDOW = 254
"""Pieces of a sentence that go through the model at once."""


@pytest.fixture(scope="module")
def labeller(model: Path) -> NeuralLabels:
    return NeuralLabels(model)


def names(labels: Sequence[tuple[str, float]]) -> list[str]:
    return [label for label, _ in labels]


def expected(words: Sequence[str]) -> list[str]:
    return [WORDS.get(word, ("O", 0))[0] for word in words]


def test_known_words_get_the_labels_that_the_weights_give_them(labeller: NeuralLabels) -> None:
    words = ["وصل", "جاكومو", "بيريني", "إلى", "ميلانو", "."]
    [labels] = labeller.labels([words])
    assert names(labels) == ["O", "B-PERS", "I-PERS", "O", "B-LOC", "O"]
    assert all(score > 0.99 for _, score in labels)


def test_a_doubtful_word_has_a_lower_probability(labeller: NeuralLabels) -> None:
    [[(label, score)]] = labeller.labels([["رافيلو"]])
    assert label == "B-PERS"
    assert 0.5 < score < 0.8


def test_labels_are_those_of_camel_tools_own_prediction(labeller: NeuralLabels, model: Path) -> None:
    from camel_tools.ner import NERecognizer  # importable without the network, now that the engine is loaded

    sentences = [[*KNOWN[at:], "الخبر", "كلمة", ".", *KNOWN[:at]] for at in range(len(KNOWN))]
    assert labeller.labels(sentences)
    own = NERecognizer(str(model), use_gpu=False).predict(sentences)
    assert own == [names(labels) for labels in labeller.labels(sentences)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from([*KNOWN, *ODD]), max_size=40), max_size=20))
def test_every_word_gets_its_own_label_whatever_stands_around_it(
    labeller: NeuralLabels, sentences: list[list[str]]
) -> None:
    assert [names(labels) for labels in labeller.labels(sentences)] == [expected(words) for words in sentences]


@pytest.mark.parametrize("room", [32, 100, 512])
def test_a_sentence_longer_than_the_model_can_take_loses_no_word(tmp_path: Path, room: int) -> None:
    small = NeuralLabels(make_model(tmp_path / "model", room=room))
    for words in (
        ["كلمة"] * 2999 + ["جاكومو"],
        ["جاكومو", "بيريني"] * 700,
        ["الخبر", "جاكومو", "،"] * 500,
        ["خبر", *KNOWN] * 100,
    ):
        assert names(small.labels([words])[0]) == expected(words)


@pytest.mark.parametrize("at", range(WINDOW - 3, WINDOW + 3))
def test_a_name_across_the_edge_of_a_window_stays_whole(labeller: NeuralLabels, at: int) -> None:
    words = ["كلمة"] * at + ["جاكومو", "بيريني"] + ["كلمة"] * 50
    [labels] = labeller.labels([words])
    assert names(labels) == expected(words)


def test_a_sentence_gets_the_same_numbers_alone_and_in_company_of_its_article(
    labeller: NeuralLabels, model: Path
) -> None:
    article = [["وصل", "رافيلو", "جاكومو", "."], ["خبر"] * 90, ["رافيلو"]]
    first = labeller.labels(article)
    labeller.labels([["رافيلو"] * 200, KNOWN])
    assert labeller.labels(article) == first
    assert NeuralLabels(model).labels(article) == first


def test_nothing_is_asked_and_nothing_answered_for_no_sentences(labeller: NeuralLabels) -> None:
    assert labeller.labels([]) == []
    assert labeller.labels([[]]) == [[]]


def test_the_vocabulary_may_also_stand_in_tokenizer_json(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "model"))
    pieces = (folder / "vocab.txt").read_text("utf-8").split()
    (folder / "vocab.txt").unlink()
    table = {piece: number for number, piece in enumerate(pieces)}
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"type": "WordPiece", "vocab": table}}), "utf-8")
    assert names(NeuralLabels(folder).labels([KNOWN])[0]) == expected(KNOWN)


def test_a_model_that_transformers_saved_anew_is_the_same_model(model: Path, tmp_path: Path) -> None:
    """The way that docs/neural.md shows for models that come as a pickle."""
    BertForTokenClassification.from_pretrained(model).save_pretrained(tmp_path / "new")
    BertTokenizer.from_pretrained(model).save_pretrained(tmp_path / "new")
    assert not (tmp_path / "new" / "vocab.txt").exists()
    assert names(NeuralLabels(tmp_path / "new").labels([KNOWN])[0]) == expected(KNOWN)


def changed(model: Path, folder: Path, name: str, weight: torch.Tensor | None) -> Path:
    """A copy of the model with one weight changed, or left out."""
    shutil.copytree(model, folder)
    weights = load_file(folder / "model.safetensors")
    del weights[name]
    if weight is not None:
        weights[name] = weight
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


@pytest.mark.parametrize(
    ("name", "weight", "said"),
    [
        ("classifier.weight", None, "model.safetensors lacks classifier.weight (1 missing in all)"),
        ("bert.encoder.layer.1.output.dense.bias", None, "lacks bert.encoder.layer.1.output.dense.bias"),
        ("classifier.weight", torch.zeros(7, 32), "model.safetensors does not load: "),
        (
            "classifier.weight",
            torch.full((4, 32), float("nan")),
            "the model gives no labels: probabilities that are no",
        ),
    ],
)
def test_weights_that_are_not_whole_are_refused(
    model: Path, tmp_path: Path, name: str, weight: torch.Tensor | None, said: str
) -> None:
    broken = NeuralLabels(changed(model, tmp_path / "broken", name, weight))
    with pytest.raises(ModelError) as refusal:
        broken.labels([["جاكومو"]])
    assert said in refusal.value.message
    assert "\n" not in refusal.value.message


def test_weights_under_their_former_names_are_taken(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "old"))
    weights = load_file(folder / "model.safetensors")
    old = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): weight
        for name, weight in weights.items()
    }
    assert old.keys() != weights.keys()
    save_file(old, folder / "model.safetensors", metadata={"format": "pt"})
    assert names(NeuralLabels(folder).labels([KNOWN])[0]) == expected(KNOWN)


def test_every_file_that_labels_depend_on_is_part_of_the_identity(model: Path, tmp_path: Path) -> None:
    known = NeuralLabels(model).version
    assert NeuralLabels(Path(shutil.copytree(model, tmp_path / "same"))).version == known
    versions = {known, NeuralLabels(changed(model, tmp_path / "a", "classifier.bias", torch.ones(4))).version}
    for name, old, new in (
        ("config.json", '"B-LOC"', '"B-MISC"'),
        ("vocab.txt", "ميلانو", "روما"),
        ("tokenizer_config.json", "false", "true"),
    ):
        folder = Path(shutil.copytree(model, tmp_path / name))
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")
        versions.add(NeuralLabels(folder).version)
    assert len(versions) == 5
