"""Processes that run a home's jobs, as somebody would start them, and what they made of a job."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from datumline.services.jobs import Job, JobId
from datumline.store import jobs
from support.homes import Home
from support.site import free_port

LIMIT_SECONDS = 60
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """One running process."""

    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, to it and to what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def started(home: Home, **variables: str) -> Runner:
    """`datumline serve` on SQLite, `datumline worker` on PostgreSQL."""
    command = (
        home.command("serve", "--port", str(free_port()))
        if home.database_url is None
        else home.command("worker")
    )
    return Runner(
        process=subprocess.Popen(
            command,
            env=home.environment | variables,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def until(job: JobId, holds: Callable[[Job], bool], *, seconds: float = LIMIT_SECONDS) -> Job:
    """The job as soon as that holds of it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = jobs.find(job)
        if found is not None and holds(found):
            return found
        time.sleep(LOOK_SECONDS)
    pytest.fail(f"the job never came so far: {jobs.find(job)}", pytrace=False)


def ended(job: JobId, *, seconds: float = LIMIT_SECONDS) -> Job:
    """The job when it has ended."""
    return until(job, lambda found: not found.is_open, seconds=seconds)
