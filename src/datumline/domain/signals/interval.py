"""How sure a figure is: the Wilson interval of a share, and an interval of a median, both at 95 %.

Law 4: small numbers say that they are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from datumline.domain.signals.binomial import tail_at_most

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution
SIDE = Fraction(1, 40)  # what a 95 % interval leaves out on each side


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A 95 % interval, in the unit of the figure that it belongs to."""

    low: float
    high: float


def wilson(successes: int, of: int, *, scale: float = 100.0) -> Interval | None:
    """The Wilson score interval of `successes / of`, by default in percent. None when nothing was counted.

    Raises ValueError unless 0 <= successes <= of. Source: E. B. Wilson, JASA 22 (1927), without continuity
    correction.
    """
    if not 0 <= successes <= of:
        raise ValueError(f"{successes} of {of} is no share")
    if of == 0:
        return None
    square = Z95 * Z95
    share = successes / of
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == of else min(1.0, middle + half)
    return Interval(low=low * scale, high=high * scale)


def of_median(ordered: Sequence[float]) -> Interval | None:
    """The narrowest pair of order statistics that holds the median with at least 95 %. None below six values.

    `ordered` is sorted upwards. With five values or fewer even the whole range falls short of 95 %.
    """
    count = len(ordered)
    below = -1
    while tail_at_most(below + 1, count, Fraction(1, 2)) <= SIDE:
        below += 1
    return Interval(low=ordered[below], high=ordered[count - 1 - below]) if below >= 0 else None
