"""The way to a formal plan from today on: which warnings are still owed, and when it could start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_conditions import PlanBars, occurrences
from datumline.domain.improvement.plan_record import NO_MISMATCH, PlanEntry, PlanReader, PlanRecord
from datumline.domain.improvement.plan_warnings import unshared_notes, warnings_of
from datumline.domain.improvement.possible_days import (
    PossibleDay,
    nth_day,
    nth_different_day,
    surely,
)
from datumline.domain.period import A_DAY, Window, add_months, half_of
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.from_today import MOST_ANSWERS, FromToday
from datumline.domain.policy.json_patch import patched
from datumline.domain.policy.would_change import Step, Steps

COUNTS_FOR = {
    Kind.OCCURRENCE: "repeated",
    Kind.WRITTEN_NOTE: "second-written-note",
    Kind.SBI: "sbi-conversation",
}


def shut_first_rows(now: FromToday, record: PlanRecord, until: date, *, transition: bool = False) -> Steps:
    """What shuts the rows before the formal plan: seen first-hand, talked since the drop, no mismatch."""
    dropped = record.dropped_on
    talk = max(now.today, dropped) if isinstance(dropped, date) and dropped <= until else now.today
    steps = [now.entry("first-hand", Kind.OCCURRENCE, now.today, seen=Seen.OBSERVED)]
    if dropped is ABSENT:
        steps.append(now.fact("strong-tenure", "dropped_on", None))
    steps.append(now.entry("personal-conversation", Kind.PERSONAL_CONVERSATION, talk))
    if not transition and record.mismatch != NO_MISMATCH:
        steps.append(now.fact("mismatch", "mismatch", NO_MISMATCH))
    return tuple(steps)


def missing_notes(
    now: FromToday, record: PlanRecord, bars: PlanBars, *, share: bool = False
) -> list[tuple[date, Step]]:
    """The shared notes still owed, each on a day of its own, the first one today if no note stands on it.

    With `share`, notes that are written already are shared on those days, as far as there are any.
    """
    taken = {day.first for day in surely(warnings_of(record).notes)}
    written = iter(unshared_notes(record) if share else ())
    owed: list[tuple[date, Step]] = []
    day = now.today
    while len(taken) < bars.notes:
        if day not in taken:
            taken.add(day)
            owed.append((day, _note(now, day, next(written, None))))
        day += A_DAY
    return owed


def _note(now: FromToday, day: date, written: PlanEntry | None) -> Step:
    if written is None or not isinstance(written.recorded, datetime):
        return now.entry("second-written-note", Kind.WRITTEN_NOTE, day, shared=True)
    return now.share("second-written-note", written.place, day, recorded=written.recorded)


def ways(record: PlanRecord) -> tuple[bool, ...]:
    """Whether owed notes may be shared ones: by new notes first, by written ones where there are any."""
    return (False, True) if unshared_notes(record) else (False,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSchedule:
    """What is still owed, from one record."""

    facts: Mapping[str, Any]
    record: PlanRecord
    bars: PlanBars
    reader: PlanReader

    @property
    def _now(self) -> FromToday:
        return FromToday(facts=self.facts, at=self.record.at)

    def towards_plan(self, *, wait: bool) -> Iterator[Steps]:
        """Named, repeated and unchanged after every warning; with `wait` until the wait is over too."""
        for answers in self._answers():
            facts = patched(self.facts, [step.operation for step in answers])
            record = self.reader.read(facts)
            for share in ways(record):
                notes = missing_notes(self._now, record, self.bars, share=share)
                yield from self._scheduled(answers, record, notes, wait=wait)

    def _scheduled(
        self, answers: Steps, record: PlanRecord, notes: list[tuple[date, Step]], *, wait: bool
    ) -> Iterator[Steps]:
        now, bars = self._now, self.bars
        days = [*surely(warnings_of(record).notes), *(_on(day) for day, _ in notes)]
        talks = surely(warnings_of(record).talks)
        sbis = [now.entry("sbi-conversation", Kind.SBI, now.today)] * max(0, bars.sbis - len(talks))
        second = nth_different_day(days, bars.notes) or now.today
        talked = nth_day([*talks, *(_on(now.today) for _ in sbis)], bars.sbis) or now.today
        again = self._again(record, max(second, talked))
        happens = now.entry("unchanged", Kind.OCCURRENCE, again, seen=Seen.OBSERVED)
        waited = second + bars.wait
        need_not_recur = max(now.today, *(day for day, _ in notes)) if notes else now.today
        for recurs, last in (((), need_not_recur), ((happens,), max(again, need_not_recur))):
            end = max(last, waited) if wait else last
            yield (
                *answers,
                *shut_first_rows(now, record, end),
                *(step for _, step in notes),
                *sbis,
                *recurs,
                *now.until("wait-over" if wait else "unchanged", end),
            )

    def _again(self, record: PlanRecord, warned: date) -> date:
        """The first day from today on, after the warnings, on which one more occurrence makes it repeated."""
        now = self._now
        day = max(now.today, warned + A_DAY)
        days = [entry.occurred for entry in occurrences(record, sure=True)]
        known = [each for each in days if isinstance(each, date)]
        first = min(known, default=now.today)
        months_apart = max(day, add_months(first, self.bars.months))
        cycles = () if record.cycles is ABSENT else record.cycles
        other = [
            max(day, cycle.start)
            for cycle in cycles
            if cycle.end >= day and not any(before in cycle for before in known or (now.today,))
        ]
        return min([months_apart, *other]) if not self._repeated(record, known) else day

    def _repeated(self, record: PlanRecord, days: list[date]) -> bool:
        cycles = () if record.cycles is ABSENT else record.cycles
        touched = {place for day in days for place, cycle in enumerate(cycles) if day in cycle}
        apart = bool(days) and add_months(min(days), self.bars.months) <= max(days)
        return apart or len(touched) >= self.bars.cycles

    def _answers(self) -> Iterator[Steps]:
        """What is left open, left open; or said in the way that leads on."""
        entries = () if self.record.entries is ABSENT else self.record.entries
        said = tuple(step for entry in entries for step in self._open(entry))[:MOST_ANSWERS]
        yield ()
        if said:
            yield said
        if self.record.cycles is ABSENT and (cycles := self._cycles()):
            yield (*said, self._now.fact("repeated", "cycles", [list(cycle) for cycle in cycles]))

    def _cycles(self) -> list[tuple[str, str]]:
        """The half-years from the first occurrence on, when they tell two of them apart."""
        days = [entry.occurred for entry in occurrences(self.record, sure=False)]
        known = [day for day in days if isinstance(day, date)]
        found: list[Window] = []
        day = min(known, default=self.record.at.as_of)
        while known and day <= max(known):
            found.append(half_of(day))
            day = found[-1].end + A_DAY
        return [(each.start.isoformat(), each.end.isoformat()) for each in found] if len(found) > 1 else []

    def _open(self, entry: PlanEntry) -> Iterator[Step]:
        """What an entry leaves open, said as far as the rest of it tells."""
        condition = COUNTS_FOR.get(entry.kind)
        if condition is None:
            return
        day = entry.occurred if isinstance(entry.occurred, date) else None
        written = entry.recorded if isinstance(entry.recorded, datetime) else None
        moment = written.isoformat().replace("+00:00", "Z") if written else f"{day}T12:00:00Z"
        if entry.occurred is ABSENT and written:
            yield self._now.answer(condition, entry.place, "occurred_on", written.date().isoformat())
        if entry.recorded is ABSENT and day:
            yield self._now.answer(condition, entry.place, "recorded_at", moment)
        if entry.shared is ABSENT and entry.kind is Kind.WRITTEN_NOTE and (written or day):
            yield self._now.answer(condition, entry.place, "shared_at", moment)
        if entry.seen is ABSENT and entry.kind is Kind.OCCURRENCE:
            yield self._now.answer(condition, entry.place, "seen", Seen.OBSERVED)


def _on(day: date) -> PossibleDay:
    return PossibleDay(first=day, last=day, sure=True, place=-1)
