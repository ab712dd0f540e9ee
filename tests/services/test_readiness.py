"""Readiness about a person: the ledger's evidence, work in flight and judgements, by the table for files."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Dimension
from datumline.domain.evidence.kinds import Kind
from datumline.services.schemas import schema
from datumline.services.verdicts import judge, judge_person
from datumline.store.ledger import place
from support.offices import Office

INES = "ines@firm.example"
WRITTEN = date(2026, 7, 6)
ON_FILE: tuple[tuple[Kind, dict[str, Any]], ...] = (
    (
        Kind.OWNERSHIP,
        {"of": "service", "services": ["billing"], "end_to_end": True, "from": WRITTEN, "to": None},
    ),
    (Kind.METRIC_READING, {"name": "lead time", "before": "12", "after": "8.5", "organisation": True}),
    (Kind.UNBLOCKED, {"whom": "Jens"}),
    (Kind.UNBLOCKED, {"whom": "Omar"}),
    *(
        (Kind.ARTIFACT, {"artifact": f"design {number}", "type": "design-doc", "organisation_wide": True})
        for number in range(3)
    ),
)


def write(office: Office, kind: Kind, amounts: dict[str, Any], **more: Any) -> None:
    """One entry about Ines, written on the day itself."""
    author, subject = office.person("mona@firm.example"), office.person(INES)
    draft = Draft(
        kind=kind, author=author, subject=subject, occurred_on=WRITTEN, amounts=amounts, title="x", **more
    )
    place([draft], clock=office.on(WRITTEN).context.clock)


def test_a_record_one_short_is_borderline_while_the_rest_is_in_flight(office: Office) -> None:
    office.people()
    write(office, Kind.POSITION, {"level": "L4"})
    for kind, amounts in ON_FILE:
        write(office, kind, amounts)
    pairing = {"work": "pair with a third colleague", "due": date(2026, 7, 31)}
    write(office, Kind.COMMITMENT, pairing, dimension=Dimension.LEVERAGE, links=("plan:leverage",))
    found = judge_person(office.on(WRITTEN).context, "readiness", INES)
    assert found.verdict.figures == {
        "level": "L5", "scope": "at bar", "impact": "at bar", "leverage": "approaching",
        "artifacts": "at bar",
    }  # fmt: skip
    assert (found.verdict.verdict, found.verdict.holds_until) == ("borderline", date(2026, 8, 1))
    document = json.loads(json.dumps(found.document()))
    Draft202012Validator(schema("facts-readiness")).validate(document["facts"])
    assert document["facts"]["target"] == "L5"
    assert judge("readiness", document["facts"], found.policy) == found.verdict
    late = judge_person(office.on(date(2026, 8, 1)).context, "readiness", INES)
    assert late.verdict.verdict == "not-ready"


def test_the_last_judgement_counts_and_names_who_gave_it(office: Office) -> None:
    office.people()
    write(office, Kind.POSITION, {"level": "L5"})
    for said in ("no", "yes"):
        write(
            office,
            Kind.ASSESSMENT,
            {"dimension": "impact", "condition": "strategy-changed", "answer": said},
        )
    found = judge_person(office.on(WRITTEN).context, "readiness", INES)
    assert found.told.facts["assessments"] == [
        {
            "dimension": "impact",
            "condition": "strategy-changed",
            "answer": "met",
            "by": office.person("mona@firm.example"),
        }
    ]
    assert found.verdict.figures["impact"] == "at bar"
