"""A sheet as CSV and as a workbook, so that no cell is ever taken for a formula.

A text that a spreadsheet would calculate (it begins with = + - @, also after blanks or a line break) gets an
apostrophe in front; in a workbook every text is stored as a text besides.
"""

from __future__ import annotations

import csv
import io

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from datumline.domain.bar_raiser.ledger_sheet import Cell, Sheet

CALCULATES = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the wide forms too
WIDEST = 60
LONGEST_NAME = 31  # of a worksheet


def defused(cell: Cell) -> Cell:
    """The cell, with an apostrophe in front of what would be calculated. Control characters are dropped."""
    if not isinstance(cell, str):
        return cell
    text = "".join(each for each in cell if each.isprintable() or each == "\n")
    risky = text.lstrip().startswith(CALCULATES) or cell[:1] in {"\t", "\r", "\n"}
    return f"'{text}" if risky else text


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark in front, so that a spreadsheet reads the letters right."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in (sheet.columns, *sheet.rows):
        writer.writerow(["" if cell is None else defused(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheet: Sheet) -> bytes:
    """One worksheet with a header that stays, and columns as wide as what they hold."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Ledger sheet"[:LONGEST_NAME]
    for number, row in enumerate((sheet.columns, *sheet.rows), 1):
        for place, cell in enumerate(row, 1):
            kept = page.cell(row=number, column=place)
            kept.value = defused(cell)
            if isinstance(cell, str):
                kept.data_type = "s"
            kept.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                kept.font = Font(bold=True)
    page.freeze_panes = "A2"
    for place in range(1, len(sheet.columns) + 1):
        told = (len(str(row[place - 1] or "")) for row in (sheet.columns, *sheet.rows))
        page.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(told) + 2)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
