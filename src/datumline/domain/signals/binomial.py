"""The exact binomial tail: how likely so few successes are, by whole-number arithmetic."""

from __future__ import annotations

from fractions import Fraction
from math import comb


def tail_at_most(successes: int, of: int, chance: Fraction) -> Fraction:
    """P(X <= successes) for `of` independent tries with `chance` each, exactly.

    Raises ValueError for a chance outside 0..1 or a negative `of`. Below zero successes the tail is 0.
    """
    if of < 0 or not 0 <= chance <= 1:
        raise ValueError(f"no binomial with {of} tries at {chance}")
    hit, whole = chance.numerator, chance.denominator
    miss = whole - hit
    ways = sum(comb(of, k) * hit**k * miss ** (of - k) for k in range(min(successes, of) + 1))
    return Fraction(ways, whole**of)


def tail_at_least(successes: int, of: int, chance: Fraction) -> Fraction:
    """P(X >= successes) for `of` independent tries with `chance` each, exactly."""
    return 1 - tail_at_most(successes - 1, of, chance)
