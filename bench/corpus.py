"""Made-up archives for measuring: sentences of the first article, shuffled into as many articles as are wanted."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "content" / "articles" / "2018" / "astana-11.txt"
FIRST_DAY = dt.date(2017, 1, 1)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
PARAGRAPH = 3
"""Sentences."""


def make_project(folder: Path, articles: int, words: int = 450, seed: int = 11) -> Path:
    """A project's content under `folder`, with the real registry and this many articles; its `content` folder."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("articles"))
    if articles == 1:
        target = content / "articles" / "2018" / ARTICLE.name
        target.parent.mkdir(parents=True)
        shutil.copy(ARTICLE, target)
        return content
    chance = random.Random(seed)
    title, sentences = _sentences()
    for number in range(articles):
        date = FIRST_DAY + dt.timedelta(days=number * 2500 // articles)
        path = content / "articles" / f"{date.year}" / f"bench-{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ndate: {date}\n---\n{title}\n{_text(chance, sentences, words)}", "utf-8")
    return content


def made_text(chance: random.Random, words: int = 400) -> str:
    """One made-up article, without front matter."""
    title, sentences = _sentences()
    return f"{title}\n{_text(chance, sentences, words)}"


def new_words(chance: random.Random, count: int = 50) -> str:
    """Words that no other text has."""
    return " ".join("".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(count))


@cache
def _sentences() -> tuple[str, list[str]]:
    text = ARTICLE.read_text("utf-8").split("---\n", 2)[2]
    title, *paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    return title, [sentence for paragraph in paragraphs for sentence in re.split(r"(?<=[.؟!])\s+", paragraph)]


def _text(chance: random.Random, sentences: list[str], words: int) -> str:
    """Sentences in a random order until there are enough words, a few to a paragraph."""
    chosen: list[str] = []
    count = 0
    while count < words:
        for sentence in chance.sample(sentences, len(sentences)):
            chosen.append(sentence)
            count += len(sentence.split())
            if count >= words:
                break
    paragraphs = [" ".join(chosen[at : at + PARAGRAPH]) for at in range(0, len(chosen), PARAGRAPH)]
    return "\n".join(paragraphs) + "\n"
