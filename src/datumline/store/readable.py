"""The access filter as SQL, so that a list never leaves the database with what its reader may not see."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection

from datumline.domain.people.access_filter import Clause
from datumline.store.sql import Value, marks

NOTHING = "1 = 0"
SHORT = 20  # values; PostgreSQL reads a longer list faster as one array
Condition = tuple[str, list[Value]]


def where(clauses: Sequence[Clause]) -> Condition:
    """A condition on streams `s` and entries `e` that holds for exactly what some clause admits.

    A clause that asks for more than the ledger can tell (`cited`, `issued`) admits nothing here.
    """
    parts = [_clause(clause) for clause in clauses if not clause.states]
    sql = " OR ".join(f"({part})" for part, _ in parts)
    return f"({sql})" if sql else NOTHING, [value for _, values in parts for value in values]


def _clause(clause: Clause) -> Condition:
    parts: list[Condition] = [("s.audience = %s", [clause.audience]), _subjects(clause)]
    parts.append(_listed("s.subject NOT IN", clause.but))
    parts.append(_listed("e.kind IN", clause.kinds))
    parts.append(_listed("e.kind NOT IN", clause.except_kinds))
    for sql, value in (("e.author = %s", clause.author), ("e.author <> %s", clause.not_author)):
        parts += [(sql, [value])] if value is not None else []
    parts += [("e.recorded_at >= %s", [clause.since.isoformat()])] if clause.since else []
    said = [(sql, values) for sql, values in parts if sql]
    return " AND ".join(sql for sql, _ in said), [value for _, values in said for value in values]


def _subjects(clause: Clause) -> Condition:
    if clause.subjects is None:
        return "s.subject <> ''", []
    return _listed("s.subject IN", [subject or "" for subject in clause.subjects])


def _listed(sql: str, values: Collection[str]) -> Condition:
    """`values` in their order as SQL; nothing for none, because a clause lists none where all are meant."""
    listed = sorted(values)
    if len(listed) > SHORT and connection.vendor == "postgresql":
        name, no, _ = sql.partition(" NOT")
        every = f"{name} <> ALL (%s)" if no else f"{name.removesuffix(' IN')} = ANY (%s)"
        return every, [listed]
    return f"{sql} ({marks(len(listed))})" if listed else "", [*listed]
