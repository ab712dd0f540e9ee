"""One entry with all that was written about it since: what acts on an entry start from.

A line of corrections is one matter: whatever names any entry of the line is about all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import VERBS, Kind
from datumline.domain.evidence.ledger import originals

# Amounts that name the entry that theirs is about
NAMED_BY = ("commitment", "to", "note", "update", "plan", "opening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One matter.

    Attributes:
        entry: the entry asked about.
        line: the first entry of the matter and its corrections, oldest first.
        since: everything that names one of them, corrections included, oldest first.
    """

    entry: Entry
    line: tuple[Entry, ...]
    since: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        """The last correction, or the entry itself: what it says now."""
        return self.line[-1]

    @property
    def retracted(self) -> bool:
        """Whether the matter was taken back."""
        return any(each.kind is Kind.RETRACTION and each.ref in self._ids for each in self.since)

    @property
    def stands(self) -> bool:
        """Whether the entry asked about is what stands."""
        return not self.retracted and self.entry.id == self.last.id

    @property
    def state(self) -> EntryId:
        """The last thing written about the matter: it changes whenever somebody acts on it."""
        return max((*self.line, *self.since), key=_written).id

    def said(self, kind: Kind) -> tuple[Entry, ...]:
        """What of a kind was said about the matter and not withdrawn since."""
        taken = {each.ref for each in self.since if each.kind is Kind.RETRACTION}
        return tuple(each for each in self.since if each.kind is kind and each.id not in taken)

    @property
    def _ids(self) -> frozenset[EntryId]:
        return frozenset(each.id for each in self.line)


def thread_of(entry: Entry, stream: Iterable[Entry]) -> Thread:
    """The matter that `entry` belongs to; `stream` holds all entries of its stream that may be read."""
    ordered = sorted(stream, key=_written)
    first = originals(ordered)
    mine = first.get(entry.id, entry.id)
    line = tuple(each for each in ordered if first.get(each.id) == mine) or (entry,)
    ids = {each.id for each in line}
    about = [each for each in ordered if each.id != entry.id and _names(each) & ids]
    withdrawn = {each.id for each in about if each.kind in VERBS}
    since = [*about, *(each for each in ordered if each.ref in withdrawn)]
    return Thread(entry=entry, line=line, since=tuple(sorted(_once(since), key=_written)))


def _once(entries: Iterable[Entry]) -> Iterable[Entry]:
    return {each.id: each for each in entries}.values()


def _names(entry: Entry) -> set[EntryId]:
    return {str(each) for each in (entry.ref, *(entry.amounts.get(name) for name in NAMED_BY)) if each}


def _written(entry: Entry) -> tuple[object, int]:
    return entry.recorded_at, entry.seq
