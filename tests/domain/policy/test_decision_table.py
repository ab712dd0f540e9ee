"""Reading 3: the first row that holds wins, unknown rows are skipped, nothing final is given past one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.policy.decision_table import DecisionTable, Row, Term, decide
from datumline.domain.verdict import Answer

CONDITIONS = ("a", "b", "c", "d")
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

answers = st.dictionaries(st.sampled_from(CONDITIONS), st.sampled_from(Answer))
terms = st.builds(Term, condition=st.sampled_from(CONDITIONS), negated=st.booleans())
rows = st.builds(
    Row,
    id=st.just("row"),
    verdict=st.sampled_from(("stop", "go", "wait")),
    terms=st.lists(terms, min_size=1, max_size=3).map(tuple),
    any_term=st.booleans(),
    irreversible=st.booleans(),
)
tables = st.lists(rows, max_size=5).map(
    lambda drawn: DecisionTable(
        name="drawn",
        question="Which way?",
        conditions=dict.fromkeys(CONDITIONS),
        rows=(*drawn, Row(id="otherwise", verdict="ask")),
        cautious="ask",
    )
)


def small(*, irreversible: bool = True) -> DecisionTable:
    return DecisionTable(
        name="small",
        question="May it start?",
        conditions=dict.fromkeys(CONDITIONS),
        rows=(
            Row(id="first", verdict="look", terms=(Term(condition="a"), Term(condition="b", negated=True))),
            Row(id="second", verdict="start", terms=(Term(condition="c"),), irreversible=irreversible),
            Row(id="third", verdict="wait", terms=(Term(condition="d"),)),
            Row(id="otherwise", verdict="ask"),
        ),
        cautious="ask",
    )


@pytest.mark.parametrize(
    ("said", "verdict", "missing"),
    [
        ({"a": MET, "b": NOT_MET, "c": MET}, "look", ()),
        ({"a": MET, "b": MET, "c": MET}, "start", ()),
        ({"a": NOT_MET, "b": UNKNOWN, "c": MET}, "start", ()),
        ({"a": MET, "b": UNKNOWN, "c": MET}, "ask", ("b",)),
        ({"c": MET}, "ask", ("a", "b")),
        ({"a": UNKNOWN, "b": MET, "c": MET}, "start", ()),
        ({"a": UNKNOWN, "b": NOT_MET, "c": UNKNOWN, "d": MET}, "wait", ("a", "c")),
        ({"a": NOT_MET, "c": NOT_MET, "d": NOT_MET}, "ask", ()),
        ({}, "ask", ("a", "b", "c", "d")),
    ],
)
def test_cases(said: Mapping[str, Answer], verdict: str, missing: tuple[str, ...]) -> None:
    decision = decide(small(), said)
    assert (decision.verdict, decision.missing) == (verdict, missing)


def test_a_verdict_that_can_be_taken_back_is_given_past_an_unknown_row() -> None:
    decision = decide(small(irreversible=False), {"a": MET, "c": MET})
    assert (decision.verdict, decision.row, decision.cautious) == ("start", "second", False)


def test_the_cautious_verdict_names_the_row_that_was_held_back() -> None:
    decision = decide(small(), {"a": MET, "c": MET})
    assert (decision.verdict, decision.row, decision.cautious) == ("ask", "second", True)
    assert [row.answer for row in decision.rows] == [UNKNOWN, MET, UNKNOWN, MET]


def test_any_of_a_row_needs_one_yes() -> None:
    row = Row(
        id="any",
        verdict="no",
        terms=(Term(condition="a", negated=True), Term(condition="b", negated=True)),
        any_term=True,
    )
    assert row.answered({"a": NOT_MET}) is MET
    assert row.answered({"a": MET}) is UNKNOWN
    assert row.answered({"a": MET, "b": MET}) is NOT_MET


@given(tables, answers)
def test_nothing_final_past_an_unknown_row(table: DecisionTable, said: Mapping[str, Answer]) -> None:
    decision = decide(table, said)
    held = [row.answer for row in decision.rows].index(MET)
    passed_unknown = any(row.answer is UNKNOWN for row in decision.rows[:held])
    final = table.rows[held].irreversible
    assert decision.verdict == ("ask" if final and passed_unknown else table.rows[held].verdict)
    assert bool(decision.missing) is passed_unknown
    assert all(said.get(condition, UNKNOWN) is UNKNOWN for condition in decision.missing)


@given(tables, answers, answers)
def test_an_answer_found_later_never_turns_a_decided_row(
    table: DecisionTable, said: Mapping[str, Answer], later: Mapping[str, Answer]
) -> None:
    open_questions = {key: value for key, value in later.items() if said.get(key, UNKNOWN) is UNKNOWN}
    before, after = decide(table, said), decide(table, {**said, **open_questions})
    for earlier, row in zip(before.rows, after.rows, strict=True):
        assert earlier.answer in {UNKNOWN, row.answer}


@given(tables, answers)
def test_a_final_verdict_holds_whatever_is_found_out_later(
    table: DecisionTable, said: Mapping[str, Answer]
) -> None:
    decision = decide(table, said)
    row = next(row for row in table.rows if row.answered(said) is MET)
    if row.irreversible and not decision.cautious:
        for answer in Answer:
            filled = {condition: said.get(condition, UNKNOWN) for condition in CONDITIONS}
            found = {key: answer if value is UNKNOWN else value for key, value in filled.items()}
            assert decide(table, found).verdict == decision.verdict


@given(tables, answers)
def test_answers_that_no_row_reads_change_nothing(table: DecisionTable, said: Mapping[str, Answer]) -> None:
    assert decide(table, {**said, "elsewhere": MET}) == decide(table, said)
