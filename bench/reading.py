"""How well the first article is read, and how fast: figures against `tests/gold`, printed by `python -m bench`."""

from __future__ import annotations

import time

from bench.corpus import ROOT
from sijill.arabic.parties import party_names
from sijill.evaluate import load_gold, scores
from sijill.model import Article
from sijill.read import read_article
from sijill.reading import Reader
from sijill.registry import load_registry

FIRST = "content/articles/2018/astana-11.txt"
RUNS = 20
WORDS = 450
"""The length of an article that times are given for."""


def report() -> list[str]:
    """Lines of a table: precision, recall and F1 by kind, then the time to read."""
    registry, _ = load_registry(ROOT / "content", party_names())
    reader = Reader(registry)
    article = read_article(ROOT / FIRST, FIRST)
    if not isinstance(article, Article):
        raise SystemExit(f"{FIRST} cannot be read: {article}")
    start = time.process_time()
    reading = reader.read(article)
    first = time.process_time() - start
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        reader.read(article)
        times.append(time.process_time() - start)
    lines = [f"{'first article':44}{'P':>9}{'R':>9}{'F1':>9}"]
    for name, score in scores([(article, reading, load_gold(ROOT / "tests/gold/astana-11.yaml"))]).items():
        if score.gold:
            lines.append(f"{name:44}{score.precision:9.3f}{score.recall:9.3f}{score.f1:9.3f}")
    per = 1000 * WORDS / reading.words
    lines.append(f"{'reading 450 words, words met before':44}{sorted(times)[RUNS // 2] * per:7.2f} ms of CPU")
    lines.append(f"{'reading 450 words, every word new':44}{first * per:7.2f} ms of CPU")
    return lines
