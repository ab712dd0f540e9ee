"""Tables as people really save them, and as attackers do (A27 to A30)."""

from __future__ import annotations

import csv
import os
import resource
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from datumline.connectors.table.client import Table, open_table
from datumline.domain.problem import Problem

HEADER = "name,email"
ROWS = f"{HEADER}\nMona Réyes,mona@firm.example\n"


def cells(table: Table) -> list[tuple[object, ...]]:
    return [line.cells for line in table.lines]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_gives_the_same_cells(tmp_path: Path, encoding: str, said: str, newline: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(ROWS.replace("\n", newline).encode(encoding))
    table = open_table(path)
    assert (table.encoding, table.headers) == (said, ("name", "email"))
    assert cells(table) == [("Mona Réyes", "mona@firm.example")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("named", [False, True])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str, named: bool) -> None:  # noqa: FBT001
    path = tmp_path / "people.csv"
    first = f"sep={delimiter}\n" if named else ""
    path.write_text(first + ROWS.replace(",", delimiter))
    table = open_table(path)
    (line,) = table.lines
    assert (line.cells, line.number) == (("Mona Réyes", "mona@firm.example"), 3 if named else 2)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    os.mkfifo(path)
    with pytest.raises(Problem, match="not a file"):
        open_table(path)


def test_line_numbers_count_the_lines_inside_quotes(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f'{HEADER}\n"Mona\nReyes",mona@firm.example\n\nInes,ines@firm.example\n')
    assert [(line.number, line.cells[0]) for line in open_table(path).lines] == [
        (2, "Mona\nReyes"),
        (5, "Ines"),
    ]


@pytest.mark.parametrize("text", ["=1+2", "+49 30", "-3", "@mona", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_text(tmp_path: Path, text: str) -> None:
    plain, guarded = tmp_path / "plain.csv", tmp_path / "guarded.csv"
    for path, cell in ((plain, text), (guarded, f"'{text}")):
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([["name", "email"], [cell, "a@firm.example"]])
    assert cells(open_table(plain)) == cells(open_table(guarded)) == [(text, "a@firm.example")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty file"),
        (b"\n\n \n", "no rows"),
        (b"name,email\nMo\0na,x\n", "NUL bytes"),
        (b'name,email\n"Mona,x\ny,z\n', "a quoted cell that is not closed"),
        (b"name,email\nMona \xed\xa0\x80,x\n", "bytes that are not UTF-8"),
        (b"name,email\nMona \x81,x\n", "bytes that are not UTF-8"),
        (b"a," * 1_001 + b"z\n1\n", "1002 columns"),
        (b"PK\x03\x04 not a zip at all", "not a readable workbook"),
        ("name,email\nMona\n".encode("utf-16-le")[:-1], "bytes that are not UTF-16-LE"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_problem(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(Problem) as problem:
        list(open_table(path).lines)
    assert problem.value.what == what
    assert str(path) in problem.value.where
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("missing", ["no.csv", "."])
def test_what_is_no_file_is_a_problem(tmp_path: Path, missing: str) -> None:
    with pytest.raises(Problem):
        open_table(tmp_path / missing)


@pytest.mark.parametrize(
    ("row", "fault"),
    [("a,b,c", "1 cells more than the header has"), (f"{'x' * 100_001},b", "a cell that is too long")],
)
def test_a_row_that_cannot_be_used_is_said_with_its_line(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{HEADER}\nMona,m@firm.example\n{row}\nInes,i@firm.example\n")
    assert [(line.number, line.fault) for line in open_table(path).lines] == [(2, ""), (3, fault), (4, "")]


def test_a_nul_far_down_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(f"{HEADER}\n".encode() + b"Mona,m@firm.example\n" * 500 + b"In\0es,i@firm.example\n")
    assert [line.fault for line in open_table(path).lines if line.fault] == ["a NUL character"]


def saved(path: Path, rows: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def test_a_workbook_keeps_days_numbers_and_texts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["name", "start", "level"],
        ["Mona", datetime(2026, 5, 4, 9), 4],  # noqa: DTZ001 - a sheet knows no zones
        [None, None, None],
        ["Ines", date(2026, 5, 5), 4.5],
    ]
    table = open_table(saved(tmp_path / "people.bin", rows))
    assert table.encoding == "xlsx"
    assert [(line.number, line.cells[0], line.cells[2]) for line in table.lines] == [
        (2, "Mona", 4),
        (4, "Ines", 4.5),
    ]


def bomb(path: Path, part: str, content: bytes, times: int) -> Path:
    """A real workbook with one part replaced by something that unpacks to very much."""
    real = saved(path.with_suffix(".real"), [["name", "email"], ["Mona", "m@firm.example"]])
    with zipfile.ZipFile(real) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            if item.filename != part:
                target.writestr(item, source.read(item))
        with target.open(part, "w", force_zip64=True) as file:
            for _ in range(times):
                file.write(content)
    return path


def spoilt(path: Path) -> Path:
    """A real workbook in which the packed bytes of its first part are no packed bytes."""
    whole = bytearray(saved(path, [["name", "email"], ["Mona", "m@firm.example"]]).read_bytes())
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
    start = first.header_offset + 30 + len(first.filename.encode())
    whole[start : start + 8] = b"\xff" * 8
    path.write_bytes(whole)
    return path


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "'
    + b"a" * 100
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&i;</t></si></sst>'
)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: bomb(path, "xl/sharedStrings.xml", b" " * (1 << 20), 300), "unpacks to too much"),
        (lambda path: bomb(path, "xl/media/x.png", b"\0" * (1 << 20), 300), "unpacks to too much"),
        (lambda path: bomb(path, "xl/sharedStrings.xml", ENTITIES, 1), "entities in the XML"),
        (
            lambda path: bomb(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row", 1),
            "not a readable workbook",
        ),
        (spoilt, "not a readable workbook"),
        (
            lambda path: path.write_bytes(saved(path, [["a"]]).read_bytes()[:-200]) and path,
            "not a readable workbook",
        ),
    ],
)
def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path, make: Callable[[Path], Path], what: str) -> None:
    path = make(tmp_path / "people.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Problem) as problem:
        list(open_table(path).lines)
    assert problem.value.what == what
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10


@pytest.mark.parametrize("content", [b"a,b\n" + b"," * (100 << 20), b"a,b\n" + b'"' + b"x\n" * (50 << 20)])
def test_a_hundred_megabytes_without_rows_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(Problem):
        list(open_table(path).lines)
