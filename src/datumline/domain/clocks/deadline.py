"""Days counted from an event, by the engineer's own calendar (spec 96, reading 1; reliability T12).

The day of the event is day 0 and the last day is inside: what runs for 30 days from 1 June ends with 1 July.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from datumline.domain.period import add_months

DAYS_IN_WEEK = 7
WORKING_DAYS = 5  # Monday to Friday


class Count(StrEnum):
    """What is counted."""

    DAYS = "days"
    BUSINESS_DAYS = "business days"
    MONTHS = "months"


def day_in(instant: datetime, zone: tzinfo) -> date:
    """The calendar day that an instant falls on in `zone`. Raises ValueError without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(zone).date()


def deadline(start: date, number: int, count: Count = Count.DAYS) -> date:
    """The last day of a span of `number` days, business days or calendar months after `start`.

    A month ends on the same day number, or on the month's last day where it is shorter. Raises ValueError
    for a negative number.
    """
    if number < 0:
        raise ValueError(f"a deadline {number} {count} after its event")
    if count is Count.MONTHS:
        return add_months(start, number)
    return start + timedelta(days=number) if count is Count.DAYS else _business(start, number)


def _business(start: date, number: int) -> date:
    """Monday to Friday; a start at the weekend counts like the Friday before it."""
    weekday = min(start.weekday(), WORKING_DAYS - 1)
    monday = start - timedelta(days=start.weekday())
    if number == 0:
        return start
    weeks, rest = divmod(weekday + number, WORKING_DAYS)
    return monday + timedelta(days=weeks * DAYS_IN_WEEK + rest)
