"""Defects and incidents: how much of the work had to be mended, and what could have been avoided (S0)."""

from __future__ import annotations

from collections.abc import Sequence

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import Share, Signal, leaves, rate, share_of

COMMANDER = "commander"


def defect_rate(record: Record) -> Signal:
    """Defects for each hundred changes, over the window; its trend is in percentage points."""
    batches = record.of(Kind.CHANGE_BATCH)
    share = _defects(record.of(Kind.CHANGE_BATCH, record.window))
    return rate(
        "defect-rate",
        share,
        window=record.window,
        sure=record.measures.sureness,
        before=_defects(record.of(Kind.CHANGE_BATCH, record.before)),
        holds_until=leaves((batch.occurred_on for batch in batches), record.window),
        notes=("more-defects-than-changes",) if share.hits > share.of else (),
    )


def _defects(batches: Sequence[Entry]) -> Share:
    return Share(
        hits=sum(_count(batch, "defects") for batch in batches),
        of=sum(_count(batch, "changes") for batch in batches),
        entries=tuple(batch.id for batch in batches),
        counter=tuple(batch.id for batch in batches if _count(batch, "defects")),
    )


def _count(batch: Entry, name: str) -> int:
    value = batch.amounts.get(name)
    return value if isinstance(value, int) else 0


def avoidable_incidents(record: Record) -> Signal:
    """The share of incidents judged avoidable, over the window. One commanded counts for the person."""
    incidents = record.of(Kind.INCIDENT, record.window)
    judged = _judged(incidents)
    unjudged = len(incidents) - len(judged)
    before = _judged(record.of(Kind.INCIDENT, record.before))
    return rate(
        "avoidable-incidents",
        _avoidable(judged),
        window=record.window,
        sure=record.measures.sureness,
        before=_avoidable(before),
        holds_until=leaves((entry.occurred_on for entry in record.of(Kind.INCIDENT)), record.window),
        notes=("incidents-not-judged",) if unjudged else (),
        figures={
            "unjudged": unjudged,
            "commanded": sum(entry.amounts.get("role") == COMMANDER for entry in incidents),
        },
    )


def _judged(incidents: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in incidents if isinstance(entry.amounts.get("avoidable"), bool)]


def _avoidable(judged: Sequence[Entry]) -> Share:
    return share_of(judged, [entry.amounts["avoidable"] is True for entry in judged], bad=True)
