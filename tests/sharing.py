"""What the builds of one run of the tests share: readers and compiled templates, most of the time of a small build.

Each is made of values alone, and made anew where one of them differs: a word of the language data, a record, a line of
a template. `make soak` shares nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TypeVar

import pytest

from sijill.inputs import files_digest
from sijill.model import Registry
from sijill.reading import Reader
from sijill.recognise.second import Labeller
from sijill.render import Renderer
from sijill.strings import Strings
from tests.sites import ROOT

__all__ = ["share"]

TEMPLATES = ROOT / "templates"
KEPT = 8
"""Of each, those that were used last."""
_T = TypeVar("_T")
_readers: dict[Hashable, Reader] = {}
_renderers: dict[Hashable, Renderer] = {}


def share(patch: pytest.MonkeyPatch) -> None:
    """Have builds in this process, and in those forked from it, ask here first."""
    for module in ("prepare", "questions", "desk"):
        patch.setattr(f"sijill.{module}.Reader", _reader)
    patch.setattr("sijill.shown.Renderer", _renderer)


def _reader(registry: Registry, second: Labeller | None = None, least: float = 0.0) -> Reader:
    reader = Reader(registry, second, least)  # it has learnt nothing yet
    return _kept(_readers, (id(second), reader.version), lambda: _ready(reader))


def _ready(reader: Reader) -> Reader:
    """What each worker would do for itself, done before any is forked."""
    reader.get_ready()
    return reader


def _renderer(templates: Path, strings: Strings, assets: Mapping[str, str], root: str = "") -> Renderer:
    digest = files_digest(templates)
    if digest == files_digest(TEMPLATES):  # a copy, which may be gone when the next build has one
        templates = TEMPLATES
    key = (templates, digest, frozenset(strings.words.items()), strings.style, frozenset(assets.items()), root)
    return _kept(_renderers, key, lambda: Renderer(templates, strings, assets, root))


def _kept(all_kept: dict[Hashable, _T], key: Hashable, make: Callable[[], _T]) -> _T:
    found = all_kept.pop(key, None) or make()
    all_kept[key] = found
    if len(all_kept) > KEPT:
        del all_kept[next(iter(all_kept))]
    return found
