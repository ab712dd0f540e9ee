"""A round's score in plain words, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from datumline.domain.interview.round import Remaining
from datumline.services.rehearsal_rounds import Going, Report

WIDTH = 80
INDENT = 6


def score_lines(found: dict[str, Any]) -> list[str]:
    """The lines of a score as `rehearse score --json` gives it."""
    return [*_totals(found), "", *_items(found), *_mistakes(found), "", *_wrapped("Next: " + found["next"])]


def begin_lines(going: Going) -> list[str]:
    """What stands at the beginning of a round."""
    blueprint = going.engine.blueprint
    return [
        blueprint.title,
        "",
        *_wrapped(blueprint.scenario),
        "",
        "An empty line ends an answer. /next goes on, /pause stops the clock, /end ends.",
    ]


def asked_lines(going: Going, left: Remaining) -> list[str]:
    """The question, and how much time is left."""
    phase = going.engine.blueprint.phases[going.round.phase]
    head = f"{phase.name}: {_minutes(left.phase)} left of it, {_minutes(left.whole)} in all"
    return ["", head, *_wrapped(going.round.question), ""]


def round_line(going: Going) -> str:
    """A round in a list."""
    total = going.score["total"] if going.score else None
    shown = "not over" if not going.over else ("no total" if total is None else f"{total:g} of 100")
    return f"{going.id}  {going.began_at:%Y-%m-%d %H:%M}  {going.round.blueprint}  {shown}"


def report_lines(going: Going, report: Report) -> list[str]:
    """What a round says afterwards."""
    if going.score is None:
        return ["Nothing was said in this round."]
    lines = [*_totals(going.score), "", *_items(going.score), *_mistakes(going.score)]
    for move in report.stronger:
        lines += ["", *_wrapped(f"{move.name}. {move.stronger}", 2)]
    if report.practise is not None:
        lines += ["", *_wrapped(f"Practise next: {report.practise.name.lower()}. {report.practise.stronger}")]
    if going.before is not None:
        lines += ["", f"You were sure to {going.before} of 5 beforehand."]
    return [*lines, "", f"Kept as {going.id}. `datumline rehearse delete {going.id}` removes it."]


def _minutes(seconds: float) -> str:
    sign = "-" if seconds < 0 else ""
    whole = abs(round(seconds))
    return f"{sign}{whole // 60}:{whole % 60:02d}"


def _totals(found: dict[str, Any]) -> Iterator[str]:
    if found["total"] is not None:
        yield f"{found['blueprint']}: {found['total']:g} of 100"
        for name, points in found["dimensions"].items():
            yield f"  {points:5.1f}  {name.replace('-', ' ')}"


def _items(found: dict[str, Any]) -> Iterator[str]:
    for name, item in found["items"].items():
        state = "yes " if item["covered"] else ("late" if item["late"] else "no  ")
        yield f"{state}  {name.replace('-', ' ')}"
        for quote in item["quotes"][:1]:
            yield from _wrapped(f'"{quote["quote"]}"', INDENT)


def _mistakes(found: dict[str, Any]) -> Iterator[str]:
    for mistake in found["mistakes"]:
        yield f"!     {mistake['id'].replace('-', ' ')}"
        yield from _wrapped(f'"{mistake["quote"]}"', INDENT)


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
