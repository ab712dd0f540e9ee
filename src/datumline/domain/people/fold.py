"""The organisation on a day, as known at a time: folded from what was said about each person.

Every field of a place holds from the day that it was said for, until something later is said for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from datumline.domain.people.break_glass import Opening
from datumline.domain.people.conflicts import Declared
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.person import Identity, Person, PersonId, Position
from datumline.domain.period import AsOf

MOST_DRAWN = 8
PLACE_FIELDS = ("manager", "unit", "team", "level", "role", "start_date", "active")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person is called and known by from `from_day` on, as written at `recorded_at`."""

    person: PersonId
    from_day: date
    recorded_at: datetime
    name: str
    emails: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    zone: str = "UTC"
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Somebody's word that a provisional person is this one."""

    person: PersonId
    provisional: PersonId
    from_day: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands on one day. None: nobody has said."""

    manager: PersonId | None = None
    unit: str | None = None
    team: str | None = None
    level: str | None = None
    role: str | None = None
    start_date: date | None = None
    active: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything that was ever said about who people are and how they stand to each other, in no order.

    `version` names the state of the records that all of it was read from; empty when nobody keeps it.
    """

    profiles: tuple[Profile, ...] = ()
    positions: tuple[Position, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    covers: tuple[Cover, ...] = ()
    conflicts: tuple[Declared, ...] = ()
    openings: tuple[Opening, ...] = ()
    version: str = field(default="", compare=False)
    _drawn: dict[AsOf, OrgChart] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def positions_of(self) -> Mapping[PersonId, tuple[Position, ...]]:
        """The positions of each person, the one that holds for the latest day last."""
        found: dict[PersonId, list[Position]] = {}
        for position in sorted(self.positions, key=_when):
            found.setdefault(position.person, []).append(position)
        return {person: tuple(positions) for person, positions in found.items()}

    def chart(self, at: AsOf) -> OrgChart:
        """`org_chart` for that question, drawn once as long as not too many others are asked in between."""
        drawn = self._drawn.get(at)
        if drawn is None:
            if len(self._drawn) >= MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[at] = org_chart(self, at)
        return drawn


@dataclass(frozen=True, kw_only=True)
class OrgChart:
    """Who is who and who reports to whom, on one day as known at one time.

    A provisional person who was resolved is no member of it: `same_as` leads to the person that they are.
    """

    people: Mapping[PersonId, Person] = field(default_factory=dict)
    places: Mapping[PersonId, Place] = field(default_factory=dict)
    same_as: Mapping[PersonId, PersonId] = field(default_factory=dict)

    @cached_property
    def _reports(self) -> Mapping[PersonId, tuple[PersonId, ...]]:
        found: dict[PersonId, list[PersonId]] = {}
        for person in self.places:
            manager = self.manager_of(person)
            if manager is not None:
                found.setdefault(manager, []).append(person)
        return {manager: tuple(sorted(reports)) for manager, reports in found.items()}

    @cached_property
    def _other_names(self) -> Mapping[PersonId, tuple[PersonId, ...]]:
        found: dict[PersonId, list[PersonId]] = {}
        for other, real in self.same_as.items():
            found.setdefault(real, []).append(other)
        return {real: tuple(sorted(others)) for real, others in found.items()}

    @cached_property
    def names(self) -> Mapping[PersonId, str]:
        """What everybody is called."""
        return {each.id: each.name for each in self.people.values()}

    @cached_property
    def places_in_order(self) -> Mapping[PersonId, int]:
        """Everybody who is with the organisation, and where their name stands when all are put in order."""
        here = [each for each in self.people.values() if self.is_active(each.id)]
        ordered = sorted(here, key=lambda each: (each.name.casefold(), each.id))
        return {each.id: number for number, each in enumerate(ordered)}

    def place_of(self, person: PersonId) -> Place:
        """Where the person stands; an empty place when nobody said anything."""
        return self.places.get(person, Place())

    def is_active(self, person: PersonId) -> bool:
        """Whether the person is with the organisation; so is everybody of whom nobody said that they left."""
        return self.place_of(person).active is not False

    def manager_of(self, person: PersonId) -> PersonId | None:
        """The current manager; None for the top, for a leaver, and where nobody has said."""
        place = self.place_of(person)
        return None if place.active is False or place.manager == person else place.manager

    def chain_of(self, person: PersonId) -> tuple[PersonId, ...]:
        """Everybody above the person, nearest first. Stops where a line would come round again."""
        chain: list[PersonId] = []
        above = self.manager_of(person)
        while above is not None and above not in chain and above != person:
            chain.append(above)
            above = self.manager_of(above)
        return tuple(chain)

    def reports_of(self, manager: PersonId) -> tuple[PersonId, ...]:
        """The direct reports, ordered by id."""
        return self._reports.get(manager, ())

    def known_as(self, person: PersonId) -> tuple[PersonId, ...]:
        """The person's own id first, then each provisional one that was resolved to them."""
        return (person, *self._other_names.get(person, ()))


def org_chart(records: Records, at: AsOf) -> OrgChart:
    """The organisation on `at.as_of`, as known at `at.known_at`."""
    known = same_as(each for each in records.resolutions if _holds(each, at))
    people = {each: person for each, person in _people(records, at).items() if each not in known}
    places = {
        person: place_on(positions, at)
        for person, positions in records.positions_of.items()
        if person in people and any(_holds(position, at) for position in positions)
    }
    return OrgChart(people=people, places=places, same_as=known)


def place_on(positions: Iterable[Position], at: AsOf) -> Place:
    """Where one person stands, from their positions ordered by (from_day, recorded_at)."""
    said: dict[str, object] = {}
    for position in positions:
        if _holds(position, at):
            said |= dict.fromkeys(position.cleared)
            said |= {name: value for name in PLACE_FIELDS if (value := getattr(position, name)) is not None}
    return Place(**said)  # type: ignore[arg-type] # the names are Place's own, the values Position's


def same_as(resolutions: Iterable[Resolution]) -> dict[PersonId, PersonId]:
    """Each provisional person with who they turned out to be, through others if need be.

    The last word counts; one that would lead round to where it began is passed over.
    """
    found: dict[PersonId, PersonId] = {}
    for said in sorted(resolutions, key=_when):
        real = found.get(said.person, said.person)
        if real != said.provisional:
            found |= {each: real for each, to in found.items() if to == said.provisional}
            found[said.provisional] = real
    return found


def _people(records: Records, at: AsOf) -> dict[PersonId, Person]:
    """Each person under the name of the day; before the first day that was said, under the first name."""
    known = sorted((each for each in records.profiles if each.recorded_at <= at.known_at), key=_when)
    found = {each.person: each for each in reversed(known)}
    found |= {each.person: each for each in known if each.from_day <= at.as_of}
    return {person: _person(profile) for person, profile in found.items()}


def _holds(said: Resolution | Position, at: AsOf) -> bool:
    return said.from_day <= at.as_of and said.recorded_at <= at.known_at


def _when(said: Profile | Resolution | Position) -> tuple[date, datetime]:
    return said.from_day, said.recorded_at


def _person(profile: Profile) -> Person:
    emails = tuple(Identity(system="email", value=value) for value in profile.emails)
    return Person(
        id=profile.person,
        name=profile.name,
        identities=emails + tuple(_handle(value) for value in profile.handles),
        zone=profile.zone,
        provisional=profile.provisional,
    )


def _handle(written: str) -> Identity:
    """`github:ada` says whose handle it is; `ada` alone could be anybody's."""
    system, colon, value = written.partition(":")
    return Identity(system=system if colon else "handle", value=value or written)
