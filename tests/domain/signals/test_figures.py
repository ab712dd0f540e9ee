"""The other figures: quality, reviews, documents, reach and the record's health."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from datumline.domain.evidence.entry import Entry, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.verdict import Answer, Json
from support.signal_cases import TODAY, entry, signal

MAY, LAST_YEAR = date(2026, 5, 20), date(2025, 11, 20)


def batch(on: date, changes: int, defects: int) -> Entry:
    return entry(Kind.CHANGE_BATCH, on, changes=changes, defects=defects)


def test_the_defect_rate_and_its_trend_in_points() -> None:
    found = signal("defect-rate", [batch(LAST_YEAR, 100, 2), batch(MAY, 60, 4), batch(MAY, 40, 3)])
    assert (found.value, found.previous, found.trend) == (7, 2, 5)
    assert (found.numerator, found.denominator) == (7, 100)


def test_more_defects_than_changes_is_said_and_has_no_interval() -> None:
    found = signal("defect-rate", [batch(MAY, 2, 3)])
    assert found.interval is None
    assert "more-defects-than-changes" in found.notes


def test_an_incident_that_nobody_judged_is_in_neither_count() -> None:
    incidents = [
        entry(Kind.INCIDENT, MAY, avoidable=True),
        entry(Kind.INCIDENT, MAY, avoidable=False, role="commander"),
        entry(Kind.INCIDENT, MAY),
    ]
    found = signal("avoidable-incidents", incidents)
    assert (found.numerator, found.denominator, found.figures["unjudged"]) == (1, 2, 1)
    assert (found.figures["commanded"], found.counter) == (1, (incidents[0].id,))


def test_reviews_count_each_review_of_an_entry() -> None:
    given = [
        entry(Kind.REVIEW_TURNAROUND, MAY, reviews=3, hours="6"),
        entry(Kind.REVIEW_TURNAROUND, MAY, reviews=1, hours="24"),
        entry(Kind.REVIEW_TURNAROUND, MAY, reviews=2, hours="96.5", blocked="checkout launch"),
        entry(Kind.REVIEW_TURNAROUND, MAY, reviews=4),
    ]
    assert signal("reviews-given", given).value == 10
    median = signal("review-median", given)
    assert (median.value, median.unit, median.numerator) == (15, "h", 6)
    assert median.interval is not None
    assert (median.interval.low, median.interval.high) == (6, 96.5)
    slow, blocking = signal("review-slow", given), signal("review-blocking", given)
    assert (slow.numerator, slow.denominator) == (2, 6)  # 24 hours are not over 24 hours
    assert blocking.numerator == 2


def document(on: date, name: str, **more: Json) -> Entry:
    made = entry(Kind.ARTIFACT, on, artifact=name, type="design-doc")
    return replace(made, amounts={**made.amounts, **more})


def use(on: date, name: str, *, own_team: bool = False) -> Entry:
    return entry(Kind.CITATION, on, artifact=name, own_team=own_team)


def test_a_document_is_cited_in_time_up_to_the_same_day_six_months_later() -> None:
    written = date(2025, 8, 31)
    for day, numerator in ((date(2026, 2, 28), 1), (date(2026, 3, 1), 0)):
        found = signal("cited-outside", [document(written, "D-1"), use(day, "D-1")])
        assert (found.numerator, found.denominator) == (numerator, 1)


def test_a_document_whose_months_still_run_is_in_neither_count() -> None:
    found = signal("cited-outside", [document(MAY, "D-1"), use(MAY, "D-1", own_team=True)])
    assert (found.denominator, found.figures["running"]) == (0, 1)
    assert found.holds_until == date(2026, 11, 21)


def test_documents_adopted_and_passed_at_first_review() -> None:
    held = [
        document(LAST_YEAR, "D-1", adopted_by=["Ledger"], first_review_passed=True),
        document(LAST_YEAR, "D-2", first_review_passed=False),
        document(LAST_YEAR, "D-3", organisation_wide=True),
        document(LAST_YEAR, "D-4"),
        use(MAY, "D-4"),
    ]
    assert signal("documents-adopted", held).numerator == 3
    found = signal("first-review-pass", held)
    assert (found.numerator, found.denominator, found.standing) == (1, 2, Answer.NOT_MET)


def test_what_nobody_said_of_a_document_is_not_taken_for_a_no() -> None:
    """An import knows who cites a document, and neither their team nor who adopted it."""
    unsaid = entry(Kind.CITATION, MAY, artifact="D-1")
    held = [document(LAST_YEAR, "D-1"), replace(unsaid, occurred_on=LAST_YEAR + timedelta(days=9))]
    for name in ("documents-adopted", "cited-outside"):
        found = signal(name, held)
        assert (found.value, found.denominator) == (None, 0), name
    told = signal("documents-adopted", [document(LAST_YEAR, "D-2", adopted_by=[])])
    assert (told.numerator, told.denominator) == (0, 1)


@pytest.mark.parametrize(
    ("flags", "standing"),
    [
        ([], Answer.UNKNOWN),
        ([True, True], Answer.MET),
        ([True, False], Answer.NOT_MET),
        ([True, None], Answer.UNKNOWN),
        ([None, False], Answer.NOT_MET),
    ],
)
def test_two_owned_projects_are_asked_for(flags: list[bool | None], standing: Answer) -> None:
    held = [
        entry(Kind.CROSS_TEAM_PROJECT, LAST_YEAR)
        if flag is None
        else entry(Kind.CROSS_TEAM_PROJECT, LAST_YEAR, owned=flag)
        for flag in flags
    ]
    assert signal("cross-team-projects", held).standing is standing


def test_services_owned_end_to_end_today() -> None:
    held = [
        entry(Kind.OWNERSHIP, LAST_YEAR, of="service", services=["rates", "routes"], end_to_end=True),
        entry(
            Kind.OWNERSHIP,
            LAST_YEAR,
            of="service",
            services=["old"],
            end_to_end=True,
            from_=LAST_YEAR,
            to=MAY,
        ),
        entry(Kind.OWNERSHIP, LAST_YEAR, of="feature", services=["part"], end_to_end=False),
    ]
    assert signal("services-owned", held).value == 2
    assert signal("services-owned", held, as_of=MAY).value == 3
    assert signal("services-owned", held, as_of=MAY).holds_until == MAY + timedelta(days=1)


def test_each_engineer_unblocked_counts_once_a_quarter() -> None:
    held = [entry(Kind.UNBLOCKED, MAY, whom=name) for name in ("Pell", "Pell", "Ruta")]
    assert signal("unblocked", held).value == 2


def test_the_records_health() -> None:
    held = [
        entry(Kind.OCCURRENCE, MAY, written=MAY + timedelta(days=14), seen=Seen.OBSERVED, links=("doc:1",)),
        entry(Kind.OCCURRENCE, MAY, written=MAY + timedelta(days=15), seen=Seen.REPORTED),
        entry(Kind.RECOGNITION, MAY),
        entry(Kind.POSITION, TODAY, team="Rates"),
    ]
    assert signal("days-since-entry", held).value == (TODAY - MAY).days
    assert signal("late-share", held).numerator == 1
    assert signal("linked-share", held).numerator == 1
    assert (signal("first-hand-share", held).numerator, signal("first-hand-share", held).denominator) == (
        1,
        2,
    )
    assert signal("shared-share", held).value == 100


def test_a_record_written_in_the_last_weeks_is_uneven() -> None:
    late = [entry(Kind.OCCURRENCE, TODAY - timedelta(days=each)) for each in range(8)]
    assert signal("recent-share", late).figures["uneven"] is True
    assert signal("recent-share", late[:7]).figures["uneven"] is False
    assert "too-few" in signal("recent-share", late[:7]).notes
    spread = [entry(Kind.OCCURRENCE, TODAY - timedelta(days=20 * each)) for each in range(9)]
    assert signal("recent-share", spread).figures["uneven"] is False


def test_recency_is_measured_up_to_a_review_day_that_is_over() -> None:
    held = [entry(Kind.OCCURRENCE, date(2026, 6, 1)) for _ in range(9)]
    found = signal("recent-share", held, review_day=date(2026, 6, 5))
    assert (found.value, found.window and found.window.end) == (100, date(2026, 6, 5))
    assert found.holds_until is None
