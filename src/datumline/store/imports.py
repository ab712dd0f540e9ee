"""What imports remember: saved mappings, and how far each repository was read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from datumline.domain.evidence.chain import stamp
from datumline.domain.evidence.kinds import Kind
from datumline.store.sql import marks

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMapping:
    """Under which headers a kind of table holds its fields."""

    name: str
    kind: str
    columns: dict[str, str]
    date_format: str


def save_mapping(mapping: SavedMapping) -> None:
    """Keep a mapping; one of the same name is replaced."""
    body = json.dumps({"columns": mapping.columns, "date_format": mapping.date_format}, ensure_ascii=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM import_mapping WHERE name = %s", [mapping.name])
        cursor.execute(
            f"INSERT INTO import_mapping (name, kind, body) VALUES ({marks(3)})",
            [mapping.name, mapping.kind, body],
        )


def mappings() -> list[SavedMapping]:
    """Every saved mapping, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, kind, body FROM import_mapping ORDER BY name")
        return [SavedMapping(name=row[0], kind=row[1], **json.loads(row[2])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """How far a repository was imported.

    Attributes:
        name: under which people know it.
        what: `git` or `documents`.
        place: where it was read from last.
        heads: the commits up to which everything is in.
        begun: the commit up to which an import was begun and not ended; None when none was.
    """

    name: str
    what: str
    place: str
    heads: tuple[str, ...] = ()
    begun: str | None = None


def repository(name: str, what: str) -> Repository | None:
    """What is remembered of a repository; None when it was never imported."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, heads, begun FROM import_repository WHERE name = %s AND what = %s", [name, what]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return Repository(name=name, what=what, place=row[0], heads=tuple(json.loads(row[1])), begun=row[2])


def remember(state: Repository) -> None:
    """Keep how far a repository was imported, in place of what was kept before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM import_repository WHERE name = %s AND what = %s", [state.name, state.what]
        )
        cursor.execute(
            f"INSERT INTO import_repository (name, what, place, heads, begun) VALUES ({marks(5)})",
            [state.name, state.what, state.place, json.dumps(state.heads), state.begun],
        )


def remember_commits(name: str, commits: Iterable[bytes]) -> None:
    """Keep the ids of commits that were read, 20 bytes each; one that is kept already stays as it is."""
    listed = iter(commits)
    with transaction.atomic(), connection.cursor() as cursor:
        while part := list(islice(listed, AT_ONCE)):
            cursor.executemany(
                "INSERT INTO import_commit (repository, id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [(name, commit) for commit in part],
            )


def commits_read(name: str) -> Collection[bytes]:
    """The ids of all commits of a repository that were read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM import_commit WHERE repository = %s", [name])
        return {bytes(row[0]) for row in cursor.fetchall()}


@contextmanager
def trial(*, dry_run: bool) -> Iterator[None]:
    """One transaction around everything inside; taken back at the end when it was only a trial."""
    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def written_since(author: str, moment: datetime) -> tuple[int, int]:
    """How many entries of an import were written since then, and of them how many profiles of people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), COALESCE(SUM(CASE WHEN kind = %s THEN 1 ELSE 0 END), 0) FROM ledger_entry "
            "WHERE author = %s AND recorded_at >= %s AND kind <> %s",
            [Kind.PROFILE.value, author, stamp(moment), Kind.STREAM_OPENED.value],
        )
        written, people = cursor.fetchone()
    return int(written) - int(people), int(people)
