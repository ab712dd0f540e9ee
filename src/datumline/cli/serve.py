"""Serve the pages: on this machine alone, or for an organisation that signs in."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

import typer

from datumline.domain.problem import Problem
from datumline.services.context import Mode
from datumline.services.opened import Opened

app = typer.Typer()
PORT = 8765
NAMED = {"localhost": "127.0.0.1"}


@app.command()
def serve(
    ctx: typer.Context,
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the pages answer.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the pages until stopped."""
    opened: Opened = ctx.obj
    address = listening(host, opened.context().mode, opened.address)

    def ready() -> None:
        said = f"Datumline answers on http://{_written(address)}:{port}/ (Ctrl-C stops it)"
        typer.echo(said, err=True)
        if opened.context().mode is None and opened.first_run_code:
            typer.echo(f"The first page asks for this code: {opened.first_run_code}", err=True)

    opened.serve(host=address, port=port, workers=1, ready=ready)


def listening(host: str, mode: Mode | None, reached: str) -> str:
    """The address to listen on. Raises Problem where others could reach pages that nobody signs in to.

    `reached` is where people reach the pages (`DATUMLINE_ADDRESS`); a home without an owner may be reached
    too: its first page asks for a code, and then everybody signs in.
    """
    try:
        address = ip_address(NAMED.get(host, host))
    except ValueError:
        raise Problem(
            f"'{host[:60]}' is no address", where="--host", expected="127.0.0.1, ::1, 0.0.0.0 or another"
        ) from None
    if address.is_loopback:
        return str(address)
    if mode in {Mode.DEMO, Mode.ALONE}:
        raise Problem(
            f"{host} can be reached from elsewhere, and nobody signs in here",
            where="--host",
            expected="127.0.0.1, ::1 or localhost",
        )
    if not reached:
        raise Problem(
            f"{host} can be reached from elsewhere, and nothing says under which name",
            where="DATUMLINE_ADDRESS",
            expected="an address such as https://datumline.firm.example",
        )
    return str(address)


def _written(address: str) -> str:
    return f"[{address}]" if ":" in address else address
