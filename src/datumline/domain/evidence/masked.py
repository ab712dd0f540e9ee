"""An entry with its words passed through a mask: all that somebody wrote, and nothing that places it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from datumline.domain.evidence.body import REASON
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.verdict import Json

WORDED = frozenset({Type.TEXT, Type.TEXTS, Type.DOCUMENT})
ABOUT_PEOPLE = frozenset({Kind.PROFILE, Kind.POSITION, Kind.IDENTITY_RESOLVED, Kind.STREAM_OPENED})
WORDS = ("title", "text", "concern", "remediation")
Mask = Callable[[str], str]


def masked_entry(entry: Entry, mask: Mask) -> Entry:
    """The entry with every word masked; the very same one where the mask changes nothing."""
    if entry.kind in ABOUT_PEOPLE:
        return entry
    said = {name: mask(value) for name in WORDS if (value := getattr(entry, name))}
    links = tuple(map(mask, entry.links))
    told = {name: _masked(value, mask) for name, value in entry.amounts.items() if _worded(entry.kind, name)}
    changed = {name: value for name, value in said.items() if value != getattr(entry, name)}
    amounts_changed = any(entry.amounts[name] != value for name, value in told.items())
    if not changed and links == entry.links and not amounts_changed:
        return entry
    return replace(entry, **changed, links=links, amounts={**entry.amounts, **told})  # type: ignore[arg-type]


def masked_fields(entry: Entry, mask: Mask) -> frozenset[str]:
    """The fields of an entry that name somebody who is masked."""
    other = masked_entry(entry, mask)
    names = {name for name in (*WORDS, "links") if getattr(other, name) != getattr(entry, name)}
    return frozenset(names | {name for name, said in entry.amounts.items() if other.amounts[name] != said})


def _worded(kind: Kind, name: str) -> bool:
    known = amounts(kind)
    return name == REASON or (name in known and known[name][0] in WORDED)


def _masked(value: Json | date, mask: Mask) -> Json | date:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [_plain(each, mask) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each, mask) for name, each in value.items()}
    return value


def _plain(value: Json, mask: Mask) -> Json:
    found = _masked(value, mask)
    return value if isinstance(found, date) else found
