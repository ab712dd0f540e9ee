"""Days of entries that may or may not exist: the best and the worst of all possible worlds.

An entry that lacks a date could lie on any day of a span, or not be there at all. A condition is met only
if it is met in every such world, and not met only if in none.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.period import A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleDay:
    """When something that may count would count from.

    Attributes:
        first, last: the span of days that it could lie on.
        sure: whether it counts in every world; then `first` is `last`.
        place: the entry's index.
    """

    first: date
    last: date
    sure: bool
    place: int


def surely(days: Sequence[PossibleDay]) -> list[PossibleDay]:
    """Those that count in every world."""
    return [day for day in days if day.sure]


def nth_day(days: Sequence[PossibleDay], count: int) -> date | None:
    """The earliest day by which `count` of them can stand, whatever day each; None if they are fewer."""
    firsts = sorted(day.first for day in days)
    return firsts[count - 1] if len(firsts) >= count else None


def nth_different_day(days: Sequence[PossibleDay], count: int) -> date | None:
    """The earliest day by which `count` of them can stand on `count` different days; None if they never can.

    One a day, the one whose span ends first: no other choice has more of them placed by any day.
    """
    waiting = deque(sorted((day.first, day.last) for day in days))
    open_until: list[date] = []
    placed, today = 0, date.min
    while waiting or open_until:
        if not open_until:
            today = max(today, waiting[0][0])
        while waiting and waiting[0][0] <= today:
            heapq.heappush(open_until, waiting.popleft()[1])
        if heapq.heappop(open_until) < today:
            continue
        placed += 1
        if placed == count:
            return today
        today += A_DAY
    return None
