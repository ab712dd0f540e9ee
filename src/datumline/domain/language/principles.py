"""Which leadership principles does a text speak of, with which sentences?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.embedder import Embedder, Vectors
from datumline.domain.language.head import PLACES, Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import sentences
from datumline.domain.language.spans import Span

NONE = "none"
MOST_HITS = 3  # different phrases of a principle that count
LONG = 6  # sentences, above which a text is looked at in stretches of three
STRETCH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A principle that a text speaks of, how sure that is (0 to 1), and its sentences that say so."""

    id: str
    confidence: float
    spans: tuple[Span, ...]


class Cues:
    """How many phrases of each principle's list stand in a text."""

    def __init__(self, lexicon: Lexicon, labels: Sequence[str]) -> None:
        self._searches = [lexicon.search(label) for label in labels if label != NONE]

    def row(self, text: str) -> NDArray[np.float32]:
        """One count per principle."""
        counts = [len({m.group().lower() for m in search.finditer(text)}) for search in self._searches]
        return np.minimum(np.array(counts, dtype=np.float32), MOST_HITS)


class Principles:
    """Maps texts with one pack's words, one embedder and one head whose labels are the principles and `none`."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, head: Head) -> None:
        self._lexicon, self._embedder, self._head = lexicon, embedder, head
        self._cues = Cues(lexicon, head.labels)
        numbers = lexicon.table("principle_numbers")
        self._threshold, self._most = float(numbers["threshold"]), int(numbers["most"])
        self._most_none = float(numbers["most_none"])

    def find(self, text: str) -> tuple[Spoken, ...]:
        """The principles above the threshold, most certain first."""
        cut = sentences(text, self._lexicon)
        spans = [sentence.span for sentence in cut]
        texts = [sentence.text for sentence in cut]
        vectors = self._embedder.embed(texts)
        alone = self._shares(np.hstack([vectors, vectors]), texts)[0]
        whole = self._stretches(text, spans, vectors)
        names = [label for label in self._head.labels if label != NONE]
        ranked = sorted(
            ((round(float(whole[place]), PLACES), -place) for place in range(len(names))), reverse=True
        )
        found = [(sure, -place) for sure, place in ranked if sure >= self._threshold][: self._most]
        return tuple(
            Spoken(id=names[place], confidence=sure, spans=_quotes(alone[:, place], spans))
            for sure, place in found
        )

    def _stretches(self, text: str, spans: Sequence[Span], vectors: Vectors) -> NDArray[np.float64]:
        """The shares of the whole text; of a long one the highest of its stretches."""
        size = len(spans) if len(spans) <= LONG else STRETCH
        windows = [range(start, start + size) for start in range(len(spans) - size + 1)]
        texts = [text[spans[window[0]].start : spans[window[-1]].end] for window in windows]
        whole = vectors if size == 1 else self._embedder.embed(texts)
        joined = [_joined(vectors, spans, window) for window in windows]
        shares, none = self._shares(np.hstack([whole, np.array(joined)]), texts)
        best: NDArray[np.float64] = np.where(none[:, None] >= self._most_none, 0, shares).max(axis=0)
        return best

    def _shares(
        self, vectors: Vectors, texts: Sequence[str]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each text the share of each principle, and the share of none."""
        cues = np.array([self._cues.row(text) for text in texts])
        shares = self._head.shares(vectors, cues)
        place = list(self._head.labels).index(NONE)
        return np.delete(shares, place, axis=1), np.round(shares[:, place], PLACES)


def both(embedder: Embedder, texts: Sequence[str], lexicon: Lexicon) -> Vectors:
    """What the head is trained on: each text's vector beside the mean of its sentences', shape (texts, twice)."""
    rows = []
    for text in texts:
        cut = sentences(text, lexicon)
        spans = [sentence.span for sentence in cut]
        vectors = embedder.embed([sentence.text for sentence in cut])
        rows.append(_joined(vectors, spans, range(len(spans))))
    found: Vectors = np.hstack([embedder.embed(texts), np.array(rows, dtype=np.float32)])
    return found


def _joined(vectors: Vectors, spans: Sequence[Span], window: range) -> NDArray[np.float32]:
    """The mean of some sentences, each weighed by the root of its length, of length one."""
    weights = np.array([(spans[place].end - spans[place].start) ** 0.5 for place in window], dtype=np.float32)
    total: NDArray[np.float32] = weights @ vectors[window.start : window.stop]
    total /= np.sqrt(total @ total)
    return total


def _quotes(shares: NDArray[np.float64], spans: Sequence[Span]) -> tuple[Span, ...]:
    """The sentence that speaks of it most, with a neighbour that does so nearly as much."""
    best = int(shares.argmax())
    kept = {best} | {
        b for a, b in pairwise(range(len(spans))) if best in {a, b} and shares[b] > shares[best] * 0.8
    }
    return tuple(spans[place] for place in sorted(kept))
