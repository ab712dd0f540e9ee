"""The pack in force over a real home: past days keep theirs, and nothing counts before it was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from datumline.config.wiring import context_of, open_home
from datumline.domain.people.access import Actor
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.pack_files import PackFaults, load
from datumline.services.context import Context
from datumline.services.policy import activate, active_policy, check, plain, shown
from datumline.services.verdicts import judge
from support.homes import Home
from support.packs import write_pack

WAIT = "pip.more_time:\n  reference: ours\n  values: {2020-01-01: %d}\n"


@pytest.fixture
def context(database_home: Home) -> Context:
    return context_of(open_home(database_home.folder, database_url=database_home.database_url))


def pack(folder: Path, wait: int) -> Path:
    return write_pack(folder / f"wait-{wait}", {"parameters/plan.yaml": WAIT % wait})


def wait_on(context: Context, day: date) -> int:
    return active_policy(context, context.at(day)).days("pip.more_time", day)


def test_without_an_activation_the_shipped_pack_holds(context: Context) -> None:
    assert active_policy(context) is load()


def test_an_activated_pack_holds_from_its_day_and_past_days_keep_theirs(
    context: Context, tmp_path: Path
) -> None:
    start = context.today + timedelta(days=10)
    activate(context, pack(tmp_path, 45), start)
    assert wait_on(context, start - timedelta(days=1)) == 30
    assert wait_on(context, start) == 45
    activate(context, pack(tmp_path, 60), start + timedelta(days=5))
    assert [wait_on(context, start + timedelta(days=days)) for days in (0, 4, 5)] == [45, 45, 60]


def test_a_backdated_activation_changes_no_past_day(context: Context, tmp_path: Path) -> None:
    yesterday = context.today - timedelta(days=1)
    known_now = AsOf(as_of=yesterday, known_at=datetime.now(UTC) + timedelta(days=1))
    before = active_policy(context, known_now)
    active = activate(context, pack(tmp_path, 45), date(2020, 1, 1))
    assert active.starts == context.today
    assert active_policy(context, known_now) == before
    assert wait_on(context, context.today) == 45


def test_the_folder_may_go_once_its_pack_is_activated(context: Context, tmp_path: Path) -> None:
    folder = pack(tmp_path, 45)
    activate(context, folder)
    (folder / "pack.yaml").unlink()
    assert wait_on(context, context.today) == 45


def test_a_pack_with_faults_is_not_activated(context: Context, tmp_path: Path) -> None:
    with pytest.raises(PackFaults, match="999 is out of range"):
        activate(context, pack(tmp_path, 999))
    assert active_policy(context) is load()


def test_somebody_without_the_right_activates_nothing(context: Context, tmp_path: Path) -> None:
    visitor = replace(context, actor=Actor())
    with pytest.raises(Problem, match="you may not activate a pack"):
        activate(visitor, pack(tmp_path, 45))
    assert active_policy(context) is load()


CASE = """\
waits-thirty-days:
  says: The wait after the second note has just ended.
  table: plan
  facts:
    as_of: 2026-06-30
    delivering: false
    mismatch: none
    strong_since: null
    dropped_on: null
    cycles: []
    entries:
      - {kind: occurrence, occurred_on: 2026-02-03, recorded_at: '2026-02-03T09:00:00Z', seen: observed}
      - {kind: written-note, occurred_on: 2026-03-12, recorded_at: '2026-03-12T09:00:00Z',
         shared_at: '2026-03-12T09:00:00Z'}
      - {kind: sbi, occurred_on: 2026-04-02, recorded_at: '2026-04-02T09:00:00Z', shared_at: null}
      - {kind: written-note, occurred_on: 2026-05-31, recorded_at: '2026-05-31T09:00:00Z',
         shared_at: '2026-05-31T09:00:00Z'}
      - {kind: occurrence, occurred_on: 2026-06-20, recorded_at: '2026-06-20T09:00:00Z', seen: observed}
  verdict: start-plan
  answers:
    wait-over: met
"""


def test_a_check_runs_the_worked_cases(tmp_path: Path) -> None:
    sound = write_pack(tmp_path / "sound", {"cases/plan.yaml": CASE})
    assert check(sound, judge).problems == ()
    assert check(sound, judge).cases == 1


def test_a_changed_number_shows_in_the_case_that_it_moves(tmp_path: Path) -> None:
    files = {"cases/plan.yaml": CASE, "parameters/plan.yaml": WAIT % 31}
    found = check(write_pack(tmp_path, dict(files)), judge)
    where = f"{tmp_path}/cases/plan.yaml:2"
    assert [str(problem) for problem in found.problems] == [
        f"case waits-thirty-days: the verdict is follow-up-note, {where}, expected start-plan",
        f"case waits-thirty-days: 'wait-over' is not-met, {where}, expected met",
    ]


def test_a_check_names_every_fault(tmp_path: Path) -> None:
    found = check(write_pack(tmp_path, {"parameters/a.yaml": WAIT % 999, "colours.yaml": "x: 1\n"}), judge)
    assert found.policy is None
    assert len(found.problems) == 2


def test_a_key_shows_itself_and_what_stands_below_it() -> None:
    day = date(2026, 6, 30)
    assert [one.parameter.key for one in shown(load(), day, "pip.conditions")][:2] == [
        "pip.conditions",
        "pip.conditions.cycles",
    ]
    assert len(shown(load(), day)) == len(load().parameters)
    with pytest.raises(Problem, match=r"no parameter 'pip\.clok', KEY, expected 'pip\.clock'"):
        shown(load(), day, "pip.clok")


def test_values_as_json_holds_them() -> None:
    on = date(2026, 6, 30)
    values = {key: plain(parameter.on(on)) for key, parameter in load().parameters.items()}
    assert values["recency.bar"] == 33.3
    assert values["on_time.senior_bar"] == 90
    assert values["reminders.offsets"] == [-3, 0, 1]
    assert values["bar_raiser.place"] == "virtual"
