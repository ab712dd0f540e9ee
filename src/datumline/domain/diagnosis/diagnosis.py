"""Which type of problem the record speaks for (spec 10, the three-level lens).

What lies with the organisation and the team comes before what lies with the person: nobody lacks a skill at
what nobody asked of them. The verdict suggests; a manager decides and says why. A row that is unknown is
passed (reading 3), and the level that nobody examined is named in the next step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from datumline.domain.diagnosis.diagnosis_changes import proposals
from datumline.domain.diagnosis.diagnosis_conditions import (
    PARAMETERS,
    bars_of,
    diagnosis_conditions,
    unexamined,
)
from datumline.domain.diagnosis.diagnosis_record import DiagnosisRecord, read_diagnosis
from datumline.domain.period import A_DAY, AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Steps
from datumline.domain.verdict import Answer, Condition, Figure, Verdict

TABLE = "diagnosis"


def diagnosis(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Which type of problem the facts speak for. Raises Problem with the JSON path of a fault."""
    question = Question(room=DiagnosisRoom(), policy=policy, proposals=proposals)
    return question.verdict(facts, changes=changes)


class DiagnosisRoom:
    """How the facts are read and answered."""

    table = TABLE
    parameters = PARAMETERS

    def read(self, facts: Mapping[str, Any]) -> DiagnosisRecord:
        """Failures, behaviour, and what the team and the organisation had to do with it."""
        return read_diagnosis(facts)

    def at(self, record: DiagnosisRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: DiagnosisRecord, day: date) -> DiagnosisRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: DiagnosisRecord, policy: Policy) -> tuple[Condition, ...]:
        """Those of the three levels, then those that tell the person's types apart."""
        return diagnosis_conditions(record, bars_of(policy, record.at.as_of))

    def moves(self, record: DiagnosisRecord, policy: Policy, condition: str, to: Answer) -> Iterable[Steps]:
        """None singly: failures move several conditions at once (see `diagnosis_changes`)."""
        del record, policy, condition, to
        return ()

    def days(self, record: DiagnosisRecord, policy: Policy) -> Iterable[date]:
        """When a promise is missed or kept, when a defect or a shared expectation that lies ahead comes."""
        del policy
        defects = record.defects if isinstance(record.defects, tuple) else ()
        told = [record.shared_on, *(each.on for each in defects)]
        for promise in record.known_promises:
            told += [promise.due, promise.delivered]
        known = [day for day in told if isinstance(day, date)]
        return [*known, *(day + A_DAY for day in known)]

    def next_step(
        self, record: DiagnosisRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """First the level that nobody examined; else what the type asks for."""
        del policy, answers
        lacking = unexamined(record)
        if lacking:
            return f"examine-{lacking[0]}", {}
        return decision.row, {}

    def figures(self, record: DiagnosisRecord, policy: Policy) -> Mapping[str, Figure]:
        """The levels that nobody examined, with commas between them; none when all were."""
        del policy
        return {"unexamined": ", ".join(unexamined(record)) or None}
