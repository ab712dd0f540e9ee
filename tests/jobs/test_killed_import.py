"""A worker killed in the middle of an import: the import ends after a restart as if nothing had happened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from datumline.services.imports.asked import DO
from datumline.services.jobs import NoWorker, ask
from datumline.store.jobs import State
from support.clones import Repository
from support.homes import Home
from support.offices import PEOPLE, Office
from support.workers import LIMIT_SECONDS, Runner, ended, until

AUTHORS, DAYS = 90, 70
WRITTEN = "SELECT kind, source FROM ledger_entry WHERE author = 'git:billing' ORDER BY kind, source"


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
    office: Office, clones: Path, runner: Callable[..., Runner], tmp_path: Path
) -> None:
    undisturbed = _undisturbed(tmp_path, clones)
    arguments = {"what": "git", "name": "billing", "path": "billing", "called": "billing"}
    job = ask(office.context, NoWorker(), DO, arguments)
    assert job is not None
    first = runner(DATUMLINE_CLONES=str(clones))
    _wait(lambda: 0 < len(_written()) < len(undisturbed[0]))
    first.kill()
    assert len(_written()) < len(undisturbed[0])
    assert until(job, lambda found: found.state is State.RUNNING).attempts == 1
    runner(DATUMLINE_CLONES=str(clones))
    done = ended(job, seconds=120)
    assert (done.state, done.error, done.attempts) == (State.DONE, "", 2)
    assert _written() == undisturbed[0]
    told, expected = dict(done.result or {}), undisturbed[1]
    assert {name: told[name] for name in ("new", "known", "unmatched", "refused", "counts")} == {
        name: expected[name] for name in ("new", "known", "unmatched", "refused", "counts")
    }


def _undisturbed(folder: Path, clones: Path) -> tuple[list[tuple[str, str]], dict[str, object]]:
    """What the import gives in a home of its own, by the command."""
    home = Home(folder=folder / "undisturbed", database_url=None)
    table = folder / "people.csv"
    table.write_text(PEOPLE)
    assert home.run("import", "people", str(table)).returncode == 0
    done = home.run("import", "git", str(clones / "billing"), "--name", "billing", "--json")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(home.folder / "datumline.sqlite3") as there:
        rows = [(str(kind), str(source or "")) for kind, source in there.execute(WRITTEN)]
    there.close()
    return _comparable(rows), json.loads(done.stdout)


def _written() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return _comparable([(kind, source or "") for kind, source in cursor.fetchall()])


def _comparable(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(rows)


def _wait(holds: Callable[[], bool]) -> None:
    end = monotonic() + LIMIT_SECONDS
    while not holds():
        assert monotonic() < end, "the import never came so far"
        sleep(0.01)
