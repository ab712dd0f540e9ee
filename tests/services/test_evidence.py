"""A line from a command gives what a form gives, and asks for the same rights."""

from __future__ import annotations

import pytest

from datumline.domain.evidence.quick_entry import quick_entry
from datumline.domain.problem import Problem
from datumline.services.entries import look
from datumline.services.evidence import said_in, understand
from datumline.services.people import find_person
from datumline.services.visit import visit
from support.offices import Office

INES = "ines@firm.example"
LINES = ("saw a calm handover", "told the review was late", "missed the export due 2026-06-20")


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("line", LINES)
def test_a_line_gives_what_a_form_gives(office: Office, line: str, private: bool) -> None:  # noqa: FBT001
    office.people()
    mona = office.as_person("mona@firm.example")
    said = said_in(quick_entry(line, today=mona.today, principles=frozenset()), private=private)
    written = look(visit(mona), about=office.person(INES), said=said)
    assert understand(mona, line, find_person(office.context, INES), private=private).draft == written


def test_who_may_not_write_about_somebody_finds_nobody(office: Office) -> None:
    office.people()
    ines = find_person(office.context, INES)
    for asker in ("nils@firm.example", "jens@firm.example"):
        with pytest.raises(Problem, match="no such person"):
            understand(office.as_person(asker), "saw a calm handover", ines)
