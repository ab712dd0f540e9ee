"""The organisation as far as the reader may know where people stand: by unit, by line; and who is unknown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import PLACE_FIELDS
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.person import PersonId, Position
from datumline.services.pages.leave_cover import CoverLine, line_of
from datumline.services.pages.readings import note_once
from datumline.services.people import email_of, strangers
from datumline.services.reporting_lines import may_move
from datumline.services.visit import Visit

SHOWN = 60
NO_UNIT = "no unit"
ANYBODY = "00000000-0000-4000-8000-000000000000"  # a right over everybody reaches whoever is asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit and how many of its people the reader may place."""

    name: str
    href: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a line; `below` leads to their reports, empty without any."""

    person: PersonId
    name: str
    about: str
    opens: bool
    reports: int
    below: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Somebody whom only a source names, what of theirs is on file, and whom they might be."""

    person: PersonId
    name: str
    known_by: str
    changes: int
    perhaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """The page.

    Attributes:
        title: the unit or the manager that is looked at; empty at the top.
        above: the way up, names with their addresses.
        more: the address of the following people; empty at the end.
        unknown: people to be resolved; None for who may not.
    """

    title: str
    above: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]
    members: tuple[Member, ...]
    more: str
    unknown: tuple[Unknown, ...] | None


def organisation_page(
    asked: Visit, *, unit: str = "", under: str = "", after: str = ""
) -> OrganisationPage | None:
    """A level of the tree; None for a unit or a manager that the reader may not place."""
    placed = {
        each for each in asked.chart.places if asked.sees(each, Noun.POSITION) and asked.chart.is_active(each)
    }
    if under:
        if under not in placed:
            return None
        found, here = [each for each in asked.chart.reports_of(under) if each in placed], {"under": under}
        title, above = asked.name_of(under), _above(asked, under, placed)
    elif unit:
        found, here = _top(asked, unit, placed), {"unit": unit}
        title, above = unit, (("Organisation", "/organisation"),)
        if not found:
            return None
    else:
        units = Counter(_unit(asked, each) for each in placed)
        return OrganisationPage(
            title="",
            above=(),
            units=tuple(
                Unit(name=name, href=f"/organisation?{urlencode({'unit': name})}", people=count)
                for name, count in sorted(units.items())
            ),
            members=(),
            more="",
            unknown=_unknown(asked),
        )
    ordered = sorted(found, key=lambda each: (asked.name_of(each).casefold(), each))
    rest = ordered[ordered.index(after) + 1 :] if after in ordered else ordered
    last = rest[SHOWN - 1] if len(rest) > SHOWN else ""
    return OrganisationPage(
        title=title,
        above=above,
        units=(),
        members=tuple(_member(asked, each, placed) for each in rest[:SHOWN]),
        more=f"/organisation?{urlencode({**here, 'after': last})}" if last else "",
        unknown=None,
    )


def _unit(asked: Visit, person: PersonId) -> str:
    return asked.chart.place_of(person).unit or NO_UNIT


def _top(asked: Visit, unit: str, placed: set[PersonId]) -> list[PersonId]:
    """Those of a unit whose manager is not of it."""
    inside = {each for each in placed if _unit(asked, each) == unit}
    return [each for each in inside if asked.chart.manager_of(each) not in inside]


def _above(asked: Visit, person: PersonId, placed: set[PersonId]) -> tuple[tuple[str, str], ...]:
    unit = _unit(asked, person)
    chain = [
        each
        for each in reversed(asked.chart.chain_of(person))
        if each in placed and _unit(asked, each) == unit
    ]
    return (
        ("Organisation", "/organisation"),
        (unit, f"/organisation?{urlencode({'unit': unit})}"),
        *((asked.name_of(each), f"/organisation?under={each}") for each in chain),
    )


def _member(asked: Visit, person: PersonId, placed: set[PersonId]) -> Member:
    place = asked.chart.place_of(person)
    reports = sum(each in placed for each in asked.chart.reports_of(person))
    return Member(
        person=person,
        name=asked.name_of(person),
        about=" · ".join(each for each in (place.role or "", place.level or "", place.team or "") if each),
        opens=asked.sees(person, Noun.ENTRY),
        reports=reports,
        below=f"/organisation?under={person}" if reports else "",
    )


def _unknown(asked: Visit) -> tuple[Unknown, ...] | None:
    found = [
        each
        for each in strangers(asked.context)
        if asked.gate.allows(Verb.WRITE, Noun.PERSON, each.person.id) and each.person.id != asked.me
    ]
    if not found and not asked.gate.allows(Verb.WRITE, Noun.PERSON, ANYBODY):
        return None
    return tuple(
        Unknown(
            person=each.person.id,
            name=each.person.name,
            known_by=", ".join(identity.value for identity in each.person.identities),
            changes=each.changes,
            perhaps=tuple((other.id, f"{other.name} {email_of(other)}".strip()) for other in each.perhaps),
        )
        for each in found[:SHOWN]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """What was said of somebody's place: from which day it holds, and when it was written."""

    from_day: date
    written: datetime
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """The page; `line` is everybody above, nearest first, `rows` the latest day first.

    `state` names what was said so far: a form that was made from another is stale. `stand_ins` are who stands
    in today for the person's manager, or for whom the person does; `covered` leads to the person's own cover.
    """

    person: PersonId
    name: str
    stand_ins: tuple[CoverLine, ...]
    covered: bool
    line: tuple[tuple[str, str], ...]
    rows: tuple[LineRow, ...]
    may_move: bool
    state: str


def line_page(asked: Visit, person: PersonId) -> LinePage | None:
    """Where somebody stands and stood, with both clocks; None for who may not know."""
    if not asked.sees(person, Noun.POSITION):
        return None
    note_once(asked, person, Noun.POSITION, "line page")
    said = [
        row for each in asked.chart.known_as(person) for row in asked.gate.records.positions_of.get(each, ())
    ]
    ordered = sorted(said, key=lambda each: (each.from_day, each.recorded_at), reverse=True)
    return LinePage(
        person=person,
        name=asked.name_of(person),
        stand_ins=tuple(line_of(asked, each) for each in _stand_ins(asked, person)),
        covered=bool(asked.chart.reports_of(person)) and asked.sees(person, Noun.LEAVE_COVER),
        line=tuple((asked.name_of(each), each) for each in asked.chart.chain_of(person)),
        rows=tuple(
            LineRow(from_day=each.from_day, written=each.recorded_at, said=tuple(_said(asked, each)))
            for each in ordered
        ),
        may_move=may_move(asked, person),
        state=f"{len(ordered)}-{max((each.recorded_at.isoformat() for each in ordered), default='')}",
    )


def _stand_ins(asked: Visit, person: PersonId) -> list[Cover]:
    manager, today = asked.chart.manager_of(person), asked.context.today
    concerned = (each for each in asked.gate.records.covers if manager == each.manager or person == each.by)
    return [each for each in concerned if each.holds(today)]


def _said(asked: Visit, position: Position) -> list[tuple[str, str]]:
    found = []
    for name in PLACE_FIELDS:
        value = getattr(position, name)
        if name in position.cleared:
            found.append((name, "none any more"))
        elif name == "active" and value is not None:
            found.append(("state", "with the organisation" if value else "left"))
        elif value is not None:
            words = asked.name_of(value) if name == "manager" else str(value).replace("-", " ")
            found.append((name.replace("_", " "), words or "somebody not on file"))
    return found
