"""What a full story tells in each of its parts, and whether this one does, with which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from datumline.domain.language.head import PLACES, Head
from datumline.domain.language.spans import Span
from datumline.domain.stories.part import StoryPart
from datumline.domain.stories.telling import Told

ELEMENTS: Mapping[StoryPart, tuple[str, ...]] = {
    StoryPart.SITUATION: ("organisational-context", "cultural-challenge", "long-term-stake", "complexity"),
    StoryPart.TASK: (
        "leadership-role",
        "bar-raising-opportunity",
        "whom-to-convince",
        "definition-of-success",
    ),
    StoryPart.ACTION: ("long-term-thinking", "stakeholders", "culture", "trade-offs", "change"),
    StoryPart.RESULT: ("immediate-figures", "cultural-effect", "legacy", "proof"),
}
"""The elements of the extended form, by the part that they belong to."""

_OPENING = frozenset(
    {StoryPart.SITUATION, StoryPart.TASK}
)  # tellers mix the two: either may hold the other's


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Whether an element is told, how sure that is (0 to 1), and the sentences that tell it."""

    told: bool
    confidence: float
    spans: tuple[Span, ...]


def elements(told: Sequence[Told], head: Head, least: float) -> dict[StoryPart, dict[str, Element]]:
    """Every element by its part; one counts as told from the confidence `least` on."""
    if not told:
        return {part: {name: _none() for name in names} for part, names in ELEMENTS.items()}
    nothing = np.zeros((len(told), 0), dtype=np.float32)
    shares = np.round(head.shares(np.array([one.vector for one in told]), nothing), PLACES)
    sure = [dict(zip(head.labels, map(float, row), strict=True)) for row in shares]
    return {
        part: {name: _element(name, _places(told, part), told, sure, least) for name in names}
        for part, names in ELEMENTS.items()
    }


def _places(told: Sequence[Told], part: StoryPart) -> list[int]:
    parts = _OPENING if part in _OPENING else {part}
    return [place for place, one in enumerate(told) if one.part in parts]


def _element(
    name: str, places: Sequence[int], told: Sequence[Told], sure: Sequence[Mapping[str, float]], least: float
) -> Element:
    if not places:
        return _none()
    found = [place for place in places if sure[place][name] >= least]
    best = max(sure[place][name] for place in places)
    return Element(told=bool(found), confidence=best, spans=tuple(told[place].span for place in found))


def _none() -> Element:
    return Element(told=False, confidence=0.0, spans=())
