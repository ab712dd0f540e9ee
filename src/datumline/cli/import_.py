"""`datumline import`: people and evidence from elsewhere, with counts at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.cli.progress import progress_line
from datumline.services.imports.documents import import_documents
from datumline.services.imports.git import import_git
from datumline.services.imports.mapping import keep, reading
from datumline.services.imports.people import import_people
from datumline.services.imports.report import Report
from datumline.services.imports.tables import import_table
from datumline.services.opened import Opened

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Bring people and evidence in; a second time adds nothing.",
)
SHOWN = 20  # refused rows and unmatched people on the screen; --json has all that are listed

Source = Annotated[Path, typer.Argument(metavar="SOURCE", help="The file.")]
Clone = Annotated[Path, typer.Argument(metavar="SOURCE", help="A local git clone, bare or not.")]
Called = Annotated[str | None, typer.Option("--name", help="What people call the repository.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen and write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="FIELD=HEADER", help="A field's header here.")
]
Dates = Annotated[
    str | None, typer.Option(metavar="FORMAT", help="How dates are written: iso, dmy, mdy or excel.")
]
Mapping = Annotated[str | None, typer.Option(metavar="NAME", help="Use a mapping that was saved.")]
Save = Annotated[str | None, typer.Option(metavar="NAME", help="Save this mapping under a name.")]


@app.command("people")
def people(  # noqa: PLR0913, PLR0917 - a command's options
    ctx: typer.Context,
    source: Source,
    columns: Map = None,
    date_format: Dates = None,
    mapping: Mapping = None,
    save_mapping: Save = None,
    dry_run: DryRun = False,  # noqa: FBT002 - a command's option
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Bring people in from CSV or XLSX: name, e-mail, manager, team, level and more.

    Columns are found by usual names, or by --map. Fields: name, email,
    handles, manager, team, unit, level, role, start_date, zone, active,
    effective.
    """
    opened: Opened = ctx.obj
    context = opened.context()
    chosen = reading("people", columns or [], date_format=date_format, saved=mapping)
    report = import_people(context, source, chosen, dry_run=dry_run)
    if save_mapping and not dry_run:
        keep(save_mapping, "people", chosen)
    _close(report, as_json=as_json)


@app.command("csv")
def table(  # noqa: PLR0913, PLR0917 - a command's options
    ctx: typer.Context,
    source: Source,
    kind: Annotated[str, typer.Option(metavar="KIND", help="commitments or incidents.")],
    columns: Map = None,
    date_format: Dates = None,
    mapping: Mapping = None,
    save_mapping: Save = None,
    dry_run: DryRun = False,  # noqa: FBT002 - a command's option
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Bring commitments or incidents in from CSV or XLSX.

    Columns are found by usual names, or by --map.

    Commitments: owner, work, due, delivered, id, link, scope_note, team_goal,
    made.

    Incidents: person, title, on, severity, role, avoidable, system, id, link.
    """
    opened: Opened = ctx.obj
    context = opened.context()
    chosen = reading(kind, columns or [], date_format=date_format, saved=mapping)
    with progress_line("rows") as progress:
        report = import_table(context, kind, source, chosen, dry_run=dry_run, progress=progress)
    if save_mapping and not dry_run:
        keep(save_mapping, kind, chosen)
    _close(report, as_json=as_json)


@app.command("git")
def git(
    ctx: typer.Context,
    source: Clone,
    name: Called = None,
    dry_run: DryRun = False,  # noqa: FBT002 - a command's option
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Bring a repository's history in: changes, reviews, co-authors and reverts."""
    opened: Opened = ctx.obj
    with progress_line("commits") as progress:
        report = import_git(opened.context(), source, name=name, dry_run=dry_run, progress=progress)
    _close(report, as_json=as_json)


@app.command("documents")
def documents(
    ctx: typer.Context,
    source: Clone,
    name: Called = None,
    dry_run: DryRun = False,  # noqa: FBT002 - a command's option
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Bring design documents in (PEP, KEP, RFC, ADR), with who cites them."""
    opened: Opened = ctx.obj
    with progress_line("citations") as progress:
        report = import_documents(opened.context(), source, name=name, dry_run=dry_run, progress=progress)
    _close(report, as_json=as_json)


def _close(report: Report, *, as_json: bool) -> None:
    if as_json:
        print_json(report.document())
        return
    for refused in report.refused[:SHOWN]:
        typer.echo(f"line {refused.line} refused: {refused.what}, expected {refused.expected}")
    _more(report.refused_count, "refused")
    for one in report.unmatched[:SHOWN]:
        at = f", line {', '.join(map(str, one.lines))}" if one.lines else ""
        perhaps = f", perhaps {' or '.join(one.perhaps)}" if one.perhaps else ""
        named = f"{one.name} <{one.email}>" if one.email not in {"", one.name} else one.name
        typer.echo(f"unmatched: {named}, {one.changes}{at}{perhaps}")
    _more(report.unmatched_count, "unmatched")
    for note in report.notes:
        typer.echo(f"note: {note}")
    for counted, number in report.counts.items():
        if number:
            typer.echo(f"{counted.replace('_', ' ')}: {number}")
    done = "would be " if report.dry_run else ""
    typer.echo(
        f"{report.what} from {report.source}: {done}new {report.new}, known {report.known}, "
        f"unmatched {report.unmatched_count}, refused {report.refused_count}"
    )


def _more(count: int, what: str) -> None:
    if count > SHOWN:
        typer.echo(f"… and {count - SHOWN} more {what}; --json lists them")
