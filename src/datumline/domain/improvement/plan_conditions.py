"""The conditions of the plan table, each with the facts that decided it (spec 40; readings 5 to 20)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import NO_MISMATCH, PlanEntry, PlanRecord
from datumline.domain.improvement.plan_warnings import Warnings, warnings_of
from datumline.domain.improvement.possible_days import (
    PossibleDay,
    nth_day,
    nth_different_day,
    surely,
)
from datumline.domain.period import add_months, add_years
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, Condition, Figure, Pointer, all_of, answer, any_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBars:
    """The numbers of the policy that the table is measured by, on one day (see the pack's `pip.…`)."""

    cycles: int
    months: int
    notes: int
    sbis: int
    wait: timedelta
    strong_years: int


def bars_of(policy: Policy, on: date) -> PlanBars:
    """The numbers that hold on `on`."""
    return PlanBars(
        cycles=policy.whole("pip.conditions.cycles", on),
        months=policy.whole("pip.conditions.months", on),
        notes=policy.whole("pip.conditions.written_notes", on),
        sbis=policy.whole("pip.conditions.sbi", on),
        wait=timedelta(days=policy.days("pip.more_time", on)),
        strong_years=policy.whole("pip.strong_tenure", on),
    )


def conditions_of(record: PlanRecord, bars: PlanBars) -> tuple[Condition, ...]:
    """Every condition, answered. When nobody said what is on file, all that rests on entries is unknown."""
    warnings = warnings_of(record)
    found = (
        _on_file(record),
        _first_hand(record),
        _strong(record, bars),
        _conversation(record),
        _delivering(record),
        _mismatch(record),
        _counted("named-in-writing", warnings.namings, 1),
        _repeated(record, bars),
        *_notes(warnings, bars),
        _counted("sbi-conversation", warnings.talks, bars.sbis),
        _unchanged(record, warnings, bars),
        _wait(record, warnings, bars),
    )
    if record.entries is not ABSENT:
        return found
    of_facts = {"strong-tenure", "delivering", "mismatch"}
    return tuple(
        each if each.id in of_facts else Condition(id=each.id, answer=Answer.UNKNOWN) for each in found
    )


def occurrences(record: PlanRecord, *, sure: bool) -> list[PlanEntry]:
    """The first-hand occurrences that count in every world, or in some (reading 11)."""
    allowed = (Answer.MET,) if sure else (Answer.MET, Answer.UNKNOWN)
    return [
        entry
        for entry in record.of(Kind.OCCURRENCE)
        if entry.first_hand in allowed and entry.exists(record.at) in allowed
    ]


def _pointers(entries: Iterable[PlanEntry | PossibleDay]) -> tuple[Pointer, ...]:
    return tuple(f"/entries/{place}" for place in sorted(entry.place for entry in entries))


def _said(record: PlanRecord, *keys: str) -> tuple[Pointer, ...]:
    return tuple(f"/{key}" for key in keys if getattr(record, key) is not ABSENT)


def _counted(name: str, days: Sequence[PossibleDay], needed: int, **figures: Figure) -> Condition:
    """Met by at least `needed` of them in every world."""
    sure = surely(days)
    given = Answer.MET if len(sure) >= needed else answer(None if len(days) >= needed else False)
    shown = {"count": len(sure), "needed": needed} | figures
    return Condition(id=name, answer=given, because=_pointers(days), figures=shown)


def _on_file(record: PlanRecord) -> Condition:
    """An occurrence or a peer report is there (reading 10)."""
    told = [(entry, entry.exists(record.at)) for entry in record.of(Kind.OCCURRENCE, Kind.PEER_REPORT)]
    there = [entry for entry, exists in told if exists is not Answer.NOT_MET]
    return Condition(
        id="on-file",
        answer=any_of(exists for _, exists in told),
        because=_pointers(there),
        figures={"count": len(there)},
    )


def _first_hand(record: PlanRecord) -> Condition:
    """Something is first-hand or artifact-backed: an occurrence, a peer report or a note (reading 9)."""
    asked = record.of(Kind.OCCURRENCE, Kind.PEER_REPORT, Kind.WRITTEN_NOTE, Kind.SBI)
    told = [(entry, all_of((entry.exists(record.at), entry.first_hand))) for entry in asked]
    given = any_of(each for _, each in told)
    speaking = [
        entry for entry, each in told if each is given and entry.exists(record.at) is not Answer.NOT_MET
    ]
    return Condition(id="first-hand", answer=given, because=_pointers(speaking))


def _strong(record: PlanRecord, bars: PlanBars) -> Condition:
    """Strong for years up to a sudden drop that has happened by now (reading 6)."""
    return Condition(
        id="strong-tenure",
        answer=answer(_strong_before_drop(record, bars)),
        because=_said(record, "strong_since", "dropped_on"),
        figures={"years": bars.strong_years},
    )


def _strong_before_drop(record: PlanRecord, bars: PlanBars) -> bool | None:
    since, dropped = record.strong_since, record.dropped_on
    if since is None or dropped is None or (dropped is not ABSENT and dropped > record.at.as_of):
        return False
    if since is ABSENT:
        return None
    ripe = add_years(since, bars.strong_years)
    if dropped is ABSENT:
        return None if ripe <= record.at.as_of else False
    return ripe <= dropped


def _conversation(record: PlanRecord) -> Condition:
    """A personal conversation, on the day of the drop or later; an SBI is none (readings 7 and 8)."""
    held = [
        (entry, all_of((entry.exists(record.at), _since_drop(entry, record))))
        for entry in record.of(Kind.PERSONAL_CONVERSATION)
    ]
    return Condition(
        id="personal-conversation",
        answer=any_of(each for _, each in held),
        because=_pointers(entry for entry, each in held if each is not Answer.NOT_MET),
    )


def _since_drop(entry: PlanEntry, record: PlanRecord) -> Answer:
    dropped = record.dropped_on
    if dropped is None or (dropped is not ABSENT and dropped > record.at.as_of):
        return Answer.NOT_MET
    if entry.occurred is None or entry.occurred is ABSENT:
        return Answer.UNKNOWN
    if dropped is ABSENT:  # on the last day that counts, it is after whatever drop there was
        return answer(entry.occurred == record.at.as_of or None)
    return answer(entry.occurred >= dropped)


def _delivering(record: PlanRecord) -> Condition:
    because = () if record.delivering is Answer.UNKNOWN else ("/delivering",)
    return Condition(id="delivering", answer=record.delivering, because=because)


def _mismatch(record: PlanRecord) -> Condition:
    """The work does not fit the team's domain or the company's stage."""
    given = None if record.mismatch is ABSENT else record.mismatch not in (None, NO_MISMATCH)
    return Condition(id="mismatch", answer=answer(given), because=_said(record, "mismatch"))


def _repeated(record: PlanRecord, bars: PlanBars) -> Condition:
    """First-hand occurrences in several cycles or months apart, whenever they were (readings 5, 11, 20)."""
    sure, possible = occurrences(record, sure=True), occurrences(record, sure=False)
    given = Answer.MET if _spread(sure, record, bars) else answer(_could_spread(possible, record, bars))
    days = sorted(entry.occurred for entry in sure if isinstance(entry.occurred, date))
    return Condition(
        id="repeated",
        answer=given,
        because=_pointers(possible),
        figures={
            "count": len(sure),
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
            "months": bars.months,
            "cycles": bars.cycles,
        },
    )


def _spread(entries: Sequence[PlanEntry], record: PlanRecord, bars: PlanBars) -> bool:
    days = [entry.occurred for entry in entries if isinstance(entry.occurred, date)]
    if days and add_months(min(days), bars.months) <= max(days):
        return True
    cycles = () if record.cycles is ABSENT else record.cycles
    touched = {next((place for place, cycle in enumerate(cycles) if day in cycle), None) for day in days}
    return len(touched - {None}) >= bars.cycles


def _could_spread(entries: Sequence[PlanEntry], record: PlanRecord, bars: PlanBars) -> bool | None:
    """None when some possible world has them spread, False when none has."""
    if len(entries) > 1 and any(entry.occurred is ABSENT for entry in entries):
        return None
    days = {entry.occurred for entry in entries}
    if record.cycles is ABSENT and len(days) >= bars.cycles:
        return None
    return None if _spread(entries, record, bars) else False


def _notes(warnings: Warnings, bars: PlanBars) -> tuple[Condition, Condition]:
    """The written notes: how many were shared, and whether they stand on different days."""
    notes = warnings.notes
    best, worst = nth_different_day(notes, bars.notes), nth_different_day(surely(notes), bars.notes)
    apart = Condition(
        id="notes-on-different-days",
        answer=Answer.MET if worst else answer(None if best else False),
        because=_pointers(notes),
        figures={"needed": bars.notes},
    )
    return _counted("second-written-note", notes, bars.notes), apart


def _warned_on(warnings: Warnings, bars: PlanBars, *, sure: bool) -> date | None:
    """The day of the last warning needed: second note or first SBI; None without them (reading 16)."""
    keep = surely if sure else list[PossibleDay]
    note = nth_different_day(keep(warnings.notes), bars.notes)
    sbi = nth_day(keep(warnings.talks), bars.sbis)
    return None if note is None or sbi is None else max(note, sbi)


def _unchanged(record: PlanRecord, warnings: Warnings, bars: PlanBars) -> Condition:
    """A first-hand occurrence strictly after the second note and the SBI (readings 11, 14, 16 and 17)."""
    latest, earliest = (_warned_on(warnings, bars, sure=sure) for sure in (True, False))
    after = [
        entry
        for entry in occurrences(record, sure=False)
        if earliest and (entry.occurred is ABSENT or (entry.occurred or date.min) > earliest)
    ]
    surely_after = [
        entry
        for entry in occurrences(record, sure=True)
        if latest and isinstance(entry.occurred, date) and entry.occurred > latest
    ]
    possible = bool(after) and any(
        isinstance(entry.occurred, date) or record.at.as_of > (earliest or date.max) for entry in after
    )
    return Condition(
        id="unchanged",
        answer=Answer.MET if surely_after else answer(None if possible else False),
        because=_pointers(surely_after or after),
        figures={"warned_on": latest},
    )


def _wait_ends_on(warnings: Warnings, bars: PlanBars, *, sure: bool) -> date | None:
    """The day on which the wait since the second shared note ends; None without such a note.

    A note recorded after its share counts from the recording (law 1, reading 14): no note written today
    shortens a wait by naming an earlier share.
    """
    second = nth_different_day(surely(warnings.notes) if sure else warnings.notes, bars.notes)
    return None if second is None else second + bars.wait


def _wait(record: PlanRecord, warnings: Warnings, bars: PlanBars) -> Condition:
    """The days since the second note was shared; the day of sharing is day 0 (reading 19 and "The wait")."""
    latest, earliest = (_wait_ends_on(warnings, bars, sure=sure) for sure in (True, False))
    over, possible = (end is not None and end <= record.at.as_of for end in (latest, earliest))
    return Condition(
        id="wait-over",
        answer=Answer.MET if over else answer(None if possible else False),
        because=_pointers(warnings.notes),
        figures={"days": bars.wait.days, "ends_on": latest},
    )
