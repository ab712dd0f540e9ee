"""Who runs the jobs of a home: a thread of a serving process on SQLite, workers on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

from datumline.domain.problem import Problem
from datumline.jobs.in_process import InProcess
from datumline.services.jobs import JobQueue, NoWorker
from datumline.services.opened import Opened

_here: list[InProcess] = []  # the thread of this process, once it was started


def start_here(opened: Opened) -> InProcess:
    """Start the thread that runs the jobs of a home on SQLite, when it is this process's turn."""
    worker = InProcess(opened)
    _here.append(worker)
    worker.start()
    return worker


def queue_of(database_url: str | None) -> JobQueue:
    """Where this process says that a job waits."""
    if database_url is None:
        return _here[-1] if _here else NoWorker()
    from datumline.jobs.company import Company, prepare  # noqa: PLC0415 - a home on SQLite starts without it

    prepare(database_url)
    return Company(database_url)


def work(opened: Opened, database_url: str | None, *, ready: Callable[[], None]) -> None:
    """Run jobs in this process until stopped. Raises Problem on SQLite."""
    if database_url is None:
        raise Problem(
            "a home on SQLite has its worker in `datumline serve`",
            where="DATUMLINE_DATABASE_URL",
            expected="a PostgreSQL database",
        )
    from datumline.jobs import company  # noqa: PLC0415 - as above

    company.prepare(database_url)
    company.work(opened, database_url, ready=ready)
