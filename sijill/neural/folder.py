"""The folder of a neural model, as a stranger made it: whether it is one that may be loaded, and what is taken from it.

Only data is: weights from safetensors, a vocabulary, and settings that are known by name. Nothing is loaded here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sijill.recognise.second import PERSON, ModelError

__all__ = ["OTHER", "WEIGHTS", "ModelFolder", "model_folder"]

WEIGHTS = "model.safetensors"
PICKLES = ("pytorch_model.bin", "pytorch_model.pt", "model.pt", "model.pkl", "model.ckpt")
SIZES = {
    "vocab_size": 1_000_000,
    "hidden_size": 4096,
    "num_hidden_layers": 64,
    "num_attention_heads": 64,
    "intermediate_size": 16384,
    "max_position_embeddings": 8192,
    "type_vocab_size": 16,
}
"""Whole numbers of `config.json` that the shape of the model depends on, and how large they may be."""
ACTIVATIONS = ("gelu", "gelu_new", "relu", "silu", "tanh")
LEAST_ROOM = 32
"""Word pieces that a model must have room for."""
SETTINGS_AT_MOST = 32_000_000
"""Bytes of a file of settings or of the vocabulary."""
LABELS_AT_MOST = 1000
SPECIAL = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]"}
"""Word pieces with a meaning of their own, and what they usually are."""

OWN_FILES = "name the folder that holds the model's own files"
WHOLE = "download the whole model"
OTHER = "use a model that was made for naming people: a BertForTokenClassification saved whole as safetensors"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What is taken from a folder."""

    config: str
    """JSON: the known settings of the model."""
    tokenizer: str
    """JSON: the known settings of its tokenizer."""
    vocabulary: str
    """One word piece a line."""
    weights: Path
    names: frozenset[str]
    """The names of the weights, as they are called today."""


def model_folder(folder: Path) -> ModelFolder:
    """The model in a folder. Raises ModelError if it is none that may be loaded."""
    if not folder.is_dir():
        raise ModelError("there is no such folder", "name the folder of a downloaded model with --ner-model")
    config = _config(_object(folder / "config.json", OWN_FILES))
    weights = folder / WEIGHTS
    if not weights.is_file():
        found = next((name for name in PICKLES if (folder / name).exists()), None)
        if found is None:
            raise ModelError(f"it holds no {WEIGHTS}", OWN_FILES)
        raise ModelError(
            f"its weights are in {found}, a format that can run code",
            f"save it as {WEIGHTS} on a machine where you trust it: see docs/neural.md",
        )
    names = frozenset(map(_present_name, _header(weights)))
    tokenizer = _tokenizer(_object(folder / "tokenizer_config.json", WHOLE))
    vocabulary = _vocabulary(folder)
    if len(vocabulary) > config["vocab_size"]:
        message = f"its vocabulary has {len(vocabulary):,} entries, and the model only {config['vocab_size']:,}"
        raise ModelError(message, OTHER)
    lost = [
        token for token in (tokenizer.get(name, usual) for name, usual in SPECIAL.items()) if token not in vocabulary
    ]
    if lost:
        raise ModelError(f"the vocabulary lacks {lost[0]}", WHOLE)
    return ModelFolder(
        json.dumps(config, sort_keys=True),
        json.dumps(tokenizer, sort_keys=True),
        "".join(f"{piece}\n" for piece in vocabulary),
        weights,
        names,
    )


def _config(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("model_type") != "bert":
        raise ModelError('config.json does not say "model_type": "bert"', OTHER)
    if given.get("position_embedding_type", "absolute") != "absolute":
        raise ModelError("config.json asks for relative positions", OTHER)
    config: dict[str, Any] = {"model_type": "bert", "architectures": ["BertForTokenClassification"]}
    for name, most in SIZES.items():
        if name not in given:
            raise ModelError(f"config.json lacks {name}", WHOLE)
        config[name] = _checked("config.json", name, given[name], int)
        if not 0 < config[name] <= most:
            raise ModelError(f"config.json: {name} is not between 1 and {most:,}", OTHER)
    if config["max_position_embeddings"] < LEAST_ROOM or config["hidden_size"] % config["num_attention_heads"]:
        raise ModelError("config.json: sizes that no model has", OTHER)
    if given.get("hidden_act", "gelu") not in ACTIVATIONS:
        raise ModelError(f"config.json: hidden_act is none of {', '.join(ACTIVATIONS)}", OTHER)
    config["hidden_act"] = given.get("hidden_act", "gelu")
    config["layer_norm_eps"] = _checked("config.json", "layer_norm_eps", given.get("layer_norm_eps", 1e-12), float)
    if not 0 < config["layer_norm_eps"] < 1:
        raise ModelError("config.json: layer_norm_eps is not between 0 and 1", OTHER)
    labels = given.get("id2label")
    if not isinstance(labels, dict) or not all(isinstance(label, str) for label in labels.values()):
        raise ModelError("config.json names no labels (id2label)", OTHER)
    if set(labels) != {str(number) for number in range(len(labels))} or not len(labels) <= LABELS_AT_MOST:
        raise ModelError("config.json: id2label does not number the labels from 0", OTHER)
    names = set(labels.values())
    if len(names) != len(labels) or "O" not in names or not names & {f"B-{kind}" for kind in PERSON}:
        raise ModelError("config.json: id2label holds no B-PERS, or no O", OTHER)
    config["id2label"] = labels
    config["label2id"] = {label: int(number) for number, label in labels.items()}
    return config


def _tokenizer(given: Mapping[str, Any]) -> dict[str, Any]:
    tokenizer: dict[str, Any] = {"tokenizer_class": "BertTokenizer"}
    for name in ("do_lower_case", "strip_accents", "tokenize_chinese_chars"):
        if given.get(name) is not None:
            tokenizer[name] = _checked("tokenizer_config.json", name, given[name], bool)
    for name in SPECIAL:
        token = given.get(name)
        if token is not None:
            token = token.get("content") if isinstance(token, dict) else token
            tokenizer[name] = _checked("tokenizer_config.json", name, token, str)
    return tokenizer


def _checked(file: str, name: str, value: object, kind: type) -> Any:
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, (kind, int) if kind is float else kind):
        raise ModelError(f"{file}: {name} is not {_KINDS[kind]}", OTHER)
    return value


_KINDS = {bool: "true or false", str: "a text", int: "a whole number", float: "a number"}


def _vocabulary(folder: Path) -> list[str]:
    """The word pieces in the order of their numbers, from `vocab.txt` or else from `tokenizer.json`."""
    plain = folder / "vocab.txt"
    if plain.is_file():
        pieces = _text(plain).split("\n")
        pieces = [piece.rstrip("\r") for piece in (pieces[:-1] if pieces[-1] == "" else pieces)]
    else:
        model = _object(folder / "tokenizer.json", WHOLE).get("model")
        table = model.get("vocab") if isinstance(model, dict) and model.get("type") == "WordPiece" else None
        if not isinstance(table, dict) or sorted(map(repr, table.values())) != sorted(map(repr, range(len(table)))):
            raise ModelError("tokenizer.json holds no vocabulary of word pieces", OTHER)
        pieces = sorted(table, key=lambda piece: int(table[piece]))
    if len(set(pieces)) != len(pieces) or any("\n" in piece for piece in pieces):
        raise ModelError("the vocabulary names a word piece twice", OTHER)
    return pieces


def _object(path: Path, hint: str) -> dict[str, Any]:
    if not path.is_file():
        raise ModelError(f"it holds no {path.name}", hint)
    try:
        found = json.loads(_text(path))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ModelError(f"{path.name} is not a JSON object", "download the model again")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > SETTINGS_AT_MOST:
            raise ModelError(
                f"{path.name} is larger than {SETTINGS_AT_MOST // 1_000_000} MB", "download the model again"
            )
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ModelError(f"{path.name} cannot be read", "download the model again") from problem


def _header(path: Path) -> dict[str, Any]:
    """The table at the head of a safetensors file: eight bytes of its length, then JSON."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            found = json.loads(file.read(length)) if length <= SETTINGS_AT_MOST else None
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ModelError(f"{path.name} is not a safetensors file", "download the model again")
    return found


def _present_name(weight: str) -> str:
    """Weights of old models have names that are changed on loading."""
    for old, new in ((".gamma", ".weight"), (".beta", ".bias")):
        if weight.endswith(f"LayerNorm{old}"):
            return weight.removesuffix(old) + new
    return weight
