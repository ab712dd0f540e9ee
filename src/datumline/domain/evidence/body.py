"""The fields of an entry as canonical values, and back: what the ledger commits to, field by field.

Absent and empty fields are not stored, so that nothing is committed to that nobody said. A `null` amount
is kept: it says "looked, there is none" (spec 96, reading 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Dimension, Seen, Tag
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

TEXTS = ("title", "text", "concern", "remediation", "source")
LISTS = ("links", "principles")
CHOICES = {"seen": Seen, "dimension": Dimension, "tag": Tag}
DATES = ("remediated_on",)


def fields_of(draft: Draft) -> dict[str, Json]:
    """Every field that the draft says, as canonical JSON values. Raises Problem for a wrong amount."""
    said: dict[str, Json] = {"author": draft.author, "occurred_on": draft.occurred_on.isoformat()}
    if draft.subject is not None:
        said["subject"] = draft.subject
    for name in (*TEXTS, *LISTS, *CHOICES, *DATES):
        value = getattr(draft, name)
        if value not in (None, "", ()):
            said[name] = _plain(value)
    return said | {name: _amount(draft.kind, name, value) for name, value in _checked(draft).items()}


def _checked(draft: Draft) -> Mapping[str, Json | date]:
    known = amounts(draft.kind)
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


def _amount(kind: Kind, name: str, value: Json | date) -> Json:
    kind_of = amounts(kind)[name][0]
    if value is None:
        return None
    if kind_of is Type.DATE and isinstance(value, date):
        return value.isoformat()
    if kind_of is Type.DOCUMENT or _fits(kind_of, value):
        return value if not isinstance(value, date) else value.isoformat()
    raise Problem(f"{kind} field '{name}' is {value!r}", expected=f"a {kind_of}")


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


def amounts_of(kind: Kind, fields: Mapping[str, Json]) -> dict[str, Json | date]:
    """The amount fields among a stored entry's fields, dates parsed."""
    known = amounts(kind)
    return {
        name: date.fromisoformat(value) if known[name][0] is Type.DATE and isinstance(value, str) else value
        for name, value in fields.items()
        if name in known
    }
