"""The plan table, reading by reading (spec 96): evidence in, verdict out."""

from __future__ import annotations

from typing import Any

import pytest

from datumline.domain.improvement.plan import plan
from datumline.domain.problem import Problem
from datumline.domain.verdict import Answer, Verdict
from datumline.pack_files import load

Facts = dict[str, Any]


def entry(kind: str, on: str, *, recorded: str | None = None, **fields: Any) -> Facts:
    """An entry written on the day itself, unless said otherwise."""
    return {"kind": kind, "occurred_on": on, "recorded_at": f"{recorded or on}T10:00:00Z", **fields}


def seen(on: str, how: str = "observed") -> Facts:
    return entry("occurrence", on, seen=how, shared_at=None)


def note(on: str, shared: str | None = "same", **fields: Any) -> Facts:
    day = on if shared == "same" else shared
    return entry("written-note", on, **{"shared_at": f"{day}T10:00:00Z" if day else None, **fields})


def sbi(on: str, shared: str | None = None) -> Facts:
    return entry("sbi", on, shared_at=f"{shared}T10:00:00Z" if shared else None)


FIRST, NOTE_1, SBI, NOTE_2, AGAIN = (
    seen("2026-02-01"),
    note("2026-03-02"),
    sbi("2026-03-20"),
    note("2026-04-10"),
    seen("2026-05-05"),
)
READY = [FIRST, NOTE_1, SBI, NOTE_2, AGAIN]


def case(entries: list[Facts] | None = None, **facts: Any) -> Facts:
    """Facts on which a plan may start, unless changed."""
    return {
        "as_of": "2026-06-30",
        "known_at": None,
        "strong_since": None,
        "dropped_on": None,
        "delivering": False,
        "mismatch": "none",
        "cycles": None,
        "entries": READY if entries is None else entries,
        **facts,
    }


def judge(facts: Facts) -> Verdict:
    return plan(facts, load())


def verdict(facts: Facts) -> str:
    return judge(facts).verdict


def answer(facts: Facts, condition: str) -> Answer:
    return next(each.answer for each in judge(facts).conditions if each.id == condition)


def test_all_conditions_hold_and_a_plan_may_start() -> None:
    found = judge(case())
    assert found.verdict == "start-plan"
    assert {each.id: each.because for each in found.conditions}["unchanged"] == ("/entries/4",)
    assert found.figures["earliest_plan_on"] == found.at.as_of


def test_reading_1_the_day_ends_in_utc() -> None:
    late = {**NOTE_2, "recorded_at": "2026-06-30T23:30:00-01:00", "shared_at": "2026-06-30T23:30:00-01:00"}
    assert verdict(case([FIRST, NOTE_1, SBI, late, AGAIN])) == "follow-up-note"


@pytest.mark.parametrize("key", ["strong_since", "dropped_on"])
def test_reading_2_null_is_none_and_absent_is_unknown(key: str) -> None:
    facts = case(strong_since="2020-01-01", dropped_on="2026-01-10")
    assert verdict({**facts, key: None}) == "start-plan"
    del facts[key]
    assert answer(facts, "strong-tenure") is Answer.UNKNOWN


def test_reading_3_no_plan_past_an_unknown_row() -> None:
    facts = case(delivering=True)
    del facts["mismatch"]
    found = judge(facts)
    assert found.verdict == "feedback-gap"
    assert (found.next_step, found.next_step_figures["missing"]) == ("find-out", "mismatch")


def test_reading_4_a_share_counts_only_before_both_clocks() -> None:
    late = note("2026-04-10", shared="2026-07-02")
    assert (
        verdict(case([FIRST, NOTE_1, SBI, late, AGAIN], known_at="2026-08-01T00:00:00Z")) == "follow-up-note"
    )


@pytest.mark.parametrize(
    ("first", "last", "repeated"),
    [
        ("2026-01-31", "2026-03-31", True),
        ("2026-01-31", "2026-03-30", False),
        ("2025-12-31", "2026-02-28", True),
        ("2025-12-31", "2026-02-27", False),
        ("2026-03-15", "2026-05-15", True),
        ("2026-03-15", "2026-05-14", False),
    ],
)
def test_reading_5_two_months_are_calendar_months(first: str, last: str, *, repeated: bool) -> None:
    given = answer(case([seen(first), seen(last)], cycles=[]), "repeated")
    assert given is (Answer.MET if repeated else Answer.NOT_MET)


@pytest.mark.parametrize(
    ("since", "expected"), [("2024-05-01", "personal-conversation"), ("2024-05-02", "start-plan")]
)
def test_reading_6_exactly_two_years_up_to_the_drop_count(since: str, expected: str) -> None:
    assert verdict(case(strong_since=since, dropped_on="2026-05-01")) == expected


@pytest.mark.parametrize(
    ("held", "recorded", "expected"),
    [
        ("2026-05-01", "2026-05-01", "start-plan"),
        ("2026-04-30", "2026-05-01", "personal-conversation"),
        ("2026-05-01", "2026-07-01", "personal-conversation"),
    ],
)
def test_reading_7_a_talk_on_the_day_of_the_drop_counts(held: str, recorded: str, expected: str) -> None:
    talk = entry("personal-conversation", held, recorded=recorded)
    assert verdict(case([*READY, talk], strong_since="2020-01-01", dropped_on="2026-05-01")) == expected


def test_reading_8_an_sbi_is_no_personal_conversation() -> None:
    facts = case([*READY, sbi("2026-05-20")], strong_since="2020-01-01", dropped_on="2026-05-01")
    assert verdict(facts) == "personal-conversation"


def test_reading_9_a_note_is_first_hand_only_when_it_says_so() -> None:
    report = entry("peer-report", "2026-05-01", seen="reported")
    assert verdict(case([report, note("2026-05-02")])) == "investigate"
    assert verdict(case([report, note("2026-05-02", seen="observed")])) == "follow-up-note"
    open_question = entry("occurrence", "2026-05-01", shared_at=None)
    assert answer(case([open_question]), "first-hand") is Answer.UNKNOWN


def test_reading_10_nothing_on_file_is_a_feedback_gap() -> None:
    found = judge(case([]))
    assert (found.verdict, found.next_step) == ("feedback-gap", "nothing-on-file")


@pytest.mark.parametrize("place", [0, 4])
def test_reading_11_hearsay_neither_repeats_nor_shows_that_nothing_changed(place: int) -> None:
    entries = [*READY]
    entries[place] = seen(READY[place]["occurred_on"], "reported")
    assert verdict(case(entries, cycles=[])) == "feedback-gap"


def test_reading_12_an_sbi_names_when_shared_but_is_no_note() -> None:
    assert verdict(case([FIRST, sbi("2026-03-20", shared="2026-03-20")])) == "follow-up-note"
    assert verdict(case([FIRST, sbi("2026-03-20")])) == "feedback-gap"
    shared = [FIRST, NOTE_1, sbi("2026-03-20", shared="2026-03-20"), AGAIN]
    assert answer(case(shared), "second-written-note") is Answer.NOT_MET


def test_reading_13_both_notes_are_shared_the_sbi_need_not_be() -> None:
    assert verdict(case([FIRST, NOTE_1, SBI, note("2026-04-10", shared=None), AGAIN])) == "follow-up-note"
    silent = {key: value for key, value in SBI.items() if key != "shared_at"}
    assert verdict(case([FIRST, NOTE_1, silent, NOTE_2, AGAIN])) == "start-plan"


@pytest.mark.parametrize(
    "late",
    [
        note("2026-05-06", shared="2026-04-10", recorded="2026-04-10"),
        note("2026-04-10", shared="2026-04-10", recorded="2026-05-06"),
        note("2026-04-10", shared="2026-05-06"),
    ],
)
def test_reading_14_a_note_counts_from_the_latest_of_its_dates(late: Facts) -> None:
    assert verdict(case([FIRST, NOTE_1, SBI, late, AGAIN])) == "feedback-gap"


def test_reading_15_a_warning_written_after_the_day_never_counts_an_occurrence_does() -> None:
    known = {"known_at": "2026-08-01T00:00:00Z"}
    written_later = note("2026-04-10", recorded="2026-07-02")
    assert verdict(case([FIRST, NOTE_1, SBI, written_later, AGAIN], **known)) == "follow-up-note"
    learnt_later = {**AGAIN, "recorded_at": "2026-07-02T10:00:00Z"}
    assert verdict(case([FIRST, NOTE_1, SBI, NOTE_2, learnt_later], **known)) == "start-plan"


def test_reading_16_the_first_sbi_and_the_second_note_count() -> None:
    assert verdict(case([*READY, sbi("2026-05-20"), note("2026-05-21")])) == "start-plan"


@pytest.mark.parametrize("on", ["2026-04-10", "2026-03-20"])
def test_reading_17_the_same_day_is_not_after(on: str) -> None:
    assert verdict(case([FIRST, NOTE_1, SBI, NOTE_2, seen(on)])) == "feedback-gap"


def test_reading_18_one_note_is_a_follow_up_an_unshared_one_a_gap() -> None:
    assert verdict(case([FIRST, NOTE_1])) == "follow-up-note"
    assert verdict(case([FIRST, NOTE_1, SBI])) == "follow-up-note"
    found = judge(case([FIRST, note("2026-03-02", shared=None)]))
    assert (found.verdict, found.next_step) == ("feedback-gap", "share-note")


def test_reading_20_however_old_an_occurrence_is_it_counts() -> None:
    assert verdict(case([seen("2023-02-01"), NOTE_1, SBI, NOTE_2, AGAIN])) == "start-plan"


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-05-09", "follow-up-note"), ("2026-05-10", "start-plan")]
)
def test_the_wait_ends_on_day_30_after_the_second_share(as_of: str, expected: str) -> None:
    found = judge(case(as_of=as_of))
    assert found.verdict == expected
    if expected == "follow-up-note":
        assert (str(found.holds_until), found.next_step) == ("2026-05-10", "wait")


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-05-09", "follow-up-note"), ("2026-05-10", "start-plan")]
)
def test_law_1_a_note_recorded_late_shortens_no_wait(as_of: str, expected: str) -> None:
    late = note("2026-03-03", recorded_at="2026-05-08T10:00:00Z")
    assert verdict(case([FIRST, NOTE_1, SBI, NOTE_2, AGAIN, late], as_of=as_of)) == expected


def test_law_1_the_wait_counts_from_the_recording_when_the_share_is_said_to_be_earlier() -> None:
    said = note("2026-04-10", recorded_at="2026-04-20T10:00:00Z")
    found = judge(case([FIRST, NOTE_1, SBI, said, AGAIN], as_of="2026-05-10"))
    assert (found.verdict, str(found.holds_until)) == ("follow-up-note", "2026-05-20")


def test_two_notes_of_one_day_are_one_warning() -> None:
    assert verdict(case([FIRST, NOTE_1, note("2026-03-02"), SBI, AGAIN])) == "feedback-gap"


def test_cycle_ends_are_inside_and_two_cycles_repeat() -> None:
    cycles = [["2026-01-01", "2026-03-31"], ["2026-04-01", "2026-06-30"]]
    assert answer(case([seen("2026-03-31"), seen("2026-04-01")], cycles=cycles), "repeated") is Answer.MET
    assert answer(case([seen("2026-03-30"), seen("2026-03-31")], cycles=cycles), "repeated") is Answer.NOT_MET


def test_earlier_rows_come_first_even_when_all_conditions_hold() -> None:
    assert verdict(case(delivering=True, mismatch="stage")) == "managed-transition"
    assert verdict(case(strong_since="2020-01-01", dropped_on="2026-05-01")) == "personal-conversation"


def test_no_mismatch_shuts_the_row_whoever_delivers() -> None:
    facts = case()
    del facts["delivering"]
    assert verdict(facts) == "start-plan"


def test_what_is_written_later_changes_no_verdict_of_the_past() -> None:
    before = judge(case())
    later = note("2026-04-01", shared="2026-07-05", recorded="2026-07-05")
    after = judge(case([*READY, later, seen("2026-07-03")]))
    assert (after.verdict, after.conditions) == (before.verdict, before.conditions)


def test_a_burst_is_flagged() -> None:
    old = [
        entry("occurrence", f"2026-03-{day:02}", recorded="2026-06-20", seen="observed") for day in (1, 2, 3)
    ]
    assert judge(case(old)).figures["burst"] == 3
    assert judge(case()).figures["burst"] == 0


def test_nobody_said_what_is_on_file() -> None:
    facts = case()
    del facts["entries"]
    assert verdict(facts) == "feedback-gap"
    assert answer(facts, "named-in-writing") is Answer.UNKNOWN
    assert answer(case(entries=[], known_at=None) | {"entries": None}, "named-in-writing") is Answer.NOT_MET


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({}, "/as_of"),
        ({"as_of": "2026-02-30"}, "/as_of"),
        ({"as_of": "20260630"}, "/as_of"),
        ({"as_of": 20260630}, "/as_of"),
        (case(known_at="soon"), "/known_at"),
        (case() | {"entries": {}}, "/entries"),
        (case([1]), "/entries/0"),  # type: ignore[list-item]
        (case([{"occurred_on": "2026-05-01"}]), "/entries/0/kind"),
        (case([{"kind": "note"}]), "/entries/0/kind"),
        (case([{**FIRST, "seen": "guessed"}]), "/entries/0/seen"),
        (case([{**FIRST, "recorded_at": "2026-05-01T25:00:00Z"}]), "/entries/0/recorded_at"),
        (case(delivering="yes"), "/delivering"),
        (case(mismatch="team"), "/mismatch"),
        (case(cycles=[["2026-01-01"]]), "/cycles/0"),
        (case(cycles=[["2026-06-30", "2026-01-01"]]), "/cycles/0"),
        (case(cycles=[["2026-01-01", None]]), "/cycles/0/1"),
        (case(dropped_on="9999-12-31"), "/dropped_on"),
    ],
)
def test_a_fault_is_named_with_its_path(facts: Facts, where: str) -> None:
    with pytest.raises(Problem) as problem:
        judge(facts)
    assert problem.value.where == where
