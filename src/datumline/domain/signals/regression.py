"""Regression or outlier: is the last quarter's drop more than chance, and what does the policy literally say?

Two answers stand side by side. The policy's: a quarter under the senior bar after one that reached it is a
regression (S0). And how sure that is: the exact binomial chance of so few on time at the earlier rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from datumline.domain.period import Window, quarter_of, quarters_until
from datumline.domain.signals.binomial import tail_at_most
from datumline.domain.signals.delivery import complete_quarters, next_quarter_end, tally
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import NOTHING, TOO_FEW, Bar, Share, Signal


class Finding(StrEnum):
    """What can be told from the counts."""

    REGRESSION = "regression"
    OUTLIER = "outlier"  # a drop that chance alone could make: not distinguishable from no change
    TOO_FEW = "too-few"
    NO_DROP = "no-drop"


class Literal(StrEnum):
    """What the policy's sentence gives, however few the counts."""

    REGRESSION = "regression"
    BELOW_BAR = "below-bar"  # under the bar, and so was the quarter before
    AT_BAR = "at-bar"
    UNKNOWN = "unknown"


def regression(record: Record) -> Signal:
    """The last quarter against the earlier ones; the value is the chance of such a drop, from 0 to 1."""
    quarters = _compared(record)
    shares = [tally(record.commitments, quarter) for quarter in quarters]
    last, earlier = shares[-1], _together(shares[:-1])
    enough = min(last.of, earlier.of) >= record.measures.least_count
    chance = tail_at_most(last.hits, last.of, _expected(earlier)) if last.of and earlier.of else None
    finding = _finding(last, earlier, chance, record) if enough and chance is not None else Finding.TOO_FEW
    return Signal(
        id="regression",
        value=float(chance) if chance is not None else None,
        numerator=last.hits,
        denominator=last.of,
        window=quarters[-1],
        unit="probability",
        entries=earlier.entries + last.entries,
        counter=last.counter,
        finding=finding,
        figures={
            "literal": _literal(shares, record.measures.senior_bar),
            "last_percent": last.percent,
            "earlier_percent": earlier.percent,
            "earlier_hits": earlier.hits,
            "earlier_of": earlier.of,
            "earlier_from": quarters[0].start,
        },
        notes=_notes(last, earlier, enough=enough),
        holds_until=next_quarter_end(record),
    )


def _compared(record: Record) -> tuple[Window, ...]:
    """The running quarter once it has enough to tell, else the last complete one; and those before it."""
    running = quarter_of(record.at.as_of)
    enough = tally(record.commitments, running).of >= record.measures.least_count
    last = running if enough else complete_quarters(record.at.as_of, 1)[-1]
    return quarters_until(last.end, record.measures.quarters_shown)


def _together(shares: Sequence[Share]) -> Share:
    return Share(
        hits=sum(share.hits for share in shares),
        of=sum(share.of for share in shares),
        entries=tuple(entry for share in shares for entry in share.entries),
    )


def _expected(earlier: Share) -> Fraction:
    """The earlier rate as a chance. A record without a miss does not prove that none can happen.

    For all on time, the rule of succession, (k + 1) / (n + 2), stands in for certainty.
    """
    if earlier.hits == earlier.of:
        return Fraction(earlier.hits + 1, earlier.of + 2)
    return Fraction(earlier.hits, earlier.of)


def _finding(last: Share, earlier: Share, chance: Fraction, record: Record) -> Finding:
    if last.hits * earlier.of >= earlier.hits * last.of:
        return Finding.NO_DROP
    return Finding.REGRESSION if chance * 100 <= record.measures.regression_level else Finding.OUTLIER


def _literal(shares: Sequence[Share], bar: Bar) -> Literal:
    last, before = shares[-1], next((share for share in reversed(shares[:-1]) if share.of), None)
    if not last.of or before is None:
        return Literal.UNKNOWN
    if _clears(last, bar):
        return Literal.AT_BAR
    return Literal.REGRESSION if _clears(before, bar) else Literal.BELOW_BAR


def _clears(share: Share, bar: Bar) -> bool:
    return bar.met_by(Fraction(100 * share.hits, share.of))


def _notes(last: Share, earlier: Share, *, enough: bool) -> tuple[str, ...]:
    if not last.of and not earlier.of:
        return (NOTHING,)
    return () if enough else (TOO_FEW,)
