"""A formal plan from draft to outcome, by the right persons, and what is refused with one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import Event
from datumline.domain.improvement.formal_plan import State
from datumline.domain.improvement.terms import Expectation, Support, Terms
from datumline.domain.improvement.transition import Path
from datumline.domain.problem import Problem
from datumline.services import entries, plans
from datumline.services.cases import case_in
from datumline.services.diagnosis import Diagnosed, diagnose
from datumline.services.plans import About, WeekReading
from datumline.services.record import read_record
from datumline.services.visit import Visit, visit
from datumline.store.ledger import place
from support.offices import Office

INES, MONA, VERA, HANA, NILS = (f"{name}@firm.example" for name in ("ines", "mona", "vera", "hana", "nils"))
DATES = "slipping dates"
START = date(2026, 10, 1)
TERMS = Terms(
    expectations=(
        Expectation(says="Dates held", area="delivery", measure="nine of ten by their date"),
        Expectation(says="Questions answered", area="communication", measure="within two working days"),
    ),
    support=(Support(what="One rota less", until=date(2026, 11, 30), by="Mona"),),
)
LOG: tuple[tuple[date, Kind, dict[str, Any]], ...] = (
    (date(2026, 7, 1), Kind.OCCURRENCE, {"seen": Seen.OBSERVED}),
    (date(2026, 7, 2), Kind.WRITTEN_NOTE, {}),
    (date(2026, 7, 6), Kind.SBI, {}),
    (date(2026, 8, 3), Kind.WRITTEN_NOTE, {}),
    (date(2026, 9, 8), Kind.OCCURRENCE, {"seen": Seen.OBSERVED}),
)
ASSESSED = {"strong_since": "none", "dropped_on": "none", "delivering": "no", "mismatch": "none"}


@pytest.fixture
def case(office: Office) -> Office:
    """A concern about one engineer, ready for a plan, on the day on which it may start."""
    office.people()
    for on, kind, fields in LOG:
        _write(office, on, kind, **fields)
    for condition, said in ASSESSED.items():
        amounts = {"dimension": "plan", "condition": condition, "answer": said}
        _write(office, date(2026, 9, 10), Kind.ASSESSMENT, audience=Audience.CASE, amounts=amounts)
    return office.on(START)


def _write(office: Office, on: date, kind: Kind, **fields: Any) -> None:
    draft = Draft(
        kind=kind,
        author=office.person(MONA),
        subject=office.person(INES),
        occurred_on=on,
        **{"concern": DATES, **fields},
    )
    place([draft], clock=office.on(on).context.clock)


def by(office: Office, email: str) -> Visit:
    return visit(office.as_person(email))


def about(office: Office, key: str, concern: str = DATES) -> About:
    return About(person=office.person(INES), concern=concern, key=key)


def seen(office: Office, email: str = MONA) -> Case:
    asked = by(office, email)
    return case_in(read_record(asked, office.person(INES), asked.context.at()), DATES)


def drafted(office: Office, **said: Any) -> str:
    told: dict[str, Any] = {"terms": TERMS, "starts": START, **said}
    return plans.draft_plan(by(office, MONA), about(office, "draft"), **told).hash


def issued(office: Office) -> str:
    request = drafted(office)
    plans.answer(by(office, VERA), about(office, "yes"), request=request, approve=True)
    return plans.give(by(office, MONA), about(office, "give"), request=request).hash


def test_from_draft_to_outcome(case: Office) -> None:
    request = drafted(case)
    assert _plan(case).state is State.DRAFTED
    assert seen(case, INES).plan is None
    plans.answer(by(case, HANA), about(case, "yes"), request=request, approve=True)
    assert _plan(case).state is State.APPROVED
    assert seen(case, INES).plan is None
    issue = plans.give(by(case, MONA), about(case, "give"), request=request).hash
    plan = seen(case, INES).plan
    assert plan
    assert (plan.state, plan.due, plan.terms) == (State.RUNNING, START + timedelta(days=60), TERMS)
    assert plan.acknowledged is None
    entries.acknowledge(by(case, INES), entry=issue, key="read")
    assert _plan(case).acknowledged
    later = case.on(START + timedelta(days=20))
    readings = [WeekReading(expectation="Dates held", area="delivery", result="met")]
    plans.read_week(by(later, MONA), about(later, "week"), week_of=later.context.today, readings=readings)
    plans.close_plan(by(later, MONA), about(later, "end"), outcome="improved", because="Ten of ten.")
    assert _plan(later, INES).state is State.CLOSED
    assert seen(later).running is None


def _plan(office: Office, email: str = MONA) -> Any:
    plan = seen(office, email).plan
    assert plan
    return plan


def test_its_clock_runs_stands_still_and_is_extended(case: Office) -> None:
    issued(case)
    due = START + timedelta(days=60)
    assert _plan(case.on(due)).state is State.RUNNING
    assert _plan(case.on(due + timedelta(days=1))).state is State.OVERDUE
    assert _plan(case.on(date(2026, 12, 31))).state is State.OVERDUE
    assert _plan(case.on(date(2027, 1, 1))).state is State.DRAGGING
    day = case.on(START + timedelta(days=10))
    wanted = plans.ask_pause(by(day, MONA), about(day, "p"), on=day.context.today, because="Leave.")
    plans.answer(by(day, VERA), about(day, "p-yes"), request=wanted.hash, approve=True)
    assert _plan(day).state is State.RUNNING
    plans.give(by(day, MONA), about(day, "p-give"), request=wanted.hash)
    assert _plan(day, INES).state is State.PAUSED
    back = case.on(START + timedelta(days=24))
    plans.resume(by(back, MONA), about(back, "back"))
    assert _plan(back).due == due + timedelta(days=14)
    more = plans.ask_extension(by(back, MONA), about(back, "m"), until=date(2027, 1, 15), because="Leave.")
    plans.answer(by(back, VERA), about(back, "m-yes"), request=more.hash, approve=True)
    plans.give(by(back, MONA), about(back, "m-give"), request=more.hash)
    assert _plan(back, INES).due >= date(2027, 1, 15)


def test_amended_terms_are_acknowledged_anew(case: Office) -> None:
    issue = issued(case)
    entries.acknowledge(by(case, INES), entry=issue, key="read")
    fewer = Terms(expectations=TERMS.expectations[:1], support=TERMS.support)
    plans.amend(by(case, MONA), about(case, "amend"), terms=fewer, because="One thing at a time.")
    assert _plan(case).terms == fewer
    assert _plan(case).acknowledged is None


def test_what_was_agreed_cannot_be_corrected_or_retracted(case: Office) -> None:
    issue = issued(case)
    with pytest.raises(Problem, match="nothing to retract"):
        entries.retract(by(case, MONA), entry=issue, reason="no", key="away")


Refused = Callable[[Office], object]


def _vague(office: Office) -> object:
    terms = Terms(expectations=(Expectation(says="Do better", area="delivery", measure="clearly"),))
    return drafted(office, terms=terms)


def _approved_by_who_asked(office: Office) -> object:
    request = drafted(office)
    return plans.answer(by(office, MONA), about(office, "yes"), request=request, approve=True)


def _given_unapproved(office: Office) -> object:
    return plans.give(by(office, MONA), about(office, "give"), request=drafted(office))


def _second(office: Office) -> object:
    issued(office)
    return plans.draft_plan(by(office, MONA), about(office, "again"), terms=TERMS, starts=START)


def _declined_without_reason(office: Office) -> object:
    request = drafted(office)
    return plans.answer(by(office, VERA), about(office, "no"), request=request, approve=False)


def _answered_twice(office: Office) -> object:
    request = drafted(office)
    plans.answer(by(office, VERA), about(office, "yes"), request=request, approve=True)
    return plans.answer(by(office, HANA), about(office, "no"), request=request, approve=False, because="No.")


def _second_coaching(office: Office) -> object:
    for key in ("one", "two"):
        plans.open_coaching(by(office, MONA), about(office, key), terms=TERMS, starts=START)
    return None


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (_vague, "cannot be measured, expectation 1, expected how it is measured, with a number"),
        (lambda office: drafted(office, terms=Terms(expectations=())), "a plan without expectations"),
        (
            lambda office: drafted(office, starts=date(2020, 1, 6)),
            "before the person's first day, on, expected",
        ),
        (lambda office: drafted(office, starts=START - timedelta(days=1)), "in the past"),
        (_second, "a second plan at once, slipping dates, expected the first one closed"),
        (_second_coaching, "a second coaching plan at once"),
        (_approved_by_who_asked, "approved by who asked for it, expected a second person"),
        (_given_unapproved, "nobody has approved this yet"),
        (_declined_without_reason, "nobody said the reason"),
        (_answered_twice, "this was answered already"),
        (lambda office: plans.resume(by(office, MONA), about(office, "r")), "no plan that runs"),
    ],
)
def test_it_is_refused_with_one_line_and_nothing_is_written(case: Office, act: Refused, line: str) -> None:
    with pytest.raises(Problem) as refused:
        act(case)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_plan_against_the_table_needs_a_reason_and_keeps_it(case: Office) -> None:
    _write(
        case,
        START,
        Kind.ASSESSMENT,
        audience=Audience.CASE,
        amounts={"dimension": "plan", "condition": "mismatch", "answer": "domain"},
    )
    _write(
        case,
        START,
        Kind.ASSESSMENT,
        audience=Audience.CASE,
        amounts={"dimension": "plan", "condition": "delivering", "answer": "yes"},
    )
    with pytest.raises(Problem, match="the plan table says 'managed-transition', override"):
        drafted(case)
    request = drafted(case, override="A move was declined twice.")
    plans.answer(by(case, HANA), about(case, "yes"), request=request, approve=True)
    plans.give(by(case, MONA), about(case, "give"), request=request)
    assert _plan(case, INES).override == "A move was declined twice."


def test_a_former_managers_draft_is_not_given(case: Office) -> None:
    request = drafted(case)
    plans.answer(by(case, VERA), about(case, "yes"), request=request, approve=True)
    case.people(
        "name,email,manager,team,unit,role,from\n"
        f"Ines Okafor,{INES},{NILS},search,core,engineer,2026-10-02\n",
    )
    moved = case.on(date(2026, 10, 5))
    with pytest.raises(Problem, match="the manager changed since this was asked for"):
        plans.give(by(moved, NILS), about(moved, "give"), request=request)
    with pytest.raises(Problem, match="no such"):
        plans.give(by(moved, MONA), about(moved, "give"), request=request)


def test_the_same_form_twice_is_one_entry(case: Office) -> None:
    assert drafted(case) == drafted(case)


@pytest.mark.parametrize("email", [INES, NILS])
def test_who_does_not_handle_the_case_finds_nobody(case: Office, email: str) -> None:
    with pytest.raises(Problem, match="no such person"):
        plans.draft_plan(by(case, email), about(case, "x"), terms=TERMS, starts=START)
    with pytest.raises(Problem, match="no such person"):
        plans.answer(by(case, email), about(case, "y"), request=drafted(case), approve=True)


def test_a_managed_move_has_its_clock(case: Office) -> None:
    plans.offer_transition(
        by(case, MONA), about(case, "move"), path=Path.EXTERNAL, beside="Mona Reyes", starts=START
    )
    move = seen(case, INES).transition
    assert move
    assert move.due == START + timedelta(weeks=6)
    assert move.overdue(START + timedelta(weeks=6, days=1))
    plans.close_transition(by(case, MONA), about(case, "moved"), because="Began elsewhere.")
    assert seen(case).transition.closing  # type: ignore[union-attr]


def test_every_version_of_a_diagnosis_is_kept_in_the_case(case: Office) -> None:
    for key, type_of in (("one", "skill"), ("two", "process")):
        said = Diagnosed(
            type=type_of, levels={"team": "Load was high."}, impact="", why="Misses of one kind."
        )
        diagnose(by(case, MONA), about(case, key), said)
    assert [each.amounts["type"] for each in seen(case).diagnoses] == ["skill", "process"]
    assert seen(case, INES).diagnoses == ()
    with pytest.raises(Problem, match="no level examined"):
        diagnose(
            by(case, MONA), about(case, "three"), Diagnosed(type="skill", levels={}, impact="", why="So.")
        )


def test_who_was_told_stays_in_the_case(case: Office) -> None:
    plans.tell(by(case, MONA), about(case, "told"), whom=Event.SKIP_LEVEL_TOLD, text="On Monday.")
    assert Event.SKIP_LEVEL_TOLD in seen(case).told
    assert seen(case, INES).told == {}
