"""Entries that can be left out of trials, because others say the same: what makes long records quick to try.

Only entries that leave nothing open and that count already are looked at: whatever is added or said, and
however much later the question is asked, they go on counting from the same day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_conditions import PlanBars
from datumline.domain.improvement.plan_record import PlanEntry, PlanRecord
from datumline.domain.period import end_of_day, half_of
from datumline.domain.policy.facts import ABSENT
from datumline.domain.verdict import Answer


def redundant(record: PlanRecord, bars: PlanBars) -> frozenset[int]:
    """The places of entries without which every trial has the same outcome."""
    entries = record.entries if isinstance(record.entries, tuple) else ()
    settled = [entry for entry in entries if _settled(entry, record)]
    needed = set(_needed(settled, record, bars))
    return frozenset(entry.place for entry in settled) - needed


def _settled(entry: PlanEntry, record: PlanRecord) -> bool:
    last = min(record.at.known_at, end_of_day(record.at.as_of))
    moments = (entry.recorded, entry.shared)
    return (
        isinstance(entry.occurred, date)
        and entry.occurred <= record.at.as_of
        and isinstance(entry.recorded, datetime)
        and entry.seen is not ABSENT
        and entry.shared is not ABSENT
        and all(moment is None or (isinstance(moment, datetime) and moment <= last) for moment in moments)
    )


def _needed(settled: Iterable[PlanEntry], record: PlanRecord, bars: PlanBars) -> Iterator[int]:
    kinds: defaultdict[tuple[Kind, bool], list[PlanEntry]] = defaultdict(list)
    for entry in settled:
        kinds[entry.kind, entry.first_hand is Answer.MET].append(entry)
    for (kind, seen), entries in kinds.items():
        yield entries[0].place
        by_day = sorted(entries, key=_happened)
        yield by_day[-1].place
        if kind is Kind.OCCURRENCE and seen:
            yield by_day[0].place
            yield from _one_a_cycle(by_day, record)
        if kind is Kind.SBI:
            yield from _earliest([entry for entry in entries if entry.shared], bars.sbis)
            yield from _earliest(entries, bars.sbis)
        if kind is Kind.WRITTEN_NOTE:
            yield from _notes([entry for entry in entries if entry.shared], bars.notes)


def _one_a_cycle(entries: Iterable[PlanEntry], record: PlanRecord) -> Iterator[int]:
    found: dict[int, int] = {}
    for entry in entries:
        for number, cycle in enumerate(() if record.cycles is ABSENT else record.cycles):
            if _happened(entry) in cycle:
                found.setdefault(number, entry.place)
                break
    if record.cycles is ABSENT:  # whatever cycles are said, each half-year keeps one
        for entry in entries:
            found.setdefault(half_of(_happened(entry)).start.toordinal(), entry.place)
    yield from found.values()


def _earliest(entries: Iterable[PlanEntry], count: int) -> Iterator[int]:
    yield from (entry.place for entry in sorted(entries, key=_counts_from)[:count])


def _notes(entries: Iterable[PlanEntry], count: int) -> Iterator[int]:
    """The notes of the earliest days, as many as are asked for of each."""
    days: defaultdict[date, list[PlanEntry]] = defaultdict(list)
    for entry in entries:
        days[_counts_from(entry)].append(entry)
    for notes in (days[day] for day in sorted(days)[:count]):
        yield from (entry.place for entry in notes[:count])


def _happened(entry: PlanEntry) -> date:
    return entry.occurred if isinstance(entry.occurred, date) else date.min


def _shared(entry: PlanEntry) -> date:
    return entry.shared.date() if isinstance(entry.shared, datetime) else date.min


def _counts_from(entry: PlanEntry) -> date:
    recorded = entry.recorded.date() if isinstance(entry.recorded, datetime) else date.min
    return max(_happened(entry), recorded, _shared(entry))
