"""What the tests of the neural recogniser share. They need the environment that `make test-neural` makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.neural.models import make_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny model; not to be changed."""
    return make_model(tmp_path_factory.mktemp("model"))
