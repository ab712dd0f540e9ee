"""Which columns mean what: as asked for now, or as saved under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from datumline.connectors.table.dates import DateFormat
from datumline.domain.problem import Problem
from datumline.store.imports import SavedMapping, mappings, save_mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read a table: fields to headers where their names differ, and the form of its dates."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: DateFormat = DateFormat.AUTO


def reading(kind: str, pairs: Sequence[str], *, date_format: str | None, saved: str | None) -> Reading:
    """The reading that the arguments ask for.

    `pairs` are texts such as `name=Full Name`; they go before what `saved` says. Raises Problem.
    """
    before = _saved(saved, kind) if saved else Reading()
    return Reading(
        columns={**before.columns, **dict(_pair(text) for text in pairs)},
        date_format=_format(date_format) if date_format else before.date_format,
    )


def keep(name: str, kind: str, chosen: Reading) -> None:
    """Save a reading under a name, in place of another of that name."""
    columns, written = dict(chosen.columns), chosen.date_format.value
    save_mapping(SavedMapping(name=name, kind=kind, columns=columns, date_format=written))


def _saved(name: str, kind: str) -> Reading:
    there = {each.name: each for each in mappings() if each.kind == kind}
    if name not in there:
        listed = ", ".join(sorted(there)) or "none is saved yet"
        raise Problem(f"no mapping '{name}' for {kind}", where="--mapping", expected=f"one of: {listed}")
    return Reading(columns=there[name].columns, date_format=DateFormat(there[name].date_format))


def _pair(text: str) -> tuple[str, str]:
    field_name, equals, header = text.partition("=")
    if not equals or not field_name.strip() or not header.strip():
        raise Problem(f"'{text}' maps nothing", where="--map", expected="FIELD=HEADER")
    return field_name.strip().replace("-", "_"), header.strip()


def _format(text: str) -> DateFormat:
    try:
        return DateFormat(text)
    except ValueError as wrong:
        raise Problem(
            f"no date format '{text}'", where="--date-format", expected=f"one of {', '.join(DateFormat)}"
        ) from wrong


def saved_names() -> tuple[tuple[str, str], ...]:
    """Every saved mapping with its kind of table, by name."""
    return tuple((each.name, each.kind) for each in mappings())
