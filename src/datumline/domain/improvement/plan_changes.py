"""What could still change the plan verdict: proposals for each other outcome, to be tried.

Each proposal is made of steps that a person can take or a fact that somebody can say. A step that turns out
not to be needed is left out later, so a proposal may hold one too many but never one too few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_conditions import PlanBars
from datumline.domain.improvement.plan_record import NO_MISMATCH, PlanReader, PlanRecord
from datumline.domain.improvement.plan_schedule import (
    PlanSchedule,
    missing_notes,
    shut_first_rows,
    ways,
)
from datumline.domain.improvement.plan_warnings import unshared_notes
from datumline.domain.period import A_DAY, add_years
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.from_today import MOST_ANSWERS, FromToday
from datumline.domain.policy.would_change import Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """Proposals from one record."""

    facts: Mapping[str, Any]
    record: PlanRecord
    bars: PlanBars
    reader: PlanReader

    @property
    def now(self) -> FromToday:
        """What can be done from today on."""
        return FromToday(facts=self.facts, at=self.record.at)

    @property
    def _schedule(self) -> PlanSchedule:
        return PlanSchedule(facts=self.facts, record=self.record, bars=self.bars, reader=self.reader)

    def towards(self, verdict: str) -> Iterator[Steps]:
        """Every proposal for `verdict`."""
        known: Mapping[str, Callable[[], Iterator[Steps]]] = {
            "investigate": self._investigate,
            "personal-conversation": self._personal_conversation,
            "managed-transition": self._managed_transition,
            "start-plan": lambda: self._schedule.towards_plan(wait=True),
            "follow-up-note": self._follow_up,
            "feedback-gap": self._feedback_gap,
        }
        yield from known.get(verdict, lambda: iter(()))()

    def _investigate(self) -> Iterator[Steps]:
        """Something reported, nothing first-hand."""
        now = self.now
        told = [
            now.answer("first-hand", entry.place, "seen", Seen.REPORTED)
            for entry in self.record.of(Kind.OCCURRENCE)
            if entry.seen is ABSENT
        ][:MOST_ANSWERS]
        report = now.entry("on-file", Kind.PEER_REPORT, now.today, seen=Seen.REPORTED)
        yield (*told, report, *now.until("on-file", now.today))

    def _personal_conversation(self) -> Iterator[Steps]:
        """Strong for years, then a drop from today on that nobody has talked about."""
        now, record = self.now, self.record
        first = now.entry("first-hand", Kind.OCCURRENCE, now.today, seen=Seen.OBSERVED)
        since, dropped = record.strong_since, record.dropped_on
        if isinstance(dropped, date) and since is ABSENT:
            ripe = add_years(dropped, -self.bars.strong_years)
            said = now.fact("strong-tenure", "strong_since", ripe.isoformat())
            yield (said, first, *now.until("strong-tenure", max(now.today, dropped)))
        steps = [first]
        if since is ABSENT or since is None:
            since = add_years(now.today, -self.bars.strong_years)
            steps.append(now.fact("strong-tenure", "strong_since", since.isoformat()))
        ripe = add_years(since, self.bars.strong_years)
        for drop in (max(now.today, ripe), max(now.today + A_DAY, ripe)):
            dropping = now.fact("strong-tenure", "dropped_on", drop.isoformat())
            yield (*steps, dropping, *now.until("strong-tenure", drop))
        if isinstance(dropped, date):
            yield (*steps, *now.until("strong-tenure", max(now.today, dropped)))

    def _managed_transition(self) -> Iterator[Steps]:
        """Delivers, but is mismatched with the domain, or with the stage."""
        now, record = self.now, self.record
        fits = (
            ("domain", "stage") if record.mismatch in (ABSENT, None, NO_MISMATCH) else (str(record.mismatch),)
        )
        for mismatch in fits:
            yield (
                now.fact("delivering", "delivering", True),  # noqa: FBT003 - the value of a fact
                now.fact("mismatch", "mismatch", mismatch),
                *shut_first_rows(now, self.record, now.today, transition=True),
                *now.until("first-hand", now.today),
            )

    def _feedback_gap(self) -> Iterator[Steps]:
        """The rows before it shut, and as many notes as are asked for, but not all the rest."""
        now = self.now
        yield (*shut_first_rows(now, self.record, now.today), *now.until("first-hand", now.today))
        for share in ways(self.record):
            notes = missing_notes(now, self.record, self.bars, share=share)
            last = max((day for day, _ in notes), default=now.today)
            steps = tuple(step for _, step in notes)
            yield (*shut_first_rows(now, self.record, last), *steps, *now.until("second-written-note", last))
        silent = [
            now.answer("named-in-writing", entry.place, "shared_at", None)
            for entry in self.record.of(Kind.WRITTEN_NOTE, Kind.SBI)
            if entry.shared is ABSENT
        ][:MOST_ANSWERS]
        yield (*silent, *shut_first_rows(now, self.record, now.today), *now.until("first-hand", now.today))

    def _follow_up(self) -> Iterator[Steps]:
        """Named once and no more; or everything there but the wait."""
        now = self.now
        shut = shut_first_rows(now, self.record, now.today)
        note = now.entry("named-in-writing", Kind.WRITTEN_NOTE, now.today, shared=True)
        yield (note, *shut, *now.until("named-in-writing", now.today))
        for written in unshared_notes(self.record)[:1]:
            if isinstance(written.recorded, datetime):
                shared = now.share("named-in-writing", written.place, now.today, recorded=written.recorded)
                yield (shared, *shut, *now.until("named-in-writing", now.today))
        silent = [
            now.answer("second-written-note", entry.place, "shared_at", None)
            for entry in self.record.of(Kind.WRITTEN_NOTE)
            if entry.shared is ABSENT
        ][:MOST_ANSWERS]
        for spared in range(min(len(silent), 1) + 1):
            yield (*silent[spared:], note, *shut, *now.until("named-in-writing", now.today))
        yield from self._schedule.towards_plan(wait=False)
