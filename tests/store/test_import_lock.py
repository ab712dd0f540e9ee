"""One import at a time in a home, on both databases, and none locked out by one that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from datumline.config.wiring import open_home
from datumline.domain.problem import Problem
from datumline.store.import_lock import one_import
from support.homes import Home

HOLD = """
import sys
from pathlib import Path
from datumline.config.wiring import open_home
home = open_home()
from datumline.store.import_lock import one_import
with one_import(home.folder):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_import_is_refused_until_the_first_is_gone(database_home: Home) -> None:
    open_home(database_home.folder, database_url=database_home.database_url)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=database_home.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Problem, match="another import is running"), one_import(database_home.folder):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with one_import(Path(database_home.folder)):
        pass
