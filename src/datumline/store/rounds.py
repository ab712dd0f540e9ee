"""The workspace: one person's rehearsed rounds. Private, gone when their owner says so, no facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from datumline.domain.evidence.chain import moment, stamp
from datumline.store.people_tables import SORTED
from datumline.store.sql import marks

COLUMNS = "owner, id, blueprint, began_at, content"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRound:
    """A round as it was kept; `content` is JSON: its state, and its score once it is over."""

    owner: str
    id: str
    blueprint: str
    began_at: datetime
    content: Mapping[str, Any]


def workspace_rounds(vendor: str) -> tuple[str, ...]:
    """The table, for each kind of database."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE workspace_round (
            owner {text} NOT NULL,
            id {text} NOT NULL,
            blueprint {text} NOT NULL,
            began_at {text} NOT NULL,
            content text NOT NULL,
            PRIMARY KEY (owner, id)
        )""",
    )


def keep(one: KeptRound) -> None:
    """Put a round in place of what was kept of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO workspace_round ({COLUMNS}) VALUES ({marks(5)}) "
            "ON CONFLICT (owner, id) DO UPDATE SET content = excluded.content",
            [one.owner, one.id, one.blueprint, stamp(one.began_at), json.dumps(one.content)],
        )


def kept(owner: str) -> list[KeptRound]:
    """An owner's rounds, the latest first."""
    return _found("owner = %s ORDER BY began_at DESC, id", owner)


def kept_one(owner: str, name: str) -> KeptRound | None:
    """One of an owner's rounds."""
    found = _found("owner = %s AND id = %s", owner, name)
    return found[0] if found else None


def discard(owner: str, name: str) -> bool:
    """Remove one of an owner's rounds; says whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workspace_round WHERE owner = %s AND id = %s", [owner, name])
        return bool(cursor.rowcount)


def _found(where: str, *values: str) -> list[KeptRound]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM workspace_round WHERE {where}", list(values))
        return [
            KeptRound(
                owner=row[0],
                id=row[1],
                blueprint=row[2],
                began_at=moment(row[3]),
                content=json.loads(row[4]),
            )
            for row in cursor.fetchall()
        ]
