"""How a language check is asked and answered: one text or one a line, as a document or in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from datumline.cli.json_lines import lines_of, name_of, print_line, text_of_line
from datumline.cli.output import print_json, read_text
from datumline.domain.policy.facts_text import parse
from datumline.domain.problem import Problem
from datumline.services.language import Document, Language, language, text_of

UNFAVOURABLE = 1
Source = Annotated[str | None, typer.Argument(metavar="FILE", help="The text; - reads it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Jsonl = Annotated[
    str | None,
    typer.Option("--jsonl", metavar="FILE", help='One {"id", "text", …} a line, one result a line.'),
]
Fail = Annotated[bool, typer.Option("--fail", help="End with 1 when there is a finding, or a bad line.")]
Pack = Annotated[Path | None, typer.Option("--pack", metavar="DIR", help="A pack's folder, for its words.")]

Check = Callable[[Language, str, str, Mapping[str, Any]], Document]
Words = Callable[[Document], list[str]]


def of_text(judge: Callable[[Language, str, str], Document]) -> Check:
    """A check that needs nothing but the text."""
    return lambda engine, text, where, _: judge(engine, text, where)


def run_check(  # noqa: PLR0913 - what a language command is asked with
    check: Check,
    words: Words,
    unfavourable: Callable[[Document], bool],
    *,
    source: str | None,
    jsonl: str | None,
    as_json: bool,
    fail: bool,
    pack: Path | None,
) -> None:
    """Run a check on one text or on every line, print what it says, and end with 1 where asked to."""
    if (source is None) == (jsonl is None):
        raise Problem("no single source of text", expected="either FILE or --jsonl FILE")
    engine = language(pack)
    if jsonl is not None:
        no = _each(check, engine, jsonl, unfavourable)
    else:
        found = check(engine, read_text(str(source)), name_of(str(source)), {})
        no = unfavourable(found)
        if as_json:
            print_json(found)
        else:
            typer.echo("\n".join(words(found)))
    if fail and no:
        raise typer.Exit(UNFAVOURABLE)


def _each(check: Check, engine: Language, source: str, unfavourable: Callable[[Document], bool]) -> bool:
    """Print one result per line; whether any is unfavourable or any line bad."""
    return each_line(
        lambda where, given: check(engine, text_of(given, where), where, given), source, unfavourable
    )


def each_line(
    judge: Callable[[str, Mapping[str, Any]], Document], source: str, unfavourable: Callable[[Document], bool]
) -> bool:
    """Print what `judge` says of each line, given where it stands and its object; whether any is bad."""
    name, no = name_of(source), False
    for number, line in enumerate(lines_of(source), 1):
        given: Mapping[str, Any] = {}
        where = f"{name}:{number}"
        try:
            given = parse(text_of_line(line, name, number), name, line=number)
            found = judge(where, given)
        except Problem as problem:
            no = True
            print_line({"id": given.get("id"), "error": str(problem)})
            continue
        no = no or unfavourable(found)
        print_line({"id": given.get("id"), **found})
    return no


def json_in(source: str) -> Any:
    """The JSON in a file. Raises Problem where there is none."""
    try:
        return json.loads(read_text(source))
    except (json.JSONDecodeError, RecursionError) as wrong:
        place = (
            f"{name_of(source)}:{wrong.lineno}"
            if isinstance(wrong, json.JSONDecodeError)
            else name_of(source)
        )
        raise Problem("not JSON", where=place, expected="one JSON document") from wrong


def text_in(given: Mapping[str, Any], key: str, where: str) -> str | None:
    """The text under a key of a line; None for none. Raises Problem for anything else."""
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise Problem(f"'{key}' is no text", where=where, expected="a date such as 2026-06-30")
    return value
