"""`datumline ledger`: is everything as it was written, and what somebody outside can keep to see that."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from datumline.cli.files import write_whole
from datumline.cli.output import print_json, read_text
from datumline.domain.evidence.verification import Fault
from datumline.domain.problem import Problem
from datumline.services import checkpoints, ledger, verification
from datumline.services.opened import Opened
from datumline.services.people import find_person

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Whether the ledger is whole, and receipts that prove it.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints.")]
SHOWN = 20
FAULTY = 1


@app.command()
def verify(
    ctx: typer.Context,
    receipt: Annotated[str | None, typer.Option(metavar="FILE", help="A receipt to hold it against.")] = None,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Recompute every entry, column and projection; exit 1 and name the place of every fault."""
    opened: Opened = ctx.obj
    kept = None if receipt is None else ledger.read_receipt(read_text(receipt), where=receipt)
    try:
        found = verification.verify(opened.context().home, kept)
    except Exception as error:
        broken = verification.unreadable(error)
        if broken is None:
            raise
        found = broken
    if as_json:
        print_json(_verified(found))
    else:
        for fault in found.faults[:SHOWN]:
            typer.echo(f"{_place(fault)}: {fault.what}")
        if len(found.faults) > SHOWN:
            typer.echo(f"and {len(found.faults) - SHOWN} more faults (--json lists all)")
        count = len(found.faults)
        whole = f"{count} fault{'' if count == 1 else 's'}" if count else "whole"
        typer.echo(f"{found.entries} entries in {found.streams} streams: {whole}")
    if found.faults:
        raise typer.Exit(FAULTY)


def _place(fault: Fault) -> str:
    if not fault.stream:
        return fault.table
    return f"stream {fault.stream}" + ("" if fault.seq is None else f" seq {fault.seq}")


def _verified(found: verification.Verification) -> dict[str, object]:
    return {
        "clean": not found.faults,
        "streams": found.streams,
        "entries": found.entries,
        "keys": list(found.keys),
        "faults": [
            {"stream": each.stream or None, "seq": each.seq, "table": each.table or None, "what": each.what}
            for each in found.faults
        ],
    }


@app.command()
def receipt(
    ctx: typer.Context,
    output: Output,
    entry: Annotated[str | None, typer.Argument(help="An entry's id, or its first digits.")] = None,
    about: Annotated[str | None, typer.Option(metavar="PERSON", help="Their last shared entry.")] = None,
) -> None:
    """Write a signed receipt: it covers its entry and every earlier one of the stream."""
    opened: Opened = ctx.obj
    context = opened.context()
    if (entry is None) == (about is None):
        raise Problem("an entry or a person, not both or neither", expected="ENTRY or --about PERSON")
    if about is not None:
        made = ledger.receipt_of_person(context, find_person(context, about).id)
    else:
        made = ledger.receipt_of_entry(context, entry or "")
    _write(output, f"{json.dumps(made.document(), indent=2)}\n".encode())


def _write(output: Path, content: bytes) -> None:
    if str(output) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)
        typer.echo(f"written to {output}")


@app.command()
def export(
    ctx: typer.Context,
    about: Annotated[str, typer.Option(metavar="PERSON", help="Whose shared stream.")],
    output: Output,
) -> None:
    """Write a person's shared stream with its exact bytes, for the offline verifier."""
    opened: Opened = ctx.obj
    context = opened.context()
    made = ledger.export(context, find_person(context, about).id)
    _write(output, f"{json.dumps(made, ensure_ascii=False)}\n".encode())


@app.command()
def checkpoint(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints.")
    ] = Path("-"),
) -> None:
    """Sign a checkpoint over everything written by now, for somebody outside to keep (C2SP signed note)."""
    opened: Opened = ctx.obj
    _write(output, checkpoints.checkpoint(opened.context()).checkpoint.note.encode())


@app.command()
def proof(
    ctx: typer.Context,
    about: Annotated[str, typer.Option(metavar="PERSON", help="Whose shared stream.")],
    output: Output,
) -> None:
    """Write a person's shared stream with the proof that all of it is in a signed checkpoint."""
    opened: Opened = ctx.obj
    context = opened.context()
    made = checkpoints.proof(context, find_person(context, about).id)
    _write(output, f"{json.dumps(made, ensure_ascii=False)}\n".encode())


@app.command()
def verifier(output: Output) -> None:
    """Write the one-file verifier that runs by plain python3 where Datumline is not installed."""
    _write(output, ledger.offline_verifier())
