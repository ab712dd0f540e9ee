"""`datumline policy`: check a pack, put it in force, and show what the one in force says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from datumline.cli.output import day, print_json
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.parameter import Unit
from datumline.domain.problem import Problem
from datumline.services.opened import Opened
from datumline.services.policy import Checked, Shown, activate, active_policy, check, plain, shown

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The policy that verdicts are given under."
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
BAD_INPUT = 2


@app.command("check")
def check_pack(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The pack's folder.")],
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Read a pack, run its worked cases, and name every fault with its file and line."""
    from datumline.services.verdicts import judge  # noqa: PLC0415 - keeps the other commands quick

    found = check(folder, judge)
    if as_json:
        print_json(_checked(found))
    elif found.policy is not None and not found.problems:
        head = found.policy.head
        typer.echo(f"{head.id} {head.version}: sound, {found.cases} worked cases right")
    for problem in found.problems:
        typer.echo(f"datumline: {problem}", err=True)
    if found.problems:
        raise typer.Exit(BAD_INPUT)


@app.command("activate")
def put_in_force(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The pack's folder.")],
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Its first day; by default the pack's own.")
    ] = None,
) -> None:
    """Put a pack in force from a day, never before today; its content is kept for past verdicts."""
    opened: Opened = ctx.obj
    active = activate(opened.context(), folder, day(start, name="--from"))
    typer.echo(f"{active.pack} {active.version}: in force from {active.starts}, digest {active.digest}")


@app.command("show")
def show(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(help="A parameter, or the first part of its name.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day asked about.")] = None,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
) -> None:
    """Show the parameters of the pack in force, with the values of a day."""
    opened: Opened = ctx.obj
    context = opened.context()
    at = context.at(day(on, name="--on"))
    policy = active_policy(context, at)
    found = shown(policy, at.as_of, key)
    if as_json:
        pack = {"name": policy.ref.name, "version": policy.ref.version, "digest": policy.digest}
        print_json({"pack": pack, "on": at.as_of, "parameters": [_parameter(one) for one in found]})
        return
    for one in found:
        _print(one, policy, full=key is not None)


def _print(one: Shown, policy: Policy, *, full: bool) -> None:
    value = ", ".join(map(str, one.value)) if isinstance(one.value, list) else str(one.value)
    typer.echo(f"{one.parameter.key}: {value}{_counted(one)} [{one.parameter.reference}]")
    if full:
        typer.echo(f"  {one.parameter.meaning}")
        typer.echo(f"  {policy.ref.name} {policy.ref.version}, allowed {one.parameter.range}")


def _counted(one: Shown) -> str:
    """The unit as it is written after the value; none for texts and plain counts."""
    unit = one.parameter.unit
    if unit in (Unit.TEXT, Unit.TEXTS, Unit.COUNT):
        return ""
    return f" {unit.removesuffix('s') if one.value == 1 else unit}"


def _parameter(one: Shown) -> dict[str, object]:
    parameter = one.parameter
    return {
        "key": parameter.key,
        "value": one.value,
        "unit": parameter.unit.value,
        "meaning": parameter.meaning,
        "reference": parameter.reference,
        "values": [{"from": dated.start, "value": plain(dated.value)} for dated in parameter.values],
    }


def _checked(found: Checked) -> dict[str, object]:
    policy = found.policy
    pack = policy and {"name": policy.ref.name, "version": policy.ref.version, "digest": policy.digest}
    return {
        "clean": not found.problems,
        "pack": pack,
        "cases": found.cases,
        "faults": [_fault(problem) for problem in found.problems],
    }


def _fault(problem: Problem) -> dict[str, str]:
    return {"what": problem.what, "where": problem.where, "expected": problem.expected}
