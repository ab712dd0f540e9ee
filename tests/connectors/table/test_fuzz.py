"""Damaged files end in rows or in one clear line, never in anything else (T16)."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datumline.connectors.commitments.translate import commitment_draft
from datumline.connectors.incidents.translate import incident_draft
from datumline.connectors.people.client import LAYOUT
from datumline.connectors.people.translate import PersonRow, read_person
from datumline.connectors.table.client import open_table
from datumline.connectors.table.columns import Columns, find_columns
from datumline.connectors.table.dates import Cell, DateFormat
from datumline.domain.evidence.draft import Draft
from datumline.domain.problem import Problem

HEADER = "name,email,manager,level,start date,active,time zone,handles"
ROW = "Mona Réyes,mona@firm.example,vera@firm.example,L4,2026-05-04,yes,Europe/Berlin,github:mona"
DAY = date(2026, 6, 30)


def read_all(path: Path) -> list[PersonRow]:
    """Every row that can be used; rows and files that cannot raise Problem and nothing else."""
    table = open_table(path)
    columns: Columns = find_columns(table.headers, LAYOUT, {}, where=str(path))
    found, refused = [], []
    for line in table.lines:
        if not line.fault:
            try:
                found.append(read_person(line.number, columns.of(line), DateFormat.AUTO))
            except Problem as problem:
                refused.append(str(problem))
    assert not any("\n" in line for line in refused)
    return found


def outcome(path: Path) -> str:
    """`rows`, or where the file's one problem is."""
    try:
        read_all(path)
    except Problem as problem:
        return problem.where
    return "rows"


def damaged(chance: random.Random, whole: bytes) -> bytes:
    """The bytes with some flipped, cut out, doubled or put in."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(5):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = chance.choice(
                    [b'"', b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b",,,", b"=1+1", b"\x81"]
                )
            case _:
                data[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(data)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_text_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, not a secret
    whole = "\n".join([HEADER, *[ROW] * 20]).encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    path = tmp_path / "people.csv"
    for _ in range(100):
        path.write_bytes(damaged(chance, whole))
        assert outcome(path).startswith(("rows", f"{path}"))


@pytest.mark.slow
def test_damaged_workbooks_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable choice, not a secret
    path = tmp_path / "people.xlsx"
    workbook = openpyxl.Workbook()
    for row in (HEADER.split(","), ROW.split(",")):
        workbook.active.append(row)  # type: ignore[union-attr] # a new workbook has a sheet
    workbook.save(path)
    whole = path.read_bytes()
    for _ in range(300):
        path.write_bytes(damaged(chance, whole))
        assert outcome(path).startswith(("rows", f"{path}"))


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.sampled_from(["2026-05-04", "03/04/2026", "yes", "ines@firm.example", "46203", "=1+1", "SEV1"]),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(fields=st.dictionaries(st.sampled_from([*LAYOUT.aliases]), cells))
def test_any_cells_about_a_person_are_facts_or_a_problem(fields: dict[str, Cell]) -> None:
    try:
        row = read_person(2, fields, DateFormat.AUTO)
    except Problem:
        return
    assert row.name
    assert row.emails


names = ["owner", "work", "due", "delivered", "id", "link", "scope_note", "team_goal", "made"]
incident_names = ["person", "title", "on", "severity", "role", "avoidable", "system", "id", "link"]


@settings(max_examples=300)
@given(
    commitment=st.dictionaries(st.sampled_from(names), cells),
    incident=st.dictionaries(st.sampled_from(incident_names), cells),
)
def test_any_cells_of_a_table_are_a_draft_or_a_problem(
    commitment: dict[str, Cell], incident: dict[str, Cell]
) -> None:
    def draft(kind: str) -> Draft:
        make, fields = (commitment_draft, commitment) if kind == "commitment" else (incident_draft, incident)
        return make(fields, written=DateFormat.AUTO, today=DAY, resolve=lambda name: f"person {name}")

    for kind in ("commitment", "incident"):
        with suppress(Problem):
            made = draft(kind)
            assert made.occurred_on <= DAY
            assert made.source.startswith(f"{kind}s:")
            assert draft(kind) == made
