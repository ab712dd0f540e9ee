"""The four non-negotiables of the bar-raiser round, as four lamps (spec 60; spec 96, readings 36 to 38)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from datumline.domain.bar_raiser.lamps import BarNumbers, answers_of, lamps, numbers_of, states_of
from datumline.domain.bar_raiser.non_negotiables_changes import BarChanges
from datumline.domain.bar_raiser.non_negotiables_record import BarEntry, BarReader, BarRecord
from datumline.domain.bar_raiser.on_time_lamp import States
from datumline.domain.bar_raiser.possible_states import possible_states
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf, Window
from datumline.domain.policy.decision_table import decide
from datumline.domain.policy.holds_until import new_values
from datumline.domain.policy.json_patch import patched
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Steps, Tried, remembered, smallest
from datumline.domain.verdict import Answer, Change, Condition, Figure, Verdict

TABLE = "non-negotiables"


def non_negotiables(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """The verdict of the non-negotiables on these facts. Raises Problem with the JSON path of a fault.

    Without `changes` nobody looks for what would change it: much of the work, and lists do not show it.
    """
    question = _Question(policy=policy)
    record = question.reader.read(facts)
    numbers = numbers_of(policy, record.at.as_of)
    table = policy.table(TABLE)
    found = {each.id: each for each in lamps(record, numbers, question.states)}
    conditions = tuple(replace(found[name], parameter=key) for name, key in table.conditions.items())
    decision = decide(table, {each.id: each.answer for each in conditions})
    turns = question.turns(record, decision.verdict)
    step, figures = _next_step(decision.verdict, conditions)
    return Verdict(
        table=TABLE,
        verdict=decision.verdict,
        at=record.at,
        pack=policy.ref,
        rows=decision.rows,
        conditions=conditions,
        would_change=tuple(question.changes(facts, record, decision.verdict, turns)) if changes else (),
        holds_until=min(turns.values(), default=None),
        next_step=step,
        next_step_figures=figures,
    )


def non_negotiables_outcome(facts: Mapping[str, Any], policy: Policy) -> str:
    """The outcome alone."""
    question = _Question(policy=policy)
    return question.verdict(question.reader.read(facts))


def decided(facts: Mapping[str, Any], policy: Policy) -> tuple[dict[str, Answer], str]:
    """Each lamp's answer and the verdict, without what would change it: quick, for many facts at once."""
    question = _Question(policy=policy)
    record = question.reader.read(facts)
    numbers = numbers_of(policy, record.at.as_of)
    return answers_of(record, numbers, states_of(record, numbers)), question.verdict(record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """The table asked under one policy. Remembers how each commitment stands, so that trials are cheap."""

    policy: Policy
    reader: BarReader = field(default_factory=BarReader)
    known: dict[tuple[int, AsOf], tuple[BarEntry, States]] = field(default_factory=dict)

    def verdict(self, record: BarRecord) -> str:
        """The outcome alone."""
        return self.tried(record).verdict

    def tried(self, record: BarRecord) -> Tried:
        """The outcome with the answers that gave it, without the reasons."""
        numbers = numbers_of(self.policy, record.at.as_of)
        return self._tried(record, numbers, states_of(record, numbers, self.states))

    def _tried(self, record: BarRecord, numbers: BarNumbers, states: Counter[States]) -> Tried:
        answers = answers_of(record, numbers, states)
        verdict = decide(self.policy.table(TABLE), answers).verdict
        return Tried(verdict=verdict, answers=tuple(answers.items()))

    def states(self, entry: BarEntry, at: AsOf, window: Window) -> States:
        """How a commitment may stand in the window that ends with the day asked about."""
        known = self.known.get((id(entry), at))
        if known is None or known[0] is not entry:
            known = (entry, possible_states(entry, at, window))
            self.known[id(entry), at] = known
        return known[1]

    def changes(
        self, facts: Mapping[str, Any], record: BarRecord, verdict: str, turns: Mapping[str, date]
    ) -> Iterator[Change]:
        """The smallest sets of changes to every other verdict that can be reached."""
        numbers = numbers_of(self.policy, record.at.as_of)
        proposals = BarChanges(facts=facts, record=record, numbers=numbers, reader=self.reader, turns=turns)
        together = proposals.now.together

        def trial(steps: Steps) -> Tried:
            operations = [step.operation for step in together(steps)]
            return self.tried(self.reader.read(patched(facts, operations)))

        tried = remembered(trial)
        for to in self.policy.table(TABLE).verdicts:
            if to != verdict:
                yield from smallest(to, proposals.towards(to), tried, together)

    def turns(self, record: BarRecord, verdict: str) -> dict[str, date]:
        """For every other verdict that time alone gives, the first day on which it does."""
        entries = {entry.place: entry for entry in record.of(Kind.COMMITMENT)}
        numbers = numbers_of(self.policy, record.at.as_of)
        turning = _turning_days(record, numbers)
        parameters = (*self.policy.table(TABLE).conditions.values(), "window.signals")
        for day in new_values(self.policy, parameters, record.at.as_of):
            turning[day] |= entries.keys()
        states = {
            place: self.states(entry, record.at, numbers.window(record.at.as_of))
            for place, entry in entries.items()
        }
        counted, first = Counter(states.values()), dict[str, date]()
        for day in sorted(turning):
            later = record.on(day)
            numbers = numbers_of(self.policy, day)
            for place in turning[day] & entries.keys():
                counted[states[place]] -= 1
                states[place] = possible_states(entries[place], later.at, numbers.window(day))
                counted[states[place]] += 1
            outcome = self._tried(later, numbers, +counted).verdict
            if outcome != verdict:
                first.setdefault(outcome, day)
        return first


def _turning_days(record: BarRecord, numbers: BarNumbers) -> dict[date, set[int]]:
    """Every later day on which an answer can turn, with the entries that can turn it."""
    turning: defaultdict[date, set[int]] = defaultdict(set)
    for entry in record.entries if isinstance(record.entries, tuple) else ():
        told = [day for move in entry.moves for day in (move.on, move.from_due, move.to)]
        open_dates = any(not isinstance(day, date) for day in (entry.due, entry.delivered, *told))
        known = [day for day in (entry.occurred, entry.due, entry.delivered, *told) if isinstance(day, date)]
        near = (0, 1, 2) if open_dates else (0, 1)
        for day in (*known, record.at.as_of):
            for shift in (*near, *(numbers.window_days + each - 1 for each in near)):
                turn = day + timedelta(days=shift)
                if turn > record.at.as_of:
                    turning[turn].add(entry.place)
    return turning


def _next_step(verdict: str, conditions: tuple[Condition, ...]) -> tuple[str, Mapping[str, Figure]]:
    """The step to take next: what puts out the first lamp, or what is not on file."""
    if verdict == "meets":
        return verdict, {}
    wanted = Answer.NOT_MET if verdict == "does-not-meet" else Answer.UNKNOWN
    lacking = next((each.id for each in conditions if each.answer is wanted), conditions[0].id)
    return (lacking, {}) if wanted is Answer.NOT_MET else ("find-out", {"missing": lacking})
