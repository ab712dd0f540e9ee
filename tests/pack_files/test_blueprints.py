"""A company's own blueprint: what is wrong in it is said with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from yaml import safe_load

from datumline.pack_files import PackFaults, load
from datumline.pack_files.inheritance import SHIPPED
from datumline.services.schemas import schema
from support.packs import write_pack

FILE = "blueprints/own.yaml"
FOUR = "[What one, What two, What three, What four]"
OWN = f"""\
on-call:
  title: A night on call
  kind: interview
  reference: ours
  minutes: 20
  scenario: The phone rings at three.
  dimensions:
    calm: {{name: Calm, points: 100}}
  phases:
    night:
      name: The night
      ends: 12
      questions: [What do you do?]
    day:
      name: The day after
      ends: 20
      questions: [And in the morning?]
  items:
    stop-harm:
      name: Stops the harm first
      phase: night
      weights: {{calm: 2}}
      says: Stops the harm before looking for the cause
      examples: [I roll it back first., I switch it off and then look., First customers are safe., I drain the traffic.]
      stronger: Stop the harm first.
      probes: {FOUR}
    tell-others:
      name: Tells who has to know
      phase: day
      weights: {{calm: 1}}
      says: Tells the people concerned what happened
      examples: [I write to support., I post an update., I tell the lead., I inform the customers.]
      stronger: Tell them.
      probes: [Who knew, Who did not, From whom, And when]
  follow_ups:
    no-figure: {FOUR}
    half-answer: {FOUR}
    dodge: {FOUR}
    closing: {FOUR}
"""


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackFaults) as raised:
        load(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in raised.value.problems]


def test_a_sound_one_is_there_beside_the_shipped_ones(tmp_path: Path) -> None:
    policy = load(write_pack(tmp_path, {FILE: OWN}))
    assert {"on-call", "em-performance", "bar-raiser-l6"} <= policy.blueprints.keys()
    assert [item.id for item in policy.blueprint("on-call").of_phase("night")] == ["stop-harm"]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("phase: night", "phase: nihgt", f"item stop-harm: 'phase' is 'nihgt', {FILE}:21, expected 'night' or another known name"),
        ("ends: 20", "ends: 10", f"blueprint on-call: phase 'day' ends at 10, {FILE}:14, expected a minute after 12"),
        ("weights: {calm: 2}", "weights: {clam: 2}", f"item stop-harm: weights: the unknown name 'clam', {FILE}:22, expected 'calm'"),
        ("minutes: 20", "minutes: interview.nothing", f"blueprint on-call: the unknown parameter 'interview.nothing' under 'minutes', {FILE}:5, expected a key of parameters/"),
        ("[Who knew, Who did not, From whom, And when]", "[Who knew]", f"item tell-others: 1 texts under 'probes', {FILE}:34, expected at least 4"),
        ("Who did not", "Do you tell others", f"blueprint on-call: a probe of 'tell-others' names it: 'Do you tell others', {FILE}:27, expected a question that does not"),
        ("Who did not", "What one", f"blueprint on-call: 'What one' under 'stop-harm' and 'tell-others', {FILE}:27, expected each probe once"),
        ("kind: interview", "kind: quiz", f"blueprint on-call: 'kind' is 'quiz', {FILE}:3, expected one of interview, conversation"),
        ("  title: A night on call\n", "  extends: nobody\n  title: A night on call\n", f"blueprint on-call: nothing to extend, {FILE}:2, expected the id of a blueprint that extends none"),
        ("      says: Tells the people concerned what happened\n", "", f"item tell-others: without 'says', {FILE}:28, expected 'says': what an answer says that covers it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in OWN
    assert said in faults_of(write_pack(tmp_path, {FILE: OWN.replace(right, wrong, 1)}))


@pytest.mark.parametrize("path", sorted((SHIPPED / "blueprints").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_ones_follow_the_published_schema(path: Path) -> None:
    Draft202012Validator(schema("pack-blueprints")).validate(safe_load(path.read_text(encoding="utf-8")))


def test_the_performance_round_is_whole() -> None:
    found = load().blueprint("em-performance")
    assert (len(found.items), len(found.mistakes), len(found.phases)) == (16, 7, 4)
    probes = [probe for item in found.items.values() for probe in item.probes]
    probes += [probe for mistake in found.mistakes.values() for probe in mistake.probes]
    assert len(probes) == len(set(probes)) >= 4 * 23


def test_level_seven_takes_over_level_six_and_adds_to_it() -> None:
    six, seven = load().blueprint("bar-raiser-l6"), load().blueprint("bar-raiser-l7")
    assert six.items.keys() < seven.items.keys()
    assert seven.phases["impact"] != six.phases["impact"]
    assert seven.phases["failure"] == six.phases["failure"]
    assert not six.dimensions
