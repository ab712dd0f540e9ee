"""Clusters: evidence, counter-evidence, silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import at_end_of, last_days
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.clusters import ClusterStanding, clusters_of
from datumline.domain.signals.commitments import commitments_of
from datumline.pack_files import load
from support.signal_cases import TODAY, entry

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(None)


def told(entries: list[Entry], policy: Policy) -> dict[str, ClusterStanding]:
    found = clusters_of(
        entries,
        commitments_of(entries, at_end_of(TODAY)),
        window=last_days(180, until=TODAY),
        policy=policy,
    )
    return {each.cluster: each for each in found}


def is_silent(standing: ClusterStanding) -> bool:
    """Whether nothing speaks either way."""
    return not standing.speaks_for and not standing.speaks_against


def test_without_entries_every_cluster_is_silent(policy: Policy) -> None:
    found = told([], policy)
    assert list(found) == list(policy.clusters)
    assert all(is_silent(each) and each.silent for each in found.values())


def test_a_missed_date_speaks_against_ownership_by_the_packs_map_alone(policy: Policy) -> None:
    missed = entry(Kind.COMMITMENT, date(2026, 5, 1), work="export", due=date(2026, 6, 1))
    ownership = told([missed], policy)["ownership"]
    assert ownership.speaks_against == (missed.id,)
    assert (ownership.speaks_for, ownership.suggested) == ((), 1)


def test_a_kept_date_counts_by_its_due_day_and_takes_the_principles_of_its_delivery(policy: Policy) -> None:
    kept = entry(Kind.COMMITMENT, date(2025, 11, 1), work="export", due=date(2026, 2, 1))
    came = entry(Kind.DELIVERY, date(2026, 1, 30), commitment=kept.id, delivered=date(2026, 1, 30))
    found = told([kept, replace(came, principles=("dive-deep",))], policy)
    assert found["depth"].speaks_for == (kept.id,)
    assert found["depth"].suggested == 0
    assert is_silent(found["ownership"])


def test_a_confirmed_principle_wins_over_the_map(policy: Policy) -> None:
    decided = entry(Kind.TRADE_OFF, YESTERDAY, with_data=True)
    assert told([decided], policy)["depth"].speaks_for == (decided.id,)
    confirmed = replace(decided, principles=("customer-obsession",))
    found = told([confirmed], policy)
    assert found["customer-focus"].speaks_for == (confirmed.id,)
    assert is_silent(found["depth"])


@pytest.mark.parametrize(
    ("kind", "amounts", "cluster", "way"),
    [
        (Kind.INCIDENT, {"avoidable": True}, "ownership", "speaks_against"),
        (Kind.INCIDENT, {"role": "commander", "avoidable": True}, "ownership", "speaks_for"),
        (Kind.TRADE_OFF, {"with_data": False}, "depth", "speaks_against"),
        (Kind.DECISION, {"blamed_on": "the network"}, "ownership", "speaks_against"),
        (Kind.CUSTOMER_IMPACT, {"measured": True}, "customer-focus", "speaks_for"),
        (Kind.MENTORSHIP, {"whom": "Bo", "outcome": "leads the review"}, "influence", "speaks_for"),
        (Kind.CITATION, {"artifact": "retry budget", "own_team": False}, "influence", "speaks_for"),
    ],
)
def test_the_event_says_which_way_it_speaks(
    kind: Kind, amounts: dict[str, object], cluster: str, way: str, policy: Policy
) -> None:
    one = entry(kind, YESTERDAY, **amounts)  # type: ignore[arg-type]
    found = told([one], policy)[cluster]
    assert getattr(found, way) == (one.id,)


def test_what_lies_before_the_window_or_says_neither_way_is_silence(policy: Policy) -> None:
    old = replace(entry(Kind.RECOGNITION, date(2025, 6, 1)), principles=("earn-trust",))
    neither = entry(Kind.TRADE_OFF, YESTERDAY)
    note = replace(entry(Kind.WRITTEN_NOTE, YESTERDAY), principles=("earn-trust",))
    assert all(is_silent(each) for each in told([old, neither, note], policy).values())


def test_a_principle_that_nothing_speaks_of_is_named(policy: Policy) -> None:
    praise = replace(entry(Kind.RECOGNITION, YESTERDAY), principles=("earn-trust",))
    influence = told([praise], policy)["influence"]
    assert "earn-trust" not in influence.silent
    assert "think-big" in influence.silent
