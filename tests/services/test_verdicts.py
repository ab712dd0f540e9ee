"""Verdicts about a person: from the ledger's entries, by the same tables as a facts file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.domain.problem import Problem
from datumline.services.schemas import schema
from datumline.services.verdicts import judge, judge_person
from datumline.store.ledger import place
from support.offices import Office

INES = "ines@firm.example"
DATES = "slipping dates"
ASKED = date(2026, 10, 1)
LOG: tuple[tuple[date, Kind, dict[str, Any]], ...] = (
    (date(2026, 7, 1), Kind.OCCURRENCE, {"seen": Seen.OBSERVED}),
    (date(2026, 7, 2), Kind.WRITTEN_NOTE, {}),
    (date(2026, 7, 6), Kind.SBI, {}),
    (date(2026, 8, 3), Kind.WRITTEN_NOTE, {}),
    (date(2026, 9, 8), Kind.OCCURRENCE, {"seen": Seen.OBSERVED}),
)
ASSESSED = {"strong_since": "none", "dropped_on": "none", "delivering": "no", "mismatch": "none"}


def write(office: Office, on: date, kind: Kind, **fields: Any) -> str:
    """One entry in the shared stream, written on the day itself; its id."""
    later = office.on(on)
    draft = Draft(
        kind=kind,
        author=office.person("mona@firm.example"),
        subject=office.person(INES),
        occurred_on=on,
        **{"concern": DATES, **fields},
    )
    return place([draft], clock=later.context.clock)[0].hash


@pytest.fixture
def case(office: Office) -> Office:
    """An office with one concern about one engineer, ready for a plan."""
    office.people()
    for on, kind, fields in LOG:
        write(office, on, kind, **fields)
    for condition, said in ASSESSED.items():
        amounts = {"dimension": "plan", "condition": condition, "answer": said}
        write(office, date(2026, 9, 10), Kind.ASSESSMENT, amounts=amounts)
    return office.on(ASKED)


def test_a_plan_is_judged_from_the_ledger(case: Office) -> None:
    found = judge_person(case.context, "plan", INES)
    assert (found.verdict.verdict, found.concern) == ("start-plan", DATES)
    document = json.loads(json.dumps(found.document()))
    Draft202012Validator(schema("verdict")).validate(document)
    Draft202012Validator(schema("facts-plan")).validate(document["facts"])
    named = next(each for each in document["conditions"] if each["id"] == "named-in-writing")
    kinds = {found.entries[document["evidence"][pointer]].kind for pointer in named["because"]}
    assert kinds == {Kind.WRITTEN_NOTE, Kind.SBI}
    assert judge("plan", document["facts"], found.policy) == found.verdict


def test_without_assessments_no_plan_is_given(office: Office) -> None:
    office.people()
    for on, kind, fields in LOG:
        write(office, on, kind, **fields)
    found = judge_person(office.on(ASKED).context, "plan", INES)
    assert (found.verdict.verdict, found.verdict.next_step) == ("feedback-gap", "find-out")


def test_a_past_day_is_answered_as_it_was(case: Office) -> None:
    day = date(2026, 8, 20)
    before = judge_person(case.context, "plan", INES, as_of=day).verdict
    write(case, date(2026, 10, 2), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    after = judge_person(case.on(date(2026, 10, 3)).context, "plan", INES, as_of=day).verdict
    assert after == before
    assert before.verdict == "feedback-gap"


def test_several_concerns_are_asked_back(case: Office) -> None:
    write(case, date(2026, 9, 20), Kind.OCCURRENCE, concern="tone in reviews", seen=Seen.OBSERVED)
    with pytest.raises(Problem, match=f"several concerns.*one of {DATES}, tone in reviews"):
        judge_person(case.context, "plan", INES)
    assert judge_person(case.context, "plan", INES, concern="tone in reviews").concern == "tone in reviews"
    with pytest.raises(Problem, match="no concern 'mood'"):
        judge_person(case.context, "plan", INES, concern="mood")


def test_the_non_negotiables_follow_a_commitments_life(office: Office) -> None:
    office.people()
    promised = write(
        office,
        date(2026, 7, 1),
        Kind.COMMITMENT,
        concern=None,
        amounts={"work": "ledger", "due": date(2026, 8, 1)},
    )
    moved = {"commitment": promised, "from": date(2026, 8, 1), "to": date(2026, 9, 1)}
    write(office, date(2026, 7, 20), Kind.RESCHEDULE, concern=None, amounts=moved)
    done = {"commitment": promised, "delivered": date(2026, 8, 30)}
    write(office, date(2026, 8, 30), Kind.DELIVERY, concern=None, amounts=done)
    for _ in range(2):
        write(office, date(2026, 9, 1), Kind.CROSS_TEAM_PROJECT, concern=None, amounts={"owned": True})
    found = judge_person(office.on(ASKED).context, "non-negotiables", INES)
    lamps = {each.id: each.answer.value for each in found.verdict.conditions}
    assert found.verdict.verdict == "unknown"
    assert (lamps["on-time"], lamps["cross-team-projects"]) == ("met", "met")
    assert found.told.evidence["/entries/0"] == promised


def test_who_may_not_see_the_person_gets_nobody(case: Office) -> None:
    stranger = case.as_person("nils@firm.example")
    with pytest.raises(Problem):
        judge_person(stranger, "plan", INES)


def test_an_unknown_table_is_named_before_anything_is_read(office: Office) -> None:
    with pytest.raises(Problem, match=r"no table 'coached'.*one of plan, non-negotiables"):
        judge_person(office.context, "coached", "nobody")


def test_a_private_note_is_no_evidence_even_for_its_author(office: Office) -> None:
    """It becomes evidence by being published (spec 90, private manager note)."""
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, audience=Audience.PRIVATE)
    asked = office.on(ASKED)
    manager = replace(asked.context, actor=Actor(person=office.person("mona@firm.example")))
    told = judge_person(manager, "plan", INES)
    assert told.document()["facts"]["entries"] == []
