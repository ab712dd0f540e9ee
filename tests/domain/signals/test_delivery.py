"""On-time rates, the senior bar, and regression or outlier: evidence in, figures out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from scipy import stats  # type: ignore[import-untyped]

from datumline.domain.evidence.kinds import Kind
from datumline.domain.signals.catalogue import all_signals
from datumline.domain.verdict import Answer
from support.signal_cases import MANAGER, OTHER, TODAY, entry, promise, promises, record, signal

Q2, Q1, Q4 = date(2026, 5, 20), date(2026, 2, 20), date(2025, 11, 20)


def test_three_of_five_is_below_the_bar_and_weak_evidence() -> None:
    found = signal("on-time", promises(Q2, kept=3, missed=2))
    assert (found.value, found.numerator, found.denominator) == (60, 3, 5)
    assert found.standing is Answer.NOT_MET
    assert found.interval is not None
    assert found.interval.high > 85
    assert len(found.entries) == 5
    assert len(found.counter) == 2


def test_nothing_on_file_is_no_rate_at_all() -> None:
    found = signal("on-time", [])
    assert (found.value, found.standing, found.notes) == (None, Answer.UNKNOWN, ("nothing-on-file",))
    assert found.interval is None


def test_exactly_85_percent_is_not_above_85() -> None:
    assert signal("on-time", promises(Q2, kept=17, missed=3)).standing is Answer.NOT_MET
    assert signal("on-time", promises(Q2, kept=18, missed=3)).standing is Answer.MET


def test_an_open_commitment_counts_from_the_day_after_its_date() -> None:
    held = [*promises(Q2, kept=4, missed=0), promise(TODAY, None)]
    assert signal("on-time", held).denominator == 4
    assert signal("on-time", held).holds_until == TODAY + timedelta(days=1)
    assert signal("on-time", held, as_of=TODAY + timedelta(days=1)).denominator == 5


def test_delivered_early_counts_from_the_day_of_its_date() -> None:
    due = TODAY + timedelta(days=3)
    early = [promise(due, TODAY - timedelta(days=1))]
    assert signal("on-time", early).denominator == 0
    assert signal("on-time", early).holds_until == due
    assert signal("on-time", early, as_of=due).numerator == 1


def test_a_delivery_told_later_closes_the_commitment() -> None:
    made = promise(Q2, None)
    told = entry(Kind.DELIVERY, Q2, commitment=made.id, delivered=Q2)
    found = signal("on-time", [made, told])
    assert (found.numerator, found.denominator) == (1, 1)
    assert found.entries == (made.id, told.id)


def test_a_delivery_finds_its_commitment_through_a_correction() -> None:
    made = promise(Q2, None)
    corrected = entry(Kind.COMMITMENT, made.occurred_on, ref=made.id, work="a piece", due=Q2)
    again = entry(Kind.COMMITMENT, made.occurred_on, ref=corrected.id, work="the piece", due=Q2)
    for named in (made, corrected, again):
        told = entry(Kind.DELIVERY, Q2, commitment=named.id, delivered=Q2)
        found = signal("on-time", [made, corrected, again, told])
        assert (found.numerator, found.denominator) == (1, 1)


def test_a_redacted_due_date_can_no_longer_be_counted() -> None:
    held = promises(Q2, kept=2, missed=0)
    struck = replace(held[0], redacted=("due",), amounts={"work": "a piece"})
    assert signal("on-time", [struck, held[1]]).denominator == 1


def test_a_retracted_commitment_does_not_count_and_neither_does_what_was_written_later() -> None:
    held = promises(Q2, kept=2, missed=0)
    taken = entry(Kind.RETRACTION, TODAY, ref=held[0].id, reason="written for somebody else")
    assert signal("on-time", [*held, taken]).denominator == 1
    assert signal("on-time", [*held, taken], as_of=TODAY - timedelta(days=1)).denominator == 2


@pytest.mark.parametrize(
    ("author", "on", "numerator"), [(MANAGER, -3, 1), (MANAGER, 0, 1), (MANAGER, 1, 0), (OTHER, -3, 0)]
)
def test_only_the_managers_reschedule_in_time_moves_the_date(author: str, on: int, numerator: int) -> None:
    made = promise(Q2, Q2 + timedelta(days=9))
    moved = entry(
        Kind.RESCHEDULE,
        Q2 + timedelta(days=on),
        author=author,
        commitment=made.id,
        from_=Q2,
        to=Q2 + timedelta(days=10),
    )
    found = signal("on-time", [made, moved])
    assert (found.numerator, found.denominator) == (numerator, 1)
    assert signal("on-time-first-dates", [made, moved]).numerator == 0
    assert ("reschedule-not-by-manager" in found.notes) is (author == OTHER)


def test_a_reschedule_cannot_claim_a_kinder_first_date() -> None:
    made = promise(Q2, Q2 + timedelta(days=9))
    moved = entry(
        Kind.RESCHEDULE,
        Q2 + timedelta(days=5),
        commitment=made.id,
        from_=Q2 + timedelta(days=7),
        to=Q2 + timedelta(days=10),
    )
    assert signal("on-time", [made, moved]).numerator == 0


def test_the_window_holds_180_days_by_due_date_and_the_one_before_gives_the_trend() -> None:
    first, last_of_before = date(2026, 1, 2), date(2026, 1, 1)
    found = signal(
        "on-time", [*promises(first, kept=1, missed=1), *promises(last_of_before, kept=1, missed=0)]
    )
    assert (found.numerator, found.denominator) == (1, 2)
    assert (found.previous, found.trend) == (100, -50)
    assert found.holds_until == TODAY + timedelta(days=1)


def test_quarters_are_shown_oldest_first_with_the_senior_bar() -> None:
    held = promises(Q1, kept=9, missed=1) + promises(Q2, kept=6, missed=4)
    found = [each for each in all_signals(record(held)) if each.id == "on-time-quarter"]
    assert [each.value for each in found] == [None, None, 90, 60]
    assert [each.standing for each in found[2:]] == [Answer.MET, Answer.NOT_MET]


def test_the_senior_bar_asks_for_each_of_two_complete_quarters() -> None:
    good = promises(Q1, kept=9, missed=1) + promises(Q2, kept=10, missed=0)
    assert signal("senior-bar", good).standing is Answer.MET
    assert signal("senior-bar", promises(Q2, kept=9, missed=0)).standing is Answer.UNKNOWN
    assert signal("senior-bar", good + promises(Q2, kept=0, missed=2)).standing is Answer.NOT_MET


def test_a_running_quarter_is_left_out_of_the_senior_bar() -> None:
    held = promises(Q4, kept=9, missed=1) + promises(Q1, kept=9, missed=1) + promises(Q2, kept=0, missed=5)
    assert signal("senior-bar", held, as_of=date(2026, 6, 29)).standing is Answer.MET
    assert signal("senior-bar", held, as_of=TODAY).standing is Answer.NOT_MET


def test_a_drop_from_90_to_60_is_a_regression_with_its_chance() -> None:
    held = promises(Q4, kept=9, missed=1) + promises(Q1, kept=9, missed=1) + promises(Q2, kept=6, missed=4)
    found = signal("regression", held)
    assert (found.finding, found.figures["literal"]) == ("regression", "regression")
    assert found.value == pytest.approx(stats.binom.cdf(6, 10, 0.9))


def test_a_drop_that_chance_could_make_is_an_outlier_though_the_policy_says_regression() -> None:
    held = promises(Q4, kept=9, missed=1) + promises(Q1, kept=9, missed=1) + promises(Q2, kept=4, missed=1)
    found = signal("regression", held)
    assert (found.finding, found.figures["literal"]) == ("outlier", "regression")


def test_four_commitments_are_too_few_to_tell() -> None:
    found = signal("regression", promises(Q1, kept=10, missed=0) + promises(Q2, kept=1, missed=3))
    assert (found.finding, found.figures["literal"], found.notes) == ("too-few", "regression", ("too-few",))


def test_a_record_without_a_miss_does_not_make_one_miss_impossible() -> None:
    found = signal("regression", promises(Q1, kept=5, missed=0) + promises(Q2, kept=4, missed=1))
    assert found.finding == "outlier"


def test_no_drop_and_nothing_on_file() -> None:
    held = promises(Q1, kept=6, missed=4) + promises(Q2, kept=8, missed=2)
    assert signal("regression", held).finding == "no-drop"
    assert signal("regression", held).figures["literal"] == "below-bar"
    assert signal("regression", []).notes == ("nothing-on-file",)


def test_a_running_quarter_is_compared_once_it_has_enough() -> None:
    held = promises(Q1, kept=19, missed=1) + promises(Q2, kept=1, missed=4)
    assert signal("regression", held, as_of=date(2026, 6, 1)).finding == "regression"
    few = promises(Q4, kept=9, missed=1) + promises(Q1, kept=9, missed=1) + promises(Q2, kept=0, missed=4)
    found = signal("regression", few, as_of=date(2026, 6, 1))
    assert (found.finding, found.window and found.window.end) == ("no-drop", date(2026, 3, 31))
