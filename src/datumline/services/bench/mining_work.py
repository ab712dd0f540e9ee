"""The work that the mining benchmarks time, as a program: `python -m … WORK CLONE [PROCESSES [KNOWN]]`.

It prints the most memory that this process held, git's left out, in MiB.
"""

from __future__ import annotations

import resource
import sys
from collections import deque
from pathlib import Path

from datumline.connectors.documents.citations import mentions
from datumline.connectors.documents.client import origins, read_shelf
from datumline.connectors.git.client import commits_named, mine
from datumline.connectors.git.clone import open_clone
from datumline.connectors.git.record import Mode
from datumline.connectors.git.translate import Harvest

_KIB = 1024


def main(arguments: list[str]) -> None:
    """Do the work that the arguments name once and print this process's peak memory."""
    work, path, *more = arguments
    clone = open_clone(Path(path))
    processes = int(more[0]) if more else 1
    known = tuple(more[1:])
    if work == "citations":
        shelf = read_shelf(clone)
        deque(mentions(clone, shelf, origins(clone, shelf.artifacts), processes=processes), maxlen=0)
    else:
        harvest = Harvest(resolve=str)
        for commit in mine(clone, Mode(work), known=known, processes=processes):
            harvest.add(commit)
        deque(harvest.drafts(clone.path.name, commits_named(clone, harvest.references)), maxlen=0)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB)  # noqa: T201 - read by the benchmark


if __name__ == "__main__":
    main(sys.argv[1:])
