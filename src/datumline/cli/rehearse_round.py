"""A round in the terminal: 80 columns, one question at a time, plain lines in and out."""

from __future__ import annotations

import sys

import typer

from datumline.cli.rehearse_words import asked_lines, begin_lines, report_lines
from datumline.domain.problem import Problem
from datumline.services.context import Context
from datumline.services.rehearsal_rounds import (
    Going,
    answer_round,
    begin_round,
    end_round,
    pause_round,
    report_of,
    resume_round,
    skip_phase,
    time_left,
)

NEXT, PAUSE, END = "/next", "/pause", "/end"


def run_round(context: Context, *, blueprint: str, exam: bool, before: int | None) -> None:
    """Ask and listen until the round is over, then print its report."""
    going = begin_round(context, blueprint=blueprint, exam=exam, before=before)
    typer.echo("\n".join(begin_lines(going)))
    while not going.over:
        typer.echo("\n".join(asked_lines(going, time_left(context, going))))
        said = _listen()
        try:
            going = _after(context, going, said)
        except Problem as problem:  # nothing is lost: the same question stands
            typer.echo(f"datumline: {problem}", err=True)
    typer.echo("\n".join(report_lines(going, report_of(going))))


def _after(context: Context, going: Going, said: str | None) -> Going:
    """The round after one answer or one command; None is the end of the input."""
    if said is None or said == END:
        return end_round(context, going.id)
    if said == NEXT:
        return skip_phase(context, going.id)
    if said == PAUSE:
        pause_round(context, going.id)
        typer.echo("The clock stands. Enter goes on.")
        sys.stdin.readline()
        return resume_round(context, going.id)
    return answer_round(context, going.id, said)


def _listen() -> str | None:
    """Lines up to an empty one, or a command alone; None when there is no more input."""
    lines: list[str] = []
    for line in sys.stdin:
        text = line.strip()
        if not lines and text in {NEXT, PAUSE, END}:
            return text
        if not text:
            if lines:
                return "\n".join(lines)
            continue
        lines.append(text)
    return "\n".join(lines) if lines else None
