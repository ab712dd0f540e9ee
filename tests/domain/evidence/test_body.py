"""What the ledger takes: no day that a calendar cannot reckon with."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.evidence.body import fields_of
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem

GOOD = date(2026, 5, 4)


def drafted(occurred_on: date, due: date, remediated_on: date) -> Draft:
    return Draft(
        kind=Kind.COMMITMENT,
        author="mona",
        subject="ines",
        occurred_on=occurred_on,
        remediated_on=remediated_on,
        amounts={"work": "invoice export", "due": due},
    )


@pytest.mark.parametrize("day", [date(1900, 1, 1), GOOD, date(2999, 12, 31)])
def test_the_ends_of_the_calendar_are_in_it(day: date) -> None:
    said = fields_of(drafted(day, day, day))
    assert {said["occurred_on"], said["due"], said["remediated_on"]} == {day.isoformat()}


@pytest.mark.parametrize("slip", [date(26, 5, 4), date(1899, 12, 31), date(3000, 1, 1), date.max])
@pytest.mark.parametrize("place", range(3))
def test_a_slip_of_the_pen_is_refused_wherever_it_stands(slip: date, place: int) -> None:
    days = [GOOD, GOOD, GOOD]
    days[place] = slip
    with pytest.raises(Problem) as refused:
        fields_of(drafted(*days))
    name = ("occurred on", "due", "remediated on")[place]
    assert (refused.value.what, refused.value.expected) == (f"{name}: {slip}", "a day from 1900 to 2999")
