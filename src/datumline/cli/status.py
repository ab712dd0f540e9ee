"""`datumline status`: where somebody stands on a day."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Annotated

import typer

from datumline.cli.asking import As, asked_as
from datumline.cli.output import day, instant, print_json
from datumline.domain.policy.phrasebook import day_words
from datumline.domain.signals.words import signal_words
from datumline.services.opened import Opened
from datumline.services.record import PersonRecord
from datumline.services.status import Status, evidence_of, status_of
from datumline.services.verdicts import PersonVerdict

WIDTH = 80
app = typer.Typer(add_completion=False)


@app.command(no_args_is_help=True)
def command(  # noqa: PLR0913 - the question's two clocks, who asks, and the form of the answer
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(help="Id, e-mail, handle or exact name.")],
    *,
    as_of: Annotated[str | None, typer.Option(help="The day it is about; today unless given.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what had been written by then.")] = None,
    as_: As = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Figures, concerns, clocks and verdicts of one person, each with what it rests on."""
    opened: Opened = ctx.obj
    found = status_of(
        asked_as(opened, as_),
        person,
        as_of=day(as_of, name="--as-of"),
        known_at=instant(known_at, name="--known-at"),
    )
    if json_:
        print_json(found.document())
    else:
        for line in _lines(found):
            typer.echo(line)


def _lines(found: Status) -> Iterator[str]:
    record = found.record
    yield record.person.name + (
        " (provisional: nobody has confirmed who this is)" if record.person.provisional else ""
    )
    yield f"as of {day_words(record.at.as_of)}, {len(evidence_of(record))} entries"
    if found.unseen:
        yield f"{found.unseen} more happened by then and were written later: --known-at includes them"
    yield ""
    yield from _figures(record)
    yield from _clocks(record)
    for judged in found.verdicts:
        yield ""
        yield from _verdict(judged)


def _figures(record: PersonRecord) -> Iterator[str]:
    silent = []
    for signal in record.signals:
        words = signal_words(signal, record.policy.phrases)
        if words.empty:
            silent.append(words.name.lower())
            continue
        beside = [
            words.count,
            words.interval and f"95 %: {words.interval}",
            words.bar and f"bar: {words.bar}",
        ]
        told = words.finding or ", ".join(part for part in (words.figure, *beside) if part)
        yield from wrap(f"{words.name}: {told}", WIDTH, subsequent_indent="  ")
    if silent:
        yield from wrap(f"nothing on file: {'; '.join(dict.fromkeys(silent))}", WIDTH, subsequent_indent="  ")


def _clocks(record: PersonRecord) -> Iterator[str]:
    for clock in record.clocks:
        days = clock.days_left(record.at.as_of)
        when = f"in {days} days" if days > 0 else "today" if days == 0 else f"{-days} days ago"
        yield f"{clock.id.replace('-', ' ')}: {day_words(clock.due)}, {when}"


def _verdict(judged: PersonVerdict) -> Iterator[str]:
    phrases, verdict = judged.policy.phrases, judged.verdict
    about = f" ({judged.concern})" if judged.concern else ""
    yield f"{judged.policy.table(verdict.table).question}{about}"
    answer = phrases.say(f"verdict.{verdict.table}.{verdict.verdict}")
    yield from wrap(answer, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for condition in verdict.conditions:
        asked = phrases.say(f"condition.{verdict.table}.{condition.id}", **condition.figures)
        told = f"{phrases.say(f'answer.{condition.answer}')}: {asked}"
        yield from wrap(told, WIDTH, initial_indent="  - ", subsequent_indent="    ")
