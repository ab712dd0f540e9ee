"""What the pages' benchmarks run in processes of their own: a large organisation, and somebody who writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, cycle
from time import perf_counter, sleep
from uuid import UUID

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.people import email_of
from datumline.services.projecting import refresh
from datumline.store import accounts, people
from datumline.store.ledger import place

PASSWORD = "a bench of no use to anybody"  # noqa: S105 - of invented people
EVERY_SECONDS = 0.2
TEAM = 7
TOGETHER = 2000  # drafts in one transaction
PROMISES = 4
SOURCE = "import:bench"


def prepare(context: Context, scale: int) -> dict[str, str]:
    """Bring the organisation to so many people, and let a manager of it sign in; gives their address."""
    there = people.known_now().chart(context.at())
    manager = max(there.people, key=lambda each: (len(there.reports_of(each)), each))
    drafts = _engineers(scale - len(there.people), context.today)
    while part := [draft for _, draft in zip(range(TOGETHER), drafts, strict=False)]:
        place(part, clock=context.clock)
    accounts.found("Bench", context.clock())
    made = accounts.make(
        email=email_of(there.people[manager]), person=manager, at=context.clock(), password=PASSWORD
    )
    refresh(context, limit=len(there.people))
    return {"email": made.email, "password": PASSWORD, "person": there.reports_of(manager)[0]}


def _engineers(number: int, today: date) -> Iterator[Draft]:
    """So many people in teams, each with a few promises kept; the first of a team leads it."""
    lead = ""
    for n in range(max(number, 0)):
        person = str(UUID(int=(4 << 76) | (2 << 62) | n << 8, version=4))
        leads = n % (TEAM + 1) == 0
        yield _said(person, Kind.PROFILE, today - timedelta(days=900), {"name": f"Person {n}"})
        lead = person if leads else lead
        stands: dict[str, Json | date] = {"role": "engineer", "team": f"Team {n // (TEAM + 1)}"}
        stands |= {} if leads else {"manager": lead}
        yield _said(person, Kind.POSITION, today - timedelta(days=900), stands)
        for week in range(PROMISES):
            due = today - timedelta(weeks=2 + week * 3)
            yield _said(person, Kind.COMMITMENT, due, {"work": f"Piece {week}", "due": due, "delivered": due})


def _said(person: PersonId, kind: Kind, day: date, amounts: dict[str, Json | date]) -> Draft:
    return Draft(kind=kind, author=SOURCE, subject=person, occurred_on=day, amounts=amounts)


def write_on(context: Context) -> None:
    """Write an entry about one engineer after the other, five in a second, until the process is ended."""
    chart = people.known_now().chart(context.at())
    engineers = cycle([each for each in chart.people if chart.manager_of(each)])
    for number in count():
        began = perf_counter()
        new = Draft(
            kind=Kind.OCCURRENCE,
            author=SOURCE,
            subject=next(engineers),
            occurred_on=context.today,
            title=f"Seen while pages were asked for, {number}",
            seen=Seen.OBSERVED,
        )
        place([new], clock=context.clock)
        sleep(max(0.0, EVERY_SECONDS - (perf_counter() - began)))
