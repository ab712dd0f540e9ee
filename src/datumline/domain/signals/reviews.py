"""Reviews given to others: how many, how fast, and how often one held somebody up (S4).

An entry may stand for several reviews of one batch; its hours then hold for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import repeat
from statistics import median

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import Window
from datumline.domain.signals.interval import of_median
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import NOTHING, TOO_FEW, Share, Signal, leaves, rate


def reviews(record: Record) -> Iterator[Signal]:
    """Reviews given, the median turnaround in hours, and the shares that were slow or blocked others."""
    yield _given(record)
    yield _median(record)
    yield _longer_than("review-slow", record.measures.review_slow_hours, record)
    yield _longer_than("review-blocking", record.measures.review_blocking_hours, record)


def _given(record: Record) -> Signal:
    entries = record.of(Kind.REVIEW_TURNAROUND, record.window)
    before = record.of(Kind.REVIEW_TURNAROUND, record.before)
    count = sum(_reviews(entry) for entry in entries)
    return Signal(
        id="reviews-given",
        value=count if entries else None,
        numerator=count,
        window=record.window,
        entries=tuple(entry.id for entry in entries),
        previous=sum(_reviews(entry) for entry in before) if before else None,
        notes=() if entries else (NOTHING,),
        holds_until=_holds(record),
    )


def _median(record: Record) -> Signal:
    entries = _timed(record, record.window)
    hours = _spread(entries)
    before = _spread(_timed(record, record.before))
    few = TOO_FEW if 0 < len(hours) < record.measures.least_count else None
    return Signal(
        id="review-median",
        value=median(hours) if hours else None,
        numerator=len(hours),
        window=record.window,
        unit="h",
        interval=of_median(hours, record.measures.confidence),
        entries=tuple(entry.id for entry in entries),
        counter=_over(entries, record.measures.review_slow_hours),
        previous=median(before) if before else None,
        notes=tuple(note for note in (NOTHING if not hours else None, few) if note),
        holds_until=_holds(record),
    )


def _longer_than(name: str, limit: Decimal, record: Record) -> Signal:
    def share(window: Window) -> Share:
        entries = _timed(record, window)
        return Share(
            hits=sum(_reviews(entry) for entry in entries if _hours(entry) > limit),
            of=sum(_reviews(entry) for entry in entries),
            entries=tuple(entry.id for entry in entries),
            counter=_over(entries, limit),
        )

    return rate(
        name,
        share(record.window),
        window=record.window,
        sure=record.measures.sureness,
        before=share(record.before),
        holds_until=_holds(record),
        figures={"limit_hours": float(limit)},
    )


def _over(entries: Iterable[Entry], limit: Decimal) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries if _hours(entry) > limit)


def _timed(record: Record, window: Window) -> tuple[Entry, ...]:
    """The entries that say how long it took: a review known from a commit trailer does not."""
    found = record.of(Kind.REVIEW_TURNAROUND, window)
    return tuple(entry for entry in found if isinstance(entry.amounts.get("hours"), str))


def _spread(entries: Iterable[Entry]) -> list[float]:
    return sorted(hours for entry in entries for hours in repeat(float(_hours(entry)), _reviews(entry)))


def _hours(entry: Entry) -> Decimal:
    return Decimal(str(entry.amounts["hours"]))


def _reviews(entry: Entry) -> int:
    value = entry.amounts.get("reviews")
    return value if isinstance(value, int) else 0


def _holds(record: Record) -> date | None:
    return leaves((entry.occurred_on for entry in record.of(Kind.REVIEW_TURNAROUND)), record.window)
