"""Days found from another day: the coming Tuesday, the 15th, two weeks on."""

from __future__ import annotations

from datetime import date, timedelta

from datumline.domain.period import add_months

WEEK = 7


def day_of(year: int, month: int, day: int) -> date | None:
    """That day of the calendar; None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return add_months(date(year, month, 1), 1) - timedelta(days=1)


def nearest(found: date, note_day: date, *, ahead: bool) -> date:
    """The day without a year put into the year that lies ahead, or behind."""
    if ahead and found < note_day:
        return add_months(found, 12)
    return add_months(found, -12) if not ahead and found > note_day else found


def coming(note_day: date, weekday: int) -> date:
    """The first such weekday after the note's day."""
    return note_day + timedelta(days=(weekday - note_day.weekday() - 1) % WEEK + 1)


def of_week(in_week: date, weekday: int) -> date:
    """The weekday, 0 for Monday, in the week of a day."""
    return in_week + timedelta(days=weekday - in_week.weekday())


def of_number(note_day: date, number: int, *, ahead: bool) -> date | None:
    """The nearest such day of a month ahead, or behind."""
    for months in range(4):
        month = add_months(note_day.replace(day=1), months if ahead else -months)
        found = day_of(month.year, month.month, number)
        if found is not None and (found >= note_day if ahead else found <= note_day):
            return found
    return None


def moved(note_day: date, count: int, unit: str) -> date:
    """The day so many days, weeks, fortnights, months or quarters on; back for a negative count."""
    if unit.startswith("month"):
        return add_months(note_day, count)
    if unit.startswith("quarter"):
        return add_months(note_day, 3 * count)
    days = {"day": 1, "wee": WEEK, "for": 2 * WEEK}[unit[:3]]
    return note_day + timedelta(days=days * count)
