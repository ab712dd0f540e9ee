"""An encoder that keeps the sentences that it knows: while somebody types, only the changed one is encoded.

A sentence has the same vector alone and among others, bit for bit (`tests/embedding/test_remembered.py`), so
what is kept is what would be worked out again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from datumline.domain.language.embedder import Embedder, Vectors, WordVectors

MOST = 4096  # sentences held, the latest used: about six megabytes


class Remembered:
    """An embedder before which the latest sentences are kept."""

    def __init__(self, embedder: Embedder, most: int = MOST) -> None:
        self._embedder, self._most = embedder, most
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def identity(self) -> str:
        """That of the embedder behind it."""
        return self._embedder.identity

    @property
    def dimensions(self) -> int:
        """That of the embedder behind it."""
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text, in their order; only texts that are not kept are encoded."""
        with self._lock:
            kept = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        if new:
            kept |= dict(zip(new, self._embedder.embed(new), strict=True))
        with self._lock:
            for text in dict.fromkeys(texts):
                self._known[text] = kept[text]
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = kept[text]
        return vectors

    def by_word(self, text: str) -> WordVectors:
        """The text's words with their vectors, worked out each time."""
        return self._embedder.by_word(text)
