"""Surprise is a figure: expected before the day, said on the day, and what was named for the first time."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.evidence.kinds import Kind
from datumline.domain.growth.first_heard import heard, named_since
from datumline.domain.growth.surprise import Expected, expected_of, surprise
from support.papers import INES, paper

REVIEW_DAY = date(2026, 7, 9)


def review(outcome: str = "solid") -> object:
    return paper(Kind.FORMAL_REVIEW, REVIEW_DAY, cycle="H1", outcome=outcome)


def prediction(outcome: str, sure: int, day: date) -> object:
    return paper(Kind.PREDICTION, day, by=INES, cycle="H1", outcome=outcome, sure=sure)


def test_the_last_prediction_before_the_day_counts() -> None:
    entries = [
        prediction("below", 90, date(2026, 6, 1)),
        prediction("strong", 80, date(2026, 7, 8)),
        prediction("solid", 100, REVIEW_DAY),
        review(),
    ]
    (found,) = expected_of(entries)  # type: ignore[arg-type]
    assert (found.expected, found.sure, found.surprised) == ("strong", 80, True)


def test_a_prediction_written_after_the_review_is_none() -> None:
    late = paper(
        Kind.PREDICTION, date(2026, 6, 1), written=date(2026, 7, 10), cycle="H1", outcome="solid", sure=100
    )
    (found,) = expected_of([review(), late])  # type: ignore[list-item]
    assert (found.expected, found.surprised) == (None, None)


def expected(outcome: str, said: str | None, sure: int | None) -> Expected:
    return Expected(review="r", on=REVIEW_DAY, cycle="H1", outcome=outcome, expected=said, sure=sure)


def test_the_brier_score_by_hand() -> None:
    told = [expected("solid", "strong", 80), expected("solid", "solid", 70), expected("solid", None, None)]
    found = surprise(told)
    assert (found.surprised, found.predicted, found.reviews) == (1, 2, 3)
    assert found.brier == 0.365  # (0.8² + 0.3²) / 2
    assert surprise([]).brier is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), min_size=1))
def test_the_brier_score_lies_between_nothing_and_one(told: list[tuple[bool, int]]) -> None:
    found = surprise(expected("a", "a" if right else "b", sure) for right, sure in told)
    assert found.brier is not None
    assert 0 <= found.brier <= 1
    assert (found.brier == 0) is all(sure == (100 if right else 0) for right, sure in told)


def test_what_nobody_shared_before_the_day_is_first_heard_there() -> None:
    entries = [
        paper(Kind.WRITTEN_NOTE, date(2026, 5, 4), concern="dates"),
        paper(Kind.REPLY, date(2026, 5, 5), by=INES, concern="tone"),
        paper(Kind.OCCURRENCE, REVIEW_DAY, concern="tests"),
        paper(Kind.QUARTERLY_REVIEW, REVIEW_DAY, concerns=["dates", "tone", "tests"], stands="x"),
    ]
    assert [(each.concern, each.since) for each in heard(entries)] == [
        ("dates", date(2026, 5, 4)),
        ("tone", None),
        ("tests", None),
    ]


def test_a_note_dated_back_names_from_the_day_on_which_it_could_be_read() -> None:
    late = paper(Kind.OCCURRENCE, date(2026, 3, 2), written=date(2026, 6, 20), concern="dates")
    assert named_since([late], "dates", before=REVIEW_DAY) == date(2026, 6, 20)
    assert named_since([late], "dates", before=date(2026, 6, 20)) is None
