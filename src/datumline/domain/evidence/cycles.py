"""Review cycles: the half-year by default, or what the organisation recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.period import AsOf, Window, half_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One review cycle. `review_on` and `calibration_on` are None when nobody has set the day."""

    name: str
    span: Window
    review_on: date | None = None
    calibration_on: date | None = None


def cycles_of(organisation: Iterable[Entry], at: AsOf) -> tuple[Cycle, ...]:
    """The cycles on record at `at`, in order; none when the organisation recorded none.

    A cycle is dated ahead on purpose, so all that was written by `known_at` counts, begun or not.
    """
    written = AsOf(as_of=date.max - timedelta(days=1), known_at=at.known_at)
    found = (_cycle(entry) for entry in standing(organisation, written) if entry.kind is Kind.CYCLE)
    return tuple(sorted(found, key=lambda cycle: (cycle.span.start, cycle.name)))


def spans(cycles: Iterable[Cycle], days: Iterable[date]) -> tuple[Window, ...]:
    """The cycles' spans; without any on record, the calendar half-years that `days` lie in."""
    recorded = tuple(cycle.span for cycle in cycles)
    return recorded or tuple(sorted({half_of(day) for day in days}))


def next_review(cycles: Iterable[Cycle], on: date) -> date | None:
    """The first review day on `on` or later; None when none is set."""
    return min((c.review_on for c in cycles if c.review_on is not None and c.review_on >= on), default=None)


def _cycle(entry: Entry) -> Cycle:
    said = entry.amounts
    return Cycle(
        name=str(said["name"]),
        span=Window(start=_day(said["starts"]), end=_day(said["ends"])),
        review_on=_day(said["review_on"]) if said.get("review_on") else None,
        calibration_on=_day(said["calibration_on"]) if said.get("calibration_on") else None,
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"a cycle's day is {value!r}")
    return value
