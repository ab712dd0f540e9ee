"""What is heard in an answer: for each stretch of it, how surely it covers an item or makes a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from datumline.domain.interview.cues import Cues, only_names
from datumline.domain.language.embedder import Embedder
from datumline.domain.language.head import Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import sentences
from datumline.domain.language.spans import Span

MOST_KEPT = 64  # answers whose stretches are kept: a round scores the earlier ones again with each new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A stretch of an answer, of one or two sentences, with how sure each label is, 0 to 1."""

    span: Span
    sentences: int
    sure: Mapping[str, float]


class Listener(Protocol):
    """Hears answers, one at a time; the same words always in the same way."""

    def hear(self, answer: str) -> Sequence[Heard]:
        """The stretches of an answer in order, those of one sentence first."""
        ...


class TrainedListener:
    """Hears with a trained head, one pack's words and one embedder."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, head: Head) -> None:
        self._lexicon, self._embedder, self._head = lexicon, embedder, head
        self._cues = Cues(lexicon)
        self._kept: dict[str, tuple[Heard, ...]] = {}

    def hear(self, answer: str) -> Sequence[Heard]:
        """As the protocol says."""
        if answer not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[answer] = self._heard(answer)
        return self._kept[answer]

    def _heard(self, answer: str) -> tuple[Heard, ...]:
        found = stretches(answer, self._lexicon)
        if not found:
            return ()
        texts = [span.of(answer) for span, _ in found]
        vectors = self._embedder.embed(texts)
        sure = self._head.confidences(vectors, np.stack([self._cues.row(text) for text in texts]))
        return tuple(
            Heard(span=span, sentences=count, sure={} if only_names(text) else one)
            for (span, count), text, one in zip(found, texts, sure, strict=True)
        )


def stretches(answer: str, lexicon: Lexicon) -> tuple[tuple[Span, int], ...]:
    """Every sentence, then every two that follow each other: what is meant is often said in two."""
    single = [sentence.span for sentence in sentences(answer, lexicon)]
    pairs = (Span(start=one.start, end=other.end) for one, other in pairwise(single))
    return (*((span, 1) for span in single), *((span, 2) for span in pairs))
