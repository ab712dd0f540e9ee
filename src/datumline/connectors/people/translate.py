"""A row about a person as facts, and the facts as drafts. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from datumline.connectors.table.columns import flag, text
from datumline.connectors.table.dates import Cell, DateFormat, read_date
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.identity import email_key
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_SEPARATORS = re.compile(r"[;,\s]+")
LONGEST_NAME = 200
DUTY_NAMES = {"admin": "admin", "administrator": "admin", "hr-partner": "hr-partner"}
PLACE_TEXTS = ("team", "unit", "level", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """What one row says.

    Attributes:
        line: of the file.
        emails: the first is the one that managers are named by.
        place: the position's fields that the row says; `manager` is kept apart, for it is an e-mail here.
        manager: the manager's e-mail; None for an empty cell, which says that there is none.
        says_manager: whether the table has that column at all.
        effective: the day from which the position holds, if the row says so.
    """

    line: int
    name: str
    emails: tuple[str, ...]
    handles: tuple[str, ...] = ()
    zone: str | None = None
    manager: str | None = None
    says_manager: bool = False
    place: Mapping[str, Json | date]
    effective: date | None = None


def read_person(line: int, fields: Mapping[str, Cell], written: DateFormat) -> PersonRow:
    """The facts of one row. Raises Problem for the first field that cannot be used."""
    name = text(fields.get("name"))
    if not name or len(name) > LONGEST_NAME:
        raise Problem("no name" if not name else "a name that is too long", expected="a person's name")
    emails = _emails(fields.get("email"), "email")
    if not emails:
        raise Problem("no e-mail", expected="an e-mail address, by which this person is known again")
    return PersonRow(
        line=line,
        name=name,
        emails=emails,
        handles=tuple(part for part in _SEPARATORS.split(text(fields.get("handles")) or "") if part),
        zone=_zone(text(fields.get("zone"))),
        manager=next(iter(_emails(fields.get("manager"), "manager")), None),
        says_manager="manager" in fields,
        place=_place(fields, written),
        effective=read_date(fields.get("effective"), written),
    )


def _emails(cell: Cell, field: str) -> tuple[str, ...]:
    found = tuple(email_key(part) for part in _SEPARATORS.split(text(cell) or "") if part)
    wrong = next((part for part in found if not _EMAIL.fullmatch(part)), None)
    if wrong is not None:
        raise Problem(f"{field} is '{wrong}'", expected="an e-mail address")
    return tuple(dict.fromkeys(found))


def _zone(name: str | None) -> str | None:
    if name is not None and name not in _zones():
        raise Problem(f"time zone is '{name}'", expected="a name such as Europe/Berlin")
    return name


@cache
def _zones() -> frozenset[str]:
    """Asked for once: to list them means to walk through folders."""
    return frozenset(available_timezones())


def _place(fields: Mapping[str, Cell], written: DateFormat) -> dict[str, Json | date]:
    said: dict[str, Json | date] = {name: text(fields.get(name)) for name in PLACE_TEXTS}
    said["role"] = _role(text(fields.get("role")))
    said["start_date"] = read_date(fields.get("start_date"), written)
    said["active"] = flag(fields.get("active"), field="active")
    return {name: value for name, value in said.items() if value is not None}


def _role(written: str | None) -> str | None:
    """The role as it was written, its duties by the names that rights go by: `Administrator` is `admin`."""
    if written is None:
        return None
    parts = [part.strip() for part in written.split(",") if part.strip()]
    return ", ".join(DUTY_NAMES.get("-".join(part.casefold().split()), part) for part in parts) or None


def profile_of(row: PersonRow) -> dict[str, Json | date]:
    """The row's facts about who the person is, as the amounts of a profile. An empty cell says nothing."""
    said: dict[str, Json | date] = {"name": row.name, "emails": list(row.emails)}
    if row.handles:
        said["handles"] = list(row.handles)
    return said | ({"zone": row.zone} if row.zone else {})


def profile_draft(person: PersonId, said: Mapping[str, Json | date], *, author: str, on: date) -> Draft:
    """Who the person is from the day `on`: all of it, for a profile replaces the one before."""
    return Draft(kind=Kind.PROFILE, author=author, occurred_on=on, subject=person, amounts=said)


def position_draft(person: PersonId, said: Mapping[str, Json | date], *, author: str, on: date) -> Draft:
    """Where the person stands from the day `on`: only what is new or different."""
    return Draft(kind=Kind.POSITION, author=author, occurred_on=on, subject=person, amounts=said)
