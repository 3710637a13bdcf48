"""How well the first article is read, and how fast: figures against `tests/gold`, printed by `python -m bench`."""

from __future__ import annotations

import gc
import time

from bench.corpus import ROOT
from sijill.arabic.parties import party_names
from sijill.cli.building import COLLECTED
from sijill.desk import shared_parties
from sijill.evaluate import evaluate, table_lines
from sijill.gold import Gold, load_gold
from sijill.reading import Reader
from sijill.registry import load_registry

FIRST = "content/articles/2018/astana-11.txt"
GOLD = "tests/gold/astana-11.yaml"
RUNS = 20
WORDS = 450
"""The length of an article that times are given for."""


def report() -> list[str]:
    """Lines of a table: precision, recall and F1 by kind, then the time to read."""
    gc.set_threshold(*COLLECTED)  # as in a build
    registry, _ = load_registry(ROOT / "content", party_names())
    reader = Reader(registry)
    gold = load_gold(ROOT / GOLD, {"astana-11": ROOT / FIRST})
    if not isinstance(gold, Gold):
        raise SystemExit(f"{GOLD} cannot be read: {gold}")
    article = gold.article
    reader.get_ready()  # the lexicon is made once, not for each article
    start = time.process_time()
    reading = reader.read(article)
    first = time.process_time() - start
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        reader.read(article)
        times.append(time.process_time() - start)
    lines = ["first article", *table_lines(evaluate([(gold, reading)], shared_parties()).measures), ""]
    per = 1000 * WORDS / reading.words
    lines.append(f"{'reading 450 words, words met before':44}{sorted(times)[RUNS // 2] * per:7.2f} ms of CPU")
    lines.append(f"{'reading 450 words, every word new':44}{first * per:7.2f} ms of CPU")
    return lines
