"""What becomes of a job: bad input, trouble that passes, a kind nobody knows, a worker that lost it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.job_running import FIRST_PAUSE, MOST_ATTEMPTS, Task, Work, run_one
from datumline.services.jobs import NoWorker, ask, retry
from datumline.services.opened import Opened
from datumline.services.outgoing import NoMail
from datumline.store import jobs
from datumline.store.import_lock import one_import
from datumline.store.jobs import Job, JobId, LostJobError, State
from support.installations import Installation
from support.offices import Office

KIND = "sample"
Run = Callable[[Work], Mapping[str, Json]]


def run(office: Office, task: Run, *, later: timedelta = timedelta(0)) -> bool:
    """Let a worker look once, that much later."""
    clock = office.context.clock
    there = Installation(
        office=Office(folder=office.folder, context=replace(office.context, clock=lambda: clock() + later)),
        outgoing=NoMail(),
    )
    opened: Opened = there  # type: ignore[assignment] # the parts that jobs ask for
    return run_one(opened, {KIND: Task(run=task)}, NoWorker())


def asked(office: Office, kind: str = KIND, once: str | None = None) -> JobId:
    made = ask(office.context, NoWorker(), kind, {"n": 1}, once=once)
    assert made is not None
    return made


def standing(job: JobId) -> Job:
    found = jobs.find(job)
    assert found is not None
    return found


def test_a_job_is_run_once_as_whoever_asked(office: Office) -> None:
    mona = office.as_person("mona@firm.example")
    job = ask(mona, NoWorker(), KIND, {})
    assert job is not None
    seen: list[str] = []

    def task(work: Work) -> Mapping[str, Json]:
        seen.append(work.context.actor.author)
        return {"done": True}

    assert run(office, task)
    assert not run(office, task)
    assert seen == [mona.actor.person]
    assert (standing(job).state, standing(job).result) == (State.DONE, {"done": True})


def test_what_is_asked_once_is_one_job(office: Office) -> None:
    asked(office, once="today")
    assert ask(office.context, NoWorker(), KIND, {}, once="today") is None


def test_bad_input_ends_a_job_with_its_line(office: Office) -> None:
    def task(work: Work) -> Mapping[str, Json]:
        del work
        raise Problem("no such thing", where="here", expected="another")

    job = asked(office)
    assert run(office, task)
    assert (standing(job).state, standing(job).error) == (
        State.FAILED,
        "no such thing, here, expected another",
    )
    retry(office.context, NoWorker(), job[:8])
    assert standing(job).state is State.WAITING
    with pytest.raises(Problem, match="a job that failed"):
        retry(office.context, NoWorker(), job)


def test_trouble_of_the_database_is_tried_again_later_and_not_for_ever(office: Office) -> None:
    def task(work: Work) -> Mapping[str, Json]:
        del work
        raise DatabaseError("gone for a moment")

    job = asked(office)
    assert run(office, task)
    assert standing(job).state is State.WAITING
    assert "gone for a moment" in standing(job).error
    assert not run(office, task, later=FIRST_PAUSE - timedelta(seconds=1))
    for attempt in range(2, MOST_ATTEMPTS + 1):
        assert run(office, task, later=timedelta(hours=attempt))
        assert standing(job).attempts == attempt
    assert standing(job).state is State.FAILED
    assert standing(job).error.startswith(f"given up after {MOST_ATTEMPTS} attempts")


@pytest.mark.parametrize(
    "database_home", ["sqlite"], indirect=True
)  # PostgreSQL gives its holder the lock twice
def test_another_import_is_waited_for_however_long(office: Office) -> None:
    def task(work: Work) -> Mapping[str, Json]:
        with one_import(work.context.home):
            return {}

    job = asked(office)
    with one_import(office.context.home):
        for hours in range(MOST_ATTEMPTS + 3):
            assert run(office, task, later=timedelta(hours=hours))
    assert (standing(job).state, standing(job).attempts) == (State.WAITING, 0)
    assert "another import is running" in standing(job).error
    assert run(office, task, later=timedelta(days=1))
    assert standing(job).state is State.DONE


def test_a_kind_that_this_version_does_not_know_stays(office: Office) -> None:
    job = asked(office, kind="from-a-newer-version")
    assert not run(office, lambda _: {})
    assert standing(job).state is State.WAITING


def test_who_lost_a_job_writes_nothing_more_about_it(office: Office) -> None:
    job = asked(office)

    def task(work: Work) -> Mapping[str, Json]:
        taken = jobs.claim([KIND], now=datetime(2100, 1, 1, tzinfo=UTC), job=work.job.id)
        assert taken is not None
        return {"by": "the one that was taken for dead"}

    assert run(office, task)
    assert (standing(job).state, standing(job).token, standing(job).result) == (State.RUNNING, 2, None)
    with pytest.raises(LostJobError):
        jobs.finish(replace(standing(job), token=1), {}, now=datetime(2100, 1, 1, tzinfo=UTC))


def test_a_worker_that_always_dies_ends_its_job(office: Office) -> None:
    job = asked(office)
    for _ in range(MOST_ATTEMPTS):
        assert jobs.claim([KIND], now=office.context.clock()) is not None
    assert run(office, lambda _: {})
    assert "its worker ended" in standing(job).error
