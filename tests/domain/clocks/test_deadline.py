"""Deadlines against dateutil, over zones, leap days and the ends of months, quarters and halves (T12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule, tz  # type: ignore[import-untyped]
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.clocks.deadline import Count, day_in, deadline

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
TURNS = [  # leap day, month, quarter and half ends, clock changes of several zones
    "2028-02-29",
    "2028-02-28",
    "2027-02-28",
    "2026-01-31",
    "2026-03-31",
    "2026-06-30",
    "2026-12-31",
    "2026-03-29",
    "2026-10-25",
    "2026-03-08",
    "2026-11-01",
    "2026-04-05",
    "2026-10-04",
    "2027-08-31",
    "2026-07-01",
    "2027-01-01",
]
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def test_five_thousand_deadlines_fall_on_the_oracles_day() -> None:
    checked = 0
    for turn in TURNS:
        for hour in (0, 5, 11, 18, 23):
            instant = datetime.fromisoformat(f"{turn}T{hour:02}:30:00+00:00")
            for zone in ZONES:
                start = day_in(instant, ZoneInfo(zone))
                assert start == instant.astimezone(tz.gettz(zone)).date()
                for number in (15, 30, 45, 60):
                    assert deadline(start, number) == start + relativedelta(days=number)
                    checked += 1
                for number in (1, 2, 6):
                    assert deadline(start, number, Count.MONTHS) == start + relativedelta(months=number)
                    checked += 1
    assert checked > 5000


@given(days, st.integers(1, 90))
@settings(deadline=None)  # the machine may be busy
def test_business_days_are_the_working_days_of_the_calendar(start: date, number: int) -> None:
    rule = rrule.rrule(
        rrule.DAILY,
        dtstart=datetime.combine(start + timedelta(days=1), datetime.min.time()),
        byweekday=(rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR),
        count=number,
    )
    assert deadline(start, number, Count.BUSINESS_DAYS) == rule[-1].date()


@given(days, st.sampled_from(Count))
@settings(deadline=None)  # the machine may be busy
def test_no_time_ends_on_the_day_itself(start: date, count: Count) -> None:
    assert deadline(start, 0, count) == start


def test_before_the_event_there_is_no_deadline() -> None:
    with pytest.raises(ValueError, match="-1 days"):
        deadline(date(2026, 6, 1), -1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_in(datetime(2026, 6, 1), UTC)  # noqa: DTZ001 - the fault that is meant
