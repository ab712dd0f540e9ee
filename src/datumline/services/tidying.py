"""What is left behind and nobody needs: uploads, drafts and sessions that ended, records of its own jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from datumline.domain.verdict import Json
from datumline.services import upkeep
from datumline.services.context import Context
from datumline.services.imports.asked import KEPT
from datumline.services.job_running import BusyError, Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.services.workspace import discard_ended
from datumline.store import jobs, passing, uploads
from datumline.store.appending import FORGET
from datumline.store.transaction import forget

KIND = "tidy"
BY_ITSELF = (KIND, FORGET, "reminders", "receipts", "reset-letter", *upkeep.KINDS)
LOOKED_BACK_AT = timedelta(days=30)


def ask_if_due(context: Context, queue: JobQueue) -> None:
    """Once an hour."""
    now = context.clock()
    ask_of_itself(queue, KIND, {}, at=now, once=f"{KIND}:{now:%Y-%m-%dT%H}")


def _tidy(work: Work) -> Mapping[str, Json]:
    now = work.context.clock()
    return {
        "uploads": uploads.remove_older(now - KEPT),
        "drafts": discard_ended(work.context),
        "sessions": passing.remove_ended(now),
        "jobs": jobs.forget(ended_before=now - LOOKED_BACK_AT, kinds=BY_ITSELF),
    }


def _forget(work: Work) -> Mapping[str, Json]:
    """Raises BusyError while somebody reads what the journal holds: the job is then tried again."""
    del work
    if not forget():
        raise BusyError
    return {}


TASKS: Mapping[str, Task] = {KIND: Task(run=_tidy), FORGET: Task(run=_forget)}
