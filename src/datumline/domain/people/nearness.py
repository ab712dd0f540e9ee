"""Who is too near to somebody to judge their case in a session, and what follows from it (M3).

Oneself, relatives and partners, and rivals for the same slot neither read nor vote, and no quorum counts
them. Whose report the person was within the policy's months is shown and not barred. The own manager presents
and does not vote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from datumline.domain.people.fold import Records, place_on
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf, add_months


class Near(StrEnum):
    """What the nearness is."""

    SELF = "self"
    DECLARED = "declared"
    RIVAL = "rival"  # another candidate for the same slot
    MANAGER = "manager"
    FORMER_REPORT = "former-report"


BARRING = frozenset({Near.SELF, Near.DECLARED, Near.RIVAL})
NO_VOTE = BARRING | {Near.MANAGER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What stands between a person and a case, for whoever runs the session to see."""

    found: tuple[Near, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether they may read what is on the table."""
        return not BARRING.intersection(self.found)

    @property
    def votes(self) -> bool:
        """Whether they may vote, and a quorum counts them."""
        return not NO_VOTE.intersection(self.found)


def nearness(  # noqa: PLR0913 - two people, what is known, a day and the policy's months are one question
    person: PersonId,
    subject: PersonId,
    records: Records,
    at: AsOf,
    *,
    months: int,
    rivals: Collection[PersonId] = (),
) -> Nearness:
    """What stands between `person` and the case of `subject` on a day, as known at a time.

    `months` is the policy's `access.conflict_former_report`; `rivals` are all who want the same slot.
    """
    found = _found(person, subject, records, at, months)
    rival = (Near.RIVAL,) if person != subject and {person, subject} <= {*rivals} else ()
    return Nearness(found=(*found, *rival))


def _found(person: PersonId, subject: PersonId, records: Records, at: AsOf, months: int) -> Iterator[Near]:
    if person == subject:
        yield Near.SELF
    if any(each.with_whom(person) == subject for each in records.conflicts):
        yield Near.DECLARED
    if records.chart(at).manager_of(subject) == person:
        yield Near.MANAGER
    elif _was_manager(person, subject, records, at, months):
        yield Near.FORMER_REPORT


def _was_manager(person: PersonId, subject: PersonId, records: Records, at: AsOf, months: int) -> bool:
    """Whether the line went to the person on some day of the last months."""
    positions, first = records.positions_of.get(subject, ()), add_months(at.as_of, -months)
    turns = [first, *(each.from_day for each in positions if first < each.from_day <= at.as_of)]
    places = (place_on(positions, AsOf(as_of=day, known_at=at.known_at)) for day in turns)
    return any(place.active is not False and place.manager == person for place in places)
