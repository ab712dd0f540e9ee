"""Which column of a table means what: known header names, and a saved mapping where they differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from datumline.connectors.table.client import Line
from datumline.connectors.table.dates import Cell
from datumline.domain.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a kind of table may hold.

    Attributes:
        aliases: each field with the header names that mean it, in lower case without punctuation.
        required: fields without whose column nothing can be read.
    """

    aliases: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each field stands in a row, and the headers that mean nothing here."""

    places: Mapping[str, int]
    unused: tuple[str, ...]

    def of(self, line: Line) -> dict[str, Cell]:
        """The fields of a row; an empty cell is None."""
        found = {field: line.cells[place] for field, place in self.places.items()}
        return {field: None if cell == "" else cell for field, cell in found.items()}


def find_columns(
    headers: tuple[str, ...], layout: Layout, chosen: Mapping[str, str], *, where: str
) -> Columns:
    """Each field's column, from the person's own mapping first and from known names else.

    Raises:
        Problem: a mapping names a field or a header that is not there, a header of use stands twice, or a
            required column is missing.
    """
    plain = [_plain(header) for header in headers]
    wanted = {field: (_plain(header),) for field, header in chosen.items()}
    for field in sorted(chosen.keys() - layout.aliases.keys()):
        raise Problem(f"no field '{field}'", where="--map", expected=f"one of {', '.join(layout.aliases)}")
    for header in chosen.values():
        if _plain(header) not in plain:
            raise Problem(f"no column '{header}'", where=where, expected=f"one of {_listed(headers)}")
    taken = {name for names in wanted.values() for name in names}
    places: dict[str, int] = {}
    for field, names in ((field, wanted.get(field, names)) for field, names in layout.aliases.items()):
        at = [
            place
            for place, name in enumerate(plain)
            if name in names and (field in wanted or name not in taken)
        ]
        if len(at) > 1:
            both = " and ".join(f"'{headers[place]}'" for place in at[:2])
            raise Problem(
                f"two columns for {field}: {both}", where=where, expected=f"one, or --map {field}=HEADER"
            )
        if at:
            places[field] = at[0]
    _require(places, layout, headers, where)
    used = set(places.values())
    return Columns(
        places=places,
        unused=tuple(header for place, header in enumerate(headers) if place not in used and header),
    )


def _require(places: Mapping[str, int], layout: Layout, headers: tuple[str, ...], where: str) -> None:
    missing = [field for field in layout.required if field not in places]
    if missing:
        maps = " ".join(f"--map {field}=HEADER" for field in missing)
        raise Problem(
            f"no column for {' and '.join(missing)}",
            where=where,
            expected=f"{maps} with one of {_listed(headers)}",
        )


def not_used(columns: Columns) -> list[str]:
    """A note that names the headers which mean nothing here; none when every column is used."""
    return [f"columns not used: {_listed(columns.unused)} (--map FIELD=HEADER)"] if columns.unused else []


def _listed(headers: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{header[:40]}'" for header in headers[:12] if header)
    return shown + (", …" if len(headers) > 12 else "")  # noqa: PLR2004 - a line has room for about twelve


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", " ", header.casefold()).strip()


def text(cell: Cell) -> str | None:
    """A cell as text: whole numbers without a decimal point, days as ISO dates; None for an empty one."""
    if cell is None or isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def flag(cell: Cell, *, field: str) -> bool | None:
    """Yes or no in a cell, None for an empty one. Raises Problem for anything else."""
    said = (text(cell) or "").casefold()
    if not said:
        return None
    for value, words in ((True, _YES), (False, _NO)):
        if said in words:
            return value
    raise Problem(f"{field} is '{said}'", expected="yes or no")


_YES = frozenset({"yes", "y", "true", "1", "x", "active"})
_NO = frozenset({"no", "n", "false", "0", "inactive", "left", "terminated"})
