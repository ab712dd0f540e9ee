"""The decision table on a concern: may a formal plan start, and if not, what is the next step (spec 40)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.burst import burst
from datumline.domain.improvement.plan_changes import PlanChanges
from datumline.domain.improvement.plan_conditions import PlanBars, bars_of, conditions_of
from datumline.domain.improvement.plan_reasons import with_what_falls_short
from datumline.domain.improvement.plan_record import PlanReader, PlanRecord
from datumline.domain.improvement.plan_redundant import redundant
from datumline.domain.period import A_DAY, add_years
from datumline.domain.policy.decision_table import Decision, decide
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.holds_until import new_values, turns
from datumline.domain.policy.json_patch import patched
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Answers, Steps, Tried, remembered, smallest
from datumline.domain.verdict import Answer, Change, Condition, Figure, Verdict

TABLE = "plan"
START = "start-plan"
FOLLOW_UP = "follow-up-note"
FEEDBACK_GAP = "feedback-gap"
FOR_A_PLAN = (
    "named-in-writing",
    "repeated",
    "second-written-note",
    "notes-on-different-days",
    "sbi-conversation",
    "unchanged",
    "wait-over",
)


def plan(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """The verdict of the plan table on these facts. Raises Problem with the JSON path of a fault.

    Without `changes` nobody looks for what would change it: most of the work, and lists do not show it.
    """
    question = _Question(policy=policy)
    record = question.reader.read(facts)
    conditions, decision = question.judged(record)
    alike = redundant(record, bars_of(policy, record.at.as_of))
    turning = question.turns(question.reader.read(facts, without=alike), decision.verdict)
    return Verdict(
        table=TABLE,
        verdict=decision.verdict,
        at=record.at,
        pack=policy.ref,
        rows=decision.rows,
        conditions=conditions,
        would_change=tuple(question.changes(facts, record, decision.verdict, alike)) if changes else (),
        holds_until=min(turning.values(), default=None),
        next_step=_next_step(record, decision, conditions),
        next_step_figures=_step_figures(policy, decision, conditions, record.at.as_of),
        figures={
            "earliest_plan_on": record.at.as_of if decision.verdict == START else turning.get(START),
            "burst": burst(record, policy),
        },
    )


def plan_outcome(facts: Mapping[str, Any], policy: Policy) -> str:
    """The outcome alone."""
    question = _Question(policy=policy)
    return question.verdict(question.reader.read(facts))


def decided(facts: Mapping[str, Any], policy: Policy) -> tuple[tuple[Condition, ...], Decision]:
    """The conditions and what the table gives, without what would change it: quick, for many facts."""
    question = _Question(policy=policy)
    return question.judged(question.reader.read(facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """The table asked under one policy.

    Remembers the numbers of a day and what answers gave, so that trials are cheap.
    """

    policy: Policy
    reader: PlanReader = field(default_factory=PlanReader)
    numbers: dict[date, PlanBars] = field(default_factory=dict)
    outcomes: dict[Answers, Tried] = field(default_factory=dict)

    def judged(self, record: PlanRecord) -> tuple[tuple[Condition, ...], Decision]:
        """Every condition in the table's order, with its parameter, and what the table gives."""
        table = self.policy.table(TABLE)
        found = {each.id: each for each in conditions_of(record, self._bars(record))}
        conditions = tuple(
            replace(with_what_falls_short(found[name], record), parameter=parameter)
            for name, parameter in table.conditions.items()
        )
        return conditions, decide(table, {each.id: each.answer for each in conditions})

    def _bars(self, record: PlanRecord) -> PlanBars:
        on = record.at.as_of
        if on not in self.numbers:
            self.numbers[on] = bars_of(self.policy, on)
        return self.numbers[on]

    def verdict(self, record: PlanRecord) -> str:
        """The outcome alone."""
        return self.tried(record).verdict

    def tried(self, record: PlanRecord) -> Tried:
        """The outcome with the answers that gave it, without the reasons."""
        answers = tuple((each.id, each.answer) for each in conditions_of(record, self._bars(record)))
        if answers not in self.outcomes:
            verdict = decide(self.policy.table(TABLE), dict(answers)).verdict
            self.outcomes[answers] = Tried(verdict=verdict, answers=answers)
        return self.outcomes[answers]

    def changes(
        self, facts: Mapping[str, Any], record: PlanRecord, verdict: str, alike: Collection[int]
    ) -> Iterator[Change]:
        """The smallest sets of changes to every other verdict that can be reached."""
        bars = self._bars(record)
        proposals = PlanChanges(facts=facts, record=record, bars=bars, reader=self.reader)
        together = proposals.now.together

        def trial(steps: Steps) -> Tried:
            operations = [step.operation for step in together(steps)]
            return self.tried(self.reader.read(patched(facts, operations), without=alike))

        tried = remembered(trial)
        for to in self.policy.table(TABLE).verdicts:
            if to != verdict:
                yield from smallest(to, proposals.towards(to), tried, together)

    def turns(self, record: PlanRecord, verdict: str) -> dict[str, date]:
        """For every other verdict that time alone gives, the first day on which it does."""
        after = record.at.as_of
        parameters = (*self.policy.table(TABLE).conditions.values(), "pip.conditions.cycles")
        days = (
            *turning_days(record, self._bars(record)),
            *new_values(self.policy, parameters, after),
        )
        return turns(
            after=after, days=days, outcome=verdict, outcome_on=lambda day: self.verdict(record.on(day))
        )


def turning_days(record: PlanRecord, bars: PlanBars) -> Iterator[date]:
    """Every later day on which an answer can turn: what lies ahead comes to pass, or a wait ends."""
    yield record.at.as_of + A_DAY
    yield record.at.as_of + 2 * A_DAY
    for known in (record.dropped_on, record.strong_since):
        if isinstance(known, date):
            yield known
            yield add_years(known, bars.strong_years)
    if record.entries is ABSENT:
        return
    for entry in record.entries:
        for moment in (entry.occurred, entry.recorded, entry.shared):
            if isinstance(moment, date):
                day = moment.date() if isinstance(moment, datetime) else moment
                yield from (day, day + A_DAY, day + 2 * A_DAY, day + bars.wait)


def _next_step(record: PlanRecord, decision: Decision, conditions: tuple[Condition, ...]) -> str:
    """The step to take next: by the row that held, or by what is missing."""
    answers = {each.id: each.answer for each in conditions}
    unshared = any(entry.shared is None for entry in record.of(Kind.WRITTEN_NOTE))
    if decision.row == "wait-open":
        return "wait"
    if decision.verdict == FOLLOW_UP:
        return "share-second-note" if unshared else "follow-up-note"
    if decision.missing and decision.verdict == FEEDBACK_GAP:
        return "find-out"
    if decision.row != "otherwise":
        return decision.verdict
    return _gap(answers, unshared=unshared)


def _gap(answers: Mapping[str, Answer], *, unshared: bool) -> str:
    """The step that would supply the first of the conditions that is missing."""
    lacking = next((name for name in FOR_A_PLAN if answers[name] is not Answer.MET), "unchanged")
    if lacking == "named-in-writing":
        if answers["on-file"] is not Answer.MET and not unshared:
            return "nothing-on-file"
        return "share-note" if unshared else "name-in-writing"
    return "follow-up-note" if lacking in ("second-written-note", "notes-on-different-days") else lacking


def _step_figures(
    policy: Policy, decision: Decision, conditions: tuple[Condition, ...], on: date
) -> dict[str, Figure]:
    wait = next(each for each in conditions if each.id == "wait-over")
    return {
        "clock": policy.days("pip.clock", on),
        "wait": policy.days("pip.more_time", on),
        "until": wait.figures.get("ends_on"),
        "missing": decision.missing[0] if decision.missing else None,
    }
