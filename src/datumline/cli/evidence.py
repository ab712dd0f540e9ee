"""`datumline log`: one line of evidence, shown back before it is saved."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from datumline.cli.asking import As, asked_as
from datumline.cli.output import print_json
from datumline.domain.evidence.entry import Audience
from datumline.domain.people.access_words import Noun
from datumline.domain.verdict import Json
from datumline.services.evidence import Understood, log, understand
from datumline.services.opened import Opened
from datumline.services.people import find_person

READERS = {
    Audience.SHARED: "the person and the line above",
    Audience.CASE: "the line above and HR, until a plan is issued",
    Audience.PRIVATE: "you alone",
}
app = typer.Typer(add_completion=False)


@app.command(no_args_is_help=True)
def command(  # noqa: PLR0913 - one option for each thing that a line can leave open
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="missed invoice-export due 2026-05-04, delivered 05-13")],
    *,
    about: Annotated[str, typer.Option(help="Whom it is about: id, e-mail, handle or exact name.")],
    private: Annotated[bool, typer.Option("--private", help="A note to yourself, no evidence.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how it is understood; write nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before saving.")] = False,
    key: Annotated[str | None, typer.Option(help="Makes a repeated request one entry.")] = None,
    as_: As = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Log one line about somebody. It is shown back first; nothing that is saved can be edited.

    The first word says what it is: missed, delivered, promised, saw, told,
    praise, note, sbi, talked, review, incident, metric, artifact, cited, owns,
    unblocked, mentored, project, impact, trade-off, decided, assessed.

    Then, in any order: #principle, !concern, on DATE, due DATE, delivered DATE, links, name=value.
    """
    opened: Opened = ctx.obj
    context = asked_as(opened, as_)
    person = find_person(context, about, Noun.ENTRY)
    understood = understand(context, text, person, private=private, key=key)
    if not json_:
        for line in _lines(understood):
            typer.echo(line)
    if dry_run:
        if json_:
            print_json(_document(understood))
        return
    if sys.stdin.isatty() and not (yes or json_):
        typer.confirm("Save this entry?", default=True, abort=True)
    receipt = log(context, understood)
    if json_:
        print_json(_document(understood) | {"receipt": receipt.document()})
    else:
        typer.echo(f"saved     entry {receipt.hash[:12]}, place {receipt.seq} in its stream")


def _lines(understood: Understood) -> list[str]:
    draft = understood.draft
    said = {
        "about": understood.about.name,
        "kind": draft.kind.replace("-", " "),
        "what": draft.title,
        "happened": draft.occurred_on.isoformat(),
        **{name.replace("_", " "): _plain(value) for name, value in draft.amounts.items()},
        "principle": ", ".join(draft.principles),
        "concern": draft.concern or "",
        "state": draft.tag or "",
        "link": ", ".join(draft.links),
        "read by": READERS[draft.audience],
    }
    return [f"{name:<9} {value}" for name, value in said.items() if value]


def _plain(value: Json | date) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def _document(understood: Understood) -> dict[str, object]:
    draft = understood.draft
    return {
        "about": {"id": understood.about.id, "name": understood.about.name},
        "kind": draft.kind,
        "title": draft.title,
        "occurred_on": draft.occurred_on,
        "audience": draft.audience,
        "principles": list(draft.principles),
        "concern": draft.concern,
        "tag": draft.tag,
        "links": list(draft.links),
        "amounts": dict(draft.amounts),
    }
