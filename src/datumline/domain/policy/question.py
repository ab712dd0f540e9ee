"""One frame for tables over a handful of facts: the verdict, what would change it, until when it holds.

A room says how its facts are read, how each condition is answered, and which steps can move it. A room whose
conditions move together, such as runs of weeks, proposes whole sets instead.
The tables over many entries (`plan`, `non-negotiables`) search for themselves: they know shorter ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, islice, product
from typing import Any, Generic, Protocol, TypeVar

from datumline.domain.period import AsOf
from datumline.domain.policy.decision_table import Decision, DecisionTable, decide
from datumline.domain.policy.holds_until import new_values, turns
from datumline.domain.policy.json_patch import patched
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Steps, Tried, remembered, smallest
from datumline.domain.verdict import Answer, Change, Condition, Figure, Verdict

UNKNOWN = "unknown"  # a verdict that is never a goal: facts that are known do not become unknown
MOST_MOVED = 6  # conditions moved at once; beyond that no set is small
MOST_PROPOSALS = 64  # ways to move the same conditions

Record = TypeVar("Record")


Proposals = Callable[[Record, Policy, str], Iterable[Iterable[Steps]]]  # groups of sets, the smallest first


class Room(Protocol[Record]):
    """What a table's room says about its facts. Every method is pure."""

    @property
    def table(self) -> str:
        """The table's name."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that its answers rest on, beside those named with the conditions."""

    def read(self, facts: Mapping[str, Any]) -> Record:
        """The facts, read strictly. Raises Problem with the JSON path of a fault."""

    def at(self, record: Record) -> AsOf:
        """Both clocks of the question."""

    def on(self, record: Record, day: date) -> Record:
        """The same facts and the same knowledge, asked about on a later day."""

    def conditions(self, record: Record, policy: Policy) -> tuple[Condition, ...]:
        """Every condition, answered."""

    def moves(self, record: Record, policy: Policy, condition: str, to: Answer) -> Iterable[Steps]:
        """Steps that may give a condition another answer, the plainest first; none when nothing can."""

    def days(self, record: Record, policy: Policy) -> Iterable[date]:
        """Every later day on which an answer can turn."""

    def next_step(
        self, record: Record, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """The phrasebook's id of what to do next, with its figures."""

    def figures(self, record: Record, policy: Policy) -> Mapping[str, Figure]:
        """Named values of the verdict as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[Record]):
    """A room's table, asked under one policy.

    Attributes:
        proposals: whole sets of steps that may give a verdict, for a room that knows them; by default the
            moves of single conditions are put together.
    """

    room: Room[Record]
    policy: Policy
    proposals: Proposals[Record] | None = None

    @property
    def table(self) -> DecisionTable:
        """The table as the policy has it."""
        return self.policy.table(self.room.table)

    def verdict(self, facts: Mapping[str, Any], *, changes: bool = True) -> Verdict:
        """The verdict on these facts. Raises Problem with the JSON path of a fault.

        Without `changes` nobody looks for what would change it.
        """
        record = self.room.read(facts)
        conditions = self._conditions(record)
        answers = {each.id: each.answer for each in conditions}
        decision = decide(self.table, answers)
        step, figures = self.room.next_step(record, self.policy, decision, answers)
        return Verdict(
            table=self.room.table,
            verdict=decision.verdict,
            at=self.room.at(record),
            pack=self.policy.ref,
            rows=decision.rows,
            conditions=conditions,
            would_change=tuple(self._changes(facts, record, answers, decision.verdict)) if changes else (),
            holds_until=self._holds_until(record, decision.verdict),
            next_step=step,
            next_step_figures=figures,
            figures=self.room.figures(record, self.policy),
        )

    def outcome(self, facts: Mapping[str, Any]) -> str:
        """The outcome alone."""
        return self._tried(self.room.read(facts)).verdict

    def _conditions(self, record: Record) -> tuple[Condition, ...]:
        """Every condition that the facts ask for, in the table's order, with its parameter."""
        found = {each.id: each for each in self.room.conditions(record, self.policy)}
        return tuple(
            replace(found[name], parameter=found[name].parameter or parameter)
            for name, parameter in self.table.conditions.items()
            if name in found
        )

    def _tried(self, record: Record) -> Tried:
        found = {each.id: each.answer for each in self.room.conditions(record, self.policy)}
        answers = {name: found[name] for name in self.table.conditions if name in found}
        return Tried(verdict=decide(self.table, answers).verdict, answers=tuple(answers.items()))

    def _holds_until(self, record: Record, verdict: str) -> date | None:
        after = self.room.at(record).as_of
        parameters = (*self.table.conditions.values(), *self.room.parameters)
        days = chain(self.room.days(record, self.policy), new_values(self.policy, parameters, after))
        found = turns(
            after=after,
            days=days,
            outcome=verdict,
            outcome_on=lambda day: self._tried(self.room.on(record, day)).verdict,
        )
        return min(found.values(), default=None)

    def _changes(
        self, facts: Mapping[str, Any], record: Record, answers: Mapping[str, Answer], verdict: str
    ) -> Iterator[Change]:
        """The smallest sets of changes to every other verdict that can be reached."""

        def trial(steps: Steps) -> Tried:
            return self._tried(self.room.read(patched(facts, [step.operation for step in steps])))

        tried = remembered(trial)
        for to in self.table.verdicts:
            if to not in (verdict, UNKNOWN):
                groups = (smallest(to, sets, tried, _as_they_are) for sets in self._sets(record, answers, to))
                yield from next((found for found in groups if found), ())

    def _sets(self, record: Record, answers: Mapping[str, Answer], to: str) -> Iterator[Iterable[Steps]]:
        """Sets to try, in groups: when one group holds a set that gives `to`, no later one is tried."""
        if self.proposals is not None:
            yield from self.proposals(record, self.policy, to)
            return
        for goals in goals_by_size(self.table, answers, to):
            yield self._moved(record, goals)

    def _moved(self, record: Record, goals: Iterable[Mapping[str, Answer]]) -> Iterator[Steps]:
        for goal in goals:
            ways = [list(self.room.moves(record, self.policy, name, to)) for name, to in goal.items()]
            for way in islice(product(*ways), MOST_PROPOSALS):
                yield tuple(chain.from_iterable(way))


def _as_they_are(steps: Steps) -> Steps:
    return steps


def goals_by_size(
    table: DecisionTable, answers: Mapping[str, Answer], to: str
) -> Iterator[list[dict[str, Answer]]]:
    """The answers that, in place of the present ones, give `to`: first the sets that change one answer."""
    for size in range(1, min(len(table.conditions), MOST_MOVED) + 1):
        yield [
            goal
            for names in combinations(table.conditions, size)
            for given in product((Answer.MET, Answer.NOT_MET), repeat=size)
            if (goal := dict(zip(names, given, strict=True)))
            and all(answers[name] is not new for name, new in goal.items())
            and decide(table, {**answers, **goal}).verdict == to
        ]
