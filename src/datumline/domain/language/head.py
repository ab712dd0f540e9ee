"""A light trained head: what a sentence does, from its vector and its features, with a confidence for each label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.embedder import Vectors

Floats = NDArray[np.float64]
PLACES = 2  # confidences are rounded, so that another processor's last bits change nothing that is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Logistic regressions that share their inputs.

    Attributes:
        labels: what each answers, in the order of the columns of `weights`.
        weights: shape (dimensions of the vector + features, labels).
        bias: shape (labels,).
        identity: the embedder whose vectors it was trained on.
    """

    labels: Sequence[str]
    weights: Floats
    bias: Floats
    identity: str

    def confidences(self, vectors: Vectors, features: NDArray[np.float32]) -> list[dict[str, float]]:
        """For each row the probability of each label, rounded to two places."""
        if not len(vectors):
            return []
        inputs = np.hstack([vectors.astype(np.float64), features.astype(np.float64)])
        sure = 1 / (1 + np.exp(-(inputs @ self.weights + self.bias)))
        return [dict(zip(self.labels, map(float, row), strict=True)) for row in np.round(sure, PLACES)]

    def shares(self, vectors: Vectors, features: NDArray[np.float32]) -> Floats:
        """For each row the share of each label, together 1: one label is meant, not several."""
        inputs = np.hstack([vectors.astype(np.float64), features.astype(np.float64)])
        raw = inputs @ self.weights + self.bias
        powers = np.exp(raw - raw.max(axis=1, keepdims=True))
        shared: Floats = powers / powers.sum(axis=1, keepdims=True)
        return shared
