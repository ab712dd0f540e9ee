"""One commitment on a day: the cases of spec 10 and of readings 36 and 37."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.period import Window
from datumline.domain.signals.on_time import Move, State, counts_in, stand

DUE = date(2026, 5, 4)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def move(on: str, from_due: str, to: str) -> Move:
    return Move(on=d(on), from_due=d(from_due), to=d(to))


@pytest.mark.parametrize(
    ("delivered", "as_of", "state"),
    [
        ("05-04", "05-04", State.ON_TIME),
        ("04-20", "04-21", State.ON_TIME),  # early is on time, before the due day has come
        ("05-05", "05-30", State.MISSED),
        (None, "05-04", State.NOT_YET_DUE),  # reading 37: the day belongs to the engineer
        (None, "05-05", State.MISSED),
        ("05-06", "05-04", State.NOT_YET_DUE),  # the delivery has not happened yet
        ("05-06", "05-05", State.MISSED),
    ],
)
def test_without_a_reschedule(delivered: str | None, as_of: str, state: State) -> None:
    standing = stand(due=DUE, delivered=d(delivered) if delivered else None, moves=(), as_of=d(as_of))
    assert standing.state is standing.state_by_first is state


def test_rescheduled_in_time_counts_by_the_new_date_and_shows_the_first() -> None:
    standing = stand(due=DUE, delivered=d("05-13"), moves=[move("05-01", "05-04", "05-15")], as_of=d("06-30"))
    assert (standing.state, standing.state_by_first) == (State.ON_TIME, State.MISSED)
    assert (standing.first_due, standing.due, standing.moved) == (DUE, d("05-15"), 1)


def test_rescheduled_on_the_due_day_still_counts() -> None:
    standing = stand(due=DUE, delivered=d("05-08"), moves=[move("05-04", "05-04", "05-08")], as_of=d("06-30"))
    assert standing.state is State.ON_TIME


def test_rescheduled_when_overdue_is_missed_by_the_date_that_was_missed() -> None:
    standing = stand(due=DUE, delivered=d("05-13"), moves=[move("05-05", "05-04", "05-15")], as_of=d("06-30"))
    assert standing.moved_late
    assert (standing.state, standing.due) == (State.MISSED, DUE)


def test_the_second_of_two_reschedules_may_be_late() -> None:
    moves = [move("05-20", "05-15", "05-30"), move("05-01", "05-04", "05-15")]
    standing = stand(due=DUE, delivered=d("05-25"), moves=moves, as_of=d("06-30"))
    assert (standing.state, standing.due, standing.moved, standing.moved_late) == (
        State.MISSED,
        d("05-15"),
        1,
        True,
    )


def test_a_reschedule_of_tomorrow_does_not_exist_today() -> None:
    standing = stand(due=DUE, delivered=None, moves=[move("05-03", "05-04", "05-15")], as_of=d("05-02"))
    assert (standing.due, standing.changes_on) == (DUE, d("05-05"))


@given(due=days, delivered=st.none() | days, as_of=days)
@settings(deadline=None)  # the machine may be busy
def test_nothing_changes_before_the_day_it_names(due: date, delivered: date | None, as_of: date) -> None:
    now = stand(due=due, delivered=delivered, moves=(), as_of=as_of)
    if now.changes_on is None:
        return
    before = stand(due=due, delivered=None, moves=(), as_of=now.changes_on - timedelta(days=1))
    after = stand(due=due, delivered=None, moves=(), as_of=now.changes_on)
    assert (before.state, after.state) == (State.NOT_YET_DUE, State.MISSED)


def test_the_window_is_by_due_date() -> None:
    quarter = Window(start=d("04-01"), end=d("06-30"))
    assert counts_in(quarter, due=d("04-01"), state=State.MISSED)
    assert not counts_in(quarter, due=d("03-31"), state=State.MISSED)
    assert not counts_in(quarter, due=d("06-30"), state=State.NOT_YET_DUE)


def test_delivered_early_is_on_time_in_the_window_of_its_date() -> None:
    early = stand(due=d("07-10"), delivered=d("06-20"), moves=(), as_of=d("06-30"))
    assert early.state is State.ON_TIME
    before, after = Window(start=d("01-02"), end=d("06-30")), Window(start=d("01-12"), end=d("07-10"))
    assert not counts_in(before, due=early.due, state=early.state)
    assert counts_in(after, due=early.due, state=early.state)
