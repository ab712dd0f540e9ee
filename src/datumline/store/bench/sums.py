"""Sums over one person's entries by the database alone: what the benchmarks hold our figures against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

SUMS = """
SELECT e.kind, count(*), sum(json_extract(e.body, '$.changes[1]')), sum(json_extract(e.body, '$.defects[1]')),
       sum(json_extract(e.body, '$.delivered[1]') <= json_extract(e.body, '$.due[1]'))
FROM ledger_stream s JOIN ledger_entry e ON e.stream = s.id
WHERE s.subject = %s AND s.audience = 'shared'
  AND json_extract(e.body, '$.occurred_on[1]') BETWEEN %s AND %s
GROUP BY e.kind
"""


def sums_by_kind(person: str, *, since: date, until: date) -> list[tuple[Any, ...]]:
    """Entries, changes, defects and deliveries on time, by kind, on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [person, f'"{since.isoformat()}"', f'"{until.isoformat()}"'])
        return list(cursor.fetchall())


def queries_of(work: Callable[[], object]) -> int:
    """How many statements the work sends to the database."""
    counted = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        work()
    return counted
