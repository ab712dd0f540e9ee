"""Plain SQL through Django's connection, the same text for both kinds of database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

AT_ONCE = 500  # values in one statement: SQLite takes 32,766, and longer lists are planned worse


def marks(count: int) -> str:
    """That many placeholders, with commas between."""
    return ", ".join(["%s"] * count)


def rows(sql: str, values: Collection[object], *more: object) -> list[tuple[Any, ...]]:
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
    sql: str, columns: Sequence[str], values: Sequence[tuple[object, ...]], more: str = ""
) -> list[tuple[Any, ...]]:
    """The rows of a SELECT whose columns hold one of the tuples; `more` ends the statement."""
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for at in range(0, len(values), AT_ONCE):
            part = values[at : at + AT_ONCE]
            wanted = ", ".join([f"({marks(len(columns))})"] * len(part))
            cursor.execute(
                f"{sql} WHERE ({', '.join(columns)}) IN (VALUES {wanted}) {more}",
                [value for group in part for value in group],
            )
            found += cursor.fetchall()
    return found
