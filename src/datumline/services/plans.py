"""The acts of an improvement case: coaching, a formal plan, a managed move, and who was told.

What is asked for and approved lies in the `case` stream; what holds is given in the `shared` stream, by the
manager. Each act asks the gate, reads the case, refuses with one line what the case does not allow, and
appends. A form that was sent before gets the same answer again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import BECOMES, Event, audience_of_event, day_said, event_of
from datumline.domain.improvement.case_rules import (
    check_answer,
    check_given,
    check_no_second,
    check_no_second_coaching,
    check_outcome,
    check_runs,
    check_starts,
    check_until,
    check_verdict,
)
from datumline.domain.improvement.coaching_plan import window_end
from datumline.domain.improvement.coaching_record import RESULTS
from datumline.domain.improvement.formal_plan import FormalPlan, Request
from datumline.domain.improvement.terms import AREAS, Terms, checked
from datumline.domain.improvement.transition import Path
from datumline.domain.people.access import Thing
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.cases import case_in
from datumline.services.entries import sent
from datumline.services.ledger import append
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import PLAN, judge_record
from datumline.services.visit import Visit

Amounts = Mapping[str, Json | date]
COACHING_OUTCOMES = ("consistent", "change-scope", "formal-plan", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose case, which concern, and the key under which the act is written once."""

    person: PersonId
    concern: str | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReading:
    """One expectation in one week."""

    expectation: str
    area: str
    result: str


def tell(asked: Visit, about: About, *, whom: Event, text: str = "") -> Receipt:
    """Record that the manager's manager or HR was told. Raises Problem."""
    if whom not in {Event.SKIP_LEVEL_TOLD, Event.HR_TOLD}:
        raise Problem(f"nobody is told by '{whom}'", expected="skip-level-told or hr-told")
    return _act(asked, about, whom, _nothing_more, text=text)


def _nothing_more(record: PersonRecord, case: Case) -> Amounts:
    del record, case
    return {}


def open_coaching(  # noqa: PLR0913 - whose, and the parts of a plan
    asked: Visit, about: About, *, terms: Terms, starts: date, until: date | None = None, text: str = ""
) -> Receipt:
    """Open a coaching plan: the person reads it from now on. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        check_no_second_coaching(case)
        check_starts(starts, hired=record.place.start_date, today=asked.context.today, what="coaching")
        last = until or window_end(starts, record.policy, asked.context.today)
        if last <= starts:
            raise Problem("a window that ends before it starts", where="until", expected=f"after {starts}")
        return {"terms": checked(terms).document(), "on": starts, "until": last}

    return _act(asked, about, Event.COACHING_OPENED, said, text=text)


def close_coaching(asked: Visit, about: About, *, outcome: str, because: str) -> Receipt:
    """Close the coaching plan by one of its paths, with the reason. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        if case.coaching is None or case.coaching.closed:
            raise Problem("no coaching plan that is open", expected="one to close")
        if outcome not in COACHING_OUTCOMES:
            expected = f"one of {', '.join(COACHING_OUTCOMES)}"
            raise Problem(f"no path '{outcome}'", where="outcome", expected=expected)
        return {"outcome": outcome, "because": _needed(because), "plan": case.coaching.entry}

    return _act(asked, about, Event.COACHING_CLOSED, said)


def read_week(
    asked: Visit, about: About, *, week_of: date, readings: Iterable[WeekReading], text: str = ""
) -> tuple[Receipt, ...]:
    """Write one week's readings of a plan, which the person reads. Raises Problem."""
    _check_writes(asked, about.person, Audience.SHARED)
    if week_of > asked.context.today:
        raise Problem(
            f"the week of {week_of} has not come", where="week_of", expected="a week that has begun"
        )
    told = tuple(readings)
    for place, each in enumerate(told, 1):
        if each.result not in RESULTS or each.area not in AREAS:
            raise Problem(
                f"no result '{each.result}' in '{each.area}'",
                where=f"expectation {place}",
                expected=f"one of {', '.join(RESULTS)}, in one of {', '.join(AREAS)}",
            )
    if not told:
        raise Problem("a week without readings", where="readings", expected="at least one")
    drafts = [
        Draft(
            kind=Kind.COACHING_READING,
            author=asked.context.actor.author,
            subject=about.person,
            occurred_on=asked.context.today,
            concern=about.concern,
            text=text if place == 0 else "",
            key=f"{about.key}-{place}",
            amounts={
                "week_of": week_of,
                "expectation": each.expectation,
                "area": each.area,
                "result": each.result,
            },
        )
        for place, each in enumerate(told)
    ]
    return append(asked.context, drafts)


def draft_plan(  # noqa: PLR0913 - whose, and the parts of a plan
    asked: Visit, about: About, *, terms: Terms, starts: date, override: str = "", text: str = ""
) -> Receipt:
    """Draft a formal plan in the case, for a second person to approve. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        check_no_second(case)
        check_starts(starts, hired=record.place.start_date, today=asked.context.today, what="the plan")
        given = judge_record(record, PLAN, about.concern, changes=False).verdict.verdict
        check_verdict(given, override)
        reason: Amounts = {"override": override.strip()} if given != "start-plan" else {}
        return {"terms": checked(terms).document(), "on": starts, "outcome": given, **reason}

    return _act(asked, about, Event.PLAN_DRAFTED, said, text=text)


def ask_pause(asked: Visit, about: About, *, on: date, because: str) -> Receipt:
    """Ask that the plan's clock stand still. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        plan = check_runs(case.plan, paused=False)
        check_starts(on, hired=None, today=asked.context.today, what="the pause")
        return {"on": on, "because": _needed(because), **_of(plan)}

    return _act(asked, about, Event.PAUSE_ASKED, said)


def ask_extension(asked: Visit, about: About, *, until: date, because: str) -> Receipt:
    """Ask for more time. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        plan = check_runs(case.plan)
        return {"until": check_until(until, plan), "because": _needed(because), **_of(plan)}

    return _act(asked, about, Event.EXTENSION_ASKED, said)


def answer(asked: Visit, about: About, *, request: EntryId, approve: bool, because: str = "") -> Receipt:
    """Approve or decline what was asked for, as a second person. Raises Problem."""
    record, case = _read(asked, about)
    found = _request(case, request)
    thing = Thing(noun=Noun.PLAN, subject=about.person, author=found.asked.author)
    me = asked.context.actor.author
    if not asked.gate.asks(Verb.APPROVE, thing).allowed and me != found.asked.author:
        raise absent("such person")
    if sent(asked, about.key) is None:
        check_answer(found, approver=me, subject=about.person, above_approver=_above(record, asked.me))
    return _append(
        asked,
        about,
        Event.APPROVED if approve else Event.DECLINED,
        {"about": found.asked.id, "because": because.strip() if approve else _needed(because)},
    )


def give(asked: Visit, about: About, *, request: EntryId) -> Receipt:
    """Give the person what was approved: from now on they read it, and it holds. Raises Problem."""
    record, case = _read(asked, about)
    _check_writes(asked, about.person, Audience.SHARED)
    found = _request(case, request)
    asked_for = found.asked
    if sent(asked, about.key) is None:
        still = record.was_manager(asked_for.author, asked.context.today) is not False
        check_given(found, by_manager_of_today=still)
    event = event_of(asked_for)
    said: dict[str, Json | date] = {
        name: value
        for name, value in asked_for.amounts.items()
        if name in {"terms", "on", "until", "because", "plan", "override"}
    }
    if event is Event.PLAN_DRAFTED:
        said["on"] = max(day_said(asked_for, "on") or asked.context.today, asked.context.today)
    return _append(
        asked,
        about,
        BECOMES[event or Event.PLAN_DRAFTED],
        {**said, "about": asked_for.id},
        text=asked_for.text,
    )


def amend(asked: Visit, about: About, *, terms: Terms, because: str) -> Receipt:
    """Give an issued plan other terms; they are to be acknowledged anew. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        plan = check_runs(case.plan)
        return {"terms": checked(terms).document(), "because": _needed(because), **_of(plan)}

    return _act(asked, about, Event.PLAN_AMENDED, said)


def resume(asked: Visit, about: About) -> Receipt:
    """Let the plan's clock run again. Raises Problem."""
    return _act(asked, about, Event.PLAN_RESUMED, lambda _, case: _of(check_runs(case.plan, paused=True)))


def close_plan(asked: Visit, about: About, *, outcome: str, because: str) -> Receipt:
    """Close the plan by one of its four outcomes, with the reason. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        plan = check_runs(case.plan)
        check_outcome(outcome)
        return {"outcome": outcome, "because": _needed(because), **_of(plan)}

    return _act(asked, about, Event.PLAN_CLOSED, said)


def offer_transition(  # noqa: PLR0913 - whose, and the parts of an offer
    asked: Visit, about: About, *, path: Path, beside: str, starts: date, text: str = ""
) -> Receipt:
    """Offer a managed move: inside with a receiving manager, outside with a runway and a reference."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        if case.transition is not None and case.transition.closing is None:
            raise Problem("a second move at once", expected="the first one closed")
        check_starts(starts, hired=record.place.start_date, today=asked.context.today, what="the move")
        who = "the receiving manager" if path is Path.INTERNAL else "who gives the reference"
        return {"outcome": path.value, "because": _needed(beside, who), "on": starts}

    return _act(asked, about, Event.TRANSITION_OFFERED, said, text=text)


def close_transition(asked: Visit, about: About, *, because: str) -> Receipt:
    """Say how a managed move ended. Raises Problem."""

    def said(record: PersonRecord, case: Case) -> Amounts:
        del record
        if case.transition is None or case.transition.closing is not None:
            raise Problem("no move that is open", expected="one to close")
        return {"plan": case.transition.offer.id, "because": _needed(because, "how it ended")}

    return _act(asked, about, Event.TRANSITION_CLOSED, said)


def state_of(record: PersonRecord) -> str:
    """Names the state that a form about the case is made from: what was written since moves it."""
    told = [entry for entry in record.entries if entry.audience is not Audience.PRIVATE]
    return f"{len(told)}-{told[-1].id[:16]}" if told else "0"


Say = Callable[[PersonRecord, Case], Amounts]


def _act(asked: Visit, about: About, event: Event, say: Say, *, text: str = "") -> Receipt:
    """One event: the right, the case, what it allows, the entry."""
    record, case = _read(asked, about)
    _check_writes(asked, about.person, audience_of_event(event))
    known = sent(asked, about.key)
    amounts = say(record, case) if known is None else _said_before(record, known)
    return _append(asked, about, event, amounts, text=text)


def _said_before(record: PersonRecord, known: EntryId) -> Amounts:
    """What the form said when it was sent the first time: sent again it gets the same answer."""
    entry: Entry | None = next((each for each in record.entries if each.id == known), None)
    return {} if entry is None else {name: each for name, each in entry.amounts.items() if name != "event"}


def _append(asked: Visit, about: About, event: Event, amounts: Amounts, *, text: str = "") -> Receipt:
    said = {name: value for name, value in amounts.items() if value not in ("", None)}
    draft = Draft(
        kind=Kind.PLAN_EVENT,
        author=asked.context.actor.author,
        subject=about.person,
        audience=audience_of_event(event),
        occurred_on=asked.context.today,
        concern=about.concern,
        text=text,
        key=about.key,
        amounts={"event": event.value, **said},
    )
    (receipt,) = append(asked.context, [draft])
    return receipt


def _read(asked: Visit, about: About) -> tuple[PersonRecord, Case]:
    if not asked.sees(about.person, Noun.PLAN):
        raise absent("such person")
    record = read_record(asked, about.person, asked.context.at())
    return record, case_in(record, about.concern)


def _check_writes(asked: Visit, person: PersonId, audience: Audience) -> None:
    """Who handles the case writes it; what is given to the person is given by who may write to them too."""
    me = asked.context.actor.author
    nouns = {Noun.PLAN, Noun.ENTRY} if audience is Audience.SHARED else {Noun.PLAN}
    if not all(asked.gate.allows(Verb.WRITE, noun, person, author=me) for noun in nouns):
        raise absent("such person")


def _request(case: Case, wanted: EntryId) -> Request:
    plan = case.plan
    known = [] if plan is None else [*filter(None, [plan.request]), *plan.asked]
    found = next((each for each in known if each.asked.id == wanted), None)
    if found is None:
        raise absent("such request")
    return found


def _above(record: PersonRecord, person: PersonId | None) -> list[PersonId]:
    """Everybody above somebody in the line of today."""
    found: list[PersonId] = []
    chart = record.visit.chart
    boss = chart.manager_of(person) if person else None
    while boss and boss not in found:
        found.append(boss)
        boss = chart.manager_of(boss)
    return found


def _of(plan: FormalPlan) -> Amounts:
    return {"plan": plan.issue.id if plan.issue else ""}


def _needed(text: str, what: str = "the reason") -> str:
    if not text.strip():
        raise Problem(f"nobody said {what}", where="because", expected=what)
    return text.strip()
