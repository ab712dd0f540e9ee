"""Serve the pages on this machine."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

import typer

from datumline.domain.problem import Problem
from datumline.services.opened import Opened

app = typer.Typer()
PORT = 8765
NAMED = {"localhost": "127.0.0.1"}


@app.command()
def serve(
    ctx: typer.Context,
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the pages answer.")] = PORT,
    host: Annotated[str, typer.Option(help="An address of this machine alone.")] = "127.0.0.1",
) -> None:
    """Serve the pages on this machine until stopped."""
    opened: Opened = ctx.obj
    address = loopback(host)
    opened.context()
    said = f"Datumline answers on http://{_written(address)}:{port}/ (Ctrl-C stops it)"
    opened.serve(host=address, port=port, workers=1, ready=lambda: typer.echo(said, err=True))


def loopback(host: str) -> str:
    """The address, if nobody but this machine can reach it. Raises Problem.

    There is no sign-in yet: whoever reaches the pages is the operator.
    """
    try:
        address = ip_address(NAMED.get(host, host))
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise Problem(
            f"{host} can be reached from elsewhere, and there is no sign-in yet",
            where="--host",
            expected="127.0.0.1, ::1 or localhost",
        )
    return str(address)


def _written(address: str) -> str:
    return f"[{address}]" if ":" in address else address
