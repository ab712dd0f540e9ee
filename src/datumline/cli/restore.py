"""`datumline restore`: an empty home made anew from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from datumline.services.backup import restore
from datumline.services.opened import Opened

app = typer.Typer(add_completion=False)


@app.command()
def bring_back(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `datumline backup` wrote.")],
) -> None:
    """Fill an empty home from a backup, on either kind of database, verified before it counts as done."""
    opened: Opened = ctx.obj
    kept = restore(opened, file)
    typer.echo(f"{opened.home}: {kept.entries} entries restored and verified")
