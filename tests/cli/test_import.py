"""`datumline import` and `datumline people` as their users run them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # ships no types

from datumline.connectors.git.clone import EXPECTED
from support.clones import Repository
from support.homes import Home

PEOPLE = """name,email,manager,level
Mona Reyes,mona@firm.example,,
Ines Okafor,ines@firm.example,mona@firm.example,L4
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(folder=tmp_path / "home", database_url=None)


def valid(name: str, text: str) -> dict[str, Any]:
    """The one document printed, checked against its published schema."""
    schema = json.loads(
        files("datumline").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    )
    document: dict[str, Any] = json.loads(text)
    Draft202012Validator(schema).validate(document)
    return document


def test_people_in_json_and_in_lines(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(PEOPLE)
    tried = valid("import", home.run("import", "people", str(table), "--dry-run", "--json").stdout)
    assert (tried["new"], tried["dry_run"]) == (3, True)
    done = home.run("import", "people", str(table))
    assert done.stdout.splitlines()[-1] == f"people from {table}: new 3, known 0, unmatched 0, refused 0"
    assert (done.returncode, done.stderr) == (0, "")
    listed = valid("people-list", home.run("people", "list", "--json").stdout)
    assert [each["name"] for each in listed["people"]] == ["Ines Okafor", "Mona Reyes"]
    shown = valid("people-show", home.run("people", "show", "ines@firm.example", "--json").stdout)
    assert (shown["manager"], shown["level"], shown["line"]) == (
        "mona@firm.example",
        "L4",
        ["mona@firm.example"],
    )
    (reading,) = valid("people-opened", home.run("people", "opened", "Ines Okafor", "--json").stdout)[
        "opened"
    ]
    assert (reading["actor"], reading["noun"], reading["what"]) == ("operator", "person", "people show")


def test_strangers_are_listed_and_resolved(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(PEOPLE)
    home.run("import", "people", str(table))
    clone = Repository(tmp_path / "billing")
    clone.change("a.py", "1\n", "Add a", by="ines okafor <ines@home.example>")
    report = valid("import", home.run("import", "git", str(clone.path), "--json").stdout)
    (one,) = report["unmatched_people"]
    assert (one["name"], one["changes"], one["perhaps"]) == ("ines okafor", 1, ["Ines Okafor"])
    unmatched = valid("people-unmatched", home.run("people", "unmatched", "--json").stdout)
    assert len(unmatched["unmatched"]) == 1
    home.run("people", "resolve", "ines@home.example", "ines@firm.example")
    assert home.run("people", "unmatched").stdout == "everybody whom a source names is on file\n"
    assert home.run("ledger", "verify").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("people", "{missing}"),
            "datumline: No such file or directory, {missing}, expected a CSV or XLSX file",
        ),
        (("people", "{empty}"), "datumline: an empty file, {empty}, expected a header row, then rows"),
        (
            ("csv", "{table}", "--kind", "holidays"),
            "datumline: no kind 'holidays', --kind, expected one of commitments, incidents",
        ),
        (
            ("people", "{table}", "--map", "name"),
            "datumline: 'name' maps nothing, --map, expected FIELD=HEADER",
        ),
        (
            ("git", "{missing}"),
            f"datumline: no such folder, {{missing}}, expected {EXPECTED}",
        ),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    home: Home, tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "table").write_text(PEOPLE)
    named = {name: str(tmp_path / name) for name in ("missing", "empty", "table")}
    done = home.run("import", *(word.format(**named) for word in arguments))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line.format(**named) + "\n")
    assert home.run("people", "list").stdout.startswith("nobody is on file yet")


def test_headers_that_mean_nothing_are_named(home: Home, tmp_path: Path) -> None:
    people, promises = tmp_path / "people.csv", tmp_path / "promises.csv"
    people.write_text("name,work e-mail,joined on,Shoe size\nInes Okafor,ines@firm.example,2024-05-13,39\n")
    done = home.run("import", "people", str(people))
    assert "note: columns not used: 'Shoe size' (--map FIELD=HEADER)" in done.stdout.splitlines()
    assert valid("people-show", home.run("people", "show", "Ines Okafor", "--json").stdout)["start_date"] == (
        "2024-05-13"
    )
    promises.write_text("who,what,by\nines@firm.example,Export,2026-05-04\n")
    told = home.run("import", "csv", str(promises), "--kind", "commitments").stderr
    assert "expected --map work=HEADER --map due=HEADER with one of 'who', 'what', 'by'" in told
    mapped = ("--map", "work=what", "--map", "due=by", "--dry-run", "--json")
    tried = valid("import", home.run("import", "csv", str(promises), "--kind", "commitments", *mapped).stdout)
    assert (tried["new"], tried["notes"]) == (1, [])
