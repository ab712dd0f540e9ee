"""`datumline check …`: the language checks of a text, as one document, as lines, or in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from datumline.cli.check_running import (
    AsJson,
    Fail,
    Jsonl,
    Pack,
    Source,
    json_in,
    of_text,
    run_check,
    text_in,
)
from datumline.cli.check_stories import mirror, story
from datumline.cli.check_words import (
    claim_lines,
    coverage_lines,
    disclosure_lines,
    feedback_lines,
    finding_lines,
)
from datumline.cli.output import day
from datumline.domain.problem import Problem
from datumline.services.context import system_clock
from datumline.services.language import Document, Language

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Language checks of a text in English: what fails, and in which words. Nothing leaves this machine.",
)


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
        own = day(text_in(given, "on", where), name=f"{where} 'on'")
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
    shared = None if case is None else json_in(case)

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
    shared = None if items is None else json_in(items)

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


app.command("story")(story)
app.command("mirror")(mirror)
