"""The clocks of a case against an oracle written apart: coaching, a plan with its pauses, a move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_clocks import case_clocks
from datumline.domain.improvement.formal_plan import State, formal_plans
from datumline.pack_files import load

PACK = load()
CONCERN = "slipping dates"


def event(name: str, day: date, /, **amounts: Any) -> Entry:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    number = f"{day.toordinal():06d}{name}"
    return Entry(
        id=number.encode().hex().ljust(64, "0")[:64],
        stream="s" * 32,
        seq=0,
        audience=Audience.SHARED,
        kind=Kind.PLAN_EVENT,
        subject="ines",
        author="mona",
        occurred_on=day,
        recorded_at=moment,
        shared_at=moment,
        concern=CONCERN,
        amounts={"event": name, **amounts},
    )


def due_of(entries: list[Entry], name: str, as_of: date) -> date | None:
    return next((each.due for each in case_clocks(entries, PACK, as_of) if each.id == name), None)


def month_later(day: date, months: int) -> date:
    """Counted on the fingers: the same day number, or the month's last."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


@pytest.mark.parametrize("seed", range(300))
def test_a_plans_days_are_those_of_the_oracle(seed: int) -> None:
    """Sixty days and the paused ones; more time when that ends later; month four from its start."""
    roll = Random(seed)  # noqa: S311 - invented days
    start = date(2024, 1, 1) + timedelta(days=roll.randint(0, 800))
    issue = event("plan-issued", start, on=start)
    told, paused, until = [issue], 0, start + timedelta(days=60)
    day = start
    for _ in range(roll.choice((0, 0, 1, 2))):
        day += timedelta(days=roll.randint(1, 15))
        told.append(event("plan-paused", day, plan=issue.id, on=day))
        away = roll.randint(1, 20)
        day += timedelta(days=away)
        told.append(event("plan-resumed", day, plan=issue.id))
        paused += away
    if roll.random() < 0.3:
        until = start + timedelta(days=roll.randint(61, 120))
        told.append(event("plan-extended", day, plan=issue.id, until=until))
    due = until + timedelta(days=paused)
    drags = month_later(start, 3) + timedelta(days=paused)
    for as_of in (day, due, due + timedelta(days=1), drags - timedelta(days=1), drags):
        if as_of < day:
            continue
        (plan,) = formal_plans(told, {}, PACK, as_of)
        wanted = State.DRAGGING if as_of >= drags else State.OVERDUE if as_of > due else State.RUNNING
        assert (plan.due, plan.state) == (due, wanted)
        assert due_of(told, "plan-clock", as_of) == due


def test_a_decision_is_owed_at_the_end_of_the_eighth_week() -> None:
    opened = event("coaching-opened", date(2026, 7, 8), on=date(2026, 7, 8))
    assert due_of([opened], "coaching-decision", date(2026, 7, 9)) == date(2026, 8, 30)
    closed = event("coaching-closed", date(2026, 8, 20), outcome="consistent")
    assert due_of([opened, closed], "coaching-decision", date(2026, 8, 21)) is None


def test_a_week_is_to_be_read_by_its_sunday() -> None:
    opened = event("coaching-opened", date(2026, 7, 6), on=date(2026, 7, 6))
    assert due_of([opened], "week-reading", date(2026, 7, 15)) == date(2026, 7, 19)


@pytest.mark.parametrize(("path", "weeks"), [("internal", 4), ("external", 6)])
def test_a_move_has_the_clock_of_its_path(path: str, weeks: int) -> None:
    offer = event("transition-offered", date(2026, 7, 6), on=date(2026, 7, 6), outcome=path)
    assert due_of([offer], "move-clock", date(2026, 7, 7)) == date(2026, 7, 6) + timedelta(weeks=weeks)
