"""What a case allows next, and why not: one line for each refusal (spec 40; reliability section 3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import PlanOutcome
from datumline.domain.improvement.formal_plan import FormalPlan, Request, State
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem

START = "start-plan"
RUNNING = frozenset({State.RUNNING, State.OVERDUE, State.DRAGGING, State.PAUSED})


def check_no_second(case: Case) -> None:
    """One plan at a time, whatever it is about."""
    if case.running is not None:
        about = case.running.concern or "the same concern"
        raise Problem("a second plan at once", where=about, expected="the first one closed or withdrawn")


def check_no_second_coaching(case: Case) -> None:
    """One coaching plan about a concern at a time."""
    if case.coaching is not None and case.coaching.closed is None:
        raise Problem(
            "a second coaching plan at once", where=case.concern or "", expected="the first one closed"
        )


def check_starts(starts: date, *, hired: date | None, today: date, what: str = "it") -> None:
    """Nothing starts before the person did, and nothing starts in the past."""
    if hired is not None and starts < hired:
        raise Problem(
            f"{what} would start on {starts}, before the person's first day",
            where="on",
            expected=f"a day from {hired} on",
        )
    if starts < today:
        raise Problem(
            f"{what} would start on {starts}, in the past", where="on", expected=f"a day from {today} on"
        )


def check_verdict(verdict: str, override: str) -> None:
    """A formal plan starts from that verdict alone, or with an override that gives its reason."""
    if verdict != START and not override.strip():
        raise Problem(
            f"the plan table says '{verdict}'",
            where="override",
            expected="start-plan, or the reason for an override",
        )


def check_answer(
    request: Request, *, approver: str, subject: PersonId, above_approver: Collection[PersonId]
) -> None:
    """A second person answers: not who asked, not who is concerned, and nobody who reports to who asked."""
    if not request.waits:
        raise Problem("this was answered already", expected="a request that waits")
    if approver == request.asked.author:
        raise Problem("approved by who asked for it", expected="a second person")
    if approver == subject or request.asked.author in above_approver:
        raise Problem(
            "a conflict of interest: the approver reports to who asked, or is who it is about",
            expected="a second person outside that line",
        )


def check_given(request: Request, *, by_manager_of_today: bool) -> None:
    """What is given was approved, once, and asked for by the manager of today."""
    if request.given is not None:
        raise Problem("this was given already", expected="a request that waits to be given")
    if not request.approved:
        raise Problem("nobody has approved this yet", expected="the approval of a second person")
    if not by_manager_of_today:
        raise Problem(
            "the manager changed since this was asked for", expected="a request by the manager of today"
        )


def check_runs(plan: FormalPlan | None, *, paused: bool | None = None) -> FormalPlan:
    """The plan, when it runs; with `paused` said, only when it is, or is not, paused."""
    if plan is None or plan.issue is None or plan.state not in RUNNING:
        raise Problem("no plan that runs", expected="a plan that was given and is not closed")
    if paused is not None and (plan.state is State.PAUSED) is not paused:
        raise Problem(
            f"the plan is {'not ' if paused else ''}paused",
            expected="a paused plan" if paused else "a running one",
        )
    return plan


def check_outcome(outcome: str) -> None:
    """One of the four ways in which a plan ends."""
    if outcome not in set(PlanOutcome):
        raise Problem(f"no outcome '{outcome}'", where="outcome", expected=f"one of {', '.join(PlanOutcome)}")


def check_until(until: date | None, plan: FormalPlan) -> date:
    """More time ends after the time that there is."""
    if until is None or plan.due is None or until <= plan.due:
        raise Problem("no more time by that day", where="until", expected=f"a day after {plan.due}")
    return until
