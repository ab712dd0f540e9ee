"""What the roof hands to every shell: a way to ask, as somebody, at some time, in this home."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from datumline.domain.problem import Problem
from datumline.services.context import Context, Mode

if TYPE_CHECKING:  # a command that neither mails nor asks for jobs starts without them
    from datumline.services.jobs import JobQueue
    from datumline.services.outgoing import Outgoing


class Opened(Protocol):
    """An installation, opened. The shells see this and never the wiring behind it."""

    @property
    def home(self) -> Path:
        """The folder that holds all state (`DATUMLINE_HOME`)."""

    def for_demo(self) -> Opened:
        """The same over the demo's own folder, unless the environment names one."""

    def context(self, actor: str | None = None) -> Context:
        """A request's context. `actor` names a person; None is the operator of this machine."""

    @property
    def outgoing(self) -> Outgoing:
        """Where mail goes; it says itself whether a server is configured. Raises Problem."""

    @property
    def address(self) -> str:
        """Where people reach the pages (`DATUMLINE_ADDRESS`); empty where only this machine does."""

    @property
    def alone_possible(self) -> bool:
        """Whether a home without an owner can be one person's own: nobody else reaches the pages."""

    @property
    def first_run_code(self) -> str:
        """What whoever claims a home without an owner has to know; empty where only its owner gets here."""

    def settling(self, mode: Mode) -> AbstractContextManager[None]:
        """Say whose the home is, once, when the block ends well; nobody else does meanwhile.

        Raises Problem when that was said already, or is being said by somebody else.
        """

    @property
    def clones(self) -> Path | None:
        """The folder of git clones that a page may name (`DATUMLINE_CLONES`); None where none is set."""

    @property
    def jobs(self) -> JobQueue:
        """Whoever runs the jobs of this home."""

    def work(self, *, ready: Callable[[], None]) -> None:
        """Run jobs until stopped, on PostgreSQL. Raises Problem on SQLite, where the server itself does."""

    def new_home(
        self,
        *,
        origin: str | None = None,
        mode: Mode | None = None,
        today: date | None = None,
        folder: Path | None = None,
    ) -> AbstractContextManager[Path]:
        """A home to be filled inside the block, empty and without tables; kept only if the block ends well.

        `folder` None is the home that the environment names; it must be empty. Raises Problem if it is not.
        """

    def trouble(self, error: Exception) -> Problem | None:
        """What an error from the database means in one line; None for any other error."""

    def serve(self, *, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
        """Serve the pages until stopped; `ready` is called when nothing stands in the way."""
