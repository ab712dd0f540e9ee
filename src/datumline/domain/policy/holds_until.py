"""The first day on which time alone gives another outcome: same facts, same knowledge, a later `as_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date


def first_turn(
    *, after: date, days: Iterable[date], outcome: str, outcome_on: Callable[[date], str]
) -> date | None:
    """The first of `days` after `after` whose outcome is not `outcome`; None if there is none.

    The table proposes the days, and owes every day on which one of its answers can turn.
    """
    turning = sorted({day for day in days if day > after})
    return next((day for day in turning if outcome_on(day) != outcome), None)
