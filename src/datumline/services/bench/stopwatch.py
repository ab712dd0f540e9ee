"""One timed run. The only clock here is a stop-watch: it tells durations, never the time of day."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from datumline.domain.problem import Problem
from datumline.services.bench.comparison import Figures


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two things compared.

    Attributes:
        name: what runs, in a few words.
        run: does the work once. It may return figures of its own (a count), which goals can name.
        units: how much work one run does: entries, commits, pages.
        prepare: brings back the state that `run` starts from; called before every run and never timed.
    """

    name: str
    run: Callable[[], Figures | None]
    units: float = 1
    prepare: Callable[[], None] = nothing


def command(
    name: str,
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    units: float = 1,
    prepare: Callable[[], None] = nothing,
) -> Side:
    """Return a side that runs a program to its end with its output thrown away.

    Its run raises Problem if the program is missing or ends with another code than 0.
    """

    def run() -> None:
        try:
            done = subprocess.run(
                arguments,
                check=False,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise Problem(
                f"cannot run: {error.strerror}", where=arguments[0], expected="a program"
            ) from error
        if done.returncode != 0:
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise Problem(f"ended with {done.returncode}: {last}", where=name, expected="exit code 0")

    return Side(name=name, run=run, units=units, prepare=prepare)


def timed(side: Side) -> Figures:
    """Prepare and run a side once; return `wall` and `cpu` seconds beside the run's own figures.

    `cpu` counts user and system time of this process and of every child that ended during the run.
    """
    side.prepare()
    cpu, wall = _cpu_seconds(), perf_counter()
    own = side.run()
    wall, cpu = perf_counter() - wall, _cpu_seconds() - cpu
    return {**(own or {}), "wall": wall, "cpu": cpu}


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
