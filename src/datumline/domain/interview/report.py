"""What a round says afterwards: stronger moves, and the one thing to practise next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from datumline.domain.interview.marks import Marks
from datumline.domain.interview.score import Score
from datumline.domain.policy.blueprint import Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The one thing to practise next: an item or a mistake, and a stronger move."""

    id: str
    name: str
    stronger: str


def practise_next(blueprint: Blueprint, marks: Marks, score: Score) -> Practice | None:
    """What would have earned most; with all covered, the first mistake; None when nothing is wanting."""
    left: Mapping[str, float] = {
        name: score.possible[name] - score.items[name] for name in blueprint.items if not marks.covered(name)
    }
    framing = {item.id for item in blueprint.items.values() if item.phase == blueprint.framing}
    if left:
        order = list(blueprint.items)
        best = max(left, key=lambda name: (name in framing, left[name], -order.index(name)))
        item = blueprint.items[best]
        return Practice(id=item.id, name=item.name, stronger=item.stronger)
    for mark in marks.mistakes:
        mistake = blueprint.mistakes[mark.id]
        return Practice(id=mistake.id, name=mistake.name, stronger=mistake.stronger)
    return None
