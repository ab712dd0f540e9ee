"""The demo's two years, and the small date arithmetic that its history needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from datumline.domain.period import A_DAY, Window, quarters_until

TODAY = date(2026, 6, 30)
BEGIN = date(2024, 7, 1)
QUARTERS = quarters_until(TODAY, 8)
SATURDAY = 5
CLOSED = {(1, 1), (12, 25), (12, 26)}


def dice(*words: str) -> Random:
    """A random source of its own for each name and matter, the same in every build."""
    return Random("northfold:" + ":".join(words))  # noqa: S311 - an invented history, nothing to protect


def is_open(day: date) -> bool:
    """Whether anybody works on it."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in CLOSED


def working(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_open(day):
        day += A_DAY
    return day


def later(day: date, days: int) -> date:
    """A working day about `days` after another."""
    return working(day + timedelta(days=days))


def earlier(day: date, days: int) -> date:
    """A working day about `days` before another."""
    found = day - timedelta(days=days)
    while not is_open(found):
        found -= A_DAY
    return found


def written_at(day: date) -> datetime:
    """When what belongs to a day was recorded: once a day, in the afternoon, at a changing minute."""
    number = day.toordinal()
    return datetime.combine(day, time(13 + number % 5, number * 7 % 60), tzinfo=UTC)


def months(window: Window) -> Iterator[date]:
    """The last day of each month in a window."""
    day = window.start.replace(day=1)
    while day <= window.end:
        following = (day + timedelta(days=32)).replace(day=1)
        yield following - timedelta(days=1)
        day = following


def spread(count: int, window: Window, roll: Random) -> list[date]:
    """At most so many different working days of a window, about evenly apart, in order."""
    open_days = [day for day in map(window.start.__add__, map(timedelta, range(window.days))) if is_open(day)]
    step = len(open_days) / max(count, 1)
    places = (int(step * (number + roll.random())) for number in range(count))
    return [open_days[place] for place in dict.fromkeys(places)] if open_days else []
