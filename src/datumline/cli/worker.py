"""Run background jobs, on PostgreSQL: any number of these processes, on any machine."""

from __future__ import annotations

import typer

from datumline.services.opened import Opened

app = typer.Typer()


@app.command()
def worker(ctx: typer.Context) -> None:
    """Run background jobs until stopped (PostgreSQL only).

    A home on SQLite needs none: `datumline serve` runs its jobs.
    """
    opened: Opened = ctx.obj
    opened.work(ready=lambda: typer.echo("Datumline runs jobs (Ctrl-C stops it)", err=True))
