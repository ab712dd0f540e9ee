"""How far a running job has come, said outside the transaction that the job may be in.

PostgreSQL takes a second connection. SQLite has one writer, who may be the job itself for many seconds: there
it is a line in a file beside the database, on the one machine that there is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from datumline.store.jobs import Job, LostJobError, State

FOLDER = "jobs"


class Meter:
    """Where one run of a job says how far it has come. Used as a context; what it holds ends with it."""

    def __init__(self, home: Path, job: Job) -> None:
        self._job = job
        self._side: BaseDatabaseWrapper | None = None
        self._file: Path | None = None
        if connection.vendor == "postgresql":
            self._side = connections.create_connection("default")
        else:
            self._file = home / FOLDER / job.id
            with suppress(OSError):
                self._file.parent.mkdir(mode=0o700, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        del kind, error, where
        if self._side is not None:
            self._side.close()
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def say(self, done: int, total: int | None) -> None:
        """Say it. Raises LostJobError when another worker has the job now."""
        if self._side is not None:
            self._in_database(self._side, done, total)
        elif self._file is not None:
            self._in_file(self._file, done, total)

    def _in_database(self, side: BaseDatabaseWrapper, done: int, total: int | None) -> None:
        with side.cursor() as cursor:
            cursor.execute(
                "UPDATE job SET done = %s, total = %s WHERE id = %s AND token = %s AND state = %s",
                [done, total, self._job.id, self._job.token, State.RUNNING.value],
            )
            if cursor.rowcount != 1:
                raise LostJobError(self._job.id)

    def _in_file(self, file: Path, done: int, total: int | None) -> None:
        """A whole file or the one before; a disk that takes no more of it does not stop the job."""
        draft = file.with_suffix(".new")
        with suppress(OSError):
            draft.write_text(f"{self._job.token} {done} {'' if total is None else total}", encoding="ascii")
            draft.replace(file)


def with_progress(home: Path, job: Job) -> Job:
    """The job with how far it has come, where that stands beside the database."""
    if connection.vendor == "postgresql" or job.state is not State.RUNNING:
        return job
    try:
        said = (home / FOLDER / job.id).read_text(encoding="ascii").split(" ")
    except OSError:
        return job
    if len(said) != 3 or said[0] != str(job.token):  # noqa: PLR2004 - token, done, total
        return job
    return replace(job, done=int(said[1]), total=int(said[2]) if said[2] else None)
