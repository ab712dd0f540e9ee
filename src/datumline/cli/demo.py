"""`datumline demo`: an invented organisation to look around in."""

from __future__ import annotations

from typing import Annotated

import typer

from datumline.cli.progress import progress_line
from datumline.cli.serve import PORT
from datumline.services.opened import Opened

HOST = "127.0.0.1"
app = typer.Typer(add_completion=False)


@app.command()
def command(
    ctx: typer.Context,
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Build it and stop.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where its pages answer.")] = PORT,
) -> None:
    """Build an invented organisation over two years, and serve its pages on this machine."""
    from datumline.services.demo.building import build_demo  # noqa: PLC0415 - needs Django set up

    given: Opened = ctx.obj
    opened = given.for_demo()
    with progress_line("Writing two years") as progress:
        demo = build_demo(opened, progress)
    done = "built" if demo.new else "ready, as built before"
    typer.echo(f"Northfold, an invented organisation: {done}, in {demo.home}")
    typer.echo(f"{demo.engineers} engineers, {demo.entries} entries, 30 June 2026")
    if no_serve:
        typer.echo(f'Try: DATUMLINE_HOME={demo.home} datumline status "Ida Rosendahl-Ekwueme"')
        return
    said = f"Choose who to be at http://{HOST}:{port}/ (stop with Ctrl-C)"
    opened.serve(host=HOST, port=port, workers=1, ready=lambda: typer.echo(said))
