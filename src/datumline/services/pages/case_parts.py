"""The parts of a case on a page: the coaching plan's weeks, the formal plan, requests, the managed move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import because, day_said, event_of
from datumline.domain.improvement.coaching_plan import Weeks, weeks_read
from datumline.domain.improvement.coaching_record import A_WEEK, monday_of
from datumline.domain.improvement.formal_plan import DRAGGING, FormalPlan, Request, State, started_on
from datumline.domain.improvement.terms import Terms
from datumline.domain.people.access import Thing
from datumline.domain.people.access_words import Noun, Verb
from datumline.services.pages.entry_rows import author_words
from datumline.services.record import PersonRecord
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One expectation over the weeks: a result for each of them, empty where nothing was read."""

    says: str
    area: str
    measure: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksTable:
    """The run of weeks: their Mondays, and one row for each expectation."""

    mondays: tuple[date, ...]
    rows: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingView:
    """A coaching plan. `owed` whether its decision is overdue; `missing` Mondays without a reading."""

    entry: EntryId
    starts: date
    ends: date
    owed: bool
    days: int
    terms: Terms
    weeks: WeeksTable
    missing: tuple[date, ...]
    closed_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterLine:
    """Something that was done with a plan since it was given."""

    id: EntryId
    on: date
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A formal plan. `days` until its clock ends, negative when overdue; None before it was given."""

    state: str
    words: str
    entry: EntryId
    stated_in: EntryId
    starts: date | None
    due: date | None
    days: int | None
    terms: Terms
    weeks: WeeksTable
    override: str
    acknowledged_on: date | None
    later: tuple[LaterLine, ...]
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """Something asked for in the case, and what can be done with it by the reader."""

    id: EntryId
    what: str
    by: str
    on: date
    why: str
    standing: str
    may_answer: bool
    may_give: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionView:
    """A managed move."""

    entry: EntryId
    path: str
    beside: str
    starts: date
    due: date
    days: int
    closed: str


def coaching_view(case: Case, record: PersonRecord) -> CoachingView | None:
    """The last coaching plan about the concern."""
    plan = case.coaching
    if plan is None:
        return None
    today = record.at.as_of
    return CoachingView(
        entry=plan.entry,
        starts=plan.starts,
        ends=plan.ends,
        owed=plan.owed(today),
        days=(plan.ends - today).days,
        terms=plan.terms,
        weeks=_weeks(plan.terms, plan.weeks, plan.starts, min(today, plan.closed_on or today)),
        missing=plan.missing_weeks(today),
        closed_on=plan.closed_on,
        outcome=plan.outcome.replace("-", " "),
    )


def _weeks(terms: Terms, read: Weeks, first: date, last: date) -> WeeksTable:
    """Every week from the first day on, the read and the unread ones."""
    mondays, monday = [], monday_of(first)
    while monday <= last:
        mondays.append(monday)
        monday += A_WEEK
    return WeeksTable(
        mondays=tuple(mondays),
        rows=tuple(
            WeekRow(
                says=each.says,
                area=each.area,
                measure=each.measure,
                results=tuple(read.get(day, {}).get(each.says, "") for day in mondays),
            )
            for each in terms.expectations
        ),
    )


def plan_view(case: Case, record: PersonRecord) -> PlanView | None:
    """The last formal plan about the concern, as far as the reader may see."""
    plan = case.plan
    if plan is None:
        return None
    today, say = record.at.as_of, record.policy.phrases.say
    figures = {"month": record.policy.whole(DRAGGING, today)} if plan.state is State.DRAGGING else {}
    closing = plan.closing
    return PlanView(
        state=plan.state.value,
        words=say(f"case.state.{plan.state}", **figures),
        entry=plan.first.id,
        stated_in=plan.stated_in.id,
        starts=started_on(plan.issue) if plan.issue else day_said(plan.first, "on"),
        due=plan.due,
        days=(plan.due - today).days if plan.due else None,
        terms=plan.terms,
        weeks=_plan_weeks(plan, case, today),
        override=plan.override,
        acknowledged_on=plan.acknowledged.recorded_at.date() if plan.acknowledged else None,
        later=tuple(_later(each) for each in plan.later),
        outcome=str(closing.amounts.get("outcome", "")).replace("-", " ") if closing else "",
    )


def _plan_weeks(plan: FormalPlan, case: Case, today: date) -> WeeksTable:
    if plan.issue is None:
        return WeeksTable(mondays=(), rows=())
    first, closing = started_on(plan.issue), plan.closing
    last = min(today, closing.occurred_on if closing else today)
    return _weeks(plan.terms, weeks_read(case.entries, case.concern, first, last), first, last)


def _later(entry: Entry) -> LaterLine:
    event = event_of(entry)
    said = (event.value if event else "").removeprefix("plan-").replace("-", " ")
    outcome = str(entry.amounts.get("outcome", "")).replace("-", " ")
    return LaterLine(
        id=entry.id,
        on=entry.occurred_on,
        what=f"{said}: {outcome}" if outcome else said,
        why=because(entry),
    )


def requests_view(case: Case, asked: Visit, record: PersonRecord) -> tuple[RequestView, ...]:
    """What was asked for about the last plan and does not hold yet."""
    plan = case.plan
    if plan is None:
        return ()
    told = [*filter(None, [plan.request]), *plan.asked]
    return tuple(_request(each, asked, record) for each in told if each.given is None)


def _request(request: Request, asked: Visit, record: PersonRecord) -> RequestView:
    entry, subject = request.asked, record.person.id
    thing = Thing(noun=Noun.PLAN, subject=subject, author=entry.author)
    me = asked.context.actor.author
    gives = all(asked.gate.allows(Verb.WRITE, noun, subject, author=me) for noun in (Noun.PLAN, Noun.ENTRY))
    event = event_of(entry)
    answered = author_words(request.answer.author, record.visit.names) if request.answer else ""
    return RequestView(
        id=entry.id,
        what=(event.value if event else "").replace("-", " "),
        by=author_words(entry.author, record.visit.names),
        on=entry.occurred_on,
        why=because(entry),
        standing="waits for a second person"
        if request.answer is None
        else f"{'approved' if request.approved else 'declined'} by {answered}",
        may_answer=request.answer is None
        and asked.gate.asks(Verb.APPROVE, thing).allowed
        and me != entry.author,
        may_give=request.approved and gives,
    )


def transition_view(case: Case, record: PersonRecord) -> TransitionView | None:
    """The last managed move that was offered."""
    move = case.transition
    if move is None:
        return None
    return TransitionView(
        entry=move.offer.id,
        path=move.path.value,
        beside=move.beside,
        starts=move.starts,
        due=move.due,
        days=(move.due - record.at.as_of).days,
        closed=because(move.closing) if move.closing else "",
    )


def next_monday(day: date) -> date:
    """The first Monday after a day: when a plan best begins."""
    return monday_of(day) + timedelta(days=7)
