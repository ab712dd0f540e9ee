"""A row about a commitment as a draft. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from datumline.connectors.table.columns import flag, text
from datumline.connectors.table.dates import Cell, DateFormat, read_date
from datumline.connectors.table.external import external_id
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

CONNECTOR = "commitments"


def commitment_draft(
    fields: Mapping[str, Cell], *, written: DateFormat, today: date, resolve: Callable[[str], PersonId]
) -> Draft:
    """The commitment in a row.

    It occurred on the day that it was made, else when it was due, and never later than `today`. `resolve`
    finds the owner and raises Problem when nobody is known by that name. Raises Problem for any field that
    cannot be used.
    """
    work, owner = text(fields.get("work")), text(fields.get("owner"))
    if not work or not owner:
        raise Problem("no work" if not work else "no owner", expected="what is due, and whose it is")
    due = read_date(fields.get("due"), written)
    if due is None:
        raise Problem("no due date", expected="the day on which it is due")
    delivered = read_date(fields.get("delivered"), written)
    if delivered is not None and delivered > today:
        raise Problem(
            f"delivered on {delivered}, in the future", expected="a day up to today, or an empty cell"
        )
    person = resolve(owner)
    link = text(fields.get("link"))
    said: dict[str, Json | date | None] = {
        "work": work,
        "due": due,
        "delivered": delivered,
        "scope_note": text(fields.get("scope_note")),
        "team_goal": flag(fields.get("team_goal"), field="team goal"),
    }
    return Draft(
        kind=Kind.COMMITMENT,
        author=f"{CONNECTOR}:table",
        occurred_on=min(read_date(fields.get("made"), written) or due, today),
        subject=person,
        title=work,
        links=(link,) if link else (),
        seen=Seen.ARTIFACT if link else None,
        source=external_id(CONNECTOR, text(fields.get("id")), (owner, work, due)),
        amounts={name: value for name, value in said.items() if value is not None or name == "delivered"},
    )
