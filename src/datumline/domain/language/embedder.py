"""The port through which the domain compares the meaning of texts, whatever model stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, one per text: shape (texts, dimensions). The dot product of two is their cosine."""


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
