"""Commitments, folded from their entries: what was promised, moved and delivered, and how that stands.

A commitment's life is a `commitment` entry and the `delivery` and `reschedule` entries that name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import known, originals, standing
from datumline.domain.period import AsOf
from datumline.domain.signals.on_time import Move, Standing, stand

WasManager = Callable[[str, date], bool | None]

LATER = frozenset({Kind.DELIVERY, Kind.RESCHEDULE})
NOT_BY_MANAGER = "reschedule-not-by-manager"
AUTHOR_UNKNOWN = "reschedule-author-unknown"


def nobody_knows(author: str, day: date) -> bool | None:
    """For a record without reporting lines: whether `author` was the manager on `day` is unknown."""
    del author, day
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise and what became of it.

    Attributes:
        entry: the commitment entry; `entries` are all that tell its life, in the order of the ledger.
        work: what was promised.
        standing: how it stands on the day asked about.
        delivered: the day it was delivered, if it was by then.
        notes: why a reschedule did not count, if one did not.
        moves: the reschedules that count, in order, later ones than the day asked about included.
    """

    entry: EntryId
    work: str
    standing: Standing
    delivered: date | None
    entries: tuple[EntryId, ...]
    notes: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


def commitments_of(
    entries: Sequence[Entry], at: AsOf, was_manager: WasManager = nobody_knows
) -> tuple[Commitment, ...]:
    """Every commitment of one person on a day, by the date that it counts by.

    `entries` as the ledger keeps them; what stands is worked out here. `was_manager(author, day)` answers for
    the person whose entries they are; a reschedule counts on yes.
    """
    written = known(entries, at)
    return folded(standing(written, at), originals(written), at.as_of, was_manager)


def folded(
    entries: Iterable[Entry], original: Mapping[EntryId, EntryId], as_of: date, was_manager: WasManager
) -> tuple[Commitment, ...]:
    """As `commitments_of`, from entries that stand and each entry's first of its line of corrections.

    A commitment whose due date was redacted can no longer be counted, and is left out.
    """
    promised: list[Entry] = []
    later: dict[EntryId, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.COMMITMENT:
            promised.append(entry)
        elif entry.kind in LATER and (named := entry.amounts.get("commitment")):
            later[original.get(str(named), str(named))].append(entry)
    found = (
        _life(entry, due, later.get(original.get(entry.id, entry.id), []), as_of, was_manager)
        for entry in promised
        if (due := _day(entry, "due"))
    )
    return tuple(sorted(found, key=lambda commitment: (commitment.standing.due, commitment.entry)))


def _life(
    entry: Entry, due: date, later: Sequence[Entry], as_of: date, was_manager: WasManager
) -> Commitment:
    delivered = _day(entry, "delivered")
    for told in later:
        if told.kind is Kind.DELIVERY:
            delivered = _day(told, "delivered")
    moves, notes = _moves(due, [told for told in later if told.kind is Kind.RESCHEDULE], was_manager)
    return Commitment(
        entry=entry.id,
        work=str(entry.amounts.get("work", entry.title)),
        standing=stand(due=due, delivered=delivered, moves=moves, as_of=as_of),
        delivered=delivered if delivered is not None and delivered <= as_of else None,
        entries=(entry.id, *(told.id for told in later)),
        notes=notes,
        moves=tuple(moves),
    )


def _moves(
    due: date, reschedules: Sequence[Entry], was_manager: WasManager
) -> tuple[list[Move], tuple[str, ...]]:
    """The reschedules that count, each from the date that stood, whatever it says that date was."""
    moves: list[Move] = []
    notes: list[str] = []
    for told in sorted(reschedules, key=lambda each: (each.occurred_on, each.recorded_at)):
        allowed, to = was_manager(told.author, told.occurred_on), _day(told, "to")
        if allowed and to:
            moves.append(Move(on=told.occurred_on, from_due=due, to=to))
            due = to
        elif not allowed:
            notes.append(AUTHOR_UNKNOWN if allowed is None else NOT_BY_MANAGER)
    return moves, tuple(dict.fromkeys(notes))


def _day(entry: Entry, name: str) -> date | None:
    value = entry.amounts.get(name)
    return value if isinstance(value, date) else None
