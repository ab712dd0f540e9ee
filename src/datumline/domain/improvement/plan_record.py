"""The facts of the plan table, read: the entries on one concern and what is known beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf, Window
from datumline.domain.policy.facts import ABSENT, Absent, Maybe, Reader, clocks, day_of, happened, wrong
from datumline.domain.verdict import Answer, Pointer

KINDS = frozenset(kind.value for kind in Kind)
# Named in messages; entries of the other kinds of the closed list are read and do not matter here.
KINDS_READ = ("occurrence", "written-note", "sbi", "personal-conversation", "reply", "peer-report")
MISMATCHES = ("none", "domain", "stage")
NO_MISMATCH = MISMATCHES[0]
FIRST_HAND = (Seen.OBSERVED, Seen.ARTIFACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One entry on the concern. `place` is its index in the list of entries."""

    place: int
    kind: Kind
    occurred: Maybe[date]
    recorded: Maybe[datetime]
    shared: Maybe[datetime]
    seen: Maybe[Seen]

    @property
    def pointer(self) -> Pointer:
        """Where it stands in the facts."""
        return f"/entries/{self.place}"

    @property
    def first_hand(self) -> Answer:
        """Whether it is first-hand or artifact-backed (reading 9). Only an occurrence leaves that unknown."""
        if self.seen is ABSENT:
            return Answer.UNKNOWN if self.kind is Kind.OCCURRENCE else Answer.NOT_MET
        return Answer.MET if self.seen in FIRST_HAND else Answer.NOT_MET

    def exists(self, at: AsOf) -> Answer:
        """Whether it had happened and was written."""
        return happened(self.occurred, self.recorded, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """Everything that the plan table reads.

    Attributes:
        at: the two clocks.
        entries: those on file; ABSENT when nobody said what is on file.
        strong_since, dropped_on: since when the work was strong, and when it dropped suddenly.
        delivering: whether the person delivers.
        mismatch: none, domain or stage.
        cycles: the review cycles, both ends inside.
    """

    at: AsOf
    entries: tuple[PlanEntry, ...] | Absent
    strong_since: Maybe[date]
    dropped_on: Maybe[date]
    delivering: Answer
    mismatch: Maybe[str]
    cycles: tuple[Window, ...] | Absent

    def of(self, *kinds: Kind) -> list[PlanEntry]:
        """The entries of these kinds, in the order of the facts."""
        return [] if self.entries is ABSENT else [entry for entry in self.entries if entry.kind in kinds]

    def on(self, day: date) -> PlanRecord:
        """The same facts and the same knowledge, asked as of `day`."""
        return replace(self, at=AsOf(as_of=day, known_at=self.at.known_at))


class PlanReader:
    """Reads facts of the plan table, and remembers entries that it has read, so that trials are cheap."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], tuple[object, PlanEntry]] = {}

    def read(self, facts: Mapping[str, Any], *, without: Collection[int] = ()) -> PlanRecord:
        """The record in `facts`, without the entries at some places.

        Raises Problem with the JSON path of the first fault.
        """
        reader = Reader(facts)
        reader.day("start_date")
        return PlanRecord(
            at=clocks(facts),
            entries=self._entries(reader, without),
            strong_since=reader.day("strong_since"),
            dropped_on=reader.day("dropped_on"),
            delivering=reader.flag("delivering"),
            mismatch=reader.choice("mismatch", MISMATCHES),
            cycles=_cycles(reader),
        )

    def _entries(self, reader: Reader, without: Collection[int]) -> tuple[PlanEntry, ...] | Absent:
        items = reader.items("entries")
        if items is ABSENT:
            return ABSENT
        return tuple(
            self._entry(item, place) for place, item in enumerate(items or ()) if place not in without
        )

    def _entry(self, item: object, place: int) -> PlanEntry:
        known = self._read.get((id(item), place))
        if known is None or known[0] is not item:
            known = (item, read_entry(item, place))
            self._read[id(item), place] = known
        return known[1]


def read_entry(item: object, place: int) -> PlanEntry:
    """One entry. Raises Problem for an unknown kind or a wrong value."""
    reader = Reader(item, f"/entries/{place}")
    seen = reader.choice("seen", tuple(Seen))
    return PlanEntry(
        place=place,
        kind=Kind(reader.needed("kind", KINDS, named=KINDS_READ)),
        occurred=reader.day("occurred_on"),
        recorded=reader.instant("recorded_at"),
        shared=reader.instant("shared_at"),
        seen=Seen(seen) if isinstance(seen, str) else seen,
    )


def _cycles(reader: Reader) -> tuple[Window, ...] | Absent:
    items = reader.items("cycles")
    if items is ABSENT:
        return ABSENT
    return tuple(_cycle(item, f"/cycles/{place}") for place, item in enumerate(items or ()))


def _cycle(item: object, path: str) -> Window:
    expected = 'a closed pair of days such as ["2026-01-01", "2026-06-30"]'
    if not isinstance(item, list) or len(item) != 2:  # noqa: PLR2004 - a pair
        raise wrong(item, path, expected)
    start, end = (day_of(value, f"{path}/{side}") for side, value in enumerate(item))
    if start > end:
        raise wrong(item, path, f"{expected}, the first day first")
    return Window(start=start, end=end)
