"""What would change a plan verdict, and how long it holds: tried set by set and day by day."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from datumline.domain.improvement.plan import decided, plan, plan_outcome
from datumline.domain.improvement.plan_conditions import bars_of
from datumline.domain.improvement.plan_record import PlanReader
from datumline.domain.improvement.plan_redundant import redundant
from datumline.domain.policy.json_patch import PatchError, add, patched
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Step, Tried, remembered
from datumline.domain.verdict import Answer
from datumline.pack_files import load
from domain.improvement.plan_worlds import entry, facts

MOST_TRIED_WHOLLY = 8


def outcome(given: Mapping[str, Any], operations: tuple[Any, ...], policy: Policy) -> str | None:
    """The verdict with these operations applied; None when one of them cannot be."""
    try:
        return decided(patched(given, operations), policy)[1].verdict
    except PatchError:
        return None


def parts(operations: tuple[Any, ...]) -> itertools.chain[tuple[Any, ...]]:
    """Every proper part of few operations; of many, those that lack one."""
    short = len(operations) <= MOST_TRIED_WHOLLY
    sizes = range(len(operations)) if short else range(len(operations) - 1, len(operations))
    return itertools.chain.from_iterable(itertools.combinations(operations, size) for size in sizes)


@pytest.mark.parametrize("seed", range(40))
def test_every_set_gives_what_it_says_and_no_part_of_it_does(seed: int) -> None:
    given, policy = facts(random.Random(1000 + seed)), load()  # noqa: S311 - invented facts
    found = plan(given, policy)
    assert found.would_change
    for change in found.would_change:
        operations = tuple(operation for need in change.needs for operation in need.patch)
        assert outcome(given, operations, policy) == change.to
        assert all(outcome(given, part, policy) != change.to for part in parts(operations))


@pytest.mark.parametrize("kinds", [("written-note", "sbi"), ("occurrence", "written-note", "peer-report")])
@pytest.mark.parametrize("seed", range(6))
def test_a_long_record_is_tried_as_if_whole(seed: int, kinds: tuple[str, ...]) -> None:
    dice, policy = random.Random(4000 + seed), load()  # noqa: S311 - invented facts
    given = facts(dice)
    given["entries"] = [*given.get("entries", []), *(entry(dice, kinds) for _ in range(60))]
    found = plan(given, policy)
    for change in found.would_change:
        operations = tuple(operation for need in change.needs for operation in need.patch)
        assert outcome(given, operations, policy) == change.to
        lacking_one = itertools.combinations(operations, len(operations) - 1)
        assert all(outcome(given, part, policy) != change.to for part in lacking_one)
    before = found.holds_until - timedelta(days=1) if found.holds_until else found.at.as_of
    as_known = {**given, "known_at": found.at.known_at.isoformat()}
    assert _on(as_known, before, policy) == found.verdict


@pytest.mark.parametrize("key", ["seen", "shared_at", "recorded_at", "occurred_on", "cycles"])
@pytest.mark.parametrize("seed", range(4))
def test_entries_left_out_of_trials_change_no_outcome(seed: int, key: str) -> None:
    dice, policy = random.Random(5000 + seed), load()  # noqa: S311 - invented facts
    given = facts(dice)
    given["entries"] = [*given.get("entries", []), *(entry(dice) for _ in range(80))]
    for each in (given, *given["entries"]):
        if dice.random() < 0.7:
            each.pop(key, None)
    reader = PlanReader()
    record = reader.read(given)
    alike = redundant(record, bars_of(policy, record.at.as_of))
    assert alike
    kept = {**given, "entries": [each for n, each in enumerate(given["entries"]) if n not in alike]}
    for ahead in range(0, 100, 3):
        later = str(record.at.as_of + timedelta(days=ahead))
        for known_at in (given.get("known_at"), f"{later}T23:59:59Z"):
            now = {"as_of": later, "known_at": known_at}
            assert plan_outcome({**given, **now}, policy) == plan_outcome({**kept, **now}, policy)


def test_equal_steps_are_tried_once() -> None:
    asked: list[tuple[Step, ...]] = []

    def trial(steps: tuple[Step, ...]) -> Tried:
        asked.append(steps)
        return Tried(verdict="start-plan", answers=())

    tried = remembered(trial)
    for _ in range(3):  # equal steps, made anew as each proposal makes them
        assert (
            tried((Step(condition="unchanged", operation=add("/mismatch", "none")),)).verdict == "start-plan"
        )
    assert len(asked) == 1


def test_a_drop_is_proposed_today_and_never_years_ahead() -> None:
    given = {
        "as_of": "2026-06-30",
        "strong_since": None,
        "dropped_on": None,
        "entries": [
            {
                "kind": "occurrence",
                "occurred_on": "2026-06-01",
                "recorded_at": "2026-06-01",
                "seen": "observed",
            }
        ],
    }
    (change,) = (each for each in plan(given, load()).would_change if each.to == "personal-conversation")
    (need,) = change.needs
    assert {operation["path"]: operation["value"] for operation in need.patch} == {
        "/strong_since": "2024-06-30",
        "/dropped_on": "2026-06-30",
    }


@pytest.mark.parametrize("seed", range(25))
def test_nothing_new_is_ever_dated_back(seed: int) -> None:
    given = facts(random.Random(2000 + seed))  # noqa: S311 - invented facts
    found = plan(given, load())
    today = max(found.at.as_of, found.at.known_at.date()).isoformat()
    for change in found.would_change:
        operations = [operation for need in change.needs for operation in need.patch]
        last = next((each["value"] for each in operations if each["path"] == "/as_of"), given["as_of"])
        for operation in operations:
            if operation["path"] == "/entries/-":
                entry = operation["value"]
                assert isinstance(entry, dict)
                assert today <= str(entry["occurred_on"]) <= str(last)
                assert str(entry["occurred_on"]) == str(entry["recorded_at"])[:10]


@pytest.mark.parametrize("seed", range(40))
def test_it_holds_until_the_first_day_that_differs(seed: int) -> None:
    given, policy = facts(random.Random(3000 + seed)), load()  # noqa: S311 - invented facts
    found = plan(given, policy)
    as_known = {**given, "known_at": found.at.known_at.isoformat()}
    days = (found.at.as_of + timedelta(days=ahead) for ahead in range(1, 110))
    turned = (day for day in days if _on(as_known, day, policy) != found.verdict)
    first = next(turned, None)
    assert found.holds_until == first or (first is None and _far(found.holds_until, found.at.as_of))


def _on(given: Mapping[str, Any], day: date, policy: Policy) -> str:
    return decided({**given, "as_of": day.isoformat()}, policy)[1].verdict


def _far(day: date | None, as_of: date) -> bool:
    return day is not None and day >= as_of + timedelta(days=110)


def dated(kind: str, on: str, *, shared: bool = True, seen: str | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": kind, "occurred_on": on, "recorded_at": on}
    return told | {"shared_at": on if shared else None} | ({} if seen is None else {"seen": seen})


CASE: dict[str, Any] = {
    "as_of": "2026-06-30",
    "known_at": None,
    "strong_since": None,
    "dropped_on": None,
    "delivering": False,
    "mismatch": "none",
    "cycles": [],
}


def sets_to(to: str, *entries: Mapping[str, Any], **facts: Any) -> list[tuple[Any, ...]]:
    found = plan({**CASE, **facts, "entries": list(entries)}, load())
    return [change.needs for change in found.would_change if change.to == to]


@pytest.mark.parametrize(
    ("seen", "moved"),
    [
        ((), "repeated"),
        (("2026-06-01",), "repeated"),
        (("2026-03-01", "2026-06-01"), "unchanged"),
    ],
)
def test_a_new_occurrence_is_named_by_the_first_condition_that_it_moves(
    seen: tuple[str, ...], moved: str
) -> None:
    entries = [
        *(dated("occurrence", on, seen="observed") for on in seen),
        *(dated(kind, "2026-06-10") for kind in ("written-note", "sbi")),
        dated("written-note", "2026-06-12"),
    ]
    (needs,) = sets_to("start-plan", *entries)
    new = {
        need.condition
        for need in needs
        for operation in need.patch
        if operation["path"] == "/entries/-" and operation["value"]["kind"] == "occurrence"
    }
    assert new == {moved}


def test_the_first_occurrence_that_somebody_sees_is_named_first_hand() -> None:
    (needs,) = sets_to("feedback-gap", dated("peer-report", "2026-06-10"))
    assert [need.condition for need in needs] == ["first-hand"]


@pytest.mark.parametrize("seed", range(20))
def test_no_step_is_named_by_a_condition_that_stays_as_it_is(seed: int) -> None:
    given, policy = facts(random.Random(6000 + seed)), load()  # noqa: S311 - invented facts
    found = plan(given, policy)
    before = {each.id: each.answer for each in found.conditions}
    for change in found.would_change:
        operations = [operation for need in change.needs for operation in need.patch]
        after = {each.id: each.answer for each in decided(patched(given, operations), policy)[0]}
        for need in change.needs:
            assert before[need.condition] is not after[need.condition]


def test_a_no_points_at_what_is_on_file_and_does_not_count() -> None:
    entries = [
        dated("occurrence", "2026-06-01", seen="reported"),
        dated("written-note", "2026-06-02"),
        dated("written-note", "2026-06-03", shared=False),
        {**dated("sbi", "2026-06-04"), "recorded_at": "2026-07-02"},
        dated("personal-conversation", "2026-05-01"),
    ]
    known = {"known_at": "2026-07-03", "dropped_on": "2026-06-01"}
    found = {each.id: each for each in plan({**CASE, **known, "entries": entries}, load()).conditions}
    assert set(found) == set(load().table("plan").conditions)
    expected = {
        "personal-conversation": ("/entries/4", "/dropped_on"),
        "repeated": ("/entries/0",),
        "second-written-note": ("/entries/1", "/entries/2"),
        "notes-on-different-days": ("/entries/1", "/entries/2"),
        "sbi-conversation": ("/entries/3",),
        "unchanged": ("/entries/0",),
        "wait-over": ("/entries/1",),
    }
    for name, because in expected.items():
        assert (found[name].answer, found[name].because) == (Answer.NOT_MET, because), name


def shares(sets: list[tuple[Any, ...]]) -> list[list[Mapping[str, Any]]]:
    """The operations of each set that share what is written."""
    return [
        [operation for need in needs for operation in need.patch if operation["path"].endswith("/shared_at")]
        for needs in sets
    ]


NOW = "2026-06-30T12:00:00Z"


def test_a_note_that_is_written_may_be_shared_instead_of_a_new_one() -> None:
    seen = dated("occurrence", "2026-06-01", seen="observed")
    hidden = dated("written-note", "2026-06-02", shared=False)
    new, shared = sets_to("follow-up-note", seen, hidden)
    assert shares([new]) == [[]]
    (need,) = shared
    assert need.condition == "named-in-writing"
    assert need.patch == ({"op": "replace", "path": "/entries/1/shared_at", "value": NOW},)


def test_a_second_note_that_is_written_leads_to_a_plan_once_it_is_shared() -> None:
    entries = [
        dated("occurrence", "2026-02-01", seen="observed"),
        dated("written-note", "2026-05-10"),
        dated("written-note", "2026-06-10", shared=False),
        dated("sbi", "2026-05-20"),
    ]
    assert plan({**CASE, "entries": entries}, load()).next_step == "share-second-note"
    for to in ("start-plan", "feedback-gap"):
        share = {"op": "replace", "path": "/entries/2/shared_at", "value": NOW}
        assert sorted(map(len, shares(sets_to(to, *entries)))) == [0, 1]
        assert [share] in shares(sets_to(to, *entries))


def test_two_notes_that_are_written_are_shared_on_two_days() -> None:
    entries = [
        dated("occurrence", "2026-02-01", seen="observed"),
        *(dated("written-note", f"2026-06-{day}", shared=False) for day in range(10, 30)),
    ]
    days = [[each["value"][:10] for each in found] for found in shares(sets_to("start-plan", *entries))]
    assert sorted(days) == [[], ["2026-06-30", "2026-07-01"]]


def test_a_note_is_never_shared_before_it_was_written() -> None:
    late = {**dated("written-note", "2026-06-30", shared=False), "recorded_at": "2026-06-30T18:00:00Z"}
    seen = dated("occurrence", "2026-06-01", seen="observed")
    (share,) = filter(None, shares(sets_to("follow-up-note", seen, late)))
    assert share[0]["value"] == "2026-06-30T18:00:00Z"
