"""Dates in tables: every form that programs write, and nothing that could be two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.connectors.table.dates import Cell, DateFormat, read_date
from datumline.domain.problem import Problem

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("2026-06-30", DateFormat.AUTO),
        ("2026-06-30T17:00:00Z", DateFormat.AUTO),
        ("2026-06-30 17:00", DateFormat.ISO),
        ("2026/6/30", DateFormat.AUTO),
        ("30.06.2026", DateFormat.AUTO),
        ("06/30/2026", DateFormat.AUTO),
        ("30/06/2026 09:15", DateFormat.DMY),
        ("6-30-2026", DateFormat.MDY),
        ("30 Jun 2026", DateFormat.AUTO),
        ("30/Jun/26 3:04 PM", DateFormat.AUTO),
        ("June 30, 2026", DateFormat.AUTO),
        ("46203", DateFormat.AUTO),
        ("46203.75", DateFormat.EXCEL),
        (46203, DateFormat.AUTO),
        (46203.5, DateFormat.AUTO),
        (datetime(2026, 6, 30, 23, 59), DateFormat.AUTO),  # noqa: DTZ001 - what a workbook holds
        (DAY, DateFormat.DMY),
    ],
)
def test_one_day_in_many_forms(cell: Cell, written: DateFormat) -> None:
    assert read_date(cell, written) == DAY


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_an_empty_cell_says_nothing(cell: Cell) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "written", "what"),
    [
        ("03/04/2026", DateFormat.AUTO, "'03/04/2026' could be two days"),
        ("3.4.2026", DateFormat.AUTO, "'3.4.2026' could be two days"),
        ("2026-02-30", DateFormat.AUTO, "'2026-02-30' is no day of the calendar"),
        ("31/02/2026", DateFormat.DMY, "'31/02/2026' is no day of the calendar"),
        ("30/06/2026", DateFormat.MDY, "'30/06/2026' is no day of the calendar"),
        ("30/06/2026", DateFormat.ISO, "'30/06/2026' is not a date"),
        ("12345", DateFormat.AUTO, "'12345' is not a date"),
        ("soon", DateFormat.AUTO, "'soon' is not a date"),
        ("30/06/26", DateFormat.DMY, "'30/06/26' is not a date"),
        ("=TODAY()", DateFormat.AUTO, "'=TODAY()' is not a date"),
        (True, DateFormat.AUTO, "'True' is not a date"),
    ],
)
def test_what_is_no_single_day_is_refused(cell: Cell, written: DateFormat, what: str) -> None:
    with pytest.raises(Problem) as problem:
        read_date(cell, written)
    assert problem.value.what == what


@given(day=st.dates(min_value=date(1960, 1, 1), max_value=date(2110, 1, 1)))
def test_every_form_reads_back(day: date) -> None:
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert read_date(day.isoformat()) == day
    assert read_date(day.strftime("%d/%m/%Y"), DateFormat.DMY) == day
    assert read_date(day.strftime("%m/%d/%Y"), DateFormat.MDY) == day
    assert read_date(day.strftime("%d %b %Y")) == day
    assert read_date(serial, DateFormat.EXCEL) == day


DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2999, 12, 31))


@given(day=DAYS, first=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_without_a_format_a_day_is_right_or_refused(day: date, first: str) -> None:
    try:
        assert read_date(day.strftime(first)) == day
    except Problem:
        assert day.day <= 12
        assert day.day != day.month


@pytest.mark.parametrize(
    "cell",
    ["0026-05-13", "9999-12-31", "1/1/0001", date(1850, 1, 1), datetime(3000, 1, 1)],  # noqa: DTZ001 - a cell
)
def test_a_year_that_no_calendar_reckons_with_is_refused(cell: Cell) -> None:
    with pytest.raises(Problem, match="is not usable"):
        read_date(cell)
