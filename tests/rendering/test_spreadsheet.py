"""A sheet that somebody else's words cannot turn into a program."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from datumline.domain.bar_raiser.ledger_sheet import Sheet
from datumline.rendering.spreadsheet import as_csv, as_workbook

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "  =1+1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1+1",
    '=HYPERLINK("http://x")',
)


def sheet(cell: str | int | None) -> Sheet:
    return Sheet(title="t", columns=("what",), rows=((cell,),))


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_would_be_calculated_is_a_text(formula: str) -> None:
    told = list(csv.reader(io.StringIO(as_csv(sheet(formula)).decode("utf-8-sig"))))
    assert told[1][0].startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(as_workbook(sheet(formula)))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


@pytest.mark.parametrize("plain", ["2026-06-30", "Export came nine days late", "a = b", "ünï 🙂", 9, None])
def test_what_is_harmless_stays_as_it_is(plain: str | int | None) -> None:
    told = list(csv.reader(io.StringIO(as_csv(sheet(plain)).decode("utf-8-sig"))))
    assert told[1][0] == ("" if plain is None else str(plain))
    cell = openpyxl.load_workbook(io.BytesIO(as_workbook(sheet(plain)))).worksheets[0]["A2"]
    assert cell.value == plain
