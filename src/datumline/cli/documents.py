"""`datumline doc`: documents, written to a file in the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from datumline.cli.asking import As, asked_as
from datumline.cli.files import write_whole
from datumline.cli.output import day, instant, json_text, print_json
from datumline.domain.documents.content import content
from datumline.domain.documents.html import html
from datumline.domain.documents.markdown import markdown
from datumline.domain.documents.page_budget import Fit
from datumline.domain.problem import Problem
from datumline.rendering.spreadsheet import as_csv, as_workbook
from datumline.services.case_papers import paper_about
from datumline.services.documents import Made, signal_log_about
from datumline.services.growth import DOCUMENT, PARTS, document_about
from datumline.services.ledger_sheets import sheet_about

app = typer.Typer(help="Documents, laid out and measured.", no_args_is_help=True, add_completion=False)


@app.callback()
def documents() -> None:
    """Documents, laid out and measured."""


@app.command("signal-log", no_args_is_help=True)
def signal_log(  # noqa: PLR0913 - one option for each thing that may be asked for
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(help="Id, e-mail, handle or exact name.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="FILE.pdf, .html, .md or .json.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day it is about; today unless given.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what had been written by then.")] = None,
    group: Annotated[bool, typer.Option(help="Put the oldest matters together to keep to one page.")] = True,
    as_: As = None,
    json_: Annotated[
        bool, typer.Option("--json", help="Print pages, budget, and what was left out.")
    ] = False,
) -> None:
    """The one page that a panel reads before the round."""
    context, write = asked_as(ctx.obj, as_), _to(output, json_=json_)
    at = context.at(day(as_of, name="--as-of"), instant(known_at, name="--known-at"))
    _give(signal_log_about(context, person, at, group=group), output, write, json_=json_)


@app.command("growth", no_args_is_help=True)
def growth(  # noqa: PLR0913 - as above
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(help="Id, e-mail, handle or exact name.")],
    *,
    part: Annotated[
        str, typer.Option(help="document, quarter (the last quarterly review) or packet (of the half).")
    ] = DOCUMENT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="FILE.pdf, .html, .md or .json.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day it is about; today unless given.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what had been written by then.")] = None,
    as_: As = None,
    json_: Annotated[
        bool, typer.Option("--json", help="Print pages, budget, and what was left out.")
    ] = False,
) -> None:
    """The growth document of an engineer, its last quarterly review, or the half-yearly packet drafted."""
    if part not in PARTS:
        raise Problem(f"no part '{part}'", where="--part", expected=f"one of {', '.join(PARTS)}")
    context, write = asked_as(ctx.obj, as_), _to(output, json_=json_)
    at = context.at(day(as_of, name="--as-of"), instant(known_at, name="--known-at"))
    _give(document_about(context, person, at, part=part), output, write, json_=json_)


Person = Annotated[str, typer.Argument(help="Id, e-mail, handle or exact name.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="FILE.pdf, .html, .md or .json.")]
Concern = Annotated[str | None, typer.Option(metavar="C", help="Which concern of theirs.")]
AsOf = Annotated[str | None, typer.Option(help="The day it is about; today unless given.")]
KnownAt = Annotated[str | None, typer.Option(help="Only what had been written by then.")]
Account = Annotated[bool, typer.Option("--json", help="Print pages, budget, and what was left out.")]


@app.command("plan", no_args_is_help=True)
def plan(  # noqa: PLR0913 - as above
    ctx: typer.Context,
    person: Person,
    *,
    concern: Concern = None,
    output: Output = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_: As = None,
    json_: Account = False,
) -> None:
    """A formal plan on paper: what is expected and given, its clock, its readings."""
    context, write = asked_as(ctx.obj, as_), _to(output, json_=json_)
    at = context.at(day(as_of, name="--as-of"), instant(known_at, name="--known-at"))
    _give(paper_about(context, "plan", person, at, concern=concern), output, write, json_=json_)


@app.command("dossier", no_args_is_help=True)
def dossier(  # noqa: PLR0913 - as above
    ctx: typer.Context,
    person: Person,
    *,
    concern: Concern = None,
    output: Output = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_: As = None,
    json_: Account = False,
) -> None:
    """The whole case about a concern, and what it leaves out."""
    context, write = asked_as(ctx.obj, as_), _to(output, json_=json_)
    at = context.at(day(as_of, name="--as-of"), instant(known_at, name="--known-at"))
    _give(paper_about(context, "dossier", person, at, concern=concern), output, write, json_=json_)


@app.command("ledger-sheet", no_args_is_help=True)
def ledger_sheet(  # noqa: PLR0913 - as above
    ctx: typer.Context,
    person: Person,
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="FILE.xlsx or .csv.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_: As = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the rows.")] = False,
) -> None:
    """Every missed promise, incident and occurrence with date, principle and remediation."""
    forms = {".xlsx": as_workbook, ".csv": as_csv}
    if output is None and not json_:
        raise Problem("no file named", where="-o", expected="-o FILE.xlsx, or --json")
    if output is not None and output.suffix.lower() not in forms:
        what = f"no sheet format '{output.suffix or output.name}'"
        raise Problem(what, where=str(output), expected=f"a name that ends in {', '.join(forms)}")
    context = asked_as(ctx.obj, as_)
    at = context.at(day(as_of, name="--as-of"), instant(known_at, name="--known-at"))
    sheet = sheet_about(context, person, at)
    if output is not None:
        write_whole(output, forms[output.suffix.lower()](sheet))
    if json_:
        rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
        print_json({"document": "ledger-sheet", "title": sheet.title, "rows": rows})
    else:
        typer.echo(f"{sheet.title}: {len(sheet.rows)} rows\nwritten to {output}")


def _to(output: Path | None, *, json_: bool) -> Writer | None:
    """How the file is written, asked before anything is made. Raises Problem for a format that is none."""
    if output is None and not json_:
        raise Problem("no file named", where="-o", expected="-o FILE.pdf, or --json")
    return None if output is None else _writer(output)


def _give(made: Made, output: Path | None, write: Writer | None, *, json_: bool) -> None:
    if output is not None and write is not None:
        write_whole(output, write(made))
    if json_:
        print_json(made.account() | {"file": None if output is None else str(output)})
    else:
        for line in _told(made, output):
            typer.echo(line)


Writer = Callable[[Made], bytes]


def _writer(output: Path) -> Writer:
    writers: dict[str, Writer] = {
        ".pdf": lambda made: made.rendered.pdf,
        ".html": lambda made: html(made.document).encode(),
        ".md": lambda made: markdown(made.document).encode(),
        ".json": lambda made: json_text(content(made.document)).encode(),
    }
    if output.suffix.lower() not in writers:
        raise Problem(
            f"no document format '{output.suffix or output.name}'",
            where=str(output),
            expected=f"a name that ends in {', '.join(writers)}",
        )
    return writers[output.suffix.lower()]


def _told(made: Made, output: Path | None) -> list[str]:
    document, rendered = made.document, made.rendered
    pages = "1 page" if rendered.pages == 1 else f"{rendered.pages} pages"
    lines = [f"{document.title}: {pages}, {document.used} of {document.available} entries"]
    lines += [f"  {len(each.entries)} {each.why}" for each in document.left_out]
    if rendered.fit is Fit.TOO_LONG:
        lines.append(f"  too long: {document.budget.most} allowed; leave out --no-group, or shorten titles")
    if rendered.fit is Fit.TOO_THIN:
        lines.append(f"  too thin: {document.budget.least} pages at least; nothing is padded")
    return [*lines, f"written to {output}"]
