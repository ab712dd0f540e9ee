"""The small tables against oracles written apart; what would change them, tried; until when they hold."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.policy.json_patch import patched
from datumline.domain.problem import Problem
from datumline.domain.verdict import Verdict
from datumline.pack_files import load
from datumline.services.schemas import schema
from datumline.services.verdicts import TABLES, judge
from domain.policy.small_tables import TODAY, WORLDS

PACK = load()
SEEDS = range(250)
FEW = range(40)  # where every part of every set is tried


def asked(table: str, facts: Any) -> Verdict:
    return judge(table, facts, PACK)


@pytest.mark.parametrize("table", WORLDS)
def test_the_oracle_says_the_same(table: str) -> None:
    make, oracle = WORLDS[table]
    seen = set()
    for seed in SEEDS:
        facts = make(Random(seed))  # noqa: S311 - invented facts
        found = TABLES[table](facts, PACK, changes=False)
        assert found.verdict == oracle(facts), facts
        seen.add(found.verdict)
    assert seen == set(PACK.table(table).verdicts)


@pytest.mark.parametrize("table", WORLDS)
def test_every_set_gives_what_it_says_and_no_part_of_it_does(table: str) -> None:
    make, oracle = WORLDS[table]
    tried = 0
    for seed in FEW:
        facts = make(Random(seed))  # noqa: S311 - invented facts
        for change in asked(table, facts).would_change:
            operations = [operation for need in change.needs for operation in need.patch]
            assert oracle(patched(facts, operations)) == change.to, (facts, change)
            sizes = range(len(operations))
            for part in chain.from_iterable(combinations(operations, size) for size in sizes):
                assert oracle(patched(facts, part)) != change.to, (facts, change)
            tried += 1
    assert tried > len(FEW)


@pytest.mark.parametrize("table", sorted(set(WORLDS) - {"coaching"}))
def test_another_verdict_that_can_be_reached_is_shown(table: str) -> None:
    make, _ = WORLDS[table]
    goals = set(PACK.table(table).verdicts) - {"unknown"}
    for seed in FEW:
        found = asked(table, make(Random(seed)))  # noqa: S311 - invented facts
        assert {change.to for change in found.would_change} == goals - {found.verdict}


@pytest.mark.parametrize("table", WORLDS)
def test_it_holds_until_the_first_day_that_differs(table: str) -> None:
    make, oracle = WORLDS[table]
    for seed in SEEDS:
        facts = make(Random(seed))  # noqa: S311 - invented facts
        found = TABLES[table](facts, PACK, changes=False)
        days = [TODAY + timedelta(days=ahead) for ahead in range(1, 250)]
        first = next((day for day in days if oracle(on(facts, day)) != found.verdict), None)
        later = found.holds_until is not None and found.holds_until > days[-1]
        assert found.holds_until == first or (first is None and later), facts


def on(facts: Any, day: date) -> Any:
    known = {"known_at": f"{TODAY}T23:59:59Z"} | facts
    return known | {"as_of": day.isoformat()}


@pytest.mark.parametrize("table", WORLDS)
@pytest.mark.parametrize("wrong", [7, "soon", ["x"], {"x": 1}, 1.5])
def test_a_wrong_value_is_named_by_its_path_or_read(table: str, wrong: Any) -> None:
    """Whatever stands at a key, there is a verdict or one line that names the key."""
    make, _ = WORLDS[table]
    for key in make(Random(3)):  # noqa: S311 - invented facts
        facts = make(Random(3)) | {key: wrong}  # noqa: S311 - invented facts
        said = refusal(table, facts)
        assert said is None or (said.where.startswith(f"/{key}") and "\n" not in str(said))


def refusal(table: str, facts: Any) -> Problem | None:
    try:
        asked(table, facts)
    except Problem as problem:
        return problem
    return None


@pytest.mark.parametrize("table", WORLDS)
def test_the_same_facts_give_the_same_words(table: str) -> None:
    facts = WORLDS[table][0](Random(5))  # noqa: S311 - invented facts
    assert asked(table, facts) == asked(table, json.loads(json.dumps(facts)))


@pytest.mark.parametrize("table", WORLDS)
def test_the_facts_fit_their_published_schema(table: str) -> None:
    published = Draft202012Validator(schema(f"facts-{table}"))
    for seed in FEW:
        facts = WORLDS[table][0](Random(seed))  # noqa: S311 - invented facts
        assert [error.message for error in published.iter_errors(facts)] == []
