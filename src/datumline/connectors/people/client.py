"""Goes through a table of people, row by row, with the columns found by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from datumline.connectors.table.client import Line, open_table
from datumline.connectors.table.columns import Columns, Layout, find_columns

LAYOUT = Layout(
    aliases={
        "name": ("name", "full name", "display name", "employee name", "employee"),
        "email": ("email", "e mail", "email address", "mail", "work email", "work e mail"),
        "handles": ("handles", "handle", "github", "login", "username"),
        "manager": ("manager", "manager email", "reports to", "line manager", "supervisor", "manager e mail"),
        "team": ("team", "team name", "squad"),
        "unit": ("unit", "department", "org unit", "division", "business unit"),
        "level": ("level", "grade", "job level"),
        "role": ("role", "title", "job title", "position"),
        "start_date": ("start date", "hire date", "joined", "joined on", "start", "date of hire"),
        "zone": ("time zone", "timezone", "zone", "tz"),
        "active": ("active", "status", "employment status"),
        "effective": ("effective date", "effective", "effective from", "valid from", "as of"),
    },
    required=("name", "email"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTable:
    """An opened table of people: which columns it has, and its rows once."""

    path: Path
    encoding: str
    columns: Columns
    lines: Iterator[Line]


def open_people(path: Path, chosen: Mapping[str, str]) -> PeopleTable:
    """The table in a file. `chosen` maps fields to headers where names differ. Raises Problem."""
    table = open_table(path)
    columns = find_columns(table.headers, LAYOUT, chosen, where=str(path))
    return PeopleTable(path=path, encoding=table.encoding, columns=columns, lines=table.lines)
