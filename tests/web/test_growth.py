"""The growth document through its pages: months, answers, reviews, predictions, recall, and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import entries, place
from support.entry_pages import filled
from support.page_world import CONCERN, HANA, INES, JENS, LENA, MONA, NILS, VERA, at_noon

As = Callable[[str], Client]
GROWTH = f"/people/{INES}/growth"
BULLETS = {
    "shipped": "Split the invoice export\nMoved refunds to the queue",
    "blocked": "Waited six days for the ledger's schema",
    "learned": "A dry run on old data finds what tests do not",
    "asked": "A second reviewer for the refund change",
}


def written(kind: Kind) -> list[Entry]:
    return entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[kind])


def with_update(client: Client) -> str:
    form = filled(client, f"{GROWTH}/update", step="write", **BULLETS)
    assert client.post(f"{GROWTH}/update", form).status_code == 303
    return written(Kind.GROWTH_UPDATE)[-1].id


def with_cycle() -> None:
    amounts: dict[str, Any] = {
        "name": "2026-H1",
        "starts": date(2026, 1, 1),
        "ends": date(2026, 6, 30),
        "review_on": date(2026, 7, 9),
    }
    draft = Draft(
        kind=Kind.CYCLE,
        author="import:people",
        occurred_on=date(2026, 1, 1),
        audience=Audience.ORGANISATION,
        amounts=amounts,
    )
    place([draft], clock=at_noon(date(2026, 6, 30)))


def test_a_month_is_written_by_the_engineer_and_answered_by_the_manager(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    update = with_update(ines)
    assert "the monthly update waits for an answer" in mona.get("/").content.decode()
    answer = f"/entries/{update}/answer"
    assert ines.get(answer).status_code == 404
    said = filled(mona, answer, text="A second reviewer comes on Monday.", step="write")
    assert mona.post(answer, said).status_code == 303
    page = ines.get(GROWTH).content.decode()
    assert "Split the invoice export" in page
    assert "A second reviewer comes on Monday." in page
    assert "waits for an answer" not in mona.get("/").content.decode()


def test_too_few_and_too_many_bullets_come_back_with_what_was_typed(visit_as: As) -> None:
    ines = visit_as(INES)
    for shipped, said in (
        ("One thing", "1 bullets in all; expected 5 to 8"),
        ("x\n" * 9, "9 bullets in all"),
    ):
        answer = ines.post(
            f"{GROWTH}/update", filled(ines, f"{GROWTH}/update", shipped=shipped, step="write")
        )
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert written(Kind.GROWTH_UPDATE) == []


def test_a_review_is_drafted_from_the_quarter_and_marks_what_is_heard_first(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    update = with_update(ines)
    review = f"{GROWTH}/review"
    form = filled(mona, review)
    assert "Split the invoice export." in form["progress"][0]
    assert CONCERN in form["concerns"][0]
    form |= {
        "stands": ["At the bar on scope, below it on dates."],
        "risk": ["Dates."],
        "focus": ["Dates, said early."],
        "concerns": [f"{CONCERN}\ncurt answers"],
        "step": ["write"],
    }
    assert mona.post(review, form).status_code == 303
    (entry,) = written(Kind.QUARTERLY_REVIEW)
    assert update in entry.amounts["cites"]  # type: ignore[operator]
    page = ines.get(GROWTH).content.decode()
    assert "At the bar on scope, below it on dates." in page
    assert page.count("first heard at this review") == 1
    assert "first heard at this review</span> curt answers" in page
    reply = filled(ines, f"/entries/{entry.id}/reply", text="I agree on dates.")
    assert ines.post(f"/entries/{entry.id}/reply", reply).status_code == 303
    quarter = json.loads(ines.get(f"{GROWTH}/document?part=quarter&as=json").content)
    assert "I agree on dates." in json.dumps(quarter)
    assert "curt answers: named in the review of" in json.dumps(quarter)


def test_a_prediction_before_review_day_makes_surprise_a_figure(visit_as: As) -> None:
    with_cycle()
    ines, mona = visit_as(INES), visit_as(MONA)
    expect = f"{GROWTH}/expect"
    form = filled(ines, expect, cycle="2026-H1", outcome="strong", sure="80", step="predict")
    assert ines.post(expect, form).status_code == 303
    assert "strong, 80 % sure" in ines.get(GROWTH).content.decode()
    review = Draft(
        kind=Kind.FORMAL_REVIEW,
        author=MONA,
        subject=INES,
        occurred_on=date(2026, 7, 9),
        title="Review of 2026-H1",
        amounts={"cycle": "2026-H1", "outcome": "solid"},
    )
    place([review], clock=at_noon(date(2026, 7, 9)))
    assert mona.get(expect).status_code == 404
    wrong = filled(ines, expect, cycle="2026-H1", outcome="strong", sure="180", step="predict")
    assert ines.post(expect, wrong).status_code == 422


def test_only_how_many_criteria_were_recalled_is_on_record(visit_as: As) -> None:
    ines = visit_as(INES)
    expect = f"{GROWTH}/expect"
    memory = (
        "At L6 I would own a system that spans two to four services. "
        "My work would change the strategy of the company. "
        "I would set a technical direction that five or more engineers follow."
    )
    page = ines.post(expect, filled(ines, expect) | {"memory": [memory], "step": ["recall"]})
    assert page.status_code == 200
    assert page.content.decode().count(">recalled<") == 3
    (entry,) = written(Kind.CRITERIA_RECALL)
    assert entry.amounts == {"level": "L6", "recalled": 3, "of": 4}
    assert entry.text == ""


def test_the_document_comes_in_four_formats_with_its_pages_measured(visit_as: As) -> None:
    ines = visit_as(INES)
    with_update(ines)
    for part in ("document", "packet"):
        for form, begins in (("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("md", b"# "), ("json", b"{")):
            answer = ines.get(f"{GROWTH}/document?part={part}&as={form}")
            assert answer.status_code == 200
            assert answer.content.startswith(begins)
    assert ines.get(f"{GROWTH}/document?part=quarter&as=pdf").status_code == 404
    packet = json.loads(ines.get(f"{GROWTH}/document?part=packet&as=json").content)
    claims = [c for s in packet["sections"] for b in s["blocks"] for c in b.get("claims", ())]
    assert claims
    assert all(claim["cites"] for claim in claims)


def test_the_document_is_read_along_the_line_and_by_nobody_else(visit_as: As) -> None:
    reads = {
        who: visit_as(who).get(GROWTH).status_code == 200 for who in (INES, MONA, VERA, HANA, JENS, NILS)
    }
    assert reads == {INES: True, MONA: True, VERA: True, HANA: True, JENS: False, NILS: False}
    for way in ("update", "expect"):
        assert visit_as(MONA).get(f"{GROWTH}/{way}").status_code == 404
    assert visit_as(INES).get(f"{GROWTH}/review").status_code == 404
    assert visit_as(NILS).get(f"/people/{LENA}/growth/review").status_code == 200


def test_the_manager_sees_counts_over_the_team(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    with_update(ines)
    page = mona.get("/growth").content.decode()
    assert "Ines Okafor" in page
    assert "answer it" in page
    assert ines.get("/growth").headers["Location"] == GROWTH
