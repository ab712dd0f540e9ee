"""Warnings: what named a concern to the person, and the day each counts from (spec 96, readings 4, 12 to 16).

A warning counts from the latest of its three dates, and never when it was recorded after the day asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import PlanEntry, PlanRecord
from datumline.domain.improvement.possible_days import PossibleDay
from datumline.domain.period import AsOf, end_of_day
from datumline.domain.policy.facts import ABSENT, Maybe


def shared_notes(record: PlanRecord) -> list[PossibleDay]:
    """The written notes that the person could read, or may have been able to (reading 13)."""
    return [day for entry in record.of(Kind.WRITTEN_NOTE) if (day := _named(entry, record.at))]


def namings(record: PlanRecord) -> list[PossibleDay]:
    """What names the concern in writing: shared notes, and shared SBIs (reading 12)."""
    entries = record.of(Kind.WRITTEN_NOTE, Kind.SBI)
    return [day for entry in entries if (day := _named(entry, record.at))]


def conversations(record: PlanRecord) -> list[PossibleDay]:
    """The SBI conversations. They need not be shared; a share on file still moves their day (13, law 1)."""
    return [day for entry in record.of(Kind.SBI) if (day := _said(entry, record.at))]


def _last_moment(at: AsOf) -> datetime:
    """The last moment at which a warning could be written or shared to count."""
    return min(at.known_at, end_of_day(at.as_of))


def _named(entry: PlanEntry, at: AsOf) -> PossibleDay | None:
    if entry.shared is None or _too_late(entry.shared, at):
        return None
    return _warned(entry, at, entry.shared)


def _said(entry: PlanEntry, at: AsOf) -> PossibleDay | None:
    shared = entry.shared
    if shared is None or shared is ABSENT or _too_late(shared, at):
        shared = entry.recorded
    return _warned(entry, at, shared)


def _warned(entry: PlanEntry, at: AsOf, shared: Maybe[datetime]) -> PossibleDay | None:
    if entry.occurred is None or entry.recorded is None or _too_late(entry.recorded, at):
        return None
    if entry.occurred is not ABSENT and entry.occurred > at.as_of:
        return None
    dates = (entry.occurred, _day(entry.recorded), _day(shared))
    first = max((day for day in dates if isinstance(day, date)), default=date.min)
    return PossibleDay(
        first=first,
        last=max(first, *_latest(entry, at, shared)),
        sure=ABSENT not in dates,
        shared=shared.date() if isinstance(shared, datetime) else date.min,
        place=entry.place,
    )


def _latest(entry: PlanEntry, at: AsOf, shared: Maybe[datetime]) -> Iterator[date]:
    """The latest day that each absent date could still be."""
    yield date.min
    if entry.occurred is ABSENT:
        yield at.as_of
    if ABSENT in (entry.recorded, shared):
        yield _last_moment(at).date()


def _day(moment: Maybe[datetime]) -> Maybe[date]:
    return moment.date() if isinstance(moment, datetime) else moment


def _too_late(moment: Maybe[datetime], at: AsOf) -> bool:
    return isinstance(moment, datetime) and moment > _last_moment(at)
