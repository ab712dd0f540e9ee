"""One engineer's signals against the bare SQL statement over the same entries (G7)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from datumline.services.bench.comparison import Goal
from datumline.services.bench.harness import Benchmark, Sides
from datumline.services.bench.ledger_processes import own_process
from datumline.services.bench.stopwatch import Side

READS = 200
PROGRAM = """
import json, sys
from datumline.config.wiring import open_home
open_home()
from datumline.services.bench import signals_work
print(json.dumps(getattr(signals_work, sys.argv[1])(int(sys.argv[2]))))
"""


def benchmarks(clones: Sequence[Path]) -> tuple[Benchmark, ...]:
    """Signals that are kept ready, as the projection table keeps them."""
    del clones
    goals = (Goal(measure="seconds", limit=1.5), Goal(measure="queries", limit=3, absolute=True))
    return (
        Benchmark(
            id="G7",
            answers="What does reading one engineer's signals cost beside the bare SQL statement?",
            goals=goals,
            sides=_sides,
            rounds=3,
        ),
    )


@contextmanager
def _sides() -> Iterator[Sides]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield (
            Side(
                name="signals, kept ready",
                run=lambda: own_process(PROGRAM, ["kept_ready", str(READS)], place),
                units=READS,
            ),
            Side(
                name="bare SQL statement",
                run=lambda: own_process(PROGRAM, ["bare_statement", str(READS)], place),
                units=READS,
            ),
        )
