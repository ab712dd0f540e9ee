"""Evidence health: is the record fresh, timely, linked, shared, first-hand, and spread over the window?

It says something about the record and its writers, never about the person's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from datumline.domain.evidence.entry import Entry, Seen
from datumline.domain.evidence.lateness import days_late
from datumline.domain.period import A_DAY, Window, last_days
from datumline.domain.signals.binomial import tail_at_least
from datumline.domain.signals.interval import wilson
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import NOTHING, Share, Signal, Sureness, leaves, rate, share_of

FIRST_HAND = frozenset({Seen.OBSERVED, Seen.ARTIFACT})


def health(record: Record) -> Iterator[Signal]:
    """Every figure of the record's health."""
    now, before = ([each for each in record.evidence if each.occurred_on in w] for w in _windows(record))
    told = [[entry for entry in entries if entry.seen is not None] for entries in (now, before)]
    holds = leaves((entry.occurred_on for entry in record.evidence), record.window)

    def share(
        name: str, spans: Sequence[list[Entry]], good: Callable[[Entry], bool], *, bad: bool = False
    ) -> Signal:
        latest, earlier = (share_of(entries, map(good, entries), bad=bad) for entries in spans)
        return rate(
            name,
            latest,
            window=record.window,
            sure=record.measures.sureness,
            before=earlier,
            holds_until=holds,
        )

    yield _days_since(record)
    yield share("late-share", (now, before), lambda entry: _is_late(entry, record), bad=True)
    yield share("linked-share", (now, before), lambda entry: bool(entry.links))
    yield share("shared-share", (now, before), lambda entry: _is_shared(entry, record))
    yield share("first-hand-share", told, lambda entry: entry.seen in FIRST_HAND)
    yield _recency(record)


def _windows(record: Record) -> tuple[Window, Window]:
    return record.window, record.before


def _days_since(record: Record) -> Signal:
    """Days since the last thing on file happened."""
    last = record.evidence[-1] if record.evidence else None
    days = (record.at.as_of - last.occurred_on).days if last else 0
    return Signal(
        id="days-since-entry",
        value=days if last else None,
        numerator=days,
        window=None,
        unit="days",
        entries=(last.id,) if last else (),
        notes=() if last else (NOTHING,),
        holds_until=record.at.as_of + A_DAY if last else None,
    )


def _is_late(entry: Entry, record: Record) -> bool:
    """Written more days after it happened than the policy allows, by the engineer's calendar."""
    return days_late(entry, timedelta(days=record.measures.late_after_days), record.zone) is not None


def _is_shared(entry: Entry, record: Record) -> bool:
    return entry.shared_at is not None and entry.shared_at <= record.at.known_at


def _recency(record: Record) -> Signal:
    """The share of entries in the last part of the window before review day (reliability F2).

    Spread evenly, one part would hold one in as many. `uneven` is flagged when even the interval's lower end
    lies above the policy's bar; the chance of so many in an even record stands among the figures.
    """
    measures, today = record.measures, record.at.as_of
    end = min(record.review_day or today, today)
    window = last_days(measures.window_days, until=end)
    tail = last_days(measures.window_days // measures.recency_parts, until=end)
    entries = [entry for entry in record.evidence if entry.occurred_on in window]
    share = share_of(entries, [entry.occurred_on in tail for entry in entries], bad=True)
    even = Fraction(tail.days, window.days)
    return rate(
        "recent-share",
        share,
        window=window,
        sure=Sureness(confidence=measures.confidence, few=measures.recency_least),
        holds_until=_moves_on(entries, window, tail) if end == today else None,
        figures={
            "chance": float(tail_at_least(share.hits, share.of, even)) if share.of else None,
            "uneven": share.of >= measures.recency_least
            and _low(share, measures.confidence) > measures.recency_bar,
            "from": tail.start,
        },
    )


def _low(share: Share, confidence: Decimal) -> float:
    interval = wilson(share.hits, share.of, confidence)
    return interval.low if interval else 0.0


def _moves_on(entries: Sequence[Entry], window: Window, tail: Window) -> date | None:
    """The first day on which an entry leaves the last part, or the window."""
    out = (
        entry.occurred_on + timedelta(days=tail.days if entry.occurred_on in tail else window.days)
        for entry in entries
    )
    return min(out, default=None)
