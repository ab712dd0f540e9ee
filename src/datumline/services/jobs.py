"""Background work as pages and commands ask for it: a record of each job, and a port to whoever runs them.

The row in the database is the record on both kinds of database; a queue only makes somebody look at it, so
that a queue that is lost loses no job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.context import Context
from datumline.services.visit import visit
from datumline.store import job_progress, jobs
from datumline.store.jobs import Job, JobId, State

__all__ = [
    "Job",
    "JobId",
    "JobQueue",
    "NoWorker",
    "State",
    "ask",
    "jobs_of",
    "retry",
    "seen",
    "unfinished",
]

ITSELF = "datumline"  # who asks for what nobody in particular asks for
OPERATOR = "operator"
MOST = 200  # jobs listed
SLOW = timedelta(seconds=15)  # after which a job that nobody began deserves a word


class JobQueue(Protocol):
    """Whoever sees to it that a job on record is run."""

    def put(self, job: JobId, *, at: datetime | None = None) -> None:
        """A job waits, to be tried at once or from `at` on. Losing this call loses no job, only time."""


class NoWorker:
    """Nobody runs jobs from this process: whoever does finds them on record."""

    def put(self, job: JobId, *, at: datetime | None = None) -> None:
        """Nothing to do."""


def ask(
    context: Context,
    queue: JobQueue,
    kind: str,
    arguments: Mapping[str, Json],
    *,
    once: str | None = None,
) -> JobId | None:
    """Put a job on record for the actor and tell the queue; None when it was asked for under `once` before.

    Whether the actor may ask for it is for the room that it belongs to.
    """
    made = jobs.add(kind, arguments, asked_by=asker(context), at=context.clock(), once=once)
    if made is not None:
        queue.put(made)
    return made


def ask_of_itself(
    queue: JobQueue, kind: str, arguments: Mapping[str, Json], *, at: datetime, once: str
) -> None:
    """Put on record what the installation does by itself, once under that name."""
    made = jobs.add(kind, arguments, asked_by=ITSELF, at=at, once=once)
    if made is not None:
        queue.put(made)


def asker(context: Context) -> str:
    """Who asks, as a job keeps it: the job acts as them, and only as far as they still may by then."""
    return context.actor.person or OPERATOR


def seen(context: Context, job: JobId) -> Job | None:
    """A job as it stands now, with its progress; for rooms that have said already who may see it."""
    found = jobs.find(job)
    return None if found is None else job_progress.with_progress(context.home, found)


def jobs_of(context: Context) -> Sequence[Job]:
    """The latest jobs, newest first, for who may see jobs. Raises Problem for anybody else."""
    if not visit(context).gate.allows(Verb.READ, Noun.JOB):
        raise absent("such page")
    return [job_progress.with_progress(context.home, each) for each in jobs.latest(MOST)]


def retry(context: Context, queue: JobQueue, job: str) -> JobId:
    """Let a failed job be tried anew, by its id or the first digits of it; gives the id.

    Raises Problem when it is not there or did not fail.
    """
    found = [each for each in jobs_of(context) if job and each.id.startswith(job)]
    if len(found) != 1 or not visit(context).gate.allows(Verb.WRITE, Noun.JOB):
        raise absent("such job", where=job)
    if not jobs.reopen(found[0].id, at=context.clock()):
        raise Problem(f"the job is {found[0].state}", where=job, expected="a job that failed")
    queue.put(found[0].id)
    return found[0].id


def unfinished() -> list[Job]:
    """Every job on record that is not ended, for a queue that may have lost it."""
    return jobs.unfinished()


def is_stuck(job: Job, now: datetime) -> bool:
    """Whether a job waits though it might be running: no worker is there, or none that knows its kind."""
    return job.state is State.WAITING and not job.error and now - job.not_before > SLOW
