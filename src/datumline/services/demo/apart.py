"""Who stood in, who is too near to somebody, and the one record that was opened against the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.verdict import Json
from datumline.services.demo.calendar import working, written_at
from datumline.services.demo.company import Company, told
from datumline.services.demo.planned import Planned

MINUTES = 60  # for which the opening was let in


def apart(made: Company) -> Iterator[Planned]:
    """Covers, conflicts and the opening, as the data tells of them."""
    said = told("apart")
    for cover in said["covers"]:
        amounts = {"by": made.members[cover["by"]].id, "starts": cover["starts"], "ends": cover["ends"]}
        yield _said(made, Kind.LEAVE_COVER, cover, amounts)
    for conflict in said["conflicts"]:
        amounts = {"with": made.members[conflict["with"]].id, "why": conflict["why"]}
        yield _said(made, Kind.CONFLICT, conflict, amounts)
    for opening in said["openings"]:
        yield from _opening(made, opening)


def _said(made: Company, kind: Kind, said: Any, amounts: dict[str, Any]) -> Planned:
    draft = Draft(
        kind=kind,
        author=made.members[said["says"]].id,
        subject=made.members[said["about"]].id,
        occurred_on=said["day"],
        amounts=amounts,
    )
    return Planned(draft=draft, at=written_at(working(said["day"])))


def _opening(made: Company, said: Any) -> Iterator[Planned]:
    """Asked for, let in a quarter of an hour later, closed within the hour, reviewed some days after."""
    name, asked_at = f"opening {said['about']}", written_at(said["day"])

    def step(kind: Kind, by: str, at: datetime, text: str = "", **amounts: Json) -> Planned:
        person = made.members[by].id
        draft = Draft(
            kind=kind,
            author=person,
            subject=made.members[said["about"]].id,
            occurred_on=at.date(),
            text=text,
            amounts={"by": person, **amounts},
        )
        first = kind is Kind.BREAK_GLASS
        return Planned(
            draft=draft, at=at, name=name if first else "", names={} if first else {"opening": name}
        )

    yield step(Kind.BREAK_GLASS, said["asks"], asked_at, said["words"], basis=said["basis"])
    opened_at = asked_at + timedelta(minutes=15)
    yield step(Kind.BREAK_GLASS_OPENED, said["lets_in"], opened_at, minutes=MINUTES)
    yield step(Kind.BREAK_GLASS_CLOSED, said["asks"], opened_at + timedelta(minutes=35))
    yield step(Kind.BREAK_GLASS_REVIEWED, said["reviews"], written_at(said["reviewed"]), said["finding"])
