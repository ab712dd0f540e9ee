"""How commands print: one JSON document, or plain lines that keep to 80 columns."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import typer

from datumline.domain.period import end_of_day
from datumline.domain.problem import Problem

MOST_BYTES = 17 * 2**20  # read of a file or a line at most: more than any room takes, and no memory is filled


def print_json(document: Mapping[str, object]) -> None:
    """Print one UTF-8 JSON document with a closing line feed."""
    typer.echo(json_text(document), nl=False)


def json_text(document: Mapping[str, object]) -> str:
    """One JSON document as text, dates in ISO 8601, with a closing line feed."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def read_text(source: str) -> str:
    """The text of a file, or of standard input for `-`.

    Raises Problem when it cannot be read as UTF-8, or is longer than any such file can be.
    """
    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise Problem(
            wrong.strerror or "cannot be read", where=source or "''", expected="a file that can be read"
        ) from wrong
    if len(raw) > MOST_BYTES:
        raise too_long(name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise Problem(
            f"not UTF-8 at byte {wrong.start}", where=f"{name}:{line}", expected="a text file in UTF-8"
        ) from wrong


def too_long(where: str) -> Problem:
    """What is said of a text that is longer than `MOST_BYTES`."""
    return Problem("too long", where=where, expected=f"at most {MOST_BYTES // 2**20} MB")


def day(text: str | None, *, name: str) -> date | None:
    """A day given as an argument. Raises Problem unless it is `YYYY-MM-DD`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == len("2026-06-30") else _refuse_day(text, name)
    except ValueError:
        return _refuse_day(text, name)


def _refuse_day(text: str, name: str) -> date:
    raise Problem(f"'{text}' is not a day", where=name, expected="a date such as 2026-06-30")


def instant(text: str | None, *, name: str) -> datetime | None:
    """An instant given as an argument; a day stands for its end, as in a facts file.

    Raises Problem unless it is a day, or ISO 8601 with an offset.
    """
    if text is None:
        return None
    try:
        if len(text) == len("2026-06-30"):
            return end_of_day(date.fromisoformat(text))
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise Problem(
            f"'{text}' is not an instant", where=name, expected="one such as 2026-06-30T17:00:00Z, or a day"
        )
    return parsed
