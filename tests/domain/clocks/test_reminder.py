"""On which days reminders fall: business days around the due day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.clocks.reminder import business_day, is_business_day, last_business_day, reminded_on

OFFSETS = (-3, 0, 1)
FRIDAY, SATURDAY, MONDAY = date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)


@pytest.mark.parametrize(
    ("day", "offset", "expected"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, MONDAY),
        (FRIDAY, -3, date(2026, 6, 30)),
        (MONDAY, -3, date(2026, 7, 1)),
        (SATURDAY, 0, FRIDAY),
        (SATURDAY, 1, MONDAY),
        (date(2026, 7, 5), -3, date(2026, 6, 30)),
        (MONDAY, 10, date(2026, 7, 20)),
    ],
)
def test_days_are_counted_over_weekends(day: date, offset: int, expected: date) -> None:
    assert business_day(day, offset) == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-30, 30))
def test_it_counts_one_business_day_at_a_time(day: date, offset: int) -> None:
    left = day
    while not is_business_day(left):
        left -= timedelta(days=1)
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        left += step
        while not is_business_day(left):
            left += step
    assert business_day(day, offset) == left


def test_what_fell_on_a_day_without_a_digest_is_made_up_for() -> None:
    assert reminded_on(FRIDAY, OFFSETS, since=date(2026, 7, 2), today=FRIDAY) == FRIDAY
    assert reminded_on(FRIDAY, OFFSETS, since=date(2026, 6, 29), today=date(2026, 7, 1)) == date(2026, 6, 30)
    assert reminded_on(FRIDAY, OFFSETS, since=date(2026, 6, 30), today=date(2026, 7, 1)) is None
    assert reminded_on(FRIDAY, OFFSETS, since=MONDAY, today=date(2026, 7, 7)) is None
    assert last_business_day(MONDAY) == FRIDAY
