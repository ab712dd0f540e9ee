"""On which days a reminder of a due day falls: business days around it, as the policy lists them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from datumline.domain.clocks.deadline import DAYS_IN_WEEK, WORKING_DAYS


def business_day(day: date, offset: int) -> date:
    """The business day that many after `day`, negative before it; a weekend counts like its Friday."""
    week, weekday = divmod(day.toordinal() - 1, DAYS_IN_WEEK)  # day 1 of the calendar is a Monday
    weeks, left = divmod(min(weekday, WORKING_DAYS - 1) + offset, WORKING_DAYS)
    return date.fromordinal(1 + (week + weeks) * DAYS_IN_WEEK + left)


def reminded_on(due: date, offsets: Iterable[int], *, since: date, today: date) -> date | None:
    """The latest day after `since`, up to `today`, on which a reminder of `due` falls; None for no day."""
    days = (business_day(due, offset) for offset in offsets)
    return max((day for day in days if since < day <= today), default=None)


def is_business_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < WORKING_DAYS


def last_business_day(today: date) -> date:
    """The business day before `today`: what fell due since was reminded of by nobody yet."""
    return business_day(today - timedelta(days=1), 0)
