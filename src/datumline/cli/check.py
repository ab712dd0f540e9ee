"""`datumline check …`: the language checks of a text, as one document, as lines, or in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from datumline.cli.check_words import (
    claim_lines,
    coverage_lines,
    disclosure_lines,
    feedback_lines,
    finding_lines,
)
from datumline.cli.json_lines import lines_of, name_of, print_line, text_of_line
from datumline.cli.output import day, print_json, read_text
from datumline.domain.policy.facts_text import parse
from datumline.domain.problem import Problem
from datumline.services.context import system_clock
from datumline.services.language import Document, Language, language, text_of

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Language checks of a text in English: what fails, and in which words. Nothing leaves this machine.",
)
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


@app.command("claims")
def claims(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Find the changes that a text claims, and recompute them."""
    run_check(
        of_text(Language.claims),
        claim_lines,
        lambda found: any(claim["agrees"] is False for claim in found["claims"]),
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


@app.command("feedback")
def feedback(  # noqa: PLR0913, PLR0917 - as above
    source: Source = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the note; today unless given.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Check a feedback note: its five parts, its checkpoint, and the words that weaken it."""
    given_day = day(on, name="--on")

    def check(engine: Language, text: str, where: str, given: Mapping[str, Any]) -> Document:
        own = day(_text(given, "on", where), name=f"{where} 'on'")
        return engine.feedback(text, where, own or given_day or system_clock().date())

    run_check(
        check,
        feedback_lines,
        lambda found: not found["clean"],
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


@app.command("wording")
def wording(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Find words that judge, soften, blur or oversell."""
    run_check(
        of_text(Language.wording),
        finding_lines,
        lambda found: bool(found["findings"]),
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


@app.command("disclosure")
def disclosure(  # noqa: PLR0913, PLR0917 - as above
    source: Source = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="FILE", help='{"person", "facts": […]}.')
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Say whether a message to a team gives away somebody's performance case."""
    shared = None if case is None else _json(case)

    def check(engine: Language, text: str, where: str, given: Mapping[str, Any]) -> Document:
        own = given.get("case", shared)
        if own is None:
            raise Problem("no case", where=where, expected="--case FILE, or a 'case' in each line")
        return engine.disclosure(text, where, own)

    run_check(
        check,
        disclosure_lines,
        lambda found: bool(found["discloses"]),
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


@app.command("coverage")
def coverage(  # noqa: PLR0913, PLR0917 - as above
    source: Source = None,
    items: Annotated[str | None, typer.Option("--items", metavar="FILE", help='[{"id", "says", …}].')] = None,
    as_json: AsJson = False,  # noqa: FBT002
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Say which items of a list a text covers, and with which words."""
    shared = None if items is None else _json(items)

    def check(engine: Language, text: str, where: str, given: Mapping[str, Any]) -> Document:
        own = given.get("items", shared)
        if own is None:
            raise Problem("no items", where=where, expected="--items FILE, or 'items' in each line")
        return engine.coverage(text, where, own)

    run_check(
        check,
        coverage_lines,
        lambda found: not all(item["covered"] for item in found["items"].values()),
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


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
    name, no = name_of(source), False
    for number, line in enumerate(lines_of(source), 1):
        given: Mapping[str, Any] = {}
        where = f"{name}:{number}"
        try:
            given = parse(text_of_line(line, name, number), name, line=number)
            found = check(engine, text_of(given, where), where, given)
        except Problem as problem:
            no = True
            print_line({"id": given.get("id"), "error": str(problem)})
            continue
        no = no or unfavourable(found)
        print_line({"id": given.get("id"), **found})
    return no


def _json(source: str) -> Any:
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


def _text(given: Mapping[str, Any], key: str, where: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise Problem(f"'{key}' is no text", where=where, expected="a date such as 2026-06-30")
    return value
