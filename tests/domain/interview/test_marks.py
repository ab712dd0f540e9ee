"""Marks: order counts, a mistake can be put right in the same answer, quotes are the surest words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from datumline.domain.interview.hearing import Heard
from datumline.domain.interview.marks import Answer, Marker, Marks, Thresholds
from datumline.domain.interview.score import Scorer
from datumline.domain.language.spans import Span
from datumline.domain.policy.blueprint import Mistake
from datumline.pack_files import load

BLUEPRINT = load().blueprint("em-performance")
AT = Thresholds(covered=0.5, acting=0.7, half=0.3, mistake=0.5)
POINTS = {
    "objectives-alignment": 30.0,
    "level-expectations": 30.0,
    "technical-proficiency": 20.0,
    "communication": 20.0,
}
FRAMING = [item.id for item in BLUEPRINT.of_phase("diagnosis")]
LATER = [item for item in BLUEPRINT.items if item not in FRAMING]


def answer(turn: int, asked: str | None, *sure: Mapping[str, float]) -> Answer:
    heard = [
        Heard(span=Span(start=20 * place, end=20 * place + 15), sentences=1, sure=one)
        for place, one in enumerate(sure)
    ]
    return Answer(turn=turn, asked=asked, heard=heard)


def marks(*answers: Answer) -> Marks:
    return Marker(BLUEPRINT, AT).mark(answers)


def total(*answers: Answer) -> float:
    found = Scorer(BLUEPRINT, POINTS).score(marks(*answers), answers)
    assert found.total is not None
    return found.total


def everything(*, framing_first: bool) -> list[Answer]:
    framing = [{item: 0.9} for item in FRAMING]
    rest = [{item: 0.9} for item in LATER]
    order = (
        [("diagnosis", framing), ("plan", rest)]
        if framing_first
        else [("diagnosis", rest), ("plan", framing)]
    )
    return [answer(2 * place + 1, asked, *said) for place, (asked, said) in enumerate(order)]


def test_all_items_in_order_earn_every_point() -> None:
    assert total(*everything(framing_first=True)) == 100


def test_framing_after_acting_is_heard_and_earns_nothing() -> None:
    found = marks(*everything(framing_first=False))
    assert [name for name in FRAMING if found.covered(name)] == []
    assert all(found.items[name].late and found.items[name].quotes for name in FRAMING)
    assert total(*everything(framing_first=False)) < 40


def test_one_sentence_that_seems_to_act_does_not_spoil_the_framing() -> None:
    found = marks(answer(1, "diagnosis", {"support-actions": 0.9}, *({item: 0.9} for item in FRAMING)))
    assert all(found.covered(name) for name in FRAMING)


def test_order_does_not_count_where_nobody_asked_for_a_diagnosis() -> None:
    rest, framing = everything(framing_first=False)
    found = marks(answer(1, "plan", *(one.sure for one in rest.heard)), framing)
    assert all(found.covered(name) for name in FRAMING)


def test_a_weak_first_phase_is_not_bought_back_later() -> None:
    without = answer(1, "plan", *({item: 0.9} for item in LATER))
    found = Scorer(BLUEPRINT, POINTS).score(marks(without), [without])
    assert found.dimensions["objectives-alignment"] == 0
    assert found.dimensions["technical-proficiency"] == 20


@pytest.mark.parametrize("mistake", [one for one in BLUEPRINT.mistakes.values() if one.cleared_by])
def test_a_mistake_is_put_right_by_the_same_answer_only(mistake: Mistake) -> None:
    name, right = mistake.id, mistake.cleared_by[0]
    phase = mistake.phases[-1] if mistake.phases else "plan"
    alone = marks(answer(1, phase, {name: 0.8}))
    mended = marks(answer(1, phase, {name: 0.8}, {right: 0.8}))
    elsewhere = marks(answer(1, phase, {name: 0.8}), answer(3, phase, {right: 0.8}))
    assert [[mark.id for mark in found.mistakes] for found in (alone, mended, elsewhere)] == [
        [name],
        [],
        [name],
    ]


def test_talking_is_a_mistake_before_framing_and_none_after_it() -> None:
    talk = {"conversation-before-diagnosis": 0.9}
    before = marks(answer(1, "diagnosis", talk, {"validate-pattern": 0.9}))
    after = marks(answer(1, "diagnosis", {"validate-pattern": 0.9}, talk))
    asked_for = marks(answer(1, "plan", talk))
    assert [len(found.mistakes) for found in (before, after, asked_for)] == [1, 0, 0]


def test_each_kind_of_mistake_costs_once() -> None:
    every = everything(framing_first=True)
    twice = answer(5, "plan", {"waiting-too-long": 0.9}, {"waiting-too-long": 0.8})
    assert total(*every) - total(*every, twice) == pytest.approx(2 + 20 * 8 / 20 / 3, abs=0.11)


def test_quotes_are_the_surest_sentences_and_never_overlap() -> None:
    single = Heard(span=Span(start=0, end=10), sentences=1, sure={"hard-call": 0.6})
    pair = Heard(span=Span(start=0, end=30), sentences=2, sure={"hard-call": 0.95})
    mark = marks(Answer(turn=4, asked="outcomes", heard=[single, pair])).items["hard-call"]
    assert [(quote.turn, quote.span.start, quote.span.end) for quote in mark.quotes] == [(4, 0, 10)]
    assert mark.confidence == 0.95


def test_a_mistake_is_made_only_where_it_can_be_and_not_in_words_that_cover_something() -> None:
    late = marks(answer(1, "outcomes", {"waiting-too-long": 0.9}))
    covering = marks(answer(1, "plan", {"vague": 0.6, "support-actions": 0.8}))
    assert [late.mistakes, covering.mistakes] == [(), ()]
