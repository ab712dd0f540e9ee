"""Intervals and tails against scipy, and at their edges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from datumline.domain.signals.binomial import tail_at_least, tail_at_most
from datumline.domain.signals.interval import of_median, wilson

SURE = Decimal(95)
shares = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(shares)
@settings(deadline=None)  # the machine may be busy
def test_wilson_is_scipys(share: tuple[int, int]) -> None:
    got, of = wilson(*share, SURE), share[1]
    want = stats.binomtest(share[0], of).proportion_ci(0.95, method="wilson")
    assert got is not None
    assert (got.low, got.high) == pytest.approx((want.low * 100, want.high * 100), abs=1e-9)


def test_three_of_five_is_weak_evidence() -> None:
    got = wilson(3, 5, SURE)
    assert got is not None
    assert (round(got.low, 1), round(got.high, 1)) == (23.1, 88.2)


def test_nothing_counted_has_no_interval() -> None:
    assert wilson(0, 0, SURE) is None


@pytest.mark.parametrize("share", [(-1, 3), (4, 3)])
def test_more_hits_than_tries_is_refused(share: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(*share, SURE)


@given(shares, st.integers(0, 100))
@settings(deadline=None)  # the machine may be busy
def test_the_tail_is_scipys(share: tuple[int, int], percent: int) -> None:
    got = tail_at_most(*share, Fraction(percent, 100))
    assert float(got) == pytest.approx(stats.binom.cdf(*share, percent / 100), rel=1e-9, abs=1e-12)


@given(shares, st.fractions(0, 1, max_denominator=60))
@settings(deadline=None)  # the machine may be busy
def test_both_tails_share_one_value(share: tuple[int, int], chance: Fraction) -> None:
    hits, of = share
    ways = tail_at_most(hits, of, chance) + tail_at_least(hits, of, chance)
    assert ways - 1 == tail_at_most(hits, of, chance) - tail_at_most(hits - 1, of, chance)


def test_a_chance_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="no binomial"):
        tail_at_most(1, 2, Fraction(3, 2))


@given(st.lists(st.floats(0, 1000), min_size=6, max_size=60, unique=True))
@settings(deadline=None)  # the machine may be busy
def test_the_interval_of_a_median_leaves_out_five_percent_at_most(values: list[float]) -> None:
    ordered = sorted(values)
    got = of_median(ordered, SURE)
    assert got is not None
    below = ordered.index(got.low)
    assert ordered.index(got.high) == len(ordered) - 1 - below
    assert stats.binom.cdf(below, len(ordered), 0.5) <= 0.025
    assert stats.binom.cdf(below + 1, len(ordered), 0.5) > 0.025


def test_the_median_of_five_values_has_no_interval_at_95_percent() -> None:
    assert of_median([1, 2, 3, 4, 5], SURE) is None
    assert of_median([1, 2, 3, 4, 5, 6], SURE) is not None
