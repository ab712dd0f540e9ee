"""The port through which the domain compares the meaning of texts, whatever model stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, one per text: shape (texts, dimensions). The dot product of two is their cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """A text word by word, as it stands in its context.

    Attributes:
        words: in lower case, marks among them.
        vectors: one unit vector per word, shape (words, dimensions).
        rarity: 0 for the commonest words of English up to 1 for rare ones.
        whole: the vector of the whole text.
    """

    words: tuple[str, ...]
    vectors: Vectors
    rarity: NDArray[np.float32]
    whole: NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose cosine says how close their meanings are."""

    @property
    def identity(self) -> str:
        """Names the model and its exact weights: vectors under different identities are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many figures a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order. A text's vector does not depend on its neighbours."""
        ...

    def by_word(self, text: str) -> WordVectors:
        """Return the text's words with their vectors, and the vector of the whole as `embed` gives it."""
        ...
