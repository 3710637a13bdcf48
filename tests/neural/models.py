"""A BERT small enough to be made in a test: its weights are set by hand, so that a word's label is known beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import BertConfig, BertForTokenClassification

LABELS = ("O", "B-PERS", "I-PERS", "B-LOC")
MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SURE = 1.0
DOUBTFUL = 0.52
"""What of a word's direction points to its label; the rest points to `O`."""

WORDS = {
    "جاكومو": ("B-PERS", SURE),
    "بيريني": ("I-PERS", SURE),
    "توفيلو": ("B-PERS", SURE),
    "سانديرو": ("I-PERS", SURE),
    "رافيلو": ("B-PERS", DOUBTFUL),
    "سيتوني": ("I-PERS", SURE),
    "ميلانو": ("B-LOC", SURE),
    "بشار": ("B-PERS", SURE),
    "الجعفري": ("I-PERS", SURE),
}
"""Words that the model knows, and how it labels them; it takes every other word for `O`."""
PIECES = ("ال", "##خبر", "##ير", "خ", "##ب", "##ر")


def make_model(folder: Path, room: int = 512, words: dict[str, tuple[str, float]] = WORDS) -> Path:
    """Write a model as transformers itself saves one, with a plain vocabulary beside it."""
    vocabulary = [*MARKS, *words, *PIECES]
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=room,
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
    )
    model = BertForTokenClassification(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "LayerNorm" not in name:
                weight.zero_()
        for number, piece in enumerate(vocabulary):
            label, sure = words.get(piece, ("O", SURE))
            row = model.bert.embeddings.word_embeddings.weight[number]
            row[LABELS.index("O")] += 10 * (1 - sure)
            row[LABELS.index(label)] += 10 * sure
        model.classifier.weight.copy_(3 * torch.eye(len(LABELS), config.hidden_size))
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    settings = {"do_lower_case": False, "tokenizer_class": "BertTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    return folder
