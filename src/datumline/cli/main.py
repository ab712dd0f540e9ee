"""The command line: finds the room that a command belongs to, and says what went wrong in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from datumline import __version__
from datumline.domain.problem import Problem
from datumline.services.opened import Opened

USAGE = 2

# Each command and its room. A room is imported only when its command is called: that keeps a start quick.
ROOMS = {
    "demo": "demo",
    "serve": "serve",
    "worker": "worker",
    "jobs": "jobs",
    "log": "evidence",
    "status": "status",
    "verdict": "verdict",
    "check": "check",
    "map": "map_",
    "rehearse": "rehearse",
    "doc": "documents",
    "import": "import_",
    "people": "people",
    "account": "account",
    "ledger": "ledger",
    "policy": "policy",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
    "schema": "schema",
    "bench": "bench",
}


class Rooms(TyperGroup):
    """The commands, each loaded from its room when asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # its own Context
        """Every command, in the order of a first evening."""
        del ctx
        return list(ROOMS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any | None:  # type: ignore[override] # as above
        """The command's room, imported now; None if there is no such command."""
        del ctx
        room = ROOMS.get(cmd_name)
        if room is None:
            return None
        command = get_command(import_module(f"datumline.cli.{room}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Rooms,
    help="Dated evidence, and the decisions that stand on it.",
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - the shape that an option's callback has
    if wanted:
        typer.echo(f"datumline {__version__}")
        raise typer.Exit


@app.callback()
def datumline(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", is_eager=True, callback=_say_version),
    ] = False,
) -> None:
    """Dated evidence, and the decisions that stand on it."""
    del version


def refuse(line: str) -> int:
    """Print the one line about bad input and give its exit code."""
    typer.echo(f"datumline: {line}", err=True)
    return USAGE


def run(opened: Opened, arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 unfavourable or faulty, 2 bad usage or bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = get_command(app)(
            args=words or ["--help"], prog_name="datumline", obj=opened, standalone_mode=False
        )
    except typer.TyperException as wrong:
        return refuse(_usage_line(wrong))
    except Problem as problem:
        return refuse(str(problem))
    except (typer.Abort, KeyboardInterrupt):
        return refuse("stopped, nothing more was written")
    except BrokenPipeError:
        # The reader went away (`| head`): no fault, but Python would complain about it once more at exit.
        sys.stdout = None
        return 0
    except Exception as fault:
        if os.environ.get("DATUMLINE_DEBUG"):
            raise
        return refuse(_unforeseen(opened, fault))
    return code if isinstance(code, int) else 0


def _unforeseen(opened: Opened, fault: Exception) -> str:
    """What to say of a fault that no room foresaw: the database's own trouble has its words."""
    known = opened.trouble(fault)
    if known is not None:
        return str(known)
    if isinstance(fault, UnicodeEncodeError):  # what the shell hands over may hold bytes that are no text
        return "an argument is not UTF-8, expected text in UTF-8"
    said = " ".join(str(fault).split())[:200]
    return (
        f"an unforeseen fault, {type(fault).__name__}: {said}, "
        "expected none; DATUMLINE_DEBUG=1 shows where it happened"
    )


def _usage_line(wrong: typer.TyperException) -> str:
    context: typer.Context | None = getattr(wrong, "ctx", None)
    shown = context.command_path if context else "datumline"
    if type(wrong).__name__ == "NoArgsIsHelpError":
        return f"no command after '{shown}', expected one that '{shown} --help' lists"
    message = " ".join(wrong.format_message().split()).rstrip(".")
    return f"{message}, expected what '{shown} --help' shows"
