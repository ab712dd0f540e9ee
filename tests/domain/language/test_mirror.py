"""The mirror check: what is shared, what is near, what stands in one text only, and what is no criterion."""

from __future__ import annotations

from typing import Any

import pytest

from datumline.domain.problem import Problem
from datumline.services.language import Language

ENGINE = Language()
RUBRIC = """# Senior engineer

| dimension | bar |
|---|---|
- Owns one service end to end
- Unblocks three or more engineers in a quarter
- Design documents adopted by the organisation
"""


def mirror(rubric: str, jd: str) -> dict[str, Any]:
    return ENGINE.mirror(rubric, "rubric", jd, "jd")


def test_the_same_words_are_shared_whatever_stands_before_them() -> None:
    found = mirror(
        RUBRIC, "You will own one service, end to end.\nThree or more engineers unblocked in a quarter."
    )
    assert "Owns one service end to end" in found["shared"]
    assert found["only_jd"] == []


def test_a_close_meaning_is_a_near_miss_and_the_rest_stands_alone() -> None:
    jd = "- Help other engineers get unstuck, several each quarter\n- Travel to customers twice a year"
    found = mirror(RUBRIC, jd)
    (near,) = found["near"]
    assert near["rubric"] == "Unblocks three or more engineers in a quarter"
    assert near["jd"] == "Help other engineers get unstuck, several each quarter"
    assert 0.5 <= near["similarity"] < 1
    assert found["only_jd"] == ["Travel to customers twice a year"]
    assert "Owns one service end to end" in found["only_rubric"]


def test_another_figure_is_never_the_same() -> None:
    found = mirror("Unblocks 3 engineers in a quarter.", "Unblocks 5 engineers in a quarter.")
    assert found["shared"] == []
    assert len(found["near"]) == 1


def test_what_is_said_of_the_company_is_no_criterion() -> None:
    jd = """About us:
We are the leading maker of pumps and our offices are in Ghent.
What you will do:
- Own one service end to end
Benefits:
- Free lunch and a bicycle
"""
    found = mirror(RUBRIC, jd)
    assert found["only_jd"] == []
    assert found["shared"] == ["Owns one service end to end"]


def test_a_text_without_criteria_is_refused() -> None:
    with pytest.raises(Problem, match="0 criteria"):
        mirror(RUBRIC, "# Senior engineer\n")
