"""An opened home with an office in it: invented people, ready for services to be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from datumline.config.wiring import open_home
from datumline.domain.people.access import Actor
from datumline.services.context import Context
from datumline.services.imports.mapping import Reading
from datumline.services.imports.people import import_people
from datumline.services.imports.report import Report
from datumline.services.people import find_person
from support.homes import Home

TODAY = date(2026, 6, 30)
PEOPLE = """name,email,manager,team,unit,level,role,start date,handles
Vera Lind,vera@firm.example,,,core,,director,2019-03-01,
Mona Reyes,mona@firm.example,vera@firm.example,billing,core,,engineering-manager,2020-03-12,github:mona
Nils Aho,nils@firm.example,vera@firm.example,search,core,,engineering-manager,2020-03-12,
Ines Okafor,ines@firm.example,mona@firm.example,billing,core,L4,engineer,2021-04-03,github:ines
Jens Holm,jens@firm.example,mona@firm.example,billing,core,L5,engineer,2021-05-06,
Hana Sato,hana@firm.example,vera@firm.example,,core,,hr-partner,2022-01-01,
Abel Roth,abel@firm.example,vera@firm.example,,core,,admin,2022-01-01,
"""


def on_that_day() -> datetime:
    """A clock that stands still; the ledger keeps its entries apart by itself."""
    return datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A home with its database open in this process, and a folder for files."""

    folder: Path
    context: Context

    def on(self, day: date) -> Office:
        """The same office on another day."""

        def clock() -> datetime:
            return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)

        return Office(folder=self.folder, context=_context(self.context.home, self.context.actor, day, clock))

    def as_person(self, email: str) -> Context:
        """The context of somebody of the office."""
        actor = Actor(person=find_person(self.context, email).id)
        return _context(self.context.home, actor, self.context.today, self.context.clock)

    def person(self, text: str) -> str:
        """The id of somebody of the office."""
        return find_person(self.context, text).id

    def file(self, content: str | bytes, name: str = "table.csv") -> Path:
        """A file with that content."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def people(self, content: str | bytes = PEOPLE, *, dry_run: bool = False, **columns: str) -> Report:
        """Import people."""
        return import_people(self.context, self.file(content), Reading(columns=columns), dry_run=dry_run)


def opened(home: Home, folder: Path) -> Office:
    """Open a test's home in this process, on a fixed day, as the operator."""
    installation = open_home(home.folder, database_url=home.database_url)
    return Office(
        folder=folder, context=_context(installation.folder, Actor(operator=True), TODAY, on_that_day)
    )


def _context(home: Path, actor: Actor, today: date, clock: Callable[[], datetime]) -> Context:
    return Context(actor=actor, clock=clock, today=today, home=home)
