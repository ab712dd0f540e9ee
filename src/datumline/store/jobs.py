"""Jobs in the database: asked for, claimed by a worker, ended.

Who claimed a job last alone may write about it: each claim raises the job's `token`, and whatever a worker
writes names the token that it was given. A worker that was taken for dead and is not finds its token passed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from django.db import connection

from datumline.domain.evidence.chain import moment, stamp
from datumline.domain.verdict import Json
from datumline.store.sql import Value, marks

JobId = str
COLUMNS = (
    "id, kind, arguments, asked_by, asked_at, state, not_before, token, attempts, started_at, ended_at, "
    "done, total, result, error"
)


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (State.WAITING.value, State.RUNNING.value)


class LostJobError(Exception):
    """Another worker has the job now: this one must write nothing more about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job as its row says it.

    Attributes:
        kind: which task.
        asked_by: a person's id, `operator`, or `datumline` for what the installation asks of itself.
        not_before: when it may be tried next.
        token: counts the claims; see the module.
        attempts: how often it was begun.
        done, total: how far it has come; `total` None where that is not known.
        result: what came of it.
        error: why it failed, or what is waited for.
    """

    id: JobId
    kind: str
    arguments: Mapping[str, Json]
    asked_by: str
    asked_at: datetime
    state: State
    not_before: datetime
    token: int = 0
    attempts: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    done: int = 0
    total: int | None = None
    result: Mapping[str, Json] | None = None
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is not ended."""
        return self.state.value in OPEN


def add(
    kind: str, arguments: Mapping[str, Json], *, asked_by: str, at: datetime, once: str | None = None
) -> JobId | None:
    """Ask for a job; None when one was asked for under the same `once` before."""
    made = uuid4().hex
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO job (id, kind, arguments, asked_by, asked_at, once, state, not_before, token, "
            f"attempts, done, error) VALUES ({marks(12)}) ON CONFLICT DO NOTHING",
            [
                made,
                kind,
                json.dumps(arguments, ensure_ascii=False),
                asked_by,
                stamp(at),
                once,
                State.WAITING.value,
                stamp(at),
                0,
                0,
                0,
                "",
            ],
        )
        return made if cursor.rowcount == 1 else None


def find(job: JobId) -> Job | None:
    """The job of that id."""
    return next(iter(_read("WHERE id = %s", [job])), None)


def asked_once(once: str) -> Job | None:
    """The job that was asked for under that name."""
    return next(iter(_read("WHERE once = %s", [once])), None)


def latest(most: int) -> list[Job]:
    """The jobs asked for last, newest first."""
    return _read("ORDER BY asked_at DESC, id LIMIT %s", [most])


def unfinished() -> list[Job]:
    """Every job that is not ended, oldest first."""
    return _read(f"WHERE state IN ({marks(len(OPEN))}) ORDER BY asked_at, id", list(OPEN))


def of_kinds(kinds: Collection[str], most: int) -> list[Job]:
    """The latest jobs of these kinds, newest first."""
    return _read(f"WHERE kind IN ({marks(len(kinds))}) ORDER BY asked_at DESC, id LIMIT %s", [*kinds, most])


def claim(kinds: Collection[str], *, now: datetime, job: JobId | None = None) -> Job | None:
    """Take the oldest job that may be tried, or that very one; None when there is none.

    A job that runs already is taken too: whoever calls knows that its worker is gone, or is fenced off.
    """
    condition = f"state IN ({marks(len(OPEN))}) AND not_before <= %s AND kind IN ({marks(len(kinds))})"
    values: list[Value] = [*OPEN, stamp(now), *kinds]
    if job is not None:
        condition, values = f"{condition} AND id = %s", [*values, job]
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE job SET state = %s, token = token + 1, attempts = attempts + 1, done = 0, total = NULL, "
            "started_at = COALESCE(started_at, %s) WHERE id = "
            f"(SELECT id FROM job WHERE {condition} ORDER BY not_before, asked_at, id LIMIT 1 {skip}) "
            f"RETURNING {COLUMNS}",
            [State.RUNNING.value, stamp(now), *values],
        )
        row = cursor.fetchone()
    return None if row is None else _job(row)


def finish(job: Job, result: Mapping[str, Json], *, now: datetime) -> None:
    """End it well. Raises LostJobError."""
    said = json.dumps(result, ensure_ascii=False)
    _write(job, "state = %s, result = %s, error = '', ended_at = %s", [State.DONE.value, said, stamp(now)])


def fail(job: Job, error: str, *, now: datetime) -> None:
    """End it badly, with the one line that says why. Raises LostJobError."""
    _write(job, "state = %s, error = %s, ended_at = %s", [State.FAILED.value, error, stamp(now)])


def again(job: Job, error: str, *, at: datetime, counts: bool) -> None:
    """Let it be tried again from then on; `counts` false for an attempt that could not begin."""
    _write(
        job,
        "state = %s, error = %s, not_before = %s, attempts = attempts - %s",
        [State.WAITING.value, error, stamp(at), 0 if counts else 1],
    )


def reopen(job: JobId, *, at: datetime) -> bool:
    """Let a failed job be tried anew; whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE job SET state = %s, not_before = %s, attempts = 0, ended_at = NULL, error = '' "
            "WHERE id = %s AND state = %s",
            [State.WAITING.value, stamp(at), job, State.FAILED.value],
        )
        return bool(cursor.rowcount == 1)


def forget(*, ended_before: datetime, kinds: Collection[str]) -> int:
    """Remove ended jobs of these kinds that nobody looks back at; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM job WHERE ended_at < %s AND state IN (%s, %s) AND kind IN ({marks(len(kinds))})",
            [stamp(ended_before), State.DONE.value, State.FAILED.value, *kinds],
        )
        return int(cursor.rowcount)


def _write(job: Job, what: str, values: Sequence[Value]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE job SET {what} WHERE id = %s AND token = %s AND state = %s",
            [*values, job.id, job.token, State.RUNNING.value],
        )
        if cursor.rowcount != 1:
            raise LostJobError(job.id)


def _read(condition: str, values: Sequence[Value]) -> list[Job]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM job {condition}", values)
        return [_job(row) for row in cursor.fetchall()]


def _job(row: Sequence[object]) -> Job:
    said = dict(zip(COLUMNS.split(", "), row, strict=True))
    for name in ("asked_at", "not_before", "started_at", "ended_at"):
        said[name] = moment(str(said[name])) if said[name] else None
    said["state"] = State(str(said["state"]))
    said["arguments"] = json.loads(str(said["arguments"]))
    said["result"] = json.loads(str(said["result"])) if said["result"] else None
    return Job(**said)  # type: ignore[arg-type] # the columns are the fields
