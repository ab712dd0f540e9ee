"""How much of what an item says stands in a text: figures about the match, from words and meanings.

The figures follow token matching by greedy cosine (Zhang et al. 2020, BERTScore) beside plain stem recall,
over windows of one to three sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.embedder import WordVectors
from datumline.domain.language.stems import stem

Row = NDArray[np.float64]
FIGURES = (
    "recall_one",
    "cosine_one",
    "recall_two",
    "cosine_any",
    "recall_all",
    "order",
    "figures_missing",
    "recall_cosine",
    "cosine_squared",
    "last_word",
    "words",
    "near_one",
    "near_all",
    "nearest_least",
    "near_two",
    "near_soft",
    "best_least",
    "weighted_near",
    "weighted_recall",
    "weighted_both",
    "weighted_near_two",
    "weighted_recall_two",
    "unmatched",
    "unmatched_far",
    "unmatched_worst",
    "unmatched_here",
    "unmatched_worst_here",
    "weighted_near_all",
    "weighted_recall_all",
    "spread",
)


@dataclass(frozen=True)
class Read:
    """A sentence or an item read for matching: its words, their stems and vectors."""

    vectors: WordVectors
    common: frozenset[str]

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each word."""
        return [stem(word) for word in self.vectors.words]

    @cached_property
    def bag(self) -> frozenset[str]:
        """The stems, each once."""
        return frozenset(self.stems)

    @cached_property
    def content(self) -> list[int]:
        """The places of the words that carry what is said; all words where none does."""
        words = self.vectors.words
        kept = [place for place, word in enumerate(words) if word.isalnum() and word not in self.common]
        return (
            kept
            or [place for place, word in enumerate(words) if word.isalnum()]
            or list(range(len(words)))[:1]
        )

    @cached_property
    def order(self) -> frozenset[tuple[str, str]]:
        """The pairs of content stems that follow each other."""
        return frozenset(pairwise(self.stems[place] for place in self.content))


def figures(item: Read, text: Sequence[Read]) -> tuple[Row, int]:
    """The figures of `FIGURES` about an item and a text of one sentence or more; and the best sentence's place."""
    places = item.content
    stems = [item.stems[place] for place in places]
    near = np.array([_nearest(item, places, sentence) for sentence in text])
    same = np.array([[float(one in sentence.bag) for one in stems] for sentence in text])
    weights = np.array([0.3 + item.vectors.rarity[place] for place in places], dtype=np.float64)
    weights /= weights.sum()
    both = (near + same) / 2 @ weights
    best = int(both.argmax())
    row = [
        *_plain(item, text, same),
        *_meant(near),
        *_weighted(near, same, weights, best),
        _spread(stems, text[best]),
    ]
    return np.array(row), best


def _nearest(item: Read, places: Sequence[int], sentence: Read) -> Row:
    """For each content word of the item the cosine of the sentence's nearest word."""
    if not sentence.vectors.words:
        return np.zeros(len(places))
    close = item.vectors.vectors[list(places)] @ sentence.vectors.vectors.T
    return np.asarray(close.max(axis=1), dtype=np.float64)


def _plain(item: Read, text: Sequence[Read], same: Row) -> list[float]:
    """Recall of stems, cosines of whole sentences, pairs in order, figures that are missing."""
    cosines = [float(sentence.vectors.whole @ item.vectors.whole) for sentence in text]
    recall = same.mean(axis=1)
    windows = [np.maximum(one, other).mean() for one, other in pairwise(same)] or [recall.max()]
    joined = (
        [cosines[0]]
        if len(text) == 1
        else [_joined(text[at : at + size], item) for size in (2, 3) for at in range(len(text) - size + 1)]
    )
    order = frozenset().union(*(sentence.order for sentence in text))
    digits = {word for word in item.vectors.words if re.fullmatch(r"\d+", word)}
    lacking = sum(not any(word in sentence.vectors.words for sentence in text) for word in digits)
    one, cosine = float(recall.max()), max(cosines)
    return [
        one,
        cosine,
        max(one, float(max(windows))),
        max(cosine, *joined),
        float(same.max(axis=0).mean()),
        len(item.order & order) / max(1, len(item.order)),
        float(lacking),
        one * cosine,
        cosine * cosine,
        float(same[:, -1].max()),
        float(same.shape[1]),
    ]


def _joined(window: Sequence[Read], item: Read) -> float:
    """The cosine of a window, its sentences weighed by the root of their length."""
    total = np.sum(
        [sentence.vectors.whole * len(sentence.vectors.words) ** 0.5 for sentence in window], axis=0
    )
    return float(total @ item.vectors.whole / (np.sqrt(total @ total) + 1e-9))


def _meant(near: Row) -> list[float]:
    """How near the nearest words are: in one sentence, in all, in two together."""
    every = near.max(axis=0)
    mean = near.mean(axis=1)
    two = [np.maximum(one, other).mean() for one, other in pairwise(near)] or [mean.max()]
    return [
        float(mean.max()),
        float(every.mean()),
        float(every.min()),
        float(max(two)),
        float(np.clip((every - 0.3) / 0.5, 0, 1).mean()),
        float(near[mean.argmax()].min()),
    ]


def _weighted(near: Row, same: Row, weights: Row, best: int) -> list[float]:
    """The same with rare words counting more, and what of the item finds no word of its own."""
    every, found = near.max(axis=0), same.max(axis=0)
    lost = weights * (1 - found)
    here = weights * (1 - same[best])
    two = [
        (np.maximum(a, b) @ weights, np.maximum(c, d) @ weights)
        for (a, b), (c, d) in zip(pairwise(near), pairwise(same), strict=True)
    ]
    two = two or [(float((near @ weights).max()), float((same @ weights).max()))]
    return [
        float((near @ weights).max()),
        float((same @ weights).max()),
        float(((near + same) / 2 @ weights).max()),
        float(max(one for one, _ in two)),
        float(max(other for _, other in two)),
        float(lost.sum()),
        float((lost * (1 - every)).sum()),
        float((lost * (1 - every)).max()),
        float((here * (1 - near[best])).sum()),
        float((here * (1 - near[best])).max()),
        float(every @ weights),
        float(found @ weights),
    ]


def _spread(stems: Sequence[str], sentence: Read) -> float:
    """How far apart the item's words stand in its best sentence, as a share of the sentence."""
    at = [sentence.stems.index(one) for one in stems if one in sentence.bag]
    return (max(at) - min(at) + 1 - len(at)) / max(1, len(sentence.stems)) if len(at) > 1 else 0.0
