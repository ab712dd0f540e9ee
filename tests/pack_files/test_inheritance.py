"""A pack on top of another: what it replaces, what it keeps, and what it cannot touch."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from datumline.pack_files import load
from support.packs import HEAD, write_pack

JULY = date(2026, 7, 1)
WAIT = "pip.more_time:\n  reference: ours\n  values: {2026-07-01: 45}\n"
CASE = "one:\n  says: Nothing.\n  table: plan\n  facts: {}\n  verdict: feedback-gap\n"


def test_a_new_value_stands_from_its_day_and_the_parents_before(tmp_path: Path) -> None:
    policy = load(write_pack(tmp_path, {"parameters/plan.yaml": WAIT}))
    assert policy.days("pip.more_time", JULY) == 45
    assert policy.days("pip.more_time", JULY - timedelta(days=1)) == 30
    assert policy.citation("pip.more_time").reference == "ours"
    assert policy.parameter("pip.more_time").meaning == load().parameter("pip.more_time").meaning


def test_everything_else_is_the_parents(tmp_path: Path) -> None:
    policy = load(write_pack(tmp_path, {"parameters/plan.yaml": WAIT}))
    shipped = load()
    untouched = set(shipped.parameters) - {"pip.more_time"}
    assert {key: policy.parameters[key] for key in untouched} == {
        key: shipped.parameters[key] for key in untouched
    }
    assert (policy.tables, policy.phrases, policy.principles) == (
        shipped.tables,
        shipped.phrases,
        shipped.principles,
    )


def test_cases_are_not_inherited(tmp_path: Path) -> None:
    assert load().cases
    assert [case.id for case in load(write_pack(tmp_path, {"cases/own.yaml": CASE})).cases] == ["one"]


def test_the_nearest_parent_wins(tmp_path: Path) -> None:
    write_pack(tmp_path / "group", {"parameters/plan.yaml": WAIT.replace("45", "50")})
    head = HEAD.replace("extends: default", "extends: ../group")
    later = WAIT.replace("2026-07-01: 45", "2026-09-01: 60")
    unit = load(write_pack(tmp_path / "unit", {"pack.yaml": head, "parameters/plan.yaml": later}))
    days = [unit.days("pip.more_time", day) for day in (date(2026, 6, 1), JULY, date(2026, 9, 1))]
    assert days == [30, 50, 60]


def test_a_phrase_and_a_subtype_of_ones_own(tmp_path: Path) -> None:
    files = {
        "phrases/own.yaml": "next.plan.wait: Nothing to do before {until}.\n",
        "kinds.yaml": "escaped-defect:\n  parent: incident\n  meaning: A defect that reached a customer.\n",
    }
    policy = load(write_pack(tmp_path, dict(files)))
    assert policy.phrases.say("next.plan.wait", until=JULY) == "Nothing to do before 1 July 2026."
    assert policy.subtypes["escaped-defect"].parent == "incident"
    assert "missed-kpi" in policy.subtypes
