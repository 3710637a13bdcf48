"""A neural model as a second recogniser (`--ner-model`): its identity, and loading it when the first article asks.

A model is a stranger's file. The libraries that load it are shown a folder of our own with what `sijill.neural.folder`
knows of it, no network and no home folder.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sijill.neural.folder import OTHER, WEIGHTS, model_folder
from sijill.recognise.second import Label, ModelError

if TYPE_CHECKING:
    from sijill.neural.camel import CamelLabels

__all__ = ["NeuralLabels"]

EXTRA = {"torch": "torch", "transformers": "transformers", "camel_tools": "camel-tools"}
"""Import name and package of what the extra `neural` installs."""
NO_NETWORK = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
HOME = ("HOME", "USERPROFILE", "HF_HOME", "CAMELTOOLS_DATA", "TORCHINDUCTOR_CACHE_DIR")
"""Folders in which the libraries look for things, and make some."""
CATALOGUE = '{"version":"1.6.0","packages":{},"components":{}}'
"""What camel-tools would fetch from the network when imported, with nothing in it."""


class NeuralLabels:
    """A model as a second recogniser. It is checked at once, and loaded by the process that first asks for labels."""

    def __init__(self, folder: Path) -> None:
        self._model = model_folder(folder)
        missing = [package for name, package in EXTRA.items() if importlib.util.find_spec(name) is None]
        if missing:
            raise ModelError(f"a neural model needs {', '.join(missing)}, which this Python lacks", "run: make neural")
        digest = blake2b(digest_size=16)
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
        for package in (*EXTRA.values(), "tokenizers", "safetensors", "numpy"):
            digest.update(f"{package} {importlib.metadata.version(package)}\n".encode())
        digest.update("\0".join((self._model.config, self._model.tokenizer, self._model.vocabulary)).encode())
        with self._model.weights.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
        self.version = digest.hexdigest()
        self.origin = f"model:camel-ner/{self.version[:8]}"

    def labels(self, sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
        """One label for each word of each sentence. Raises ModelError where the model is broken."""
        loaded = self._loaded
        try:
            return loaded.labels(sentences)
        except (ValueError, IndexError, RuntimeError) as problem:
            raise ModelError(f"the model gives no labels: {_first_line(problem)}", OTHER) from problem

    @cached_property
    def _loaded(self) -> CamelLabels:
        with tempfile.TemporaryDirectory(prefix="sijill-model-") as place, _apart(Path(place)):
            from sijill.neural.camel import CamelLabels

            clean = Path(place, "model")
            self._write(clean)
            try:
                loaded = CamelLabels(clean)
            except Exception as problem:  # whatever the libraries make of a file from outside
                raise ModelError(f"{WEIGHTS} does not load: {_first_line(problem)}", OTHER) from problem
        lost = sorted(loaded.weights() - self._model.names)
        if lost:  # transformers would fill them with random numbers
            raise ModelError(f"{WEIGHTS} lacks {lost[0]} ({len(lost)} missing in all)", OTHER)
        return loaded

    def _write(self, clean: Path) -> None:
        """A folder with what is known of the model and nothing else."""
        clean.mkdir()
        clean.joinpath("config.json").write_text(self._model.config, "utf-8")
        clean.joinpath("tokenizer_config.json").write_text(self._model.tokenizer, "utf-8")
        clean.joinpath("vocab.txt").write_text(self._model.vocabulary, "utf-8")
        weights = self._model.weights.resolve()
        try:
            clean.joinpath(WEIGHTS).symlink_to(weights)
        except OSError:  # where making links needs a right that we lack
            shutil.copyfile(weights, clean / WEIGHTS)


def _first_line(problem: Exception) -> str:
    return next(iter(str(problem).splitlines()), type(problem).__name__)[:200]


@contextmanager
def _apart(place: Path) -> Iterator[None]:
    """No network, and nothing of the user's: the libraries read these variables once, when they are imported."""
    place.joinpath("catalogue.json").write_text(CATALOGUE, "utf-8")
    home = dict.fromkeys(HOME, str(place))
    before = {name: os.environ.get(name) for name in (*home, *NO_NETWORK)}
    os.environ.update({**home, **NO_NETWORK})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
