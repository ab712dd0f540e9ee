"""A coaching plan as it stands: its terms, the weeks that were read, the day on which a decision is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_events import Event, day_said, events
from datumline.domain.improvement.coaching_record import A_WEEK, monday_of
from datumline.domain.improvement.terms import Terms, terms_of
from datumline.domain.policy.pack import Policy

OWED = "coaching.decision_owed"
Weeks = Mapping[date, Mapping[str, str]]  # result by expectation, by Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingPlan:
    """One coaching plan.

    Attributes:
        entry: the entry that opened it; `closed` the one that closed it, with `outcome`.
        starts, ends: its first and its last day.
        weeks: what was read, by Monday: result by expectation; oldest first.
    """

    entry: EntryId
    concern: str | None
    terms: Terms
    starts: date
    ends: date
    weeks: Weeks
    closed: EntryId | None = None
    closed_on: date | None = None
    outcome: str = ""

    def missing_weeks(self, as_of: date) -> tuple[date, ...]:
        """The Mondays of whole weeks that have passed without a reading."""
        last = min(self.ends, self.closed_on or as_of, as_of)
        found, monday = [], monday_of(self.starts)
        while monday + A_WEEK <= last + timedelta(days=1):
            if monday not in self.weeks:
                found.append(monday)
            monday += A_WEEK
        return tuple(found)

    def owed(self, as_of: date) -> bool:
        """Whether the day on which a decision is owed has come, and none is on record."""
        return self.closed is None and as_of >= self.ends


def coaching_plans(entries: Iterable[Entry], policy: Policy, as_of: date) -> tuple[CoachingPlan, ...]:
    """Every coaching plan among entries that stand, oldest first."""
    stand = tuple(entries)
    opened = list(events(stand, Event.COACHING_OPENED))
    return tuple(_plan(entry, stand, policy, as_of) for entry in opened)


def window_end(starts: date, policy: Policy, as_of: date) -> date:
    """The last day of a coaching window: the end of the week in which a decision is owed."""
    return monday_of(starts) + policy.whole(OWED, as_of) * A_WEEK - timedelta(days=1)


def _plan(opened: Entry, stand: tuple[Entry, ...], policy: Policy, as_of: date) -> CoachingPlan:
    starts = day_said(opened, "on") or opened.occurred_on
    after = [
        entry
        for entry in events(stand, Event.COACHING_CLOSED, Event.COACHING_OPENED, concern=opened.concern)
        if (entry.occurred_on, entry.recorded_at) > (opened.occurred_on, opened.recorded_at)
    ]
    closing = after[0] if after else None
    last = closing.occurred_on if closing else None
    return CoachingPlan(
        entry=opened.id,
        concern=opened.concern,
        terms=terms_of(opened),
        starts=starts,
        ends=day_said(opened, "until") or window_end(starts, policy, as_of),
        weeks=weeks_read(stand, opened.concern, starts, last),
        closed=closing.id if closing else None,
        closed_on=last,
        outcome=str(closing.amounts.get("outcome", "")) if closing else "",
    )


def weeks_read(stand: Iterable[Entry], concern: str | None, starts: date, last: date | None) -> Weeks:
    """What was read about a concern in the weeks from one day to another, oldest week first."""
    found: dict[date, dict[str, str]] = {}
    for entry in readings_of(stand, concern):
        monday = monday_of(week_of(entry))
        if monday >= monday_of(starts) and (last is None or monday <= last):
            found.setdefault(monday, {})[str(entry.amounts["expectation"])] = str(entry.amounts["result"])
    return dict(sorted(found.items()))


def readings_of(entries: Iterable[Entry], concern: str | None) -> list[Entry]:
    """The weekly readings about a concern, by week; one of which a field was redacted is left out."""
    told = (
        entry
        for entry in entries
        if entry.kind is Kind.COACHING_READING
        and entry.concern == concern
        and {"week_of", "expectation", "result"} <= set(entry.amounts)
    )
    return sorted(told, key=lambda entry: (week_of(entry), entry.recorded_at, entry.id))


def week_of(entry: Entry) -> date:
    """The week that a reading is about, by one of its days."""
    return day_said(entry, "week_of") or entry.occurred_on
