"""Decision tables: rows in order, the first that holds gives the verdict (spec 96, reading 3).

A row that cannot be answered is skipped and shown as unknown. A verdict that cannot be taken back is never
given past an unknown row: the table's cautious verdict takes its place, and names what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from datumline.domain.verdict import Answer, Condition, all_of, any_of, opposite


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition as a row reads it; `negated` is written `!id`."""

    condition: str
    negated: bool = False

    def answered(self, answers: Mapping[str, Answer]) -> Answer:
        """Its answer; a condition that nobody answered is unknown."""
        given = answers.get(self.condition, Answer.UNKNOWN)
        return opposite(given) if self.negated else given

    def __str__(self) -> str:
        return f"!{self.condition}" if self.negated else self.condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: when its terms hold, its verdict is given.

    Attributes:
        id: its name among the table's rows.
        verdict: what it gives.
        terms: what must hold: all of them, or with `any_term` at least one. No terms: it always holds.
        irreversible: whether its verdict cannot be taken back.
        reference: where the row comes from.
    """

    id: str
    verdict: str
    terms: tuple[Term, ...] = ()
    any_term: bool = False
    irreversible: bool = False
    reference: str = ""

    def answered(self, answers: Mapping[str, Answer]) -> Answer:
        """Whether the row holds."""
        given = (term.answered(answers) for term in self.terms)
        return any_of(given) if self.any_term else all_of(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """A table of the policy.

    Attributes:
        name: such as `plan`.
        question: what it answers, in one sentence.
        conditions: every condition that rows read, with the parameter that measures it (None: no parameter),
            in the order in which they are shown.
        rows: in order; the last one always holds, so that every question has a verdict.
        cautious: the verdict given instead of an irreversible one past an unknown row, if there are any.
        unfavourable: the verdicts that say no to the question.
    """

    name: str
    question: str
    conditions: Mapping[str, str | None]
    rows: tuple[Row, ...]
    cautious: str | None = None
    unfavourable: tuple[str, ...] = ()

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Every verdict that the table can give, in the order of its rows."""
        return tuple(dict.fromkeys(row.verdict for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a table gave.

    Attributes:
        verdict: the outcome.
        row: the id of the row that held; for the cautious verdict, of the row that was held back.
        rows: every row with its answer, in order.
        missing: the conditions that left a row before the outcome unknown, in order: what to find out next.
        cautious: whether the cautious verdict stands in for an irreversible one.
    """

    verdict: str
    row: str
    rows: tuple[Condition, ...]
    missing: tuple[str, ...]
    cautious: bool = False


def decide(table: DecisionTable, answers: Mapping[str, Answer]) -> Decision:
    """The verdict of `table` for these answers; an absent answer is unknown."""
    rows = tuple(Condition(id=row.id, answer=row.answered(answers)) for row in table.rows)
    held = next(index for index, row in enumerate(rows) if row.answer is Answer.MET)
    missing = _missing(table.rows[:held], answers)
    winner = table.rows[held]
    held_back = winner.irreversible and bool(missing)
    return Decision(
        verdict=table.cautious if held_back and table.cautious else winner.verdict,
        row=winner.id,
        rows=rows,
        missing=missing,
        cautious=held_back,
    )


def _missing(passed: tuple[Row, ...], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The unknown conditions of the rows that were passed because they could not be answered."""
    unknown = (row for row in passed if row.answered(answers) is Answer.UNKNOWN)
    return tuple(
        dict.fromkeys(
            term.condition
            for row in unknown
            for term in row.terms
            if term.answered(answers) is Answer.UNKNOWN
        )
    )
