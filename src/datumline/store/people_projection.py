"""Make the people tables from the ledger, and see whether they still equal it.

The ledger calls `follow` inside the transaction of every append that may change them, so that they never lag
behind.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.people_facts import PEOPLE_KINDS, Said, said_of, texts
from datumline.domain.people.person import PersonId
from datumline.store.people import SAID_COLUMNS, key_of
from datumline.store.reading import entries
from datumline.store.sql import AT_ONCE, Value, marks

CHANGING = PEOPLE_KINDS | {Kind.RETRACTION, Kind.REDACTION}
TABLES = {"people_said": SAID_COLUMNS, "people_key": "what, value, subject, provisional"}
Row = tuple[Value, ...]


def follow(drafts: Iterable[Draft]) -> None:
    """Bring the tables up to these drafts, which were just appended, in the same transaction."""
    changed = {each.subject for each in drafts if each.kind in CHANGING and each.audience is Audience.SHARED}
    if changed:
        refresh({subject for subject in changed if subject is not None})


def refresh(subjects: Collection[PersonId]) -> None:
    """Make the rows of these people anew from their entries."""
    made = _made(_said(subjects))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_version")
        cursor.execute("INSERT INTO people_version (word) VALUES (%s)", [secrets.token_hex(16)])
        for table, columns in TABLES.items():
            cursor.executemany(f"DELETE FROM {table} WHERE subject = %s", [(each,) for each in subjects])
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks(columns.count(',') + 1)})", made[table]
            )


def rebuild() -> None:
    """Make all rows anew from the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM people_said UNION SELECT subject FROM people_key")
        there = {row[0] for row in cursor.fetchall()}
    refresh(there | {each.subject for each in _said(None)})


def faults() -> Iterator[tuple[str, PersonId]]:
    """Each table and person whose rows are not what the ledger says."""
    made = _made(_said(None))
    for table, columns in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table}")
            stored = set(cursor.fetchall())
        subject = columns.split(", ").index("subject")
        for person in sorted({str(row[subject]) for row in stored ^ set(made[table])}):
            yield table, person


def _said(subjects: Collection[PersonId] | None) -> tuple[Said, ...]:
    if subjects is None:
        return said_of(entries(subjects=None, audiences=(Audience.SHARED,), kinds=CHANGING))
    listed = sorted(subjects)
    parts = (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))
    return tuple(
        said
        for part in parts
        for said in said_of(entries(subjects=part, audiences=(Audience.SHARED,), kinds=CHANGING))
    )


def _made(said: tuple[Said, ...]) -> dict[str, list[Row]]:
    return {"people_said": [_said_row(each) for each in said], "people_key": sorted(_key_rows(said))}


def _said_row(said: Said) -> Row:
    amounts = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in said.amounts.items()
    }
    return (
        said.entry,
        said.kind.value,
        said.subject,
        said.from_day.isoformat(),
        chain.stamp(said.recorded_at),
        chain.stamp(said.until) if said.until else None,
        canonical(amounts),
    )


def _key_rows(said: Iterable[Said]) -> set[tuple[str, str, str, int]]:
    """Every key under which somebody was ever known: old names find their person, but are shown nowhere."""
    profiles = sorted((each for each in said if each.kind is Kind.PROFILE), key=lambda each: each.recorded_at)
    provisional = {
        each.subject: int(each.amounts.get("provisional") is True) for each in profiles if each.until is None
    }
    return {
        (what, key_of(what, value), each.subject, provisional[each.subject])
        for each in profiles
        if each.subject in provisional
        for what, value in _keys(each)
        if value
    }


def _keys(profile: Said) -> Iterator[tuple[str, str]]:
    yield "name", str(profile.amounts.get("name") or "")
    yield from (("email", email) for email in texts(profile, "emails"))
    for handle in texts(profile, "handles"):
        yield "handle", handle
        yield "handle", handle.rpartition(":")[2]  # `ada` finds `github:ada`
