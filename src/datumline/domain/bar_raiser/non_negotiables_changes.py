"""What could still change the non-negotiables: proposals for each other outcome, to be tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from datumline.domain.bar_raiser.lamps import COUNTING, ON_TIME, BarNumbers, answers_of, states_of
from datumline.domain.bar_raiser.non_negotiables_record import CLAIMS, BarEntry, BarReader, BarRecord
from datumline.domain.bar_raiser.on_time_lamp import added_to_reach, best, missed_to_fall, worst
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import A_DAY, AsOf, end_of_day
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.from_today import MOST_ANSWERS, FromToday
from datumline.domain.policy.json_patch import patched
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Answer

MOST_ADDED = 400  # beyond this many commitments, adding them is no step


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChanges:
    """Proposals from one record. `turns` are later days with the outcome that time alone gives on them."""

    facts: Mapping[str, Any]
    record: BarRecord
    numbers: BarNumbers
    reader: BarReader
    turns: Mapping[str, date]

    @property
    def now(self) -> FromToday:
        """What can be done from today on."""
        return FromToday(facts=self.facts, at=self.record.at)

    def towards(self, verdict: str) -> Iterator[Steps]:
        """Every proposal for `verdict`."""
        if verdict in self.turns:
            yield self.now.until(ON_TIME, self.turns[verdict])
        if verdict == "meets":
            yield from self._mended(Answer.MET)
        if verdict == "does-not-meet":
            yield from self._failed()
        if verdict == "unknown":
            yield from self._mended(Answer.UNKNOWN)
            yield from self._emptied()

    def _mended(self, least: Answer) -> Iterator[Steps]:
        """Every lamp met that can be; with UNKNOWN only those that are not met now."""
        for answers in ((), tuple(self._open(kind=True))[:MOST_ANSWERS]):
            facts = patched(self.facts, [step.operation for step in answers])
            record = _later(self.reader.read(facts), self.now.today)
            lit = answers_of(record, self.numbers, states_of(record, self.numbers))
            lamps = [
                lamp
                for lamp, given in lit.items()
                if given is Answer.NOT_MET or (given is Answer.UNKNOWN and least is Answer.MET)
            ]
            added = tuple(step for lamp in lamps for step in self._lit(lamp, record))
            yield (*answers, *added, *self.now.until(lamps[0] if lamps else ON_TIME, self.now.today))
            if not self._has_open:
                return

    @property
    def _has_open(self) -> bool:
        return any(True for _ in self._open(kind=True))

    def _lit(self, lamp: str, record: BarRecord) -> Iterator[Step]:
        """The new entries that light one lamp."""
        now = self.now
        if lamp == ON_TIME:
            count = added_to_reach(worst(states_of(record, self.numbers)), self.numbers.floor)
            day = now.today.isoformat()
            kept = now.entry(lamp, Kind.COMMITMENT, now.today, due=day, delivered=day, rescheduled=[])
            yield from [kept] * min(count, MOST_ADDED)
            return
        kind = COUNTING[lamp]
        held = sum(entry.claim is entry.exists(record.at) is Answer.MET for entry in record.of(kind))
        for _ in range(self.numbers.needed[lamp] - held):
            yield now.entry(lamp, kind, now.today, **{CLAIMS[kind]: True})

    def _failed(self) -> Iterator[Steps]:
        """One lamp put out: by an entry that falls short, by what is left open, or by misses."""
        now = self.now
        told = tuple(self._open(kind=False))[:MOST_ANSWERS]
        for lamp, kind in COUNTING.items():
            short = now.entry(lamp, kind, now.today, **{CLAIMS[kind]: False})
            denied = [step for step in told if step.condition == lamp]
            yield (*denied, short, *now.until(lamp, now.today))
        yield tuple(step for step in told if step.condition == ON_TIME)
        tomorrow = now.today + A_DAY
        record = _later(self.record, tomorrow)
        count = missed_to_fall(best(states_of(record, self.numbers)), self.numbers.floor)
        missed = now.entry(
            ON_TIME, Kind.COMMITMENT, now.today, due=now.today.isoformat(), delivered=None, rescheduled=[]
        )
        yield (*([missed] * min(count, MOST_ADDED)), *now.until(ON_TIME, tomorrow))

    def _emptied(self) -> Iterator[Steps]:
        """The other lamps mended, and so much time that no commitment is in the window any more."""
        days = [
            day
            for entry in self.record.of(Kind.COMMITMENT)
            for day in (entry.due, *(move.to for move in entry.moves))
            if isinstance(day, date)
        ]
        if not days:
            return
        empty = max(self.now.today, max(days) + timedelta(days=self.numbers.window_days))
        for steps in self._mended(Answer.UNKNOWN):
            others = [step for step in steps if step.condition != ON_TIME and _is_entry(step)]
            yield (*others, *self.now.until(ON_TIME, empty))

    def _open(self, *, kind: bool) -> Iterator[Step]:
        """What entries leave open, said the way that lights a lamp (`kind`) or the way that puts it out."""
        for entry in () if self.record.entries is ABSENT else self.record.entries:
            lamp = next((lamp for lamp, counted in COUNTING.items() if counted is entry.kind), ON_TIME)
            if entry.kind is Kind.COMMITMENT or entry.kind in CLAIMS:
                yield from self._dated(entry, lamp)
            if entry.kind in CLAIMS and entry.claim is Answer.UNKNOWN:
                yield self.now.answer(lamp, entry.place, CLAIMS[entry.kind], kind)
            if entry.kind is Kind.COMMITMENT:
                yield from self._delivery(entry, kind=kind)

    def _dated(self, entry: BarEntry, lamp: str) -> Iterator[Step]:
        if entry.occurred is ABSENT and isinstance(entry.recorded, datetime):
            yield self.now.answer(lamp, entry.place, "occurred_on", entry.recorded.date().isoformat())
        if entry.recorded is ABSENT and isinstance(entry.occurred, date):
            yield self.now.answer(lamp, entry.place, "recorded_at", f"{entry.occurred}T12:00:00Z")

    def _delivery(self, entry: BarEntry, *, kind: bool) -> Iterator[Step]:
        due, delivered = entry.due, entry.delivered
        if due is ABSENT:
            known = delivered if isinstance(delivered, date) else self.record.at.as_of
            due = known if kind else known - A_DAY
            yield self.now.answer(ON_TIME, entry.place, "due", due.isoformat())
        if delivered is ABSENT and isinstance(due, date):
            yield self.now.answer(ON_TIME, entry.place, "delivered", due.isoformat() if kind else None)


def _later(record: BarRecord, day: date) -> BarRecord:
    """The record as of `day`, knowing what is known by its end."""
    if day <= record.at.as_of:
        return record
    known_at = max(record.at.known_at, end_of_day(day))
    return replace(record, at=AsOf(as_of=day, known_at=known_at))


def _is_entry(step: Step) -> bool:
    return str(step.operation["path"]).startswith("/entries")
