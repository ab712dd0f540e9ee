"""What the entries of people's streams say about who people are and where they stand, for the people fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.people.fold import PLACE_FIELDS, Profile, Records, Resolution
from datumline.domain.people.person import Position
from datumline.domain.period import AsOf

PEOPLE_KINDS = frozenset({Kind.PROFILE, Kind.POSITION, Kind.IDENTITY_RESOLVED})


def records_of(entries: Iterable[Entry], known_at: datetime) -> Records:
    """What was said by `known_at` and stands, for every day: a position may be dated ahead."""
    said = [e for e in standing(entries, AsOf(as_of=date.max, known_at=known_at)) if e.kind in PEOPLE_KINDS]
    return Records(
        profiles=tuple(profile_of(entry) for entry in said if entry.kind is Kind.PROFILE),
        positions=tuple(position_of(entry) for entry in said if entry.kind is Kind.POSITION),
        resolutions=tuple(resolution_of(entry) for entry in said if entry.kind is Kind.IDENTITY_RESOLVED),
    )


def profile_of(entry: Entry) -> Profile:
    """The profile that an entry of that kind says."""
    said = entry.amounts
    return Profile(
        person=_subject(entry),
        from_day=entry.occurred_on,
        recorded_at=entry.recorded_at,
        name=str(said.get("name", "")),
        emails=_texts(entry, "emails"),
        handles=_texts(entry, "handles"),
        zone=str(said.get("zone") or "UTC"),
        provisional=said.get("provisional") is True,
    )


def position_of(entry: Entry) -> Position:
    """The position that an entry of that kind says; a null field is one of which there is none any more."""
    said = {name: entry.amounts[name] for name in PLACE_FIELDS if name in entry.amounts}
    return Position(
        person=_subject(entry),
        from_day=entry.occurred_on,
        recorded_at=entry.recorded_at,
        cleared=tuple(name for name, value in said.items() if value is None),
        **{name: value for name, value in said.items() if value is not None},  # type: ignore[arg-type]
    )


def resolution_of(entry: Entry) -> Resolution:
    """Whom an entry of that kind says a provisional person to be."""
    return Resolution(
        person=_subject(entry),
        provisional=str(entry.amounts["provisional"]),
        from_day=entry.occurred_on,
        recorded_at=entry.recorded_at,
    )


def _subject(entry: Entry) -> str:
    return entry.subject or ""


def _texts(entry: Entry, name: str) -> tuple[str, ...]:
    value = entry.amounts.get(name)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
