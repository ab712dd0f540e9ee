"""The workspace: one person's half-written forms. Private, edited in place, gone when their owner says so.

Nothing here is a fact about anybody. A draft is named by its owner and by the address of its form.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from datumline.domain.evidence.chain import moment, stamp
from datumline.domain.evidence.entry import EntryId
from datumline.store.people_tables import SORTED
from datumline.store.sql import marks

COLUMNS = "owner, place, title, once, fields, saved_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """A half-written form.

    Attributes:
        owner: the author whose it is.
        place: the address of the form, with its question.
        title: what it is, in a few words, for a list.
        once: the form's own number, so that what was sent before is not written twice.
        fields: what stands in each field.
    """

    owner: str
    place: str
    title: str
    once: str
    fields: Mapping[str, Sequence[str]]
    saved_at: datetime


def workspace(vendor: str) -> tuple[str, ...]:
    """The table, for each kind of database."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE workspace_form (
            owner {text} NOT NULL,
            place {text} NOT NULL,
            title text NOT NULL,
            once {text} NOT NULL,
            fields text NOT NULL,
            saved_at {text} NOT NULL,
            PRIMARY KEY (owner, place)
        )""",
    )


def keep(form: KeptForm) -> None:
    """Put a form in place of what its owner kept for that address."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO workspace_form ({COLUMNS}) VALUES ({marks(6)}) "
            "ON CONFLICT (owner, place) DO UPDATE SET title = excluded.title, once = excluded.once, "
            "fields = excluded.fields, saved_at = excluded.saved_at",
            [
                form.owner,
                form.place,
                form.title,
                form.once,
                json.dumps({name: list(values) for name, values in form.fields.items()}),
                stamp(form.saved_at),
            ],
        )


def kept(owner: str, *, since: datetime) -> list[KeptForm]:
    """An owner's forms that were saved since a moment, latest first."""
    return _found("owner = %s AND saved_at >= %s ORDER BY saved_at DESC, place", owner, stamp(since))


def kept_at(owner: str, place: str, *, since: datetime) -> KeptForm | None:
    """An owner's form for one address, if one was saved since a moment."""
    found = _found("owner = %s AND place = %s AND saved_at >= %s", owner, place, stamp(since))
    return found[0] if found else None


def discard(owner: str, place: str) -> bool:
    """Remove an owner's form for one address; says whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workspace_form WHERE owner = %s AND place = %s", [owner, place])
        return bool(cursor.rowcount)


def discard_before(owner: str, moment_of: datetime) -> None:
    """Remove an owner's forms that were last saved before a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM workspace_form WHERE owner = %s AND saved_at < %s", [owner, stamp(moment_of)]
        )


def discard_all_before(moment_of: datetime) -> int:
    """Remove everybody's forms that were last saved before a moment; how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workspace_form WHERE saved_at < %s", [stamp(moment_of)])
        return int(cursor.rowcount)


def discard_about(entries: Collection[EntryId]) -> None:
    """Remove every owner's forms about these entries: what was struck must not be left half-written."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM workspace_form WHERE place LIKE %s", [(f"/entries/{entry}/%",) for entry in entries]
        )


def _found(where: str, *values: str) -> list[KeptForm]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM workspace_form WHERE {where}", list(values))
        return [
            KeptForm(
                owner=row[0],
                place=row[1],
                title=row[2],
                once=row[3],
                fields=json.loads(row[4]),
                saved_at=moment(row[5]),
            )
            for row in cursor.fetchall()
        ]
