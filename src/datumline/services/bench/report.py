"""A benchmark run's results as lines for a reader and as one document for a program."""

from __future__ import annotations

from collections.abc import Sequence

from datumline.services.bench.comparison import Column, Outcome
from datumline.services.bench.harness import Result


def lines(result: Result) -> list[str]:
    """Return a result's lines: its question, both sides' medians, then each goal with what was measured."""
    head = f"{result.benchmark.id}  {result.benchmark.answers}"
    sides = [f"      {_side(column)}" for column in (result.ours, result.yardstick)]
    return [head, *sides, *(f"      {_goal(outcome)}" for outcome in result.outcomes)]


def document(machine: str, results: Sequence[Result]) -> dict[str, object]:
    """Return all results as JSON values; seconds are medians per run."""
    return {
        "machine": machine,
        "met": all(result.met for result in results),
        "results": [_result(result) for result in results],
    }


def _side(column: Column) -> str:
    units = f", {column.units:g} units" if column.units != 1 else ""
    seconds = f"{column.middle('wall'):.4f} s wall, {column.middle('cpu'):.4f} s cpu"
    own = [name for name in column.runs[0] if name not in {"wall", "cpu"}] if column.runs else []
    more = "".join(f", {name} {column.middle(name):.4g}" for name in own)
    return f"{column.name}: {seconds}{units}{more}"


def _goal(outcome: Outcome) -> str:
    goal = outcome.goal
    what = goal.measure if goal.absolute else f"{goal.measure} ratio"
    answer = "met" if outcome.met else "not met"
    return f"{what} {outcome.measured:.3g}, goal {goal.direction} {goal.limit:g}: {answer}"


def _result(result: Result) -> dict[str, object]:
    return {
        "id": result.benchmark.id,
        "answers": result.benchmark.answers,
        "met": result.met,
        "ours": _column(result.ours),
        "yardstick": _column(result.yardstick),
        "goals": [_outcome(outcome) for outcome in result.outcomes],
    }


def _column(column: Column) -> dict[str, object]:
    measures = sorted(set().union(*(run.keys() for run in column.runs)))
    return {
        "name": column.name,
        "units": column.units,
        "rounds": len(column.runs),
        "medians": {measure: column.middle(measure) for measure in measures},
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "measure": outcome.goal.measure,
        "compared": "own figure" if outcome.goal.absolute else "ratio",
        "measured": outcome.measured,
        "direction": str(outcome.goal.direction),
        "limit": outcome.goal.limit,
        "met": outcome.met,
    }
