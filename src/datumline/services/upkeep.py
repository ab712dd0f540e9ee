"""What is kept ready beside the ledger, brought up to it in the background."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.verdict import Json
from datumline.services import checkpoints, projecting, search
from datumline.services.context import Context
from datumline.services.job_running import Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.store.version import ledger_version

READY, CHECKPOINT = "ready", "checkpoint"
KINDS = (READY, CHECKPOINT)
EVERY_MINUTES = 10
AT_ONCE = 300  # people whose figures one job works out; a page works out what is still missing for itself
WORDS_AT_ONCE = 20_000  # entries taken into the search index by one job


def ask_if_due(context: Context, queue: JobQueue) -> None:
    """A checkpoint every hour; what pages show, a few times an hour while something was written."""
    now = context.clock()
    part = now.minute // EVERY_MINUTES
    ask_of_itself(queue, READY, {}, at=now, once=f"{READY}:{now:%Y-%m-%dT%H}:{part}:{ledger_version()}")
    ask_of_itself(queue, CHECKPOINT, {}, at=now, once=f"{CHECKPOINT}:{now:%Y-%m-%dT%H}")


def _ready(work: Work) -> Mapping[str, Json]:
    complete = search.take_in(most=WORDS_AT_ONCE)
    return {"searchable": complete, "people left": projecting.refresh(work.context, limit=AT_ONCE)}


def _checkpoint(work: Work) -> Mapping[str, Json]:
    return {"entries": checkpoints.checkpoint(work.context).checkpoint.size}


TASKS: Mapping[str, Task] = {READY: Task(run=_ready), CHECKPOINT: Task(run=_checkpoint)}
