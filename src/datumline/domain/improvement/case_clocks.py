"""The clocks of improvement cases: a week to read, a decision owed, the end of a plan or a move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from datumline.domain.clocks.clock import Clock
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.coaching_plan import OWED, CoachingPlan, coaching_plans, weeks_read
from datumline.domain.improvement.coaching_record import A_WEEK, monday_of
from datumline.domain.improvement.formal_plan import CLOCK, FormalPlan, State, formal_plans, started_on
from datumline.domain.improvement.transition import CLOCKS, Transition, transitions
from datumline.domain.policy.pack import Policy

KINDS = frozenset({Kind.PLAN_EVENT, Kind.COACHING_READING})
RUN = frozenset({State.RUNNING, State.OVERDUE, State.DRAGGING})


def case_clocks(standing: Iterable[Entry], policy: Policy, as_of: date) -> tuple[Clock, ...]:
    """Every clock of a case that runs or is overdue, by due day; from the entries that a reader may see."""
    told = [entry for entry in standing if entry.kind in KINDS]
    if not told:
        return ()
    found = [
        clock for plan in coaching_plans(told, policy, as_of) for clock in _of_coaching(plan, told, as_of)
    ]
    found += [
        clock for plan in formal_plans(told, {}, policy, as_of) for clock in _of_plan(plan, told, as_of)
    ]
    found += [clock for move in transitions(told, policy) for clock in _of_move(move)]
    return tuple(sorted(found, key=lambda clock: (clock.due, clock.id, clock.entry)))


def _of_coaching(plan: CoachingPlan, told: Sequence[Entry], as_of: date) -> Iterator[Clock]:
    if plan.closed is not None:
        return
    opened = next(entry for entry in told if entry.id == plan.entry)
    yield _clock("coaching-decision", opened, plan.starts, plan.ends, OWED)
    if plan.starts <= as_of <= plan.ends:
        yield from _reading(opened, plan.starts, told, as_of)


def _of_plan(plan: FormalPlan, told: Sequence[Entry], as_of: date) -> Iterator[Clock]:
    if plan.issue is None or plan.due is None or plan.state not in RUN:
        return
    start = started_on(plan.issue)
    yield _clock("plan-clock", plan.issue, start, plan.due, CLOCK)
    if start <= as_of:
        yield from _reading(plan.issue, start, told, as_of)


def _of_move(move: Transition) -> Iterator[Clock]:
    if move.closing is None:
        yield _clock("move-clock", move.offer, move.starts, move.due, CLOCKS[move.path])


def _reading(begun: Entry, start: date, told: Sequence[Entry], as_of: date) -> Iterator[Clock]:
    """This week's reading, due on its last day, unless it is on file."""
    monday = monday_of(as_of)
    if monday not in weeks_read(told, begun.concern, start, as_of):
        yield _clock("week-reading", begun, max(monday, start), monday + A_WEEK - timedelta(days=1), OWED)


def _clock(name: str, entry: Entry, starts: date, due: date, parameter: str) -> Clock:
    return Clock(
        id=name,
        subject=entry.subject,
        starts=starts,
        due=due,
        entry=entry.id,
        parameter=parameter,
        concern=entry.concern,
    )
