"""What background work leaves behind: uploads that nobody went on with, records of its own jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from datumline.domain.verdict import Json
from datumline.services import upkeep
from datumline.services.context import Context
from datumline.services.imports.asked import KEPT
from datumline.services.job_running import Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.store import jobs, uploads

KIND = "tidy"
BY_ITSELF = (KIND, "reminders", "receipts", *upkeep.KINDS)
LOOKED_BACK_AT = timedelta(days=30)


def ask_if_due(context: Context, queue: JobQueue) -> None:
    """Once an hour."""
    now = context.clock()
    ask_of_itself(queue, KIND, {}, at=now, once=f"{KIND}:{now:%Y-%m-%dT%H}")


def _tidy(work: Work) -> Mapping[str, Json]:
    now = work.context.clock()
    return {
        "uploads": uploads.remove_older(now - KEPT),
        "jobs": jobs.forget(ended_before=now - LOOKED_BACK_AT, kinds=BY_ITSELF),
    }


TASKS: Mapping[str, Task] = {KIND: Task(run=_tidy)}
