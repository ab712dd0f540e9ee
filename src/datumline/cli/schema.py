"""`datumline schema`: the published JSON Schemas."""

from __future__ import annotations

from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.services.schemas import names, schema

app = typer.Typer(add_completion=False)


@app.command()
def print_schema(
    name: Annotated[str | None, typer.Argument(help="A schema's name; without it, all names.")] = None,
) -> None:
    """Print the JSON Schema of a document or pack file, or list their names."""
    if name is None:
        for known in names():
            typer.echo(known)
    else:
        print_json(schema(name))
