"""Monthly updates: how many bullets, which answers, and the draft of a quarter that is made from them."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.evidence.kinds import Kind
from datumline.domain.growth.monthly import HEADINGS, check_bullets, updates_of
from datumline.domain.problem import Problem
from datumline.pack_files import load
from support.papers import INES, paper

POLICY, ON = load(), date(2026, 6, 30)


@pytest.mark.parametrize(("count", "fits"), [(0, False), (4, False), (5, True), (8, True), (9, False)])
def test_five_to_eight_bullets_under_any_heading(count: int, fits: bool) -> None:  # noqa: FBT001
    bullets = {name: ["x"] * (count if name == "asked" else 0) for name in HEADINGS}
    if fits:
        check_bullets(bullets, POLICY, ON)
        return
    with pytest.raises(Problem, match="expected 5 to 8"):
        check_bullets(bullets, POLICY, ON)


def test_the_latest_month_comes_first_with_its_answers() -> None:
    april = paper(Kind.GROWTH_UPDATE, date(2026, 5, 4), by=INES, month=date(2026, 4, 1), shipped=["a", "b"])
    june = paper(Kind.GROWTH_UPDATE, date(2026, 6, 26), by=INES, month=date(2026, 6, 1), asked=["c"])
    answer = paper(Kind.GROWTH_ANSWER, date(2026, 5, 6), text="Yes.", update=april.id)
    found = updates_of([june, april, answer])
    assert [each.month.month for each in found] == [6, 4]
    assert [[said.text for said in each.answers] for each in found] == [[], ["Yes."]]
    assert (found[1].bullets["shipped"], found[1].count) == (("a", "b"), 2)
