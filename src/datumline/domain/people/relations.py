"""How an actor stands to everybody on the day of a request: what the rights of the matrix hang on.

Everything recorded by then counts, because rights follow the line as it is known now, not as it once was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from datumline.domain.people.access import Actor, Duty, Relations
from datumline.domain.people.access_words import Relation
from datumline.domain.people.fold import OrgChart, Place, Records, place_on
from datumline.domain.people.leave_cover import covered_by
from datumline.domain.people.limits import Limits
from datumline.domain.people.person import PersonId, Position
from datumline.domain.period import AsOf

EVERYTHING_KNOWN = datetime.max.replace(tzinfo=UTC)
A_DAY = timedelta(days=1)
MAY_BREAK_GLASS = frozenset({Duty.HR_PARTNER, Duty.ADMIN})
Held = dict[PersonId, set[Relation]]


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


def relations_of(  # noqa: PLR0913 - the actor, what is known, the day, and what only the request knows
    actor: Actor,
    records: Records,
    on: date,
    limits: Limits,
    *,
    opened: Collection[PersonId] = (),
    seats: Iterable[Seat] = (),
) -> Relations:
    """What `actor` is to everybody on the day `on`.

    `opened` are those whose records the actor has open by break-glass at the moment. A leaver is nothing to
    anybody (M8), and neither is who has not begun. Who is not on file is a candidate.
    """
    if actor.operator:
        own = {actor.person: frozenset({Relation.SELF})} if actor.person else {}
        alone = _just(Relation.OPERATOR)
        return Relations(to=own, everyone=alone, organisation=alone, limits=limits)
    if actor.person is None:
        return Relations()
    chart = records.chart(_now(on))
    if actor.person not in chart.people:
        alone = _just(Relation.CANDIDATE)
        return Relations(to={actor.person: alone}, organisation=alone)
    if not chart.is_active(actor.person) or _has_not_begun(actor.person, chart, records):
        return Relations()
    found = _lines(actor.person, chart, records, on, limits)
    _stand_in(found, actor.person, chart, records, on)
    held = duties_of(actor.person, chart)
    for person in _unit_of(actor.person, chart) if Duty.HR_PARTNER in held else ():
        found.setdefault(person, set()).add(Relation.HR_PARTNER)
    for seat in seats:
        found.setdefault(seat.subject, set()).update(_seated(seat))
    for person in opened if held & MAY_BREAK_GLASS else ():
        found.setdefault(chart.same_as.get(person, person), set()).add(Relation.BREAK_GLASS)
    for other in {each.with_whom(actor.person) for each in records.conflicts} - {None}:
        found.setdefault(str(other), set()).add(Relation.CONFLICTED)
    duties = frozenset(Relation(duty) for duty in held)
    everyone = _just(Relation.MEMBER) | (duties & {Relation.ADMIN, Relation.AUDITOR})
    began = {each: _began(actor.person, each, records, on) for each in chart.reports_of(actor.person)}
    return Relations(
        to=_with_other_names(found, chart),
        everyone=everyone,
        organisation=everyone | duties,
        limits=limits,
        began=began | {each: began[real] for each, real in chart.same_as.items() if real in began},
    )


def _has_not_begun(person: PersonId, chart: OrgChart, records: Records) -> bool:
    return person in records.positions_of and person not in chart.places


def _lines(me: PersonId, chart: OrgChart, records: Records, on: date, limits: Limits) -> Held:
    """What the reporting lines alone make `me` to people."""
    found: Held = {me: {Relation.SELF}}
    for report in chart.reports_of(me):
        found.setdefault(report, set()).add(Relation.MANAGER)
        for below in chart.reports_of(report):
            found.setdefault(below, set()).add(Relation.SKIP_LEVEL)
    for former in _former_reports(me, chart, records, on, limits):
        found.setdefault(former, set()).add(Relation.FORMER_MANAGER)
    return found


def _stand_in(found: Held, me: PersonId, chart: OrgChart, records: Records, on: date) -> None:
    """Add what `me` is as the cover of managers on leave: theirs are the lines, and nothing of it goes on."""
    for manager in covered_by(records.covers, me, on):
        for report in chart.reports_of(manager) if chart.is_active(manager) else ():
            found.setdefault(report, set()).add(Relation.COVER)
            for below in chart.reports_of(report):
                found.setdefault(below, set()).add(Relation.SKIP_LEVEL)


def _with_other_names(found: Held, chart: OrgChart) -> dict[PersonId, frozenset[Relation]]:
    """A provisional person who was resolved is treated as the person that they are."""
    also = {each: found[real] for each, real in chart.same_as.items() if real in found}
    return {person: frozenset(held) for person, held in (found | also).items()}


def _former_reports(
    me: PersonId, chart: OrgChart, records: Records, on: date, limits: Limits
) -> Iterable[PersonId]:
    """Those whose line to `me` ended lately and went on; of a leaver's record nobody keeps anything (M8)."""
    first = on - limits.former_manager + A_DAY
    for person, positions in records.positions_of.items():
        if chart.manager_of(person) == me or all(each.manager != me for each in positions):
            continue
        turns = {each.from_day for each in positions if first <= each.from_day <= on}
        if chart.is_active(person) and any(_line_on(positions, turn - A_DAY) == me for turn in turns):
            yield person


def _began(me: PersonId, report: PersonId, records: Records, on: date) -> date:
    """The first day of the line that goes to `me` now."""
    positions = records.positions_of.get(report, ())
    turns = {each.from_day for each in positions if each.from_day <= on}
    return max(turn for turn in turns if _line_on(positions, turn) == me != _line_on(positions, turn - A_DAY))


def _line_on(positions: Iterable[Position], day: date) -> PersonId | None:
    return _line(place_on(positions, _now(day)))


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
