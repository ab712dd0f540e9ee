"""Entries and numbers for the signals' cases: short ways to say what was on file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from datumline.domain.evidence.entry import Audience, Entry, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import at_end_of
from datumline.domain.signals.catalogue import all_signals
from datumline.domain.signals.measures import Measures
from datumline.domain.signals.record import Record, record_of
from datumline.domain.signals.signal import Bar, Signal
from datumline.domain.verdict import Json

TODAY = date(2026, 6, 30)
MANAGER, OTHER = "mara", "olu"
_numbers = count(1)


def bar(number: int, key: str, *, above: bool = False) -> Bar:
    return Bar(number=Decimal(number), parameter=key, above=above)


MEASURES = Measures(
    window_days=180,
    quarters_shown=4,
    quarters_in_a_row=2,
    senior_bar=bar(90, "on_time.senior_bar"),
    bar_raiser_floor=bar(85, "on_time.bar_raiser_floor", above=True),
    first_review_bar=bar(70, "design_doc.first_review"),
    projects_bar=bar(2, "bar_raiser.cross_team_projects"),
    impact_bar=bar(1, "bar_raiser.customer_impact"),
    trade_offs_bar=bar(1, "bar_raiser.trade_offs_with_data"),
    regression_level=Decimal(5),
    least_count=5,
    confidence=Decimal(95),
    review_slow_hours=Decimal(24),
    review_blocking_hours=Decimal(96),
    citation_months=6,
    late_after_days=14,
    recency_parts=6,
    recency_bar=Decimal("33.3"),
    recency_least=8,
)


def entry(  # noqa: PLR0913 - a case says what matters to it
    kind: Kind,
    on: date,
    *,
    author: str = MANAGER,
    written: date | None = None,
    seen: Seen | None = None,
    links: tuple[str, ...] = (),
    ref: str | None = None,
    **amounts: Json | date,
) -> Entry:
    number = next(_numbers)
    at = datetime.combine(written or on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    return Entry(
        id=f"{number:064x}",
        stream="0" * 32,
        seq=number,
        audience=Audience.SHARED,
        kind=kind,
        subject="ida",
        author=author,
        occurred_on=on,
        recorded_at=at,
        shared_at=at,
        seen=seen,
        links=links,
        ref=ref,
        amounts={name.rstrip("_"): value for name, value in amounts.items()},
    )


def promise(due: date, delivered: date | None, *, promised: date | None = None) -> Entry:
    return entry(
        Kind.COMMITMENT, promised or due - timedelta(days=20), work="a piece", due=due, delivered=delivered
    )


def promises(due: date, *, kept: int, missed: int) -> list[Entry]:
    """So many commitments due on one day, `kept` on that day and `missed` nine days later."""
    late = due + timedelta(days=9)
    return [promise(due, due) for _ in range(kept)] + [promise(due, late) for _ in range(missed)]


def was_mara(author: str, day: date) -> bool | None:
    del day
    return author == MANAGER


def record(entries: list[Entry], *, as_of: date = TODAY, review_day: date | None = None) -> Record:
    known = [each for each in entries if each.occurred_on <= as_of]
    return record_of(known, MEASURES, at_end_of(as_of), was_manager=was_mara, review_day=review_day)


def signal(name: str, entries: list[Entry], *, as_of: date = TODAY, review_day: date | None = None) -> Signal:
    """The last signal of that name."""
    found = [
        each for each in all_signals(record(entries, as_of=as_of, review_day=review_day)) if each.id == name
    ]
    return found[-1]
