"""What two columns of measurements say about a goal. Pure: times come in, ratios and answers go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

Figures = Mapping[str, float]
"""One run's measurements by name: `wall` and `cpu` in seconds, and any that the run reports itself."""


class Direction(StrEnum):
    """Which way a goal looks."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A limit for one figure.

    Attributes:
        measure: the figure's name, `wall` and `cpu` among them.
        limit: what it is held against.
        direction: AT_MOST holds (ours / yardstick) below the limit: it takes at most so many times as long.
            AT_LEAST holds (yardstick / ours) above it: it is at least so many times as fast.
        absolute: True holds our own figure against the limit, without the yardstick (a count, a percentile).
    """

    measure: str
    limit: float
    direction: Direction = Direction.AT_MOST
    absolute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A goal and what was measured for it: a ratio, or our own figure if the goal is absolute."""

    goal: Goal
    measured: float

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        if self.goal.direction is Direction.AT_MOST:
            return self.measured <= self.goal.limit
        return self.measured >= self.goal.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One side's runs.

    Attributes:
        name: what ran.
        units: how much work a run did; figures are compared per unit, so the sides may do different amounts.
        runs: the measurements of each run, in order, warm-up excluded.
    """

    name: str
    units: float
    runs: Sequence[Figures]

    def middle(self, measure: str) -> float:
        """Return the median of a figure over the runs, per run."""
        return median(run[measure] for run in self.runs)


def judge(goal: Goal, ours: Column, yardstick: Column) -> Outcome:
    """Hold our column against the yardstick's, or alone if the goal is absolute.

    A side too quick for the clock (0 seconds) counts as the smallest step: a ratio always exists.
    """
    if goal.absolute:
        return Outcome(goal=goal, measured=ours.middle(goal.measure))
    our_cost, their_cost = (_cost(column, goal.measure) for column in (ours, yardstick))
    ratio = our_cost / their_cost if goal.direction is Direction.AT_MOST else their_cost / our_cost
    return Outcome(goal=goal, measured=ratio)


_SMALLEST_STEP = 1e-9


def _cost(column: Column, measure: str) -> float:
    return max(column.middle(measure), _SMALLEST_STEP) / column.units
