"""Who asks, and when: the only place below the roof that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from datumline.domain.people.access import Actor
from datumline.domain.period import AsOf, end_of_day

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request's actor and time.

    Attributes:
        actor: who asks.
        clock: what the ledger reads inside its lock; the system clock except while a demo is built.
        today: the day that stands for "now" (a demo keeps a fixed one).
        home: the folder that holds all state.
        demo: whether the organisation is invented, so that pages can say so.
    """

    actor: Actor
    clock: Clock
    today: date
    home: Path
    demo: bool = False

    def at(self, as_of: date | None = None, known_at: datetime | None = None) -> AsOf:
        """Both clocks of a question; the defaults are today, and the end of that day (in UTC)."""
        day = as_of or self.today
        return AsOf(as_of=day, known_at=known_at or end_of_day(day))
