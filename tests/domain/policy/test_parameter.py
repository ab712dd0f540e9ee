"""Dated values: the value of a day, and what a range allows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.policy.parameter import Dated, Parameter, Range, Unit, Value
from datumline.domain.problem import Problem

MAY = date(2026, 5, 4)


def wait(*values: tuple[date, int]) -> Parameter:
    return Parameter(
        key="pip.more_time",
        unit=Unit.DAYS,
        meaning="How long to wait.",
        reference="S4",
        range=Range(least=Decimal(7), most=Decimal(120)),
        values=tuple(Dated(start=start, value=value) for start, value in values),
    )


def test_a_value_holds_from_its_day_until_the_next_one() -> None:
    dated = wait((date(2020, 1, 1), 30), (MAY, 45))
    assert dated.on(MAY - timedelta(days=1)) == 30
    assert dated.on(MAY) == 45
    assert dated.on(date(2040, 1, 1)) == 45


def test_a_day_before_the_first_value_is_refused() -> None:
    with pytest.raises(Problem, match="no value on 2019-12-31, expected a day from 2020-01-01 onward"):
        wait((date(2020, 1, 1), 30)).on(date(2019, 12, 31))


@given(st.dates(min_value=date(2020, 1, 1)), st.sets(st.dates(min_value=date(2020, 1, 2)), max_size=5))
def test_the_value_is_that_of_the_latest_start(day: date, starts: set[date]) -> None:
    days = [date(2020, 1, 1), *sorted(starts)]
    dated = wait(*((start, place) for place, start in enumerate(days)))
    assert dated.on(day) == max(place for place, start in enumerate(days) if start <= day)


@pytest.mark.parametrize(
    ("allowed", "value", "fits"),
    [
        (Range(least=Decimal(1), most=Decimal(5)), 1, True),
        (Range(least=Decimal(1), most=Decimal(5)), 5, True),
        (Range(least=Decimal(1), most=Decimal(5)), Decimal("5.01"), False),
        (Range(least=Decimal(-3), most=Decimal(1)), (-3, 0, 1), True),
        (Range(least=Decimal(-3), most=Decimal(1)), (-4, 0), False),
        (Range(least=Decimal(1), most=Decimal(2)), ("one", "two"), True),
        (Range(least=Decimal(1), most=Decimal(2)), ("one", "two", "three"), False),
        (Range(choices=("virtual", "on site")), "virtual", True),
        (Range(choices=("virtual", "on site")), "by post", False),
        (Range(), "anything", True),
    ],
)
def test_ranges(allowed: Range, value: Value, *, fits: bool) -> None:
    assert allowed.allows(value) is fits
