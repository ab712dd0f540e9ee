"""What the entries of people's streams say about who people are and where they stand, for the people fold.

An entry about a person stands from when it was written until a correction replaced it or a retraction took it
away. Keeping both ends lets the organisation be drawn as it was known at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import BREAKING_GLASS, Kind, amounts
from datumline.domain.evidence.ledger import originals
from datumline.domain.people import break_glass
from datumline.domain.people.break_glass import Step, openings_of
from datumline.domain.people.conflicts import Declared, Why
from datumline.domain.people.fold import PLACE_FIELDS, Profile, Records, Resolution
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.person import PersonId, Position
from datumline.domain.verdict import Json

PEOPLE_KINDS = BREAKING_GLASS | {
    Kind.PROFILE,
    Kind.POSITION,
    Kind.IDENTITY_RESOLVED,
    Kind.LEAVE_COVER,
    Kind.CONFLICT,
}
STEPS = {
    Kind.BREAK_GLASS: Step.ASKED,
    Kind.BREAK_GLASS_OPENED: Step.OPENED,
    Kind.BREAK_GLASS_CLOSED: Step.CLOSED,
    Kind.BREAK_GLASS_REVIEWED: Step.REVIEWED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement about a person, and how long it stood.

    `until` is when a correction or a retraction of it was written; None while it stands.
    """

    entry: EntryId
    kind: Kind
    subject: PersonId
    from_day: date
    recorded_at: datetime
    until: datetime | None
    amounts: Mapping[str, Json | date]


def said_of(entries: Iterable[Entry]) -> tuple[Said, ...]:
    """Every statement among these entries, which hold all of the streams concerned."""
    written = sorted(entries, key=lambda each: (each.recorded_at, each.stream, each.seq))
    first = originals(written)
    ends = _ends(written, first)
    return tuple(
        Said(
            entry=entry.id,
            kind=entry.kind,
            subject=entry.subject,
            from_day=entry.occurred_on,
            recorded_at=entry.recorded_at,
            until=ends.get(entry.id),
            amounts=entry.amounts,
        )
        for entry in written
        if entry.kind in PEOPLE_KINDS and entry.subject is not None
    )


def _ends(written: Iterable[Entry], first: Mapping[EntryId, EntryId]) -> dict[EntryId, datetime]:
    ends: dict[EntryId, datetime] = {}
    last: dict[EntryId, Entry] = {}
    gone: set[EntryId] = set()
    for entry in written:
        line = first.get(entry.ref or entry.id, entry.ref or entry.id)
        if entry.kind is Kind.RETRACTION or line in gone:
            gone.add(line)
            ends.setdefault(entry.id, entry.recorded_at)
        if line in last and (entry.kind is Kind.RETRACTION or entry.kind in PEOPLE_KINDS):
            ends.setdefault(last[line].id, entry.recorded_at)
        if entry.kind in PEOPLE_KINDS:
            last[line] = entry
    return ends


def records_of(said: Iterable[Said], known_at: datetime) -> Records:
    """What stood at `known_at`, for every day: a position may be dated ahead."""
    stood = [e for e in said if e.recorded_at <= known_at and (e.until is None or e.until > known_at)]
    told = [each for each in stood if _is_whole(each)]
    return Records(
        profiles=tuple(_profile(each) for each in stood if each.kind is Kind.PROFILE),
        positions=tuple(_position(each) for each in stood if each.kind is Kind.POSITION),
        resolutions=tuple(_resolution(each) for each in stood if each.kind is Kind.IDENTITY_RESOLVED),
        covers=tuple(_cover(each) for each in told if each.kind is Kind.LEAVE_COVER),
        conflicts=tuple(_conflict(each) for each in told if each.kind is Kind.CONFLICT),
        openings=openings_of(_step(each) for each in told if each.kind in STEPS),
    )


def _profile(said: Said) -> Profile:
    return Profile(
        person=said.subject,
        from_day=said.from_day,
        recorded_at=said.recorded_at,
        name=str(said.amounts.get("name") or ""),
        emails=texts(said, "emails"),
        handles=texts(said, "handles"),
        zone=str(said.amounts.get("zone") or "UTC"),
        provisional=said.amounts.get("provisional") is True,
    )


def _position(said: Said) -> Position:
    place = {name: said.amounts[name] for name in PLACE_FIELDS if name in said.amounts}
    return Position(
        person=said.subject,
        from_day=said.from_day,
        recorded_at=said.recorded_at,
        cleared=tuple(name for name, value in place.items() if value is None),
        **{name: value for name, value in place.items() if value is not None},  # type: ignore[arg-type]
    )


def _resolution(said: Said) -> Resolution:
    return Resolution(
        person=said.subject,
        provisional=str(said.amounts.get("provisional")),
        from_day=said.from_day,
        recorded_at=said.recorded_at,
    )


def _is_whole(said: Said) -> bool:
    """Whether nothing that the statement needs was struck from it."""
    return all(
        said.amounts.get(name) is not None for name, (_, needed) in amounts(said.kind).items() if needed
    )


def _cover(said: Said) -> Cover:
    return Cover(
        entry=said.entry,
        manager=said.subject,
        by=str(said.amounts["by"]),
        starts=_day(said, "starts"),
        ends=_day(said, "ends"),
    )


def _conflict(said: Said) -> Declared:
    return Declared(
        entry=said.entry,
        person=said.subject,
        other=str(said.amounts["with"]),
        why=next((each for each in Why if each == said.amounts["why"]), Why.OTHER),
    )


def _step(said: Said) -> break_glass.Said:
    minutes = said.amounts.get("minutes")
    return break_glass.Said(
        step=STEPS[said.kind],
        entry=said.entry,
        opening=str(said.amounts.get("opening") or said.entry),
        subject=said.subject,
        by=str(said.amounts["by"]),
        at=said.recorded_at,
        basis=str(said.amounts.get("basis") or ""),
        minutes=minutes if isinstance(minutes, int) else 0,
        alone=said.amounts.get("alone") is True,
    )


def _day(said: Said, name: str) -> date:
    value = said.amounts[name]
    return value if isinstance(value, date) else said.from_day


def texts(said: Said, name: str) -> tuple[str, ...]:
    """A list field of a statement; empty when it says none."""
    value = said.amounts.get(name)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
