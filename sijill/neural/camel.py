"""Labels of words by the neural recogniser of camel-tools, on the processor, with their probabilities.

The only module that imports torch and transformers. `sijill.neural` imports it when labels are asked for, and sees to
it first that nothing is looked for on the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import torch
from camel_tools.ner import NERDataset, NERecognizer
from transformers.utils import logging

from sijill.recognise.second import Label

BATCH = 16
"""Windows that go through the model at once."""

PIECES = 256
"""Word pieces of a window, its two marks included: as camel-tools itself cuts sentences."""

FORMS_KEPT = 50_000


class Window(NamedTuple):
    """Neighbouring words of one sentence that the model can take at once."""

    sentence: int
    first: int
    words: list[str]
    pieces: int


class CamelLabels:
    """A loaded model. One thread, and batches of one article's own windows: labels and probabilities are the same
    whatever else is read before or beside it."""

    def __init__(self, folder: Path) -> None:
        torch.set_num_threads(1)
        logging.disable_progress_bar()
        recogniser = NERecognizer(str(folder), use_gpu=False)
        self._model = recogniser.model.eval()
        self._tokenizer = recogniser.tokenizer
        self._labels: dict[int, str] = recogniser.labels_map
        self._room = min(PIECES, self._model.config.max_position_embeddings) - 2
        self._pieces = lru_cache(FORMS_KEPT)(lambda word: len(self._tokenizer.tokenize(word)))

    def weights(self) -> set[str]:
        """The names of all weights that the model consists of."""
        return set(self._model.state_dict())

    def labels(self, sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
        """One label for each word of each sentence. Raises ValueError where the model cannot say."""
        windows = [window for at, words in enumerate(sentences) for window in self._windows(at, words)]
        windows.sort(key=lambda window: window.pieces)  # alike in length: little padding
        found: list[list[Label]] = [[("", 0.0)] * len(words) for words in sentences]
        for first in range(0, len(windows), BATCH):
            batch = windows[first : first + BATCH]
            for window, labels in zip(batch, self._of_batch(batch), strict=True):
                if len(labels) != len(window.words):
                    raise ValueError(f"{len(labels)} labels for {len(window.words)} words")
                found[window.sentence][window.first : window.first + len(labels)] = labels
        return found

    def _windows(self, sentence: int, words: Sequence[str]) -> Iterator[Window]:
        """The sentence in windows that the model has room for, cut behind a sign where there is one in the second
        half. A word of no pieces, or of too many, is passed on as an unknown one, so that none is lost."""
        sizes = [self._pieces(word) for word in words]
        known = [
            word if 0 < size <= self._room else self._tokenizer.unk_token
            for word, size in zip(words, sizes, strict=True)
        ]
        sizes = [size if 0 < size <= self._room else 1 for size in sizes]
        first = 0
        while first < len(words):
            behind, pieces = first, 0
            while behind < len(words) and pieces + sizes[behind] <= self._room:
                pieces += sizes[behind]
                behind += 1
            if behind < len(words):
                signs = (at + 1 for at in range(behind - 1, (first + behind) // 2, -1) if not words[at].isalnum())
                behind = next(signs, behind)
            yield Window(sentence, first, known[first:behind], sum(sizes[first:behind]))
            first = behind

    def _of_batch(self, batch: Sequence[Window]) -> Iterator[list[Label]]:
        """The labels of each window: those of the words' first pieces."""
        longest = max(window.pieces for window in batch) + 2
        names = list(self._labels.values())
        dataset = NERDataset([window.words for window in batch], self._tokenizer, names, longest)
        if len(dataset) != len(batch):
            raise ValueError(f"{len(dataset)} windows for {len(batch)}")
        inputs = {
            name: torch.stack([dataset[at][name] for at in range(len(batch))])
            for name in ("input_ids", "attention_mask", "token_type_ids", "label_ids")
        }
        heads = inputs.pop("label_ids") != dataset.pad_token_label_id
        with torch.inference_mode():
            probabilities = self._model(**inputs).logits.double().softmax(dim=2)
        if not bool(torch.isfinite(probabilities).all()):
            raise ValueError("probabilities that are no numbers")
        best = probabilities.max(dim=2)
        for at, row in enumerate(heads):
            places = row.nonzero().flatten()
            numbers, scores = best.indices[at][places].tolist(), best.values[at][places].tolist()
            yield [(self._labels[number], score) for number, score in zip(numbers, scores, strict=True)]


__all__ = ["CamelLabels"]
