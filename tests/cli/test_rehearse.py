"""`datumline rehearse score`: one document, lines, words, and what is said of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from datumline.cli import main
from datumline.config.opening import LazyInstallation

TRANSCRIPT = {
    "blueprint": "em-performance",
    "turns": [
        {"speaker": "interviewer", "text": "What kind of problem is this?"},
        {"speaker": "candidate", "text": "I'd pull the missed tickets and the incident reports first."},
    ],
}


def run(*arguments: str) -> int:
    return main.run(LazyInstallation(), ["rehearse", "score", *arguments])


def test_a_transcript_gives_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "round.json"
    path.write_text(json.dumps(TRANSCRIPT), encoding="utf-8")
    assert run("--transcript", str(path), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["items"]["validate-pattern"]["covered"]
    assert len(found["items"]) == 16


def test_lines_give_lines_and_a_bad_one_does_not_stop_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rounds.jsonl"
    lines = [json.dumps({"id": "a", **TRANSCRIPT}), "{", json.dumps({"id": "b", "turns": []})]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run("--jsonl", str(path)) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["total"] > 0) == ("a", True)
    assert "error" in second
    assert third["id"] == "b"
    assert "error" in third


def test_words_keep_to_eighty_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "round.json"
    path.write_text(json.dumps(TRANSCRIPT), encoding="utf-8")
    assert run("--transcript", str(path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("Next: ") for line in lines)


def test_without_a_transcript_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert capsys.readouterr().err.startswith("datumline: no single source of transcripts")


def test_a_round_in_the_terminal_asks_listens_and_reports(tmp_path: Path) -> None:
    home = {**os.environ, "DATUMLINE_HOME": str(tmp_path / "home")}
    home.pop("DATUMLINE_DATABASE_URL", None)
    said = "I'd pull the missed tickets and the incident reports first.\n\n/next\n/next\n/end\n"
    ran = subprocess.run(
        [sys.executable, "-c", "from datumline.config.main import run; run()", "rehearse", "--sure", "3"],
        input=said,
        capture_output=True,
        text=True,
        env=home,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert "Diagnosis and framing: 8:00 left of it, 30:00 in all" in ran.stdout
    assert "yes   validate pattern" in ran.stdout
    assert "Practise next: " in ran.stdout
    assert "You were sure to 3 of 5 beforehand." in ran.stdout
