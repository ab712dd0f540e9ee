"""Papers open clocks, and what answers them closes them."""

from __future__ import annotations

from datetime import date

from datumline.domain.clocks.catalogue import clocks_of
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import at_end_of
from datumline.pack_files import load
from support.papers import INES, paper

POLICY = load()


def due(on: date, *entries: Entry) -> dict[str, date]:
    return {clock.id: clock.due for clock in clocks_of(entries, POLICY, at_end_of(on))}


def test_a_checkpoint_runs_until_its_outcome_is_said_and_moves_when_set_again() -> None:
    note = paper(Kind.SBI, date(2026, 6, 1), concern="dates")
    agreed = paper(Kind.CHECKPOINT, date(2026, 6, 1), note=note.id, on=date(2026, 6, 15))
    held = paper(Kind.CHECKPOINT, date(2026, 6, 15), note=note.id, on=date(2026, 6, 15), outcome="partly")
    again = paper(Kind.CHECKPOINT, date(2026, 6, 15), note=note.id, on=date(2026, 7, 6))
    day = date(2026, 6, 20)
    assert due(day, note, agreed)["note-checkpoint"] == date(2026, 6, 15)
    assert "note-checkpoint" not in due(day, note, agreed, held)
    assert due(day, note, agreed, held, again)["note-checkpoint"] == date(2026, 7, 6)
    (clock,) = [c for c in clocks_of([note, agreed], POLICY, at_end_of(day)) if c.id == "note-checkpoint"]
    assert (clock.entry, clock.concern) == (note.id, "dates")


def test_an_update_waits_a_week_for_its_answer() -> None:
    update = paper(Kind.GROWTH_UPDATE, date(2026, 6, 1), by=INES, month=date(2026, 5, 1), shipped=["a"])
    answer = paper(Kind.GROWTH_ANSWER, date(2026, 6, 3), update=update.id, text="Yes.")
    assert due(date(2026, 6, 4), update) == {"update-answer": date(2026, 6, 8)}
    assert due(date(2026, 6, 4), update, answer) == {}


def test_a_signed_plan_owes_its_audits_by_the_end_of_months_three_and_five() -> None:
    plan = paper(Kind.VISIBILITY_PLAN, date(2026, 1, 5), id="p", starts=date(2026, 1, 5), artifacts={})
    signed = paper(Kind.SIGNATURE, date(2026, 1, 6), by=INES, plan="p")
    audit = paper(Kind.SELF_AUDIT, date(2026, 3, 20), by=INES, plan="p", month=3, states={})
    day = date(2026, 2, 1)
    assert "self-audit" not in due(day, plan)
    clocks = [clock.due for clock in clocks_of([plan, signed], POLICY, at_end_of(day))]
    assert clocks == [date(2026, 4, 4), date(2026, 6, 4)]
    assert due(date(2026, 3, 21), plan, signed, audit) == {"self-audit": date(2026, 6, 4)}


def test_a_sound_stretch_project_is_checked_again_after_a_month() -> None:
    sound = paper(Kind.STRETCH_CHECK, date(2026, 5, 31), project="x", facts={}, verdict="sound")
    trap = paper(Kind.STRETCH_CHECK, date(2026, 6, 30), project="x", facts={}, verdict="career-trap")
    assert due(date(2026, 6, 1), sound) == {"stretch-recheck": date(2026, 6, 30)}
    assert due(date(2026, 6, 30), sound, trap) == {}


def test_a_version_waits_for_the_other_name() -> None:
    plan = paper(Kind.VISIBILITY_PLAN, date(2026, 1, 5), id="p", starts=date(2026, 1, 5), artifacts={})
    assert due(date(2026, 1, 6), plan)["plan-signature"] == date(2026, 1, 12)
    signed = paper(Kind.SIGNATURE, date(2026, 1, 6), by=INES, plan="p")
    assert "plan-signature" not in due(date(2026, 1, 6), plan, signed)
