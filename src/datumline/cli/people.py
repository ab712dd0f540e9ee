"""`datumline people`: who is on file, and who a provisional person really is."""

from __future__ import annotations

from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.domain.people.access_words import Noun
from datumline.services.access import note_reading, who_opened
from datumline.services.opened import Opened
from datumline.services.people import (
    Card,
    Stranger,
    all_people,
    card_of,
    email_of,
    find_person,
    resolve,
    strangers,
)

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Who is on file, and who is who.")
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="Id, e-mail, handle or exact name.")]


@app.command("list")
def list_people(
    ctx: typer.Context,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """List everybody on file, by name."""
    opened: Opened = ctx.obj
    cards = all_people(opened.context())
    if as_json:
        print_json({"people": [_card(card) for card in cards]})
        return
    for card in cards:
        typer.echo(_line(card))
    if not cards:
        typer.echo("nobody is on file yet: `datumline import people FILE` brings them in")


@app.command("show")
def show(
    ctx: typer.Context,
    person: Who,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Show one person: where they stand today and by what they are known."""
    opened: Opened = ctx.obj
    context = opened.context()
    card = card_of(context, find_person(context, person).id)
    note_reading(context, card.person.id, Noun.PERSON, "people show")
    if as_json:
        print_json(_card(card))
        return
    for name, value in _card(card).items():
        if value not in (None, [], ""):
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            typer.echo(f"{name.replace('_', ' ')}: {shown}")


@app.command("opened")
def opened_by(
    ctx: typer.Context,
    person: Who,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Show who opened a person's record, newest first."""
    opened: Opened = ctx.obj
    context = opened.context()
    found = who_opened(context, find_person(context, person).id) or ()
    rows = [{"at": each.at, "actor": each.actor, "noun": each.noun, "what": each.what} for each in found]
    if as_json:
        print_json({"opened": rows})
        return
    for row in rows:
        typer.echo(" ".join(str(value) for value in row.values()))
    if not rows:
        typer.echo("nobody else has opened this record")


@app.command("unmatched")
def unmatched(
    ctx: typer.Context,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """List whom sources name and nobody has said who they are, the busiest first."""
    opened: Opened = ctx.obj
    found = strangers(opened.context())
    if as_json:
        print_json({"unmatched": [_stranger(one) for one in found]})
        return
    for one in found:
        perhaps = f", perhaps {' or '.join(each.name for each in one.perhaps)}" if one.perhaps else ""
        typer.echo(f"{one.changes} {one.person.name} <{email_of(one.person)}>{perhaps}")
    if not found:
        typer.echo("everybody whom a source names is on file")


@app.command("resolve")
def resolve_stranger(
    ctx: typer.Context,
    provisional: Annotated[str, typer.Argument(metavar="PROVISIONAL", help="Whom a source names.")],
    person: Who,
) -> None:
    """Record that a provisional person is somebody on file; their records are one from then on."""
    opened: Opened = ctx.obj
    stranger, real = resolve(opened.context(), provisional, person)
    typer.echo(f"{stranger.name} <{email_of(stranger)}> is {real.name} <{email_of(real)}>")


def _line(card: Card) -> str:
    parts = [card.person.name, email_of(card.person), card.place.level or "", card.place.team or ""]
    return ", ".join(part for part in parts if part)


def _card(card: Card) -> dict[str, object]:
    return {
        "id": card.person.id,
        "name": card.person.name,
        "emails": [each.value for each in card.person.identities if each.system == "email"],
        "handles": [
            f"{each.system}:{each.value}" for each in card.person.identities if each.system != "email"
        ],
        "zone": card.person.zone,
        "provisional": card.person.provisional,
        "manager": card.manager and email_of(card.manager),
        "line": [email_of(each) for each in card.line],
        "unit": card.place.unit,
        "team": card.place.team,
        "level": card.place.level,
        "role": card.place.role,
        "start_date": card.place.start_date,
        "active": card.place.active is not False,
        "known_as": list(card.known_as[1:]),
    }


def _stranger(one: Stranger) -> dict[str, object]:
    return {
        "id": one.person.id,
        "name": one.person.name,
        "email": email_of(one.person),
        "changes": one.changes,
        "perhaps": [{"id": each.id, "name": each.name, "email": email_of(each)} for each in one.perhaps],
    }
