"""Dates as people and programs write them into tables. A date that can be read in two ways is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from datumline.domain.period import EARLIEST, LATEST
from datumline.domain.problem import Problem

Cell = str | date | datetime | int | float | bool | None

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?")
_MONTH_NAMED = re.compile(r"(\d{1,2})[ \-/.]+([A-Za-z]{3,9})[ \-/.,]+(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 date system, its false leap day allowed for
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: below and above a number is more likely something else
_CENTURY = 2000
_TWO_DIGITS = 100


class DateFormat(StrEnum):
    """How to read a date that is all figures."""

    AUTO = "auto"
    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"
    EXCEL = "excel"


def read_date(cell: Cell, written: DateFormat = DateFormat.AUTO) -> date | None:
    """The day in a cell, None for an empty one.

    Raises:
        Problem: it is no date, no such day exists, or day and month could be either way round.
    """
    if isinstance(cell, datetime):
        return _within(cell.date(), str(cell))
    if isinstance(cell, date):
        return _within(cell, str(cell))
    if cell is None:
        return None
    text = str(cell).strip()
    if not text:
        return None
    try:
        found = _read(text, written)
    except ValueError as wrong:
        raise Problem(f"'{text}' is no day of the calendar", expected="a date such as 2026-06-30") from wrong
    if found is None:
        raise Problem(f"'{text}' is not a date", expected=_expected(written))
    return _within(found, text)


def _within(found: date, text: str) -> date:
    if EARLIEST <= found <= LATEST:
        return found
    raise Problem(f"'{text}' is not usable", expected=f"a day from {EARLIEST.year} to {LATEST.year}")


def _expected(written: DateFormat) -> str:
    return {
        DateFormat.DMY: "a date such as 30/06/2026",
        DateFormat.MDY: "a date such as 06/30/2026",
        DateFormat.EXCEL: "a day number such as 46203",
    }.get(written, "a date such as 2026-06-30")


def _read(text: str, written: DateFormat) -> date | None:
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return date(int(year), int(month), int(day))
    if written is DateFormat.ISO:
        return None
    if written in {DateFormat.AUTO, DateFormat.EXCEL} and (match := _SERIAL.fullmatch(text)):
        return _from_serial(int(match[1]))
    if match := _YEAR_FIRST.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    return _with_month_name(text) or _year_last(text, written)


def _from_serial(serial: int) -> date | None:
    return _EPOCH + timedelta(days=serial) if serial in _SERIALS else None


def _with_month_name(text: str) -> date | None:
    if match := _MONTH_NAMED.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    month = _month(name.lower())
    full = int(year) + (_CENTURY if int(year) < _TWO_DIGITS else 0)
    return date(full, month, int(day)) if month else None


def _month(name: str) -> int | None:
    if name in _MONTHS:
        return _MONTHS.index(name) + 1
    return _LONG.index(name) + 1 if name in _LONG else None


def _year_last(text: str, written: DateFormat) -> date | None:
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if written is DateFormat.MDY:
        return date(year, first, second)
    if written is DateFormat.DMY or first == second:
        return date(year, second, first)
    months = range(1, len(_MONTHS) + 1)
    if first in months and second in months:
        raise Problem(f"'{text}' could be two days", expected="a --date-format of dmy or mdy")
    return date(year, second, first) if second in months else date(year, first, second)
