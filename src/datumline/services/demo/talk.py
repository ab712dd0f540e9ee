"""What people said and wrote: one-to-ones, recognition, reviews of the half, private notes, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.services.demo.calendar import QUARTERS, TODAY, earlier, later, spread
from datumline.services.demo.company import told
from datumline.services.demo.planned import Planned, planned
from datumline.services.demo.worker import Worker

ONE_TO_ONES = 2  # written up in a quarter
OUTCOMES = {
    "strong": "strong",
    "regression": "solid",
    "faltering": "below",
    "patchy": "developing",
    "newcomer": "settling in",
    "improving": "developing",
}


def talk(worker: Worker) -> Iterator[Planned]:
    """Everything that was said to a person or about them, outside a concern."""
    roll = worker.roll("talk")
    for quarter in QUARTERS:
        span = worker.span(quarter)
        for day in spread(ONE_TO_ONES, span, roll) if span else ():
            yield _note(worker, day, roll)
    for day in spread(2, worker.history, roll):
        yield _recognition(worker, day, roll)
    for day in spread(1, worker.history, roll):
        yield _private(worker, day, roll)
        yield _decision(worker, earlier(day, 20), roll)
        yield _metric(worker, day, roll)
    yield from _reviews(worker)


def _note(worker: Worker, day: date, roll: Random) -> Planned:
    text = worker.say(roll.choice(told("work")["one_to_ones"]), day, roll)
    return planned(worker.draft(Kind.WRITTEN_NOTE, day, title="One-to-one", text=text))


def _recognition(worker: Worker, day: date, roll: Random) -> Planned:
    text = worker.say(roll.choice(told("work")["recognition"]), day, roll)
    draft = worker.draft(Kind.RECOGNITION, day, seen=Seen.OBSERVED, text=text)
    return planned(draft, min(later(day, roll.choice([0, 0, 1, 2, 24])), TODAY))


def _private(worker: Worker, day: date, roll: Random) -> Planned:
    text = worker.say(roll.choice(told("work")["private_notes"]), day, roll)
    return planned(worker.draft(Kind.WRITTEN_NOTE, day, audience=Audience.PRIVATE, text=text))


def _decision(worker: Worker, day: date, roll: Random) -> Planned:
    said = roll.choice(told("work")["decisions"])
    day = max(day, worker.history.start)
    return planned(
        worker.draft(
            Kind.DECISION,
            day,
            seen=Seen.OBSERVED,
            title=worker.say(said["title"], day, roll),
            text=worker.say(said["text"], day, roll),
            principles=("ownership",),
            amounts={"owned": said["owned"]},
        )
    )


def _metric(worker: Worker, day: date, roll: Random) -> Planned:
    said = roll.choice(told("work")["metrics"])
    name, before = worker.say(said["name"], day, roll), roll.randint(30, 90)
    return planned(
        worker.draft(
            Kind.METRIC_READING,
            day,
            seen=Seen.ARTIFACT,
            title=name,
            links=("board:service-metrics",),
            amounts={
                "name": name,
                "before": str(before),
                "after": str(before - roll.randint(2, 20)),
                "unit": said["unit"],
                "how_collected": "service dashboard, four weeks each side",
            },
        )
    )


def _reviews(worker: Worker) -> Iterator[Planned]:
    """One formal review for each half, nine days after it ended."""
    for quarter in QUARTERS[1:-1:2]:
        day = later(quarter.end, 9)
        if worker.history.start < quarter.start and day <= worker.until:
            outcome = OUTCOMES.get(worker.member.manner, "solid")
            half = f"{quarter.end.year}-H{1 if quarter.end.month < 7 else 2}"  # noqa: PLR2004 - July
            yield planned(
                worker.draft(
                    Kind.FORMAL_REVIEW,
                    day,
                    title=f"Review of {half}",
                    text="Read together, with the entries behind it.",
                    amounts={"cycle": half, "outcome": outcome},
                )
            )
