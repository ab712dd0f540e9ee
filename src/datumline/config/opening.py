"""A home that is opened when a command first asks: commands that need no records never touch one."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from datumline.domain.problem import Problem

if TYPE_CHECKING:
    from datumline.config.home import Home
    from datumline.services.context import Context, Mode
    from datumline.services.jobs import JobQueue
    from datumline.services.outgoing import Outgoing


LISTENS = "DATUMLINE_LISTENS"  # said by `serve` to the processes that it starts
LOOPBACK, BEYOND = "loopback", "beyond"


def check_port(host: str, port: int) -> None:
    """Raise Problem when something else answers there: the server itself would say it in many lines."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as wrong:
            raise Problem(
                wrong.strerror or "cannot listen", where=f"{host}:{port}", expected="a free port, see --port"
            ) from wrong


class LazyInstallation:
    """What every shell is handed (`services.opened.Opened`)."""

    @property
    def home(self) -> Path:
        """The folder that holds all state; asking for it opens nothing."""
        from datumline.config.home import home_folder  # noqa: PLC0415 - a start without a home stays quick

        return home_folder()

    def for_demo(self) -> LazyInstallation:
        """The same over the demo's own folder, so that nobody's records are mixed with invented ones."""
        from platformdirs import user_data_path  # noqa: PLC0415 - as above

        from datumline.config.home import DEMO_FOLDER, HOME  # noqa: PLC0415 - as above

        os.environ.setdefault(HOME, str(user_data_path(DEMO_FOLDER)))
        return self

    @cached_property
    def _said(self) -> Home:
        from datumline.config.wiring import open_home  # noqa: PLC0415 - as above

        return open_home()

    def context(self, actor: str | None = None) -> Context:
        """A request's context in the opened home. `actor` names a person; None is the operator."""
        from datumline.config.wiring import context_of  # noqa: PLC0415 - as above

        return context_of(self._settled, actor)

    @property
    def _settled(self) -> Home:
        """The home; as long as nobody has said whose it is, that is looked up anew each time."""
        from datumline.config.wiring import whose  # noqa: PLC0415 - as above

        if self._said.mode is None:
            self._said = whose(self._said)
        return self._said

    @contextmanager
    def settling(self, mode: Mode) -> Iterator[None]:
        """Say whose the home is, once, when the block ends well; nobody else does meanwhile.

        Raises Problem when that was said already, or is being said by somebody else.
        """
        from datumline.config.home import FIRST_RUN, FIRST_RUN_LOCK, read_home, settle  # noqa: PLC0415 - as above
        from datumline.store.import_lock import held  # noqa: PLC0415 - as above

        with held(self._said.folder / FIRST_RUN_LOCK) as mine:
            if not mine or read_home(self._said.folder).mode is not None:
                raise Problem("it has been said whose this home is", expected="a home at its first run")
            yield
            settle(self._said.folder, mode)
            (self._said.keys / FIRST_RUN).unlink(missing_ok=True)

    @property
    def address(self) -> str:
        """Where people reach the pages, as the environment says; empty where only this machine does."""
        from datumline.config.doors import doors  # noqa: PLC0415 - as above

        return doors(os.environ).address

    @property
    def alone_possible(self) -> bool:
        """Whether a home without an owner can be one person's own: nobody else reaches the pages."""
        return not self.address and os.environ.get(LISTENS) == LOOPBACK

    @property
    def first_run_code(self) -> str:
        """What whoever claims a home without an owner has to know; empty where only its owner gets here."""
        from datumline.config.home import first_run_code  # noqa: PLC0415 - as above

        return "" if self.alone_possible and not self._said.database_url else first_run_code(self._said)

    @cached_property
    def outgoing(self) -> Outgoing:
        """Where mail goes, as the environment says."""
        from datumline.config.mailing import outgoing  # noqa: PLC0415 - as above

        return outgoing(os.environ)

    @property
    def clones(self) -> Path | None:
        """The folder of git clones that a page may name."""
        named = os.environ.get("DATUMLINE_CLONES")
        return Path(named).expanduser().absolute() if named else None

    @cached_property
    def jobs(self) -> JobQueue:
        """Whoever runs the jobs of this home."""
        from datumline.config.working import queue_of  # noqa: PLC0415 - as above

        return queue_of(self._said.database_url)

    def work(self, *, ready: Callable[[], None]) -> None:
        """Run jobs until stopped."""
        from datumline.config.working import work  # noqa: PLC0415 - as above

        self.outgoing  # noqa: B018 - as in `check_start`
        work(self, self._said.database_url, ready=ready)

    def new_home(
        self,
        *,
        origin: str | None = None,
        mode: Mode | None = None,
        today: date | None = None,
        folder: Path | None = None,
    ) -> AbstractContextManager[Path]:
        """A home to be filled inside the block; kept only if the block ends well."""
        from datumline.config.home import DATABASE_URL  # noqa: PLC0415 - as above
        from datumline.config.wiring import new_home  # noqa: PLC0415 - as above

        return new_home(
            folder or self.home,
            database_url=os.environ.get(DATABASE_URL),
            origin=origin,
            mode=mode,
            today=today,
        )

    def trouble(self, error: Exception) -> Problem | None:
        """What an error from the database means in one line; None for any other error."""
        from datumline.store.troubles import trouble  # noqa: PLC0415 - as above

        return trouble(error)

    def check_start(self) -> None:
        """Raises Problem for settings under which nobody should be served."""
        from datumline.config import page_settings  # noqa: PLC0415 - as above
        from datumline.config.starting import check_start  # noqa: PLC0415 - as above

        check_start(page_settings, self._settled, address=self.address)
        self.outgoing  # noqa: B018 - half a mail server is refused here, not when the first letter leaves

    def serve(self, *, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
        """Serve the pages until stopped. Raises Problem when the port is taken."""
        from multiprocessing import set_start_method  # noqa: PLC0415 - as above

        from granian import Granian  # noqa: PLC0415 - as above
        from granian.constants import Interfaces  # noqa: PLC0415 - as above

        os.environ["DATUMLINE_HOME"] = str(self._said.folder)
        os.environ[LISTENS] = LOOPBACK if ip_address(host).is_loopback else BEYOND
        self.check_start()
        check_port(host, port)
        set_start_method("spawn", force=True)  # a fork would keep the settings that commands have
        ready()
        Granian(
            "datumline.config.wsgi:application",
            address=host,
            port=port,
            workers=workers,
            blocking_threads=1,
            interface=Interfaces.WSGI,
            log_enabled=False,
        ).serve()
