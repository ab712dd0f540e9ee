"""When HR is brought in: past the coaching window, over fairness, or before formal action (spec 40).

Reading 44: the window is past from the day after its last day. One known yes decides beside an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from datumline.domain.period import A_DAY, AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT, Maybe, Reader, clocks
from datumline.domain.policy.from_today import FromToday
from datumline.domain.policy.json_patch import put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Answer, Condition, Figure, Verdict, answer

TABLE = "hr"
FLAGS = {
    "still-under": "still_under",
    "fairness-concern": "fairness_concern",
    "formal-action-likely": "formal_action_likely",
}
PAST = "past-window"


def hr(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Whether HR is to be involved. Raises Problem with the JSON path of a fault."""
    return Question(room=HrRoom(), policy=policy).verdict(facts, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class HrRecord:
    """The facts of the table, as they were given."""

    facts: Mapping[str, Any]
    at: AsOf
    started: Maybe[date]
    ends: Maybe[date]
    flags: Mapping[str, Answer]


class HrRoom:
    """How the facts are read, answered and moved."""

    table = TABLE
    parameters = ()

    def read(self, facts: Mapping[str, Any]) -> HrRecord:
        """The window's two days and three yes-or-no facts."""
        reader = Reader(facts)
        return HrRecord(
            facts=facts,
            at=clocks(facts),
            started=reader.day("coaching_started_on"),
            ends=reader.day("coaching_ends_on"),
            flags={condition: reader.flag(key) for condition, key in FLAGS.items()},
        )

    def at(self, record: HrRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: HrRecord, day: date) -> HrRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: HrRecord, policy: Policy) -> tuple[Condition, ...]:
        """The window first, then what a person says."""
        del policy
        told = (
            Condition(
                id=condition,
                answer=record.flags[condition],
                because=() if record.facts.get(key, ABSENT) is ABSENT else (f"/{key}",),
            )
            for condition, key in FLAGS.items()
        )
        return (_past(record), *told)

    def moves(self, record: HrRecord, policy: Policy, condition: str, to: Answer) -> Iterator[Steps]:
        """A fact said the other way; the window past by its end said, or by time passing."""
        del policy
        if condition in FLAGS:
            yield (_said(record, condition, FLAGS[condition], to is Answer.MET),)
        elif to is Answer.NOT_MET:
            yield (_said(record, PAST, "coaching_ends_on", record.at.as_of.isoformat()),)
        elif isinstance(record.ends, date) and record.ends >= record.at.as_of:
            yield FromToday(facts=record.facts, at=record.at).until(PAST, record.ends + A_DAY)
        else:
            yield (_said(record, PAST, "coaching_ends_on", (record.at.as_of - A_DAY).isoformat()),)

    def days(self, record: HrRecord, policy: Policy) -> Iterable[date]:
        """The day after the window, and the day after its start, if it has yet to begin."""
        del policy
        known = [day for day in (record.started, record.ends) if isinstance(day, date)]
        return [*known, *(day + A_DAY for day in known)]

    def next_step(
        self, record: HrRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """By the row that held; else what is not known."""
        del record, policy
        if decision.verdict != "unknown":
            return decision.row, {}
        missing = next(name for name, given in answers.items() if given is Answer.UNKNOWN)
        return "find-out", {"missing": missing}

    def figures(self, record: HrRecord, policy: Policy) -> Mapping[str, Figure]:
        """None: the conditions say it all."""
        del record, policy
        return {}


def _past(record: HrRecord) -> Condition:
    """Whether the coaching window is over: from the day after its last day."""
    ends = record.ends
    because = tuple(
        f"/{key}"
        for key, day in (("coaching_started_on", record.started), ("coaching_ends_on", ends))
        if day is not ABSENT
    )
    figures: dict[str, Figure] = {"ends_on": ends if isinstance(ends, date) else None}
    return Condition(id=PAST, answer=answer(_is_past(record)), because=because, figures=figures)


def _is_past(record: HrRecord) -> bool | None:
    """No window, or one that has not begun, is not past; of one without a known end nobody can say."""
    if isinstance(record.ends, date):
        return record.at.as_of > record.ends
    begun = isinstance(record.started, date) and record.started <= record.at.as_of
    unsaid = record.ends is ABSENT and (begun or record.started is ABSENT)
    return None if unsaid else False


def _said(record: HrRecord, condition: str, key: str, value: bool | str) -> Step:  # noqa: FBT001 - a JSON value
    return Step(condition=condition, operation=put(record.facts, key, value))
