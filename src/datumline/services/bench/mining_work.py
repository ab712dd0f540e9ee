"""The work that G1 to G3 time, as a program: `python -m … paths|lines CLONE [PROCESSES [KNOWN]]`.

`paths` reads commits, `lines` also makes every draft of them. It prints the most memory that this process
held, git's left out, in MiB.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from datumline.connectors.git.client import commits_named, mine
from datumline.connectors.git.clone import Clone, open_clone
from datumline.connectors.git.record import Commit, Mode
from datumline.services.bench.memory import own_mib


def main(arguments: list[str]) -> None:
    """Do the work that the arguments name once and print this process's peak memory."""
    mode, path, processes, *known = arguments
    clone = open_clone(Path(path))
    commits = mine(clone, Mode(mode), known=tuple(known), processes=int(processes))
    if mode == Mode.PATHS:
        deque(commits, maxlen=0)
    else:
        _drafts(clone, commits)
    print(own_mib())  # noqa: T201 - read by the benchmark


def _drafts(clone: Clone, commits: Iterable[Commit]) -> None:
    from datumline.connectors.git.translate import Harvest  # noqa: PLC0415 - G1 makes none: not its start-up

    harvest, read = Harvest(resolve=str), set()
    for commit in commits:
        harvest.add(commit)
        read.add(commit.id)
    targets = commits_named(clone, harvest.references, reached=read)
    deque(harvest.drafts(clone.path.name, targets), maxlen=0)


if __name__ == "__main__":
    main(sys.argv[1:])
