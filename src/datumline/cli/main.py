"""The command line: finds the room that a command belongs to, and says what went wrong in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click
import typer

from datumline import __version__
from datumline.domain.problem import Problem
from datumline.services.opened import Opened

USAGE = 2

# Each command and its room. A room is imported only when its command is called: that keeps a start quick.
ROOMS = {
    "demo": "demo",
    "serve": "serve",
    "log": "evidence",
    "status": "status",
    "verdict": "verdict",
    "doc": "documents",
    "import": "import_",
    "people": "people",
    "ledger": "ledger",
    "policy": "policy",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
    "schema": "schema",
    "bench": "bench",
}


class Rooms(click.Group):
    """The commands, each loaded from its room when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a first evening."""
        del ctx
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command's room, imported now; None if there is no such command."""
        del ctx
        room = ROOMS.get(cmd_name)
        if room is None:
            return None
        command = typer.main.get_command(import_module(f"datumline.cli.{room}").app)
        command.name = cmd_name
        return command


@click.group(
    cls=Rooms,
    help="Dated evidence, and the decisions that stand on it.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", prog_name="datumline")
def datumline() -> None:
    """Stand for the whole program; the rooms do the work."""


def refuse(line: str) -> int:
    """Print the one line about bad input and give its exit code."""
    click.echo(f"datumline: {line}", err=True)
    return USAGE


def run(opened: Opened, arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 unfavourable or faulty, 2 bad usage or bad input."""
    try:
        code = datumline.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="datumline",
            obj=opened,
            standalone_mode=False,
        )
    except click.exceptions.NoArgsIsHelpError as wanted:
        click.echo(wanted.format_message())
        return USAGE
    except click.ClickException as wrong:
        return refuse(_usage_line(wrong))
    except Problem as problem:
        return refuse(str(problem))
    except (click.Abort, KeyboardInterrupt):
        return refuse("stopped, nothing more was written")
    except BrokenPipeError:
        # The reader went away (`| head`): that is not a fault, but Python would complain once more at exit.
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


def _usage_line(wrong: click.ClickException) -> str:
    message = " ".join(wrong.format_message().split()).rstrip(".")
    shown = wrong.ctx.command_path if isinstance(wrong, click.UsageError) and wrong.ctx else "datumline"
    return f"{message}, see '{shown} --help'"
