"""Run jobs: claim one, act as whoever asked for it, write down what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.imports.report import Progress
from datumline.services.jobs import ITSELF, OPERATOR, Job, JobId, JobQueue
from datumline.services.opened import Opened
from datumline.services.outgoing import Outgoing, UndeliveredError
from datumline.services.visit import visit
from datumline.store import jobs
from datumline.store.import_lock import AnotherImportError, held
from datumline.store.job_progress import Meter
from datumline.store.schema import let_go

WORKER_LOCK = "worker.lock"
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=2)  # doubled after each attempt
LONGEST_PAUSE = timedelta(minutes=5)
SAID_EVERY_SECONDS = 0.3  # progress; a page asks about once a second
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a task is given.

    Attributes:
        context: of whoever asked, with the duties that they have now; the operator for the installation.
        as_person: the same as somebody else, for what is told to many.
        progress: says how far it has come, and raises when the job is another worker's by now.
        clones: the folder of clones that pages may name; None when none is set.
        address: where people reach the pages; empty where nobody said.
    """

    job: Job
    context: Context
    as_person: Callable[[str], Context]
    progress: Progress
    outgoing: Outgoing
    clones: Path | None
    address: str

    @property
    def arguments(self) -> Mapping[str, Json]:
        """What was asked for."""
        return self.job.arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One kind of job.

    Attributes:
        run: does it and gives what came of it. Done twice it is as if done once.
        gave_up: told when the job ends badly, to clear away what only this job needed.
    """

    run: Callable[[Work], Mapping[str, Json]]
    gave_up: Callable[[Job], None] | None = None


class BusyError(Exception):
    """Somebody is in the way of a task, and will not be for long."""


def run_one(opened: Opened, tasks: Mapping[str, Task], queue: JobQueue, job: JobId | None = None) -> bool:
    """Run that job, or the oldest that waits; whether there was one.

    A kind that this version does not know is left where it stands, for a version that does. An error of the
    database that keeps even the failure from being written is raised: the job is then open, and tried again.
    """
    now = opened.context().clock
    claimed = jobs.claim(tuple(tasks), now=now(), job=job)
    if claimed is None:
        return False
    try:
        if claimed.attempts > MOST_ATTEMPTS:
            raise Problem(f"its worker ended {MOST_ATTEMPTS} times", expected="a worker that lives")  # noqa: TRY301 - one way to end
        _run(opened, tasks[claimed.kind], claimed)
    except jobs.LostJobError:
        pass  # another worker has it and will say what came of it
    except Exception as error:  # noqa: BLE001 - whatever it is, the job's record says it
        _end_badly(opened, tasks[claimed.kind], claimed, error, queue)
    return True


def _run(opened: Opened, task: Task, job: Job) -> None:
    context = _context(opened, job.asked_by)
    with Meter(context.home, job) as meter:
        work = Work(
            job=job,
            context=context,
            as_person=lambda person: visit(opened.context(person)).context,
            progress=_now_and_then(meter),
            outgoing=opened.outgoing,
            clones=opened.clones,
            address=opened.address,
        )
        jobs.finish(job, task.run(work), now=opened.context().clock())


def _context(opened: Opened, asked_by: str) -> Context:
    if asked_by in {ITSELF, OPERATOR}:
        return opened.context()
    return visit(opened.context(asked_by)).context


def _now_and_then(meter: Meter) -> Progress:
    last = -SAID_EVERY_SECONDS

    def say(done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last >= SAID_EVERY_SECONDS or done == total:
            last = time.monotonic()
            meter.say(done, total)

    return say


def _end_badly(opened: Opened, task: Task, job: Job, error: Exception, queue: JobQueue) -> None:
    """Later again for what passes by itself, else the end."""
    now = opened.context().clock()
    passing = _passing(opened, error)
    try:
        turned_away = isinstance(error, AnotherImportError)
        if passing and (turned_away or job.attempts < MOST_ATTEMPTS):
            at = now + min(FIRST_PAUSE * 2 ** (job.attempts - 1), LONGEST_PAUSE)
            jobs.again(job, passing, at=at, counts=not turned_away)
            queue.put(job.id, at=at)
            return
        gave_up = f"given up after {job.attempts} attempts: {passing}" if passing else _line(error)
        jobs.fail(job, gave_up[:LONGEST_ERROR], now=now)
    except jobs.LostJobError:
        return
    if task.gave_up is not None:
        task.gave_up(job)


def _passing(opened: Opened, error: Exception) -> str:
    """What is waited for; empty for an error that would come again."""
    if isinstance(error, AnotherImportError):
        return str(error)
    if isinstance(error, UndeliveredError):
        return f"the mail server does not take it now: {error}"
    if isinstance(error, BusyError):
        return "somebody reads what is to be emptied"
    known = opened.trouble(error)
    return "" if known is None else str(known)


def _line(error: Exception) -> str:
    if isinstance(error, Problem):
        return str(error)
    return f"an unforeseen fault, {type(error).__name__}: {' '.join(str(error).split())}"


@contextmanager
def only_worker(home: Path) -> Iterator[bool]:
    """Whether this process runs the home's jobs on SQLite; the lock ends with it, however that ends."""
    with held(home / WORKER_LOCK) as mine:
        yield mine


def end_of_thread() -> None:
    """Close this thread's connection to the database."""
    let_go()
