"""`datumline jobs`: what runs in the background, and what failed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.domain.verdict import Json
from datumline.services import jobs
from datumline.services.jobs import Job
from datumline.services.opened import Opened

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Background jobs: what runs, and what failed."
)
SHOWN = 8  # digits of an id on the screen


@app.command("list")
def listed(
    ctx: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """The latest jobs, newest first."""
    opened: Opened = ctx.obj
    found = jobs.jobs_of(opened.context())
    if as_json:
        print_json({"jobs": [_document(job) for job in found]})
        return
    for job in found:
        of = "" if job.total is None else f" of {job.total}"
        far = f" {job.done}{of}" if job.state is jobs.State.RUNNING else ""
        why = f": {job.error}" if job.error else ""
        typer.echo(f"{job.id[:SHOWN]} {job.asked_at:%Y-%m-%d %H:%M} {job.kind} {job.state}{far}{why}")
    if not found:
        typer.echo("no jobs yet")


@app.command()
def retry(
    ctx: typer.Context, job: Annotated[str, typer.Argument(metavar="JOB", help="A failed job's id.")]
) -> None:
    """Let a failed job be tried anew."""
    opened: Opened = ctx.obj
    found = jobs.retry(opened.context(), opened.jobs, job)
    typer.echo(f"{found[:SHOWN]} waits to be tried again")


def _document(job: Job) -> dict[str, Json]:
    return {
        "id": job.id,
        "kind": job.kind,
        "asked_by": job.asked_by,
        "asked_at": job.asked_at.isoformat(),
        "state": job.state.value,
        "attempts": job.attempts,
        "done": job.done,
        "total": job.total,
        "started_at": _moment(job.started_at),
        "ended_at": _moment(job.ended_at),
        "result": None if job.result is None else dict(job.result),
        "error": job.error,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
