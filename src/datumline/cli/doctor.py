"""`datumline doctor`: is this installation sound?"""

from __future__ import annotations

from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.services.doctor import examine
from datumline.services.opened import Opened

app = typer.Typer(add_completion=False)
UNSOUND = 1


@app.command()
def look(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,  # noqa: FBT002 - a command's option
) -> None:
    """Look at home, database, guards, heads, key, space and encoder; exit 1 if one is unsound."""
    opened: Opened = ctx.obj
    checks = list(examine(opened))
    sound = all(check.sound for check in checks)
    if as_json:
        listed = [{"name": check.name, "sound": check.sound, "says": check.says} for check in checks]
        print_json({"sound": sound, "checks": listed})
    else:
        for check in checks:
            typer.echo(f"{'ok ' if check.sound else 'BAD'} {check.name}: {check.says}")
    if not sound:
        raise typer.Exit(UNSOUND)
