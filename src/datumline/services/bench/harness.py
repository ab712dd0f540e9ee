"""Runs benchmarks: both sides in turn in the same run, after a warm-up, compared by their medians."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from datumline.services.bench.comparison import Column, Figures, Goal, Outcome, judge
from datumline.services.bench.stopwatch import Side, timed

ROUNDS = 5
"""How often each side runs after its warm-up, unless a benchmark says otherwise."""

Sides = tuple[Side, Side]
"""Ours, then the yardstick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One comparison.

    Attributes:
        id: its number among the performance goals, such as `G1`.
        answers: the question it answers, as one sentence.
        goals: what must hold; each is judged on the same runs.
        sides: opens what both sides need, gives the sides, and clears up afterwards.
        rounds: runs of each side after one warm-up.
    """

    id: str
    answers: str
    goals: tuple[Goal, ...]
    sides: Callable[[], AbstractContextManager[Sides]]
    rounds: int = ROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A benchmark's measurements and the outcome of each of its goals, in the goals' order."""

    benchmark: Benchmark
    ours: Column
    yardstick: Column
    outcomes: tuple[Outcome, ...]

    @property
    def met(self) -> bool:
        """Whether every goal is reached."""
        return all(outcome.met for outcome in self.outcomes)


def measure(benchmarks: Iterable[Benchmark]) -> Iterator[Result]:
    """Run the benchmarks one after the other, giving each result as soon as it stands.

    Raises:
        Problem: if a side cannot run.
    """
    for benchmark in benchmarks:
        with benchmark.sides() as sides:
            ours, yardstick = _in_turn(sides, benchmark.rounds)
        yield Result(
            benchmark=benchmark,
            ours=ours,
            yardstick=yardstick,
            outcomes=tuple(judge(goal, ours, yardstick) for goal in benchmark.goals),
        )


def _in_turn(sides: Sides, rounds: int) -> tuple[Column, Column]:
    """Warm both sides up, then run A B A B: what disturbs the machine disturbs both."""
    for side in sides:
        timed(side)
    runs: tuple[list[Figures], list[Figures]] = ([], [])
    for _ in range(rounds):
        for side, column in zip(sides, runs, strict=True):
            column.append(timed(side))
    ours, yardstick = (
        Column(name=side.name, units=side.units, runs=tuple(column))
        for side, column in zip(sides, runs, strict=True)
    )
    return ours, yardstick


def machine() -> str:
    """Describe this machine in one line: processor, cores, system, Python."""
    try:
        model = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        model = None
    processor = model[1] if model else platform.machine()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {python}"
