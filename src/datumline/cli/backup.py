"""`datumline backup`: one file with everything but the private key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from datumline.services.backup import backup
from datumline.services.opened import Opened

app = typer.Typer(add_completion=False)


@app.command()
def back_up(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write, such as monday.tar.gz.")],
) -> None:
    """Write a backup while others go on writing. The private signing key is not in it: keep that apart."""
    opened: Opened = ctx.obj
    kept = backup(opened.context(), file)
    typer.echo(f"{file}: {kept.entries} entries, {sum(kept.rows.values())} rows in {len(kept.rows)} tables")
