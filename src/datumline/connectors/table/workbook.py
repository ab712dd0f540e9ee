"""Rows of an XLSX workbook, streamed, with bounds on what a small file may unpack to."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from datumline.connectors.table.dates import Cell
from datumline.domain.problem import Problem

# What the standard library raises for an archive whose bytes are not what they should be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError)

MOST_UNPACKED = 100 << 20  # bytes of all parts together
MOST_SHARED = 40 << 20  # bytes of the one part that is read whole: the shared strings
MOST_CELLS = 5_000_000
_SHARED = "xl/sharedStrings.xml"
_HEAD = 1_024


def workbook_rows(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    """Each row of the first sheet with its number, counted from 1; formulas as the value that was last shown.

    Raises:
        Problem: it is no workbook, or it unpacks to more than anybody's list of people.
    """
    _check(path)
    with path.open("rb") as file:
        try:
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as wrong:
            raise _broken(path) from wrong
        with closing(workbook):
            yield from _sheet_rows(workbook, path)


def _sheet_rows(workbook: Workbook, path: Path) -> Iterator[tuple[int, list[Cell]]]:
    if not workbook.worksheets:
        raise Problem("no sheet with rows", where=str(path), expected="a first sheet with a header row")
    rows = workbook.worksheets[0].iter_rows(values_only=True)
    cells = 0
    for number in count(1):
        row = _next(rows, path)
        if row is None:
            return
        cells += len(row)
        if cells > MOST_CELLS:
            raise Problem(f"more than {MOST_CELLS} cells", where=str(path), expected="a smaller workbook")
        yield number, row


def _next(rows: Iterator[tuple[object, ...]], path: Path) -> list[Cell] | None:
    try:
        row = next(rows, None)
        return None if row is None else [_cell(value) for value in row]
    except Exception as wrong:
        raise _broken(path) from wrong


def _cell(value: object) -> Cell:
    """What a sheet can hold beyond text, numbers and days (a time of day, a rich text) is taken as text."""
    return value if value is None or isinstance(value, str | bool | int | float | date) else str(value)


def _check(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED or any(
                part.filename == _SHARED and part.file_size > MOST_SHARED for part in parts
            ):
                raise Problem(
                    "unpacks to too much",
                    where=str(path),
                    expected=f"at most {MOST_UNPACKED >> 20} MB inside",
                )
            for part in parts:
                _check_part(archive, part, path)
    except _DAMAGE as wrong:
        raise _broken(path) from wrong


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> None:
    """No part of a workbook defines entities; one that does is there to unfold."""
    if part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as file:
            head = file.read(_HEAD)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Problem("entities in the XML", where=f"{path} {part.filename}", expected="a plain workbook")


def _broken(path: Path) -> Problem:
    return Problem("not a readable workbook", where=str(path), expected="an XLSX file, or CSV")
