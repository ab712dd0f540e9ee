"""Hears an answer by the examples of a company's own blueprint, with the coverage of any list of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from datumline.domain.interview.cues import NAMES, Cues
from datumline.domain.interview.hearing import Heard, stretches
from datumline.domain.language.embedder import Embedder, Vectors
from datumline.domain.language.head import PLACES
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.policy.blueprint import Blueprint, BlueprintItem, Mistake

FOREIGN = (
    "denied",
    "of_others",
    "preached",
    "names_only",
)  # cues of words that the speaker does not stand for


class ExampleListener:
    """Hears by how much nearer a stretch is to an item's examples than to its counter-examples."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, blueprint: Blueprint) -> None:
        self._lexicon, self._embedder = lexicon, embedder
        self._cues = Cues(lexicon)
        numbers = {name: float(value) for name, value in lexicon.table("interview_examples").items()}
        self._slope, self._middle = numbers["slope"], numbers["middle"]
        self._margin, self._beside = numbers["margin"], numbers["beside"]
        known: list[BlueprintItem | Mistake] = [*blueprint.items.values(), *blueprint.mistakes.values()]
        self._examples = {one.id: embedder.embed(one.examples) for one in known}
        self._counter = {one.id: embedder.embed(one.counter) for one in known}
        self._kept: dict[str, tuple[Heard, ...]] = {}

    def hear(self, answer: str) -> Sequence[Heard]:
        """The stretches of an answer in order, those of one sentence first."""
        if answer not in self._kept:
            self._kept = {answer: self._heard(answer), **dict(list(self._kept.items())[:63])}
        return self._kept[answer]

    def _heard(self, answer: str) -> tuple[Heard, ...]:
        found = stretches(answer, self._lexicon)
        texts = [span.of(answer) for span, _ in found]
        vectors = self._embedder.embed(texts)
        return tuple(
            Heard(span=span, sentences=count, sure={} if self._foreign(text) else self._sure(vector))
            for (span, count), text, vector in zip(found, texts, vectors, strict=True)
        )

    def _foreign(self, text: str) -> bool:
        row = self._cues.row(text)
        return any(row[NAMES.index(name)] for name in FOREIGN)

    def _sure(self, vector: Vectors) -> dict[str, float]:
        """For each item how near the words are to its examples, and how much nearer than to any other's."""
        near = {name: float((examples @ vector).max()) for name, examples in self._examples.items()}
        return {name: self._one(name, vector, near) for name in near}

    def _one(self, name: str, vector: Vectors, near: Mapping[str, float]) -> float:
        own = near[name]
        against = float((self._counter[name] @ vector).max()) if len(self._counter[name]) else 0.0
        if against > own - self._margin:
            return 0.0
        others = max((cosine for other, cosine in near.items() if other != name), default=0.0)
        raw = self._slope * (own + self._beside * (own - others) - self._middle)
        return round(float(1 / (1 + np.exp(-raw))), PLACES)
