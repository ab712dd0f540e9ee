"""Where the program starts: the command line, over a home that is opened when a command first asks for it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence

from datumline.config.opening import LazyInstallation


def run(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    sys.exit(code_of(arguments))


def code_of(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; what the database cannot do is one line like any bad input."""
    from django.db import DatabaseError  # noqa: PLC0415 - a start without the database stays quick

    from datumline.cli import main  # noqa: PLC0415 - as above

    try:
        return main.run(LazyInstallation(), arguments)
    except (DatabaseError, sqlite3.Error) as error:
        from datumline.store.troubles import trouble  # noqa: PLC0415 - as above

        return main.refuse(str(trouble(error)))
