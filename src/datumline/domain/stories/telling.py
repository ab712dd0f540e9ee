"""A story read: which part each sentence is, judged together: parts follow each other in some order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.embedder import Embedder, Vectors
from datumline.domain.language.head import PLACES, Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import sentences
from datumline.domain.language.spans import Span
from datumline.domain.stories.marks import Marked, StoryMarker, rows
from datumline.domain.stories.part import ASIDE, GENERAL, LABELS, TOLD, StoryPart

Floats = NDArray[np.float64]
LEAST = 1e-9
SEVERAL = 2  # sentences of a part that together are sure enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence with its part and how sure that is, 0 to 1; `general` says that it tells of no one event."""

    marked: Marked
    part: StoryPart
    confidence: float
    general: bool
    vector: NDArray[np.float32]

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.marked.sentence.span

    @property
    def text(self) -> str:
        """Its words."""
        return self.marked.sentence.text

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


class StoryReader:
    """Reads stories with one pack's words, one embedder, a head for sentences and one for their order.

    The second head holds the logarithms of how often a label follows another (weights, row by column) and
    stands first (bias).
    """

    def __init__(self, lexicon: Lexicon, embedder: Embedder, head: Head, order: Head) -> None:
        self._lexicon, self._embedder, self._head, self._order = lexicon, embedder, head, order
        self._marker = StoryMarker(lexicon)
        numbers = lexicon.table("story_numbers")
        self._order_weight, self._heading_weight = (
            float(numbers["order_weight"]),
            float(numbers["heading_weight"]),
        )
        self._least = [float(numbers[f"least_{part.value}"]) for part in TOLD]

    def read(self, text: str) -> tuple[Told, ...]:
        """Every sentence of the text, in order."""
        marked = [self._marker.mark(sentence) for sentence in sentences(text, self._lexicon)]
        if not marked:
            return ()
        vectors = self._embedder.embed([one.sentence.text for one in marked])
        shares = self._head.shares(with_neighbours(vectors), rows(marked))
        emitted = np.log(shares + LEAST) + self._headed(marked, text)
        sure = self._without_the_faint(emitted, decoded(emitted, self._order, self._order_weight))
        return tuple(_told(one, row, vector) for one, row, vector in zip(marked, sure, vectors, strict=True))

    def _without_the_faint(self, emitted: Floats, sure: Floats) -> Floats:
        """The shares again without the parts that a single unsure sentence tells: those are missing."""
        told = np.bincount(sure.argmax(axis=1), minlength=len(LABELS))
        faint = [
            place
            for place, least in enumerate(self._least)
            if sure[:, place].max() < least and told[place] < SEVERAL
        ]
        if not faint:
            return sure
        emitted = emitted.copy()
        emitted[:, faint] = np.log(LEAST) * 2
        return decoded(emitted, self._order, self._order_weight)

    def _headed(self, marked: Sequence[Marked], text: str) -> Floats:
        """What the headings add: a sentence under `Task` is hardly anything else."""
        added = np.zeros((len(marked), len(LABELS)))
        current: StoryPart | None = None
        for place, one in enumerate(marked):
            current = one.headed or current
            title = text[text.rfind("\n", 0, one.sentence.start) + 1 :].lstrip().startswith("#")
            label = ASIDE if one.only_heading or title else current
            if label is not None:
                added[place, LABELS.index(str(label))] = self._heading_weight
        return added


def _told(marked: Marked, row: Floats, vector: NDArray[np.float32]) -> Told:
    place = int(row.argmax())
    label = LABELS[place]
    part = StoryPart.OTHER if label in {ASIDE, GENERAL} else StoryPart(label)
    other = row[LABELS.index(ASIDE)] + row[LABELS.index(GENERAL)]
    sure = float(other if part is StoryPart.OTHER else row[place])
    return Told(
        marked=marked,
        part=part,
        confidence=round(min(1.0, sure), PLACES),
        general=label == GENERAL,
        vector=vector,
    )


def with_neighbours(vectors: Vectors) -> Vectors:
    """Each sentence's vector beside the mean of its neighbours': shape (sentences, twice as many)."""
    padded = np.vstack([np.zeros_like(vectors[:1]), vectors, np.zeros_like(vectors[:1])])
    around = (padded[:-2] + padded[2:]) / np.float32(2)
    both: Vectors = np.hstack([vectors, around])
    return both


def decoded(emitted: Floats, order: Head, weight: float) -> Floats:
    """The share of each label for each sentence, the whole order considered: forward, then backward."""
    steps = weight * order.weights
    forward = np.zeros_like(emitted)
    forward[0] = emitted[0] + weight * order.bias
    for place in range(1, len(emitted)):
        forward[place] = emitted[place] + _sum(forward[place - 1][:, None] + steps, axis=0)
    backward = np.zeros_like(emitted)
    for place in range(len(emitted) - 2, -1, -1):
        backward[place] = _sum(steps + (emitted[place + 1] + backward[place + 1])[None, :], axis=1)
    both = forward + backward
    powers = np.exp(both - both.max(axis=1, keepdims=True))
    shares: Floats = np.round(powers / powers.sum(axis=1, keepdims=True), 4)
    return shares


def _sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis)
    return total
