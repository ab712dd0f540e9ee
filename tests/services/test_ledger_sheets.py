"""The ledger sheet: what of the record it holds, and for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from datumline.domain.bar_raiser.ledger_sheet import COLUMNS
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.services.ledger_sheets import sheet_about
from datumline.services.schemas import schema
from datumline.store.ledger import place
from support.offices import Office

INES = "ines@firm.example"


def written(office: Office, on: date, title: str) -> None:
    draft = Draft(
        kind=Kind.INCIDENT,
        author=office.person("mona@firm.example"),
        subject=office.person(INES),
        occurred_on=on,
        title=title,
        seen=Seen.ARTIFACT,
        tag=Tag.RESOLVED,
        principles=("dive-deep",),
        remediation="Flags need a second approval",
        remediated_on=on,
        amounts={"avoidable": True},
    )
    place([draft], clock=office.on(on).context.clock)


def test_it_holds_the_policys_days_with_principle_and_remediation(office: Office) -> None:
    office.people()
    written(office, date(2026, 5, 1), "Too old for the sheet")
    written(office, date(2026, 6, 20), "=Alerts went to nobody")
    context = office.as_person("mona@firm.example")
    sheet = sheet_about(context, INES, context.at())
    (row,) = [dict(zip(COLUMNS, each, strict=True)) for each in sheet.rows]
    assert (row["happened"], row["what"]) == ("2026-06-20", "=Alerts went to nobody")
    assert (row["principles"], row["confirmed"], row["state"]) == ("Dive Deep", "yes", "resolved")
    assert (row["remediation"], row["remediated on"]) == ("Flags need a second approval", "2026-06-20")
    published: Any = schema("ledger-sheet")["properties"]
    assert set(COLUMNS) == set(published["rows"]["items"]["required"])


def test_who_may_not_read_the_signal_log_gets_none(office: Office) -> None:
    office.people()
    context = office.as_person("nils@firm.example")
    with pytest.raises(Problem, match=INES):
        sheet_about(context, INES, context.at())
