"""A progress line on a terminal; nothing at all when the output is piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from datumline.services.imports.report import Progress, silent

_PAUSE_SECONDS = 0.1


@contextmanager
def progress_line(what: str) -> Iterator[Progress]:
    """Something to report progress to; the line is gone when the work is done."""
    if not sys.stderr.isatty():
        yield silent
        return
    shown = 0.0

    def show(done: int, total: int | None) -> None:
        nonlocal shown
        if time.monotonic() - shown >= _PAUSE_SECONDS:
            shown = time.monotonic()
            of = f" of {total}, {100 * done // total} %" if total else ""
            sys.stderr.write(f"\r\x1b[K{what}: {done}{of}")
            sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
