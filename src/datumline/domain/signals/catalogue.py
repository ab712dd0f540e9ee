"""Every named figure, in the order of a page: `signals_of` answers all of them for one person on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, tzinfo

from datumline.domain.evidence.entry import Entry
from datumline.domain.period import AsOf
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.commitments import WasManager, nobody_knows
from datumline.domain.signals.delivery import on_time, on_time_by_first_dates, on_time_by_quarter, senior_bar
from datumline.domain.signals.design_documents import design_documents
from datumline.domain.signals.health import health
from datumline.domain.signals.measures import measures_of
from datumline.domain.signals.quality import avoidable_incidents, defect_rate
from datumline.domain.signals.reach import reach
from datumline.domain.signals.record import Record, record_of
from datumline.domain.signals.regression import regression
from datumline.domain.signals.reviews import reviews
from datumline.domain.signals.signal import Signal

DELIVERY = ("on-time", "on-time-first-dates", "on-time-quarter", "senior-bar", "regression")
QUALITY = ("defect-rate", "avoidable-incidents")
REVIEWS = ("reviews-given", "review-median", "review-slow", "review-blocking")
DOCUMENTS = ("first-review-pass", "documents-adopted", "cited-outside")
REACH = (
    "cross-team-projects",
    "customer-impacts",
    "trade-offs-with-data",
    "services-owned",
    "unblocked",
    "followers",
    "mentorship",
)
HEALTH = (
    "days-since-entry",
    "late-share",
    "linked-share",
    "shared-share",
    "first-hand-share",
    "recent-share",
)
NAMES = DELIVERY + QUALITY + REVIEWS + DOCUMENTS + REACH + HEALTH


def signals_of(  # noqa: PLR0913 - the whole question: whose entries, by which policy, when, by whose calendar
    entries: Iterable[Entry],
    policy: Policy,
    at: AsOf,
    *,
    review_day: date | None = None,
    was_manager: WasManager = nobody_knows,
    zone: tzinfo = UTC,
) -> tuple[Signal, ...]:
    """All figures of one person, in the order of `NAMES`; `on-time-quarter` comes once for each quarter.

    `entries` are the person's as the ledger keeps them, of every stream that the reader may read; what
    stands on that day is worked out here. `was_manager(author, day)` decides which reschedules count.
    """
    record = record_of(
        entries,
        measures_of(policy, at.as_of),
        at,
        was_manager=was_manager,
        review_day=review_day,
        zone=zone,
    )
    return tuple(all_signals(record))


def all_signals(record: Record) -> Iterator[Signal]:
    """All figures of a record that is grouped already."""
    yield on_time(record)
    yield on_time_by_first_dates(record)
    yield from on_time_by_quarter(record)
    yield senior_bar(record)
    yield regression(record)
    yield defect_rate(record)
    yield avoidable_incidents(record)
    yield from reviews(record)
    yield from design_documents(record)
    yield from reach(record)
    yield from health(record)
