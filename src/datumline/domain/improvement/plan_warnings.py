"""Warnings: what named a concern to the person, and the day each counts from (spec 96, readings 4, 12 to 16).

A warning counts from the latest of its three dates, and never when it was recorded after the day asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import PlanEntry, PlanRecord
from datumline.domain.improvement.possible_days import PossibleDay
from datumline.domain.period import end_of_day
from datumline.domain.policy.facts import ABSENT, Maybe


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What warned, and what may have.

    Attributes:
        notes: the written notes that the person could read (reading 13).
        namings: what names the concern in writing: those notes, and shared SBIs (reading 12).
        talks: the SBI conversations. They need not be shared; a share on file still moves their day (law 1).
    """

    notes: list[PossibleDay]
    namings: list[PossibleDay]
    talks: list[PossibleDay]


def warnings_of(record: PlanRecord) -> Warnings:
    """The warnings among the entries."""
    last = min(record.at.known_at, end_of_day(record.at.as_of))
    written, sbis = record.of(Kind.WRITTEN_NOTE), record.of(Kind.SBI)
    notes = [day for entry in written if (day := _named(entry, record.at.as_of, last))]
    return Warnings(
        notes=notes,
        namings=[*notes, *(day for entry in sbis if (day := _named(entry, record.at.as_of, last)))],
        talks=[day for entry in sbis if (day := _said(entry, record.at.as_of, last))],
    )


def unshared_notes(record: PlanRecord) -> list[PlanEntry]:
    """The written notes that would warn if they were shared."""
    last = min(record.at.known_at, end_of_day(record.at.as_of))
    return [
        entry
        for entry in record.of(Kind.WRITTEN_NOTE)
        if entry.shared is None
        and isinstance(entry.recorded, datetime)
        and _warned(entry, record.at.as_of, last, entry.recorded)
    ]


def _named(entry: PlanEntry, as_of: date, last: datetime) -> PossibleDay | None:
    """`last` is the last moment at which a warning could be written or shared to count."""
    if entry.shared is None or (entry.shared is not ABSENT and entry.shared > last):
        return None
    return _warned(entry, as_of, last, entry.shared)


def _said(entry: PlanEntry, as_of: date, last: datetime) -> PossibleDay | None:
    shared = entry.shared
    if shared is None or shared is ABSENT or shared > last:
        shared = entry.recorded
    return _warned(entry, as_of, last, shared)


def _warned(entry: PlanEntry, as_of: date, last: datetime, shared: Maybe[datetime]) -> PossibleDay | None:
    occurred, recorded = entry.occurred, entry.recorded
    if occurred is None or recorded is None or (recorded is not ABSENT and recorded > last):
        return None
    if occurred is not ABSENT and occurred > as_of:
        return None
    dates = (occurred, _day(recorded), _day(shared))
    first = max((day for day in dates if isinstance(day, date)), default=date.min)
    sure = ABSENT not in dates
    return PossibleDay(
        first=first,
        last=first if sure else max(first, *_latest(dates, as_of, last)),
        sure=sure,
        place=entry.place,
    )


def _latest(dates: tuple[Maybe[date], ...], as_of: date, last: datetime) -> Iterator[date]:
    """The latest day that each absent date could still be."""
    yield date.min
    if dates[0] is ABSENT:
        yield as_of
    if ABSENT in dates[1:]:
        yield last.date()


def _day(moment: Maybe[datetime]) -> Maybe[date]:
    return moment.date() if isinstance(moment, datetime) else moment
