"""Every task by its name, and what the installation asks of itself as time goes by."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.services import receipts_out, reminders, reset_letters, tidying, upkeep
from datumline.services.imports import asked
from datumline.services.job_running import Task
from datumline.services.jobs import JobQueue
from datumline.services.opened import Opened

# A name stays as long as a job of it may be on record: one that is not known is left waiting, never dropped.
TASKS: Mapping[str, Task] = {
    **asked.TASKS,
    **reminders.TASKS,
    **receipts_out.TASKS,
    **reset_letters.TASKS,
    **tidying.TASKS,
    **upkeep.TASKS,
}


def ask_what_is_due(opened: Opened, queue: JobQueue) -> None:
    """Put on record what the clock asks for; what stands there already is not asked for again."""
    context, outgoing = opened.context(), opened.outgoing
    reminders.ask_if_due(context, queue, outgoing)
    receipts_out.ask_if_due(context, queue, outgoing)
    tidying.ask_if_due(context, queue)
    upkeep.ask_if_due(context, queue)
