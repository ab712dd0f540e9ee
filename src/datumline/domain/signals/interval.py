"""How sure a figure is: the Wilson interval of a share, and the interval of a median.

Law 4: small numbers say that they are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import sqrt
from statistics import NormalDist

from datumline.domain.signals.binomial import tail_at_most

WHOLE = 100  # confidence is given in percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An interval, in the unit of the figure that it belongs to."""

    low: float
    high: float


@cache
def _quantile(confidence: Decimal) -> float:
    """How many standard deviations leave half of what is not covered on each side."""
    return NormalDist().inv_cdf((1 + float(confidence) / WHOLE) / 2)


def wilson(successes: int, of: int, confidence: Decimal) -> Interval | None:
    """The Wilson score interval of `successes / of`, in percent. None when nothing was counted.

    `confidence` in percent. Raises ValueError unless 0 <= successes <= of. Source: E. B. Wilson, JASA 22
    (1927), without continuity correction.
    """
    if not 0 <= successes <= of:
        raise ValueError(f"{successes} of {of} is no share")
    if of == 0:
        return None
    quantile = _quantile(confidence)
    square = quantile * quantile
    share = successes / of
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = quantile / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == of else min(1.0, middle + half)
    return Interval(low=WHOLE * low, high=WHOLE * high)


def of_median(ordered: Sequence[float], confidence: Decimal) -> Interval | None:
    """The narrowest pair of order statistics that holds the median with at least `confidence` percent.

    `ordered` is sorted upwards. None when even the whole range falls short, as for five values at 95 %.
    """
    side = (1 - Fraction(confidence) / WHOLE) / 2
    count = len(ordered)
    below = -1
    while tail_at_most(below + 1, count, Fraction(1, 2)) <= side:
        below += 1
    return Interval(low=ordered[below], high=ordered[count - 1 - below]) if below >= 0 else None
