"""Leave cover: somebody named holds a manager's rights over the reports, from one day to another (M6).

The cover is the manager's for these days and passes nothing on: who covers for a cover has only what that
cover has by their own line. Private notes stay their author's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from datumline.domain.citation import EntryId
from datumline.domain.people.person import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """`by` stands in for `manager` from `starts` to `ends`, both days included; `entry` says so."""

    entry: EntryId
    manager: PersonId
    by: PersonId
    starts: date
    ends: date

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= on <= self.ends


def covered_by(covers: Iterable[Cover], person: PersonId, on: date) -> tuple[PersonId, ...]:
    """The managers for whom the person stands in on a day, ordered by id."""
    return tuple(sorted({each.manager for each in covers if each.by == person and each.holds(on)}))


def covers_of(covers: Iterable[Cover], manager: PersonId, on: date) -> tuple[Cover, ...]:
    """Who stands in for a manager on a day or later, the earliest first."""
    known = (each for each in covers if each.manager == manager and each.ends >= on)
    return tuple(sorted(known, key=lambda each: (each.starts, each.ends, each.entry)))
