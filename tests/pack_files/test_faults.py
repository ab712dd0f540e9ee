"""Every way in which a pack can be wrong: said with file and line, the key, and what was expected."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datumline.pack_files import PackFaults, load
from support.packs import HEAD, write_pack

WAIT = """\
pip.more_time:
  reference: "ours: our handbook 4.2"
  values:
    2026-07-01: 45
"""
TABLE = """\
plan:
  question: May it start?
  conditions: {on-file: none, repeated: pip.conditions}
  cautious: feedback-gap
  rows:
    - {id: one, verdict: start-plan, when: [repeated], irreversible: true, reference: ours}
    - {id: two, verdict: feedback-gap, reference: ours}
"""


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackFaults) as raised:
        load(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in raised.value.problems]


def test_a_sound_pack_has_none(tmp_path: Path) -> None:
    assert (
        load(write_pack(tmp_path, {"parameters/plan.yaml": WAIT, "tables/plan.yaml": TABLE})).ref.version
        == "3"
    )


P = "parameters/p.yaml"
PARAMETER_FAULTS = [
    ("2026-07-01: 45", "2026-07-01: 400", f"pip.more_time: 400 is out of range, {P}:4, expected 7 to 120"),
    (
        "2026-07-01: 45",
        "2026-07-01: '45'",
        f"pip.more_time in days is '45', {P}:4, expected a whole number",
    ),
    (
        "2026-07-01: 45",
        "2026-07-01: 45.5",
        f"pip.more_time in days is '45.5', {P}:4, expected a whole number",
    ),
    (
        "2026-07-01: 45",
        "2026-02-30: 45",
        f"pip.more_time: the day is '2026-02-30', {P}:4, expected a day such as 2026-05-04",
    ),
    (
        "2026-07-01: 45",
        "soon: 45",
        f"pip.more_time: the day is 'soon', {P}:4, expected a day such as 2026-05-04",
    ),
    (
        "2026-07-01: 45",
        "2026-07-01: 45\n    2026-07-01: 50",
        f"pip.more_time: the day '2026-07-01' twice, {P}:5, expected each day once",
    ),
    (
        "  values:\n    2026-07-01: 45",
        "  values: 45",
        f"pip.more_time: 'values' is '45', {P}:3, expected values by first day, such as 2026-01-01: 30",
    ),
    (
        '  reference: "ours: our handbook 4.2"\n',
        "",
        f"pip.more_time: without 'reference', {P}:2, expected 'reference': who says so, such as ours",
    ),
    (
        '"ours: our handbook 4.2"',
        "hearsay",
        (
            f"pip.more_time: 'reference' is 'hearsay', {P}:2, expected a source: "
            "S0 to S4, 'reading 21', 'law 1', 'ours' or 'ours: our handbook 4.2'"
        ),
    ),
    (
        "  values:",
        "  unit: weeks\n  values:",
        f"pip.more_time: 'unit' is 'weeks', {P}:3, expected 'days', as the rules read it",
    ),
    (
        "  values:",
        "  unit: day\n  values:",
        f"pip.more_time: 'unit' is 'day', {P}:3, expected 'days' or another known name",
    ),
    (
        "  values:",
        "  range: [120, 7]\n  values:",
        f"pip.more_time: 'range' goes from 120 to 7, {P}:3, expected the least first",
    ),
    (
        "  values:",
        "  note: hm\n  values:",
        (
            f"pip.more_time: the unknown key 'note', {P}:3, expected one of "
            "unit, range, meaning, reference, values"
        ),
    ),
    (
        "  values:",
        "  meaning: [a]\n  values:",
        f"pip.more_time: 'meaning' is a list, {P}:3, expected one sentence",
    ),
    (
        "pip.more_time:",
        "pip.more_tme:",
        f"the unknown parameter 'pip.more_tme', {P}:1, expected 'pip.more_time' or another known name",
    ),
    (
        "  values:",
        "  reference: ours\n  values:",
        f"pip.more_time: the key 'reference' twice, {P}:3, expected each key once",
    ),
    ("pip.more_time:\n", "", f"the unknown parameter 'reference', {P}:1, expected"),
]


@pytest.mark.parametrize(("old", "new", "fault"), PARAMETER_FAULTS)
def test_parameters(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in WAIT
    found = faults_of(write_pack(tmp_path, {P: WAIT.replace(old, new, 1)}))
    assert any(line.startswith(fault) for line in found), found


T = "tables/plan.yaml"
TABLE_FAULTS = [
    (
        "when: [repeated]",
        "when: [repeatd]",
        (
            f"table plan, row 1: the undeclared condition 'repeatd', {T}:6, "
            "expected 'repeated' or another known name"
        ),
    ),
    (
        "pip.conditions}",
        "pip.condition}",
        (
            f"table plan: conditions: the unknown parameter 'pip.condition', {T}:3, "
            "expected a key of parameters/, or 'none'"
        ),
    ),
    (
        "on-file: none",
        "gossip: none",
        f"table plan: the unknown condition 'gossip', {T}:2, expected one of on-file, first-hand,",
    ),
    (
        "irreversible: true, ",
        "",
        f"table plan: row 'one' without 'irreversible: true', {T}:2, expected it",
    ),
    ("cautious: feedback-gap", "cautious: start-plan", "table plan: 'cautious' is 'start-plan', "),
    ("  cautious: feedback-gap\n", "", f"table plan: without 'cautious', {T}:2, expected 'cautious': one of"),
    (
        "verdict: feedback-gap, reference",
        "verdict: feedback-gap, when: [on-file], reference",
        f"table plan: a last row that does not always hold, {T}:2, expected a last row without 'when'",
    ),
    (
        "when: [repeated], ",
        "",
        f"table plan: row 'one' always holds, so no later row is ever read, {T}:6, expected it last",
    ),
    ("id: two", "id: one", f"table plan: two rows called 'one', {T}:7, expected each row's id once"),
    (
        "when: [repeated]",
        "when: [repeated], any: [on-file]",
        f"table plan, row 1: both 'when' and 'any', {T}:6, expected one of them",
    ),
    (
        "irreversible: true",
        "irreversible: yes",
        f"table plan, row 1: 'irreversible' is 'yes', {T}:6, expected true or false",
    ),
    (
        "verdict: start-plan",
        "verdict: dismiss",
        f"table plan: the unknown verdict 'dismiss', {T}:2, expected",
    ),
    ("plan:\n", "pan:\n", f"the unknown table 'pan', {T}:1, expected 'plan' or another known name"),
]


@pytest.mark.parametrize(("old", "new", "fault"), TABLE_FAULTS)
def test_tables(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in TABLE
    found = faults_of(write_pack(tmp_path, {T: TABLE.replace(old, new, 1)}))
    assert any(line.startswith(fault) for line in found), found


RUBRIC = """\
L5:
  called: [Senior]
  scope: {services-owned: rubric.l5.services}
  impact: {strategy-changed: assessed}
  leverage: {engineers-unblocked: rubric.l5.unblocked}
  artifacts: {documents-adopted: rubric.l5.documents}
  command-counts: true
  reference: ours
"""
R = "rubrics/x.yaml"
RUBRIC_FAULTS = [
    ("L5:", "L55:", f"rubric L55: the unknown level, {R}:2, expected 'L5' or another known name"),
    (
        "services-owned",
        "services",
        f"rubric L5: the unknown bar 'services', {R}:2, expected 'services-owned'",
    ),
    ("{strategy-changed: assessed}", "{}", f"rubric L5: impact: no bars, {R}:4, expected bars with"),
    ("  leverage", "  levers", f"rubric L5: without 'leverage', {R}:2, expected 'leverage': bars with"),
    (
        "assessed",
        "judged",
        f"rubric L5: impact: the unknown parameter 'judged', {R}:4, expected a key of parameters/, or",
    ),
    (
        "command-counts: true",
        "command-counts: x",
        f"rubric L5: 'command-counts' is 'x', {R}:7, expected true",
    ),
]


@pytest.mark.parametrize(("old", "new", "fault"), RUBRIC_FAULTS)
def test_rubrics(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in RUBRIC
    found = faults_of(write_pack(tmp_path, {R: RUBRIC.replace(old, new, 1)}))
    assert any(line.startswith(fault) for line in found), found


def test_a_sound_rubric_replaces_the_shipped_one(tmp_path: Path) -> None:
    pack = load(write_pack(tmp_path, {R: RUBRIC}))
    assert pack.rubrics["L5"].called == ("Senior",)
    assert pack.rubrics["L5"].bars["impact"] == {"strategy-changed": None}
    assert set(pack.rubrics) == {"L4", "L5", "L6"}


FILE_FAULTS: list[tuple[dict[str, str | bytes], str]] = [
    ({P: b"a: \xff\n"}, f"bytes that are not UTF-8, {P}:1, expected text in UTF-8"),
    ({P: b"a: 1\nb: \x00\n"}, f"the character U+0000, {P}:2, expected printable text"),
    ({P: "a:\n\tb: 1\n"}, f"a tab in the indentation, {P}:2, expected spaces"),
    ({P: "a: &x 1\n"}, f"an anchor or alias, {P}:1, expected every value written out"),
    ({P: "a: &x [1, 1]\nb: [*x, *x]\n"}, f"an anchor or alias, {P}:1, expected every value written out"),
    ({P: "a: !!python/object:os.system 1\n"}, f"the tag tag:yaml.org,2002:python/object:os.system, {P}:1"),
    ({P: "a: [1\n"}, f"not YAML (did not find expected ',' or ']'), {P}:2, expected YAML"),
    ({P: "a: 1\n---\nb: 2\n"}, f"a second document, {P}:2, expected one document in a file"),
    ({P: "? [a]\n: 1\n"}, f"a key that is no text, {P}:1, expected a text before the colon"),
    ({P: ""}, f"an empty file, {P}, expected keys with values"),
    ({P: "- a\n"}, f"a file that is no mapping, {P}:1, expected keys with values"),
    ({P: "[" * 30 + "]" * 30}, f"more than 24 levels, {P}:1, expected a flatter file"),
    ({P: "a: [" + "1," * 60_000 + "1]"}, f"more than 50000 values, {P}:1, expected a smaller file"),
    ({P: "# " + "x" * 1_100_000}, f"1100002 bytes, {P}, expected at most 1000000 bytes"),
    ({"params/x.yaml": "a: 1\n"}, "a file that no pack holds, params/x.yaml, expected"),
    ({"parameters/x.yml": "a: 1\n"}, "a file that no pack holds, parameters/x.yml, expected"),
    (
        {"phrases/x.yaml": "next.plan.wait: Wait until {untl}.\n"},
        "phrase next.plan.wait: the unknown figure 'untl', phrases/x.yaml:1, expected only until",
    ),
    (
        {"phrases/x.yaml": "next.plan.wait: Wait until {until.\n"},
        "phrase next.plan.wait: braces that do not pair, phrases/x.yaml:1, expected figures as {name}",
    ),
    (
        {"phrases/x.yaml": "next.plan.hurry: Now.\n"},
        "the unknown phrase 'next.plan.hurry', phrases/x.yaml:1, expected",
    ),
    (
        {"kinds.yaml": "escape:\n  parent: incidnt\n  meaning: A defect.\n"},
        "kind escape: 'parent' is 'incidnt', kinds.yaml:2, expected 'incident' or another known name",
    ),
    (
        {"kinds.yaml": "incident:\n  parent: incident\n  meaning: A defect.\n"},
        "kind incident: the name of a kind of the closed list, kinds.yaml:2, expected a name of its own",
    ),
    (
        {"principles.yaml": "principals: {}\n"},
        "the unknown key 'principals', principles.yaml:1, expected 'principles' or another known name",
    ),
    (
        {
            "metric_principles.yaml": "slip:\n  says: It slipped.\n  kind: commitment\n  speaks: against\n"
            "  principles: [speed]\n  reference: ours\n"
        },
        (
            "metric slip: the unknown principle 'speed', metric_principles.yaml:5, "
            "expected an id of principles.yaml"
        ),
    ),
    (
        {"levels.yaml": "levels:\n  E5:\n    name: E5\n    rank: five\n    meaning: Senior.\n"},
        "level E5: 'rank' is 'five', levels.yaml:4, expected a whole number",
    ),
    (
        {"cases/c.yaml": "one:\n  says: A case.\n  table: plan\n  facts: {}\n  verdict: dismiss\n"},
        "case one: 'verdict' is 'dismiss', cases/c.yaml:5, expected one of investigate,",
    ),
    (
        {"parameters/a.yaml": WAIT, "parameters/b.yaml": WAIT},
        "the key 'pip.more_time' twice (also ",
    ),
    (
        {"pack.yaml": HEAD.replace("owner: Example Ltd\n", "")},
        "pack: without 'owner', pack.yaml:1, expected 'owner': a text",
    ),
    (
        {"pack.yaml": HEAD.replace("2020-01-01", "July")},
        "pack: 'effective-from' is 'July', pack.yaml:3, expected a day such as 2026-05-04",
    ),
    (
        {"pack.yaml": HEAD.replace("extends: default", "extends: ../gone")},
        "no pack at '../gone', pack.yaml:4, expected 'default', or the path of a pack's folder from here",
    ),
    (
        {"pack.yaml": HEAD.replace("default", "x" * 5_000)},
        "no pack at 'xxx",
    ),
    (
        {"pack.yaml": HEAD.replace("extends: default", "extends: .")},
        "'.' extends this pack again, pack.yaml:4, expected parents without a cycle",
    ),
]


@pytest.mark.parametrize(("files", "fault"), FILE_FAULTS)
def test_files(tmp_path: Path, files: dict[str, str | bytes], fault: str) -> None:
    found = faults_of(write_pack(tmp_path, files))
    assert any(line.startswith(fault) for line in found), found


def test_a_cycle_over_two_packs(tmp_path: Path) -> None:
    write_pack(tmp_path / "first", {"pack.yaml": HEAD.replace("default", "../second")})
    second = write_pack(tmp_path / "second", {"pack.yaml": HEAD.replace("default", "../first")})
    with pytest.raises(PackFaults, match=r"'\.\./second' extends this pack again, .*pack\.yaml:4"):
        load(second)


def test_every_fault_is_named_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        {
            "parameters/b.yaml": WAIT.replace("45", "400"),
            "parameters/a.yaml": "pip.clock:\n  values: {2026-07-01: x}\nnobody.asked: {reference: ours}\n",
        },
    )
    places = [line.split(", ")[1] for line in faults_of(folder)]
    assert places == sorted(places)
    assert {place.split(":")[0] for place in places} == {"parameters/a.yaml", "parameters/b.yaml"}
    assert len(places) >= 4


def test_a_pack_on_its_own_needs_every_name(tmp_path: Path) -> None:
    found = faults_of(write_pack(tmp_path, {"pack.yaml": HEAD.replace("extends: default\n", "")}))
    assert any("no parameter 'pip.clock'" in line for line in found)
    assert any("no table 'plan'" in line for line in found)


def test_no_folder_and_no_pack(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == [
        f"no folder '{tmp_path}/nowhere', {tmp_path}/nowhere, expected the folder of a pack"
    ]
    assert faults_of(tmp_path) == [f"no pack.yaml, {tmp_path}, expected a folder with a pack.yaml"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_bring_more_than_faults(tmp_path: Path, content: bytes) -> None:
    write_pack(tmp_path, {P: content})
    with suppress(PackFaults):  # nothing else may come of it
        load(tmp_path)
