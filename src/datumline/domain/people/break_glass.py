"""Break-glass: reading a record against the table, for a reason, for minutes, in everybody's sight (M7).

Somebody with a duty asks for one person's record; a second person lets them in, or, when nobody answered for
the policy's minutes, they go in alone, which rings an alarm. It ends by itself, is read-only, stands in the
person's own record, and somebody else reviews it within the policy's days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from datumline.domain.citation import EntryId
from datumline.domain.people.person import PersonId


class Basis(StrEnum):
    """Why a record is opened; words are said beside it."""

    LEGAL_HOLD = "legal-hold"
    ACCESS_REQUEST = "access-request"  # the person asked for all that is kept about them
    INVESTIGATION = "investigation"
    SAFETY = "safety"


class Step(StrEnum):
    """What is said about an opening."""

    ASKED = "asked"
    OPENED = "opened"
    CLOSED = "closed"  # ended early; before it was opened: turned down or taken back
    REVIEWED = "reviewed"


class State(StrEnum):
    """Where an opening stands."""

    WAITS = "waits"
    OPEN = "open"
    REFUSED = "refused"
    OVER = "over"  # and nobody has reviewed it
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One step: which opening it is about (for the first step its own entry), by whom, when."""

    step: Step
    entry: EntryId
    opening: EntryId
    subject: PersonId
    by: PersonId
    at: datetime
    basis: str = ""
    minutes: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One use of break-glass.

    Attributes:
        entry: the entry that asked for it.
        subject: whose record; `by` who asked.
        opened_at, opened_by: when it was opened, and by whose word; `alone` when by the asker's own.
        ends_at: when it ends by itself.
    """

    entry: EntryId
    subject: PersonId
    by: PersonId
    basis: str
    asked_at: datetime
    opened_at: datetime | None = None
    opened_by: PersonId = ""
    alone: bool = False
    ends_at: datetime | None = None
    closed_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: PersonId = ""

    def state(self, now: datetime) -> State:
        """Where it stands at a moment."""
        if self.reviewed_at is not None:
            return State.REVIEWED
        if self.opened_at is None or self.ends_at is None:
            return State.WAITS if self.closed_at is None else State.REFUSED
        ended = self.closed_at or self.ends_at
        return State.OPEN if self.opened_at <= now < min(ended, self.ends_at) else State.OVER

    def alone_from(self, wait: timedelta) -> datetime:
        """From when on the asker may go in alone."""
        return self.asked_at + wait


def openings_of(said: Iterable[Said]) -> tuple[Opening, ...]:
    """Every use of break-glass, folded, in the order of asking. What does not fit its opening says nothing.

    A second person opens it, never the subject; alone only the asker does. Who asked or let them in reviews
    nothing, and the first word of each step counts.
    """
    found: dict[EntryId, Opening] = {}
    for each in sorted(said, key=lambda one: (one.at, one.entry)):
        if each.step is Step.ASKED:
            found[each.entry] = Opening(
                entry=each.entry, subject=each.subject, by=each.by, basis=each.basis, asked_at=each.at
            )
        elif each.opening in found and found[each.opening].subject == each.subject:
            found[each.opening] = _then(found[each.opening], each)
    return tuple(found.values())


def _then(opening: Opening, said: Said) -> Opening:
    if said.step is Step.OPENED and opening.opened_at is None and opening.closed_at is None:
        if said.by == opening.subject or (said.by == opening.by) is not said.alone:
            return opening
        return replace(
            opening,
            opened_at=said.at,
            opened_by=said.by,
            alone=said.alone,
            ends_at=said.at + timedelta(minutes=said.minutes),
        )
    if said.step is Step.CLOSED and opening.closed_at is None:
        return replace(opening, closed_at=said.at)
    reviewer = said.by not in {opening.by, opening.opened_by, opening.subject}
    if said.step is Step.REVIEWED and opening.opened_at is not None and reviewer and not opening.reviewed_at:
        return replace(opening, reviewed_at=said.at, reviewed_by=said.by)
    return opening


def opened_by(openings: Iterable[Opening], person: PersonId, now: datetime) -> frozenset[PersonId]:
    """Whose records a person has open at a moment."""
    return frozenset(each.subject for each in openings if each.by == person and each.state(now) is State.OPEN)
