"""Reach: what the person owns, whom they move, and what came of it for customers (S0, S4).

Projects, impacts and trade-offs count whatever their age (reading 38); a project is one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import A_DAY, Window, quarter_of
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import NOTHING, Bar, Signal, earliest, leaves
from datumline.domain.verdict import Answer, answer


def reach(record: Record) -> Iterator[Signal]:
    """Every count of this room."""
    measures = record.measures
    yield _flagged("cross-team-projects", Kind.CROSS_TEAM_PROJECT, "owned", measures.projects_bar, record)
    yield _flagged("customer-impacts", Kind.CUSTOMER_IMPACT, "measured", measures.impact_bar, record)
    yield _flagged("trade-offs-with-data", Kind.TRADE_OFF, "with_data", measures.trade_offs_bar, record)
    yield _services(record)
    yield _unblocked(record)
    yield _followers(record)
    yield _mentorship(record)


def _flagged(name: str, kind: Kind, flag: str, bar: Bar, record: Record) -> Signal:
    """How many entries of a kind carry a flag, of how many, against a least number."""
    entries = record.of(kind)
    holding = [entry for entry in entries if entry.amounts.get(flag) is True]
    unsaid = sum(entry.amounts.get(flag) is None for entry in entries)
    return Signal(
        id=name,
        value=len(holding) if entries else None,
        numerator=len(holding),
        denominator=len(entries),
        window=None,
        entries=_ids(entries),
        counter=_ids(entry for entry in entries if entry.amounts.get(flag) is False),
        bar=bar,
        standing=_enough(len(holding), unsaid, bar) if entries else Answer.UNKNOWN,
        figures={"unsaid": unsaid},
        notes=() if entries else (NOTHING,),
    )


def _enough(holding: int, unsaid: int, bar: Bar) -> Answer:
    """Met by what is known, or still open because what nobody said could meet it."""
    if bar.met_by(Fraction(holding)):
        return Answer.MET
    return answer(None if bar.met_by(Fraction(holding + unsaid)) else False)


def _services(record: Record) -> Signal:
    """Services and systems owned end to end on the day asked about."""
    today = record.at.as_of
    entries = record.of(Kind.OWNERSHIP)
    held = [entry for entry in entries if entry.amounts.get("end_to_end") is True and _holds(entry, today)]
    names = {name for entry in held for name in _services_of(entry)}
    ends = (_day(entry, "to") for entry in held)
    starts = (_day(entry, "from") for entry in entries)
    return Signal(
        id="services-owned",
        value=len(names) if entries else None,
        numerator=len(names),
        window=None,
        entries=_ids(held),
        notes=() if entries else (NOTHING,),
        holds_until=earliest(
            *(end + A_DAY for end in ends if end),
            *(start for start in starts if start and start > today),
        ),
    )


def _holds(entry: Entry, today: date) -> bool:
    start, end = _day(entry, "from") or entry.occurred_on, _day(entry, "to")
    return start <= today and (end is None or today <= end)


def _day(entry: Entry, name: str) -> date | None:
    value = entry.amounts.get(name)
    return value if isinstance(value, date) else None


def _services_of(entry: Entry) -> list[str]:
    named = entry.amounts.get("services")
    return [str(name) for name in named] if isinstance(named, list) and named else [entry.title or entry.id]


def _unblocked(record: Record) -> Signal:
    """Different engineers unblocked in the calendar quarter of the day asked about."""
    quarter = quarter_of(record.at.as_of)
    last = quarter_of(quarter.start - A_DAY)
    entries = record.of(Kind.UNBLOCKED)
    running = record.at.as_of < quarter.end
    return _in_window(
        "unblocked",
        entries,
        (quarter, last),
        _people,
        notes=("quarter-running",) if running and entries else (),
        holds_until=None if not entries else quarter.end if running else quarter.end + A_DAY,
    )


def _people(entries: Sequence[Entry]) -> int:
    return len({str(entry.amounts.get("whom") or entry.id) for entry in entries})


def _followers(record: Record) -> Signal:
    """The most engineers who followed one technical direction, over the window."""
    entries = record.of(Kind.DIRECTION)
    days = [entry.occurred_on for entry in entries]
    holds = leaves(days, record.window)
    return _in_window("followers", entries, (record.window, record.before), _most, holds_until=holds)


def _most(entries: Sequence[Entry]) -> int:
    counts = (entry.amounts.get("followers") for entry in entries)
    return max((count for count in counts if isinstance(count, int)), default=0)


def _mentorship(record: Record) -> Signal:
    """Mentorships with a documented outcome, over the window."""
    entries = record.of(Kind.MENTORSHIP)
    days = [entry.occurred_on for entry in entries]
    holds = leaves(days, record.window)
    return _in_window("mentorship", entries, (record.window, record.before), _outcomes, holds_until=holds)


def _outcomes(entries: Sequence[Entry]) -> int:
    return sum(bool(entry.amounts.get("outcome")) for entry in entries)


def _in_window(  # noqa: PLR0913 - one figure's parts, named by the caller
    name: str,
    entries: Sequence[Entry],
    windows: tuple[Window, Window],
    count: Callable[[Sequence[Entry]], int],
    *,
    holds_until: date | None,
    notes: tuple[str, ...] = (),
) -> Signal:
    """A count in one window, with the window before it. None when nothing of the kind was ever on file."""
    now, before = ([entry for entry in entries if entry.occurred_on in window] for window in windows)
    return Signal(
        id=name,
        value=count(now) if entries else None,
        numerator=count(now),
        denominator=len(now),
        window=windows[0],
        entries=_ids(now),
        previous=count(before) if entries else None,
        notes=notes if entries else (NOTHING,),
        holds_until=holds_until,
    )


def _ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)
