"""`datumline policy` and `datumline schema`, run as their users run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.pack_files.inheritance import SHIPPED
from datumline.services.schemas import names, schema
from support.homes import Home
from support.packs import write_pack


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(folder=tmp_path / "home", database_url=None)


def test_show_as_json_fits_its_schema(home: Home) -> None:
    done = home.run("policy", "show", "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    Draft202012Validator(schema("policy-show")).validate(document)
    assert {"pip.clock", "window.signals"} <= {one["key"] for one in document["parameters"]}


def test_show_names_value_source_and_meaning(home: Home) -> None:
    done = home.run("policy", "show", "pip.clock")
    assert done.stdout.splitlines()[:2] == [
        "pip.clock: 60 days [S4]",
        "  How many days a formal plan runs; past them it is overdue.",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["show", "pip.clok"], "datumline: no parameter 'pip.clok', KEY, expected 'pip.clock'\n"),
        (
            ["show", "--on", "June"],
            "datumline: 'June' is not a day, --on, expected a date such as 2026-06-30\n",
        ),
    ],
)
def test_bad_arguments_are_one_line(home: Home, arguments: list[str], line: str) -> None:
    done = home.run("policy", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line)


def test_activate_then_show(home: Home, tmp_path: Path) -> None:
    wait = "pip.more_time:\n  reference: ours\n  values: {1970-01-01: 45}\n"
    pack = write_pack(tmp_path / "pack", {"parameters/plan.yaml": wait})
    done = home.run("policy", "activate", str(pack))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("example 3: in force from ")
    assert home.run("policy", "show", "pip.more_time").stdout.startswith("pip.more_time: 45 days [ours]")
    before = home.run("policy", "show", "pip.more_time", "--on", "2020-01-01")
    assert before.stdout.startswith("pip.more_time: 30 days [S4")


def test_a_sound_pack_passes_its_check(home: Home, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    done = home.run("policy", "check", str(pack), "--json")
    document = json.loads(done.stdout)
    Draft202012Validator(schema("policy-check")).validate(document)
    assert (done.returncode, done.stderr, document["clean"]) == (0, "", True)
    assert home.run("policy", "check", str(pack)).stdout == "example 3: sound, 0 worked cases right\n"


def test_every_fault_is_a_line_of_its_own(home: Home, tmp_path: Path) -> None:
    faulty = "pip.more_time:\n  reference: hearsay\n  values: {2026-07-01: 999}\n"
    pack = write_pack(tmp_path / "pack", {"parameters/plan.yaml": faulty})
    done = home.run("policy", "check", str(pack), "--json")
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert len(lines) == 2
    assert all(line.startswith("datumline: pip.more_time: ") for line in lines)
    assert "plan.yaml:3, expected 7 to 120" in lines[1]
    document = json.loads(done.stdout)
    Draft202012Validator(schema("policy-check")).validate(document)
    assert len(document["faults"]) == 2


def test_a_check_opens_no_home(home: Home, tmp_path: Path) -> None:
    home.run("policy", "check", str(write_pack(tmp_path / "pack")))
    assert not home.folder.exists()


def test_the_shipped_pack_keeps_its_own_cases(home: Home) -> None:
    done = home.run("policy", "check", str(SHIPPED))
    assert (done.returncode, done.stderr) == (0, "")


def test_schema_lists_names_and_prints_one(home: Home) -> None:
    assert home.run("schema").stdout.split() == list(names())
    assert json.loads(home.run("schema", "pack").stdout) == schema("pack")
    done = home.run("schema", "packs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("datumline: no schema 'packs', NAME, expected one of ")
