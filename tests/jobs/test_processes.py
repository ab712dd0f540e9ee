"""Several processes that run jobs: each job once, and a killed one is taken over, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from datumline.domain.verdict import Json
from datumline.jobs import company
from datumline.services.imports.asked import TRY
from datumline.services.jobs import NoWorker, ask
from datumline.store import jobs
from datumline.store.jobs import State
from support.homes import Home
from support.offices import Office
from support.workers import Runner, ended

JOBS = 40


@pytest.mark.slow
def test_no_job_is_run_twice_and_the_next_process_takes_over(
    office: Office, runner: Callable[..., Runner]
) -> None:
    asked = [ask(office.context, NoWorker(), "tidy", {}) for _ in range(JOBS)]
    first, _second = runner(), runner()
    assert {ended(job or "").state for job in asked} == {State.DONE}
    assert {ended(job or "").attempts for job in asked} == {1}
    first.kill()
    later = ask(office.context, NoWorker(), "tidy", {})
    assert ended(later or "").state is State.DONE


@pytest.mark.slow
def test_a_job_of_a_file_that_is_gone_fails_in_one_line_and_the_command_lists_it(
    office: Office, runner: Callable[..., Runner], database_home: Home
) -> None:
    arguments: dict[str, Json] = {"what": "people", "name": "p.csv", "upload": "0" * 32, "save": ""}
    arguments |= {"columns": {}, "date_format": "auto"}
    job = ask(office.context, NoWorker(), TRY, arguments)
    assert job is not None
    runner()
    assert ended(job).error == "the file is gone, p.csv, expected it to be uploaded again"
    listed = database_home.run("jobs", "list")
    assert f"{job[:8]} " in listed.stdout
    assert "failed: the file is gone" in listed.stdout
    again = database_home.run("jobs", "retry", job[:8])
    assert (again.returncode, again.stderr) == (0, "")
    assert ended(job).attempts == 1
    (said,) = [
        each
        for each in json.loads(database_home.run("jobs", "list", "--json").stdout)["jobs"]
        if each["id"] == job
    ]
    assert said["state"] == "failed"
    nothing = database_home.run("jobs", "retry", "ffffffff")
    assert nothing.stderr.startswith("datumline: no such job, ffffffff")


@pytest.mark.parametrize("database_home", ["sqlite"], indirect=True)
def test_on_sqlite_there_is_no_worker_to_start(database_home: Home) -> None:
    said = database_home.run("worker")
    assert (said.returncode, said.stdout) == (2, "")
    assert "has its worker in `datumline serve`" in said.stderr


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.parametrize("database_home", ["postgresql"], indirect=True)
def test_the_queue_may_be_lost_and_no_job_is(
    office: Office, runner: Callable[..., Runner], database_home: Home
) -> None:
    address = database_home.database_url
    assert address is not None
    company.prepare(address)
    queue = company.Company(address)
    job = ask(office.context, queue, "tidy", {})
    queue.close()
    with psycopg.connect(address, autocommit=True) as there:
        there.execute(f"COMMENT ON SCHEMA {company.SCHEMA} IS 'another version'")
    runner()  # makes the queue's tables anew, without that job
    assert ended(job or "").state is State.DONE
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_jobs')")
        assert cursor.fetchone() == (None,)  # nothing of the queue stands among our own tables
    assert jobs.unfinished() == []
