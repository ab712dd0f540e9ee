"""Days and spans of days: the two clocks of every question, windows, and calendar arithmetic.

Every span is closed: its last day is inside (spec 96, "Also").
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

A_DAY = timedelta(days=1)
EARLIEST = date(1900, 1, 1)  # what lies outside is a slip of the pen, and no calendar reckons with it
LATEST = date(2999, 12, 31)
MONTHS_IN_YEAR = 12
MONTHS_IN_QUARTER = 3
MONTHS_IN_HALF = 6


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A span of whole days, both ends inside. `start` may not lie after `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a window cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days the window holds, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def before(self) -> Window:
        """The window of the same length that ends on the day before this one starts."""
        return last_days(self.days, until=self.start - A_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The two clocks of a question: what had happened by `as_of`, and what had been written by `known_at`.

    `known_at` is an aware instant; both are arguments of every rule and never "now".
    """

    as_of: date
    known_at: datetime

    def __post_init__(self) -> None:
        if self.known_at.tzinfo is None:
            raise ValueError("known_at needs a time zone")


def end_of_day(day: date, zone: tzinfo = UTC) -> datetime:
    """The last microsecond of `day` in `zone`, as an instant in UTC (spec 96, reading 1)."""
    return datetime.combine(day, time.max, tzinfo=zone).astimezone(UTC)


def at_end_of(day: date, zone: tzinfo = UTC) -> AsOf:
    """Both clocks at the end of `day`: what a question means when no `known_at` is given."""
    return AsOf(as_of=day, known_at=end_of_day(day, zone))


def last_days(count: int, *, until: date) -> Window:
    """The `count` days that end with `until`."""
    return Window(start=until - timedelta(days=count - 1), end=until)


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day when it is shorter (reading 5)."""
    year, month0 = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same calendar day `years` later; 29 February becomes the 28th in a common year."""
    return add_months(day, years * MONTHS_IN_YEAR)


def _span(day: date, months: int) -> Window:
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Window(start=start, end=add_months(start, months) - A_DAY)


def quarter_of(day: date) -> Window:
    """The calendar quarter that `day` lies in."""
    return _span(day, MONTHS_IN_QUARTER)


def quarter_number(day: date) -> int:
    """Which quarter of its year `day` lies in, 1 to 4."""
    return (day.month - 1) // MONTHS_IN_QUARTER + 1


def half_of(day: date) -> Window:
    """The calendar half-year that `day` lies in: the default review cycle."""
    return _span(day, MONTHS_IN_HALF)


def quarters_until(day: date, count: int) -> tuple[Window, ...]:
    """The last `count` calendar quarters, oldest first; the last one is the quarter of `day`."""
    start = quarter_of(day).start
    return tuple(quarter_of(add_months(start, -MONTHS_IN_QUARTER * back)) for back in reversed(range(count)))
