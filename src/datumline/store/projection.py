"""What a table of repeated facts promises: made anew from the ledger, and comparable with it at any time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that differs from what the ledger says.

    Attributes:
        table: the table.
        row: what names the row.
        what: how it differs.
    """

    table: str
    row: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A table of repeated facts.

    Attributes:
        kinds: the kinds of entry whose append changes it.
        refresh: makes the rows of some persons anew ("" for the organisation's); the ledger calls it
            inside the transaction of an append.
        differences: every row that is not what a recomputation gives.
    """

    kinds: frozenset[Kind]
    refresh: Callable[[Collection[PersonId]], None]
    differences: Callable[[], Iterable[Difference]]
