"""The clocks of a record: evidence in, due days out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from datumline.domain.clocks.catalogue import clocks_of
from datumline.domain.clocks.clock import Clock, State
from datumline.domain.evidence.entry import Audience, Entry, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import at_end_of
from datumline.pack_files.loading import load
from support.signal_cases import TODAY, entry


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def note(on: str, written: str | None = None) -> Entry:
    made = entry(Kind.WRITTEN_NOTE, d(on), written=d(written or on))
    return replace(made, concern="reviews")


def occurrence(on: str, seen: Seen = Seen.OBSERVED, tag: Tag | None = None) -> Entry:
    return replace(entry(Kind.OCCURRENCE, d(on), seen=seen), concern="reviews", tag=tag)


def clocks(*entries: Entry, as_of: date = TODAY) -> dict[str, Clock]:
    return {clock.id: clock for clock in clocks_of(entries, load(None), at_end_of(as_of))}


def test_a_note_is_owed_fourteen_days_after_an_occurrence() -> None:
    clock = clocks(occurrence("06-20"))["note-owed"]
    assert (clock.due, clock.parameter) == (d("07-04"), "evidence.first_note_within")
    assert [clock.state(day) for day in (d("07-03"), d("07-04"), d("07-05"))] == [
        State.RUNNING,
        State.DUE_TODAY,
        State.OVERDUE,
    ]
    assert clock.days_left(d("07-05")) == -1


def test_a_note_answers_what_happened_before_it() -> None:
    assert "note-owed" not in clocks(occurrence("06-20"), note("06-22"))
    assert clocks(occurrence("06-01"), note("06-05"), occurrence("06-20"))["note-owed"].starts == d("06-20")


def test_hearsay_alone_owes_no_note() -> None:
    assert clocks(occurrence("06-20", seen=Seen.REPORTED)) == {}


def test_a_private_note_answers_nothing() -> None:
    private = replace(note("06-22"), audience=Audience.PRIVATE, shared_at=None)
    assert "note-owed" in clocks(occurrence("06-20"), private)


def test_the_wait_runs_from_the_day_the_second_note_could_be_read() -> None:
    clock = clocks(note("05-01"), note("06-01", written="06-10"))["wait-before-plan"]
    assert (clock.starts, clock.due) == (d("06-10"), d("07-10"))
    assert [clock.state(day) for day in (d("07-09"), d("07-10"))] == [State.RUNNING, State.OVER]


def test_two_notes_of_one_day_start_no_wait_and_one_that_is_over_is_gone() -> None:
    assert clocks(note("06-10"), note("06-10")) == {}
    assert clocks(note("04-01"), note("05-31")) == {}
    assert "wait-before-plan" in clocks(note("04-01"), note("05-31"), as_of=d("06-29"))


def test_a_resolved_concern_has_no_clock() -> None:
    assert clocks(occurrence("06-20"), occurrence("06-25", tag=Tag.RESOLVED)) == {}


def test_a_remediation_has_its_window_and_then_its_follow_up() -> None:
    step = replace(entry(Kind.INCIDENT, d("06-01")), remediation="rollback drill", remediated_on=d("06-05"))
    found = clocks(step)
    assert (found["remediation-window"].due, found["remediation-follow-up"].due) == (d("07-05"), d("07-20"))
    assert clocks(replace(step, tag=Tag.RESOLVED)) == {}


def test_the_day_of_a_note_is_the_engineers_own() -> None:
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)
    second = replace(note("06-01"), recorded_at=late, shared_at=late)
    found = clocks_of([note("05-01"), second], load(None), at_end_of(TODAY), zone=ZoneInfo("Asia/Tokyo"))
    assert found[0].starts == d("06-11")
