"""Write a planned history into the ledger, as if it had been written day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from datumline.services.demo.planned import Planned
from datumline.services.imports.report import Progress, silent
from datumline.store.ledger import place


def replay(history: Sequence[Planned], progress: Progress = silent) -> int:
    """Append everything in order, in one step for each instant; the number of entries."""
    ids: dict[str, str] = {}
    count = 0
    for at, together in groupby(history, key=lambda each: each.at):
        for batch in _batches(together):
            placed = place([each.resolved(ids) for each in batch], clock=lambda at=at: at)  # type: ignore[misc]
            ids |= {each.name: where.hash for each, where in zip(batch, placed, strict=True) if each.name}
            count += len(batch)
            progress(count, len(history))
    return count


def _batches(together: Iterable[Planned]) -> Iterator[list[Planned]]:
    """Split where a draft names another of the same batch, which has no id until it is placed."""
    batch: list[Planned] = []
    for each in together:
        if any(name == other.name for name in each.names.values() for other in batch):
            yield batch
            batch = []
        batch.append(each)
    yield batch
