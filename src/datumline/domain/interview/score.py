"""What a round earns: points per dimension and item, by the weights of its blueprint.

The formula stands at the head of the pack's blueprint; this module reads it and knows no number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datumline.domain.interview.marks import Answer, Marks
from datumline.domain.policy.blueprint import Blueprint, RubricDimension

POINT_PLACES = 1
HALF = 0.5  # the formula in the blueprint says of what


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points, rounded to a tenth; `total` is None for a blueprint without dimensions.

    `items` has what each item earned, `possible` what it can earn.
    """

    total: float | None
    dimensions: Mapping[str, float]
    items: Mapping[str, float]
    possible: Mapping[str, float]


class Scorer:
    """Scores rounds by one blueprint. `points` has the points of each dimension on the day of the round."""

    def __init__(self, blueprint: Blueprint, points: Mapping[str, float]) -> None:
        self._blueprint, self._points = blueprint, points

    def score(self, marks: Marks, answers: Sequence[Answer]) -> Score:
        """The points of these marks."""
        earned = {
            (dimension, item): self._worth(dimension, item) * self._share(dimension, item, marks)
            for dimension in self._blueprint.dimensions
            for item in self._blueprint.items
            if marks.covered(item)
        }
        dimensions = {
            name: self._dimension(one, sum(p for (d, _), p in earned.items() if d == name), marks, answers)
            for name, one in self._blueprint.dimensions.items()
        }
        items = {
            item: round(sum(points for (_, name), points in earned.items() if name == item), POINT_PLACES)
            for item in self._blueprint.items
        }
        total = round(sum(dimensions.values()), POINT_PLACES) if dimensions else None
        return Score(total=total, dimensions=dimensions, items=items, possible=self.possible())

    def possible(self) -> dict[str, float]:
        """What each item can earn over all dimensions."""
        return {
            item: round(sum(self._worth(name, item) for name in self._blueprint.dimensions), POINT_PLACES)
            for item in self._blueprint.items
        }

    def _worth(self, dimension: str, item: str) -> float:
        """The points of an item in a dimension: its share of the weights."""
        weights = {name: float(one.weights.get(dimension, 0)) for name, one in self._blueprint.items.items()}
        conduct = sum(map(float, self._blueprint.dimensions[dimension].conduct.values()))
        whole = sum(weights.values()) + conduct
        return self._points[dimension] * weights[item] / whole if whole else 0.0

    def _share(self, dimension: str, item: str, marks: Marks) -> float:
        """1, or how far the gate's phase was covered for an item of another phase."""
        gate = self._blueprint.dimensions[dimension].gate
        if gate is None or self._blueprint.items[item].phase == gate:
            return 1.0
        of_gate = [one.id for one in self._blueprint.of_phase(gate)]
        whole = sum(self._worth(dimension, one) for one in of_gate)
        return (
            sum(self._worth(dimension, one) for one in of_gate if marks.covered(one)) / whole
            if whole
            else 1.0
        )

    def _dimension(
        self, one: RubricDimension, earned: float, marks: Marks, answers: Sequence[Answer]
    ) -> float:
        conduct = {name: float(weight) for name, weight in one.conduct.items()}
        whole = sum(conduct.values()) + sum(
            float(item.weights.get(one.id, 0)) for item in self._blueprint.items.values()
        )
        shown = {
            "structure": self._structure(marks),
            "ambiguity": self._ambiguity(marks),
            "probes": _probes(marks, answers),
        }
        for name, weight in conduct.items():
            earned += self._points[one.id] * weight / whole * shown[name] * self._substance(marks)
        return round(max(0.0, earned - float(one.mistake_costs) * len(marks.mistakes)), POINT_PLACES)

    def _substance(self, marks: Marks) -> float:
        """How far there was something to conduct: all of it from half of the items on."""
        covered = sum(map(marks.covered, self._blueprint.items))
        return min(1.0, covered / (HALF * len(self._blueprint.items)))

    def _structure(self, marks: Marks) -> float:
        touched = sum(
            any(marks.covered(item.id) for item in self._blueprint.of_phase(phase))
            for phase in self._blueprint.phases
        )
        return touched / len(self._blueprint.phases) * (HALF if marks.began_acting else 1.0)

    def _ambiguity(self, marks: Marks) -> float:
        asked = [item.id for item in self._blueprint.items.values() if item.ambiguity]
        return sum(map(marks.covered, asked)) / len(asked) if asked else 0.0


def _probes(marks: Marks, answers: Sequence[Answer]) -> float:
    """The share of answers that cover something."""
    return sum(bool(marks.covered_in(answer.turn)) for answer in answers) / len(answers) if answers else 0.0
