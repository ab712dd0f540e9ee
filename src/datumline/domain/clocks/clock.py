"""A clock: a day computed from an event in the record and a parameter of the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.person import PersonId


class State(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    OVER = "over"  # a wait that has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One deadline, or one wait that must end before something may happen.

    Attributes:
        id: which clock: `note-owed`, `wait-before-plan`, `remediation-window`, `remediation-follow-up`, or of
            `papers`: `note-checkpoint`, `update-answer`, `plan-signature`, `self-audit`, `stretch-recheck`.
        subject: whose record it runs in.
        starts: the day of the event, day 0.
        due: the last day of the span; for a wait, the first day on which it is over.
        entry: the entry that started it.
        parameter: the policy parameter that gives the span.
        concern: the concern that it belongs to, if any.
        waits: whether nobody owes anything and time alone ends it.
    """

    id: str
    subject: PersonId | None
    starts: date
    due: date
    entry: EntryId
    parameter: str
    concern: str | None = None
    waits: bool = False

    def state(self, day: date) -> State:
        """How it stands on `day`. The due day itself still belongs to whoever owes."""
        if self.waits:
            return State.OVER if day >= self.due else State.RUNNING
        if day == self.due:
            return State.DUE_TODAY
        return State.OVERDUE if day > self.due else State.RUNNING

    def days_left(self, day: date) -> int:
        """Days from `day` to the due day; negative when it has passed."""
        return (self.due - day).days
