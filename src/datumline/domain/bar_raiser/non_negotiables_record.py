"""The facts of the non-negotiables table, read: commitments, projects, impacts, trade-offs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf
from datumline.domain.policy.facts import ABSENT, Absent, Maybe, Reader, clocks, happened, wrong
from datumline.domain.verdict import Answer, Pointer

KINDS = frozenset(kind.value for kind in Kind)
# Named in messages; entries of the other kinds of the closed list are read and do not matter here.
KINDS_READ = ("commitment", "cross-team-project", "customer-impact", "trade-off")
# What a project, an impact and a trade-off must be, by kind.
CLAIMS = {Kind.CROSS_TEAM_PROJECT: "owned", Kind.CUSTOMER_IMPACT: "measured", Kind.TRADE_OFF: "with_data"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMove:
    """A reschedule as the facts tell it; what nobody said is ABSENT."""

    on: date | Absent
    from_due: date | Absent
    to: date | Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class BarEntry:
    """One entry. `claim` answers whether it is owned, measured or with data; a commitment has dates."""

    place: int
    kind: Kind
    occurred: Maybe[date]
    recorded: Maybe[datetime]
    claim: Answer
    due: Maybe[date]
    delivered: Maybe[date]
    moves: tuple[ToldMove, ...]

    @property
    def pointer(self) -> Pointer:
        """Where it stands in the facts."""
        return f"/entries/{self.place}"

    def exists(self, at: AsOf) -> Answer:
        """Whether it had happened and was written."""
        return happened(self.occurred, self.recorded, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRecord:
    """Everything that the table reads; `entries` is ABSENT when nobody said what is on file."""

    at: AsOf
    entries: tuple[BarEntry, ...] | Absent

    def of(self, kind: Kind) -> tuple[BarEntry, ...]:
        """The entries of this kind, in the order of the facts."""
        return () if self.entries is ABSENT else tuple(entry for entry in self.entries if entry.kind is kind)

    def on(self, day: date) -> BarRecord:
        """The same facts and the same knowledge, asked as of `day`."""
        return replace(self, at=AsOf(as_of=day, known_at=self.at.known_at))


class BarReader:
    """Reads facts of the table, and remembers entries that it has read, so that trials are cheap."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], tuple[object, BarEntry]] = {}

    def read(self, facts: Mapping[str, Any]) -> BarRecord:
        """The record in `facts`. Raises Problem with the JSON path of the first fault."""
        items = Reader(facts).items("entries")
        if items is ABSENT:
            return BarRecord(at=clocks(facts), entries=ABSENT)
        entries = tuple(self._entry(item, place) for place, item in enumerate(items or ()))
        return BarRecord(at=clocks(facts), entries=entries)

    def _entry(self, item: object, place: int) -> BarEntry:
        known = self._read.get((id(item), place))
        if known is None or known[0] is not item:
            known = (item, read_entry(item, place))
            self._read[id(item), place] = known
        return known[1]


def read_entry(item: object, place: int) -> BarEntry:
    """One entry. Raises Problem for an unknown kind or a wrong value."""
    reader = Reader(item, f"/entries/{place}")
    kind = Kind(reader.needed("kind", KINDS, named=KINDS_READ))
    commitment = kind is Kind.COMMITMENT
    return BarEntry(
        place=place,
        kind=kind,
        occurred=reader.day("occurred_on"),
        recorded=reader.instant("recorded_at"),
        claim=reader.flag(CLAIMS[kind]) if kind in CLAIMS else Answer.UNKNOWN,
        due=reader.day("due") if commitment else None,
        delivered=reader.day("delivered") if commitment else None,
        moves=_moves(reader) if commitment else (),
    )


def _moves(reader: Reader) -> tuple[ToldMove, ...]:
    """The reschedules. Without the key there is none: it counts only as an entry of its own (spec 10)."""
    items = reader.items("rescheduled")
    told = [] if items is ABSENT or items is None else items
    return tuple(_move(Reader(item, f"{reader.at('rescheduled')}/{n}")) for n, item in enumerate(told))


def _move(reader: Reader) -> ToldMove:
    return ToldMove(on=_day(reader, "on"), from_due=_day(reader, "from"), to=_day(reader, "to"))


def _day(reader: Reader, key: str) -> date | Absent:
    found = reader.day(key)
    if found is None:
        raise wrong(None, reader.at(key), "a day such as 2026-06-30")
    return found
