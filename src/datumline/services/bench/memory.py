"""How much memory this process has needed at most, itself alone."""

from __future__ import annotations

import re
from pathlib import Path

KIB = 1024


def own_mib() -> float:
    """The peak of resident memory in MiB, as Linux counts it.

    Not `ru_maxrss`: that starts from the peak of whichever process started this one.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(peak[1]) / KIB if peak else 0.0
