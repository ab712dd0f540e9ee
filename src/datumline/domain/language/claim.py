"""A claim with figures, and whether its arithmetic holds at the precision that was stated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from datumline.domain.language.spans import Span


class Said(StrEnum):
    """How a change was stated."""

    PERCENT = "percent"
    POINTS = "points"
    FACTOR = "factor"


class Hedge(StrEnum):
    """What stands before a stated change and loosens it."""

    NONE = "none"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A change as it was stated: `by 27 %`, `16 points`, `halved`.

    `step` is the size of the last digit written; `word` says that it was a word such as `halved`;
    `rises` is what the words say about the direction, None when they say nothing.
    """

    span: Span
    value: Decimal
    said: Said | None
    step: Decimal = Decimal(1)
    hedge: Hedge = Hedge.NONE
    word: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A change that is claimed: from what, to what, and how large it is said to be.

    `rises` is the direction that the verb gives (reduced, grew), None where it gives none. `share` is the
    percentage that `N of M` makes, where a share and no change is claimed.
    """

    span: Span
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str | None = None
    stated: Stated | None = None
    rises: bool | None = None
    share: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of what was before, without sign, or the share; one decimal place."""
        if self.share is not None:
            return _tenth(self.share)
        if self.before is None or self.after is None or self.before == 0:
            return None
        return _tenth(abs(self.after - self.before) / abs(self.before) * 100)

    @property
    def points(self) -> Decimal | None:
        """The change in points: of percentages, and of what was stated in points."""
        in_points = self.unit == "%" or (self.stated is not None and self.stated.said is Said.POINTS)
        if self.before is None or self.after is None or not in_points:
            return None
        return abs(self.after - self.before)

    @property
    def agrees(self) -> bool | None:
        """Whether the stated change follows from the figures; None when either is missing."""
        true = self._true_value()
        if self.stated is None or self.stated.said is None or true is None:
            return None
        return not self._against_its_verb() and _matches(true, self.stated)

    def _true_value(self) -> Decimal | None:
        if self.stated is None:
            return None
        if self.stated.said is Said.POINTS:
            return self.points
        if self.share is not None:
            return self.share
        if self.before is None or self.after is None or self.before == 0:
            return None
        if self.stated.said is Said.FACTOR:
            small, large = sorted((abs(self.before), abs(self.after)))
            return large / small if small else None
        return abs(self.after - self.before) / abs(self.before) * 100

    def _against_its_verb(self) -> bool:
        if self.rises is None or self.before is None or self.after is None:
            return False
        return self.rises != (self.after > self.before)

    def document(self, text: str) -> dict[str, object]:
        """The claim as the contract writes it."""
        stated = self.stated
        return {
            **self.span.document(text),
            "before": _number(self.before),
            "after": _number(self.after),
            "unit": self.unit,
            "stated": None if stated is None else _number(stated.value),
            "stated_kind": None if stated is None or stated.said is None else stated.said.value,
            "computed_percent": _number(self.percent),
            "computed_points": _number(self.points),
            "agrees": self.agrees,
        }


_TINY = Decimal("1e-9")
_WORD_SLACK = Decimal("0.15")  # how far a ratio may lie from `halved`, as a share of it
_LOOSE = Decimal(2)
_TEN, _FIVE = Decimal(10), Decimal(5)


def _matches(true: Decimal, stated: Stated) -> bool:
    """Whether the true value rounds to the stated one; a hedge widens it to its own side."""
    half = stated.step / 2 + _TINY
    if stated.hedge is Hedge.AT_LEAST:
        return true >= stated.value - half
    if stated.hedge is Hedge.AT_MOST:
        return stated.value - _loose(stated) <= true <= stated.value + half
    if stated.hedge is Hedge.ABOUT:
        return abs(true - stated.value) <= max(half, _loose(stated))
    if stated.word and stated.said is Said.FACTOR:
        return abs(true / stated.value - 1) <= _WORD_SLACK
    if stated.word:
        return abs(true - stated.value) <= _LOOSE
    return abs(true - stated.value) <= half


def _loose(stated: Stated) -> Decimal:
    """How far `about` reaches: half of the ten or five that a round figure is rounded to."""
    if stated.said is Said.FACTOR:
        return stated.value / 4
    if stated.value % _TEN == 0:
        return _FIVE
    return _FIVE / 2 if stated.value % _FIVE == 0 else stated.step * _LOOSE


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _number(value: Decimal | None) -> int | float | None:
    """As JSON writes it: whole numbers without a point, others to six digits behind it."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(round(value, 6))
