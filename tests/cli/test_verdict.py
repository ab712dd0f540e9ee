"""`datumline verdict` on facts: documents, lines, words, exit codes, and every kind of bad file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.cli import main
from datumline.cli.output import MOST_BYTES
from datumline.config.opening import LazyInstallation
from datumline.domain.policy.change_words import change_words
from datumline.domain.policy.json_patch import add, replace
from datumline.domain.verdict import Change, Need
from datumline.pack_files import load
from datumline.services.schemas import schema
from datumline.services.verdicts import TABLES
from support.homes import HOME

FACTS: dict[str, Any] = {
    "as_of": "2026-06-30",
    "known_at": None,
    "strong_since": None,
    "dropped_on": None,
    "delivering": True,
    "mismatch": "none",
    "cycles": [["2026-01-01", "2026-06-30"]],
    "entries": [
        {
            "kind": "occurrence",
            "occurred_on": "2026-05-04",
            "recorded_at": "2026-05-04T09:00:00Z",
            "shared_at": None,
            "seen": "observed",
        },
        {
            "kind": "written-note",
            "occurred_on": "2026-05-05",
            "recorded_at": "2026-05-05T09:00:00Z",
            "shared_at": "2026-05-05T09:00:00Z",
        },
    ],
}

# With these, what FACTS holds is enough for a formal plan.
A_PLAN: list[dict[str, Any]] = [
    *(
        {"kind": kind, "occurred_on": on, "recorded_at": on, "shared_at": on}
        for kind, on in (("written-note", "2026-05-20"), ("sbi", "2026-05-21"))
    ),
    {"kind": "occurrence", "occurred_on": "2026-02-01", "recorded_at": "2026-02-01", "seen": "observed"},
    {"kind": "occurrence", "occurred_on": "2026-06-10", "recorded_at": "2026-06-10", "seen": "observed"},
]


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command left behind."""

    exit_code: int
    output: str
    errors: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command as its users run it, on facts alone: no home is made."""
    home = tmp_path / "home"
    monkeypatch.setenv(HOME, str(home))

    def invoked(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        code = main.run(LazyInstallation(), ["verdict", *arguments])
        said = capsys.readouterr()
        assert not home.exists()
        return Done(exit_code=code, output=said.out, errors=said.err)

    return invoked


def written(folder: Path, facts: object) -> str:
    path = folder / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("table", list(TABLES))
def test_the_document_is_the_published_schemas(run: Run, tmp_path: Path, table: str) -> None:
    facts = FACTS if table == "plan" else {"as_of": "2026-06-30"}
    document = json.loads(run(table, "--facts", written(tmp_path, facts), "--json").output)
    Draft202012Validator(schema("verdict")).validate(document)
    Draft202012Validator(schema(f"facts-{table}")).validate(facts)
    assert (document["table"], document["pack"]["name"]) == (table, "default")


def test_a_file_and_standard_input_give_the_same(run: Run, tmp_path: Path) -> None:
    from_file = run("plan", "--facts", written(tmp_path, FACTS), "--json")
    from_input = run("plan", "--facts", "-", "--json", stdin=json.dumps(FACTS).encode())
    assert from_file.output == from_input.output
    document = json.loads(from_file.output)
    assert (document["verdict"], document["as_of"]) == ("follow-up-note", "2026-06-30")
    assert document["next_step"] == "Write the follow-up note and share it. The person then has 30 days."


def test_the_words_keep_to_80_columns_and_say_it_all(run: Run, tmp_path: Path) -> None:
    output = run("plan", "--facts", written(tmp_path, FACTS)).output
    assert max(map(len, output.splitlines())) <= 80
    for said in ("It is too early for a formal plan.", "unknown" if "unknown" in output else "met", "if:"):
        assert said in output
    assert "\x1b" not in output


def test_fail_ends_with_1_on_an_unfavourable_verdict(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, FACTS)
    assert run("plan", "--facts", path).exit_code == 0
    assert run("plan", "--facts", path, "--fail").exit_code == 1


def test_lines_give_one_result_each_and_go_on_past_a_bad_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    good = json.dumps({"id": "one", **FACTS}).encode()
    path.write_bytes(b"\n".join([good, b"{", b'{"id": 2, "as_of": "soon"}', b"\xff", good]) + b"\n")
    result = run("plan", "--jsonl", str(path))
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert [line["id"] for line in lines] == ["one", None, 2, None, "one"]
    assert ["error" in line for line in lines] == [False, True, True, True, False]
    assert "/as_of" in lines[2]["error"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"[]",
        b"{",
        b"\x00\x01\x02",
        b"\xff\xfe{",
        b'{"as_of": NaN}',
        b'{"as_of": "2026-06-30", "as_of": "2026-06-30"}',
        b'{"as_of": "2026-06-30", "entries": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"as_of": "2026-06-30", "x": ' + b"9" * 5_000 + b"}",
        b'{"as_of": "2026-06-30", "x": 1e999}',
        b'{"as_of": "2026-06-30"}' + b" " * 17_000_000,
    ],
    ids=[
        "empty",
        "blank",
        "list",
        "cut",
        "binary",
        "utf-16",
        "nan",
        "twice",
        "deep",
        "huge",
        "infinite",
        "long",
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    result = run("plan", "--facts", str(path), "--json")
    said = result.errors
    assert (result.exit_code, result.output, said.count("\n")) == (2, "", 1)
    assert said.startswith("datumline: ")
    assert "expected" in said


@pytest.mark.parametrize("option", ["--facts", "--jsonl"])
def test_a_file_without_an_end_fills_no_memory(run: Run, option: str) -> None:
    result = run("plan", option, "/dev/zero")
    assert result.exit_code == 2
    assert "too long" in result.errors


def test_a_line_that_is_too_long_is_one_bad_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b" " * (2 * MOST_BYTES + 7) + b"\n" + json.dumps(FACTS).encode())
    lines = [json.loads(line) for line in run("plan", "--jsonl", str(path)).output.splitlines()]
    assert ["error" in line for line in lines] == [True, False]


def test_a_fault_inside_names_the_line_or_the_path(run: Run, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_text('{"as_of": "2026-06-30",\n "entries": [,]}', encoding="utf-8")
    assert "cut.json:2" in run("plan", "--facts", str(cut)).errors
    gossip = written(tmp_path, {**FACTS, "entries": [{"kind": "gossip"}]})
    assert "/entries/0/kind" in run("plan", "--facts", gossip).errors


TOP = "2026-06-30"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "nothing in it, FILE:1, expected one JSON object of facts"),
        ("\n\nnull", "null at the top, FILE:3, expected one JSON object of facts"),
        ("3", "a whole number at the top, FILE:1, "),
        ("1.5", "a number at the top, FILE:1, "),
        ("true", "true or false at the top, FILE:1, "),
        ('"x"', "a text at the top, FILE:1, "),
        ("[]", "a list at the top, FILE:1, "),
        ('{"a": 1,\n "b": {"a": 2},\n "\\u0061": 3}', "the key 'a' twice in one object, FILE:3, "),
        ('{"a": "NaN",\n "b": NaN}', "NaN is no number in range, FILE:2, "),
        ('{\n"a": -1e300}', "-1e300 is no number in range, FILE:2, "),
        ('{\n"a":\n' + "[" * 99_999 + "]" * 99_999 + "}", "nested too deeply, FILE:3, "),
        ('{"as_of": null}', "no 'as_of', /as_of, "),
        ('{"as_of": 3}', "3 is not usable, /as_of, "),
        ('{"as_of": {"day": 3}}', "an object is not usable, /as_of, "),
        (f'{{"as_of": "{TOP}", "delivering": 1}}', "1 is not usable, /delivering, expected true or false"),
        (f'{{"as_of": "{TOP}", "mismatch": true}}', "true is not usable, /mismatch, "),
        (
            f'{{"as_of": "{TOP}", "entries": [null]}}',
            "null is not usable, /entries/0, expected a JSON object",
        ),
        (f'{{"as_of": "{TOP}", "entries": [{{"kind": null}}]}}', "null is no kind, /entries/0/kind, "),
        ('{"as_of": "\\u001b[31m"}', '"\\u001b[31m" is not usable, /as_of, '),
    ],
)
def test_a_fault_is_said_in_the_words_of_json_with_its_place(
    run: Run, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, encoding="utf-8")
    errors = run("plan", "--facts", str(path)).errors
    assert errors.startswith(f"datumline: {said.replace('FILE', str(path))}")


def test_a_name_that_is_empty_and_a_byte_that_is_none_have_a_place(run: Run, tmp_path: Path) -> None:
    for option in ("--facts", "--jsonl"):
        assert ", '', expected" in run("plan", option, "").errors
    path = tmp_path / "facts.json"
    path.write_bytes(b'{\n"as_of": "\xff"}')
    assert run("plan", "--facts", str(path)).errors.startswith(f"datumline: not UTF-8 at byte 12, {path}:2,")


def test_bad_lines_name_the_file_and_the_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b'{"id": 1, "as_of": "2026-06-30"}\n{\n\xff\n')
    lines = [json.loads(line) for line in run("plan", "--jsonl", str(path)).output.splitlines()]
    assert [f"{path}:{n}," in line.get("error", "") for n, line in enumerate(lines, 1)] == [False, True, True]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"as_of": "2026-06-30", "entries": []}], 1),  # a feedback gap
        (["bad"], 1),
        ([], 0),
    ],
)
def test_fail_counts_every_line_and_bad_ones_too(
    run: Run, tmp_path: Path, lines: list[object], code: int
) -> None:
    start = {**FACTS, "entries": [*FACTS["entries"], *A_PLAN]}
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in [start, *lines, start]), encoding="utf-8")
    assert run("plan", "--jsonl", str(path)).exit_code == 0
    assert run("plan", "--jsonl", str(path), "--fail").exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("coached", "--facts", "-"),
        ("plan",),
        ("plan", "--facts", "-", "--jsonl", "-"),
        ("plan", "--facts", "-", "--concern", "dates"),
        ("plan", "--facts", "no-such-file.json"),
    ],
)
def test_bad_usage_is_one_line_and_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, stdin=b'{"as_of": "2026-06-30"}')
    said = result.errors
    assert (result.exit_code, said.count("\n")) == (2, 1)


def test_an_unknown_table_names_those_that_exist(run: Run) -> None:
    result = run("coached", "--facts", "-", stdin=b'{"as_of": "2026-06-30"}')
    assert "plan, non-negotiables" in result.errors


def test_what_would_change_it_is_said_in_days_and_words(run: Run, tmp_path: Path) -> None:
    hidden = {**FACTS["entries"][1], "shared_at": None}
    facts = {**FACTS, "delivering": False, "entries": [FACTS["entries"][0], hidden]}
    output = run("plan", "--facts", written(tmp_path, facts)).output
    said = " ".join(output.split())
    for words in (
        "as of 30 June 2026",
        "- the work was strong since 30 June 2024; the work dropped suddenly on 30 June 2026",
        "- the work is delivered - there is a mismatch with the team's domain",
        "- /entries/1: shared on 30 June 2026",
        "an SBI conversation on 30 June 2026",
        "- time passes until",
    ):
        assert words in said
    assert "2026-" not in output


def test_an_entry_of_a_record_is_named_by_its_title_and_day() -> None:
    share = replace("/entries/1/shared_at", "2026-08-01T12:00:00Z")
    again = add("/entries/-", {"kind": "trade-off", "occurred_on": "2026-08-01"})
    wait = replace("/as_of", "2026-08-31")
    cycles = add("/cycles", [["2026-01-01", "2026-06-30"]])
    change = Change(
        to="start-plan",
        needs=(
            Need(condition="wait-over", patch=(wait,)),
            Need(condition="second-written-note", patch=(share, again, again)),
            Need(condition="repeated", patch=(cycles,)),
        ),
    )
    evidence = {"/entries/1": "Netting hand-over (2 July 2026)"}
    assert list(change_words(change, "plan", load().phrases, evidence)) == [
        (
            "Netting hand-over (2 July 2026): shared on 1 August 2026",
            "2 times a trade-off on 1 August 2026",
        ),
        ("the review cycles are 1 January 2026 to 30 June 2026",),
        ("time passes until 31 August 2026",),
    ]
