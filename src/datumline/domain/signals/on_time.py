"""One commitment's state on a day: on time, missed or not yet due (spec 10; spec 96, readings 36 and 37).

The one place where this is decided. The signals read it from entries, the non-negotiables from facts.

- Delivered on the due day or before is on time, later is missed.
- Open on the due day is not yet due: the day belongs to the engineer. Open on the day after is missed.
- A reschedule made on the due day or before moves the date; one made later leaves it missed, for good.
- What happened after the day asked about has not happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datumline.domain.period import A_DAY, Window


class State(StrEnum):
    """How a commitment stands."""

    ON_TIME = "on-time"
    MISSED = "missed"
    NOT_YET_DUE = "not-yet-due"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Move:
    """One reschedule that counts: made `on` a day, `from_due` the date that stood, to the new one."""

    on: date
    from_due: date
    to: date

    @property
    def in_time(self) -> bool:
        """Whether it was made before the commitment was overdue."""
        return self.on <= self.from_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A commitment on a day.

    Attributes:
        first_due: the date first promised.
        due: the date that it counts by: it decides the quarter and the window (reading 36).
        state: how it stands by `due`.
        state_by_first: how it would stand by `first_due`, shown beside it.
        moved: how often it was rescheduled in time.
        moved_late: whether it was rescheduled when it was overdue already.
        changes_on: the first later day on which time alone changes either state; None if none does.
    """

    first_due: date
    due: date
    state: State
    state_by_first: State
    moved: int
    moved_late: bool
    changes_on: date | None


def stand(*, due: date, delivered: date | None, moves: Sequence[Move], as_of: date) -> Standing:
    """Where a commitment stands on `as_of`.

    `moves` may come in any order; later ones than `as_of` are ignored. `due` is used when there is no
    move; with moves, their own dates say what was promised first and last.
    """
    made = sorted(move for move in moves if move.on <= as_of)
    first = made[0].from_due if made else due
    counts_by, moved, late = _follow(first, made)
    done = delivered if delivered is not None and delivered <= as_of else None
    by_first = _state(first, done, as_of)
    by_due = State.MISSED if late else _state(counts_by, done, as_of)
    turns = [
        day + A_DAY for day, state in ((first, by_first), (counts_by, by_due)) if state is State.NOT_YET_DUE
    ]
    return Standing(
        first_due=first,
        due=counts_by,
        state=by_due,
        state_by_first=by_first,
        moved=moved,
        moved_late=late,
        changes_on=min(turns, default=None),
    )


def _follow(first: date, made: Sequence[Move]) -> tuple[date, int, bool]:
    due = first
    for moved, move in enumerate(made):
        if not move.in_time:
            return move.from_due, moved, True
        due = move.to
    return due, len(made), False


def _state(due: date, delivered: date | None, as_of: date) -> State:
    if delivered is not None:
        return State.ON_TIME if delivered <= due else State.MISSED
    return State.MISSED if due < as_of else State.NOT_YET_DUE


def counts_in(window: Window, *, due: date, state: State) -> bool:
    """Whether a commitment is in the count of a window, by the date that it counts by (reading 36).

    What is not yet due is in no count. What was delivered before a date that lies after the window is on
    time, and in the count of the window that holds its date.
    """
    return state is not State.NOT_YET_DUE and due in window
