"""A worker killed in the middle of an import: the import ends after a restart as if nothing had happened.

The worker is `datumline serve` on SQLite and `datumline worker` on PostgreSQL, a process of its own, ended by
SIGKILL with all that it started.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from datumline.domain.verdict import Json
from datumline.services.imports.asked import DO
from datumline.services.jobs import NoWorker, ask, seen
from datumline.store import uploads
from datumline.store.jobs import State
from support.clones import Repository
from support.homes import Home
from support.offices import PEOPLE, Office
from support.workers import LIMIT_SECONDS, Runner, ended, until

AUTHORS, DAYS = 90, 70
ROWS = 10_000
COUNTED = ("new", "known", "unmatched", "refused", "counts")
WRITTEN = "SELECT kind, body FROM ledger_entry WHERE author = '{}'"
GIT, TABLE = "git:billing", "commitments:table"
PROFILES = "SELECT body FROM ledger_entry WHERE kind = 'profile'"
Said = tuple[str, str]  # of one entry: its kind, and all its fields with everybody by their address


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """A folder with one clone: many people, many days, and so many entries."""
    folder = tmp_path / "clones"
    repository = Repository(folder / "billing")
    first = date(2026, 1, 1)
    lines, mark = [], 0
    for day in range(DAYS):
        noon = int(datetime.combine(first + timedelta(days=day), time(12), tzinfo=UTC).timestamp())
        for author in range(AUTHORS):
            mark += 1
            who = f"Author {author} <author{author}@firm.example> {noon + author} +0000"
            lines += ["commit refs/heads/main", f"mark :{mark}", f"author {who}", f"committer {who}"]
            lines += ["data 6", "change", *([f"from :{mark - 1}"] if mark > 1 else [])]
            lines += [f"M 100644 inline file{author}", "data 2", f"{day:02}"]
    repository.git("fast-import", "--quiet", given=("\n".join(lines) + "\n").encode())
    return folder


@pytest.mark.slow
def test_a_killed_import_of_a_repository_ends_as_an_undisturbed_one(
    office: Office, clones: Path, runner: Callable[..., Runner], tmp_path: Path, database_home: Home
) -> None:
    """Killed twice: once before anything of it stands, once when some batches do and others do not."""
    entries, report = _undisturbed(tmp_path, clones)
    arguments = {"what": "git", "name": "billing", "path": "billing", "called": "billing"}
    job = ask(office.context, NoWorker(), DO, arguments)
    assert job is not None
    first = runner(DATUMLINE_CLONES=str(clones))
    until(job, lambda found: found.state is State.RUNNING)
    first.kill()
    assert _written(GIT) == []
    second = runner(DATUMLINE_CLONES=str(clones))
    _wait(lambda: 0 < _count(GIT) < len(entries))
    second.kill()
    assert 0 < _count(GIT) < len(entries)
    assert until(job, lambda found: found.state is State.RUNNING).attempts == 2
    runner(DATUMLINE_CLONES=str(clones))
    done = ended(job, seconds=120)
    assert (done.state, done.error, done.attempts) == (State.DONE, "", 3)
    assert _written(GIT) == entries
    told = dict(done.result or {})
    assert {name: told[name] for name in COUNTED} == {name: report[name] for name in COUNTED}
    assert database_home.run("ledger", "verify").returncode == 0


@pytest.mark.slow
def test_a_killed_import_of_a_table_leaves_nothing_and_comes_in_whole_afterwards(
    office: Office, runner: Callable[..., Runner]
) -> None:
    """A table comes in by one transaction, so what was written of it goes with its worker."""
    table = "owner,work,due\n" + "".join(
        f"ines@firm.example,piece {n},2026-03-{1 + n % 28:02}\n" for n in range(ROWS)
    )
    kept = uploads.keep("pieces.csv", table.encode(), owner="operator", at=datetime.now(UTC))
    arguments: dict[str, Json] = {"what": "commitments", "name": "pieces.csv", "upload": kept, "save": ""}
    arguments |= {"columns": {}, "date_format": "auto"}
    job = ask(office.context, NoWorker(), DO, arguments)
    assert job is not None
    first = runner()
    _wait(lambda: (now := seen(office.context, job)) is not None and now.done > 0)
    first.kill()
    assert _count(TABLE) == 0
    assert uploads.kept(kept) is not None
    runner()
    done = ended(job, seconds=120)
    assert (done.state, done.error, done.attempts) == (State.DONE, "", 2)
    assert done.result is not None
    assert (done.result["new"], done.result["known"], done.result["refused"]) == (ROWS, 0, 0)
    assert _count(TABLE) == ROWS
    assert uploads.kept(kept) is None


def _undisturbed(folder: Path, clones: Path) -> tuple[list[Said], dict[str, object]]:
    """What the import gives in a home of its own, by the command."""
    home = Home(folder=folder / "undisturbed", database_url=None)
    table = folder / "people.csv"
    table.write_text(PEOPLE)
    assert home.run("import", "people", str(table)).returncode == 0
    done = home.run("import", "git", str(clones / "billing"), "--name", "billing", "--json")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(home.folder / "datumline.sqlite3") as there:
        rows = there.execute(WRITTEN.format(GIT)).fetchall()
        profiles = there.execute(PROFILES).fetchall()
    there.close()
    return _comparable(rows, profiles), json.loads(done.stdout)


def _written(author: str) -> list[Said]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN.format(author))
        rows = cursor.fetchall()
        cursor.execute(PROFILES)
        return _comparable(rows, cursor.fetchall())


def _count(author: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE author = %s", [author])
        return int(cursor.fetchone()[0])


def _comparable(rows: Iterable[tuple[str, str]], profiles: Iterable[tuple[str]]) -> list[Said]:
    """The entries without what each home draws anew: salts, and the ids of people."""
    called = {
        str(said["subject"]): str(said["emails"]) for said in map(_fields, (row[0] for row in profiles))
    }
    found = []
    for kind, body in rows:
        said = _fields(body)
        said["subject"] = called[str(said["subject"])]
        found.append((kind, json.dumps(said, sort_keys=True)))
    return sorted(found)


def _fields(body: str) -> dict[str, object]:
    return {name: held[1] for name, held in json.loads(body).items()}


def _wait(holds: Callable[[], bool]) -> None:
    end = monotonic() + LIMIT_SECONDS
    while not holds():
        assert monotonic() < end, "the import never came so far"
        sleep(0.01)
