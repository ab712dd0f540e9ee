"""How a visibility plan stands: its month, what its audits say, and later what that will give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datumline.domain.citation import EntryId
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import Plans
from datumline.domain.period import A_DAY, add_months
from datumline.domain.policy.pack import Policy
from datumline.domain.visibility.artifacts import Artifact


class State(StrEnum):
    """How an artifact stands in an audit."""

    LANDED = "landed"
    ON_COURSE = "on-course"
    BEHIND = "behind"
    NOT_BEGUN = "not-begun"


class Forecast(StrEnum):
    """What the plan will give."""

    TOO_EARLY = "too-early"
    UNKNOWN = "unknown"  # no audit yet
    PACKET = "packet"
    AT_RISK = "at-risk"
    NOT_READY = "not-ready"


class Choice(StrEnum):
    """What is chosen when the forecast is not the packet."""

    CORRECT = "correct-the-course"
    LATER = "six-months-more"


COUNTED = frozenset({State.LANDED, State.ON_COURSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One audit: the month it is of, the state of each artifact with what was said of it."""

    entry: EntryId
    on: date
    month: int
    states: Mapping[Artifact, tuple[State, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the plan in force stands on a day.

    Attributes:
        month: the month of the plan, from 1; 0 before it starts, one more than its length when it is over.
        ends: its last day.
        owed: the months whose audit is due or open and not done.
        landed, counted: how many artifacts landed, and how many landed or are on course.
        choice: what was chosen since the plan's start, if anything, with the entry.
    """

    month: int
    ends: date
    audits: tuple[Audit, ...]
    owed: tuple[int, ...]
    landed: int
    counted: int
    of: int
    forecast: Forecast
    choice: tuple[Choice, EntryId] | None


def month_of(starts: date, on: date, months: int) -> int:
    """In which month of a plan a day lies: month n begins n - 1 months after the start."""
    if on < starts:
        return 0
    return next((n for n in range(1, months + 1) if on < add_months(starts, n)), months + 1)


def standing_of(plans: Plans, standing: Iterable[Entry], policy: Policy, on: date) -> Standing | None:
    """How the plan in force stands on a day; None where no plan is in force."""
    current = plans.current
    if current is None:
        return None
    told = [entry for entry in standing if entry.amounts.get("plan") in plans.line]
    audits = tuple(_audit(entry) for entry in told if entry.kind is Kind.SELF_AUDIT)
    months = policy.whole("visibility.months", on)
    month = month_of(current.starts, on, months)
    last = audits[-1].states if audits else {}
    states = [last[each][0] for each in Artifact if each in last]
    counted, landed = sum(each in COUNTED for each in states), states.count(State.LANDED)
    due = [policy.whole(f"visibility.{name}_audit", on) for name in ("first", "second")]
    return Standing(
        month=month,
        ends=add_months(current.starts, months) - A_DAY,
        audits=audits,
        owed=tuple(each for each in due if each <= month and each not in {audit.month for audit in audits}),
        landed=landed,
        counted=counted,
        of=len(Artifact),
        forecast=_forecast(month, counted, len(Artifact), policy, on, audited=bool(audits)),
        choice=_choice(told),
    )


def _forecast(month: int, counted: int, of: int, policy: Policy, on: date, *, audited: bool) -> Forecast:  # noqa: PLR0913
    if month < policy.whole("visibility.forecast_from", on):
        return Forecast.TOO_EARLY
    if not audited:
        return Forecast.UNKNOWN
    if counted >= min(of, policy.whole("visibility.artifacts", on)):
        return Forecast.PACKET
    return Forecast.AT_RISK if counted >= policy.whole("visibility.at_risk", on) else Forecast.NOT_READY


def _audit(entry: Entry) -> Audit:
    said = entry.amounts.get("states")
    return Audit(
        entry=entry.id,
        on=entry.occurred_on,
        month=int(str(entry.amounts["month"])),
        states={
            each: _state(said[each.value])
            for each in Artifact
            if isinstance(said, dict) and each.value in said
        },
    )


def _state(said: object) -> tuple[State, str]:
    held = said if isinstance(said, Mapping) else {}
    state, text = str(held.get("state", "")), held.get("text")
    return State(state) if state in {*State} else State.NOT_BEGUN, text if isinstance(text, str) else ""


def _choice(told: Sequence[Entry]) -> tuple[Choice, EntryId] | None:
    made = [entry for entry in told if entry.kind is Kind.VISIBILITY_CHOICE]
    return (Choice(str(made[-1].amounts["choice"])), made[-1].id) if made else None
