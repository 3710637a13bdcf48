"""What `--ner-model` says when it cannot work: one line, before anything is read or loaded. All of it without the extra
`neural`; what needs the extra is tested in tests/neural by `make test-neural`."""

from __future__ import annotations

import importlib.util
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.sites import ROOT, make, tree

CONFIG: dict[str, Any] = {
    "model_type": "bert",
    "vocab_size": 8,
    "hidden_size": 8,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 8,
    "max_position_embeddings": 64,
    "type_vocab_size": 2,
    "id2label": {"0": "O", "1": "B-PERS", "2": "I-PERS"},
}
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "كلمة")
HEADER = b'{"classifier.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'


def folder_of(place: Path) -> Path:
    """A folder that looks like a model from outside: nothing in it has to be loaded to find what is wrong."""
    place.mkdir()
    (place / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    (place / "tokenizer_config.json").write_text('{"do_lower_case": false}', "utf-8")
    (place / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", "utf-8")
    (place / "model.safetensors").write_bytes(len(HEADER).to_bytes(8, "little") + HEADER)
    return place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a build of its own, so that no neural environment of this one is near."""
    shutil.copy(ROOT / "build.py", tmp_path)
    (tmp_path / "sijill").symlink_to(ROOT / "sijill")
    make(tmp_path)
    folder_of(tmp_path / "model")
    return tmp_path


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "build.py", "--content", "content", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=project)


def refusal(project: Path, *options: str) -> str:
    """The one line that a build with this model ends with; the site is as it was."""
    before = tree(project / "site")
    done = commands.run(project, "--content", "content", *(options or ("--ner-model", "model")))
    assert done.returncode == 1
    assert done.stdout.startswith("nothing published: 1 error")
    assert tree(project / "site") == before
    [line] = done.stderr.splitlines()
    return line


def test_without_the_extra_the_build_says_what_is_missing_and_the_one_command(project: Path) -> None:
    assert importlib.util.find_spec("torch") is None
    assert run(project).returncode == 0
    assert refusal(project) == (
        "model:1: error: a neural model needs torch, transformers, which this Python lacks (run: make neural)"
    )


def test_the_neural_environment_is_used_where_it_is_asked_for_and_only_there(project: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project / ".venv-neural"], check=True)
    assert run(project).returncode == 0
    asked = run(project, "--ner-model", "model")
    assert asked.returncode == 2
    assert asked.stderr.startswith("build.py: error: this Python lacks camel_tools, ")
    assert asked.stderr.endswith("(run: make neural)\n")
    assert run(project, "--ner-model=model").stderr == asked.stderr


def test_a_neural_environment_that_lost_a_package_does_not_run_in_circles(project: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project / ".venv-neural"], check=True)
    (project / ".venv").symlink_to(Path(sys.prefix))
    assert run(project, "--ner-model", "model").stderr.endswith("(run: make neural)\n")


def test_a_folder_that_does_not_exist_is_named_as_it_was_given(project: Path) -> None:
    expected = "no/where:1: error: there is no such folder (name the folder of a downloaded model with --ner-model)"
    assert refusal(project, "--ner-model", "no/where") == expected
    assert refusal(project, "--ner-model", "build.py").startswith("build.py:1: error: there is no such folder")


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json", "vocab.txt", "model.safetensors"])
def test_a_missing_file_is_named(project: Path, name: str) -> None:
    (project / "model" / name).unlink()
    named = name.replace("vocab.txt", "tokenizer.json")  # the other place of a vocabulary
    assert refusal(project).startswith(f"model:1: error: it holds no {named} (")


class Bomb:
    """A pickled model runs what its maker likes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_pickled_weights_are_refused_unopened(project: Path, tmp_path: Path) -> None:
    (project / "model" / "model.safetensors").unlink()
    (project / "model" / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(tmp_path / "mark")))
    assert refusal(project) == (
        "model:1: error: its weights are in pytorch_model.bin, a format that can run code "
        "(save it as model.safetensors on a machine where you trust it: see docs/neural.md)"
    )
    assert not (tmp_path / "mark").exists()
    assert (ROOT / "docs" / "neural.md").is_file()


@pytest.mark.parametrize(
    "data", [b"", b"\x08", pickle.dumps([1]), b"\xff" * 16, (2).to_bytes(8, "little") + b"[]", b"[" * 5000]
)
def test_weights_that_only_bear_the_name_are_refused(project: Path, data: bytes) -> None:
    (project / "model" / "model.safetensors").write_bytes(data)
    assert refusal(project) == "model:1: error: model.safetensors is not a safetensors file (download the model again)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model_type": "gpt2"}, 'config.json does not say "model_type": "bert"'),
        ({"hidden_size": None}, "config.json: hidden_size is not a whole number"),
        ({"hidden_size": True}, "config.json: hidden_size is not a whole number"),
        ({"hidden_size": 10**9}, "config.json: hidden_size is not between 1 and 4,096"),
        ({"num_hidden_layers": -1}, "config.json: num_hidden_layers is not between 1 and 64"),
        ({"num_attention_heads": 3}, "config.json: sizes that no model has"),
        ({"max_position_embeddings": 8}, "config.json: sizes that no model has"),
        ({"hidden_act": "__import__"}, "config.json: hidden_act is none of gelu, "),
        ({"hidden_act": ["gelu"]}, "config.json: hidden_act is none of gelu, "),
        ({"layer_norm_eps": 10**400}, "config.json: layer_norm_eps is not between 0 and 1"),
        ({"layer_norm_eps": "small"}, "config.json: layer_norm_eps is not a number"),
        ({"position_embedding_type": "relative_key"}, "config.json asks for relative positions"),
        ({"id2label": None}, "config.json names no labels (id2label)"),
        ({"id2label": {"0": "O", "1": 7}}, "config.json names no labels (id2label)"),
        ({"id2label": {"0": "O", "2": "B-PERS"}}, "config.json: id2label does not number the labels from 0"),
        ({"id2label": {"0": "O", "1": "B-LOC"}}, "config.json: id2label holds no B-PERS, or no O"),
        ({"id2label": {"0": "B-PERS", "1": "I-PERS"}}, "config.json: id2label holds no B-PERS, or no O"),
        ({"vocab_size": 3}, "its vocabulary has 6 entries, and the model only 3"),
    ],
    ids=str,
)
def test_settings_that_are_no_models_are_refused(project: Path, change: dict[str, Any], said: str) -> None:
    (project / "model" / "config.json").write_text(json.dumps({**CONFIG, **change}), "utf-8")
    assert refusal(project).startswith(f"model:1: error: {said}")


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        ("config.json", lambda text: text[:-1], "config.json is not a JSON object"),
        ("config.json", lambda text: "[" * 100_000, "config.json is not a JSON object"),
        ("config.json", lambda text: f"[{text}]", "config.json is not a JSON object"),
        (
            "tokenizer_config.json",
            lambda text: '{"do_lower_case": "no"}',
            "tokenizer_config.json: do_lower_case is not",
        ),
        ("tokenizer_config.json", lambda text: '{"unk_token": "<unk>"}', "the vocabulary lacks <unk>"),
        ("vocab.txt", lambda text: text.replace("[CLS]", "x"), "the vocabulary lacks [CLS]"),
        ("vocab.txt", lambda text: text + "[CLS]\n", "the vocabulary names a word piece twice"),
        ("vocab.txt", lambda text: "ا" * 17_000_000, "vocab.txt is larger than 32 MB"),
    ],
)
def test_spoilt_files_are_refused(project: Path, name: str, spoil: Callable[[str], str], said: str) -> None:
    path = project / "model" / name
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    assert refusal(project).startswith(f"model:1: error: {said}")


def test_a_file_that_is_not_utf8_is_refused(project: Path) -> None:
    (project / "model" / "vocab.txt").write_bytes("كلمة".encode("cp1256"))
    assert refusal(project) == "model:1: error: vocab.txt cannot be read (download the model again)"


def test_serving_passes_the_model_on_to_its_builds(tmp_path: Path) -> None:
    from sijill.cli.building import options_again, options_of
    from sijill.cli.parser import parser

    parsed = parser().parse_args(["serve", "--ner-model", str(tmp_path / "model")])
    passed = options_again(options_of(parsed))
    assert passed[passed.index("--ner-model") + 1] == str(tmp_path / "model")


def test_a_build_without_a_model_imports_nothing_of_it(project: Path) -> None:
    code = (
        "import sys; sys.argv = ['build.py', '--content', 'content']\n"
        "from sijill.cli import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        "assert not [name for name in sys.modules if name.startswith('sijill.neural')], 'the model'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=project)
    assert done.returncode == 0, done.stderr
