"""Changes with their defects, reviews given, and incidents: what the tools tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from datumline.domain.evidence.entry import Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.services.demo.calendar import QUARTERS, TODAY, later, months, spread
from datumline.services.demo.company import told
from datumline.services.demo.planned import Planned, planned
from datumline.services.demo.worker import Worker

BLOCKING_HOURS = 96
COMMANDED_BY = frozenset({"strong", "improving", "recovering"})
RECENT = timedelta(days=40)  # an incident younger than this is still being worked on


def practice(worker: Worker) -> Iterator[Planned]:
    """Everything that a repository, a review tool and an incident log tell of a person."""
    yield from _changes(worker)
    yield from _reviews(worker)
    yield from _incidents(worker)


def _changes(worker: Worker) -> Iterator[Planned]:
    roll, owed = worker.roll("changes"), 0.0
    for place, quarter in enumerate(QUARTERS):
        span = worker.span(quarter)
        for day in months(span) if span else ():
            if day > worker.until:
                continue
            changes = roll.randint(11, 24)
            owed += changes * worker.by_quarter("defects", place) / 100
            defects = int(owed)
            owed -= defects
            repository = f"northfold/{roll.choice(worker.team(day)['systems'])}"
            yield planned(
                worker.draft(
                    Kind.CHANGE_BATCH,
                    day,
                    author="git:northfold",
                    source=f"git:northfold:{day:%Y-%m}:changes",
                    seen=Seen.ARTIFACT,
                    title=f"{changes} changes to {repository.partition('/')[2]} in {day:%B %Y}",
                    links=(f"git:{repository}",),
                    amounts={
                        "changes": changes,
                        "defects": defects,
                        "files": changes * 3 + roll.randint(0, 9),
                        "lines_added": changes * roll.randint(18, 60),
                        "lines_deleted": changes * roll.randint(8, 40),
                        "repository": repository,
                    },
                )
            )


def _reviews(worker: Worker) -> Iterator[Planned]:
    roll = worker.roll("reviews")
    for place, quarter in enumerate(QUARTERS):
        span = worker.span(quarter)
        for number, day in enumerate(spread(5, span, roll) if span else ()):
            hours = worker.by_quarter("review_hours", place) * roll.uniform(0.5, 1.5)
            amounts = {"reviews": roll.randint(2, 5), "hours": f"{hours:.1f}"}
            if hours > BLOCKING_HOURS:
                amounts |= {"reviews": 1, "blocked": worker.say("{system} release", day, roll)}
            yield planned(
                worker.draft(
                    Kind.REVIEW_TURNAROUND,
                    day,
                    author="git:northfold",
                    source=f"git:northfold:{place}-{number}:reviews",
                    seen=Seen.ARTIFACT,
                    title=f"{amounts['reviews']} reviews given",
                    links=("board:review-times",),
                    amounts=amounts,
                )
            )


def _incidents(worker: Worker) -> Iterator[Planned]:
    roll = worker.roll("incidents")
    for day in spread(roll.randint(1, 3), worker.history, roll):
        yield _incident(worker, day, roll)


def _incident(worker: Worker, day: date, roll: Random) -> Planned:
    kind = roll.choice(told("work")["incidents"])
    recent = day > TODAY - RECENT
    role = "commander" if worker.member.manner in COMMANDED_BY else roll.choice(["author", "responder"])
    return planned(
        worker.draft(
            Kind.INCIDENT,
            day,
            seen=Seen.ARTIFACT,
            title=worker.say(kind["title"], day, roll),
            text=worker.say(kind["text"], day, roll),
            links=(f"incident:{day:%y%m%d}-{worker.member.handle[:3]}",),
            tag=Tag.IN_PROGRESS if recent else Tag.RESOLVED,
            remediation=kind["remediation"],
            remediated_on=min(later(day, 5), TODAY),
            principles=("ownership",) if role == "commander" else ("insist-on-the-highest-standards",),
            amounts={"avoidable": kind["avoidable"], "severity": kind["severity"], "role": role},
        ),
        later(day, roll.choice([0, 1, 1, 2, 3, 20])),
    )
