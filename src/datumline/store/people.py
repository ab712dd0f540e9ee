"""People as the ledger tells of them, kept ready: who is found by which key, and what was said about whom.

Both tables are projections (see `people_projection`).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from datumline.domain.citation import EntryId
from datumline.domain.evidence.body import amounts_of
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.people_facts import PEOPLE_KINDS, Said, records_of
from datumline.domain.people.fold import Records, same_as
from datumline.domain.people.identity import email_key, name_key
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import EVERYTHING_KNOWN
from datumline.store.sql import marks, rows

SAID_COLUMNS = "entry, kind, subject, from_day, recorded_at, until, amounts"


_kept: dict[str, Records] = {}  # what is known now, by the version of the tables that it was read from


def known_now() -> Records:
    """Everything that stands now; read again only when something was written about people since."""
    return known_and_ruled()[0]


def known_and_ruled() -> tuple[Records, EntryId]:
    """The same, with the last entry of the organisation's stream: which rules are in force. In one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'people', word FROM people_version UNION ALL SELECT 'rules', h.hash FROM ledger_stream s "
            "JOIN ledger_head h ON h.stream = s.id WHERE s.audience = 'organisation' AND s.subject = ''"
        )
        said = cursor.fetchall()
    version = " ".join(sorted(word for what, word in said if what == "people"))  # two, when two wrote at once
    found = _kept.get(version)
    if found is None:
        found = replace(records(), version=version)
        if version and not connection.in_atomic_block:
            _kept.clear()
            _kept[version] = found
    return found, next((word for what, word in said if what == "rules"), "")


def records(*, known_at: datetime = EVERYTHING_KNOWN, kinds: Collection[Kind] = PEOPLE_KINDS) -> Records:
    """Everything of these kinds that stood at `known_at`, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SAID_COLUMNS} FROM people_said WHERE kind IN ({marks(len(kinds))})",
            sorted(kind.value for kind in kinds),
        )
        return records_of([read_said(row) for row in cursor.fetchall()], known_at)


def known_by(what: str, values: Collection[str]) -> dict[str, tuple[PersonId, ...]]:
    """Who is found by each of these keys; `what` is `email`, `handle` or `name`, confirmed people first.

    A provisional person who was resolved is found as the person that they are.
    """
    asked = sorted({key_of(what, value) for value in values})
    query = f"SELECT value, provisional, subject FROM people_key WHERE what = '{what}' AND value IN ({{}})"
    real = resolved() if asked else {}
    found: dict[str, dict[PersonId, None]] = {}
    for value, _, subject in sorted(rows(query, asked)):
        found.setdefault(value, {})[real.get(subject, subject)] = None
    return {value: tuple(found.get(key_of(what, value), ())) for value in values}


def by_address() -> dict[str, PersonId]:
    """Whose every e-mail is, every handle (as `@handle`), and the name of each who is known by no other key.

    An address that several have had is the confirmed person's, then the one's whose id comes first.
    """
    real = resolved()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, value, provisional, subject FROM people_key k WHERE what <> 'name' OR ("
            "provisional = 1 AND NOT EXISTS "
            "(SELECT 1 FROM people_key o WHERE o.subject = k.subject AND o.what <> 'name'))"
        )
        found = sorted(cursor.fetchall(), key=lambda row: (row[2], row[3]), reverse=True)
    return {
        f"@{value.rpartition(':')[2]}" if what == "handle" else value: real.get(subject, subject)
        for what, value, _, subject in found
    }


def resolved() -> dict[PersonId, PersonId]:
    """Each resolved provisional person with the person that they are."""
    return same_as(records(kinds=(Kind.IDENTITY_RESOLVED,)).resolutions)


def key_of(what: str, value: str) -> str:
    """The form in which a key is compared."""
    return {"email": email_key, "name": name_key}.get(what, str.casefold)(value)


def read_said(row: tuple[Any, ...]) -> Said:
    """A statement from its row in `people_said`."""
    entry, kind, subject, from_day, recorded_at, until, said = row
    return Said(
        entry=entry,
        kind=Kind(kind),
        subject=subject,
        from_day=date.fromisoformat(from_day),
        recorded_at=datetime.fromisoformat(recorded_at),
        until=datetime.fromisoformat(until) if until else None,
        amounts=amounts_of(Kind(kind), json.loads(said)),
    )
