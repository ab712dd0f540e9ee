"""A manager's first evening on the command line: people in, a line logged, a status, a verdict, a page."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pypdf import PdfReader

from datumline.services.schemas import schema
from support.homes import Home

PEOPLE = """name,email,manager,team,level,role,start date
Mara Lindqvist,mara@example.org,,Payments,L6,engineering-manager,2020-01-06
Ilse Okafor,ilse@example.org,mara@example.org,Payments,L5,engineer,2022-03-01
Tomas Bree,tomas@example.org,mara@example.org,Payments,L4,engineer,2024-03-01
"""
LINE = "missed invoice-export due 2026-05-04, delivered 05-13 #deliver-results"


@pytest.fixture
def peopled(database_home: Home, tmp_path: Path) -> Home:
    table = tmp_path / "people.csv"
    table.write_text(PEOPLE)
    done = database_home.run("import", "people", str(table))
    assert (done.returncode, done.stderr) == (0, "")
    return database_home


def answered(home: Home, *arguments: str) -> dict[str, Any]:
    done = home.run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, ""), arguments
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_from_people_to_a_page(peopled: Home, tmp_path: Path) -> None:
    logged = answered(peopled, "log", LINE, "--about", "ilse@example.org", "--key", "k1")
    Draft202012Validator(schema("log")).validate(logged)
    again = answered(peopled, "log", LINE, "--about", "ilse@example.org", "--key", "k1")
    assert again["receipt"] == logged["receipt"]

    status = answered(peopled, "status", "Ilse Okafor")
    Draft202012Validator(schema("status")).validate(status)
    assert status["person"]["manager"]["name"] == "Mara Lindqvist"
    assert status["entries"]["standing"] == 1
    assert [(each["table"], each["verdict"]) for each in status["verdicts"]] == [
        ("non-negotiables", "unknown")
    ]
    plan = answered(peopled, "verdict", "plan", "--person", "ilse@example.org")
    assert (plan["verdict"], plan["facts"]["entries"]) == ("feedback-gap", [])

    pdf = tmp_path / "ilse.pdf"
    made = answered(peopled, "doc", "signal-log", "ilse@example.org", "-o", str(pdf))
    Draft202012Validator(schema("document")).validate(made)
    assert (made["pages"], made["fits"]) == (1, True)
    text = PdfReader(io.BytesIO(pdf.read_bytes())).pages[0].extract_text()
    assert "Ilse Okafor" in text

    assert peopled.run("ledger", "verify").returncode == 0


def test_a_past_day_leaves_out_what_was_written_later_and_says_so(peopled: Home) -> None:
    answered(peopled, "log", LINE, "--about", "ilse@example.org")
    past = answered(peopled, "status", "ilse@example.org", "--as-of", "2026-06-30")
    assert past["entries"] == {"standing": 0, "written_later": 1}
    known = answered(
        peopled, "status", "ilse@example.org", "--as-of", "2026-06-30", "--known-at", "2100-01-01T00:00:00Z"
    )
    assert known["entries"] == {"standing": 1, "written_later": 0}
    (on_time,) = [each for each in known["signals"] if each["id"] == "on-time"]
    assert (on_time["numerator"], on_time["denominator"]) == (0, 1)


def test_a_colleague_sees_nobody_where_a_manager_sees_a_record(peopled: Home) -> None:
    answered(peopled, "log", LINE, "--about", "ilse@example.org")
    assert answered(peopled, "status", "ilse@example.org", "--as", "mara@example.org")["signals"]
    colleague = peopled.run("status", "ilse@example.org", "--as", "tomas@example.org")
    nobody = peopled.run("status", "nobody@example.org", "--as", "tomas@example.org")
    assert (colleague.returncode, colleague.stdout) == (2, "")
    assert colleague.stderr.replace("ilse", "nobody") == nobody.stderr


def test_a_verdict_is_for_who_may_read_the_record(peopled: Home) -> None:
    asked = ("verdict", "plan", "--person", "ilse@example.org", "--as")
    assert answered(peopled, *asked, "mara@example.org")["verdict"] == "feedback-gap"
    refused = peopled.run(*asked, "tomas@example.org")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "nobody is known as" in refused.stderr


def test_a_private_note_is_its_author_s_alone_and_no_evidence(peopled: Home) -> None:
    note = "note to self, ask about the hand-over"
    answered(peopled, "log", note, "--about", "ilse@example.org", "--private", "--as", "mara@example.org")
    own = answered(peopled, "status", "ilse@example.org", "--as", "ilse@example.org")
    assert own["entries"]["standing"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log", "helped a lot", "--about", "ilse@example.org"), "does not say what this is"),
        (("log", LINE, "--about", "ghost@example.org"), "nobody is known as"),
        (("log", LINE), "--about"),
        (("status", "ilse@example.org", "--as-of", "30.06.2026"), "not a day"),
        (("status", "ilse@example.org", "--known-at", "2026-06-30T17:00"), "not an instant"),
        (("doc", "signal-log", "ilse@example.org"), "no file named"),
        (("doc", "signal-log", "ilse@example.org", "-o", "x.docx"), "no document format"),
        (("doc", "signal-log", "ilse@example.org", "-o", "/nowhere/x.pdf"), "No such file"),
        (("nosuch",), "nosuch"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    peopled: Home, arguments: tuple[str, ...], said: str
) -> None:
    done = peopled.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("datumline: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
