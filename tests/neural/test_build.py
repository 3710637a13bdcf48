"""The whole way: `python build.py --ner-model DIR` in the environment that `make neural` makes, with a model that is
made here and knows its names."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from sijill.confidence import LIKELY
from tests.neural.models import make_model
from tests.sites import ROOT, make, tree, write

ARTICLES = """
-- articles/2018/named.txt --
---
date: 2018-11-28
---
خبر من ميلانو
وصل المصوّر جاكومو بيريني إلى أستانا. وغادر بيريني المدينة مساءً.
رافقه في الرحلة رافيلو سيتوني، وانتظره «توفيلو سانديرو» في ميلانو.
-- articles/2018/ruled.txt --
---
date: 2018-11-28
---
خبر عن الوفد
قال بشار الجعفري إن الجولة 11 من محادثات أستانا ناجحة. ورأى بشار الجعفري أن اللقاء مفيد.
"""

WATCH = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def seen(event, arguments):
    if event.startswith(("socket.connect", "socket.get", "socket.send")) and event != "socket.gethostname":
        os.write(log, ("network " + event + "\\n").encode())
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        flags = arguments[2] or 0
        kind = "write" if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else "read"
        os.write(log, (kind + " " + os.path.abspath(os.fsdecode(arguments[0])) + "\\n").encode())
    elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink"):
        path = arguments[0 if event == "os.mkdir" else 1]
        os.write(log, ("write " + os.path.abspath(os.fsdecode(path)) + "\\n").encode())
sys.addaudithook(seen)
"""
"""A `sitecustomize` that writes down what a process asks of the network and which files it opens."""


def build(folder: Path, *options: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        ROOT / "build.py",
        "--content",
        folder / "content",
        "--output",
        folder / "site",
        *options,
    ]
    environment = {**os.environ, **variables}
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd=folder, env=environment
    )


def mentions(folder: Path, article: str) -> list[dict[str, Any]]:
    lines = (folder / "site" / "data" / "mentions.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["article"] == article]


@pytest.fixture(scope="module")
def built(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two articles, built with the model; not to be changed."""
    folder = make(tmp_path_factory.mktemp("built"), ARTICLES)
    done = build(folder, "--ner-model", model)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_names_that_no_rule_sees_are_found_with_origin_and_probability(built: Path, tmp_path: Path) -> None:
    found = mentions(built, "named")
    by_model = [row for row in found if row["origin"].startswith("model:camel-ner/")]
    assert [row["text"] for row in by_model] == ["جاكومو بيريني", "توفيلو سانديرو"]
    assert all(row["kind"] == "official" and row["why"] == "new-name" and row["score"] == LIKELY for row in by_model)
    assert [page.parent.name for page in (built / "site" / "officials").glob("*/index.html")] != []
    rules_alone = make(tmp_path, ARTICLES)
    assert build(rules_alone).returncode == 0
    assert [row["text"] for row in mentions(rules_alone, "named") if row["kind"] == "official"] == []


def test_explaining_and_evaluating_read_with_the_model_too(built: Path, model: Path) -> None:
    for content, verb in ((built / "content", ["explain", "named"]), (ROOT / "content", ["evaluate", "tests/gold"])):
        command = [sys.executable, "build.py", "--content", str(content), *verb, "--ner-model"]
        done = subprocess.run([*command, str(model)], capture_output=True, text=True, check=False, cwd=ROOT)
        assert (done.returncode, done.stderr) == (0, "")
        assert ("model:camel-ner/" in done.stdout) == (verb[0] == "explain")
        wrong = subprocess.run([*command, "no/where"], capture_output=True, text=True, check=False, cwd=ROOT)
        assert wrong.returncode == 1
        [line] = wrong.stderr.splitlines()
        assert line.startswith("no/where:1: error: there is no such folder (")


def test_later_short_forms_lead_to_the_name_that_the_model_found(built: Path) -> None:
    full, short = [row for row in mentions(built, "named") if "بيريني" in row["text"]]
    assert (short["text"], short["form"], short["origin"]) == ("بيريني", "short", "rule:repeat")
    assert short["entity"] == full["entity"] is not None


def test_a_doubtful_name_and_a_place_are_left_alone(built: Path) -> None:
    texts = " ".join(row["text"] for row in mentions(built, "named"))
    assert "رافيلو" not in texts
    assert "ميلانو" not in texts


def test_what_the_rules_found_is_as_it_is_without_a_model(built: Path, tmp_path: Path) -> None:
    rules_alone = make(tmp_path, ARTICLES)
    assert build(rules_alone).returncode == 0
    ruled = mentions(rules_alone, "ruled")
    assert "بشار الجعفري" in [row["text"] for row in ruled]
    assert mentions(built, "ruled") == ruled


def test_one_process_or_three_and_a_kept_or_a_clean_build_give_the_same_site(
    built: Path, model: Path, tmp_path: Path
) -> None:
    more = "".join(
        f"-- articles/2018/copy-{number}.txt --\nخبر رقم {number}\nوصل جاكومو بيريني {'أمس ' * number}إلى أستانا.\n"
        for number in range(30)
    )
    clean = make(tmp_path / "clean", ARTICLES + more)
    assert build(clean, "--ner-model", model, "--jobs", "1", PYTHONHASHSEED="1").returncode == 0
    assert len([row for row in mentions(clean, "copy-7") if row["origin"].startswith("model:")]) == 1
    grown = Path(shutil.copytree(built, tmp_path / "grown"))
    write(grown, more)
    assert build(grown, "--ner-model", model, "--jobs", "3", PYTHONHASHSEED="2").returncode == 0
    assert tree(grown / "site") == tree(clean / "site")


def test_articles_are_read_again_when_the_model_changes_and_only_then(built: Path, model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "project"))
    other = Path(shutil.copytree(model, tmp_path / "model"))
    for said in ("site: 3 articles", "site is unchanged: 3 articles"):
        assert said in build(folder, "--ner-model", other).stdout
    weights = load_file(other / "model.safetensors")
    weights["classifier.bias"] = torch.tensor([100.0, 0.0, 0.0, 0.0])  # everything is O
    save_file(weights, other / "model.safetensors", metadata={"format": "pt"})
    changed = build(folder, "--ner-model", other)
    assert changed.returncode == 0
    assert "unchanged" not in changed.stdout
    assert [row for row in mentions(folder, "named") if row["origin"].startswith("model:")] == []
    assert "unchanged" not in build(folder).stdout
    assert build(folder, "--ner-model", model).returncode == 0
    assert tree(folder / "site") == tree(built / "site")


class Bomb:
    """What a pickled model may do when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_nothing_but_data_is_taken_from_the_folder_and_nothing_is_asked_or_written_elsewhere(
    model: Path, tmp_path: Path
) -> None:
    """The folder holds code in every place where a library might look for it; the home folder does not exist."""
    hostile = Path(shutil.copytree(model, tmp_path / "hostile"))
    mark = tmp_path / "mark"
    code = f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n"
    for name in ("modeling.py", "tokenization.py", "config.py", "sitecustomize.py", "torch.py"):
        (hostile / name).write_text(code, "utf-8")
    for name in ("pytorch_model.bin", "training_args.bin"):
        (hostile / name).write_bytes(pickle.dumps(Bomb(mark)))
    for name, more in (
        (
            "config.json",
            {
                "auto_map": {"AutoModelForTokenClassification": "modeling.Model", "AutoConfig": "config.Config"},
                "_attn_implementation": "someone/kernel",
                "attn_implementation": "someone/kernel",
                "quantization_config": {"quant_method": "bitsandbytes"},
                "_name_or_path": "someone/model",
            },
        ),
        (
            "tokenizer_config.json",
            {"auto_map": {"AutoTokenizer": ["tokenization.T", None]}, "vocab_file": "/etc/passwd"},
        ),
    ):
        given = json.loads((hostile / name).read_text("utf-8"))
        (hostile / name).write_text(json.dumps({**given, **more}), "utf-8")
    (hostile / "model.safetensors.index.json").write_text('{"weight_map": {"x": "../../x"}}', "utf-8")
    project = make(tmp_path / "project", ARTICLES)
    watch, work = tmp_path / "watch", tmp_path / "work"
    watch.mkdir()
    work.mkdir()
    log = tmp_path / "log"
    (watch / "sitecustomize.py").write_text(WATCH.format(log=str(log)), "utf-8")
    done = build(
        project,
        *("--ner-model", hostile, "--jobs", "1"),
        PYTHONPATH=str(watch),
        PYTHONDONTWRITEBYTECODE="1",
        HOME=str(tmp_path / "nobody"),
        TMPDIR=str(work),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [row for row in mentions(project, "named") if row["origin"].startswith("model:")] != []
    seen = [line.split(" ", 1) for line in log.read_text("utf-8").splitlines()]
    assert [what for kind, what in seen if kind == "network"] == []
    own = (str(project), str(work), "/dev/null", str(log))
    assert {what for kind, what in seen if kind == "write" and not what.startswith(own)} == set()
    read = {Path(what).name for kind, what in seen if what.startswith(str(hostile))}
    assert read == {"config.json", "tokenizer_config.json", "vocab.txt", "model.safetensors"}
    assert not mark.exists()
    assert list(work.iterdir()) == []
    assert not (tmp_path / "nobody").exists()


def without_classifier(model: Path, folder: Path) -> None:
    """A copy of the model that is whole to look at, and is not."""
    shutil.copytree(model, folder)
    weights = load_file(folder / "model.safetensors")
    del weights["classifier.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def test_explaining_with_a_model_that_breaks_is_one_line(built: Path, model: Path, tmp_path: Path) -> None:
    without_classifier(model, tmp_path / "broken")
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(built / "content"), "explain", "named"]
    done = subprocess.run(
        [*command, "--ner-model", "broken"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("broken:1: error: model.safetensors lacks classifier.weight")


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_model_that_breaks_while_reading_is_one_line_and_leaves_the_site(
    built: Path, model: Path, tmp_path: Path, jobs: str
) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "project"))
    without_classifier(model, tmp_path / "broken")
    write(folder, "".join(f"-- articles/2018/more-{number}.txt --\nخبر\nنص قصير.\n" for number in range(40)))
    done = build(folder, "--ner-model", "../broken", "--jobs", jobs)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("../broken:1: error: model.safetensors lacks classifier.weight")
    assert "nothing published" in done.stdout
    assert tree(folder / "site") == tree(built / "site")


def test_a_model_without_names_leaves_the_site_as_the_rules_make_it(tmp_path: Path) -> None:
    nobody = make_model(tmp_path / "model", words={"كلمة": ("B-LOC", 1.0)})
    with_model, rules_alone = make(tmp_path / "a", ARTICLES), make(tmp_path / "b", ARTICLES)
    assert build(with_model, "--ner-model", nobody).returncode == build(rules_alone).returncode == 0
    assert tree(with_model / "site") == tree(rules_alone / "site")
