"""The fields of an entry as canonical values, and back: what the ledger commits to, field by field.

Absent and empty fields are not stored, so that nothing is committed to that nobody said. A `null` amount
is kept: it says "looked, there is none" (spec 96, reading 2). A correction also says its `reason` (law 1),
as an amount; the idempotency key is a field too, so that it is committed to like everything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Dimension, Entry, EntryId, Seen, StreamId, Tag
from datumline.domain.evidence.kinds import VERBS, Kind, Type, amounts
from datumline.domain.period import EARLIEST, LATEST
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

TEXTS = ("title", "text", "concern", "remediation", "source")
LISTS = ("links", "principles")
CHOICES = {"seen": Seen, "dimension": Dimension, "tag": Tag}
DATES = ("remediated_on",)
REASON = "reason"
ATTRIBUTES: dict[str, Callable[[Any], Any]] = (
    dict.fromkeys(TEXTS, str)
    | dict.fromkeys(LISTS, tuple)
    | CHOICES
    | dict.fromkeys(DATES, date.fromisoformat)
)
SPINE = frozenset({"author", "subject", "occurred_on", "source", "key"})  # what places an entry


def fields_of(draft: Draft) -> dict[str, Json]:
    """Every field that the draft says, as canonical JSON values. Raises Problem for a wrong amount."""
    said: dict[str, Json] = {
        "author": draft.author,
        "occurred_on": _within("occurred_on", draft.occurred_on).isoformat(),
    }
    if draft.subject is not None:
        said["subject"] = draft.subject
    if draft.key is not None:
        said["key"] = draft.key
    for name in (*TEXTS, *LISTS, *CHOICES, *DATES):
        value = getattr(draft, name)
        if value not in (None, "", ()):
            said[name] = _plain(_within(name, value) if isinstance(value, date) else value)
    known = _known(draft)
    return said | {
        name: _amount(draft.kind, name, known[name][0], value)
        for name, value in _checked(draft, known).items()
    }


def _known(draft: Draft) -> Mapping[str, tuple[Type, bool]]:
    known = amounts(draft.kind)
    if draft.ref is None or draft.kind in VERBS:
        return known
    return known | {REASON: (Type.TEXT, True)}


def _checked(draft: Draft, known: Mapping[str, tuple[Type, bool]]) -> Mapping[str, Json | date]:
    for name in draft.amounts:
        if name not in known:
            raise Problem(
                f"{draft.kind} has no field '{name}'", expected=f"one of {', '.join(known) or 'none'}"
            )
    for name, (_, needed) in known.items():
        if needed and draft.amounts.get(name) is None:
            raise Problem(f"{draft.kind} without '{name}'", expected=f"a {known[name][0]}")
    return draft.amounts


def _plain(value: object) -> Json:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _amount(kind: Kind, name: str, kind_of: Type, value: Json | date) -> Json:
    if value is None:
        return None
    if kind_of is Type.DATE and isinstance(value, date):
        return _within(name, value).isoformat()
    if kind_of is Type.DOCUMENT or _fits(kind_of, value):
        return value if not isinstance(value, date) else value.isoformat()
    raise Problem(f"{kind} field '{name}' is {value!r}", expected=f"a {kind_of}")


def _within(name: str, day: date) -> date:
    if EARLIEST <= day <= LATEST:
        return day
    raise Problem(f"{name.replace('_', ' ')}: {day}", expected=f"a day from {EARLIEST.year} to {LATEST.year}")


def _fits(kind_of: Type, value: Json | date) -> bool:
    if kind_of is Type.FLAG:
        return isinstance(value, bool)
    if kind_of is Type.COUNT:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind_of is Type.TEXTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind_of is Type.DECIMAL:
        return isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdecimal()
    return isinstance(value, str) and bool(value) and kind_of is not Type.DATE


class Stored(NamedTuple):
    """An entry's row, as far as reading it needs."""

    stream: StreamId
    seq: int
    audience: str
    hash: EntryId
    kind: str
    ref: EntryId | None
    recorded_at: str
    body: str


def entry_of(stored: Stored) -> Entry:
    """Read an entry back. Raises Problem when its bytes cannot be read."""
    try:
        return _entry_of(stored)
    except (ValueError, KeyError, TypeError) as wrong:
        raise Problem(
            "an entry is damaged",
            where=f"stream {stored.stream} seq {stored.seq}",
            expected="what was written; see `datumline ledger verify`",
        ) from wrong


def _entry_of(stored: Stored) -> Entry:
    fields: dict[str, tuple[str, str] | None] = json.loads(stored.body)
    texts = ",".join(f'"{name}":{field[1]}' for name, field in fields.items() if field)
    said = json.loads(f"{{{texts}}}")
    kind = Kind(stored.kind)
    audience = Audience(stored.audience)
    recorded_at = datetime.fromisoformat(stored.recorded_at)
    known = amounts(kind)
    return Entry(
        id=stored.hash,
        stream=stored.stream,
        seq=stored.seq,
        audience=audience,
        kind=kind,
        ref=stored.ref,
        recorded_at=recorded_at,
        shared_at=recorded_at if audience is Audience.SHARED else None,
        subject=said.get("subject"),
        author=said["author"],
        occurred_on=date.fromisoformat(said["occurred_on"]),
        redacted=tuple(name for name, field in fields.items() if field is None),
        amounts=amounts_of(kind, said),
        **{name: read(said[name]) for name, read in ATTRIBUTES.items() if name in said and name not in known},
    )


def amounts_of(kind: Kind, fields: Mapping[str, Json]) -> dict[str, Json | date]:
    """The amount fields among a stored entry's fields, dates parsed; a correction's reason among them."""
    known = amounts(kind)
    return {
        name: date.fromisoformat(value)
        if name in known and known[name][0] is Type.DATE and isinstance(value, str)
        else value
        for name, value in fields.items()
        if name in known or name == REASON
    }
