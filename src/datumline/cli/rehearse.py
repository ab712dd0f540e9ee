"""`datumline rehearse`: an interview in the terminal, and the score of a transcript."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from datumline.cli.json_lines import lines_of, name_of, print_line, text_of_line
from datumline.cli.output import day, print_json, read_text
from datumline.cli.rehearse_words import report_lines, round_line, score_lines
from datumline.domain.policy.facts_text import parse
from datumline.domain.problem import Problem
from datumline.services.context import system_clock
from datumline.services.opened import Opened

ROUND = "round"


class BlueprintOrCommand(TyperGroup):
    """Takes a word that is no command for the name of a blueprint, and no word at all for the usual one."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # own Context
        """The arguments with the command that they leave out."""
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h"}):
            args = [ROUND, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=BlueprintOrCommand,
    add_completion=False,
    help="Rehearse an interview alone: `rehearse [BLUEPRINT]`. Nothing leaves this machine.",
)


@app.command(ROUND)
def rehearse_round(
    ctx: typer.Context,
    blueprint: Annotated[
        str, typer.Argument(metavar="[BLUEPRINT]", help="Which interview.")
    ] = "em-performance",
    exam: Annotated[bool, typer.Option("--exam", help="Without a pause.")] = False,  # noqa: FBT002 - an option
    before: Annotated[
        int | None, typer.Option("--sure", metavar="1-5", help="How sure you are beforehand.")
    ] = None,
) -> None:
    """Run a round in the terminal; it is kept in your workspace."""
    from datumline.cli.rehearse_round import run_round  # noqa: PLC0415 - keeps the other commands quick

    opened: Opened = ctx.obj
    run_round(opened.context(), blueprint=blueprint, exam=exam, before=before)


@app.command("list")
def list_rounds(ctx: typer.Context) -> None:
    """List your rounds, the latest first."""
    from datumline.services.rehearsal_rounds import my_rounds  # noqa: PLC0415 - as above

    opened: Opened = ctx.obj
    for going in my_rounds(opened.context()):
        typer.echo(round_line(going))


@app.command("report")
def report(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND", help="A round's id, as `rehearse list` shows it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,  # noqa: FBT002
) -> None:
    """Show the report of one of your rounds."""
    from datumline.services.rehearsal_rounds import open_round, report_of  # noqa: PLC0415 - as above

    opened: Opened = ctx.obj
    going = open_round(opened.context(), name)
    if as_json and going.score is not None:
        print_json(going.score)
    else:
        typer.echo("\n".join(report_lines(going, report_of(going))))


@app.command("delete")
def delete(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND", help="A round's id, as `rehearse list` shows it.")],
) -> None:
    """Delete one of your rounds, at once and for good."""
    from datumline.services.rehearsal_rounds import delete_round  # noqa: PLC0415 - as above

    opened: Opened = ctx.obj
    delete_round(opened.context(), name)
    typer.echo("deleted")


@app.command("score")
def score(
    transcript: Annotated[
        str | None, typer.Option("--transcript", metavar="FILE", help='{"blueprint", "turns"}; - reads it.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,  # noqa: FBT002
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", metavar="FILE", help="One transcript a line, one result a line.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="By the numbers of which day; today unless given."),
    ] = None,
    pack: Annotated[Path | None, typer.Option("--pack", metavar="DIR", help="A pack's folder.")] = None,
) -> None:
    """Score a transcript: what it covers, with the words, what went wrong, and what would be asked next."""
    from datumline.services.rehearsal import score_transcript  # noqa: PLC0415 - keeps the other commands quick

    if (transcript is None) == (jsonl is None):
        raise Problem("no single source of transcripts", expected="either --transcript FILE or --jsonl FILE")
    today = day(on, name="--on") or system_clock().date()
    if jsonl is None:
        name = name_of(str(transcript))
        given = parse(read_text(str(transcript)), name)
        found = score_transcript(given, name, pack, today)
        if as_json:
            print_json(found)
        else:
            typer.echo("\n".join(score_lines(found)))
        return
    name = name_of(jsonl)
    for number, line in enumerate(lines_of(jsonl), 1):
        read: Mapping[str, Any] = {}
        try:
            read = parse(text_of_line(line, name, number), name, line=number)
            result = score_transcript(read, f"{name}:{number}", pack, today)
        except Problem as problem:
            print_line({"id": read.get("id"), "error": str(problem)})
            continue
        print_line({"id": read.get("id"), **result})
