"""What a note agreed to look at again, and what was found on that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind


class Outcome(StrEnum):
    """What came of an ask."""

    HELD = "held"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A checkpoint of a note: the day, and once it was looked at, what came of it.

    Attributes:
        note: the entry whose commit it is, by the id that the checkpoint names.
        entry: the entry that set the day, or the one that says the outcome.
    """

    note: EntryId
    on: date
    entry: EntryId
    outcome: Outcome | None = None


def agreed(standing: Iterable[Entry]) -> Mapping[EntryId, Agreed]:
    """The latest checkpoint of each note; `standing` is what stands, oldest record first."""
    found: dict[EntryId, Agreed] = {}
    for entry in standing:
        if entry.kind is not Kind.CHECKPOINT or not isinstance(on := entry.amounts.get("on"), date):
            continue
        said = entry.amounts.get("outcome")
        note = str(entry.amounts["note"])
        found[note] = Agreed(
            note=note,
            on=on,
            entry=entry.id,
            outcome=Outcome(said) if isinstance(said, str) and said in {*Outcome} else None,
        )
    return found
