"""A link for a new password, by mail, for whoever asks with an address: made and sent by a job."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.job_running import Task, Work
from datumline.services.jobs import ITSELF, JobQueue
from datumline.services.outgoing import Outgoing
from datumline.store import jobs

KIND = "reset-letter"


def ask_for_reset(context: Context, queue: JobQueue, email: str, outgoing: Outgoing, base: str) -> None:
    """Have a link sent to an address, if it is somebody's who may sign in and mail leaves from here.

    The same is read and written for an address that nobody has: who has one is found out by the job.
    """
    if outgoing.configured and base:
        made = jobs.add(KIND, {"email": email}, asked_by=ITSELF, at=context.clock())
        if made is not None:
            queue.put(made)


def _send(work: Work) -> Mapping[str, Json]:
    """Raises UndeliveredError while the server does not take it: the next try makes another link."""
    from datumline.services.accounts import reset_offered, send  # noqa: PLC0415 - its tables exist only once Django stands, and a server names its jobs before

    offered = reset_offered(work.context, str(work.arguments["email"]))
    if offered is not None:
        send(offered, work.outgoing, work.address)
    return {}


TASKS: Mapping[str, Task] = {KIND: Task(run=_send)}
