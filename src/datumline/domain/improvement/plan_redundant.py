"""Entries that can be left out of trials, because others say the same: what makes long records quick to try.

Only entries that lie wholly in the past are looked at: whatever is added or said, and however much later
the question is asked, they go on counting as they do. Entries that leave the same things open are alike,
too: what some possible world makes of one of them, it can make of another one with the same dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_conditions import PlanBars
from datumline.domain.improvement.plan_record import PlanEntry, PlanRecord
from datumline.domain.improvement.plan_schedule import COUNTS_FOR
from datumline.domain.period import end_of_day, half_of
from datumline.domain.policy.facts import ABSENT, Maybe
from datumline.domain.policy.from_today import MOST_ANSWERS
from datumline.domain.verdict import Answer

Sort = tuple[object, ...]


def redundant(record: PlanRecord, bars: PlanBars) -> frozenset[int]:
    """The places of entries without which every trial has the same outcome."""
    entries = record.entries if isinstance(record.entries, tuple) else ()
    past = [entry for entry in entries if _past(entry, record)]
    needed = set(_needed(past, record, bars))
    return frozenset(entry.place for entry in past) - needed


def _past(entry: PlanEntry, record: PlanRecord) -> bool:
    """Whether no date of it lies ahead; dates that nobody said may."""
    last = min(record.at.known_at, end_of_day(record.at.as_of))
    moments = (entry.recorded, entry.shared)
    return not (isinstance(entry.occurred, date) and entry.occurred > record.at.as_of) and not any(
        isinstance(moment, datetime) and moment > last for moment in moments
    )


def _sort(entry: PlanEntry) -> Sort:
    """What it has and what it leaves open: entries of one sort differ in their dates alone."""
    return (entry.kind, entry.first_hand, *map(_given, (entry.occurred, entry.recorded, entry.shared)))


def _given(value: Maybe[date]) -> str:
    return "absent" if value is ABSENT else "none" if value is None else "given"


def _asked(entry: PlanEntry) -> bool:
    """Whether it leaves something open that a change may answer."""
    return entry.kind in COUNTS_FOR and _open(entry)


def _open(entry: PlanEntry) -> bool:
    return entry.first_hand is Answer.UNKNOWN or ABSENT in (entry.occurred, entry.recorded, entry.shared)


def _needed(past: Iterable[PlanEntry], record: PlanRecord, bars: PlanBars) -> Iterator[int]:
    sorts: defaultdict[Sort, list[PlanEntry]] = defaultdict(list)
    for entry in past:
        sorts[_sort(entry)].append(entry)
    for entries in sorts.values():
        first = entries[0]
        # an answer may be proposed for each of the first that leave something open
        yield from (entry.place for entry in entries[: MOST_ANSWERS if _asked(first) else 1])
        by_day = sorted(entries, key=_happened)
        yield by_day[-1].place
        if first.kind is Kind.OCCURRENCE and first.first_hand is not Answer.NOT_MET:
            yield by_day[0].place
            yield from _one_a_cycle(by_day, record)
        if first.kind is Kind.SBI:
            yield from _earliest(entries, bars.sbis)
        if first.kind is Kind.WRITTEN_NOTE:
            yield from _notes(entries, bars.notes)
            # those that a change may share
            yield from (entry.place for entry in entries[: bars.notes if first.shared is None else 0])


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
