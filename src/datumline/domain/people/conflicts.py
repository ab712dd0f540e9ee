"""Conflicts of interest that were declared: somebody is too near to another to judge that case (M3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from datumline.domain.citation import EntryId
from datumline.domain.people.person import PersonId


class Why(StrEnum):
    """What a declared nearness is."""

    RELATIVE = "relative"
    PARTNER = "partner"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Somebody's word that they are too near to another; `entry` says so. It binds both."""

    entry: EntryId
    person: PersonId
    other: PersonId
    why: Why

    def with_whom(self, person: PersonId) -> PersonId | None:
        """The other of the two; None for who is neither."""
        return {self.person: self.other, self.other: self.person}.get(person)
