"""What is kept ready beside the ledger, brought up to it in the background."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.verdict import Json
from datumline.services import checkpoints, projecting, search
from datumline.services.context import Context
from datumline.services.job_running import Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.store import jobs
from datumline.store.version import ledger_version

READY, CHECKPOINT = "ready", "checkpoint"
KINDS = (READY, CHECKPOINT)
EVERY_MINUTES = 10
AT_ONCE = 300  # people whose figures one job works out; a page works out what is still missing for itself
WORDS_AT_ONCE = 20_000  # entries taken into the search index by one job


def ask_if_due(context: Context, queue: JobQueue) -> None:
    """A checkpoint every hour; what pages show, a few times an hour while something was written."""
    now = context.clock()
    if not _is_ready(context):
        part = now.minute // EVERY_MINUTES
        ask_of_itself(queue, READY, {}, at=now, once=f"{READY}:{now:%Y-%m-%dT%H}:{part}")
    ask_of_itself(queue, CHECKPOINT, {}, at=now, once=f"{CHECKPOINT}:{now:%Y-%m-%dT%H}")


def _is_ready(context: Context) -> bool:
    """Whether the last job left nothing to do, and neither the ledger nor the day has moved since."""
    last = next(iter(jobs.of_kinds([READY], 1)), None)
    said = None if last is None else last.result
    return said is not None and dict(said) == _said(context, ledger_version(), searchable=True, left=0)


def _ready(work: Work) -> Mapping[str, Json]:
    version = ledger_version()  # before it is read: what is written meanwhile is for the next job
    complete = search.take_in(most=WORDS_AT_ONCE)
    left = projecting.refresh(work.context, limit=AT_ONCE)
    return _said(work.context, version, searchable=complete, left=left)


def _said(context: Context, version: tuple[int, int], *, searchable: bool, left: int) -> dict[str, Json]:
    return {
        "searchable": searchable,
        "people left": left,
        "ledger": list(version),
        "day": context.today.isoformat(),
    }


def _checkpoint(work: Work) -> Mapping[str, Json]:
    return {"entries": checkpoints.checkpoint(work.context).checkpoint.size}


TASKS: Mapping[str, Task] = {READY: Task(run=_ready), CHECKPOINT: Task(run=_checkpoint)}
