"""Where a command reads and writes that is not told. Apart from building, for which what only looks need not wait."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

__all__ = ["PROJECT", "here", "output_of"]

PROJECT = Path(__file__).resolve().parents[2]


def here() -> Path:
    """The content folder of the archive that one stands in, or else the project's own."""
    near = Path("content")
    return near if os.path.isfile("content/site.toml") else PROJECT / "content"  # noqa: PTH113 - read at every start


def output_of(arguments: argparse.Namespace, content: Path) -> Path:
    """An absolute path whose last part is left as given, so that a symbolic link can be seen and refused."""
    path: Path | None = arguments.output
    if path is None:
        return content.parent / "site"
    return path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
