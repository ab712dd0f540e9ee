"""A home is made once, however many processes ask for it first, and a step that was killed is taken again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from support.homes import Home

STARTS = 5
KILLED_AFTER = (0.15, 0.25, 0.3, 0.35, 0.4, 0.5)  # seconds: somewhere between start and the last step


def test_processes_that_start_at_once_make_one_home(database_home: Home) -> None:
    started = [
        subprocess.Popen(
            database_home.command("ledger", "verify", "--json"),
            env=database_home.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(STARTS)
    ]
    said = [process.communicate(timeout=120) for process in started]
    assert [(process.returncode, err) for process, (_, err) in zip(started, said, strict=True)] == [
        (0, "")
    ] * STARTS
    documents = [json.loads(out) for out, _ in said]
    assert {tuple(document["keys"]) for document in documents} == {tuple(documents[0]["keys"])}
    assert [document["entries"] for document in documents] == [3] * STARTS  # the opening, the key, the policy


def test_a_first_start_that_is_killed_is_made_good_by_the_next(tmp_path: Path) -> None:
    for number, seconds in enumerate(KILLED_AFTER):
        home = Home(folder=tmp_path / f"home-{number}", database_url=None)
        process = subprocess.Popen(
            home.command("ledger", "verify"),
            env=home.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        done = home.run("ledger", "verify")
        assert (done.returncode, done.stderr) == (0, ""), seconds
        assert done.stdout == "3 entries in 1 streams: whole\n"
