"""Accounts from the machine itself: for whoever operates it, and for the day on which nobody can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from datumline.services.opened import Opened

if TYPE_CHECKING:
    from datumline.services.visit import Visit

app = typer.Typer(no_args_is_help=True, help="Who may sign in.")
PERSON = typer.Argument(help="Their id, e-mail, handle or exact name.")
Port = Annotated[int, typer.Option(min=1, max=65535, help="Where `datumline serve` answers on this machine.")]
USUAL_PORT = 8765


def _visit(ctx: typer.Context) -> Visit:
    from datumline.services.visit import visit  # noqa: PLC0415 - needs Django set up

    opened: Opened = ctx.obj
    return visit(opened.context())


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Everybody on file and their account."""
    asked = _visit(ctx)
    from datumline.services.accounts import standings  # noqa: PLC0415 - needs Django set up

    table = Table("name", "address", "account", "last signed in", box=None)
    for each in standings(asked):
        last = "" if each.last is None else f"{each.last:%Y-%m-%d %H:%M} UTC"
        table.add_row(each.name, each.address, each.state.value, last)
    Console(highlight=False).print(table)


@app.command()
def invite(ctx: typer.Context, person: Annotated[str, PERSON], port: Port = USUAL_PORT) -> None:
    """Invite somebody on file: prints a link that sets their password, once, within seven days."""
    _offer(ctx, person, port)


@app.command()
def reset(ctx: typer.Context, person: Annotated[str, PERSON], port: Port = USUAL_PORT) -> None:
    """Let somebody set a new password, by a link that works once: mailed, or printed where no mail is."""
    _offer(ctx, person, port)


def _offer(ctx: typer.Context, person: str, port: int) -> None:
    asked = _visit(ctx)
    from datumline.services.accounts import offer_link  # noqa: PLC0415 - needs Django set up
    from datumline.services.people import find_person  # noqa: PLC0415 - as above

    opened: Opened = ctx.obj
    made = offer_link(asked, find_person(asked.context, person).id, opened.outgoing, opened.address)
    if made.mailed:
        typer.echo(f"mailed to {made.address}", err=True)
    if made.undelivered:
        typer.echo(f"the mail did not leave: {made.undelivered}", err=True)
    if made.secret:
        typer.echo(f"for {made.address}, once, until {made.ends_at:%Y-%m-%d %H:%M} UTC:", err=True)
        here = opened.address or f"http://127.0.0.1:{port}"
        typer.echo(f"{here}/links/{made.secret}")


@app.command()
def disable(ctx: typer.Context, person: Annotated[str, PERSON]) -> None:
    """Let somebody sign in no more; their sessions end at their next request."""
    _switch(ctx, person, disabled=True)


@app.command()
def enable(ctx: typer.Context, person: Annotated[str, PERSON]) -> None:
    """Let somebody sign in again."""
    _switch(ctx, person, disabled=False)


def _switch(ctx: typer.Context, person: str, *, disabled: bool) -> None:
    asked = _visit(ctx)
    from datumline.services.accounts import switch  # noqa: PLC0415 - needs Django set up
    from datumline.services.people import find_person  # noqa: PLC0415 - as above

    now = switch(asked, find_person(asked.context, person).id, disabled=disabled)
    typer.echo(f"{now.name}: {now.state.value}", err=True)
