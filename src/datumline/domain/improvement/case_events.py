"""What happens in an improvement case: the events of a `plan-event` entry, and who is given them.

An event in the `case` stream is handled by the line above and HR; one in the `shared` stream is given to the
engineer. What is asked for and approved lies in the first; what then holds is a new entry in the second, with
that day's `recorded_at`. So nothing that the engineer reads tells of a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind


class Event(StrEnum):
    """What an event is."""

    # Told to others, before anything formal
    SKIP_LEVEL_TOLD = "skip-level-told"
    HR_TOLD = "hr-told"
    # Coaching
    COACHING_OPENED = "coaching-opened"
    COACHING_CLOSED = "coaching-closed"
    # A formal plan: asked for in the case, answered by a second person, given to the engineer
    PLAN_DRAFTED = "plan-drafted"
    PAUSE_ASKED = "pause-asked"
    EXTENSION_ASKED = "extension-asked"
    APPROVED = "approved"
    DECLINED = "declined"
    PLAN_ISSUED = "plan-issued"
    PLAN_AMENDED = "plan-amended"
    PLAN_PAUSED = "plan-paused"
    PLAN_RESUMED = "plan-resumed"
    PLAN_EXTENDED = "plan-extended"
    PLAN_CLOSED = "plan-closed"
    # A managed move
    TRANSITION_OFFERED = "transition-offered"
    TRANSITION_CLOSED = "transition-closed"
    # The team around it, and the bar-raiser round
    TEAM_PROTECTED = "team-protected"
    ROUND_SCHEDULED = "round-scheduled"
    ROUND_CLOSED = "round-closed"


GIVEN = frozenset(
    {
        Event.COACHING_OPENED,
        Event.COACHING_CLOSED,
        Event.PLAN_ISSUED,
        Event.PLAN_AMENDED,
        Event.PLAN_PAUSED,
        Event.PLAN_RESUMED,
        Event.PLAN_EXTENDED,
        Event.PLAN_CLOSED,
        Event.TRANSITION_OFFERED,
        Event.TRANSITION_CLOSED,
    }
)
# Asked for in the case, and the event that it becomes once a second person has approved.
BECOMES = {
    Event.PLAN_DRAFTED: Event.PLAN_ISSUED,
    Event.PAUSE_ASKED: Event.PLAN_PAUSED,
    Event.EXTENSION_ASKED: Event.PLAN_EXTENDED,
}
ANSWERS = frozenset({Event.APPROVED, Event.DECLINED})


class PlanOutcome(StrEnum):
    """How a formal plan ends."""

    IMPROVED = "improved"
    CLEAN_EXIT = "clean-exit"
    ROLE_CHANGE = "role-change"
    WITHDRAWN = "withdrawn"


def audience_of_event(event: Event) -> Audience:
    """Which stream an event is written to."""
    return Audience.SHARED if event in GIVEN else Audience.CASE


def event_of(entry: Entry) -> Event | None:
    """Which event an entry is; None for any other entry, and for an event of another version's making."""
    said = entry.amounts.get("event") if entry.kind is Kind.PLAN_EVENT else None
    return Event(str(said)) if said in set(Event) else None


def events(entries: Iterable[Entry], *named: Event, concern: str | None = None) -> Iterator[Entry]:
    """The events of these names, oldest first; with `concern` only those about it."""
    ordered = sorted(entries, key=lambda each: (each.occurred_on, each.recorded_at, each.id))
    for entry in ordered:
        if event_of(entry) in named and concern in (None, entry.concern):
            yield entry


def day_said(entry: Entry, name: str) -> date | None:
    """One of the days that an event says: `on` or `until`."""
    value = entry.amounts.get(name)
    return value if isinstance(value, date) else None


def because(entry: Entry) -> str:
    """The reason that an event gives."""
    return str(entry.amounts.get("because") or entry.text)
