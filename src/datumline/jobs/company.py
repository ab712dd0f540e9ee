"""The workers on PostgreSQL: procrastinate hands jobs to any number of processes on any machine.

It knows one task: look at this job of ours. Its tables stand in a schema of their own and hold nothing that
the jobs' own rows do not say, so that they are made anew for another version of procrastinate, and whatever
it lost is put in again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.schema import SchemaManager
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from datumline.jobs.tasks import TASKS, ask_what_is_due
from datumline.services.job_running import end_of_thread, run_one
from datumline.services.jobs import JobId, unfinished
from datumline.services.opened import Opened

SCHEMA = "datumline_jobs"
TASK = "datumline.run"
LOCK = 0x646C_6A6F_6273_0001  # this lock's number among the database's advisory locks: "dljobs"
HEARTBEAT_SECONDS = 3.0
STALLED_SECONDS = 12.0  # four heartbeats that did not come
SWEEP_SECONDS = 5.0
CLOCK_SECONDS = 60.0
POLL_SECONDS = 2.0  # for a notice that was missed
log = logging.getLogger(__name__)


def prepare(address: str) -> None:
    """Make procrastinate's tables, or make them anew for another version of it; no job is lost by that."""
    installed = version("procrastinate")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            row = connection.execute(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [SCHEMA]
            ).fetchone()
            if row is None or row[0] != installed:
                _make(connection, installed)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _make(connection: psycopg.Connection[Any], installed: str) -> None:
    name = sql.Identifier(SCHEMA)
    with connection.transaction():
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
        connection.execute(SchemaManager.get_schema())
        connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(installed)))


def _where(address: str) -> str:
    """The same database, with procrastinate's schema as the one that its names mean."""
    before = conninfo_to_dict(address).get("options") or ""
    return make_conninfo(address, options=f"{before} -c search_path={SCHEMA}".strip())


class Company:
    """The queue: tells the workers, wherever they are."""

    def __init__(self, address: str) -> None:
        self._app = App(connector=SyncPsycopgConnector(conninfo=_where(address), min_size=0, max_size=2))
        self._app.open()

    def put(self, job: JobId, *, at: datetime | None = None) -> None:
        """Tell the workers, at once or from then on. A job that waits in the queue is not put twice."""
        schedule_at = None if at is None else at.astimezone(UTC)
        with suppress(AlreadyEnqueued):
            task = self._app.configure_task(TASK, queueing_lock=job, lock=job, schedule_at=schedule_at)
            task.defer(job=job)

    def put_what_is_lost(self) -> None:
        """Put in every job on record that is not ended and not in the queue."""
        queued = {each.task_kwargs.get("job") for each in self._app.job_manager.list_jobs(task=TASK)}
        for job in unfinished():
            if job.id not in queued:
                self.put(job.id, at=job.not_before)

    def close(self) -> None:
        """Let the connections go."""
        self._app.close()


def work(opened: Opened, address: str, *, ready: Callable[[], None]) -> None:
    """Run jobs in this process until it is told to stop."""
    queue = Company(address)
    app = App(connector=PsycopgConnector(conninfo=_where(address), min_size=1, max_size=4))

    @app.task(name=TASK)
    def run(job: str) -> None:
        try:
            run_one(opened, TASKS, queue, job)
        finally:
            end_of_thread()

    async def all_of_it() -> None:
        async with app.open_async():
            sweeping = asyncio.create_task(_again_and_again(app, opened, queue))
            ready()
            try:
                await app.run_worker_async(
                    concurrency=1,
                    fetch_job_polling_interval=POLL_SECONDS,
                    delete_jobs="always",
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                )
            finally:
                sweeping.cancel()

    try:
        asyncio.run(all_of_it())
    finally:
        queue.close()


async def _again_and_again(app: App, opened: Opened, queue: Company) -> None:
    """Put in again what a worker left that is gone, and what the queue does not know; ask what is due."""
    last = -CLOCK_SECONDS
    while True:
        try:
            for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                with suppress(ConnectorException):  # another worker was quicker
                    await app.job_manager.retry_job(stalled)
            due = time.monotonic() - last >= CLOCK_SECONDS
            last = time.monotonic() if due else last
            await asyncio.to_thread(_look, opened, queue, due=due)
        except Exception:
            log.exception("the queue could not be looked through; it is looked through again")
        await asyncio.sleep(SWEEP_SECONDS)


def _look(opened: Opened, queue: Company, *, due: bool) -> None:
    try:
        if due:
            ask_what_is_due(opened, queue)
        queue.put_what_is_lost()
    finally:
        end_of_thread()
