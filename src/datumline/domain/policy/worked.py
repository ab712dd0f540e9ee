"""Worked cases run against the rules: which of them no longer give what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from datumline.domain.policy.case import WorkedCase
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json, Verdict

Judge = Callable[[str, Mapping[str, Json], Policy], Verdict]


def mismatches(policy: Policy, judge: Judge) -> Iterator[Problem]:
    """What the pack's cases expect and `judge` does not give, one problem for each difference."""
    for case in policy.cases:
        try:
            verdict = judge(case.table, case.facts, policy)
        except Problem as problem:
            yield Problem(f"case {case.id}: {problem}", where=case.where, expected="facts that can be read")
            continue
        for name, expected, given in _compared(case, verdict):
            if expected != given:
                yield Problem(f"case {case.id}: {name} is {given}", where=case.where, expected=expected)


def _compared(case: WorkedCase, verdict: Verdict) -> Iterable[tuple[str, str, str]]:
    given = {condition.id: condition.answer.value for condition in verdict.conditions}
    yield "the verdict", case.verdict, verdict.verdict
    for condition, answer in case.answers.items():
        yield f"'{condition}'", answer.value, given.get(condition, "absent")
    if case.holds_until is not None:
        yield "holds_until", case.holds_until, str(verdict.holds_until)
