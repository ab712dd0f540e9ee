"""Where the program starts: the command line, over a home that is opened when a command first asks for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from datumline.cli import main
from datumline.config.opening import LazyInstallation


def run(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    sys.exit(main.run(LazyInstallation(), arguments))
