"""`datumline check` and `datumline map`: documents, lines, words, exit codes, hard texts, same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.cli import main
from datumline.config.opening import LazyInstallation
from datumline.services.schemas import schema

NOTE = (
    "In the 19 May call you did not answer the customer. They left. Answer within a day. "
    "We look at it on 5 June."
)
STORY = (
    "In 2024 our releases took six weeks. I was asked to halve that by summer. I listed every sign-off and "
    "dropped nine of them. We went from six weeks to two."
)
ITEMS = [{"id": "date", "says": "Names a day for the next look"}]
CASE = {"person": "Ilse Vant", "facts": ["missed four deadlines"]}
COMMANDS = {
    "check-claims": ["check", "claims"],
    "check-feedback": ["check", "feedback", "--on", "2026-05-20"],
    "check-wording": ["check", "wording"],
    "check-disclosure": ["check", "disclosure", "--case", "CASE"],
    "check-coverage": ["check", "coverage", "--items", "ITEMS"],
    "check-story": ["check", "story"],
    "map-principles": ["map", "principles"],
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """The files that the commands read."""
    for name, content in (("ITEMS", ITEMS), ("CASE", CASE)):
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "NOTE").write_text(NOTE, encoding="utf-8")
    return {name: str(tmp_path / name) for name in ("ITEMS", "CASE", "NOTE")}


def run(*arguments: str) -> int:
    return main.run(LazyInstallation(), list(arguments))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_document_keeps_to_its_schema(
    name: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [files.get(word, word) for word in COMMANDS[name]]
    assert run(*arguments, files["NOTE"], "--json") == 0
    Draft202012Validator(schema(name)).validate(json.loads(capsys.readouterr().out))
    assert run(*arguments, files["NOTE"]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_lines_give_one_result_each_and_go_on_past_a_bad_one(
    name: str, files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {"id": 1, "text": NOTE},
        {"id": 2},
        {"id": 3, "text": NOTE, "items": ITEMS, "case": CASE, "on": "2026-05-20"},
    ]
    path = tmp_path / "lines"
    path.write_text("\n".join([json.dumps(line) for line in lines] + ["{"]), encoding="utf-8")
    arguments = [files.get(word, word) for word in COMMANDS[name]]
    assert run(*arguments, "--jsonl", str(path)) == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [result.get("id") for result in results] == [1, 2, 3, None]
    assert ["error" in result for result in results] == [False, True, False, True]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no words"),
        (b"\x00\x01\x02\xff", "UTF-8"),
        (b"abc\x00\x07def", "binary content"),
        (
            "Gestern hast du im Termin nicht geantwortet und das war für uns ein Problem.".encode(),
            "not in English",
        ),
        ("昨日の会議であなたは質問に答えませんでした。".encode(), "not in English"),
        (b"word " * 200_000, "words"),
        (b"\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "no words"),
    ],
)
@pytest.mark.parametrize("name", ["check-claims", "check-feedback", "map-principles"])
def test_a_text_that_cannot_be_judged_is_refused_in_one_line(
    name: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text"
    path.write_bytes(content)
    assert run(*COMMANDS[name], str(path)) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_fail_asks_for_a_sign_when_something_is_found(files: dict[str, str], tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_text("We cut it by 15 % (from 42 to 36).", encoding="utf-8")
    assert run("check", "claims", str(bad), "--fail") == 1
    assert run("check", "claims", str(bad)) == 0
    assert run("check", "claims", files["NOTE"], "--fail") == 0


def test_bad_usage_says_what_was_expected(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["check", "coverage", files["NOTE"]],
        ["check", "disclosure", files["NOTE"]],
        ["check", "claims"],
        ["check", "feedback", files["NOTE"], "--on", "soon"],
    ):
        assert run(*arguments) == 2
        assert "expected" in capsys.readouterr().err


def test_a_folder_of_stories_gives_each_its_own_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.md").write_text(STORY, encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "two.txt").write_bytes(b"\xff")
    (tmp_path / "picture.png").write_bytes(b"\xff")
    assert run("check", "story", str(tmp_path), "--json") == 0
    stories = json.loads(capsys.readouterr().out)["stories"]
    assert [one["file"] for one in stories] == ["deeper/two.txt", "one.md"]
    assert "UTF-8" in stories[0]["error"]
    assert stories[1]["manner"] == "story"
    assert run("check", "story", str(tmp_path)) == 0
    assert "one.md" in capsys.readouterr().out
    assert run("check", "story", str(tmp_path), "--fail") == 1
    (tmp_path / "empty").mkdir()
    assert run("check", "story", str(tmp_path / "empty")) == 2


def test_two_texts_are_mirrored_from_files_and_from_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rubric, jd = "- Owns one service end to end.\n- Mentors newcomers.", "- You own one service, end to end."
    (tmp_path / "rubric").write_text(rubric, encoding="utf-8")
    (tmp_path / "jd").write_text(jd, encoding="utf-8")
    (tmp_path / "lines").write_text(
        json.dumps({"id": 7, "rubric": rubric, "jd": jd}) + '\n{"id": 8}\n', encoding="utf-8"
    )
    files = ["--rubric", str(tmp_path / "rubric"), "--jd", str(tmp_path / "jd")]
    assert run("check", "mirror", *files, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema("check-mirror")).validate(found)
    assert found["shared"] == ["Owns one service end to end"]
    assert found["only_rubric"] == ["Mentors newcomers"]
    assert run("check", "mirror", *files, "--fail") == 1
    capsys.readouterr()
    assert run("check", "mirror", "--jsonl", str(tmp_path / "lines")) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"id": 7, **found}
    assert "'rubric'" in lines[1]["error"]
    assert run("check", "mirror", "--rubric", str(tmp_path / "rubric")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["Haswell", "Nehalem", "Prescott"])
@pytest.mark.parametrize("name", ["check-feedback", "check-story", "check-coverage", "map-principles"])
def test_the_same_bytes_whatever_the_processor_and_its_threads(
    name: str, kind: str, files: dict[str, str]
) -> None:
    arguments = [files.get(word, word) for word in COMMANDS[name]]

    def told(**settings: str) -> bytes:
        command = [sys.executable, "-m", "datumline", *arguments, files["NOTE"], "--json"]
        return subprocess.run(command, env=os.environ | settings, check=True, capture_output=True).stdout

    assert told(OPENBLAS_CORETYPE=kind, OPENBLAS_NUM_THREADS="2") == told()
