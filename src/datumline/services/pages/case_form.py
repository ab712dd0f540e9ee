"""The form of one act in a case: what it asks for, and what stands in it at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import PlanOutcome
from datumline.domain.improvement.case_rules import RUNNING
from datumline.domain.improvement.coaching_plan import window_end
from datumline.domain.improvement.coaching_record import RESULTS
from datumline.domain.improvement.terms import AREAS, Terms
from datumline.domain.improvement.transition import Path
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.services.cases import case_in
from datumline.services.pages.cards import VerdictCard
from datumline.services.pages.case_acts import (
    AMEND,
    CLOSE,
    COACH,
    COACHED,
    DIAGNOSE,
    DRAFT,
    EXTEND,
    MOVE,
    PAUSE,
    READ,
    acts_of,
    address_of,
)
from datumline.services.pages.case_parts import next_monday
from datumline.services.pages.verdict_cards import verdict_card
from datumline.services.plans import COACHING_OUTCOMES, state_of
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import DIAGNOSIS, PLAN, judge_record
from datumline.services.visit import Visit

Option = tuple[str, str]
EXPECTATIONS, SUPPORTS = 5, 3  # rows of the form; more of either is more than anybody can read every week


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForm:
    """What the form needs besides what is typed.

    Attributes:
        act: which act; `asks` its parts.
        options: what can be chosen: types, paths or outcomes.
        expectations: those that are read week by week, or the terms that hold now.
        first: what stands in its fields at first.
        card: the verdict that the act rests on, if any.
    """

    person: PersonId
    name: str
    concern: str
    act: str
    here: str
    back: str
    state: str
    today: date
    options: tuple[Option, ...] = ()
    terms: Terms
    first: tuple[tuple[str, str], ...] = ()
    results: tuple[str, ...] = RESULTS
    areas: tuple[str, ...] = AREAS
    levels: tuple[tuple[str, str, str], ...] = ()
    card: VerdictCard | None = None


def case_form(asked: Visit, person: PersonId, act: str, concern: str) -> CaseForm | None:
    """The form of an act; None where there is no such case, or the act is not possible for who asks."""
    if not asked.sees(person, Noun.PLAN) or not asked.sees(person, Noun.ENTRY):
        return None
    record = read_record(asked, person, asked.context.at())
    case = case_in(record, concern)
    if concern not in record.concerns or act not in {each.id for each in acts_of(asked, record, case)}:
        return None
    phrases = record.policy.phrases
    return CaseForm(
        person=person,
        name=record.person.name,
        concern=concern,
        act=act,
        here=address_of(person, act, concern),
        back=concern_address(person, concern),
        state=state_of(record),
        today=asked.context.today,
        options=_options(act, record),
        terms=_terms(act, case),
        first=_first(act, case, record),
        levels=tuple(
            (level, phrases.say(f"level.{level}"), phrases.say(f"level.asks.{level}"))
            for level in ("individual", "team", "organisation")
        ),
        card=_card(act, record, concern),
    )


def concern_address(person: PersonId, concern: str) -> str:
    """The page of a concern."""
    return address_of(person, "", concern).replace("/case/?", "/concern?")


def _options(act: str, record: PersonRecord) -> tuple[Option, ...]:
    phrases = record.policy.phrases
    if act == DIAGNOSE:
        types = [each for each in record.policy.table(DIAGNOSIS).verdicts if each != "unknown"]
        return tuple((each, phrases.say(f"verdict.diagnosis.{each}").partition(".")[0]) for each in types)
    values = {COACHED: COACHING_OUTCOMES, CLOSE: tuple(PlanOutcome), MOVE: tuple(Path)}.get(act, ())
    return tuple((str(each), str(each).replace("-", " ")) for each in values)


def _terms(act: str, case: Case) -> Terms:
    """The terms that are read, amended, or carried over from coaching into a plan."""
    runs = case.plan is not None and case.plan.state in RUNNING
    if act in {READ, AMEND} and runs and case.plan is not None:
        return case.plan.terms
    if act in {READ, DRAFT} and case.coaching is not None:
        return case.coaching.terms
    return Terms(expectations=())


def _first(act: str, case: Case, record: PersonRecord) -> tuple[tuple[str, str], ...]:
    today = record.at.as_of
    found: dict[str, str] = {}
    if act in {COACH, DRAFT, MOVE}:
        found["on"] = next_monday(today).isoformat()
    if act == COACH:
        found["until"] = window_end(next_monday(today), record.policy, today).isoformat()
    if act == PAUSE:
        found["on"] = today.isoformat()
    if act == READ:
        found["week_of"] = today.isoformat()
    if act == EXTEND and case.plan and case.plan.due:
        found["until"] = next_monday(case.plan.due).isoformat()
    if act in {DRAFT, AMEND}:
        found |= _typed(_terms(act, case))
    return tuple(found.items())


def _typed(terms: Terms) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, each in enumerate(terms.expectations[:EXPECTATIONS], 1):
        found |= {f"e{place}_says": each.says, f"e{place}_area": each.area, f"e{place}_measure": each.measure}
    for place, given in enumerate(terms.support[:SUPPORTS], 1):
        until = given.until.isoformat() if given.until else ""
        found |= {f"s{place}_what": given.what, f"s{place}_until": until, f"s{place}_by": given.by}
    return found


def _card(act: str, record: PersonRecord, concern: str) -> VerdictCard | None:
    table = {DIAGNOSE: DIAGNOSIS, DRAFT: PLAN}.get(act)
    if table is None or not record.whole:
        return None
    return verdict_card(judge_record(record, table, concern), key=table, said={})
