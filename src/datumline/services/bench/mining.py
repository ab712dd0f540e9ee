"""Reading a clone, against plain git on the same clone in the same run: goals G1 to G4.

Our side is a whole process, from starting Python to the last draft (G1: the last commit); the yardstick is
git alone with its output thrown away.
"""

from __future__ import annotations

import subprocess
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from datumline.connectors.git.client import count
from datumline.connectors.git.clone import Clone, open_clone, run
from datumline.domain.problem import Problem
from datumline.services.bench import stopwatch
from datumline.services.bench.comparison import Figures, Goal
from datumline.services.bench.harness import Benchmark, Sides
from datumline.services.bench.stopwatch import Side

_NEW = 100  # commits of the refresh
_LONG = 80_000  # commits from which on a refresh has the tighter goal
_MEMORY = Goal(measure="own MiB", limit=250, absolute=True)


def benchmarks(clones: Sequence[Path]) -> tuple[Benchmark, ...]:
    """G1 to G4 on each clone. Raises Problem when none is named."""
    if not clones:
        raise Problem(
            "no clone to read", where="CLONES", expected="one or more clones with their full history"
        )
    return tuple(benchmark for clone in clones for benchmark in mining(clone))


def mining(path: Path, *, rounds: int = 5) -> tuple[Benchmark, ...]:
    """The benchmarks G1 to G4 on the clone at `path`. Raises Problem when its history is too short."""
    clone = open_clone(path)
    commits = count(clone)
    if commits <= _NEW:
        raise Problem(
            f"a history of {commits} commits", where=str(path), expected=f"a clone with more than {_NEW}"
        )
    before = _head_before(clone)
    refresh = Goal(measure="wall", limit=0.03 if commits >= _LONG else 0.10)
    raw, numstat = (_git(clone, "log", form, "HEAD") for form in ("--raw", "--numstat"))
    benchmark = partial(_benchmark, rounds)
    return (
        benchmark(
            "G1",
            "What does reading metadata and paths cost beside git log --raw?",
            (Goal(measure="wall", limit=1.1), Goal(measure="cpu", limit=1.6), _MEMORY),
            (_ours("paths", clone, "1"), raw),
        ),
        benchmark(
            "G2",
            "What do batches with line counts cost with one git process, beside git log --numstat?",
            (Goal(measure="wall", limit=1.15), _MEMORY),
            (_ours("lines", clone, "1"), numstat),
        ),
        benchmark(
            "G2",
            "What do batches with line counts cost with two git processes, beside git log --numstat?",
            (Goal(measure="wall", limit=0.75), _MEMORY),
            (_ours("lines", clone, "2"), numstat),
        ),
        benchmark(
            "G3",
            f"What does a refresh of the last {_NEW} commits cost beside reading everything?",
            (refresh, _MEMORY),
            (_ours("lines", clone, "2", before), _ours("lines", clone, "2")),
        ),
        benchmark(
            "G4",
            "What does finding documents and who cites them cost beside git log --numstat?",
            (Goal(measure="wall", limit=1.5), _MEMORY),
            (_ours("citations", clone, "2"), numstat),
        ),
    )


def _benchmark(rounds: int, name: str, answers: str, goals: tuple[Goal, ...], sides: Sides) -> Benchmark:
    @contextmanager
    def opened() -> Iterator[Sides]:
        yield sides

    return Benchmark(id=name, answers=answers, goals=goals, sides=opened, rounds=rounds)


def _head_before(clone: Clone) -> str:
    """The nearest head in the main line's past that lacks at least as many commits as a refresh brings."""
    heads = (
        run(clone.path, "rev-list", "--first-parent", f"--max-count={_NEW + 1}", "HEAD")
        .stdout.decode()
        .split()
    )
    return heads[bisect_left(heads, _NEW, hi=len(heads) - 1, key=lambda head: count(clone, known=(head,)))]


def _git(clone: Clone, *arguments: str) -> Side:
    """Plain git, as it comes."""
    return stopwatch.command(" ".join(("git", *arguments)), ["git", "-C", str(clone.path), *arguments])


def _ours(work: str, clone: Clone, *more: str) -> Side:
    program = ["citations_work"] if work == "citations" else ["mining_work", work]
    arguments = [sys.executable, "-m", f"{__package__}.{program[0]}", *program[1:], str(clone.path), *more]

    def work_once() -> Figures:
        done = subprocess.run(arguments, capture_output=True, check=False)
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise Problem(f"ended with {done.returncode}: {last}", where=work, expected="exit code 0")
        return {"own MiB": float(done.stdout)}

    return Side(name=f"datumline {work}, git processes: {more[0]}", run=work_once)
