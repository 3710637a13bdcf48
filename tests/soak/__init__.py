"""What the archive promises, each promise with the module that tries to break it and how often.

A module has `run(count, seed)`, which gives the number of cases tried and a sentence for each that failed. `make test`
tries the small counts, `make soak` the full ones; both call the same function.
"""

from __future__ import annotations

import importlib
from typing import NamedTuple

__all__ = ["PROMISES", "Promise"]


class Promise(NamedTuple):
    """One promise, and what holds the project to it."""

    number: int
    text: str
    module: str
    """Below `tests.soak`."""
    full: int
    """Cases of `make soak`, at least: the fuzzer makes as many as come into an hour."""
    small: int
    """Cases of `make test`."""

    def run(self, count: int, seed: int) -> tuple[int, list[str]]:
        """Try to break the promise: cases tried, and what failed."""
        tried, failures = importlib.import_module(f"tests.soak.{self.module}").run(count, seed)
        return tried, failures


PROMISES = (
    Promise(1, "No script from content, front matter, registry or entity names reaches a page", "scripts", 13_300, 100),
    Promise(1, "Whatever bytes come in, nothing lives, breaks or hangs", "fuzz", 200_000, 200),
    Promise(2, "Every file becomes a page or a named refusal; no good page is lost", "refusals", 1000, 60),
    Promise(3, "One file cannot stall a build", "stalls", 200, 12),
    Promise(4, "Old site or new site, never between", "kills", 1000, 12),
    Promise(5, "A failed build changes no byte of the site", "failures", 500, 16),
    Promise(6, "The same input gives the same bytes", "rebuilds", 480, 6),
    Promise(7, "An incremental build equals a clean one, without orphans", "edits", 500, 3),
    Promise(8, "Nothing is read or written outside the project", "paths", 99, 40),
    Promise(9, "Collisions are errors that name both files", "collisions", 1000, 24),
    Promise(10, "Encoding is never guessed", "encodings", 1000, 60),
    Promise(11, "Bidirectional controls cannot mislead", "bidi", 1000, 60),
    Promise(12, "The development server is safe", "server", 200, 20),
    Promise(13, "Dependencies are pinned and verifiable", "lock", 50, 10),
    Promise(14, "No third-party requests; a strict content security policy", "browser", 240, 8),
    Promise(15, "Valid, linked, accessible", "valid", 800, 60),
    Promise(16, "Concurrent builds wait or say busy", "concurrent", 800, 16),
)
