"""Who asks, and when: the only place below the roof that reads the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from datumline.domain.people.access import Actor
from datumline.domain.period import AsOf, end_of_day

Clock = Callable[[], datetime]


class Mode(StrEnum):
    """Whose the home is: what its pages ask of a visitor. Until somebody has said, there is none."""

    DEMO = "demo"  # an invented organisation; the visitor chooses whom to be
    ALONE = "alone"  # one person on an own machine, with everything; reached from that machine only
    ORGANISATION = "organisation"  # everybody signs in


def mode_in(said: Mapping[str, Any]) -> Mode | None:
    """The mode in a `home.json` or a backup's manifest. Before there was sign-in they said only `demo`.

    Raises KeyError or ValueError for what says neither.
    """
    if "mode" not in said:
        return Mode.DEMO if said["demo"] else Mode.ALONE
    return None if said["mode"] is None else Mode(said["mode"])


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
        mode: whose the home is; None until that was said at its first run.
    """

    actor: Actor
    clock: Clock
    today: date
    home: Path
    mode: Mode | None = None

    @property
    def demo(self) -> bool:
        """Whether the organisation is invented, so that pages can say so."""
        return self.mode is Mode.DEMO

    def at(self, as_of: date | None = None, known_at: datetime | None = None) -> AsOf:
        """Both clocks of a question; the defaults are today, and the end of that day (in UTC)."""
        day = as_of or self.today
        return AsOf(as_of=day, known_at=known_at or end_of_day(day))
