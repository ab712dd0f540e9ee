"""What the ledger's benchmarks run in processes of their own, because it sets Django up in its own way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from datumline.domain.problem import Problem
from datumline.services.bench.comparison import Figures

HISTORY = "django-simple-history"
LOG = "django-auditlog"
MODULES = {HISTORY: "simple_history", LOG: "auditlog"}
ROUNDS = 5
WHOLE = """
import json, sys
from datumline.config.wiring import open_home
open_home()
from datumline.services.bench.ledger_work import append_whole
print(json.dumps(append_whole(int(sys.argv[1]), int(sys.argv[2]))))
"""


def whole_ledger(folder: Path, batch: int) -> Figures:
    """Batches into a real ledger of its own, guards, commitments, indexes and all."""
    return own_process(WHOLE, [str(batch), str(ROUNDS)], folder)


def own_process(program: str, arguments: list[str], folder: Path) -> Figures:
    """Run a short program that opens a home of its own and prints figures as JSON."""
    home = tempfile.mkdtemp(dir=folder)
    return _figures(["-c", program, *arguments], folder, {"DATUMLINE_HOME": home})


def peer(folder: Path, package: str, count: int, batch: int) -> Figures:
    """The same number of rows through another audit trail. Raises Problem when it is not installed."""
    if find_spec(MODULES[package]) is None:
        raise Problem(f"{package} is not installed", expected="the dependency group 'bench'")
    module = "datumline.store.bench.other_trails"
    return _figures(["-m", module, package, str(count), str(batch), tempfile.mkdtemp(dir=folder)], folder, {})


def _figures(arguments: list[str], folder: Path, environment: dict[str, str]) -> Figures:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATUMLINE_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise Problem(f"a benchmark's process ended with {done.returncode}: {last}", expected="figures")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
