"""Whether one process can read any number of articles in the same memory: `python -m bench.endurance`.

Each article holds sentences of the first article and words that no other article has, so that whatever is remembered of
words would grow with them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from bench.corpus import ROOT, made_text, new_words
from sijill.arabic.parties import party_names
from sijill.model import Article
from sijill.read import article_of
from sijill.reading import Reader
from sijill.registry import load_registry
from sijill.sources import Source

STEPS = 10
MEGABYTE = 1 << 20


def main() -> int:
    """Print memory and time after each tenth of the articles; 1 where memory has grown by a tenth since the second."""
    parser = argparse.ArgumentParser(prog="python -m bench.endurance", description=__doc__)
    parser.add_argument("--articles", type=int, default=50_000)
    arguments = parser.parse_args()
    registry, _ = load_registry(ROOT / "content", party_names())
    reader = Reader(registry)
    chance = random.Random(11)
    held: list[float] = []
    start = time.process_time()
    for step in range(1, STEPS + 1):
        for number in range(arguments.articles * (step - 1) // STEPS, arguments.articles * step // STEPS):
            reader.read(_article(chance, number))
        held.append(_resident())
        done = arguments.articles * step // STEPS
        print(f"{done:9,} articles{held[-1]:9.1f} MB{time.process_time() - start:9.1f} s of CPU", flush=True)
    return int(held[-1] > held[1] * 1.1)


def _article(chance: random.Random, number: int) -> Article:
    name = f"made-{number:06d}"
    found = article_of(
        Source(name, Path(f"{name}.txt"), f"{name}.txt"), f"{made_text(chance)}{new_words(chance)}.\n".encode()
    )
    assert isinstance(found, Article), found
    return found


def _resident() -> float:
    """Megabytes of this process in memory. Needs /proc of Linux."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) * 1024 / MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
