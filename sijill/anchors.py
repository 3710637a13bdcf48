"""The addresses of sentences: the one place that decides what `#s-…` a sentence has, for evidence and pages alike."""

from __future__ import annotations

from hashlib import blake2s

from sijill.arabic.sentences import sentences
from sijill.model import Article, Sentence, made

__all__ = ["paragraph_anchor", "sentence_table"]


def sentence_table(article: Article) -> tuple[tuple[Sentence, ...], ...]:
    """The sentences of each block. An anchor comes from the sentence's own words, so that it survives edits elsewhere.

    A sentence that stands more than once in the article is told apart by `-2`, `-3` in the order of the text.
    """
    seen: dict[str, int] = {}
    table = []
    for paragraph, block in enumerate(article.blocks):
        row = []
        for start, end in sentences(block.text):
            text = block.text[start:end]
            anchor = "s-" + blake2s(text.encode(), digest_size=4).hexdigest()
            seen[anchor] = count = seen.get(anchor, 0) + 1
            row.append(made(Sentence, (paragraph, start, end, text, anchor if count == 1 else f"{anchor}-{count}")))
        table.append(tuple(row))
    return tuple(table)


def paragraph_anchor(paragraph: int) -> str:
    """The anchor of a whole block."""
    return f"p{paragraph}"
