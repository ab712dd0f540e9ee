"""Documents and their use by others, projects, customers, decisions, and the people whom somebody helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from datumline.domain.evidence.entry import Dimension, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.services.demo.calendar import QUARTERS, later, spread
from datumline.services.demo.company import told
from datumline.services.demo.planned import Planned, planned
from datumline.services.demo.worker import Worker

STAFF, SENIOR = "L6", ("L5", "L6")
OFTEN, SELDOM = 0.8, 0.35  # chances


def reach(worker: Worker) -> Iterator[Planned]:
    """All of it for one person."""
    roll = worker.roll("reach")
    yield from _documents(worker, roll)
    yield from _ownership(worker, roll)
    yield from _projects(worker, roll)
    yield from _outcomes(worker, roll)
    yield from _others(worker, roll)


def _days(worker: Worker, name: str, roll: Random) -> list[date]:
    return spread(int(worker.manner[name]), worker.history, roll)


def _documents(worker: Worker, roll: Random) -> Iterator[Planned]:
    for number, day in enumerate(_days(worker, "documents", roll)):
        kind = told("work")["documents"][(number + len(worker.member.name)) % 5]
        name = f"NF-{worker.member.handle.split('.')[0]}-{number + 1}"
        title, widely = worker.say(kind["title"], day, roll), worker.member.manner == "strong"
        partners = worker.team(day)["partners"]
        amounts: dict[str, Any] = {
            "artifact": name,
            "type": kind["type"],
            "reviewed_by_team": True,
            "adopted_by": roll.sample(partners, 2) if widely and number % 2 == 0 else [],
            "first_review_passed": roll.random() < (OFTEN if widely else 0.6),
        }
        yield planned(
            worker.draft(
                Kind.ARTIFACT,
                day,
                seen=Seen.ARTIFACT,
                title=title,
                links=(f"doc:{name}",),
                dimension=Dimension.ARTIFACTS,
                amounts=amounts,
            )
        )
        if widely or roll.random() < SELDOM:
            yield from _citations(worker, name, day, roll)


def _citations(worker: Worker, name: str, written: date, roll: Random) -> Iterator[Planned]:
    for delay in sorted(roll.sample(range(15, 160), 2)):
        day = later(written, delay)
        if day > worker.until:
            return
        partner = roll.choice(worker.team(written)["partners"])
        yield planned(
            worker.draft(
                Kind.CITATION,
                day,
                seen=Seen.ARTIFACT,
                title=f"{partner} used {name}",
                text=roll.choice(told("work")["citations"]),
                links=(f"doc:{name}",),
                amounts={"artifact": name, "by_team": partner, "own_team": False},
            )
        )


def _ownership(worker: Worker, roll: Random) -> Iterator[Planned]:
    if worker.member.manner in {"newcomer", "patchy"}:
        return
    day = worker.history.start
    whole = worker.member.level in SENIOR
    services = roll.sample(worker.team(day)["systems"], 2 if worker.member.level == STAFF else 1)
    yield planned(
        worker.draft(
            Kind.OWNERSHIP,
            day,
            seen=Seen.OBSERVED,
            title=f"Owns {' and '.join(services)}",
            dimension=Dimension.SCOPE,
            amounts={"of": "service" if whole else "feature", "services": services, "end_to_end": whole},
        )
    )


def _projects(worker: Worker, roll: Random) -> Iterator[Planned]:
    for number, day in enumerate(_days(worker, "projects", roll)):
        said = told("work")["projects"][(number + len(worker.member.name)) % 4]
        partner = roll.choice(worker.team(day)["partners"])
        yield planned(
            worker.draft(
                Kind.CROSS_TEAM_PROJECT,
                day,
                seen=Seen.OBSERVED,
                title=worker.say(said["title"], day, roll, partner=partner),
                text=worker.say(said["text"], day, roll, partner=partner),
                dimension=Dimension.LEVERAGE,
                principles=("ownership",),
                links=(f"doc:project-{worker.member.handle}-{number + 1}",),
                amounts={"owned": True, "teams": [worker.team(day)["name"], partner]},
            )
        )


def _outcomes(worker: Worker, roll: Random) -> Iterator[Planned]:
    strong = worker.member.manner in {"strong", "improving", "recovering"}
    for number, day in enumerate(_days(worker, "impacts", roll)):
        said = told("work")["impacts"][number % 2 if strong else roll.randint(0, 2)]
        yield planned(
            worker.draft(
                Kind.CUSTOMER_IMPACT,
                day,
                seen=Seen.ARTIFACT,
                title=worker.say(said["title"], day, roll),
                text=worker.say(said["text"], day, roll),
                dimension=Dimension.IMPACT,
                principles=("customer-obsession",),
                amounts={
                    "measured": said["measured"],
                    "who": worker.team(day)["customers"],
                    **({"how_measured": said["how"]} if said["how"] else {}),
                },
            )
        )
    for number, day in enumerate(_days(worker, "trade_offs", roll)):
        said = told("work")["trade_offs"][number % 2 if strong else roll.randint(0, 2)]
        yield planned(
            worker.draft(
                Kind.TRADE_OFF,
                day,
                seen=Seen.ARTIFACT,
                title=worker.say(said["title"], day, roll),
                text=worker.say(said["text"], day, roll),
                principles=("dive-deep", "are-right-a-lot") if said["with_data"] else ("dive-deep",),
                amounts={
                    "with_data": said["with_data"],
                    "options": said["options"],
                    **({"data": said["data"]} if said["data"] else {}),
                },
            )
        )


def _others(worker: Worker, roll: Random) -> Iterator[Planned]:
    helps = int(worker.manner["reach"])
    others = [each for each in worker.company.engineers if each.unit == worker.member.unit]
    colleagues = [each.name for each in others if each != worker.member]
    younger = [each.name for each in others if each.level < worker.member.level]
    for quarter in QUARTERS:
        span = worker.span(quarter)
        for day in spread(helps, span, roll) if span else ():
            yield planned(
                worker.draft(
                    Kind.UNBLOCKED,
                    day,
                    seen=Seen.OBSERVED,
                    text=worker.say(roll.choice(told("work")["unblocked"]), day, roll),
                    amounts={"whom": roll.choice(colleagues)},
                )
            )
    if worker.member.level == STAFF:
        for day in spread(3, worker.history, roll):
            yield _direction(worker, day, roll)
    for day in spread(helps - 1, worker.history, roll) if helps > 1 else ():
        yield _mentorship(worker, day, roll.choice(younger), roll)


def _direction(worker: Worker, day: date, roll: Random) -> Planned:
    return planned(
        worker.draft(
            Kind.DIRECTION,
            day,
            seen=Seen.OBSERVED,
            title=worker.say(roll.choice(told("work")["directions"]), day, roll),
            dimension=Dimension.LEVERAGE,
            amounts={"followers": roll.randint(4, 14)},
        )
    )


def _mentorship(worker: Worker, day: date, whom: str, roll: Random) -> Planned:
    return planned(
        worker.draft(
            Kind.MENTORSHIP,
            day,
            seen=Seen.OBSERVED,
            amounts={"whom": whom, "outcome": worker.say(roll.choice(told("work")["mentorship"]), day, roll)},
        )
    )
