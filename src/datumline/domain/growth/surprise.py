"""Surprise as a figure: what somebody expected of a review before its day, and what it said.

The share of the surprised, and the Brier score: the mean square of the distance between how sure they were
and what came, 0 when every sure expectation came true, 1 when every one failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind

CERTAIN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One review and what was expected of it. `sure` lies between 0 and 100; None without a prediction."""

    review: EntryId
    on: date
    cycle: str
    outcome: str
    expected: str | None
    sure: int | None

    @property
    def surprised(self) -> bool | None:
        """Whether it said something else; unknown without a prediction."""
        return None if self.expected is None else self.expected != self.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """The figure over some reviews. `brier` is None without a prediction."""

    surprised: int
    predicted: int
    reviews: int
    brier: float | None


def expected_of(standing: Iterable[Entry]) -> tuple[Expected, ...]:
    """Each formal review of a person with the last prediction for its cycle from before its day."""
    entries = list(standing)
    return tuple(
        _expected(entry, entries)
        for entry in sorted(entries, key=lambda each: each.occurred_on)
        if entry.kind is Kind.FORMAL_REVIEW and entry.amounts.get("outcome")
    )


def _expected(review: Entry, entries: Sequence[Entry]) -> Expected:
    cycle, outcome = str(review.amounts.get("cycle") or ""), str(review.amounts["outcome"])
    before = [
        each
        for each in entries
        if each.kind is Kind.PREDICTION
        and each.amounts.get("cycle") == cycle
        and each.recorded_at < review.recorded_at
        and each.recorded_at.date() < review.occurred_on
    ]
    last = before[-1].amounts if before else None
    return Expected(
        review=review.id,
        on=review.occurred_on,
        cycle=cycle,
        outcome=outcome,
        expected=None if last is None else str(last["outcome"]),
        sure=None if last is None else int(str(last["sure"])),
    )


def surprise(reviews: Iterable[Expected]) -> Surprise:
    """The share of the surprised and the Brier score over some reviews, of one person or of many."""
    told = list(reviews)
    sure = [(each.surprised, (each.sure or 0) / CERTAIN) for each in told if each.expected is not None]
    distances = [(share - (0.0 if surprised else 1.0)) ** 2 for surprised, share in sure]
    return Surprise(
        surprised=sum(bool(surprised) for surprised, _ in sure),
        predicted=len(sure),
        reviews=len(told),
        brier=round(sum(distances) / len(distances), 4) if distances else None,
    )
