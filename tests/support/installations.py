"""An installation over an office, for services that run jobs: its clock and day, mail as the test says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from datumline.domain.people.access import Actor
from datumline.domain.problem import Problem
from datumline.jobs.tasks import TASKS
from datumline.services.context import Context
from datumline.services.job_running import run_one
from datumline.services.jobs import NoWorker
from datumline.services.opened import Opened
from datumline.services.outgoing import Outgoing
from datumline.store.troubles import trouble
from support.offices import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What the roof would hand over, as far as jobs ask for it."""

    office: Office
    outgoing: Outgoing
    clones: Path | None = None
    address: str = "https://datumline.firm.example"

    @property
    def home(self) -> Path:
        """The home's folder."""
        return self.office.context.home

    def context(self, actor: str | None = None) -> Context:
        """The office's context, as somebody."""
        held = Actor(operator=True) if actor is None else Actor(person=actor)
        return replace(self.office.context, actor=held)

    def trouble(self, error: Exception) -> Problem | None:
        """What a database error means."""
        return trouble(error)

    def work(self) -> None:
        """Run every job that may be tried now."""
        opened: Opened = self  # type: ignore[assignment] # the parts that jobs ask for
        while run_one(opened, TASKS, NoWorker()):
            pass
