"""The ledger sheet: every missed promise, incident and occurrence with date, principle and remediation (S0).

It covers the days of documented incidents that the policy asks for, as rows for a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from datumline.domain.bar_raiser.matters import Matter
from datumline.domain.evidence.entry import Entry
from datumline.domain.policy.pack import Policy

COLUMNS = (
    "happened",
    "what",
    "days late",
    "principles",
    "confirmed",
    "state",
    "remediation",
    "remediated on",
    "written late by days",
    "reported by a peer",
    "disputed",
    "entry",
)
Cell = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under their columns; a cell is a text, a whole number or empty."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ledger_sheet(title: str, matters: Iterable[Matter], entries: Sequence[Entry], policy: Policy) -> Sheet:
    """The sheet, oldest matter first."""
    by_id = {entry.id: entry for entry in entries}
    ordered = sorted(matters, key=lambda matter: (matter.happened, matter.entries))
    rows = tuple(_row(each, by_id[each.entries[0]], policy) for each in ordered)
    return Sheet(title=title, columns=COLUMNS, rows=rows)


def _row(matter: Matter, entry: Entry, policy: Policy) -> tuple[Cell, ...]:
    names = (
        policy.principles[each].name if each in policy.principles else each for each in matter.principles
    )
    missed = matter.missed
    return (
        matter.happened.isoformat(),
        matter.title,
        None if missed is None else missed.days_late if missed.days_late is not None else "not delivered",
        ", ".join(names),
        "" if not matter.principles else "no" if matter.suggested else "yes",
        matter.tag,
        entry.remediation or "",
        entry.remediated_on.isoformat() if entry.remediated_on else "",
        matter.late_days,
        "yes" if matter.reported else "",
        "yes" if matter.disputed else "",
        entry.id,
    )
