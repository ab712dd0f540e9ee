"""Plain SQL through Django's connection, the same text for both kinds of database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

Value = str | int | list[str] | None
AT_ONCE = 500  # values in one statement: SQLite takes 32,766, and longer lists are planned worse


def marks(count: int) -> str:
    """That many placeholders, with commas between."""
    return ", ".join(["%s"] * count)


def rows(sql: str, values: Collection[Value], *more: Value) -> list[tuple[Any, ...]]:
    """The rows of a SELECT whose `{}` stands for a list of values of any length; `more` follow them."""
    found: list[tuple[Any, ...]] = []
    ordered = list(values)
    with connection.cursor() as cursor:
        for at in range(0, len(ordered), AT_ONCE):
            part = ordered[at : at + AT_ONCE]
            cursor.execute(sql.format(marks(len(part))), [*part, *more])
            found += cursor.fetchall()
    return found


def matching(
    wanted: str, table: str, columns: Sequence[str], values: Sequence[tuple[Value, ...]]
) -> list[tuple[Any, ...]]:
    """The rows of a table whose columns hold one of the tuples; `wanted` names what to select.

    Written as a join from the list, because SQLite reads the whole table for `(a, b) IN (VALUES …)`.
    """
    names = [f"w{at}" for at in range(len(columns))]
    same = " AND ".join(f"{column} = {name}" for column, name in zip(columns, names, strict=True))
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for at in range(0, len(values), AT_ONCE):
            part = values[at : at + AT_ONCE]
            listed = ", ".join([f"({marks(len(columns))})"] * len(part))
            cursor.execute(
                f"WITH listed ({', '.join(names)}) AS (VALUES {listed}) "
                f"SELECT {wanted} FROM listed CROSS JOIN {table} WHERE {same}",
                [value for group in part for value in group],
            )
            found += cursor.fetchall()
    return found
