"""A row about an incident as a draft. Pure."""

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

CONNECTOR = "incidents"


def incident_draft(
    fields: Mapping[str, Cell], *, written: DateFormat, today: date, resolve: Callable[[str], PersonId]
) -> Draft:
    """One person's part in the incident of a row. Raises Problem for any field that cannot be used.

    `resolve` finds the person and raises Problem when nobody is known by that name.
    """
    title, who = text(fields.get("title")), text(fields.get("person"))
    if not title or not who:
        raise Problem("no title" if not title else "no person", expected="what happened, and who took part")
    on = read_date(fields.get("on"), written)
    if on is None or on > today:
        raise Problem("no date" if on is None else f"{on} lies in the future", expected="the day it happened")
    link = text(fields.get("link"))
    said: dict[str, Json | date | None] = {
        "avoidable": flag(fields.get("avoidable"), field="avoidable"),
        "severity": text(fields.get("severity")),
        "role": _lower(text(fields.get("role"))),
        "system": text(fields.get("system")),
    }
    return Draft(
        kind=Kind.INCIDENT,
        author=f"{CONNECTOR}:table",
        occurred_on=on,
        subject=resolve(who),
        title=title,
        links=(link,) if link else (),
        seen=Seen.ARTIFACT if link else None,
        source=external_id(CONNECTOR, text(fields.get("id")), (who, title, on)),
        amounts={name: value for name, value in said.items() if value is not None},
    )


def _lower(value: str | None) -> str | None:
    return value.casefold() if value else None
