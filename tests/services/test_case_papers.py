"""The dossier and the plan on paper: whose, what they say, and what they leave out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from datumline.domain.documents.content import content
from datumline.domain.problem import Problem
from datumline.services import entries
from datumline.services.case_papers import paper_about
from datumline.services.diagnosis import Diagnosed, diagnose
from datumline.services.documents import Made
from services.test_plans import DATES, HANA, INES, MONA, START, about, by, case, issued  # noqa: F401 - a fixture
from support.offices import Office


def paper(office: Office, which: str, email: str = MONA) -> Made:
    context = office.as_person(email)
    return paper_about(context, which, INES, context.at(), concern=DATES)


def text_of(made: Made) -> str:
    return json.dumps(content(made.document), default=str)


def test_the_dossier_holds_the_case_and_names_what_it_leaves_out(case: Office) -> None:  # noqa: F811
    why = Diagnosed(type="skill", levels={"team": "Load was high."}, impact="", why="One kind of work.")
    diagnose(by(case, MONA), about(case, "why"), why)
    issue = issued(case)
    entries.reply(by(case, INES), entry=issue, text="I see it otherwise.", key="reply")
    made = paper(case, "dossier")
    said = text_of(made)
    for words in (
        "The decision table",
        "not examined",
        "nine of ten",
        "I see it otherwise.",
        "One rota less",
    ):
        assert words in said
    assert made.rendered.pages >= 1
    assert made.account()["fits"] is True
    assert "Private notes are no evidence" in said


def test_the_plan_on_paper_is_the_persons_from_its_issue_on(case: Office) -> None:  # noqa: F811
    with pytest.raises(Problem, match="no formal plan"):
        paper(case, "plan", INES)
    issued(case)
    made = paper(case, "plan", INES)
    assert "It runs from 1 October 2026 to 30 November 2026, 60 days." in text_of(made)
    assert "approved" not in text_of(made)


def test_the_dossier_is_for_who_handles_the_case(case: Office) -> None:  # noqa: F811
    issued(case)
    with pytest.raises(Problem, match="no such document"):
        paper(case, "dossier", INES)
    later = case.on(date(2026, 10, 20))
    assert paper(later, "dossier").document.kind == "dossier"
    assert later.context.today > START


def test_hr_reads_the_notes_of_a_case_that_it_handles(case: Office) -> None:  # noqa: F811
    with pytest.raises(Problem, match="no such document"):
        paper(case, "dossier", HANA)
    issued(case)
    assert "slipping dates" in text_of(paper(case, "dossier", HANA))
