"""The shipped pack: the numbers that the sources fix, words for everything, files that fit their schemas."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from runpy import run_path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.evidence.kinds import Kind
from datumline.domain.policy.case import WorkedCase
from datumline.domain.policy.decision_table import DecisionTable
from datumline.domain.policy.parameter import Unit, Value
from datumline.domain.policy.worked import mismatches
from datumline.domain.signals.catalogue import NAMES
from datumline.pack_files import load
from datumline.pack_files.inheritance import SHIPPED
from datumline.pack_files.readers import json_of
from datumline.pack_files.yaml_tree import parse
from datumline.services.schemas import names, schema
from datumline.services.verdicts import judge
from support.tree import ROOT

TODAY = date(2026, 6, 30)
PACK = load()

FIXED = {
    "window.signals": "180 days",
    "on_time.senior_bar": "90 percent",
    "on_time.quarters": "2 quarters",
    "on_time.bar_raiser_floor": "85 percent",
    "remediation.window": "30 days",
    "remediation.incident_ledger": "30 days",
    "remediation.follow_up": "15 days",
    "bar_raiser.after_review": "45 days",
    "bar_raiser.round": "5 count",
    "bar_raiser.confirm_before": "7 days",
    "bar_raiser.panel": "5 count",
    "bar_raiser.length": "60 minutes",
    "bar_raiser.place": "virtual text",
    "bar_raiser.cross_team_projects": "2 count",
    "bar_raiser.customer_impact": "1 count",
    "bar_raiser.trade_offs_with_data": "1 count",
    "signal_log.pages": "1 pages",
    "recovery.feedback_request": "48 hours",
    "recovery.call": "15 minutes",
    "recovery.rerun_window": "30 days",
    "recovery.too_late": "45 days",
    "recovery.repair_pages": "1 pages",
    "recovery.metrics": "3 count",
    "recovery.horizon": "90 days",
    "recovery.impact_programs": "3 count",
    "interview.em_performance": "30 minutes",
    "interview.em_performance.diagnosis_ends": "8 minutes",
    "interview.em_performance.plan_ends": "18 minutes",
    "interview.em_performance.accountability_ends": "26 minutes",
    "interview.em_performance.outcomes_ends": "30 minutes",
    "interview.rubric.objectives_alignment": "30 points",
    "interview.rubric.level_expectations": "30 points",
    "interview.rubric.technical_proficiency": "20 points",
    "interview.rubric.communication": "20 points",
    "coaching.consistency": "6 weeks",
    "coaching.decision_owed": "8 weeks",
    "coaching.problem_types": "4 count",
    "outcomes.min_paths": "2 count",
    "star.shares.situation": "25 percent",
    "star.shares.task": "20 percent",
    "star.shares.action": "35 percent",
    "star.shares.result": "20 percent",
    "stories.leadership.least": "5 count",
    "stories.leadership.most": "7 count",
    "stories.character.least": "3 count",
    "stories.character.most": "5 count",
    "stories.vision.least": "3 count",
    "stories.vision.most": "5 count",
    "pip.conditions": "named-in-writing, repeated, unchanged texts",
    "pip.conditions.cycles": "2 count",
    "pip.conditions.months": "2 months",
    "pip.conditions.written_notes": "2 count",
    "pip.conditions.sbi": "1 count",
    "pip.clock": "60 days",
    "pip.dragging_month": "4 months",
    "pip.more_time": "30 days",
    "pip.strong_tenure": "2 years",
    "transition.internal": "4 weeks",
    "transition.external": "6 weeks",
    "visibility.months": "6 months",
    "visibility.artifacts": "4 count",
    "visibility.first_audit": "3 months",
    "visibility.second_audit": "5 months",
    "visibility.forecast_from": "4 months",
    "visibility.horizon": "12 months",
    "stretch.checks": "3 count",
    "growth.monthly.least": "5 count",
    "growth.monthly.most": "8 count",
    "growth.quarterly.least": "1 pages",
    "growth.quarterly.most": "2 pages",
    "growth.packet.least": "4 pages",
    "growth.packet.most": "6 pages",
    "calibration.pre_read": "1 pages",
    "calibration.pre_read.before": "2 days",
    "calibration.pre_read.artifacts": "3 count",
    "calibration.pre_read.bullets": "3 count",
    "calibration.room": "90 minutes",
    "calibration.room.peers.least": "4 count",
    "calibration.room.peers.most": "6 count",
    "calibration.room.directors": "1 count",
    "calibration.borderline": "2 count",
    "promotion.first_round": "70 percent",
    "surprise.rate": "0 percent",
    "sbi.parts": "situation, behaviour, impact, ask, commit texts",
    "feedback.doc_question": "48 hours",
    "design_doc.first_review": "70 percent",
    "design_doc.citation": "6 months",
    "review.slow": "24 hours",
    "review.blocking": "4 days",
    "promotion.staff_check.adopted_documents": "3 count",
    "promotion.staff_check.services": "2 count",
    "promotion.staff_check.unblocked": "5 count",
    "horizons.answers.least": "3 years",
    "horizons.answers.most": "5 years",
    "horizons.situations.least": "2 years",
    "horizons.situations.most": "3 years",
    "innovation.share": "20 percent",
    "hr.skip_level_told": "1 weeks",
    "support.narrow_scope": "30 days",
    "evidence.late_after": "14 days",
    "evidence.burst": "3 count",
    "evidence.burst_within": "14 days",
    "evidence.burst_age": "30 days",
    "evidence.first_note_within": "14 days",
    "regression.level": "5 percent",
    "regression.least_count": "5 count",
    # The precise readings
    "coaching.area_share": "75 percent",
    "coaching.least_weeks": "6 weeks",
    "coaching.area_missed_weeks": "3 weeks",
    "coaching.persistent_weeks": "6 weeks",
    "coaching.persistent_share": "50 percent",
    "coaching.weeks_read": "8 weeks",
    "escalation.stale_after": "7 days",
    "escalation.carry_forward": "14 days",
}


@pytest.mark.parametrize(("key", "fixed"), FIXED.items())
def test_the_numbers_that_the_sources_fix(key: str, fixed: str) -> None:
    parameter = PACK.parameter(key)
    assert f"{written(parameter.on(TODAY))} {parameter.unit}" == fixed


def written(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("key", PACK.parameters)
def test_a_meaning_is_one_sentence(key: str) -> None:
    meaning = PACK.parameters[key].meaning
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert meaning.count(". ") == 0


def test_parts_of_a_whole_add_up() -> None:
    for prefix in ("star.shares.", "interview.rubric."):
        shares = [PACK.number(key, TODAY) for key in PACK.parameters if key.startswith(prefix)]
        assert sum(shares) == 100


def test_what_is_least_is_no_more_than_what_is_most() -> None:
    pairs = [key.removesuffix(".least") for key in PACK.parameters if key.endswith(".least")]
    assert pairs
    for pair in pairs:
        assert PACK.number(f"{pair}.least", TODAY) <= PACK.number(f"{pair}.most", TODAY), pair


@pytest.mark.parametrize("table", PACK.tables.values(), ids=lambda table: table.name)
def test_every_verdict_row_and_condition_has_its_words(table: DecisionTable) -> None:
    needed = [f"verdict.{table.name}.{verdict}" for verdict in table.verdicts]
    needed += [f"row.{table.name}.{row.id}" for row in table.rows]
    needed += [f"condition.{table.name}.{condition}" for condition in table.conditions]
    assert [phrase for phrase in needed if phrase not in PACK.phrases] == []


@pytest.mark.parametrize("table", PACK.tables.values(), ids=lambda table: table.name)
def test_every_condition_is_read_and_every_verdict_has_a_case(table: DecisionTable) -> None:
    read = {term.condition for row in table.rows for term in row.terms}
    if table.name == "readiness":  # its bars are read through the dimensions, by level
        read |= {bar for level in PACK.rubrics.values() for bars in level.bars.values() for bar in bars}
    assert read == set(table.conditions)
    asked = Counter(case.verdict for case in PACK.cases if case.table == table.name)
    assert set(asked) == set(table.verdicts)


@pytest.mark.parametrize("case", PACK.cases, ids=lambda case: case.id)
def test_a_verdict_of_a_worked_case_can_be_said(case: WorkedCase) -> None:
    given = judge(case.table, case.facts, PACK)
    table = f"{case.table}.{given.next_step}"
    assert PACK.phrases.say(f"next.{table}", **given.next_step_figures)
    for condition in given.conditions:
        assert PACK.phrases.say(f"condition.{case.table}.{condition.id}", **condition.figures)


def test_the_worked_cases_are_right() -> None:
    assert [str(problem) for problem in mismatches(PACK, judge)] == []


def test_every_signal_has_a_name() -> None:
    assert [name for name in NAMES if f"signal.{name}" not in PACK.phrases] == []


def test_no_phrase_is_loud() -> None:
    texts = PACK.phrases.texts
    assert [key for key, text in texts.items() if "!" in text or "  " in text] == []


def test_the_principles_are_the_public_ones() -> None:
    critical = [principle.name for principle in PACK.principles.values() if principle.critical]
    assert len(PACK.principles) == 16
    assert sorted(critical) == [
        "Customer Obsession",
        "Deliver Results",
        "Have Backbone; Disagree and Commit",
        "Hire and Develop the Best",
        "Ownership",
        "Think Big",
    ]
    assert set(PACK.clusters) == {"ownership", "depth", "influence", "customer-focus"}
    in_use = {cluster for principle in PACK.principles.values() for cluster in principle.clusters}
    assert in_use == set(PACK.clusters)


def test_the_map_of_the_source() -> None:
    missed = PACK.metric_principles["missed-delivery-date"]
    assert missed.principles == ("bias-for-action", "deliver-results")
    assert PACK.metric_principles["shallow-post-mortem"].principles == ("dive-deep",)


SCHEMA_OF = {
    "pack.yaml": "pack",
    "principles.yaml": "pack-principles",
    "metric_principles.yaml": "pack-metric-principles",
    "kinds.yaml": "pack-kinds",
    "levels.yaml": "pack-levels",
}
FILES = sorted(SHIPPED.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SHIPPED).as_posix())
def test_every_file_fits_its_published_schema(path: Path) -> None:
    name = path.relative_to(SHIPPED).as_posix()
    published = schema(SCHEMA_OF.get(name) or f"pack-{path.parent.name}")
    tree = parse(path.read_bytes(), name)
    assert tree is not None
    errors = [error.message for error in Draft202012Validator(published).iter_errors(json_of(tree))]
    assert errors == []


def test_the_schemas_know_every_unit_and_kind() -> None:
    units = json.dumps([unit.value for unit in Unit])
    kinds = json.dumps([kind.value for kind in Kind])
    for name in ("pack-parameters", "policy-show"):
        assert units in json.dumps(schema(name))
    for name in ("pack-kinds", "pack-metric-principles"):
        assert kinds in json.dumps(schema(name))


@pytest.mark.parametrize("name", names())
def test_every_schema_is_a_schema(name: str) -> None:
    published = schema(name)
    Draft202012Validator.check_schema(published)
    assert published["$id"] == f"urn:datumline:schema:{name}"
    assert published["title"]


def test_the_reference_page_is_what_its_script_writes() -> None:
    script = run_path(str(ROOT / "scripts" / "write_parameters.py"))
    assert script["PAGE"].read_text(encoding="utf-8") == script["page"](PACK)
