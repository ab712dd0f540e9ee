"""A formal plan as it stands on a day: drafted, approved, given, paused, overdue, dragging, closed (spec 40).

A fold over entries. Who reads the shared stream alone sees a plan from the day of its issue on, and nothing
before. The issued plan is locked: other terms are an amendment, which the engineer acknowledges anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.improvement.case_events import ANSWERS, BECOMES, Event, day_said, event_of, events
from datumline.domain.improvement.terms import Terms, terms_of
from datumline.domain.period import add_months
from datumline.domain.policy.pack import Policy

Acknowledgements = Mapping[EntryId, tuple[Entry, ...]]
CLOCK, DRAGGING = "pip.clock", "pip.dragging_month"
LATER = (
    Event.PLAN_AMENDED,
    Event.PLAN_PAUSED,
    Event.PLAN_RESUMED,
    Event.PLAN_EXTENDED,
    Event.PLAN_CLOSED,
)


class State(StrEnum):
    """Where a formal plan stands."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    DECLINED = "declined"
    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    DRAGGING = "dragging"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for in the case, and what a second person said to it."""

    asked: Entry
    answer: Entry | None
    given: Entry | None

    @property
    def approved(self) -> bool:
        """Whether a second person approved it."""
        return self.answer is not None and event_of(self.answer) is Event.APPROVED

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answer is None and self.given is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalPlan:
    """One formal plan.

    Attributes:
        request: the draft with its answer; None for who reads only what the engineer was given.
        issue: the entry that gave it; None before.
        later: amendments, pauses, extensions and the outcome, in their order.
        asked: requests for a pause or more time, in their order.
        acknowledged: the engineer's acknowledgement of the terms that hold now.
        due, dragging_from: when its clock ends, and from when on it drags; None before it was given.
    """

    concern: str | None
    request: Request | None
    issue: Entry | None
    later: tuple[Entry, ...]
    asked: tuple[Request, ...]
    acknowledged: Entry | None
    due: date | None
    dragging_from: date | None
    state: State

    @property
    def first(self) -> Entry:
        """The entry that it began with, as far as the reader may see."""
        entry = self.request.asked if self.request else self.issue
        if entry is None:
            raise ValueError("a plan without a beginning")
        return entry

    @property
    def terms(self) -> Terms:
        """The terms that hold now."""
        amended = [each for each in self.later if event_of(each) is Event.PLAN_AMENDED]
        return terms_of(amended[-1] if amended else self.issue or self.first)

    @property
    def stated_in(self) -> Entry:
        """The entry that says the terms that hold now: what is to be acknowledged."""
        amended = [each for each in self.later if event_of(each) is Event.PLAN_AMENDED]
        return amended[-1] if amended else self.issue or self.first

    @property
    def closing(self) -> Entry | None:
        """The entry that closed it."""
        return next((each for each in self.later if event_of(each) is Event.PLAN_CLOSED), None)

    @property
    def open(self) -> bool:
        """Whether it is still being drafted or run, so that no second one may start."""
        return self.state not in {State.CLOSED, State.DECLINED}

    @property
    def override(self) -> str:
        """The reason for starting it against the verdict; empty when the verdict gave it."""
        return str(self.first.amounts.get("override") or "")


def formal_plans(
    entries: Iterable[Entry], said: Acknowledgements, policy: Policy, as_of: date
) -> tuple[FormalPlan, ...]:
    """Every formal plan among entries that stand, oldest first; `said` are their acknowledgements."""
    stand = tuple(entries)
    drafts = list(events(stand, Event.PLAN_DRAFTED))
    issues = list(events(stand, Event.PLAN_ISSUED))
    from_drafts = [(draft, _given(draft, issues)) for draft in drafts]
    known = {issue.id for _, issue in from_drafts if issue}
    alone = [(None, issue) for issue in issues if issue.id not in known]
    found = [
        _plan(draft, issue, stand, said, policy=policy, as_of=as_of)
        for draft, issue in (*from_drafts, *alone)
    ]
    return tuple(sorted(found, key=lambda plan: (plan.first.occurred_on, plan.first.recorded_at)))


def open_plan(plans: Iterable[FormalPlan]) -> FormalPlan | None:
    """The plan that is open; there is one at most."""
    return next((plan for plan in plans if plan.open), None)


def _given(asked: Entry, given: Sequence[Entry]) -> Entry | None:
    return next((each for each in given if each.amounts.get("about") == asked.id), None)


def _plan(  # noqa: PLR0913 - the two beginnings, what was written since, and the question's policy and day
    draft: Entry | None,
    issue: Entry | None,
    stand: tuple[Entry, ...],
    said: Acknowledgements,
    *,
    policy: Policy,
    as_of: date,
) -> FormalPlan:
    begun = draft or issue
    if begun is None:
        raise ValueError("a plan without a beginning")
    later = tuple(_after(issue, stand)) if issue else ()
    due = _due(issue, later, policy, as_of) if issue else None
    drags = _drags(issue, later, policy, as_of) if issue else None
    request = _request(draft, stand) if draft else None
    return FormalPlan(
        concern=begun.concern,
        request=request,
        issue=issue,
        later=later,
        asked=tuple(_requests(issue, stand)) if issue else (),
        acknowledged=_acknowledged(issue, later, said) if issue else None,
        due=due,
        dragging_from=drags,
        state=_state(request, issue, later, due, drags, as_of),
    )


def _after(issue: Entry, stand: Sequence[Entry]) -> list[Entry]:
    """What was done with an issued plan: it names the issue."""
    return [each for each in events(stand, *LATER) if each.amounts.get("plan") == issue.id]


def _request(asked: Entry, stand: Sequence[Entry]) -> Request:
    answers = [each for each in events(stand, *ANSWERS) if each.amounts.get("about") == asked.id]
    event = event_of(asked)
    given = list(events(stand, BECOMES[event])) if event in BECOMES else []
    return Request(asked=asked, answer=answers[-1] if answers else None, given=_given(asked, given))


def _requests(issue: Entry, stand: Sequence[Entry]) -> list[Request]:
    asked = events(stand, Event.PAUSE_ASKED, Event.EXTENSION_ASKED)
    return [_request(each, stand) for each in asked if each.amounts.get("plan") == issue.id]


def _acknowledged(issue: Entry, later: Sequence[Entry], said: Acknowledgements) -> Entry | None:
    amended = [each for each in later if event_of(each) is Event.PLAN_AMENDED]
    return next(iter(said.get((amended[-1] if amended else issue).id, ())), None)


def started_on(issue: Entry) -> date:
    """Day 0 of a plan's clock: the day on which it was given, or the later day that it names."""
    return max(issue.occurred_on, day_said(issue, "on") or issue.occurred_on)


def paused_days(later: Iterable[Entry], as_of: date) -> int:
    """How many days the clock stood still; a pause that has not ended runs until `as_of`."""
    total, since = 0, None
    for each in later:
        event = event_of(each)
        if event is Event.PLAN_PAUSED and since is None:
            since = day_said(each, "on") or each.occurred_on
        elif event in {Event.PLAN_RESUMED, Event.PLAN_CLOSED} and since is not None:
            total += max(0, (each.occurred_on - since).days)
            since = None
    return total + (max(0, (as_of - since).days) if since is not None else 0)


def _due(issue: Entry, later: Sequence[Entry], policy: Policy, as_of: date) -> date:
    """The last day of the clock: what an extension says, else the policy's days, and the days of pauses."""
    start = started_on(issue)
    until = [
        day for each in later if event_of(each) is Event.PLAN_EXTENDED and (day := day_said(each, "until"))
    ]
    end = max([start + timedelta(days=policy.days(CLOCK, start)), *until])
    return end + timedelta(days=paused_days(later, as_of))


def _drags(issue: Entry, later: Sequence[Entry], policy: Policy, as_of: date) -> date:
    """The first day of the month in which a plan drags, counted from its start."""
    start = started_on(issue)
    months = policy.whole(DRAGGING, start) - 1
    return add_months(start, months) + timedelta(days=paused_days(later, as_of))


def _state(  # noqa: PLR0913, PLR0917 - the five things that a state is folded from, and the day
    request: Request | None,
    issue: Entry | None,
    later: Sequence[Entry],
    due: date | None,
    drags: date | None,
    as_of: date,
) -> State:
    if issue is None or due is None or drags is None:
        return _before(request)
    named = [event_of(each) for each in later]
    if Event.PLAN_CLOSED in named:
        return State.CLOSED
    turns = [each for each in named if each in {Event.PLAN_PAUSED, Event.PLAN_RESUMED}]
    if turns and turns[-1] is Event.PLAN_PAUSED:
        return State.PAUSED
    if as_of >= drags:
        return State.DRAGGING
    return State.OVERDUE if as_of > due else State.RUNNING


def _before(request: Request | None) -> State:
    if request is None or request.answer is None:
        return State.DRAFTED
    return State.APPROVED if request.approved else State.DECLINED
