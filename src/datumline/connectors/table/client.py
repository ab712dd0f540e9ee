"""Opens a CSV or XLSX file as a table: a header, then rows with their line numbers, streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TextIO

from datumline.connectors.table.dates import Cell
from datumline.connectors.table.encoding import encoding_of
from datumline.connectors.table.workbook import workbook_rows
from datumline.domain.problem import Problem

MOST_COLUMNS = 1_000
LONGEST_CELL = 100_000  # characters; beyond it a quote was never closed
LONGEST_LINE = 1_000_000
_DELIMITERS = ",;\t|"
_ZIP = b"PK\x03\x04"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: the line that it starts on, and its cells; `fault` says why it cannot be used at all."""

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that can be gone through once.

    Attributes:
        path: where it was read from.
        encoding: of a text file, else `xlsx`.
        headers: the cells of the first row that is not empty, as text.
        lines: the rows after it; empty ones are left out.
    """

    path: Path
    encoding: str
    headers: tuple[str, ...]
    lines: Iterator[Line]


def open_table(path: Path) -> Table:
    """The table in a file, by its content and not by its name.

    Raises:
        Problem: it cannot be read, is empty, has no header, or breaks off inside a quoted cell. A fault
            further down is raised while the lines are gone through.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for ever, and can be read once only
            raise Problem("not a file", where=str(path), expected="a CSV or XLSX file")
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
    except (OSError, ValueError) as wrong:
        raise Problem(_why(wrong), where=str(path), expected="a CSV or XLSX file") from wrong
    if not start:
        raise Problem("an empty file", where=str(path), expected="a header row, then rows")
    encoding = "xlsx" if start == _ZIP else encoding_of(path)
    rows = workbook_rows(path) if encoding == "xlsx" else _text_rows(path, encoding)
    full = ((number, row) for number, row in rows if any(_said(cell) for cell in row))
    header = next(full, None)
    if header is None:
        raise Problem("no rows", where=str(path), expected="a header row, then rows")
    headers = _headers(header[1], path)
    return Table(path=path, encoding=encoding, headers=headers, lines=_lines(full, len(headers)))


def _why(wrong: OSError | ValueError) -> str:
    return (wrong.strerror if isinstance(wrong, OSError) else None) or "cannot be read"


def _said(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _headers(row: list[Cell], path: Path) -> tuple[str, ...]:
    headers = [("" if cell is None else str(cell)).strip() for cell in row]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise Problem(f"{len(headers)} columns", where=str(path), expected=f"at most {MOST_COLUMNS}")
    return tuple(headers)


def _lines(rows: Iterator[tuple[int, list[Cell]]], width: int) -> Iterator[Line]:
    for number, row in rows:
        extra = sum(1 for cell in row[width:] if _said(cell))
        fault = f"{extra} cells more than the header has" if extra else _unusable(row)
        filled = chain(row[:width], [None] * (width - len(row)))
        yield Line(number=number, cells=() if fault else tuple(map(_plain, filled)), fault=fault)


def _unusable(row: list[Cell]) -> str:
    texts = [cell for cell in row if isinstance(cell, str)]
    if any("\0" in text for text in texts):
        return "a NUL character"
    if any("\ud800" <= character <= "\udfff" for text in texts if not text.isascii() for character in text):
        return "half of a character (a lone surrogate)"
    return "a cell that is too long" if any(len(text) > LONGEST_CELL for text in texts) else ""


def _plain(cell: Cell) -> Cell:
    """Text as it was meant: an apostrophe that only kept a formula from running is taken off again."""
    if isinstance(cell, str):
        text = cell.strip(" \t\r\n\u00a0")
        return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_STARTS else text
    return cell


def _text_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[Cell]]]:
    with path.open(encoding=encoding, newline="") as file:
        physical = _physical_lines(file, path)
        named = next(physical, "")
        bare = named.rstrip("\r\n")
        skipped = bare.lower().startswith("sep=") and len(bare) == len("sep=;")
        delimiter = bare[-1] if skipped else _delimiter(named)
        reader = csv.reader(chain(() if skipped else (named,), physical), delimiter=delimiter, strict=True)
        while True:
            number = reader.line_num + 1 + skipped
            try:
                row = next(reader, None)
            except csv.Error as wrong:
                raise Problem(
                    "a quoted cell that is not closed", where=f"{path}:{number}", expected='a closing "'
                ) from wrong
            if row is None:
                return
            yield number, list(row)


def _physical_lines(file: TextIO, path: Path) -> Iterator[str]:
    for number in count(1):
        line = file.readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE:
            raise Problem(
                "a line that is too long",
                where=f"{path}:{number}",
                expected=f"at most {LONGEST_LINE} characters",
            )
        if not line:
            return
        yield line


def _delimiter(header: str) -> str:
    """The character that cuts the header into most cells; a comma when none cuts it."""
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([header], delimiter=each), [])))
