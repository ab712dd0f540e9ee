"""The product's `Embedder`: word pieces in, the transformer's unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from datumline.domain.language.embedder import Vectors, WordVectors
from datumline.embedding import pins, tensor_file
from datumline.embedding.transformer import DIMENSIONS, Transformer, mean_of
from datumline.embedding.weights import FOLDER, read_vocabulary_text, read_weights
from datumline.embedding.word_pieces import WordPieces, read_vocabulary


class SentenceEncoder:
    """all-MiniLM-L6-v2 on one core. Of a text only the first 256 word pieces count (190 English words)."""

    def __init__(self, *, pieces: WordPieces, transformer: Transformer) -> None:
        self._pieces = pieces
        self._transformer = transformer

    @property
    def identity(self) -> str:
        """The model and the first twelve digits of its weights' SHA-256."""
        return f"{pins.MODEL}@{pins.WEIGHTS_SHA256[:12]}"

    @property
    def dimensions(self) -> int:
        """384."""
        return DIMENSIONS

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape (texts, 384); no texts give no rows."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        pieces = [self._pieces.numbers(text) for text in texts]
        for row, vector in enumerate(self._transformer.vectors(pieces)):
            vectors[row] = vector
        return vectors

    def by_word(self, text: str) -> WordVectors:
        """Return the text's words with their vectors; a word in several pieces has the sum of theirs."""
        words, pieces, owners = self._pieces.by_word(text)
        (states,) = self._transformer.states([pieces])
        vectors = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
        for piece, owner in enumerate(owners, 1):
            vectors[owner] += states[piece]
        vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None] + np.float32(1e-9)
        rarity = np.array([_rarity(self._pieces.rank(word)) for word in words], dtype=np.float32)
        return WordVectors(words=tuple(words), vectors=vectors, rarity=rarity, whole=mean_of(states))


def _rarity(rank: int | None) -> float:
    """How rare a word is by its rank in the vocabulary, whose first thousand places are letters and marks."""
    if rank is None:
        return 1.0
    first, span = 1000, 20
    return min(1.0, max(0.15, float(np.log(rank / first) / np.log(span)))) if rank > first else 0.15


@cache
def load_encoder(folder: Path = FOLDER) -> SentenceEncoder:
    """Read and check the encoder's files once per process.

    Raises:
        Problem: if a file is missing or is not the pinned one.
    """
    return SentenceEncoder(
        pieces=WordPieces(read_vocabulary(read_vocabulary_text(folder))),
        transformer=Transformer(tensor_file.parse(read_weights(folder))),
    )
