"""Coaching, HR, escalation and diagnosis about a person: from the ledger's entries, by the same tables."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.services.schemas import schema
from datumline.services.verdicts import PersonVerdict, judge, judge_person
from datumline.store.ledger import place
from support.offices import Office

INES = "ines@firm.example"
DATES = "slipping dates"
STARTS = date(2026, 7, 6)
TERMS = {
    "expectations": [{"says": "Dates held", "area": "delivery", "measure": "nine of ten"}],
    "support": [{"what": "One rota less", "until": "2026-08-30", "by": ""}],
}


def write(office: Office, on: date, kind: Kind, **fields: Any) -> str:
    draft = Draft(
        kind=kind,
        author=office.person("mona@firm.example"),
        subject=office.person(INES),
        occurred_on=on,
        **{"concern": DATES, **fields},
    )
    return place([draft], clock=office.on(on).context.clock)[0].hash


def coached(office: Office, results: str, terms: dict[str, Any] | None = None) -> Office:
    """A coaching plan with one reading a week: `m` met, `x` missed."""
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    amounts = {"event": "coaching-opened", "on": STARTS, "until": date(2026, 8, 30), "terms": terms or TERMS}
    write(office, STARTS, Kind.PLAN_EVENT, amounts=amounts)
    for week, result in enumerate(results):
        day = STARTS + timedelta(days=7 * week)
        said = {"week_of": day, "expectation": "Dates held", "area": "delivery"}
        read = {"result": {"m": "met", "x": "missed"}[result]}
        write(office, day, Kind.COACHING_READING, amounts=said | read)
    return office.on(STARTS + timedelta(days=7 * len(results) - 1))


def asked(office: Office, table: str) -> PersonVerdict:
    """The verdict about Ines, its facts held against the published schema and judged again as a file."""
    found = judge_person(office.context, table, INES)
    document = json.loads(json.dumps(found.document()))
    Draft202012Validator(schema("verdict")).validate(document)
    Draft202012Validator(schema(f"facts-{table}")).validate(document["facts"])
    assert judge(table, document["facts"], found.policy) == found.verdict
    assert set(document["evidence"].values()) <= set(found.entries)
    return found


@pytest.mark.parametrize(
    ("results", "expected"),
    [("xxmmmmmm", "consistent"), ("mxmxmxmx", "change-scope"), ("mmmm", "keep-going")],
)
def test_coaching_from_weekly_readings(office: Office, results: str, expected: str) -> None:
    found = asked(coached(office, results), "coaching")
    assert found.verdict.verdict == expected
    behind = found.told.evidence["/weeks/1/readings/0"]
    assert found.entries[behind].kind is Kind.COACHING_READING


def test_expectations_that_cannot_be_measured_are_not_clear(office: Office) -> None:
    vague = {"expectations": [{"says": "Do better", "area": "delivery", "measure": "clearly"}]}
    found = asked(coached(office, "mxmxmxmx", vague), "coaching")
    answers = {each.id: each.answer.value for each in found.verdict.conditions}
    assert (answers["expectations-clear"], answers["support-documented"]) == ("not-met", "not-met")


def test_without_a_plan_coaching_is_not_known(office: Office) -> None:
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    found = asked(office.on(date(2026, 9, 1)), "coaching")
    assert (found.verdict.verdict, found.verdict.next_step) == ("keep-going", "find-out")


def test_hr_is_brought_in_the_day_after_the_window(office: Office) -> None:
    case = coached(office, "mxmxmmxm")
    said = {"dimension": "hr", "condition": "fairness-concern", "answer": "no"}
    write(office, date(2026, 8, 20), Kind.ASSESSMENT, audience=Audience.CASE, amounts=said)
    likely = {"dimension": "hr", "condition": "formal-action-likely", "answer": "no"}
    write(office, date(2026, 8, 20), Kind.ASSESSMENT, audience=Audience.CASE, amounts=likely)
    inside = asked(case.on(date(2026, 8, 30)), "hr")
    assert (inside.verdict.verdict, inside.verdict.holds_until) == ("not-yet", date(2026, 8, 31))
    assert asked(case.on(date(2026, 8, 31)), "hr").verdict.verdict == "involve"


def test_hr_is_unknown_while_nobody_spoke_of_fairness(office: Office) -> None:
    assert asked(coached(office, "mmmm"), "hr").verdict.verdict == "unknown"


def test_a_figure_that_got_worse_escalates_after_the_window(office: Office) -> None:
    case = coached(office, "xx")
    write(office, date(2026, 7, 2), Kind.FORMAL_REVIEW, concern=None, amounts={"outcome": "below"})
    for on, value in ((date(2026, 7, 6), "2"), (date(2026, 8, 3), "7")):
        amounts = {"name": "defect-rate", "after": value, "unit": "%", "better": "lower"}
        write(office, on, Kind.METRIC_READING, amounts=amounts)
    assert asked(case.on(date(2026, 8, 4)), "escalation").verdict.verdict == "too-early"
    found = asked(case.on(date(2026, 8, 5)), "escalation")
    assert found.verdict.verdict == "escalate"
    assert found.told.facts["plan_started_on"] == "2026-07-06"


def test_no_plan_on_file_is_too_early_to_escalate(office: Office) -> None:
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    assert asked(office.on(date(2026, 9, 1)), "escalation").verdict.verdict == "too-early"


def missed(office: Office, work: str, due: date) -> None:
    amounts = {"work": f"{work} {due}", "due": due, "kind_of_work": work}
    promised = write(office, due - timedelta(days=20), Kind.COMMITMENT, concern=None, amounts=amounts)
    late = {"commitment": promised, "delivered": due + timedelta(days=4)}
    write(office, due + timedelta(days=4), Kind.DELIVERY, concern=None, amounts=late)
    flag = {"commitment": promised}
    write(office, due - timedelta(days=3), Kind.RISK_FLAG, concern=None, amounts=flag)


def test_a_diagnosis_is_held_against_the_whole_team(office: Office) -> None:
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    said = {"dimension": "diagnosis", "condition": "expectation-shared-on", "answer": "2026-05-01"}
    write(office, date(2026, 7, 1), Kind.ASSESSMENT, amounts=said)
    fit = {"dimension": "plan", "condition": "mismatch", "answer": "none"}
    write(office, date(2026, 7, 1), Kind.ASSESSMENT, audience=Audience.CASE, amounts=fit)
    for due in (date(2026, 7, 20), date(2026, 8, 3), date(2026, 8, 24)):
        missed(office, "schema changes", due)
    for day in range(1, 15):
        promised: dict[str, Any] = {
            "work": f"report {day}",
            "due": date(2026, 8, day),
            "delivered": date(2026, 8, day),
        }
        draft = Draft(
            kind=Kind.COMMITMENT,
            author=office.person("mona@firm.example"),
            subject=office.person("jens@firm.example"),
            occurred_on=date(2026, 7, 1),
            amounts=promised,
        )
        place([draft], clock=office.on(date(2026, 8, day)).context.clock)
    found = asked(office.on(date(2026, 9, 7)), "diagnosis")
    assert found.told.facts["team_on_time"] == {"on_time": 14, "of": 17}
    assert found.verdict.verdict == "skill"
    assert found.verdict.figures["unexamined"] is None


def test_the_person_asking_knows_nothing_of_the_team(office: Office) -> None:
    """The team's figures are made of other people's records: they need the rights to all of those."""
    office.people()
    write(office, date(2026, 7, 1), Kind.OCCURRENCE, seen=Seen.OBSERVED)
    found = judge_person(office.on(date(2026, 9, 7)).as_person(INES), "diagnosis", INES)
    assert "team_on_time" not in found.told.facts
    assert "team" in str(found.verdict.figures["unexamined"])
