"""The harness: sides run in turn, medians decide, goals look the right way."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.problem import Problem
from datumline.services.bench.comparison import Column, Direction, Goal, judge
from datumline.services.bench.harness import Benchmark, Sides, machine, measure
from datumline.services.bench.report import document, lines
from datumline.services.bench.stopwatch import Side, command, timed


def column(*walls: float, units: float = 1) -> Column:
    return Column(name="side", units=units, runs=[{"wall": wall} for wall in walls])


AT_MOST = Goal(measure="wall", limit=1.5)
AT_LEAST = Goal(measure="wall", limit=4, direction=Direction.AT_LEAST)


@pytest.mark.parametrize(
    ("goal", "ours", "yardstick", "measured", "met"),
    [
        (AT_MOST, column(3, 1, 900), column(2, 2, 2), 1.5, True),
        (AT_MOST, column(3.1), column(2), 1.55, False),
        (AT_LEAST, column(1), column(4), 4, True),
        (AT_LEAST, column(1), column(3.9), 3.9, False),
        (AT_LEAST, column(1, units=10), column(1, units=2), 5, True),
        (Goal(measure="wall", limit=3, absolute=True), column(3), column(1), 3, True),
        (Goal(measure="wall", limit=3, absolute=True), column(4), column(100), 4, False),
    ],
)
def test_a_goal_is_judged_by_medians_per_unit(
    goal: Goal, ours: Column, yardstick: Column, measured: float, *, met: bool
) -> None:
    outcome = judge(goal, ours, yardstick)
    assert outcome.measured == pytest.approx(measured)
    assert outcome.met is met


@given(st.lists(st.floats(0, 1e6), min_size=1), st.lists(st.floats(0, 1e6), min_size=1))
def test_at_least_is_the_reciprocal_of_at_most(ours: list[float], theirs: list[float]) -> None:
    slower = judge(AT_MOST, column(*ours), column(*theirs)).measured
    faster = judge(AT_LEAST, column(*ours), column(*theirs)).measured
    assert slower * faster == pytest.approx(1)


def test_the_sides_take_turns_after_one_warm_up_and_each_run_is_prepared() -> None:
    seen: list[str] = []

    @contextmanager
    def sides() -> Iterator[Sides]:
        seen.append("open")
        yield (
            Side(name="ours", run=lambda: seen.append("A"), prepare=lambda: seen.append("a")),
            Side(name="yardstick", run=lambda: seen.append("B")),
        )
        seen.append("close")

    (result,) = measure([Benchmark(id="G0", answers="Order?", goals=(AT_MOST,), sides=sides, rounds=2)])
    assert seen == ["open", *"aABaABaAB", "close"]
    assert len(result.ours.runs) == len(result.yardstick.runs) == 2


def test_wall_time_is_waited_and_cpu_time_is_worked_in_children_too() -> None:
    waiting = timed(Side(name="wait", run=lambda: time.sleep(0.1)))
    assert waiting["wall"] >= 0.1
    assert waiting["cpu"] < 0.05
    working = timed(command("work", [sys.executable, "-c", "sum(range(3_000_000))"]))
    assert working["cpu"] > 0.02


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere/program"], "cannot run: No such file or directory, /nowhere/program"),
        ([sys.executable, "-c", "import sys; sys.exit('first\\nbroken')"], "ended with 1: broken, yardstick"),
    ],
)
def test_a_program_that_cannot_run_is_a_problem(arguments: list[str], said: str) -> None:
    with pytest.raises(Problem) as caught:
        timed(command("yardstick", arguments))
    assert str(caught.value).startswith(said)


def test_a_run_may_report_figures_of_its_own() -> None:
    @contextmanager
    def sides() -> Iterator[Sides]:
        yield Side(name="ours", run=lambda: {"queries": 3}), Side(name="bare statement", run=lambda: None)

    goals = (Goal(measure="queries", limit=3, absolute=True),)
    (result,) = measure([Benchmark(id="G7", answers="How many queries?", goals=goals, sides=sides)])
    assert result.met
    assert lines(result)[-1].strip() == "queries 3, goal at most 3: met"
    told = json.loads(json.dumps(document(machine(), [result])))
    assert told["met"] is True
    assert told["results"][0]["goals"][0]["measured"] == 3
    assert told["results"][0]["yardstick"]["medians"].keys() == {"cpu", "wall"}
