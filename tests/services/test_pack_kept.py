"""A home keeps the policy that it began with, and a backup carries every pack that was ever in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from datumline.config.wiring import context_of, open_home
from datumline.domain.problem import Problem
from datumline.pack_files import load
from datumline.services import policy as policies
from datumline.services.policy import activate, active_policy
from datumline.services.verification import verify
from datumline.store import packs
from support.homes import Home
from support.packs import write_pack

WAIT = "pip.more_time:\n  reference: ours\n  values: {2020-01-01: 45}\n"


def test_a_new_home_has_activated_the_shipped_pack_once(database_home: Home) -> None:
    for _ in range(2):
        open_home(database_home.folder, database_url=database_home.database_url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE kind = 'pack-activation'")
        assert cursor.fetchone()[0] == 1
    assert packs.kept(load().digest) is not None


def test_an_activated_pack_outlives_its_folder_and_a_restore(database_home: Home, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", {"parameters/plan.yaml": WAIT})
    assert database_home.run("policy", "activate", str(pack)).returncode == 0
    for file in sorted(pack.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    saved = tmp_path / "saved.tar.gz"
    assert database_home.run("backup", str(saved)).returncode == 0
    elsewhere = Home(folder=tmp_path / "elsewhere", database_url=None)
    assert elsewhere.run("restore", str(saved)).returncode == 0
    assert elsewhere.run("policy", "show", "pip.more_time").stdout.startswith("pip.more_time: 45 days")


def test_a_pack_that_was_changed_in_the_database_is_refused(database_home: Home, tmp_path: Path) -> None:
    context = context_of(open_home(database_home.folder, database_url=database_home.database_url))
    active = activate(context, write_pack(tmp_path / "pack", {"parameters/plan.yaml": WAIT}))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pack_content SET content = replace(content, '45', '46') WHERE digest = %s",
            [active.digest],
        )
    policies.policy_of.cache_clear()
    with pytest.raises(Problem, match="a kept pack was changed"):
        active_policy(context)


@pytest.mark.parametrize(
    "done", ["DELETE FROM pack_content", "UPDATE pack_content SET content = content || ' '"]
)
def test_verify_tells_of_a_pack_that_was_changed_or_removed(database_home: Home, done: str) -> None:
    open_home(database_home.folder, database_url=database_home.database_url)
    assert verify(database_home.folder).faults == ()
    with connection.cursor() as cursor:
        cursor.execute(done)
    (fault,) = verify(database_home.folder).faults
    assert fault.table == "pack_content"
