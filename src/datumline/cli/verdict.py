"""`datumline verdict TABLE`: a verdict on a facts file, or on what the ledger holds about a person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from datumline.cli.asking import As, asked_as
from datumline.cli.json_lines import lines_of, name_of, print_line, text_of_line
from datumline.cli.output import day, instant, print_json, read_text
from datumline.cli.verdict_words import words
from datumline.domain.policy.facts_text import parse
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.verdict_document import verdict_document
from datumline.domain.problem import Problem
from datumline.pack_files import load
from datumline.services.opened import Opened
from datumline.services.verdicts import PersonVerdict, judge, judge_person, table_named, unfavourable

app = typer.Typer(add_completion=False)
UNFAVOURABLE = 1


@app.command()
def verdict(  # noqa: PLR0913, PLR0917 - each argument is an option of the command
    ctx: typer.Context,
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="plan, non-negotiables, coaching, escalation, hr, …")
    ],
    facts: Annotated[str | None, typer.Option(metavar="FILE", help="A JSON facts file; - reads it.")] = None,
    jsonl: Annotated[str | None, typer.Option(metavar="FILE", help="One facts object per line.")] = None,
    person: Annotated[str | None, typer.Option(metavar="P", help="Somebody on file instead.")] = None,
    concern: Annotated[str | None, typer.Option(metavar="C", help="Which concern of theirs.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="D", help="What had happened by D.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", metavar="T", help="What was written by T.")
    ] = None,
    as_: As = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="A pack's folder, for facts.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,  # noqa: FBT002
    fail: Annotated[bool, typer.Option("--fail", help="End with 1 on a no, or on a bad line.")] = False,  # noqa: FBT002
) -> None:
    """Give the verdict of a decision table, with its conditions and what would change it."""
    if sum(source is not None for source in (facts, jsonl, person)) != 1:
        raise Problem("no single source of facts", expected="one of --facts, --jsonl and --person")
    if person is None and (concern or as_of or known_at or as_):
        raise Problem("--concern, --as-of, --known-at or --as without --person", expected="facts alone")
    if person is not None:
        opened: Opened = ctx.obj
        found = judge_person(
            asked_as(opened, as_),
            table,
            person,
            concern=concern,
            as_of=day(as_of, name="--as-of"),
            known_at=instant(known_at, name="--known-at"),
        )
        no = _about(found, as_json=as_json)
    elif jsonl is not None:
        no = _each(table, jsonl, load(pack))
    else:
        no = _on_facts(table, str(facts), load(pack), as_json=as_json)
    if fail and no:
        raise typer.Exit(UNFAVOURABLE)


def _on_facts(table: str, source: str, policy: Policy, *, as_json: bool) -> bool:
    """Print the verdict on one facts file; whether it is unfavourable."""
    given = parse(read_text(source), name_of(source))
    found = judge(table, given, policy)
    if as_json:
        print_json(verdict_document(found, policy.phrases))
    else:
        typer.echo(words(found, policy, {}))
    return unfavourable(found, policy)


def _about(found: PersonVerdict, *, as_json: bool) -> bool:
    """Print the verdict about a person; whether it is unfavourable."""
    if as_json:
        print_json(found.document())
    else:
        about = f"{found.person}: {found.concern}" if found.concern else found.person
        typer.echo(words(found.verdict, found.policy, found.named, about=about))
    return unfavourable(found.verdict, found.policy)


def _each(table: str, source: str, policy: Policy) -> bool:
    """Print one result per line; a bad line gives its error.

    Whether any verdict is unfavourable or any line bad: nobody who asked to be stopped by a no should pass
    on a line that gave no answer.
    """
    table_named(table)
    name, no = name_of(source), False
    for number, line in enumerate(lines_of(source), 1):
        given: Mapping[str, Any] = {}
        try:
            given = parse(text_of_line(line, name, number), name, line=number)
            found = judge(table, given, policy)
        except Problem as problem:
            no = True
            print_line({"id": given.get("id"), "error": str(problem)})
            continue
        no = no or unfavourable(found, policy)
        print_line({"id": given.get("id"), **verdict_document(found, policy.phrases)})
    return no
