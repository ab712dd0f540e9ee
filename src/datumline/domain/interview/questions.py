"""Which phase's question was asked: read from the interviewer's own words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datumline.domain.language.embedder import Embedder
from datumline.domain.policy.blueprint import Blueprint


class Questions:
    """Tells a phase from a question, by the nearest of the blueprint's questions and probes."""

    def __init__(self, blueprint: Blueprint, embedder: Embedder, least: float) -> None:
        self._embedder, self._least = embedder, least
        self._phases: list[str] = []
        texts: list[str] = []
        for phase in blueprint.phases.values():
            own = [
                *phase.questions,
                *(probe for item in blueprint.of_phase(phase.id) for probe in item.probes),
            ]
            texts += own
            self._phases += [phase.id] * len(own)
        self._exact = dict(zip(texts, self._phases, strict=True))
        self._vectors = embedder.embed(texts)

    def phase_of(self, said: Sequence[str]) -> str | None:
        """The phase of the last of these questions that belongs to one; None when none does."""
        for text in reversed(said):
            if text in self._exact:
                return self._exact[text]
            cosines = self._vectors @ self._embedder.embed([text])[0]
            best = int(np.argmax(cosines))
            if float(cosines[best]) >= self._least:
                return self._phases[best]
        return None
