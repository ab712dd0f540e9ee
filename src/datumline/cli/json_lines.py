"""`--jsonl FILE`: one object in, one result out; a bad line gives its error and the run goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import typer

from datumline.cli.output import MOST_BYTES, too_long
from datumline.domain.problem import Problem

STDIN = "-"
MOST_SKIPPED = 200 * 2**20  # of a line that is too long, before it is taken to have no end


def lines_of(source: str) -> Iterator[bytes]:
    """The lines of a file, or of standard input for `-`. Raises Problem for a file that cannot be read."""
    if source == STDIN:
        yield from _bounded(sys.stdin.buffer)
        return
    try:
        with Path(source).open("rb") as file:
            yield from _bounded(file)
    except OSError as wrong:
        raise Problem(
            wrong.strerror or "cannot be read", where=source or "''", expected="a file that can be read"
        ) from wrong


def _bounded(file: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long as much as shows that. Raises Problem for one without an end."""
    while line := file.readline(MOST_BYTES + 1):
        yield line
        skipped = 0
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = file.readline(MOST_BYTES + 1)
            skipped += len(line)
            if skipped > MOST_SKIPPED:
                raise too_long("a line")


def name_of(source: str) -> str:
    """What a source is called in messages."""
    return "standard input" if source == STDIN else source


def text_of_line(line: bytes, name: str, number: int) -> str:
    """A line as text. Raises Problem for one that is too long or not UTF-8."""
    if len(line) > MOST_BYTES:
        raise too_long(f"{name}:{number}")
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as wrong:
        what = f"not UTF-8 at byte {wrong.start}"
        raise Problem(what, where=f"{name}:{number}", expected="a line in UTF-8") from wrong


def print_line(document: Mapping[str, Any]) -> None:
    """Print one result on one line."""
    text = json.dumps(document, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair in an id: escaped as it came
        text = json.dumps(document)
    typer.echo(text)
