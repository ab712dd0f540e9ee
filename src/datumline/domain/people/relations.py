"""How an actor stands to everybody on the day of a request: what the rights of the matrix hang on.

Everything recorded by then counts, because rights follow the line as it is known now, not as it once was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from datumline.domain.people.access import Actor, Duty, Relations
from datumline.domain.people.access_matrix import FORMER_MANAGER_DAYS
from datumline.domain.people.access_words import Relation
from datumline.domain.people.fold import OrgChart, Place, Records, place_on
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf

EVERYTHING_KNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What a seat in an open session makes the actor to one person whose case is on the table."""

    subject: PersonId
    relation: Relation  # peer-manager or panelist
    conflicted: bool = False


def actor_for(person: PersonId, records: Records, on: date) -> Actor:
    """The person as an actor, with the duties that their role gives them on the day."""
    return Actor(person=person, duties=duties_of(person, records.chart(_now(on))))


def duties_of(person: PersonId, chart: OrgChart) -> frozenset[Duty]:
    """The duties that the person's role names on the chart's day."""
    return duties_in(chart.place_of(person).role or "")


def duties_in(role: str) -> frozenset[Duty]:
    """The duties that a role names; several stand with commas between them."""
    named = {each.strip() for each in role.split(",")}
    return frozenset(duty for duty in Duty if duty in named)


def relations_of(actor: Actor, records: Records, on: date, *, seats: Iterable[Seat] = ()) -> Relations:
    """What `actor` is to everybody on the day `on`.

    A leaver is nothing to anybody (M8), and neither is who has not begun. Who is not on file is a candidate.
    """
    if actor.operator:
        own = {actor.person: frozenset({Relation.SELF})} if actor.person else {}
        return Relations(to=own, everyone=_just(Relation.OPERATOR), organisation=_just(Relation.OPERATOR))
    if actor.person is None:
        return Relations()
    chart = records.chart(_now(on))
    if actor.person not in chart.people:
        alone = _just(Relation.CANDIDATE)
        return Relations(to={actor.person: alone}, organisation=alone)
    if not chart.is_active(actor.person) or _has_not_begun(actor.person, chart, records):
        return Relations()
    found = _lines(actor.person, chart, records, on)
    held = duties_of(actor.person, chart)
    for person in _unit_of(actor.person, chart) if Duty.HR_PARTNER in held else ():
        found.setdefault(person, set()).add(Relation.HR_PARTNER)
    for seat in seats:
        found.setdefault(seat.subject, set()).update(_seated(seat))
    duties = frozenset(Relation(duty) for duty in held)
    everyone = _just(Relation.MEMBER) | (duties & {Relation.ADMIN})
    return Relations(to=_with_other_names(found, chart), everyone=everyone, organisation=everyone | duties)


def _has_not_begun(person: PersonId, chart: OrgChart, records: Records) -> bool:
    return person in records.positions_of and person not in chart.places


def _lines(me: PersonId, chart: OrgChart, records: Records, on: date) -> dict[PersonId, set[Relation]]:
    """What the reporting lines alone make `me` to people."""
    found: dict[PersonId, set[Relation]] = {me: {Relation.SELF}}
    for report in chart.reports_of(me):
        found.setdefault(report, set()).add(Relation.MANAGER)
        for below in chart.reports_of(report):
            found.setdefault(below, set()).add(Relation.SKIP_LEVEL)
    for former in _former_reports(me, chart, records, on):
        found.setdefault(former, set()).add(Relation.FORMER_MANAGER)
    return found


def _with_other_names(
    found: dict[PersonId, set[Relation]], chart: OrgChart
) -> dict[PersonId, frozenset[Relation]]:
    """A provisional person who was resolved is treated as the person that they are."""
    also = {each: found[real] for each, real in chart.same_as.items() if real in found}
    return {person: frozenset(held) for person, held in (found | also).items()}


def _former_reports(me: PersonId, chart: OrgChart, records: Records, on: date) -> Iterable[PersonId]:
    """Those whose line to `me` ended less than the matrix's days ago."""
    first = on - timedelta(days=FORMER_MANAGER_DAYS - 1)
    for person, positions in records.positions_of.items():
        if chart.manager_of(person) == me or all(each.manager != me for each in positions):
            continue
        turns = {each.from_day for each in positions if first <= each.from_day <= on}
        if any(_line(place_on(positions, _now(turn - timedelta(days=1)))) == me for turn in turns):
            yield person


def _line(place: Place) -> PersonId | None:
    return None if place.active is False else place.manager


def _unit_of(me: PersonId, chart: OrgChart) -> Iterable[PersonId]:
    unit = chart.place_of(me).unit
    return (person for person, place in chart.places.items() if unit and place.unit == unit)


def _seated(seat: Seat) -> set[Relation]:
    return {seat.relation, Relation.CONFLICTED} if seat.conflicted else {seat.relation}


def _just(relation: Relation) -> frozenset[Relation]:
    return frozenset({relation})


def _now(on: date) -> AsOf:
    return AsOf(as_of=on, known_at=EVERYTHING_KNOWN)
