"""The work that G4 times, as a program: `python -m … CLONE PROCESSES`.

It prints the most memory that this process held, git's left out, in MiB.
"""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

from datumline.connectors.documents.citations import mentions
from datumline.connectors.documents.client import completed, origins, read_shelf
from datumline.connectors.documents.translate import drafts
from datumline.connectors.git.clone import open_clone
from datumline.services.bench.memory import own_mib


def main(arguments: list[str]) -> None:
    """Make every draft of the documents in a clone once and print this process's peak memory."""
    path, processes = arguments
    clone = open_clone(Path(path))
    shelf = read_shelf(clone)
    found = origins(clone, shelf.artifacts)
    shelf = completed(shelf, found)
    cited = mentions(clone, shelf, found, processes=int(processes))
    deque(drafts(shelf, cited, repository=clone.path.name, resolve=str), maxlen=0)
    print(own_mib())  # noqa: T201 - read by the benchmark


if __name__ == "__main__":
    main(sys.argv[1:])
