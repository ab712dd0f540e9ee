"""Commitments with what became of them: kept, late, moved in time, moved too late, and still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import Window
from datumline.services.demo.calendar import QUARTERS, TODAY, earlier, later, spread
from datumline.services.demo.company import told
from datumline.services.demo.planned import Planned, planned
from datumline.services.demo.worker import SETTLED_IN, Worker

MOVED_EVERY = 9  # one promise in so many gets a new date in time
FLAG_EVERY = 3  # one late promise in so many was said to be at risk before its day
LATE_MOVE_EVERY = 23  # and one in so many is moved when it is overdue, which does not count
AHEAD = (9, 23)  # days after today on which the open promises fall due


def promises(worker: Worker) -> Iterator[Planned]:
    """All promises of a person."""
    roll, number = worker.roll("promises"), 0
    for place, quarter in enumerate(QUARTERS):
        days = _due_days(worker, place, quarter, roll)
        late = set(roll.sample(days, min(int(worker.by_quarter("missed", place)), len(days))))
        for due in days:
            number += 1
            yield from _promise(worker, number, due, due in late, roll)
    if worker.until == TODAY:
        for days_ahead in AHEAD:
            number += 1
            yield _made(worker, number, later(TODAY, days_ahead), roll)


def _due_days(worker: Worker, place: int, quarter: Window, roll: Random) -> list[date]:
    start = max(quarter.start, worker.member.joined + timedelta(days=SETTLED_IN))
    span = worker.span(Window(start=min(start, quarter.end), end=quarter.end))
    if span is None:
        return []
    count = round(worker.by_quarter("promises", place) * span.days / quarter.days)
    return spread(count, span, roll)


def _made(worker: Worker, number: int, due: date, roll: Random) -> Planned:
    day = max(later(due, -roll.randint(20, 40)), worker.member.first_day)
    day = min(day, TODAY - timedelta(days=1))
    work = worker.work(number, day)
    amounts = {"work": work, "due": due, "team_goal": roll.random() < 0.3}  # noqa: PLR2004 - nearly a third
    if roll.random() < 0.15:  # noqa: PLR2004 - now and then the scope is said
        amounts["scope_note"] = roll.choice(told("work")["scope_notes"])
    draft = worker.draft(Kind.COMMITMENT, day, title=work, seen=Seen.OBSERVED, amounts=amounts)
    return planned(draft, name=_name(worker, number))


def _name(worker: Worker, number: int) -> str:
    return f"{worker.member.name}:{number}"


def _promise(worker: Worker, number: int, due: date, late: bool, roll: Random) -> Iterator[Planned]:  # noqa: FBT001
    made = _made(worker, number, due, roll)
    yield made
    delivered = later(due, roll.randint(3, 15)) if late else earlier(due, roll.randint(0, 3))
    delivered = max(delivered, made.draft.occurred_on)
    if not late and number % MOVED_EVERY == 0:
        delivered = later(due, 5)
        yield _moved(worker, made, due, on=max(earlier(due, 6), made.draft.occurred_on))
    if late and number % FLAG_EVERY == 0:
        yield _flagged(worker, made, due)
    if late and number % LATE_MOVE_EVERY == 0:
        yield _moved(worker, made, due, on=later(due, 1))
    if delivered <= TODAY:
        yield _delivered(worker, made, delivered, late)


def _moved(worker: Worker, made: Planned, due: date, *, on: date) -> Planned:
    to = later(due, 8)
    draft = worker.draft(
        Kind.RESCHEDULE,
        min(on, TODAY),
        title=f"New date: {made.draft.title}",
        text="The order of work changed; agreed with those who wait for it.",
        amounts={"from": due, "to": to},
    )
    return planned(draft, names={"commitment": made.name})


def _flagged(worker: Worker, made: Planned, due: date) -> Planned:
    draft = worker.draft(
        Kind.RISK_FLAG,
        min(max(earlier(due, 3), made.draft.occurred_on), TODAY),
        author=worker.member.id,
        title=f"At risk: {made.draft.title}",
    )
    return planned(draft, names={"commitment": made.name})


def _delivered(worker: Worker, made: Planned, day: date, late: bool) -> Planned:  # noqa: FBT001
    draft = worker.draft(
        Kind.DELIVERY,
        day,
        title=f"Delivered: {made.draft.title}",
        seen=Seen.ARTIFACT,
        principles=("deliver-results", "bias-for-action") if late else ("deliver-results",),
        links=(f"change:{made.name.partition(':')[2]}-{worker.member.handle}",),
        amounts={"delivered": day},
    )
    return planned(draft, names={"commitment": made.name})
