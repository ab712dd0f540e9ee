"""Entries as facts of the plan table: which count for a concern, and what an assessment may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_facts import plan_facts
from datumline.domain.period import at_end_of
from support.signal_cases import TODAY, entry

DAY = date(2026, 6, 1)


def facts(entries: list[Entry], concern: str | None) -> dict[str, Any]:
    told = plan_facts(entries, concern=concern, at=at_end_of(TODAY), cycles=(), start_date=None)
    return dict(told.facts)


def assessed(condition: str, answer: str, concern: str | None = None) -> Entry:
    made = entry(Kind.ASSESSMENT, DAY, dimension="plan", condition=condition, answer=answer)
    return replace(made, concern=concern)


def test_a_note_that_belongs_to_no_concern_names_none() -> None:
    loose = [entry(Kind.WRITTEN_NOTE, DAY), entry(Kind.SBI, DAY), entry(Kind.OCCURRENCE, DAY)]
    assert [each["kind"] for each in facts(loose, None)["entries"]] == ["occurrence"]


def test_only_the_concern_s_own_entries_count() -> None:
    dates, reviews = (replace(entry(Kind.WRITTEN_NOTE, DAY), concern=name) for name in ("dates", "reviews"))
    assert len(facts([dates, reviews], "dates")["entries"]) == 1


@pytest.mark.parametrize(
    ("condition", "answer", "fact"),
    [
        ("delivering", "yes", True),
        ("delivering", "no", False),
        ("mismatch", "none", "none"),
        ("mismatch", "domain", "domain"),
        ("strong-since", "2023-01-02", "2023-01-02"),
        ("dropped_on", "none", None),
    ],
)
def test_an_assessment_says_what_no_entry_tells(condition: str, answer: str, fact: object) -> None:
    assert facts([assessed(condition, answer)], "dates")[condition.replace("-", "_")] == fact


@pytest.mark.parametrize(
    ("condition", "answer"), [("delivering", "maybe"), ("mismatch", "team"), ("strong_since", "long ago")]
)
def test_an_answer_that_the_condition_cannot_have_leaves_it_unknown(condition: str, answer: str) -> None:
    assert condition not in facts([assessed(condition, answer)], "dates")


def test_an_assessment_of_another_concern_is_not_this_one_s() -> None:
    assert "delivering" not in facts([assessed("delivering", "yes", "reviews")], "dates")
